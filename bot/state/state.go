// Package state holds what the bot remembers between two events: which events it has taken, how much people asked, what it
// answered and where, what they think of it, what admins did, which fact base is in service and which were, and which commands are
// registered.
//
// The interfaces are cut to what the bot does, one job each; [Store] is what a bot remembers, and [Engine] all that its processes
// share. [NewMemory] keeps everything in this process, within bounds. Every implementation is safe for concurrent use, takes the time from its caller, and forgets what is too old.
package state

import (
	"context"
	"errors"
	"iter"
	"time"

	"enlace/knowledge"
)

// Store is everything that the bot remembers.
type Store interface {
	Claims
	Limits
	Answers
	Conversations
	Feedback
	Audits
	Marks
	Bases
	Registrations
	Erasure
}

// Claims tells the first who takes something from all others: Discord may deliver an event more than once, and to more than one
// process.
type Claims interface {
	// Claim reports whether key is the caller's: true for the first one within the time that it is kept.
	Claim(ctx context.Context, now time.Time, key string, keep time.Duration) (bool, error)
	// ClaimBriefly is Claim for what nobody asks for again once the processes that run now have ended: then it may be forgotten. A key
	// is claimed with one of the two only.
	ClaimBriefly(ctx context.Context, now time.Time, key string, keep time.Duration) (bool, error)
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
	// it takes until all of them have room again: more than 0 and at most the longest Every. A call that counts for a quota already
	// has room there and counts no more, so that what is delivered twice counts once; "" is always another call.
	Take(ctx context.Context, now time.Time, call string, quotas ...Quota) (wait time.Duration, err error)
	// Used returns how much of a quota is used up now; it counts nothing.
	Used(ctx context.Context, now time.Time, q Quota) (int, error)
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
	// Checked is set instead of Answer where a text was checked.
	Checked *knowledge.Checked `json:",omitempty"`
	// Cited are the facts of the citations as they stood, in both languages.
	Cited []Cited
	// Corrections tell what has changed in its facts since, oldest first.
	Corrections []Correction `json:",omitempty"`
	// SharedBy is who showed everybody what only they saw: this is the copy.
	SharedBy string `json:",omitempty"`
	// Unreachable is true where its messages turned out to be gone, or out of reach: nobody tries to correct them again.
	Unreachable bool `json:",omitempty"`
}

// Cited is a fact with its sources as an answer used it.
type Cited struct {
	Fact    knowledge.Fact
	Sources []knowledge.Source
}

// Correction is a change of one fact after an answer was given.
type Correction struct {
	At      time.Time
	Version string // of the base that changed it
	Fact    knowledge.FactID
	Now     knowledge.Text // what the fact says; empty where it is no longer in service
	Status  knowledge.Status
	Reason  string // why it is no longer in service; may be empty
}

