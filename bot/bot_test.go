package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// script is an Answerer: it quotes at once, and words after a while.
type script struct {
	words  time.Duration // 0 = no model
	mu     sync.Mutex
	asked  []knowledge.Question
	answer func(q knowledge.Question) string
}

func (s *script) Stream(ctx context.Context, q knowledge.Question, emit func(answer.Progress)) knowledge.Answer {
	s.mu.Lock()
	s.asked = append(s.asked, q)
	s.mu.Unlock()
	a := knowledge.Answer{ID: q.ID, Language: knowledge.English, Outcome: knowledge.Answered, Mode: knowledge.Quotes, Text: "quote: " + q.Text}
	if s.answer != nil {
		a.Text = s.answer(q)
	}
	if s.words > 0 {
		emit(answer.Progress{Stage: answer.Quoted, Answer: a})
		emit(answer.Progress{Stage: answer.Composing, Answer: a})
		if pause(ctx, s.words) == nil {
			a.Mode, a.Text = knowledge.Model, "worded: "+q.Text
		}
	}
	emit(answer.Progress{Stage: answer.Final, Answer: a})
	return a
}

// paper is a Discord that writes down what is sent.
type paper struct {
	slow    time.Duration // a look at a channel
	parent  string        // of every channel; "" = none is a thread
	mu      sync.Mutex
	lines   []string
	ids     int
	latency time.Duration
	fail    func(what string) error
	since   []Written // any question
}

func (p *paper) note(format string, args ...any) (string, error) {
	time.Sleep(p.latency)
	p.mu.Lock()
	defer p.mu.Unlock()
	line := fmt.Sprintf(format, args...)
	if p.fail != nil {
		if err := p.fail(line); err != nil {
			return "", err
		}
	}
	p.ids++
	p.lines = append(p.lines, line)
	return fmt.Sprint("m", p.ids), nil
}

func (p *paper) Post(_ context.Context, channel string, m Post) (string, error) {
	return p.note("post %s>%s %s: %s", channel, m.ReplyTo, m.Nonce, m.Content)
}
func (p *paper) Edit(_ context.Context, _, message string, part Part) error {
	_, err := p.note("edit %s: %s", message, part.Content)
	return err
}
func (p *paper) Delete(_ context.Context, _, message string) error {
	_, err := p.note("delete %s", message)
	return err
}
func (p *paper) Since(_ context.Context, _, message string) ([]Written, error) {
	_, err := p.note("since %s", message)
	return p.since, err
}
func (p *paper) Typing(_ context.Context, channel string) error {
	_, err := p.note("typing %s", channel)
	return err
}
func (p *paper) Channel(ctx context.Context, id string) (*discordgo.Channel, error) {
	_, err := p.note("channel %s", id)
	select {
	case <-time.After(p.slow):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	c := &discordgo.Channel{ID: id}
	if p.parent != "" {
		c.Type, c.ParentID = discordgo.ChannelTypeGuildPublicThread, p.parent
	}
	return c, err
}
func (p *paper) RegisterCommands(_ context.Context, app, guild string, commands []*discordgo.ApplicationCommand) error {
	_, err := p.note("register %s/%s %d", app, guild, len(commands))
	return err
}
func (p *paper) Commands(context.Context, string, string) ([]*discordgo.ApplicationCommand, error) {
	return nil, nil
}
func (p *paper) Respond(_ context.Context, i *discordgo.Interaction, part Part, private bool) error {
	_, err := p.note("respond %s %t: %s", i.ID, private, part.Content)
	return err
}
func (p *paper) Defer(_ context.Context, i *discordgo.Interaction, private bool) error {
	_, err := p.note("defer %s %t", i.ID, private)
	return err
}
func (p *paper) EditResponse(_ context.Context, i *discordgo.Interaction, part Part) (string, error) {
	return p.note("response %s: %s", i.ID, part.Content)
}
func (p *paper) FollowUp(_ context.Context, i *discordgo.Interaction, part Part, private bool) (string, error) {
	return p.note("follow-up %s %t: %s", i.ID, private, part.Content)
}
func (p *paper) EditFollowUp(_ context.Context, i *discordgo.Interaction, message string, part Part) error {
	_, err := p.note("edit follow-up %s %s: %s", i.ID, message, part.Content)
	return err
}
func (p *paper) Response(_ context.Context, i *discordgo.Interaction) (string, error) {
	return p.note("which response %s", i.ID)
}
func (p *paper) Update(_ context.Context, i *discordgo.Interaction, part Part) error {
	_, err := p.note("update %s: %s", i.ID, part.Content)
	return err
}
func (p *paper) DeferUpdate(_ context.Context, i *discordgo.Interaction) error {
	_, err := p.note("defer update %s", i.ID)
	return err
}
func (p *paper) Suggest(_ context.Context, i *discordgo.Interaction, choices []*discordgo.ApplicationCommandOptionChoice) error {
	_, err := p.note("suggest %s %d", i.ID, len(choices))
	return err
}
func (p *paper) Form(_ context.Context, i *discordgo.Interaction, f Form) error {
	_, err := p.note("form %s %s", i.ID, f.ID)
	return err
}
func (p *paper) DeleteFollowUp(_ context.Context, i *discordgo.Interaction, message string) error {
	_, err := p.note("delete follow-up %s %s", i.ID, message)
	return err
}

// wrote takes what was sent since it was last asked.
func (p *paper) wrote() []string {
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	lines := p.lines
	p.lines = nil
	return lines
}

func paperBot(t *testing.T, s Answerer, set Settings) (*Bot, *paper) {
	t.Helper()
	b, err := New(Options{Answerer: s, Settings: set})
	if err != nil {
		t.Fatal(err)
	}
	p := &paper{}
	b.Connect(p)
	b.self.Store(&identity{user: "7", app: "app"})
	return b, p
}

func mention(id, text string) *discordgo.Message {
	return &discordgo.Message{
		ID: id, ChannelID: "c", GuildID: "g", Content: "<@7> " + text, Author: &discordgo.User{ID: "u"}, Mentions: []*discordgo.User{{ID: "7"}},
	}
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("sent:\n%q\nwant:\n%q", got, want)
	}
}

func TestQuotesAppearAtOnceAndAreReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, p := paperBot(t, &script{words: 3 * time.Second}, Settings{})
		b.MessageCreate(t.Context(), mention("1", "who?"))
		time.Sleep(50 * time.Millisecond)
		expect(t, p.wrote(), "post c>1 1.0: quote: who?", "typing c")
		time.Sleep(4 * time.Second)
		expect(t, p.wrote(), "edit m1: worded: who?")
	})
}

func TestDraftsAreCoalesced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, p := paperBot(t, &script{words: 100 * time.Millisecond}, Settings{})
		p.latency = 300 * time.Millisecond
		b.MessageCreate(t.Context(), mention("1", "who?"))
		time.Sleep(time.Second)
		expect(t, p.wrote(), "post c>1 1.0: quote: who?")
		time.Sleep(2 * time.Second)
		expect(t, p.wrote(), "edit m1: worded: who?")
	})
}

func TestTenQuickEditsEndInTheNewestQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{words: 2 * time.Second}
		b, p := paperBot(t, s, Settings{})
		b.MessageCreate(t.Context(), mention("1", "v0"))
		for i := range 10 {
			time.Sleep(100 * time.Millisecond)
			m := mention("1", fmt.Sprint("v", i+1))
			m.EditedTimestamp = new(time.Now())
			b.MessageUpdate(t.Context(), m)
		}
		time.Sleep(10 * time.Second)
		lines := p.wrote()
		posts := 0
		for _, l := range lines {
			if l[:4] == "post" {
				posts++
			}
		}
		if posts != 1 || lines[len(lines)-1] != "edit m1: worded: v10" || len(lines) > 6 {
			t.Errorf("%q", lines)
		}
	})
}

func TestEveryEditCountsForTheLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, p := paperBot(t, &script{}, Settings{UserPerMinute: 2})
		b.MessageCreate(t.Context(), mention("1", "v0"))
		for i := range 5 {
			time.Sleep(2 * time.Second)
			m := mention("1", fmt.Sprint("v", i+1))
			m.EditedTimestamp = new(time.Now())
			b.MessageUpdate(t.Context(), m)
			b.MessageUpdate(t.Context(), m) // Discord may tell it twice
		}
		time.Sleep(10 * time.Second)
		lines := strings.Join(p.wrote(), "\n")
		if !strings.Contains(lines, "v1") || strings.Contains(lines, "v2") || !strings.Contains(lines, answer.OutcomeText(knowledge.RateLimited, knowledge.English, nil, 0)) {
			t.Errorf("with two questions a minute:\n%s", lines)
		}
	})
}

