package bot_test

import (
	"context"
	"testing"
	"time"

	"enlace/bot"
	"enlace/bot/curate"
	"enlace/bot/discordtest"
	"enlace/bot/state"
)

func TestStatusTellsWhoLagsAndWhy(t *testing.T) {
	var s setup
	d := withDesk(&s)
	also := s.also
	s.also = func(w *world, o *bot.Options) {
		also(w, o)
		o.Shards = func() []int { return []int{3, 0, 1} }
	}
	inWorld(t, s, func(w *world) {
		stop := running(w.another(d, "there"))
		defer stop()
		w.settle(time.Second)
		status := func() *discordtest.Message { return w.reply(w.ruler("ana").Slash(w.general(), "admin status")) }
		all := status()
		w.says(all, "2 of 2 on version `"+short(d)+"`")
		w.says(all, "shards 0–1, 3 · this one")

		live, presence := d.Base().Version, d.store.(state.Presence)
		lags := state.Replica{ID: "slow", Facts: "sha256:0123456789", Build: "v0", Since: time.Now(), Lag: &state.Lag{Version: live, Why: "no *room*"}}
		if err := presence.PutReplica(context.Background(), lags); err != nil {
			t.Fatal(err)
		}
		all = status()
		w.says(all, "2 of 3 on version `"+short(d)+"`")
		w.says(all, "program `v0` · ⚠ not the version in service: no \\*room\\*")
		w.settle(time.Minute) // it says nothing any more
		w.says(status(), "2 of 2 on version")

		d.save(t, "lighthouse.yaml", "41 met", "43 met")
		if err := d.Reload(context.Background(), curate.BySignal); err != nil {
			t.Fatal(err)
		}
		w.settle(time.Second)
		w.says(status(), "1 of 2 on version `"+short(d)+"`") // the other one's desk tells nobody
		w.settle(state.AnnounceEvery)
		w.says(status(), "2 of 2 on version `"+short(d)+"`")
	})
}

func short(d *desk) string { return d.Base().Version[len("sha256:"):][:8] }
