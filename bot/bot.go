package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// How much is done at once, and how long.
const (
	// maxOpen is how many answers are open at a time; who asks beyond is told that the bot is busy.
	maxOpen = 1000
	// maxEvents is how many events are looked at at a time; what comes beyond is dropped and counted.
	maxEvents = 4000
	// answerTime bounds an answer: a model that takes longer is given up, and the facts stand in their own words.
	answerTime = 20 * time.Second
	// sendTime bounds what is sent after that. An interaction's token is good for 15 minutes.
	sendTime = 60 * time.Second
	// ackTime bounds the first response to an interaction, which is owed within 3 s; Discord docs, interactions/receiving-and-responding.
	ackTime = 2500 * time.Millisecond
	// claimTime is how long an event is known to have been taken.
	claimTime = 20 * time.Minute
)

// Answerer answers questions, and tells how far it is. *answer.Service is one.
type Answerer interface {
	Stream(ctx context.Context, q knowledge.Question, emit func(answer.Progress)) knowledge.Answer
}

// Reference answers without a question: it sums up and checks texts. *answer.Service is one.
type Reference interface {
	Summary(topic knowledge.TopicID, l knowledge.Lang) knowledge.Answer
	Check(text string, l knowledge.Lang) knowledge.Checked
}

// Draw draws the events of a timeline as a PNG, and tells in words what it shows; topic is nil for all of them.
type Draw func(events []answer.Event, topic *knowledge.Topic, l knowledge.Lang) (png []byte, alt string, err error)

// Settings are the choices of the operator.
type Settings struct {
	Lang             knowledge.Lang // of answers; "" = the question's
	Guilds           []string       // where commands are registered; empty = globally
	Allow, Deny      []string       // channels; an empty Allow means everywhere but in Deny
	AutoAnswer       []string       // channels in which every message is a question
	PrivateByDefault bool
	UserPerMinute    int // 0 = no limit
	ChannelPerMinute int // 0 = no limit
	QuestionChars    int // 0 = answer.DefaultQuestionChars
	// AdminUsers and AdminRoles may administer the bot, besides members with Administrator.
	AdminUsers, AdminRoles []string
}

// Options are what a Bot works with. Answerer is required.
type Options struct {
	Answerer Answerer
	Store    state.Store         // nil = a new Memory
	Inbox    state.Inbox         // where questions wait until Work answers them; nil = they are answered at once, and end with the process
	Outbox   state.Outbox        // what came of them; needed with an Inbox
	Desk     Desk                // where fact bases come into service; nil = /admin cannot change them
	Replica  string              // what other processes call this one; "" = the beginning of a random number
	Presence state.Presence      // which processes there are; nil = Store, where it is one
	Shards   func() []int        // of the gateway, in this process; nil = not known
	Commands state.Registrations // which commands are registered; nil = Store
	Settings Settings
	Meter    Meter            // nil = nothing is measured
	Log      *slog.Logger     // nil = no log
	Now      func() time.Time // nil = time.Now
	// Reference is for the commands that take no question; nil = Answerer, where it is one.
	Reference Reference
	Facts     func() *knowledge.Base     // the base in service; nil = none
	Status    func() Status              // what /status tells; nil = what the bot itself knows
	Budget    func() (used, limit int64) // tokens of the language model today; nil, or limit 0, = no limit
	Draw      Draw                       // nil = timelines are lists only
}

// Bot takes events and answers the questions in them. It is safe for concurrent use.
type Bot struct {
	answerer Answerer
	discord  Discord
	store    state.Store
	commands state.Registrations
	set      Settings
	meter    Meter
	log      *slog.Logger
	now      func() time.Time

	reference Reference
	base      func() *knowledge.Base
	status    func() Status
	budget    func() (used, limit int64)
	draw      Draw
	started   time.Time
	hints     atomic.Pointer[hints]    // what is suggested of the base in service
	ids       atomic.Pointer[mentions] // of the commands

	desk        Desk
	replica     string
	presence    state.Presence // nil = none
	shards      func() []int   // nil = not known
	news        chan struct{}  // there is something that other processes should know
	pause       pauseMark
	corrections *corrections

	inbox     state.Inbox // nil = none
	outbox    state.Outbox
	turns     turnTable
	taken     taken
	known     chan struct{} // closed when it is known who the bot is
	knownOnce sync.Once
	noWork    context.Context // ends when no further job is to be taken
	stopWork  context.CancelFunc

	handlers handlers

	self    atomic.Pointer[identity]
	invited sync.Once
	events  chan struct{} // places
	places  chan struct{} // for open answers

	mu      sync.Mutex
	closing bool
	busy    int               // events that are being worked on
	idle    chan struct{}     // told when the last one ends
	running map[string]*run   // by question
	editing map[string]*edits // by question
	threads map[string]thread
	plain   map[string]bool // channels that are known not to be threads from answers
}

// identity is who the bot is, as READY says.
type identity struct{ user, app string }

