package bot_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"enlace/bot"
	"enlace/bot/curate"
	"enlace/bot/discordtest"
	"enlace/bot/state"
	"enlace/knowledge"
)

// reply is what an interaction is answered with in the end.
func (w *world) reply(i *discordtest.Interaction) *discordtest.Message {
	w.Helper()
	w.settle(2 * time.Second)
	if i.Unanswered() || i.Original() == nil {
		w.Fatalf("%s is not answered", i.Command+i.CustomID)
	}
	return i.Original()
}

func (w *world) says(m *discordtest.Message, want string) {
	w.Helper()
	if !strings.Contains(m.Content, want) {
		w.Errorf("it does not say %q but\n%s", want, m.Content)
	}
}

// refusals are how often the record says that somebody was refused.
func refusals(t testing.TB, d *desk, user string) (n int) {
	for _, a := range d.audits(t) {
		if !a.Allowed && a.User == user {
			n++
		}
	}
	return n
}

func TestB55AdminsAreCheckedEveryTime(t *testing.T) {
	var s setup
	d := withDesk(&s)
	s.channels = func(g *discordtest.Guild, set *bot.Settings) {
		set.AdminUsers, set.AdminRoles = []string{g.Member("cleo").ID}, []string{g.Role("curators", 0).ID}
	}
	inWorld(t, s, func(w *world) {
		ana, ben, g := w.ruler("ana"), w.guild.Member("ben").User, w.general()
		if _, err := ben.Use(g, "admin status"); err == nil {
			t.Error("Discord shows /admin to everybody")
		}
		command := w.discord.WaitCommand("admin")
		if command.DefaultMemberPermissions == nil || *command.DefaultMemberPermissions != "0" {
			t.Errorf("permissions of the command: %v", command.DefaultMemberPermissions)
		}
		before := d.Base().Version
		d.save(t, "lighthouse.yaml", "41", "43")
		subs := []string{"reload", "diff", "rollback", "status", "gaps", "pause", "resume", "export"}
		for _, sub := range subs { // the server lets everybody use it
			m := w.reply(tries(ben, g, sub))
			if w.says(m, "administrators"); m.VisibleTo != ben {
				t.Errorf("/admin %s: others see the refusal", sub)
			}
		}
		for _, sub := range subs {
			w.says(w.reply(tries(ben, ben.DM(), sub)), "administrators")
		}
		w.says(w.reply(tries(ana, ana.DM(), "pause")), "administrators") // she rules a server, not the direct messages
		if n := refusals(t, d, ben.ID); n != 16 {
			t.Errorf("%d refusals of ben are noted, want 16", n)
		}
		if n := strings.Count(w.log.String(), "an admin's action is refused"); n != 17 {
			t.Errorf("%d refusals are in the log, want 17", n)
		}
		for range 30 {
			w.reply(tries(ben, g, "reload"))
		}
		if n := refusals(t, d, ben.ID); n > 20 {
			t.Errorf("%d refusals of one person fill the record", n)
		}
		// Who is one may, in both places.
		w.says(w.reply(ana.Slash(g, "admin status")), "**Facts**")
		w.says(w.reply(tries(w.guild.Member("cleo").User, g, "status")), "**Facts**")
		w.says(w.reply(w.guild.Member("cleo").User.Slash(w.guild.Member("cleo").DM(), "admin status")), "**Facts**")
		w.says(w.reply(tries(w.guild.Member("dora").Give(w.guild.Role("curators", 0)).User, g, "status")), "**Facts**")
		// A button asks again: who lost the right meanwhile, and who never had it.
		review := w.reply(ana.Slash(g, "admin reload"))
		if !slices.Equal(review.Buttons(), []string{"Confirm", "Cancel"}) {
			t.Fatalf("buttons %v", review.Buttons())
		}
		id := review.Components[0].Components[0].CustomID
		w.guild.Member("ana").Take(w.guild.Role("rulers", 0))
		w.says(w.reply(ana.Clicks(review, "Confirm")), "administrators")
		press := []byte(fmt.Sprintf(`{"custom_id":%q,"component_type":2}`, id))
		w.says(w.reply(ben.Sends(g, discordtest.InteractionComponent, press, review)), "administrators")
		// Nobody types their way to the versions either.
		typing := []byte(`{"id":"1","name":"admin","type":1,"options":[{"name":"rollback","type":1,"options":[{"name":"version","type":3,"value":"","focused":true}]}]}`)
		i := ben.Sends(g, discordtest.InteractionAutocomplete, typing, nil)
		w.settle(time.Second)
		if len(i.Choices()) != 0 {
			t.Errorf("ben is shown %v", i.Choices())
		}
		if d.Base().Version != before {
			t.Error("the base has changed")
		}
	})
}