func TestWhoHadNoTimeToLookAtAChannelSpoilsItForNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, p := paperBot(t, &script{}, Settings{Deny: []string{"parent"}})
		p.slow, p.parent = 600*time.Millisecond, "parent"
		a := ask{guild: "g", channel: "thread"}
		hasty, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		b.speaksIn(hasty, a)
		if b.speaksIn(t.Context(), a) {
			t.Error("the bot speaks in a thread of a channel where it must not")
		}
		b.Interaction(t.Context(), &discordgo.Interaction{
			ID: "2", Token: "t", Type: discordgo.InteractionApplicationCommand, ChannelID: "other", GuildID: "g", Member: &discordgo.Member{User: &discordgo.User{ID: "u"}},
			Data: discordgo.ApplicationCommandInteractionData{Name: askName, Options: []*discordgo.ApplicationCommandInteractionDataOption{{Name: optionQuestion, Value: "who?"}}},
		})
		time.Sleep(2 * time.Second)
		lines := strings.Join(p.wrote(), "\n")
		if !strings.Contains(lines, "respond 2 true: "+answer.OutcomeText(knowledge.Blocked, knowledge.English, nil, 0)) {
			t.Errorf("/ask in such a thread: %s", lines)
		}
	})
}

func TestAPanicIsToldOnceAndContained(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, p := paperBot(t, &script{answer: func(knowledge.Question) string { panic("boom") }}, Settings{})
		b.MessageCreate(t.Context(), mention("1", "who?"))
		expect(t, p.wrote(), "post c>1 1.0: "+answer.OutcomeText(knowledge.Failed, knowledge.English, nil, 0))
		if b.Open() != 0 {
			t.Error("the place is not given back")
		}
	})
}

func TestWhatCannotBeSentIsReplacedByTheFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, p := paperBot(t, &script{}, Settings{})
		p.fail = func(what string) error {
			if what == "post c>1 1.0: quote: who?" {
				return errors.New("400")
			}
			return nil
		}
		b.MessageCreate(t.Context(), mention("1", "who?"))
		expect(t, p.wrote(), "post c>1 1.0: "+answer.OutcomeText(knowledge.Failed, knowledge.English, nil, 0))
	})
}

func TestNoRoomIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, p := paperBot(t, &script{words: 5 * time.Second}, Settings{})
		for i := range maxOpen {
			b.MessageCreate(t.Context(), mention(fmt.Sprint(i), "who?"))
		}
		p.wrote()
		b.MessageCreate(t.Context(), mention("x", "who?"))
		expect(t, p.wrote(), "post c>x x.0: "+answer.OutcomeText(knowledge.Busy, knowledge.English, nil, 0))
		time.Sleep(time.Minute)
		if b.Open() != 0 {
			t.Errorf("%d answers are open for ever", b.Open())
		}
	})
}

func TestAModelThatNeverAnswersIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, p := paperBot(t, &script{words: time.Hour}, Settings{})
		start := time.Now()
		b.MessageCreate(t.Context(), mention("1", "who?"))
		time.Sleep(answerTime)
		synctest.Wait()
		if b.Open() != 0 {
			t.Errorf("not given up after %s", time.Since(start))
		}
		lines := p.wrote()
		expect(t, lines[:1], "post c>1 1.0: quote: who?")
	})
}

// broken is a store that panics.
type broken struct{ *state.Memory }

func (broken) Take(context.Context, time.Time, string, ...state.Quota) (time.Duration, error) {
	panic("broken")
}

func TestAPanicBeforeTheAnswerIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, p := paperBot(t, &script{}, Settings{UserPerMinute: 1})
		b.store = broken{state.NewMemory()}
		failed := answer.OutcomeText(knowledge.Failed, knowledge.English, nil, 0)
		b.MessageCreate(t.Context(), mention("1", "who?"))
		expect(t, p.wrote(), "post c>1 1.0: "+failed)
		b.Interaction(t.Context(), &discordgo.Interaction{
			ID: "2", Token: "t", Type: discordgo.InteractionApplicationCommand, ChannelID: "c", User: &discordgo.User{ID: "u"},
			Data: discordgo.ApplicationCommandInteractionData{Name: askName, Options: []*discordgo.ApplicationCommandInteractionDataOption{{Name: optionQuestion, Value: "who?"}}},
		})
		expect(t, p.wrote(), "respond 2 true: "+failed)
	})
}
