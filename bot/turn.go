package bot

import "sync"

// turnTable lets one job of each question be worked on at a time in this process: deliveries of the same job, and the versions of a
// question that was edited. The zero value is ready.
type turnTable struct {
	mu   sync.Mutex
	list map[string]*turn // by question
}

// turn is the place of one question.
type turn struct {
	free  chan struct{} // holds a token while nobody works
	users int
	page  *channelPage // where the question is answered, as the last one left it; nil = unknown. It belongs to who works.
}

// take waits until nobody works on a question. Whoever takes a turn gives it back.
func (t *turnTable) take(question string) *turn {
	t.mu.Lock()
	u := t.list[question]
	if u == nil {
		if t.list == nil {
			t.list = map[string]*turn{}
		}
		u = &turn{free: make(chan struct{}, 1)}
		u.free <- struct{}{}
		t.list[question] = u
	}
	u.users++
	t.mu.Unlock()
	<-u.free
	return u
}

func (t *turnTable) give(question string, u *turn) {
	u.free <- struct{}{}
	t.mu.Lock()
	defer t.mu.Unlock()
	if u.users--; u.users == 0 {
		delete(t.list, question)
	}
}

// maxTaken is how many of the questions that were accepted last are remembered.
const maxTaken = 4096

// taken remembers the questions that this process has accepted a short time ago. The zero value is ready.
type taken struct {
	mu    sync.Mutex
	list  map[string]*acceptance // by question
	order []string               // oldest first
}

// acceptance is what this process did about a question that it accepted.
type acceptance struct {
	acked chan struct{} // closed when the asker was told that an answer is coming, or could not be
	err   error         // why not
}

func (a *acceptance) tell(err error) {
	a.err = err
	close(a.acked)
}

func (t *taken) add(question string) *acceptance {
	a := &acceptance{acked: make(chan struct{})}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.list == nil {
		t.list = map[string]*acceptance{}
	}
	if _, known := t.list[question]; !known {
		t.order = append(t.order, question)
	}
	t.list[question] = a
	for len(t.order) > maxTaken {
		delete(t.list, t.order[0])
		t.order = t.order[1:]
	}
	return a
}

// of returns what is known of a question; nil = nothing.
func (t *taken) of(question string) *acceptance {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.list[question]
}