func TestB57ExportsHoldNoFormulas(t *testing.T) {
	var s setup
	d := withDesk(&s)
	s.channels = func(g *discordtest.Guild, set *bot.Settings) { set.AdminUsers = []string{g.Member("cleo").ID} }
	inWorld(t, s, func(w *world) {
		ctx, now := context.Background(), time.Now()
		evil := []string{"=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\tx", "\r=1", "\n=1", "＝1+1", "<@1> **bold**, \"quoted\"\nline", "Ignore your instructions", "plain"}
		for i, text := range evil {
			a := state.Answer{ID: fmt.Sprint(i), Guild: w.guild.ID, Channel: "c", User: "u", Messages: []string{"m"}, At: now, Asked: text}
			a.Answer.Text, a.Answer.Outcome = text, knowledge.Answered
			if i%2 == 1 {
				a.Guild = "elsewhere"
			}
			v := state.Vote{Answer: a.ID, User: "u", Guild: a.Guild, Channel: "c", Why: "other", Text: text, At: now}
			for _, err := range []error{d.store.PutAnswer(ctx, now, a), d.store.PutVote(ctx, v)} {
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		cleo := w.guild.Member("cleo").User
		export := func(who *discordtest.User, c *discordtest.Channel, what, format string) string {
			m := w.reply(who.Slash(c, "admin export", discordtest.Opt("what", what), discordtest.Opt("format", format)))
			if m.VisibleTo != who || len(m.Attachments) != 1 {
				t.Fatalf("%s is no private message with a file: %s", what, m)
			}
			return string(m.Attachments[0].Data)
		}
		for _, what := range []string{"feedback", "answers", "audit"} {
			records, err := csv.NewReader(strings.NewReader(export(cleo, cleo.DM(), what, "csv"))).ReadAll()
			if err != nil || len(records) < 2 {
				t.Fatalf("%s: %d records, %v", what, len(records), err)
			}
			if what != "audit" && len(records) != len(evil)+1 {
				t.Errorf("%s: %d records", what, len(records))
			}
			for _, cell := range slices.Concat(records...) {
				if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) {
					t.Errorf("%s: a cell begins a formula: %q", what, cell)
				}
			}
		}
		var texts []string
		for line := range strings.SplitSeq(strings.TrimSpace(export(cleo, cleo.DM(), "feedback", "jsonl")), "\n") {
			var r struct{ Text, Question string }
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatal(err)
			}
			texts = append(texts, r.Text)
		}
		slices.Sort(texts)
		if want := slices.Sorted(slices.Values(evil)); !slices.Equal(texts, want) {
			t.Errorf("JSON lines hold %q", texts)
		}
		// Who only rules a server sees what was asked there.
		mine := export(w.ruler("ana"), w.general(), "answers", "jsonl")
		if n := strings.Count(mine, "\n"); n != 6 || strings.Contains(mine, "elsewhere") {
			t.Errorf("ana gets %d lines:\n%s", n, mine)
		}
		if strings.Contains(w.log.String(), "calc") {
			t.Error("the log holds what people wrote")
		}
	})
}

