package discordtest

import (
	"sync"
	"time"
)

// EventKind says what an Event is about.
type EventKind string

// The kinds of events that observers are told of.
const (
	EventMessageCreate EventKind = "message created"
	EventMessageUpdate EventKind = "message updated"
	EventMessageDelete EventKind = "message deleted"
	EventReaction      EventKind = "reaction"
	EventTyping        EventKind = "typing"
	EventThread        EventKind = "thread"
	EventInteraction   EventKind = "interaction"        // somebody used a command, button or modal
	EventAcknowledged  EventKind = "acknowledged"       // the bot responded, in time
	EventUnanswered    EventKind = "unanswered"         // "The application did not respond"
	EventModal         EventKind = "modal"              // the bot opened a modal
	EventChoices       EventKind = "choices"            // autocompletion arrived
	EventCommands      EventKind = "commands"           // the commands changed
	EventConnected     EventKind = "bot connected"      // READY or RESUMED was sent
	EventDisconnected  EventKind = "bot disconnected"   // a gateway connection ended
	EventRequest       EventKind = "request"            // a REST request was answered
	EventViolation     EventKind = "broken description" // a request broke Discord's OpenAPI description
)

// Event is something that happened. Fields that do not concern its kind are nil.
type Event struct {
	Kind        EventKind
	At          time.Time
	Channel     *Channel
	User        *User
	Message     *Message
	Interaction *Interaction
	Request     *Request
	// VisibleTo is the only one who may see it, nil for everybody in the channel.
	VisibleTo *User
}

// Observe calls f for everything that happens from now on, in order, one after another, in a goroutine of its own; f
// may call any method but Close. It ends with stop or Close; stop does not wait for a running call.
func (d *Discord) Observe(f func(Event)) (stop func()) {
	o := &observer{wake: make(chan struct{}, 1), done: make(chan struct{})}
	d.mu.Lock()
	d.observers = append(d.observers, o)
	d.mu.Unlock()
	d.running.Go(func() { o.run(f) })
	return func() {
		o.stop()
		d.mu.Lock()
		defer d.mu.Unlock()
		for i, other := range d.observers {
			if other == o {
				d.observers = append(d.observers[:i:i], d.observers[i+1:]...)
				return
			}
		}
	}
}

// emit tells the observers; the lock is held.
func (d *Discord) emit(e Event) {
	e.At = d.opts.Clock.Now()
	for _, o := range d.observers {
		o.push(e)
	}
}

type observer struct {
	mu    sync.Mutex
	queue []Event
	wake  chan struct{}
	done  chan struct{}
	once  sync.Once
}

func (o *observer) push(e Event) {
	o.mu.Lock()
	o.queue = append(o.queue, e)
	o.mu.Unlock()
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

func (o *observer) stop() { o.once.Do(func() { close(o.done) }) }

func (o *observer) run(f func(Event)) {
	for {
		select {
		case <-o.done:
			return
		case <-o.wake:
		}
		o.mu.Lock()
		batch := o.queue
		o.queue = nil
		o.mu.Unlock()
		for _, e := range batch {
			select {
			case <-o.done:
				return
			default:
				f(e)
			}
		}
	}
}
