package llmtest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
)

// Pipe is a listener in memory: nothing of it is real network, so it works inside a synctest bubble.
type Pipe struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

// Listen returns a pipe that is open.
func Listen() *Pipe { return &Pipe{conns: make(chan net.Conn), closed: make(chan struct{})} }

// Serve serves h on a new pipe. Dial, for a client, connects to it; stop ends the server with its connections and waits for it.
func Serve(h http.Handler) (dial func(ctx context.Context, network, address string) (net.Conn, error), stop func()) {
	p := Listen()
	server := &http.Server{Handler: h}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(p) // always ends in an error: the pipe was closed
	}()
	return p.Dial, func() {
		_ = server.Close() // a pipe closes without fail
		<-done
	}
}

// Accept implements net.Listener.
func (p *Pipe) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener. Later dials are refused.
func (p *Pipe) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

// Addr implements net.Listener.
func (p *Pipe) Addr() net.Addr { return pipeAddr{} }

// Dial connects to the pipe, whatever the address. On a closed pipe it fails as a refused connection does.
func (p *Pipe) Dial(ctx context.Context, network, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case p.conns <- server:
		return client, nil
	case <-p.closed:
		return nil, &net.OpError{Op: "dial", Net: network, Addr: pipeAddr{}, Err: errors.New("connection refused")}
	case <-ctx.Done():
		return nil, &net.OpError{Op: "dial", Net: network, Addr: pipeAddr{}, Err: ctx.Err()}
	}
}

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }
