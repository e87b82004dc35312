package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/gateway"
	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// office is a bot with an inbox, and the paper that it writes on. Work is not begun.
type office struct {
	*Bot
	*paper
	*state.Memory
	t    *testing.T
	says *script
}

func (o *office) wrote() []string { return o.paper.wrote() }

// opened returns an office over an engine, as a process that has just started has it; nil = a new engine.
func opened(t *testing.T, engine *state.Memory, s Answerer) *office {
	t.Helper()
	if engine == nil {
		engine = state.NewMemory()
	}
	b, err := New(Options{Answerer: s, Store: engine, Inbox: engine, Outbox: engine})
	if err != nil {
		t.Fatal(err)
	}
	p := &paper{}
	b.Connect(p)
	b.self.Store(&identity{user: "7", app: "app"})
	close(b.known)
	b.knownOnce.Do(func() {})
	says, _ := s.(*script)
	return &office{b, p, engine, t, says}
}

// working starts to work, until the test ends.
func (o *office) working() *office {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- o.Bot.Work(ctx) }()
	o.t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			o.t.Error(err)
		}
	})
	return o
}

func useOfAsk(id, text string) *discordgo.Interaction {
	return &discordgo.Interaction{
		ID: id, AppID: "app", Token: "t", Type: discordgo.InteractionApplicationCommand, ChannelID: "c", GuildID: "g", Member: &discordgo.Member{User: &discordgo.User{ID: "u"}},
		Data: discordgo.ApplicationCommandInteractionData{Name: askName, Options: []*discordgo.ApplicationCommandInteractionDataOption{{Name: optionQuestion, Value: text}}},
	}
}

// waiting takes the jobs that wait, as a process that dies at once would.
func (o *office) waiting() (jobs []state.Job) {
	o.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var mu sync.Mutex
	synctest.Wait()
	go func() {
		_ = o.Memory.Work(ctx, 16, func(_ context.Context, d state.Delivery) error {
			mu.Lock()
			jobs = append(jobs, d.Job)
			mu.Unlock()
			<-ctx.Done()
			return nil
		})
	}()
	synctest.Wait()
	mu.Lock()
	defer mu.Unlock()
	return jobs
}

// delivered hands a job to the bot once more, and returns what was sent.
func (o *office) delivered(j state.Job, try int) ([]string, error) {
	o.t.Helper()
	err := o.workOn(o.t.Context(), state.Delivery{Job: j, Try: try, Last: try >= state.MaxTries})
	return o.wrote(), err
}

// left accepts a question in a process that dies before it works on it.
func left(t *testing.T, ask func(o *office)) (*state.Memory, state.Job) {
	t.Helper()
	o := opened(t, nil, &script{})
	ask(o)
	jobs := o.waiting()
	if len(jobs) != 1 {
		t.Fatalf("%d jobs wait", len(jobs))
	}
	return o.Memory, jobs[0]
}

// picky is an inbox with an error of its own.
type picky struct {
	state.Inbox
	accept func() error
}

func (p picky) Accept(ctx context.Context, j state.Job) error {
	if err := p.accept(); err != nil {
		return err
	}
	return p.Inbox.Accept(ctx, j)
}

func TestAQuestionIsAcceptedBeforeAnythingIsSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := opened(t, nil, &script{words: 2 * time.Second})
		o.inbox = picky{o.Memory, func() error {
			time.Sleep(300 * time.Millisecond)
			expect(t, o.wrote())
			return nil
		}}
		o.working()
		o.MessageCreate(t.Context(), mention("1", "who?"))
		time.Sleep(3 * time.Second)
		expect(t, o.wrote(), "post c>1 1.0: quote: who?", "typing c", "edit m1: worded: who?")
		o.Interaction(t.Context(), useOfAsk("2", "who?"))
		time.Sleep(3 * time.Second)
		expect(t, o.wrote(), "defer 2 false", "response 2: quote: who?", "response 2: worded: who?")
		if n, _ := o.Pending(t.Context()); n != (state.Pending{}) {
			t.Errorf("%+v", n)
		}
	})
}

