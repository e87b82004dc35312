package killtest

import (
	"context"
	"flag"
	"os"
	"os/signal"
	"syscall"
	"testing"

	"enlace/bot/cli"
)

var (
	long  = flag.Bool("long", false, "run the tests in which processes are killed")
	kills = flag.Int("kills", 6, "how often something is killed in each test")
)

// asBot is set in the environment of a process that is to be the bot.
const asBot = "KILLTEST_BOT"

func TestMain(m *testing.M) {
	if os.Getenv(asBot) == "" {
		os.Exit(m.Run())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(cli.Run(ctx, os.Args[1:], cli.System()))
}

// slow skips a test that takes minutes.
func slow(t *testing.T) {
	t.Helper()
	if !*long {
		t.Skip("it takes minutes: run with -long, and -kills N for more than a few kills")
	}
}
