package bot_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"enlace/bot"
	"enlace/bot/discordtest"
	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

const (
	posts     = "POST /channels/{id}/messages"
	edits     = "PATCH /channels/{id}/messages/{m}"
	callbacks = "POST /interactions/{id}/{token}/callback"
	originals = "PATCH /webhooks/{app}/{token}/messages/@original"
)

func TestC81AHandlerPanics(t *testing.T) {
	failed := answer.OutcomeText(knowledge.Failed, knowledge.English, nil, 0)
	inWorld(t, setup{answerer: streams(func(q knowledge.Question) knowledge.Answer {
		if strings.Contains(q.Text, "boom") {
			panic("boom")
		}
		return knowledge.Answer{Language: knowledge.English, Outcome: knowledge.Answered, Text: "fine"}
	})}, func(w *world) {
		ana := w.guild.Member("ana")
		m := ana.Asks(w.general(), "boom?")
		i := ana.Slash(w.general(), "ask", discordtest.Opt("question", "boom?"))
		w.settle(10 * time.Second)
		if list := m.Answers(); len(list) != 1 || list[0].Content != failed || i.Reply().Content != failed {
			w.Errorf("%s", w.general().Transcript(nil))
		}
		if got := ana.Asks(w.general(), "and now?").Answer(); got.Content != "fine" {
			w.Errorf("the process does not live: %s", got)
		}
		var metrics strings.Builder
		_ = w.metrics.Write(&metrics)
		if !strings.Contains(metrics.String(), "enlace_panics_total 2\n") {
			w.Error("the panics are not counted")
		}
	})
}

func TestC84ADeadTokenIsDroppedWithoutRetry(t *testing.T) {
	inWorld(t, setup{answerer: patient{time.Second}}, func(w *world) {
		w.discord.REST().Fail(originals, 404, discordtest.Code(10015, "Unknown Webhook"), discordtest.Forever())
		w.guild.Member("ana").Slash(w.general(), "ask", discordtest.Opt("question", "who?"))
		w.settle(5 * time.Minute)
		if n := w.discord.REST().Count(originals); n != 1 {
			w.Errorf("%d requests with a dead token", n)
		}
	})
}

func TestC85ServerErrorsNeverMakeTwoAnswers(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault func(r *discordtest.REST)
	}{
		{"500", func(r *discordtest.REST) { r.Fail(posts, 500, discordtest.Times(2)) }},
		{"502", func(r *discordtest.REST) { r.Fail(posts, 502) }},
		{"503 after the effect", func(r *discordtest.REST) { r.Fail(posts, 503, discordtest.AfterEffect()) }},
		{"504 after the effect, twice", func(r *discordtest.REST) { r.Fail(posts, 504, discordtest.AfterEffect(), discordtest.Times(2)) }},
		{"cut after the effect", func(r *discordtest.REST) { r.Cut(posts, discordtest.AfterEffect()) }},
		{"40 s of latency", func(r *discordtest.REST) { r.Slow(posts, 40*time.Second) }},
		{"all three tries of the quotes", func(r *discordtest.REST) { r.Fail(posts, 500, discordtest.Times(3)) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			inWorld(t, setup{answerer: patient{3 * time.Second}}, func(w *world) {
				c.fault(w.discord.REST())
				m := w.guild.Member("ana").Asks(w.general(), "who?")
				w.settle(3 * time.Minute)
				if list := m.Answers(); len(list) != 1 || list[0].Content != "worded who?" {
					w.Errorf("%s", w.general().Transcript(nil))
				}
			})
		})
	}
}

func TestC85TheResponseOfACommandSurvivesServerErrors(t *testing.T) {
	inWorld(t, setup{answerer: patient{3 * time.Second}}, func(w *world) {
		w.discord.REST().Fail(originals, 502, discordtest.Times(2))
		i := w.guild.Member("ana").Slash(w.general(), "ask", discordtest.Opt("question", "who?"))
		w.settle(time.Minute)
		if got := i.Reply(); got.Content != "worded who?" || len(i.Followups()) != 0 {
			w.Errorf("%s", got)
		}
	})
}