func TestWhatTheInboxDoesNotTakeIsToldAtOnce(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		took time.Duration
	}{"full": {state.ErrFull, 0}, "down": {state.ErrDown, 0}, "slow": {nil, acceptTime}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := opened(t, nil, &script{})
				o.inbox = slowInbox{c.err}
				for text, l := range map[string]knowledge.Lang{"who signed it?": knowledge.English, "¿quién lo firmó?": knowledge.Spanish} {
					busy := answer.OutcomeText(knowledge.Busy, l, nil, 0)
					o.MessageCreate(t.Context(), mention("1"+string(l), text))
					o.Interaction(t.Context(), useOfAsk("2"+string(l), text))
					time.Sleep(c.took)
					got := o.wrote()
					slices.Sort(got)
					expect(t, got, fmt.Sprintf("post c>1%s 1%s.0: %s", l, l, busy), fmt.Sprintf("respond 2%s true: %s", l, busy))
				}
			})
		})
	}
}

// stalled is a store that says nothing as long as anybody waits.
type stalled struct{ *state.Memory }

func (stalled) Claim(ctx context.Context, _ time.Time, _ string, _ time.Duration) (bool, error) {
	<-ctx.Done()
	return false, ctx.Err()
}

func (stalled) ClaimBriefly(ctx context.Context, _ time.Time, _ string, _ time.Duration) (bool, error) {
	<-ctx.Done()
	return false, ctx.Err()
}
func (stalled) Take(ctx context.Context, _ time.Time, _ string, _ ...state.Quota) (time.Duration, error) {
	<-ctx.Done()
	return 0, ctx.Err()
}
func (stalled) AnswerIn(ctx context.Context, _ time.Time, _ string) (state.Answer, bool, error) {
	<-ctx.Done()
	return state.Answer{}, false, ctx.Err()
}
func (stalled) Marks(ctx context.Context, _ string) (map[string]string, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestACommandIsToldInTimeThoughTheEngineSaysNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := opened(t, nil, &script{})
		o.store, o.inbox, o.set.UserPerMinute = stalled{o.Memory}, slowInbox{}, 6
		o.Interaction(t.Context(), useOfAsk("2", "who signed it?"))
		time.Sleep(2500 * time.Millisecond)
		expect(t, o.wrote(), "respond 2 true: "+answer.OutcomeText(knowledge.Busy, knowledge.English, nil, 0))
		time.Sleep(time.Minute) // whoever still waits for the engine gives up
	})
}

// slowInbox fails, or never returns.
type slowInbox struct{ err error }

func (s slowInbox) Accept(ctx context.Context, _ state.Job) error {
	if s.err != nil {
		return s.err
	}
	<-ctx.Done()
	return ctx.Err()
}
func (slowInbox) Work(context.Context, int, func(context.Context, state.Delivery) error) error {
	return nil
}
func (slowInbox) Pending(context.Context) (state.Pending, error) { return state.Pending{}, nil }

func TestAnotherProcessAnswersWhatWasAccepted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine, j := left(t, func(o *office) { o.MessageCreate(t.Context(), mention("1", "who?")) })
		got, err := opened(t, engine, &script{}).delivered(j, 2)
		if err != nil {
			t.Error(err)
		}
		expect(t, got, "since 1", "post c>1 1.0: quote: who?")
	})
}

func TestAnAnswerThatWasPostedIsEdited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine, j := left(t, func(o *office) { o.MessageCreate(t.Context(), mention("1", "who?")) })
		o := opened(t, engine, &script{})
		o.since = []Written{{ID: "1", Author: "u"}, {ID: "2", Author: "u", ReplyTo: "1"}, {ID: "3", Author: "7"}, {ID: "4", Author: "7", ReplyTo: "1"}}
		got, err := o.delivered(j, 2)
		if err != nil {
			t.Error(err)
		}
		expect(t, got, "since 1", "edit 4: quote: who?")
	})
}

