// Enlace answers questions about the liaison agreement with cited facts. See `enlace --help`.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"enlace/bot/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(cli.Run(ctx, os.Args[1:], cli.System()))
}