func TestC86WhoComesTooLateIsToldAndNotLeftInSilence(t *testing.T) {
	inWorld(t, setup{answerer: patient{10 * time.Second}}, func(w *world) {
		var last []*discordtest.Interaction
		for i := range 1100 {
			asked := w.guild.Member(fmt.Sprint("u", i)).Slash(w.guild.Channel(fmt.Sprint("c", i%100)), "ask", discordtest.Opt("question", fmt.Sprint("q", i, "?")))
			last = append(last, asked)
		}
		w.settle(2 * time.Minute)
		busy := 0
		for _, i := range last {
			if took, ok := i.Ack(); !ok || took > 2500*time.Millisecond {
				w.Fatalf("%s: acknowledged after %s (%t)", i, took, ok)
			}
			switch got := i.Original(); {
			case got == nil || got.Loading():
				w.Fatalf("%s is left without an answer", i)
			case (got.Content == answer.OutcomeText(knowledge.Busy, knowledge.English, nil, 0) || got.Content == answer.OutcomeText(knowledge.Busy, knowledge.Spanish, nil, 0)) && got.Ephemeral():
				busy++
			case !strings.HasPrefix(got.Content, "worded q") && !strings.HasPrefix(got.Content, "quoted q"):
				w.Fatalf("%s", got)
			}
		}
		if busy < 100 {
			w.Errorf("%d were told that the bot is busy", busy)
		}
	})
}

func TestC87AModelThatTakesForeverIsGivenUp(t *testing.T) {
	inWorld(t, setup{answerer: patient{14*time.Minute + 59*time.Second}}, func(w *world) {
		i := w.guild.Member("ana").Slash(w.general(), "ask", discordtest.Opt("question", "who?"))
		w.settle(2 * time.Second)
		if got := i.Reply().Content; got != "quoted who?" {
			w.Errorf("the quotes are not there at once: %q", got)
		}
		w.settle(bot.AnswerTime)
		if w.bot.Open() != 0 || bot.AnswerTime > 20*time.Second {
			w.Error("the model is not given up")
		}
	})
}

func TestC88AnOrderlyEnd(t *testing.T) {
	inWorld(t, setup{answerer: patient{2 * time.Minute}}, func(w *world) {
		var asked []*discordtest.Message
		var used []*discordtest.Interaction
		for i := range 25 {
			u, c := w.guild.Member(fmt.Sprint("u", i)), w.guild.Channel(fmt.Sprint("c", i))
			asked = append(asked, u.Asks(c, fmt.Sprint("m", i, "?")))
			used = append(used, u.Slash(c, "ask", discordtest.Opt("question", fmt.Sprint("i", i, "?"))))
		}
		w.settle(time.Second)
		start := time.Now()
		ctx, cancel := context.WithTimeout(context.Background(), 8500*time.Millisecond)
		defer cancel()
		drained := make(chan error, 1)
		go func() { drained <- w.bot.Drain(ctx) }()
		w.settle(time.Second)
		late := w.guild.Member("late").Asks(w.general(), "one more?")
		tooLate := w.guild.Member("later").Slash(w.general(), "ask", discordtest.Opt("question", "one more?"))
		if err := <-drained; err != nil {
			w.Errorf("the drain ends with %v", err)
		}
		w.stop()
		if took := time.Since(start); took > 10*time.Second {
			w.Errorf("the end takes %s", took)
		}
		for i := range asked {
			if list := asked[i].Answers(); len(list) != 1 || list[0].Content != fmt.Sprint("quoted m", i, "?") {
				w.Errorf("question %d: %v", i, list)
			}
			if got := used[i].Original(); got == nil || got.Content != fmt.Sprint("quoted i", i, "?") {
				w.Errorf("command %d: %v", i, got)
			}
		}
		if list := late.Answers(); len(list) != 1 || !strings.Contains(list[0].Content, "restarted") {
			w.Errorf("who asks too late is not told: %v", list)
		}
		if got := tooLate.Original(); got == nil || !strings.Contains(got.Content, "restarted") {
			w.Errorf("who asks too late is not told: %v", got)
		}
		w.discord.Gateway().WaitClosed()
	})
}