func TestAQuestionThatIsGoneFromTheChannelIsNotAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine, j := left(t, func(o *office) { o.MessageCreate(t.Context(), mention("1", "who?")) })
		o := opened(t, engine, &script{})
		o.since = []Written{{ID: "2", Author: "u"}}
		got, err := o.delivered(j, 2)
		if err != nil {
			t.Error(err)
		}
		expect(t, got, "since 1")
	})
}

func TestAnAnswerIsKeptBeforeItIsPostedAndNotWordedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine, j := left(t, func(o *office) { o.MessageCreate(t.Context(), mention("1", "who?")) })
		dying := opened(t, engine, &script{})
		dying.fail = func(string) error { return fmt.Errorf("the process dies: %w", gateway.ErrUnavailable) }
		if _, err := dying.delivered(j, 1); !errors.Is(err, gateway.ErrUnavailable) {
			t.Errorf("%v", err)
		}
		silent := &script{answer: func(knowledge.Question) string { t.Error("it is asked again"); return "" }}
		o := opened(t, engine, silent)
		got, err := o.delivered(j, 2)
		if err != nil {
			t.Error(err)
		}
		expect(t, got, "since 1", "post c>1 1.0: quote: who?")
		if got, err := o.delivered(j, 3); len(got) > 0 || err != nil { // all that was lost was that it is done
			t.Errorf("%q, %v", got, err)
		}
	})
}

func TestACommandIsDeferredAgainWhereNobodyKnowsOfIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine, j := left(t, func(o *office) { o.Interaction(t.Context(), useOfAsk("2", "who?")) })
		o := opened(t, engine, &script{})
		o.fail = func(what string) error {
			if strings.HasPrefix(what, "defer") {
				return &gateway.APIError{Code: codeAcknowledged}
			}
			return nil
		}
		got, err := o.delivered(j, 2)
		if err != nil {
			t.Error(err)
		}
		expect(t, got, "since 2", "response 2: quote: who?")
	})
}

func TestWhatCannotBeDeliveredAnyMoreIsSaidInTheChannel(t *testing.T) {
	for name, c := range map[string]struct {
		private bool
		wait    time.Duration
		fail    string
		want    []string
	}{
		"too late":               {false, tokenTime, "", []string{"post c> 2.0: To <@u>’s question:\nquote: who?"}},
		"too late and private":   {true, tokenTime, "", nil},
		"not deferred in time":   {false, time.Minute, "defer", []string{"post c> 2.0: To <@u>’s question:\nquote: who?"}},
		"the token dies":         {false, 0, "response", []string{"defer 2 false", "since 2", "post c> 2.0: To <@u>’s question:\nquote: who?"}},
		"the token dies, hidden": {true, 0, "response", []string{"defer 2 true", "since 2"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				engine, j := left(t, func(o *office) {
					o.set.PrivateByDefault = c.private
					o.Interaction(t.Context(), useOfAsk("2", "who?"))
				})
				time.Sleep(c.wait)
				o := opened(t, engine, &script{})
				m := &outcomes{}
				o.meter = m
				o.fail = func(what string) error {
					if c.fail != "" && strings.HasPrefix(what, c.fail) {
						return fmt.Errorf("10015: %w", gateway.ErrExpired)
					}
					return nil
				}
				got, err := o.delivered(j, 2)
				if err != nil {
					t.Error(err)
				}
				expect(t, got, c.want...)
				if !slices.Equal(m.list, []string{"timeout"}) {
					t.Errorf("outcomes: %v", m.list)
				}
				if got, err := o.delivered(j, 3); err != nil || len(c.want) > 2 && slices.Contains(got, c.want[2]) {
					t.Errorf("again: %q, %v", got, err)
				}
			})
		})
	}
}

// outcomes is a meter of outcomes.
type outcomes struct {
	noMeter
	list []string
}

func (o *outcomes) Question(outcome, _, _ string) { o.list = append(o.list, outcome) }

func TestWhatFailsFourTimesIsToldToHaveFailed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, ask := range []func(o *office){
			func(o *office) { o.MessageCreate(t.Context(), mention("1", "who?")) },
			func(o *office) { o.Interaction(t.Context(), useOfAsk("2", "who?")) },
		} {
			engine, j := left(t, ask)
			o := opened(t, engine, &script{})
			m := &outcomes{}
			o.meter = m
			got, err := o.delivered(j, maxTries)
			if err != nil || !strings.HasSuffix(got[len(got)-1], ": "+answer.OutcomeText(knowledge.Failed, knowledge.English, nil, 0)) || len(o.says.asked) > 0 {
				t.Errorf("%q, %v", got, err)
			}
			if !slices.Equal(m.list, []string{"failed"}) {
				t.Errorf("outcomes: %v", m.list)
			}
		}
	})
}

func TestWhatIsDeletedWhileItWaitsIsNotAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine, j := left(t, func(o *office) {
			o.MessageCreate(t.Context(), mention("1", "who?"))
			synctest.Wait()
			o.MessageDelete(t.Context(), "c", "1")
		})
		if got, err := opened(t, engine, &script{}).delivered(j, 1); err != nil || len(got) > 0 {
			t.Errorf("%q, %v", got, err)
		}
	})
}

func edited(id, text string) *discordgo.Message {
	m := mention(id, text)
	m.EditedTimestamp = new(time.Now())
	return m
}

func TestWhatIsEditedWhileItWaitsIsAnsweredOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, order := range [][]int{{0, 1}, {1, 0}} {
			o := opened(t, nil, &script{})
			o.MessageCreate(t.Context(), mention("1", "old"))
			synctest.Wait()
			time.Sleep(time.Second)
			o.MessageUpdate(t.Context(), edited("1", "new"))
			jobs := o.waiting()
			if len(jobs) != 2 {
				t.Fatalf("%d jobs wait", len(jobs))
			}
			slices.SortFunc(jobs, func(a, b state.Job) int { return strings.Compare(a.ID, b.ID) })
			next := opened(t, o.Memory, &script{})
			var all []string
			for _, i := range order {
				got, err := next.delivered(jobs[i], 1)
				if err != nil {
					t.Error(err)
				}
				all = append(all, got...)
			}
			expect(t, all, "post c>1 1.0: quote: new")
		}
	})
}

func TestTenQuickEditsEndInTheNewestQuestionThroughAnInbox(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := opened(t, nil, &script{words: 2 * time.Second}).working()
		o.MessageCreate(t.Context(), mention("1", "v0"))
		for i := range 10 {
			time.Sleep(100 * time.Millisecond)
			o.MessageUpdate(t.Context(), edited("1", fmt.Sprint("v", i+1)))
		}
		time.Sleep(10 * time.Second)
		lines, posts := o.wrote(), 0
		for _, l := range lines {
			if strings.HasPrefix(l, "post") {
				posts++
			}
		}
		if posts != 1 || lines[len(lines)-1] != "edit m1: worded: v10" || len(lines) > 8 {
			t.Errorf("%q", lines)
		}
		if n, _ := o.Pending(t.Context()); n != (state.Pending{}) {
			t.Errorf("%+v", n)
		}
	})
}

func TestAnEditThatIsNotAcceptedIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := opened(t, nil, &script{}).working()
		o.MessageCreate(t.Context(), mention("1", "old"))
		expect(t, o.wrote(), "post c>1 1.0: quote: old")
		o.inbox = slowInbox{state.ErrDown}
		o.MessageUpdate(t.Context(), edited("1", "new"))
		expect(t, o.wrote(), "edit m1: "+answer.OutcomeText(knowledge.Busy, knowledge.English, nil, 0))
	})
}

func TestADeliveryOfWhatIsBeingWorkedOnWaitsAndDoesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine, j := left(t, func(o *office) { o.MessageCreate(t.Context(), mention("1", "who?")) })
		o := opened(t, engine, &script{words: 3 * time.Second})
		for try := range 3 {
			go func() {
				if err := o.workOn(t.Context(), state.Delivery{Job: j, Try: try + 1}); err != nil {
					t.Error(err)
				}
			}()
			synctest.Wait()
		}
		time.Sleep(10 * time.Second)
		expect(t, o.wrote(), "post c>1 1.0: quote: who?", "typing c", "edit m1: worded: who?")
	})
}

func TestADrainHandsOverWhatDoesNotEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine := state.NewMemory()
		o := opened(t, engine, &script{}).working()
		stuck := make(chan struct{})
		o.fail = func(string) error { <-stuck; return errors.New("too late") }
		o.MessageCreate(t.Context(), mention("1", "who?"))
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second)
		defer cancel()
		time.AfterFunc(7900*time.Millisecond, func() { close(stuck) })
		if err := o.Drain(ctx); err != nil {
			t.Error(err)
		}
		if p, _ := engine.Pending(t.Context()); p != (state.Pending{Waiting: 1}) {
			t.Errorf("%+v", p)
		}
		next := opened(t, engine, &script{}).working()
		expect(t, next.wrote(), "since 1", "post c>1 1.0: quote: who?")
	})
}

// lengthy answers in three messages.
type lengthy struct{}

func (lengthy) Stream(_ context.Context, q knowledge.Question, _ func(answer.Progress)) knowledge.Answer {
	a := knowledge.Answer{ID: q.ID, Language: knowledge.English, Outcome: knowledge.Answered, Mode: knowledge.Quotes}
	for i := range 9 {
		id := knowledge.FactID(fmt.Sprint("f", i))
		a.Sentences = append(a.Sentences, knowledge.Sentence{Text: fmt.Sprintf("Sentence %d ", i) + strings.Repeat("word ", 100) + ".", Citations: []knowledge.FactID{id}})
		a.Citations = append(a.Citations, knowledge.Citation{N: i + 1, ID: id, Status: knowledge.Official, Sources: []knowledge.CitedSource{{Publisher: "P"}}})
	}
	return a
}

// kindsOf are lines of the paper without what they say.
func kindsOf(lines []string) (kinds []string) {
	for _, l := range lines {
		kind, _, _ := strings.Cut(l, ":")
		kinds = append(kinds, kind)
	}
	return kinds
}

func TestMessagesBehindTheFirstAreNotedAsSoonAsTheyAreKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine, j := left(t, func(o *office) { o.Interaction(t.Context(), useOfAsk("2", "all?")) })
		dying := opened(t, engine, lengthy{})
		sent := 0
		dying.fail = func(what string) error {
			if strings.HasPrefix(what, "follow-up") {
				if sent++; sent > 1 {
					return fmt.Errorf("the process dies: %w", gateway.ErrUnavailable)
				}
			}
			return nil
		}
		first, err := dying.delivered(j, 1)
		if err == nil || len(first) != 3 {
			t.Fatalf("%d, %v", len(first), err)
		}
		got, err := opened(t, engine, &script{}).delivered(j, 2)
		if err != nil {
			t.Error(err)
		}
		kinds := kindsOf(got)
		expect(t, kinds, "defer 2 false", "since 2", "response 2", "edit follow-up 2 m3", "follow-up 2 false")
	})
}

func TestWhatNobodyNotedIsFoundAndLeftWhereItIsRight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine, j := left(t, func(o *office) { o.Interaction(t.Context(), useOfAsk("2", "all?")) })
		o := opened(t, engine, lengthy{})
		full := o.shown(&state.Answer{ID: "2", Answer: lengthy{}.Stream(t.Context(), knowledge.Question{ID: "2"}, nil)})
		o.since = []Written{
			{ID: "10", Author: "7", Interaction: "2", Content: full[0].Content}, {ID: "20", Author: "7", Interaction: "2", Content: "another draft"},
			{ID: "21", Author: "8", Interaction: "2"}, {ID: "22", Author: "7", Interaction: "3"},
		}
		got, err := o.delivered(j, 2)
		if err != nil {
			t.Error(err)
		}
		expect(t, kindsOf(got), "defer 2 false", "since 2", "edit follow-up 2 20", "follow-up 2 false")
	})
}

