package answer

import (
	"container/list"
	"context"
	"crypto/sha256"
	"encoding/json"
	"sync"
	"time"

	"enlace/knowledge"
	"enlace/knowledge/draft"
	"enlace/knowledge/verify"
)

// cacheSize is how many worded answers are kept: a day of a busy server, in about a megabyte.
const cacheSize = 1000

// wordingTimeout bounds a wording that several askers wait for, beyond the writer's own limits.
const wordingTimeout = 2 * time.Minute

// wordings keeps proved claims by everything that they depend on. It is safe for concurrent use.
type wordings struct {
	mu    sync.Mutex
	order *list.List // of *entry, most recently used first
	byKey map[[sha256.Size]byte]*list.Element
}

type entry struct {
	key    [sha256.Size]byte
	claims []claim
}

func newWordings() *wordings {
	return &wordings{order: list.New(), byKey: map[[sha256.Size]byte]*list.Element{}}
}

func (w *wordings) get(key [sha256.Size]byte) ([]claim, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	e, ok := w.byKey[key]
	if !ok {
		return nil, false
	}
	w.order.MoveToFront(e)
	return e.Value.(*entry).claims, true
}

func (w *wordings) put(key [sha256.Size]byte, claims []claim) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if e, ok := w.byKey[key]; ok {
		e.Value.(*entry).claims = claims
		w.order.MoveToFront(e)
		return
	}
	w.byKey[key] = w.order.PushFront(&entry{key, claims})
	for w.order.Len() > cacheSize {
		last := w.order.Back()
		delete(w.byKey, last.Value.(*entry).key)
		w.order.Remove(last)
	}
}

// keyOf hashes the exact request, which holds the question, the language, the conversation and the facts with their version, and
// who words it. Questions that read alike but differ ("did he", "did he not") have different keys.
func (s *Service) keyOf(r draft.Request) [sha256.Size]byte {
	data, err := json.Marshal(struct {
		Request draft.Request
		Writer  string
	}{r, s.writerVersion})
	if err != nil { // a request is plain data
		panic(err)
	}
	return sha256.Sum256(data)
}

// shared words a request once for everybody who asks the same at the same time, and again from the cache for those who ask it
// later; what comes from the cache is proved again.
func (s *Service) shared(ctx context.Context, b *knowledge.Base, r draft.Request, ids []knowledge.FactID) worded {
	key := s.keyOf(r)
	if claims, ok := s.cache.get(key); ok {
		if kept := s.again(s.verifier(b), r, ids, claims); len(kept) == len(claims) {
			tracerOf(ctx).write(func(t *Trace) { t.Cached = true })
			tracerOf(ctx).took("check again")
			return worded{claims: kept}
		}
	}
	leads := false
	done := s.flights.DoChan(string(key[:]), func() (any, error) {
		leads = true
		// One asker who leaves does not take the answer from the others.
		detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), wordingTimeout)
		defer cancel()
		w := s.draft(detached, b, r, ids)
		if len(w.claims) > 0 {
			s.cache.put(key, w.claims)
		}
		return w, nil
	})
	select {
	case got := <-done:
		tracerOf(ctx).write(func(t *Trace) { t.Shared = !leads })
		return got.Val.(worded)
	case <-ctx.Done():
		return worded{failure: draft.KindOf(ctx.Err())}
	}
}

// verifier returns the verifier of a base, made by the first who needs it.
func (s *Service) verifier(b *knowledge.Base) *verify.Verifier {
	s.verifierMu.Lock()
	defer s.verifierMu.Unlock()
	if s.verifierBase != b {
		s.verifierOf, s.verifierBase = verify.New(b), b
	}
	return s.verifierOf
}
