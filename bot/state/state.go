// Package state holds what the bot remembers between two events: which events it has taken, how much people asked, what it
// answered and where, and which commands are registered.
//
// The interfaces are cut to what the bot does, one job each; [Store] is all of them. [NewMemory] keeps everything in this process,
// within bounds. Every implementation is safe for concurrent use, takes the time from its caller, and forgets what is too old.
package state

import (
	"context"
	"time"

	"enlace/knowledge"
)

// Store is everything that the bot remembers.
type Store interface {
	Claims
	Limits
	Answers
	Conversations
	Registrations
}

// Claims tells the first who takes something from all others: Discord may deliver an event more than once, and to more than one
// process.
type Claims interface {
	// Claim reports whether key is the caller's: true for the first one within the time that it is kept.
	Claim(ctx context.Context, now time.Time, key string, keep time.Duration) (bool, error)
}

// Quota is how often something may happen for a key within a span of time.
type Quota struct {
	Key   string
	Most  int
	Every time.Duration
}

// Limits counts what people do.
type Limits interface {
	// Take counts one more for every quota, and returns 0. Where one of them is used up it counts for none, and returns how long
	// it takes until all of them have room again: more than 0 and at most the longest Every.
	Take(ctx context.Context, now time.Time, quotas ...Quota) (wait time.Duration, err error)
}

// Answer is an answer that was given, and where it can be seen.
type Answer struct {
	ID       string // of the question: its message's or interaction's id
	Parent   string // the answer that it goes on from; "" = none
	Guild    string // "" = a direct message
	Channel  string
	User     string
	Messages []string // that show it, in order
	Command  bool     // it answers a command, so its messages belong to an interaction
	Private  bool     // only its asker sees it
	At       time.Time
	Asked    string // the question as it was written, without what addresses the bot
	Answer   knowledge.Answer
}

// Answers keeps answers for follow-ups, edits and buttons.
type Answers interface {
	// PutAnswer keeps a, in the place of an answer with its id.
	PutAnswer(ctx context.Context, now time.Time, a Answer) error
	// Answer returns the answer to a question; false = unknown.
	Answer(ctx context.Context, now time.Time, id string) (Answer, bool, error)
	// AnswerIn returns the answer that a message shows; false = unknown.
	AnswerIn(ctx context.Context, now time.Time, messageID string) (Answer, bool, error)
}

// Conversations remembers which answer was the last one of a conversation.
type Conversations interface {
	// PutLast makes the answer with the id the last one of a conversation.
	PutLast(ctx context.Context, now time.Time, conversation, id string) error
	// Last returns the last answer of a conversation, if it was given within the time; false = none.
	Last(ctx context.Context, now time.Time, conversation string, within time.Duration) (Answer, bool, error)
}

// Registrations remembers what was registered with Discord, so that it is done again only when it changed.
type Registrations interface {
	// Registered returns the hash of what was registered in a scope; "" = nothing that is known of.
	Registered(ctx context.Context, scope string) (string, error)
	// PutRegistered remembers the hash.
	PutRegistered(ctx context.Context, scope, hash string) error
}
