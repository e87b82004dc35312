package webhook

import (
	"context"
	"net"
	"net/http"
	"slices"
	"sync"
)

// conns is a listener with a bounded number of connections. When it is full and somebody comes, the connection goes that has been
// without a complete request for the longest time: Discord sends its requests at once, so what is slow makes room for what is not.
type conns struct {
	net.Listener
	places chan struct{}
	done   chan struct{}
	once   sync.Once

	mu      sync.Mutex
	open    []*conn // that have no complete request, longest first
	waiting bool    // somebody waits for a place
}

func limit(l net.Listener, n int) *conns {
	return &conns{Listener: l, places: make(chan struct{}, n), done: make(chan struct{})}
}

// conn gives its place back when it is closed.
type conn struct {
	net.Conn
	leave func()
	gone  bool // guarded by the listener's mu
}

func (c *conn) Close() error {
	defer c.leave()
	return c.Conn.Close()
}

func (l *conns) Accept() (net.Conn, error) {
	raw, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	select {
	case l.places <- struct{}{}:
	default:
		l.wait(true)
		defer l.wait(false)
		select {
		case l.places <- struct{}{}:
		case <-l.done:
			_ = raw.Close() // the server is gone
			return nil, net.ErrClosed
		}
	}
	return &conn{Conn: raw, leave: sync.OnceFunc(func() { <-l.places })}, nil
}

// wait notes whether somebody waits for a place, and makes one.
func (l *conns) wait(waiting bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting = waiting
	if waiting && len(l.open) > 0 {
		l.drop(l.open[0])
	}
}

// drop closes a connection that says nothing. The caller holds mu.
func (l *conns) drop(c *conn) {
	l.remove(c)
	c.gone = true // what its server still tells of it is old
	_ = c.Close() // whoever is there has had its time
}

// state is told of every connection what it is doing.
func (l *conns) state(nc net.Conn, s http.ConnState) {
	c, ok := nc.(*conn)
	if !ok {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if c.gone {
		return
	}
	l.remove(c)
	switch s {
	case http.StateIdle:
		if l.waiting {
			l.drop(c)
			return
		}
		l.open = append(l.open, c)
	case http.StateNew, http.StateActive:
		l.open = append(l.open, c)
	}
}

// complete notes that the request of a context came whole: its connection stays until it is answered.
func (l *conns) complete(ctx context.Context) {
	c, _ := ctx.Value(connKey{}).(*conn)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.remove(c)
}

// remove takes a connection off the list. The caller holds mu.
func (l *conns) remove(c *conn) {
	if at := slices.Index(l.open, c); at >= 0 {
		l.open = slices.Delete(l.open, at, at+1)
	}
}

// connKey is where a request's context has its connection.
type connKey struct{}

// connected gives the requests of a connection that connection.
func connected(ctx context.Context, nc net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, nc)
}

func (l *conns) Close() error {
	l.once.Do(func() { close(l.done) })
	if err := l.Listener.Close(); !isClosed(err) {
		return err
	}
	return nil
}
