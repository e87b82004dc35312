package llm

import (
	"sync"
	"time"

	"enlace/knowledge/draft"
)

// The gate's times and counts.
const (
	opensAfter  = 5 // failures in a row
	openFor     = 30 * time.Second
	openAtMost  = 5 * time.Minute
	disabledFor = 10 * time.Minute // after a refusal that only an operator can mend
	pauseAtMost = 15 * time.Minute // however long the endpoint asks to wait
)

// gate decides whether the endpoint is asked at all. It shuts after opensAfter failures in a row (a circuit breaker), at once when
// the endpoint refuses in a way that only an operator can mend, and for as long as the endpoint asks to wait. When its time is
// over one call goes through as a trial; the others wait for what becomes of it. It is safe for concurrent use.
type gate struct {
	mu       sync.Mutex
	failures int
	kind     draft.Kind // why it is shut; "" = it is open
	until    time.Time
	trial    bool // a trial is under way
	shut     int  // times in a row that it shut
	tooLarge int  // bytes of the smallest prompt that did not fit; 0 = none
	forget   time.Time
}

// look returns the failure that enter would return now, without beginning a trial.
func (g *gate) look(size int) *draft.Failure {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.refuse(size)
}

func (g *gate) refuse(size int) *draft.Failure {
	now := time.Now()
	if g.tooLarge > 0 && size >= g.tooLarge && now.Before(g.forget) {
		return &draft.Failure{Kind: draft.TooLarge, RetryAfter: g.forget.Sub(now), Local: true}
	}
	if g.kind != "" && (g.trial || now.Before(g.until)) {
		return &draft.Failure{Kind: g.kind, RetryAfter: max(g.until.Sub(now), time.Second), Local: true}
	}
	return nil
}

// enter admits a call with a prompt of size bytes, or says why not. Every admitted call has to leave.
func (g *gate) enter(size int) (trial bool, f *draft.Failure) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if f := g.refuse(size); f != nil {
		return false, f
	}
	g.trial = g.kind != ""
	return g.trial, nil
}

// leave records what became of a call. It returns the kind that the gate has just shut for, or open = true when it opened.
func (g *gate) leave(trial bool, size int, f *fault) (shut draft.Kind, open bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if trial {
		g.trial = false
	}
	switch {
	case f == nil, f.answered, worked(f.Kind):
		open = g.kind != ""
		g.failures, g.kind, g.shut = 0, "", 0
		return "", open
	case f.neutral, f.Kind == draft.Cancelled:
		return "", false
	case f.Kind == draft.TooLarge:
		return g.large(size), false
	case permanent(f.Kind):
		return g.close(f.Kind, disabledFor), false
	case f.RetryAfter > longestWait:
		return g.close(f.Kind, min(f.RetryAfter, pauseAtMost)), false
	case g.kind != "" && !trial: // began before the gate shut
		return "", false
	}
	g.failures++
	if g.failures < opensAfter && !trial {
		return "", false
	}
	g.shut++
	return g.close(f.Kind, min(openFor<<min(g.shut-1, 8), openAtMost)), false
}

// close returns the kind when that is news.
func (g *gate) close(k draft.Kind, d time.Duration) draft.Kind {
	before := g.kind
	g.kind, g.until = k, time.Now().Add(d)
	if before == k {
		return ""
	}
	return k
}

// large remembers that a prompt did not fit: prompts as long are not tried for a while, shorter ones are. One long question must
// not silence the model for everybody.
func (g *gate) large(size int) draft.Kind {
	now := time.Now()
	known := g.tooLarge > 0 && now.Before(g.forget)
	if known && size >= g.tooLarge {
		return ""
	}
	g.tooLarge, g.forget = size, now.Add(disabledFor)
	if known {
		return ""
	}
	return draft.TooLarge
}

// worked reports whether a call that failed shows an endpoint in working order.
func worked(k draft.Kind) bool { return k == draft.Truncated || k == draft.Filtered }

// permanent reports whether only an operator can mend it.
func permanent(k draft.Kind) bool {
	switch k {
	case draft.Unauthorized, draft.NotFound, draft.Quota, draft.Rejected:
		return true
	}
	return false
}

// State says whether the endpoint is asked at present.
type State struct {
	Kind     draft.Kind    // why it is not; "" = it is
	For      time.Duration // how long still; 0 = a trial call is due or under way
	Failures int           // in a row
}

// Disabled reports whether an operator has to mend something before the model is asked again.
func (s State) Disabled() bool { return permanent(s.Kind) }

func (g *gate) state() State {
	g.mu.Lock()
	defer g.mu.Unlock()
	s := State{Kind: g.kind, Failures: g.failures}
	if s.Kind != "" {
		s.For = max(time.Until(g.until), 0)
	}
	return s
}