func TestC89AKilledProcessAnswersOnceAfterItsRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := setup{answerer: patient{time.Minute}}
		w := newWorld(t, s)
		m := w.guild.Member("ana").Asks(w.general(), "who?")
		i := w.guild.Member("ben").Slash(w.general(), "ask", discordtest.Opt("question", "who?"))
		w.settle(time.Second)
		// The process dies here; the next one knows nothing of what this one did, and gets the event again.
		b, err := bot.New(bot.Options{Answerer: patient{time.Second}, Meter: w.metrics})
		if err != nil {
			t.Fatal(err)
		}
		b.Connect(bot.Over(w.gateway.Rest()))
		b.Ready(t.Context(), ready(w))
		b.MessageCreate(t.Context(), created(w, m, "who?"))
		w.settle(2 * time.Minute)
		if list := m.Answers(); len(list) != 1 || list[0].Content != "quoted who?" && list[0].Content != "worded who?" {
			t.Errorf("%s", w.general().Transcript(nil))
		}
		if got := i.Original(); got == nil || got.Loading() {
			t.Error("the deferred answer is left open")
		}
		w.stop()
	})
}

// relay is an inbox that hands its jobs to whoever works, again and again.
type relay struct {
	*state.Memory
	try  int
	mu   *sync.Mutex
	jobs *[]state.Job
}

func (r relay) Accept(_ context.Context, j state.Job) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	*r.jobs = append(*r.jobs, j)
	return nil
}

func (r relay) Work(ctx context.Context, _ int, handle func(context.Context, state.Delivery) error) error {
	var wg sync.WaitGroup
	for next := 0; ctx.Err() == nil; time.Sleep(time.Millisecond) {
		r.mu.Lock()
		for ; next < len(*r.jobs); next++ {
			d := state.Delivery{Job: (*r.jobs)[next], Try: r.try}
			wg.Go(func() { _ = handle(context.WithoutCancel(ctx), d) })
		}
		r.mu.Unlock()
	}
	wg.Wait()
	return nil
}

func TestC89AnotherProcessGoesOnWithWhatIsPosted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first := relay{state.NewMemory(), 1, &sync.Mutex{}, &[]state.Job{}}
		w := newWorld(t, setup{answerer: patient{15 * time.Second}, also: func(_ *world, o *bot.Options) { o.Inbox, o.Outbox = first, first }})
		m := w.guild.Member("ana").Asks(w.general(), "who?")
		i := w.guild.Member("ben").Slash(w.general(), "ask", discordtest.Opt("question", "who?"))
		w.settle(time.Second)
		if m.Answer().Content != "quoted who?" || i.Reply().Content != "quoted who?" {
			t.Errorf("%s", w.general().Transcript(nil))
		}
		second := first
		second.try = 2
		b, err := bot.New(bot.Options{Answerer: patient{2 * time.Second}, Inbox: second, Outbox: second, Store: second.Memory, Meter: w.metrics})
		if err != nil {
			t.Fatal(err)
		}
		b.Connect(bot.Over(w.gateway.Rest()))
		b.Ready(t.Context(), ready(w))
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- b.Work(ctx) }()
		w.settle(5 * time.Second)
		if list := m.Answers(); len(list) != 1 || list[0].Content != "worded who?" {
			t.Errorf("%s", w.general().Transcript(nil))
		}
		if got := i.Original(); got == nil || got.Content != "worded who?" || len(i.Followups()) > 0 {
			t.Errorf("%s", got)
		}
		if n := w.discord.REST().Count(posts); n != 1 {
			t.Errorf("%d posts", n)
		}
		w.settle(time.Minute)
		cancel()
		<-ended
		w.stop()
	})
}

func TestC90ClockJumps(t *testing.T) {
	var offset time.Duration
	now := func() time.Time { return time.Now().Round(0).Add(offset) }
	inWorld(t, setup{now: now, settings: bot.Settings{UserPerMinute: 2}}, func(w *world) {
		ana := w.guild.Member("ana")
		for n, jump := range []time.Duration{0, time.Hour, -time.Hour, -2 * time.Hour, 10 * time.Minute} {
			offset += jump
			m := ana.Asks(w.general(), "How high is the lighthouse?")
			w.settle(10 * time.Second)
			if list := m.Answers(); len(list) != 1 || !strings.HasPrefix(list[0].Content, "The lighthouse is 41") {
				w.Errorf("after jump %d: %v", n, list)
			}
		}
		w.settle(10 * time.Minute) // a suspended machine
		if m := ana.Asks(w.general(), "Who signed the harbour agreement?"); !strings.HasPrefix(m.Answer().Content, "Ana Torres") {
			w.Errorf("%s", m.Answer())
		}
	})
}

