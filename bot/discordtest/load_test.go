package discordtest_test

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"enlace/bot/discordtest"
)

// TestFiveHundredInTenSeconds holds the local Discord itself to the load that bots are tested with: 500 commands in ten
// seconds at 300 ms of latency, each deferred, then edited, with Discord's limits on and no request refused.
func TestFiveHundredInTenSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, func(o *discordtest.Options) { o.Memory = true })
		g := d.Guild("Library")
		registered(t, d, obj{"name": "ask", "description": "Ask"})
		d.REST().Latency(300 * time.Millisecond)
		var people sync.WaitGroup
		for n := range 500 {
			time.Sleep(20 * time.Millisecond)
			people.Go(func() {
				i := g.Member(fmt.Sprint("user", n)).Slash(g.Channel(fmt.Sprint("channel", n%25)), "ask")
				if status, o := callback(t, d, i, 5, nil); status != 204 {
					t.Errorf("defer: %d %v", status, o)
				}
				if took := i.Acked(); took != 300*time.Millisecond {
					t.Errorf("acknowledged after %v", took)
				}
				if status, o := api(t, d, "PATCH", hook(d, i, "/messages/@original"), obj{"content": "answer"}); status != 200 {
					t.Errorf("edit: %d %v", status, o)
				}
			})
		}
		people.Wait()
		if n := d.REST().Invalid(); n != 0 {
			t.Errorf("%d invalid requests", n)
		}
	})
}
