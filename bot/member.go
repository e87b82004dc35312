package bot

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/state"
	"enlace/knowledge"
)

// consult takes what the commands for members look things up in.
func (b *Bot) consult(o Options) {
	b.reference, b.base, b.status, b.budget, b.draw, b.started = o.Reference, o.Facts, o.Status, o.Budget, o.Draw, b.now()
	if b.reference == nil {
		b.reference, _ = o.Answerer.(Reference)
	}
	if b.base == nil {
		none := knowledge.NewBase("", nil, nil, nil, nil)
		b.base = func() *knowledge.Base { return none }
	}
	if b.status == nil {
		b.status = func() Status { return Status{} }
	}
}

// inTime bounds what the store is asked before a use is answered, so that the answer is in time however slow the store is.
func (b *Bot) inTime(ctx context.Context, u use) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, max(storeTime-b.now().Sub(u.start), storeTime/10))
}

// admit reports whether a command is to be answered, and tells its user why not. A command that is answered counts as a question.
func (b *Bot) admit(ctx context.Context, u use) bool {
	a := ask{id: u.event.ID, origin: byCommand, guild: u.guild, channel: u.channel, user: u.user, lang: u.lang}
	brief, cancel := b.inTime(ctx, u)
	defer cancel()
	r, refused := b.refuse(brief, a)
	if refused {
		b.respond(ctx, u.event, a, r, u.start)
	}
	return !refused
}

// made is an answer to a command, which the bot gives without a question.
func (b *Bot) made(u use, asked string, private bool, got knowledge.Answer) state.Answer {
	got.ID = u.event.ID
	return state.Answer{
		ID: u.event.ID, Guild: u.guild, Channel: u.channel, User: u.user, Command: true, Private: private, At: b.now(), Asked: asked,
		Answer: got, Cited: b.cited(got.Citations, got.FactsVersion, got.Language),
	}
}

// give shows an answer to its user, or to all in the channel, and remembers it for its buttons.
func (b *Bot) give(ctx context.Context, u use, a state.Answer) {
	messages, err := b.reply(ctx, u, b.shown(&a), a.Private)
	if err == nil {
		b.meter.Took("final", b.now().Sub(u.start))
	}
	if err != nil && len(messages) == 0 {
		return
	}
	a.Messages = messages
	b.put(ctx, a)
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	if said := b.conversation(ctx, ask{origin: byCommand, guild: u.guild, channel: u.channel}); said != "" && a.Checked == nil && (!a.Private || u.guild == "") {
		b.goOn(ctx, said, a.ID)
	}
}

// goOn makes an answer the one that a conversation goes on from.
func (b *Bot) goOn(ctx context.Context, conversation, id string) {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	if err := b.store.PutLast(ctx, b.now(), conversation, id); err != nil {
		b.log.Warn("a conversation is not remembered", slog.String("question", id), slog.Any("error", err))
	}
}

// unasked reports whether an answer was given without a question.
func unasked(a *state.Answer) bool {
	return a.Command && a.Answer.Question == "" && strings.HasPrefix(a.Asked, "/")
}

// put remembers an answer.
func (b *Bot) put(ctx context.Context, a state.Answer) {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	if err := b.store.PutAnswer(ctx, b.now(), a); err != nil {
		b.log.Warn("an answer is not remembered", slog.String("question", a.ID), slog.Any("error", err))
	}
}

// cited are the facts of citations as they stand in the version of the base that was cited. Where that is no longer in service, it is
// what the citations themselves tell.
func (b *Bot) cited(list []knowledge.Citation, version string, l knowledge.Lang) []state.Cited {
	base := b.base()
	out := make([]state.Cited, 0, len(list))
	for _, c := range list {
		f := base.Fact(c.ID)
		if f == nil || base.Version != version {
			out = append(out, told(c, l))
			continue
		}
		one := state.Cited{Fact: *f}
		one.Fact.Asks, one.Fact.Pos = knowledge.Texts{}, knowledge.Position{}
		for _, id := range f.Sources {
			if s := base.Source(id); s != nil {
				one.Sources = append(one.Sources, *s)
			}
		}
		out = append(out, one)
	}
	return out
}

// told is a cited fact as its citation tells it.
func told(c knowledge.Citation, l knowledge.Lang) state.Cited {
	one := state.Cited{Fact: knowledge.Fact{ID: c.ID, Status: c.Status, Dates: c.Dates, AsOf: c.AsOf}}
	if l == knowledge.Spanish {
		one.Fact.Text.ES, one.Fact.Note.ES = c.Text, c.Note
	} else {
		one.Fact.Text.EN, one.Fact.Note.EN = c.Text, c.Note
	}
	for _, s := range c.Sources {
		one.Fact.Sources = append(one.Fact.Sources, s.ID)
		one.Sources = append(one.Sources, knowledge.Source{ID: s.ID, Publisher: s.Publisher, Title: s.Title, URL: s.URL, Published: s.Published, Kind: s.Kind})
	}
	return one
}

// related are the facts in service that speak of the most of what a fact speaks of, at most five; else its neighbours in its topic.
func related(base *knowledge.Base, f *knowledge.Fact) []*knowledge.Fact {
	type near struct {
		fact   *knowledge.Fact
		shared int
	}
	var list []near
	at := slices.IndexFunc(base.Facts, func(x knowledge.Fact) bool { return x.ID == f.ID })
	for i := range base.Facts {
		other := &base.Facts[i]
		if other.ID == f.ID || !other.InService() {
			continue
		}
		n := 0
		for _, e := range other.Entities {
			if slices.Contains(f.Entities, e) {
				n += 2
			}
		}
		if other.Topic == f.Topic && (n > 0 || len(f.Entities) == 0 && at >= 0 && max(i-at, at-i) <= 2) {
			n++
		}
		if n > 0 {
			list = append(list, near{other, n})
		}
	}
	slices.SortStableFunc(list, func(a, b near) int { return cmp.Compare(b.shared, a.shared) })
	out := make([]*knowledge.Fact, 0, 5)
	for _, n := range list[:min(len(list), 5)] {
		out = append(out, n.fact)
	}
	return out
}

// Status is what /status tells of the program and its surroundings. Zero values are left out.
type Status struct {
	Version string         // of the program
	Mode    knowledge.Mode // whether a language model words answers
	Model   string         // its name
	Latency time.Duration  // of the connection to Discord
	Started time.Time      // of the process
}

// owner is the user whose command a message responds to, "" where Discord does not say.
func owner(m *discordgo.Message) string {
	if m == nil || m.InteractionMetadata == nil || m.InteractionMetadata.User == nil {
		return ""
	}
	return m.InteractionMetadata.User.ID
}