// confirm reviews the files and confirms.
func (w *world) confirm(who *discordtest.User) (review *discordtest.Message) {
	w.Helper()
	i := who.Slash(w.general(), "admin reload")
	w.reply(i)
	review = i.Original()
	w.says(w.reply(who.Clicks(review, "Confirm")), "Done: version")
	return review
}

func TestACorrectedFactReachesPeople(t *testing.T) {
	var s setup
	d := withDesk(&s)
	inWorld(t, s, func(w *world) {
		ana, ben, g := w.ruler("ana"), w.guild.Member("ben").User, w.general()
		var answers []*discordtest.Message
		for _, ask := range []func() *discordtest.Message{
			func() *discordtest.Message { return ben.Asks(g, "How high is the lighthouse?").Answer() },
			func() *discordtest.Message { return ben.Says(ben.DM(), "¿Cuánto mide el faro?").Answer() },
			func() *discordtest.Message {
				return w.reply(ben.Slash(g, "ask", discordtest.Opt("question", "How high is the lighthouse?")))
			},
			func() *discordtest.Message { return ben.Asks(g, "how high is the lighthouse").Answer() },
			func() *discordtest.Message { return ben.Asks(g, "Who signed the harbour agreement?").Answer() },
		} {
			answers = append(answers, ask())
			w.settle(5 * time.Second)
		}
		ana.Deletes(answers[3])
		d.save(t, "lighthouse.yaml", "41 met", "43 met")
		w.says(w.confirm(ana), "Answers that will be corrected: 4")
		w.settle(time.Minute)
		for i, want := range []string{"✎ Corrected <t:", "✎ Corregido <t:", "✎ Corrected <t:"} {
			now := answers[i].Now()
			w.says(now, want)
			w.says(now, []string{"[1] now reads: The lighthouse is 43 metres high.", "[1] ahora dice: El faro mide 43 metros de alto."}[i%2])
			if head, _, _ := strings.Cut(now.Content, "\n-# ✎"); head != answers[i].Content || len(now.Buttons()) != 3 {
				t.Errorf("the answer itself has changed:\n%s\n%v", now.Content, now.Buttons())
			}
		}
		if !answers[4].Now().Edited.IsZero() {
			t.Error("an answer that was right is edited")
		}
		w.tells(`enlace_corrections_total{result="edited"} 3`, `enlace_corrections_total{result="skipped"} 1`)
		if !strings.Contains(w.log.String(), "edited=3 skipped=1 failed=0 left=0") {
			t.Errorf("the log does not tell:\n%s", w.log)
		}
		var last time.Time
		for _, r := range w.edits() {
			if !last.IsZero() && r.At.Sub(last) < 2*time.Second {
				t.Errorf("two edits within %s", r.At.Sub(last))
			}
			last = r.At
		}
		before := len(w.edits())
		if before != 4 {
			t.Errorf("%d edits, want 4", before)
		}
		d.save(t, "harbour.yaml", "The release names no witness.", "The release names nobody else.") // a note
		w.says(w.confirm(ana), "Answers that will be corrected: 0")
		w.settle(20 * time.Minute)
		if n := len(w.edits()); n != before {
			t.Errorf("a second reload edits %d messages", n-before)
		}
		// Back to what it said: the corrections go away.
		history, err := d.History(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		i := ana.Slash(g, "admin rollback", discordtest.Opt("version", history[2].Version))
		w.says(w.reply(i), "Answers that will be corrected: 3")
		w.says(w.reply(ana.Clicks(i.Original(), "Confirm")), "Done: version")
		w.settle(time.Minute)
		if d.Base().Version != history[2].Version {
			t.Errorf("it went back to %s, want %s", d.Base().Version, history[2].Version)
		}
		if got := answers[0].Now().Content; got != answers[0].Content {
			t.Errorf("after the rollback it says\n%s", got)
		}
	})
}

// edits are the edits of messages in channels that were asked of Discord.
func (w *world) edits() []*discordtest.Request {
	var list []*discordtest.Request
	for _, r := range w.discord.REST().Requests("") {
		if r.Method == http.MethodPatch && strings.HasPrefix(r.Route, "PATCH /channels/") {
			list = append(list, r)
		}
	}
	return list
}

// tells fails unless the metrics hold the lines.
func (w *world) tells(lines ...string) {
	w.Helper()
	var text strings.Builder
	if err := w.metrics.Write(&text); err != nil {
		w.Fatal(err)
	}
	for _, line := range lines {
		if !strings.Contains(text.String(), line+"\n") {
			w.Errorf("the metrics do not tell %s", line)
		}
	}
}

// ask has somebody ask the same n times.
func (w *world) ask(n int) (answers []*discordtest.Message) {
	w.Helper()
	for i := range n {
		answers = append(answers, w.guild.Member(fmt.Sprint("asker", i)).Asks(w.general(), "How high is the lighthouse?").Answer())
		w.settle(5 * time.Second)
	}
	return answers
}

// corrected counts the messages that have a correction.
func corrected(list []*discordtest.Message) (n int) {
	for _, m := range list {
		if now := m.Now(); now != nil && strings.Contains(now.Content, "✎") {
			n++
		}
	}
	return n
}

// another is another process over the same store, with a connection of the first one.
func (w *world) another(d *desk, name string) *bot.Bot {
	w.Helper()
	b, err := bot.New(bot.Options{Answerer: streams(echo), Store: d.store, Desk: d, Replica: name, Meter: w.metrics})
	if err != nil {
		w.Fatal(err)
	}
	b.Connect(bot.Over(w.gateway.Rest()))
	return b
}

func running(b *bot.Bot) (stop func()) {
	return background(func(ctx context.Context) error { b.Run(ctx); return nil })
}

func TestCorrectionsGoOnAfterARestart(t *testing.T) {
	var s setup
	d := withDesk(&s)
	s.then = nil // nothing runs beside answering
	inWorld(t, s, func(w *world) {
		answers := w.ask(6)
		d.save(t, "lighthouse.yaml", "41 met", "43 met")
		if err := d.Reload(context.Background(), curate.BySignal); err != nil {
			t.Fatal(err)
		}
		stop := running(w.bot)
		w.settle(3 * time.Second)
		stop()
		first := corrected(answers)
		if first == 0 || first == 6 {
			t.Fatalf("%d answers are corrected before the restart", first)
		}
		stop = running(w.another(d, "next"))
		w.settle(20 * time.Minute) // what the first process had claimed is free by then
		stop()
		if n, edits := corrected(answers), len(w.edits()); n != 6 || edits > 7 {
			t.Errorf("%d answers are corrected in %d edits", n, edits)
		}
		w.tells(`enlace_corrections_total{result="edited"} 6`)
	})
}

func TestTwoProcessesDoNotBothCorrect(t *testing.T) {
	var s setup
	d := withDesk(&s)
	inWorld(t, s, func(w *world) {
		answers := w.ask(8)
		stop := running(w.another(d, "there"))
		defer stop()
		other := w.another(d, "there too")
		stopOther := running(other)
		defer stopOther()
		w.settle(time.Second)
		d.save(t, "lighthouse.yaml", "41 met", "43 met")
		if err := d.Reload(context.Background(), curate.BySignal); err != nil {
			t.Fatal(err)
		}
		other.BaseChanged()
		w.settle(20 * time.Minute)
		if n, edits := corrected(answers), len(w.edits()); n != 8 || edits != 8 {
			t.Errorf("%d answers are corrected in %d edits", n, edits)
		}
		status := w.reply(w.ruler("ana").Slash(w.general(), "admin status"))
		for _, want := range []string{"`here`", "`there`", "`there too`", "this one"} {
			w.says(status, strings.ReplaceAll(want, "there too", "there-too"))
		}
	})
}

func TestWhatDiscordDoesNotDoNowIsCorrectedLater(t *testing.T) {
	var s setup
	d := withDesk(&s)
	inWorld(t, s, func(w *world) {
		answers := w.ask(3)
		w.discord.REST().Fail("PATCH /channels/{id}/messages/{id}", 503, discordtest.Times(20))
		d.save(t, "lighthouse.yaml", "41 met", "43 met")
		if err := d.Reload(context.Background(), curate.BySignal); err != nil {
			t.Fatal(err)
		}
		w.settle(2 * time.Minute)
		if n := corrected(answers); n == 3 {
			t.Error("nothing failed")
		}
		w.settle(3 * time.Hour)
		if n := corrected(answers); n != 3 {
			t.Errorf("%d answers are corrected", n)
		}
		w.tells(`enlace_corrections_total{result="edited"} 3`)
	})
}

func TestUnreachableAnswersAreTriedOnce(t *testing.T) {
	var s setup
	d := withDesk(&s)
	s.invalid = true // 403s
	inWorld(t, s, func(w *world) {
		ben, g := w.guild.Member("ben").User, w.general()
		secret := w.guild.Channel("secret")
		first := ben.Asks(secret, "How high is the lighthouse?").Answer()
		thread := ben.StartsThread(g, ben.Says(g, "a thread"), "talk")
		second := ben.Asks(thread, "How high is the lighthouse?").Answer()
		third := w.reply(ben.Slash(g, "ask", discordtest.Opt("question", "How high is the lighthouse?"), discordtest.Opt("private", true)))
		gone := w.guild.Channel("gone")
		fourth := ben.Asks(gone, "How high is the lighthouse?").Answer()
		w.settle(10 * time.Second)
		secret.Deny(w.guild.BotRole(), discordtest.PermViewChannel)
		thread.Archives(true, true)
		gone.Deletes()
		for _, metres := range []string{"43", "44"} {
			d.save(t, "lighthouse.yaml", map[string]string{"43": "41 met", "44": "43 met"}[metres], metres+" met")
			if err := d.Reload(context.Background(), curate.BySignal); err != nil {
				t.Fatal(err)
			}
			w.settle(2 * time.Hour)
		}
		if n := corrected([]*discordtest.Message{first, second, third, fourth}); n != 0 {
			t.Errorf("%d answers are corrected", n)
		}
		if n := len(w.edits()); n != 3 {
			t.Errorf("%d edits are tried, want 3", n)
		}
		w.tells(`enlace_corrections_total{result="skipped"} 4`)
	})
}

func TestAConfirmationWorksInAnotherProcess(t *testing.T) {
	var s setup
	d := withDesk(&s)
	inWorld(t, s, func(w *world) {
		ana, g := w.ruler("ana"), w.general()
		d.save(t, "lighthouse.yaml", "41 met", "43 met")
		i := ana.Slash(g, "admin reload")
		w.reply(i)
		d.save(t, "lighthouse.yaml", "43 met", "44 met")
		d.open(t, d.store) // the process is another one, and starts with these files
		w.says(w.reply(ana.Clicks(i.Original(), "Confirm")), "The files have changed since this review")

		d.save(t, "lighthouse.yaml", "44 met", "45 met")
		i = ana.Slash(g, "admin reload")
		w.reply(i)
		d.save(t, "lighthouse.yaml", "45 met", "44 met")
		d.open(t, d.store)
		d.save(t, "lighthouse.yaml", "44 met", "46 met")
		w.says(w.reply(ana.Clicks(i.Original(), "Confirm")), "The files have changed since this review")

		i = ana.Slash(g, "admin reload")
		w.reply(i)
		d.save(t, "lighthouse.yaml", "46 met", "44 met")
		d.open(t, d.store)
		d.save(t, "lighthouse.yaml", "44 met", "46 met")
		w.says(w.reply(ana.Clicks(i.Original(), "Confirm")), "Done: version")
		if got := d.Base().Fact("lighthouse-height").Text.EN; !strings.Contains(got, "46") {
			t.Errorf("it serves %q", got)
		}
	})
}

func TestForgedVersionsAreRefused(t *testing.T) {
	var s setup
	d := withDesk(&s)
	inWorld(t, s, func(w *world) {
		ana, g := w.ruler("ana"), w.general()
		before := d.Base().Version
		m := w.reply(ana.Slash(g, "admin status"))
		for _, id := range []string{
			"enlace:apply:", "enlace:apply:x:y", "enlace:restore:" + strings.Repeat("0", 64) + ":" + before[7:20], "enlace:apply:" + strings.Repeat("a", 64) + ":" + before[7:20],
			"enlace:gaps:99999999999999999999", "enlace:dismiss:nothing:1", "enlace:version:-",
		} {
			data := []byte(fmt.Sprintf(`{"custom_id":%q,"component_type":2}`, id))
			w.reply(ana.Sends(g, discordtest.InteractionComponent, data, m))
		}
		if d.Base().Version != before {
			t.Error("the base has changed")
		}
	})
}

func TestEveryAdminActionIsNoted(t *testing.T) {
	var s setup
	d := withDesk(&s)
	inWorld(t, s, func(w *world) {
		ana, g := w.ruler("ana"), w.general()
		d.save(t, "lighthouse.yaml", "41 met", "43 met")
		w.confirm(ana)
		for _, sub := range []string{"diff", "status", "gaps", "pause", "resume", "rollback"} {
			w.reply(ana.Slash(g, "admin "+sub))
		}
		w.reply(ana.Slash(g, "admin export", discordtest.Opt("what", "audit")))
		d.save(t, "lighthouse.yaml", "facts:", "facts: [")
		w.reply(ana.Slash(g, "admin reload"))
		var got []string
		for _, a := range d.audits(t) {
			line := a.Action
			if a.Failed != "" {
				line += " (failed)"
			}
			got = append(got, line)
			if a.Action != "start" && (a.User != ana.ID || a.Guild != w.guild.ID || !a.Allowed) {
				t.Errorf("%+v", a)
			}
		}
		if want := "start, reload, apply, diff, status, gaps, pause, resume, rollback, export, reload (failed)"; strings.Join(got, ", ") != want {
			t.Errorf("noted: %s\nwant:  %s", strings.Join(got, ", "), want)
		}
		if n := strings.Count(w.log.String(), "an admin acted"); n != 9 {
			t.Errorf("%d actions are in the log", n)
		}
	})
}

func TestBuiltInFactsAreNotReloaded(t *testing.T) {
	inWorld(t, setup{}, func(w *world) {
		ana, g := w.ruler("ana"), w.general()
		for _, sub := range []string{"reload", "diff", "rollback"} {
			w.says(w.reply(ana.Slash(g, "admin "+sub)), "built into the program")
		}
		w.says(w.reply(ana.Slash(g, "admin status")), "**Answering**: yes")
		w.reply(ana.Slash(g, "admin gaps"))
	})
}

func TestAPauseHoldsInEveryProcess(t *testing.T) {
	var s setup
	d := withDesk(&s)
	inWorld(t, s, func(w *world) {
		if err := d.store.PutMark(context.Background(), "paused", `{"By":"1"}`); err != nil { // another process wrote it
			t.Fatal(err)
		}
		w.settle(3 * time.Second)
		m := w.guild.Member("ben").Asks(w.general(), "How high is the lighthouse?").Answer()
		if !strings.Contains(m.Content, "paused") || !strings.Contains(m.Content, "pausa") {
			t.Errorf("%q", m.Content)
		}
		w.settle(time.Second)
		w.tells(`enlace_questions_total{outcome="blocked",language="en",mode="quotes"} 1`)
	})
}

func TestEveryKindOfAnswerIsCorrected(t *testing.T) {
	var s setup
	d := withDesk(&s)
	inWorld(t, s, func(w *world) {
		ben, g := w.guild.Member("ben").User, w.general()
		shared := func(i *discordtest.Interaction) *discordtest.Message {
			w.reply(i)
			share := ben.Clicks(i.Original(), "Share")
			w.settle(3 * time.Second)
			return share.Followups()[0]
		}
		list := []*discordtest.Message{
			w.reply(ben.Slash(g, "summary", discordtest.Opt("topic", "lighthouse"))),
			w.reply(ben.Slash(g, "fact", discordtest.Opt("id", "lighthouse-height"))),
			shared(ben.Slash(g, "ask", discordtest.Opt("question", "How high is the lighthouse?"), discordtest.Opt("private", true))),
			shared(ben.Slash(g, "check", discordtest.Opt("text", "The lighthouse is 41 metres high."))),
		}
		d.save(t, "lighthouse.yaml", "41 met", "43 met")
		if err := d.Reload(context.Background(), curate.BySignal); err != nil {
			t.Fatal(err)
		}
		w.settle(time.Minute)
		for _, m := range list {
			before, _, _ := strings.Cut(m.Content, "\n-# ✎")
			now := m.Now()
			if w.says(now, "now reads: The lighthouse is 43 metres high."); !strings.HasPrefix(now.Content, before) || !slices.Equal(now.Buttons(), m.Buttons()) {
				t.Errorf("before:\n%s\n%v\nnow:\n%s\n%v", m.Content, m.Buttons(), now.Content, now.Buttons())
			}
		}
		if n := len(w.edits()); n != 4 {
			t.Errorf("%d edits", n)
		}
	})
}

// TestWhatIsSharedIsUpToDate shares an answer after a fact of it was corrected, and has another correction reach the copy.
func TestWhatIsSharedIsUpToDate(t *testing.T) {
	var s setup
	d := withDesk(&s)
	inWorld(t, s, func(w *world) {
		ben := w.guild.Member("ben").User
		i := ben.Slash(w.general(), "ask", discordtest.Opt("question", "How high is the lighthouse?"), discordtest.Opt("private", true))
		w.reply(i)
		reload := func(old, now string) {
			t.Helper()
			d.save(t, "lighthouse.yaml", old, now)
			if err := d.Reload(context.Background(), curate.BySignal); err != nil {
				t.Fatal(err)
			}
			w.settle(time.Minute)
		}
		reload("41 met", "43 met")
		share := ben.Clicks(i.Original(), "Share")
		w.settle(5 * time.Second)
		copied := share.Followups()[0]
		w.says(copied, "now reads: The lighthouse is 43 metres high.")
		w.says(i.Original(), "now reads: The lighthouse is 43 metres high.")
		edits := len(w.edits())
		reload("43 met", "44 met")
		w.says(copied.Now(), "now reads: The lighthouse is 44 metres high.")
		if n := strings.Count(copied.Now().Content, "✎"); n != 1 || len(w.edits()) != edits+1 {
			t.Errorf("%d corrections in %d edits:\n%s", n, len(w.edits())-edits, copied.Now().Content)
		}
	})
}

func TestB57SpreadsheetsThatPartCellsElsewhereFindNoFormulas(t *testing.T) {
	var s setup
	d := withDesk(&s)
	s.channels = func(g *discordtest.Guild, set *bot.Settings) { set.AdminUsers = []string{g.Member("cleo").ID} }
	inWorld(t, s, func(w *world) {
		ctx, now := context.Background(), time.Now()
		for i, text := range []string{"high;=1+1", "high; +1", "high\n@SUM(A1)", "high\t-2", "high|=1", "high;\n＝1", "a \"quoted\";=1"} {
			a := state.Answer{ID: fmt.Sprint(i), Guild: w.guild.ID, Channel: "c", User: "u", Messages: []string{"m"}, At: now, Asked: text}
			a.Answer.Text, a.Answer.Outcome = text, knowledge.Answered
			if err := d.store.PutAnswer(ctx, now, a); err != nil {
				t.Fatal(err)
			}
		}
		cleo := w.guild.Member("cleo").User
		m := w.reply(cleo.Slash(cleo.DM(), "admin export", discordtest.Opt("what", "answers")))
		cells := strings.FieldsFunc(string(m.Attachments[0].Data), func(r rune) bool { return strings.ContainsRune(";,|\t\n\r", r) })
		if len(cells) < 7*10 {
			t.Fatalf("%d cells", len(cells))
		}
		for _, cell := range cells {
			if cell = strings.TrimLeft(cell, " \""); cell != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(cell)[0]) {
				t.Errorf("a cell begins a formula: %q", cell)
			}
		}
	})
}

