package state

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// Bounds of an inbox.
const (
	MaxPending  = 50       // jobs of one guild that are not done
	DirectLanes = 16       // how many guilds direct messages count as, together
	MaxJob      = 96 << 10 // bytes of a job's payload
	MaxTries    = 5        // deliveries of a job before it is given up
	MaxJobAge   = 24 * time.Hour
)

// ErrFull says that a job is not accepted because too many are pending already, of its guild or of all.
var ErrFull = errors.New("too much is waiting to be done")

// ErrHandOver is what a handler returns for a job that another process is to do, because its own ends: it is delivered again at once.
var ErrHandOver = errors.New("another process is to do this")

// Job is something that was accepted and is to be done once: a question.
type Job struct {
	ID       string // of the interaction or message
	Guild    string // "" = a direct message
	User     string // whom it belongs to, for Erase; may be empty
	Kind     string
	Payload  []byte // at most MaxJob
	At       time.Time
	Deadline time.Time // after which its answer cannot be delivered in the usual way; the zero time = never
}

// Delivery is a job that is handed to a worker.
type Delivery struct {
	Job
	Try  int  // 1 for the first time
	Last bool // it will not be delivered again, whatever comes of it: this is where it gets its outcome
}

// Pending counts jobs. Those that failed and wait for their next try may count as working.
type Pending struct{ Waiting, Working int }

// Inbox keeps what was accepted until it is done.
type Inbox interface {
	// Accept keeps a job, for good when it returns nil. A job with the same ID that is known already, whether it is pending or was
	// done a short time ago, is no error and no second job. ErrFull means that it was not accepted, every other error that it may
	// have been: to accept it again is safe.
	Accept(ctx context.Context, j Job) error
	// Work hands jobs to handle, at most slots at a time, until ctx ends; it returns when the handlers have returned, and nil then.
	// Whichever process works takes the next job. A job whose handler returns nil is done. One whose handler returns an error or
	// panics, or whose process is gone, is delivered again, MaxTries times in all; so a handler may see a job that it has done
	// already. The handler's context has the values of ctx but does not end with it.
	Work(ctx context.Context, slots int, handle func(context.Context, Delivery) error) error
	// Pending counts the jobs that are not done, of all processes.
	Pending(ctx context.Context) (Pending, error)
}

// Call hands a delivery to a handler, and makes an error of its panic.
func (d Delivery) Call(ctx context.Context, handle func(context.Context, Delivery) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return handle(ctx, d)
}

// MaxResult bounds a result in bytes.
const MaxResult = 512 << 10

// Result is what came of a job.
type Result struct {
	ID      string // the job's
	User    string // whom it belongs to, for Erase; may be empty
	Payload []byte // at most MaxResult
}

// Outbox keeps results from before they are posted until nobody can ask for them again.
type Outbox interface {
	// PutResult keeps a result for Timing.Result, in the place of an earlier one of the same job.
	PutResult(ctx context.Context, r Result) error
	// Result returns the result of a job; false = there is none yet, or no longer.
	Result(ctx context.Context, id string) (Result, bool, error)
}
