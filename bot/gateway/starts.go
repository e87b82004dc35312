package gateway

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"time"
)

// identifySpacing is the pause between two identifies of one key: max_concurrency identifies per 5 s
// (Discord docs, events/gateway, "rate limiting"), and a little more for clocks that differ.
const identifySpacing = 5*time.Second + 250*time.Millisecond

// infoAge is how long an answer of /gateway/bot counts as fresh.
const infoAge = 30 * time.Second

// sharedInfoAge is the same where other replicas identify, too, which this one cannot count.
const sharedInfoAge = 4 * time.Second

// GatewayInfo is what /gateway/bot tells.
type GatewayInfo struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Starts struct {
		Total          int `json:"total"`
		Remaining      int `json:"remaining"`
		ResetAfter     int `json:"reset_after"` // ms
		MaxConcurrency int `json:"max_concurrency"`
	} `json:"session_start_limit"`
}

// starts hands out the turns to identify: within max_concurrency, and never when no session start
// remains, because Discord then ends all sessions and resets the token.
type starts struct {
	fetch  func(context.Context) (GatewayInfo, error)
	random func() float64
	log    *slog.Logger
	alert  func(string)
	slots  []chan struct{}
	// spacing is the pause between two identifies of one slot; 0 = identifySpacing.
	spacing time.Duration
	// shared takes the turn among all replicas; nil: there is only this one.
	shared func(ctx context.Context, slot int) (*sharedTurn, error)

	asking  lock // held while asking, so that only one shard does
	mu      sync.Mutex
	info    GatewayInfo
	fetched time.Time
}

// fit sets the number of identifies at the same time.
func (s *starts) fit(maxConcurrency int) {
	s.slots = make([]chan struct{}, min(max(maxConcurrency, 1), 1024))
	for i := range s.slots {
		s.slots[i] = make(chan struct{}, 1)
	}
}

// turn is the right to one identify. Exactly one of its methods counts, the first.
type turn struct {
	once    sync.Once
	release func(after time.Duration)
	used    func()
	spacing time.Duration
}

// taken is called when the Identify is sent.
func (t *turn) taken() {
	t.once.Do(func() { t.used(); t.release(t.spacing) })
}

// back is called when it was not needed.
func (t *turn) back() { t.once.Do(func() { t.release(0) }) }

// wait blocks until the shard may identify, and returns the gateway's address.
func (s *starts) wait(ctx context.Context, shard int) (*turn, string, error) {
	n := shard % len(s.slots)
	slot := s.slots[n]
	select {
	case slot <- struct{}{}:
	case <-ctx.Done():
		return nil, "", ctx.Err()
	}
	t := &turn{used: s.use, spacing: cmp.Or(s.spacing, identifySpacing), release: func(after time.Duration) {
		if after == 0 {
			<-slot
			return
		}
		time.AfterFunc(after, func() { <-slot })
	}}
	if s.shared != nil {
		others, err := s.shared(ctx, n)
		if err != nil {
			t.back()
			return nil, "", err
		}
		own := t.release
		t.release = func(after time.Duration) { others.end(after); own(after) }
	}
	url, err := s.remaining(ctx)
	if err != nil {
		t.back()
		return nil, "", err
	}
	return t, url, nil
}

// remaining waits until a session start remains.
func (s *starts) remaining(ctx context.Context) (string, error) {
	for {
		info, err := s.current(ctx)
		if err != nil {
			return "", err
		}
		if info.Starts.Remaining > 0 {
			return info.URL, nil
		}
		pause := max(time.Duration(info.Starts.ResetAfter)*time.Millisecond, time.Second)
		pause += time.Second + time.Duration(s.random()*float64(4*time.Second))
		s.log.Error("no session start is left for today; waiting for Discord's reset", "wait", pause)
		s.alert("session_starts")
		if !sleep(ctx, pause) {
			return "", ctx.Err()
		}
		s.forget()
	}
}

// current returns /gateway/bot, asked again when the answer is older than infoAge.
func (s *starts) current(ctx context.Context) (GatewayInfo, error) {
	s.asking.lock()
	defer s.asking.unlock()
	if info, ok := s.fresh(); ok {
		return info, nil
	}
	info, err := s.fetch(ctx)
	if err != nil {
		return GatewayInfo{}, err
	}
	s.mu.Lock()
	s.info, s.fetched = info, time.Now()
	s.mu.Unlock()
	return info, nil
}

func (s *starts) fresh() (GatewayInfo, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	age := infoAge
	if s.shared != nil {
		age = sharedInfoAge
	}
	return s.info, !s.fetched.IsZero() && time.Since(s.fetched) < age
}

func (s *starts) use() {
	s.mu.Lock()
	s.info.Starts.Remaining--
	s.mu.Unlock()
}

func (s *starts) forget() {
	s.mu.Lock()
	s.fetched = time.Time{}
	s.mu.Unlock()
}