func TestC91CommandsAreRegisteredWhenTheyChanged(t *testing.T) {
	file := filepath.Join(t.TempDir(), "commands.json")
	registered := func(s setup) (n int) {
		s.commands = state.NewFileRegistrations(file)
		inWorld(t, s, func(w *world) {
			w.settle(10 * time.Second)
			n = w.discord.REST().Count("PUT /applications/{app}/commands") + w.discord.REST().Count("PUT /applications/{app}/guilds/{g}/commands")
		})
		return n
	}
	if n := registered(setup{}); n != 1 {
		t.Errorf("the first start registers %d times", n)
	}
	if n := registered(setup{}); n != 0 {
		t.Errorf("the second start registers %d times", n)
	}
	if n := registered(setup{settings: bot.Settings{QuestionChars: 300}}); n != 1 {
		t.Errorf("a changed command is registered %d times", n)
	}
	inWorld(t, setup{}, func(w *world) {
		c := w.discord.WaitCommand("ask")
		if c.NameLocalizations["es-ES"] != "preguntar" || c.NameLocalizations["es-419"] != "preguntar" || c.DescriptionLocalizations["en-US"] == "" {
			w.Errorf("%+v", c)
		}
	})
}

func TestC91FiftyDeferredAnswersAtOnce(t *testing.T) {
	inWorld(t, setup{answerer: patient{2 * time.Second}, latency: time.Second}, func(w *world) {
		var used []*discordtest.Interaction
		for i := range 50 {
			used = append(used, w.guild.Member(fmt.Sprint("u", i)).Slash(w.guild.Channel(fmt.Sprint("c", i)), "ask", discordtest.Opt("question", fmt.Sprint("q", i, "?"))))
		}
		start := time.Now()
		for i, u := range used {
			u.WaitFor("the quotes", func(m *discordtest.Message) bool { return m.Content == fmt.Sprint("quoted q", i, "?") })
		}
		if took := time.Since(start); took > 3*time.Second {
			w.Errorf("fifty edits took %s", took)
		}
		w.settle(time.Minute)
		for i, u := range used {
			if got := u.Original().Content; got != fmt.Sprint("worded q", i, "?") {
				w.Errorf("%d: %q", i, got)
			}
		}
	})
}

func TestB66WhatGoesAwayStopsTheAnswer(t *testing.T) {
	for _, c := range []struct {
		name string
		away func(w *world, m *discordtest.Message)
	}{
		{"deleted", func(w *world, m *discordtest.Message) { m.Author.Deletes(m) }},
		{"removed", func(w *world, _ *discordtest.Message) { w.guild.Kicks() }},
		{"channel deleted", func(_ *world, m *discordtest.Message) { m.Channel.Deletes() }},
		{"thread locked", func(_ *world, m *discordtest.Message) { m.Channel.Archives(true, true) }},
		{"muted", func(w *world, m *discordtest.Message) { w.guild.BotRole().Set(0) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			inWorld(t, setup{answerer: patient{3 * time.Second}, invalid: true}, func(w *world) {
				ana := w.guild.Member("ana")
				thread := ana.StartsThread(w.general(), nil, "talk")
				m := ana.Asks(thread, "who?")
				w.settle(time.Second)
				c.away(w, m)
				before := len(w.discord.REST().Requests(""))
				w.settle(10 * time.Minute)
				if n := len(w.discord.REST().Requests("")) - before; n > 2 {
					w.Errorf("%d requests after the end", n)
				}
				if c.name == "deleted" && w.discord.REST().Count(edits) > 0 {
					w.Error("an answer goes on without its question")
				}
				if strings.Contains(w.log.String(), "level=ERROR") {
					w.Errorf("it is not quiet:\n%s", w.log)
				}
			})
		})
	}
}

func TestC79DuplicatesAreAnsweredOnce(t *testing.T) {
	inWorld(t, setup{}, func(w *world) {
		w.discord.Gateway().Duplicate(10)
		m := w.guild.Member("ana").Asks(w.general(), "How high is the lighthouse?")
		i := w.guild.Member("ben").Slash(w.general(), "ask", discordtest.Opt("question", "How high is the lighthouse?"))
		w.settle(10 * time.Second)
		if len(m.Answers()) != 1 || w.discord.REST().Count(callbacks) != 1 || i.Original() == nil {
			w.Errorf("%s", w.general().Transcript(nil))
		}
	})
}