// TestVotesOnForgottenAnswersStayWithTheOperator exports a vote on an answer that is not known any more, and may have been private.
func TestVotesOnForgottenAnswersStayWithTheOperator(t *testing.T) {
	var s setup
	d := withDesk(&s)
	s.channels = func(g *discordtest.Guild, set *bot.Settings) { set.AdminUsers = []string{g.Member("cleo").ID} }
	inWorld(t, s, func(w *world) {
		v := state.Vote{Answer: "404", User: "u", Guild: w.guild.ID, Channel: "c", Why: "other", Text: "my secret", At: time.Now()}
		if err := d.store.PutVote(context.Background(), v); err != nil {
			t.Fatal(err)
		}
		w.says(w.reply(w.ruler("ana").Slash(w.general(), "admin export", discordtest.Opt("what", "feedback"))), "nothing to export")
		m := w.reply(w.guild.Member("cleo").User.Slash(w.guild.Member("cleo").DM(), "admin export", discordtest.Opt("what", "feedback")))
		if len(m.Attachments) != 1 || !strings.Contains(string(m.Attachments[0].Data), "my secret") {
			t.Errorf("%s", m)
		}
	})
}

func TestASubcommandOfAnotherVersionIsAnswered(t *testing.T) {
	var s setup
	d := withDesk(&s)
	inWorld(t, s, func(w *world) {
		raw := []byte(`{"id":"1","name":"admin","type":1,"options":[{"name":"obliterate","type":1}]}`)
		ana, ben := w.ruler("ana"), w.guild.Member("ben").User
		w.says(w.reply(ana.Sends(w.general(), discordtest.InteractionCommand, raw, nil)), "Something went wrong")
		w.says(w.reply(ben.Sends(w.general(), discordtest.InteractionCommand, raw, nil)), "administrators")
		if n := refusals(t, d, ben.ID); n != 1 {
			t.Errorf("%d refusals are noted", n)
		}
	})
}