func TestAnEngineThatForgetsDoesNotSilenceTheBot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := opened(t, nil, &script{}).working()
		o.outbox = forgetful{}
		o.MessageCreate(t.Context(), mention("1", "who?"))
		expect(t, o.wrote(), "post c>1 1.0: quote: who?")
	})
}

type forgetful struct{}

func (forgetful) PutResult(context.Context, state.Result) error { return state.ErrDown }
func (forgetful) Result(context.Context, string) (state.Result, bool, error) {
	return state.Result{}, false, state.ErrDown
}

func TestJobsAndResultsAreWhatTheyWereAfterBeingKept(t *testing.T) {
	now := time.Now().UTC().Round(0)
	for _, j := range []*job{
		{ask: ask{id: "1", origin: byReply, guild: "g", channel: "c", user: "u", text: "¿quién?", lang: knowledge.Spanish, answerIn: knowledge.English, conversation: "dm:c", replyTo: "9", quiet: true}, quoted: "it was said", received: now, version: 7},
		{ask: ask{id: "1", origin: byCommand, guild: "g", channel: "c", user: "u", text: "who?", private: true}, received: now,
			event: &discordgo.Interaction{ID: "1", AppID: "a", Token: "t", Locale: discordgo.SpanishES, Type: discordgo.InteractionApplicationCommand, GuildID: "g", ChannelID: "c"}},
	} {
		packed, err := j.pack()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := unpack(packed); err != nil || !reflect.DeepEqual(got, j) {
			t.Errorf("%+v (%v), want %+v", got, err, j)
		}
	}
	parts := []Part{{Content: "a"}, {Content: "b", Rows: answerRows(&state.Answer{ID: "1", Answer: knowledge.Answer{Outcome: knowledge.Answered, Language: knowledge.English, Citations: []knowledge.Citation{{N: 1}}}})}}
	packed, err := packParts(parts)
	if err != nil {
		t.Fatal(err)
	}
	got, err := unpackParts(packed)
	if err != nil || len(got) != 2 || got[1].Content != "b" || len(got[1].Rows) != len(parts[1].Rows) {
		t.Fatalf("%+v, %v", got, err)
	}
	want, _ := json.Marshal(parts[1].Rows)
	if have, _ := json.Marshal(got[1].Rows); string(have) != string(want) {
		t.Errorf("%s, want %s", have, want)
	}
}

func TestJobsOfOthersAreLeftToThem(t *testing.T) {
	for _, j := range []state.Job{{Kind: "question/2", Payload: []byte(`{}`)}, {Kind: jobKind, Payload: []byte(`[`)}, {Kind: jobKind, Payload: []byte(`{}`)}} {
		if _, err := unpack(j); err == nil {
			t.Errorf("%+v is read", j)
		}
	}
}

func TestTheLongestQuestionFitsIntoTheInbox(t *testing.T) {
	j := &job{ask: ask{id: "1", channel: "c", text: question(strings.Repeat("ñ\"\\<", 10_000))}, quoted: clip(strings.Repeat("\U0001F642", 4000))}
	if packed, err := j.pack(); err != nil || len(packed.Payload) > state.MaxJob {
		t.Errorf("%d bytes, %v", len(packed.Payload), err)
	}
}

func TestTriesAreCountedThoughTheEngineForgetsThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine, j := left(t, func(o *office) { o.MessageCreate(t.Context(), mention("1", "who?")) })
		time.Sleep(time.Minute)
		tries := 0
		for range maxTries {
			o := opened(t, engine, &script{})
			o.fail = func(what string) error {
				if strings.HasPrefix(what, "since") {
					return nil
				}
				return fmt.Errorf("the process dies: %w", gateway.ErrUnavailable)
			}
			_, err := o.delivered(j, 1)
			if tries++; err == nil {
				break
			}
		}
		if tries != maxTries-1 { // the first one was that of the process that accepted it
			t.Errorf("it was given up after %d tries", tries)
		}
	})
}