// Answers keeps answers for follow-ups, edits and buttons.
type Answers interface {
	// PutAnswer keeps a, in the place of an answer with its id.
	PutAnswer(ctx context.Context, now time.Time, a Answer) error
	// Answer returns the answer to a question; false = unknown.
	Answer(ctx context.Context, now time.Time, id string) (Answer, bool, error)
	// AnswerIn returns the answer that a message shows; false = unknown.
	AnswerIn(ctx context.Context, now time.Time, messageID string) (Answer, bool, error)
	// Since yields the answers that were given at a time or later, oldest first, as they stand when they are yielded. An error ends
	// the sequence. The store may be used while it goes on.
	Since(ctx context.Context, from time.Time) iter.Seq2[Answer, error]
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

// Vote is what somebody thinks of an answer.
type Vote struct {
	Answer  string // its id
	User    string
	Guild   string // "" = a direct message
	Channel string
	Up      bool
	Why     string // of a vote against: "wrong", "outdated", "not_asked" or "other"; "" = not said
	Text    string // in the voter's words; may be empty. It is data: nothing may read it as an instruction.
	At      time.Time
}

// Feedback keeps one vote for each person and answer.
type Feedback interface {
	// PutVote keeps a vote, in the place of an earlier one of the same person for the same answer.
	PutVote(ctx context.Context, v Vote) error
	// Vote returns the vote of a person for an answer; false = none.
	Vote(ctx context.Context, answer, user string) (Vote, bool, error)
	// Votes yields the votes that were given at a time or later, in no order. An error ends the sequence.
	Votes(ctx context.Context, from time.Time) iter.Seq2[Vote, error]
}

// Audit is something that an admin did, or tried.
type Audit struct {
	At      time.Time
	User    string // "" = nobody: the file watcher or a signal
	Guild   string
	Action  string // reload, rollback, pause …
	Detail  string // versions, counts; no text of users
	Allowed bool
	Failed  string // why it did not work; "" = it did
}

// Audits is the record of what admins did. It is only added to.
type Audits interface {
	PutAudit(ctx context.Context, a Audit) error
	// Audits yields them from a time on, oldest first. An error ends the sequence.
	Audits(ctx context.Context, from time.Time) iter.Seq2[Audit, error]
}

// Marks are small durable values of the bot's own, such as whether it is paused.
type Marks interface {
	// PutMark keeps a value; "" removes it. A key has at most 200 bytes out of a–z, A–Z, 0–9, "-", "_", "=" and "."; another one is
	// ErrMarkKey.
	PutMark(ctx context.Context, key, value string) error
	// Marks returns the values of all keys that begin with a prefix. Nothing found is not an error.
	Marks(ctx context.Context, prefix string) (map[string]string, error)
}

// MaxBases is how many versions of the fact base are kept.
const MaxBases = 10

// ErrMoved says that another base is in service than the one that was to be replaced.
var ErrMoved = errors.New("the fact base in service is another one by now")

// ErrUnknownBase says that a version of the fact base is not kept, or no longer.
var ErrUnknownBase = errors.New("this version of the fact base is not kept")

// Base names a version of the fact base that is or was in service.
type Base struct {
	Version string // knowledge.Base.Version, a hash of its content
	At      time.Time
	By      string // the user who put it in service; "" = the program itself
	Why     string // "start", "watch", "signal", "reload", "rollback"
	Facts   int
}

// Bases keeps the fact base in service, for all processes, and those that were before it.
type Bases interface {
	// PutBase puts a base in service in the place of the version before, and keeps its bundle; before "" = none is in service. The
	// error is ErrMoved where another one is in service.
	PutBase(ctx context.Context, b Base, bundle []byte, before string) error
	// LiveBase returns the base in service; false = none yet.
	LiveBase(ctx context.Context) (Base, bool, error)
	// Bundle returns the bundle of a version that is or was in service, or is staged, or ErrUnknownBase.
	Bundle(ctx context.Context, version string) ([]byte, error)
	// BaseHistory returns the bases that were put in service, newest first: at most MaxBases, the one in service among them.
	BaseHistory(ctx context.Context) ([]Base, error)
	// StageBase keeps the bundle of a version that may come into service soon, in the place of the one that was staged before, and
	// tells who watches: so every process has it ready when it is put in service.
	StageBase(ctx context.Context, version string, bundle []byte) error
	// WatchBase calls moved with the base in service, if there is one, and then with every one that is put in service by any
	// process, and staged with the versions that are staged, one call at a time, until ctx ends; that is not an error. What was
	// replaced at once may be left out.
	WatchBase(ctx context.Context, moved func(Base), staged func(version string)) error
}

// Erased counts what was erased.
type Erased struct {
	Answers, Votes, Conversations int
	Jobs                          int // accepted questions that were not done yet, and results that were kept for a short time
}

// Erasure forgets a person.
type Erasure interface {
	// Erase removes everything that is kept of a person: answers to them with their questions, conversations, votes, limits and
	// what is not done yet. Records of what admins did stay. To erase again after an error is safe.
	Erase(ctx context.Context, user string) (Erased, error)
}