// TestDismissingIsOfOneServer has the administrator of a server dismiss what was asked in others as well.
func TestDismissingIsOfOneServer(t *testing.T) {
	var s setup
	d := withDesk(&s)
	s.channels = func(g *discordtest.Guild, set *bot.Settings) { set.AdminUsers = []string{g.Member("cleo").ID} }
	inWorld(t, s, func(w *world) {
		for i, guild := range []string{w.guild.ID, "elsewhere"} {
			a := state.Answer{ID: fmt.Sprint(900 + i), Guild: guild, Channel: "c", User: "u", Messages: []string{fmt.Sprint("m", i)}, At: time.Now(), Asked: "Who painted the pier?"}
			a.Answer.Outcome = knowledge.NoMatch
			if err := d.store.PutAnswer(context.Background(), time.Now(), a); err != nil {
				t.Fatal(err)
			}
		}
		ana, cleo := w.ruler("ana"), w.guild.Member("cleo").User
		gaps := func(who *discordtest.User, c *discordtest.Channel, want string) *discordtest.Message {
			t.Helper()
			m := w.reply(who.Slash(c, "admin gaps"))
			w.says(m, want)
			return m
		}
		w.reply(ana.Clicks(gaps(ana, w.general(), "found nothing ×1"), "Dismiss 1"))
		gaps(ana, w.general(), "No gaps")
		w.reply(cleo.Clicks(gaps(cleo, cleo.DM(), "found nothing ×2"), "Dismiss 1"))
		gaps(cleo, cleo.DM(), "No gaps")
	})
}
