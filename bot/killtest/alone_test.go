package killtest

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"enlace/bot/state"
	"enlace/bot/state/jetstream"
)

// TestABotThatIsKilledAnswersEverythingThatItAccepted kills a bot with an embedded engine at random instants under load, also while
// it starts, and starts it again at once.
func TestABotThatIsKilledAnswersEverythingThatItAccepted(t *testing.T) {
	slow(t)
	log := newJournal(t)
	c := newCrowd(t, log)
	dir := t.TempDir()
	p := newProcess(t, "bot", log, append(c.environ(), "ENLACE_STATE_DIR="+dir)...)
	p.start()
	c.discord.WaitCommand("ask")
	c.asks(150 * time.Millisecond)
	for range *kills {
		time.Sleep(500*time.Millisecond + rand.N(6*time.Second))
		p.kill()
		p.start()
	}
	c.discord.Gateway().WaitReady(1)
	time.Sleep(3 * time.Second)
	c.quiet()
	c.settled(time.Minute)
	if took := p.stop(); took > 10*time.Second {
		t.Errorf("the end takes %s", took)
	}
	s := c.count(*kills)
	s.check(t)
	if n := pending(t, jetstream.Options{Dir: dir}); n != (state.Pending{}) {
		t.Errorf("%+v is left in the inbox", n)
	}
}

// pending counts what is left in an inbox.
func pending(t *testing.T, o jetstream.Options) state.Pending {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	s, err := jetstream.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	n, err := s.Pending(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