// New returns a bot that does nothing until it is connected and given events.
func New(o Options) (*Bot, error) {
	if o.Answerer == nil {
		return nil, errors.New("bot: an Answerer is required")
	}
	if o.Inbox != nil && o.Outbox == nil {
		return nil, errors.New("bot: an Inbox needs an Outbox")
	}
	b := &Bot{
		answerer: o.Answerer, store: o.Store, commands: o.Commands, set: o.Settings, meter: o.Meter, log: o.Log, now: o.Now,
		events: make(chan struct{}, maxEvents), places: make(chan struct{}, maxOpen), idle: make(chan struct{}, 1),
		running: map[string]*run{}, editing: map[string]*edits{}, threads: map[string]thread{}, plain: map[string]bool{},
	}
	if b.store == nil {
		b.store = state.NewMemory()
	}
	if b.commands == nil {
		b.commands = b.store
	}
	if b.meter == nil {
		b.meter = noMeter{}
	}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	if b.now == nil {
		b.now = time.Now
	}
	if b.set.QuestionChars <= 0 {
		b.set.QuestionChars = answer.DefaultQuestionChars
	}
	b.consult(o)
	b.desk, b.corrections = o.Desk, newCorrections()
	if b.replica = replicaName(o.Replica); b.replica == "" {
		b.replica = rand.Text()[:8]
	}
	if b.presence, b.shards, b.news = o.Presence, o.Shards, make(chan struct{}, 1); b.presence == nil {
		b.presence, _ = b.store.(state.Presence)
	}
	b.inbox, b.outbox, b.known = o.Inbox, o.Outbox, make(chan struct{})
	b.noWork, b.stopWork = context.WithCancel(context.Background())
	b.self.Store(&identity{})
	b.handlers = b.table()
	return b, nil
}

// Connect makes the bot send through d. It has to be called once, before the first event: a gateway is made for a handler, and the
// bot sends through the gateway.
func (b *Bot) Connect(d Discord) { b.discord = d }

// Ready takes who the bot is, and registers the commands where they changed.
func (b *Bot) Ready(ctx context.Context, r *discordgo.Ready) {
	if r == nil || r.User == nil {
		return
	}
	id := &identity{user: r.User.ID, app: r.User.ID}
	if r.Application != nil && r.Application.ID != "" {
		id.app = r.Application.ID
	}
	b.self.Store(id)
	b.knownOnce.Do(func() { close(b.known) })
	b.invited.Do(func() {
		b.log.Info("invite the bot to a server with this link", slog.String("url", InviteLink(id.app)))
	})
	b.in(ctx, "ready", func(ctx context.Context) { b.register(ctx, id.app) })
}

// MessageCreate takes a message that somebody wrote.
func (b *Bot) MessageCreate(ctx context.Context, m *discordgo.Message) {
	b.in(ctx, "message", func(ctx context.Context) { b.message(ctx, m) })
}

// MessageUpdate takes a message that somebody edited: an answered question is answered anew.
func (b *Bot) MessageUpdate(ctx context.Context, m *discordgo.Message) {
	b.in(ctx, "message update", func(ctx context.Context) { b.edited(ctx, m) })
}

// MessageDelete takes the news that a message is gone: its answer is given up.
func (b *Bot) MessageDelete(ctx context.Context, _, messageID string) {
	if b.inbox != nil && b.mayWait(messageID) {
		b.in(ctx, "message delete", func(ctx context.Context) { _ = b.putNote(ctx, messageID, "", note{Deleted: true}) })
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if r := b.running[messageID]; r != nil {
		r.stop(errDeleted)
	}
	if e := b.editing[messageID]; e != nil {
		e.next = nil
	}
}

// Interaction takes a use of a command, a button, a form, or an option that is being typed.
func (b *Bot) Interaction(ctx context.Context, i *discordgo.Interaction) {
	received := b.now()
	b.in(ctx, "interaction", func(ctx context.Context) { b.interaction(ctx, i, received) })
}

// in runs f in a goroutine of its own that may end late and may panic.
func (b *Bot) in(ctx context.Context, what string, f func(context.Context)) {
	select {
	case b.events <- struct{}{}:
	default:
		b.meter.Dropped(what)
		b.log.Warn("too many events at once; one is dropped", slog.String("event", what))
		return
	}
	b.working(1)
	go func() {
		defer b.working(-1)
		defer func() { <-b.events }()
		defer b.contain(what, nil)
		f(context.WithoutCancel(ctx))
	}()
}

func (b *Bot) working(by int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.busy += by; b.busy == 0 {
		select {
		case b.idle <- struct{}{}:
		default:
		}
	}
}

func (b *Bot) isIdle() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.busy == 0
}

// contain keeps a panic in its room. It is to be deferred; then is called after one.
func (b *Bot) contain(what string, then func()) {
	p := recover()
	if p == nil {
		return
	}
	b.meter.Panicked()
	b.log.Error("a panic is contained", slog.String("in", what), slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
	if then != nil {
		defer b.contain(what+" (telling of it)", nil)
		then()
	}
}

// Open returns how many answers are being worked on.
func (b *Bot) Open() int { return len(b.places) }

// Drain takes no further questions, and returns when every answer is finished: those that have time left until shortly before ctx
// ends finish as they would; the others are given up in favour of the facts in their own words. What comes from an inbox goes back
// there where even that takes too long, and is answered by another process. The error is ctx's.
func (b *Bot) Drain(ctx context.Context) error {
	b.mu.Lock()
	b.closing = true
	b.mu.Unlock()
	b.stopWork()
	var hurry, back <-chan time.Time
	if deadline, ok := ctx.Deadline(); ok {
		t, u := time.NewTimer(max(0, time.Until(deadline)*3/4)), time.NewTimer(max(0, time.Until(deadline)*19/20))
		defer t.Stop()
		defer u.Stop()
		hurry, back = t.C, u.C
	}
	for !b.isIdle() {
		select {
		case <-b.idle:
		case <-hurry:
			b.hurry()
		case <-back:
			b.handOver()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// hurry ends the wording of all answers: what is known by now is what they say.
func (b *Bot) hurry() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.running {
		r.enough()
	}
}
