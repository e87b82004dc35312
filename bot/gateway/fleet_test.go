package gateway_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/discordtest"
	"enlace/bot/gateway"
)

// fleet is some replicas of one bot, in a bubble, on one local Discord and one store of leases.
type fleet struct {
	t      *testing.T
	d      *discordtest.Discord
	leases *gateway.MemoryLeases
}

// member is one replica.
type member struct {
	g      *gateway.Gateway
	leases *faultyLeases
	stop   context.CancelFunc
	ended  chan error
	heard  *listener
	logs   *logBuffer
	dead   *deadLine
}

// listener is a Handler that notes the contents of messages, and when it heard them.
type listener struct {
	mu    sync.Mutex
	ready int
	users map[string]bool
	heard map[string]int
	work  func(context.Context) // nil: none; set while nothing is heard
}

func (l *listener) Ready(_ context.Context, r *discordgo.Ready) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ready++
	l.users[r.User.ID+"/"+r.Application.ID] = true
}
func (l *listener) Interaction(context.Context, *discordgo.Interaction) {}
func (l *listener) MessageCreate(ctx context.Context, m *discordgo.Message) {
	l.mu.Lock()
	l.heard[m.Content]++
	work := l.work
	l.mu.Unlock()
	if work != nil {
		work(ctx)
	}
}
func (l *listener) MessageUpdate(context.Context, *discordgo.Message) {}
func (l *listener) MessageDelete(context.Context, string, string)     {}
func (l *listener) times(text string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.heard[text]
}

type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// faultyLeases is the store as one replica reaches it.
type faultyLeases struct {
	gateway.Leases
	mu      sync.Mutex
	down    bool          // requests fail
	deaf    bool          // requests are carried out, and their answers are lost
	blocked chan struct{} // not nil: requests hang until it is closed, whatever their context says
	mute    bool          // nothing is watched
}

var errDown = errors.New("no answer")

func (f *faultyLeases) set(change func(*faultyLeases)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(f)
}

// pass reports how a request fares.
func (f *faultyLeases) pass() (deaf bool, err error) {
	f.mu.Lock()
	down, deaf, blocked := f.down, f.deaf, f.blocked
	f.mu.Unlock()
	if blocked != nil {
		<-blocked
	}
	if down {
		return deaf, errDown
	}
	return deaf, nil
}

func (f *faultyLeases) PutLease(ctx context.Context, name, value string, revision uint64, ttl time.Duration) (uint64, bool, error) {
	deaf, err := f.pass()
	if err != nil {
		return 0, false, err
	}
	next, ok, err := f.Leases.PutLease(context.WithoutCancel(ctx), name, value, revision, ttl)
	if deaf {
		return 0, false, errDown
	}
	return next, ok, err
}

func (f *faultyLeases) DeleteLease(ctx context.Context, name string, revision uint64) error {
	if _, err := f.pass(); err != nil {
		return err
	}
	return f.Leases.DeleteLease(ctx, name, revision)
}

func (f *faultyLeases) EachLease(ctx context.Context, each func(name, value string, revision uint64)) error {
	if _, err := f.pass(); err != nil {
		return err
	}
	return f.Leases.EachLease(ctx, each)
}

func (f *faultyLeases) WatchLeases(ctx context.Context, changed func(name, value string, revision uint64)) error {
	return f.Leases.WatchLeases(ctx, func(name, value string, revision uint64) {
		f.mu.Lock()
		quiet := f.mute || f.down || f.blocked != nil
		f.mu.Unlock()
		if !quiet {
			changed(name, value, revision)
		}
	})
}

// inFleet runs f in a bubble with a fleet of none; choices are those of the local Discord.
func inFleet(t *testing.T, shards int, f func(t *testing.T, fl *fleet), choices ...func(*discordtest.Options)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, append([]func(*discordtest.Options){func(o *discordtest.Options) {
			o.Memory, o.Wait, o.Shards, o.MaxConcurrency = true, time.Minute, shards, 16
		}}, choices...)...)
		f(t, &fleet{t: t, d: d, leases: &gateway.MemoryLeases{}})
	})
}

func (fl *fleet) start(name string, choices ...func(*gateway.Options)) *member {
	fl.t.Helper()
	m := &member{
		leases: &faultyLeases{Leases: fl.leases}, ended: make(chan error, 1), logs: &logBuffer{}, dead: &deadLine{},
		heard: &listener{users: map[string]bool{}, heard: map[string]int{}},
	}
	o := gateway.Options{
		Token: fl.d.Token(), APIBase: fl.d.URL(), HTTP: fl.d.Transport(), Dial: m.dead.over(fl.d.Dial), Leases: m.leases, Replica: name,
		Log: slog.New(slog.NewTextHandler(m.logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, c := range choices {
		c(&o)
	}
	var err error
	if m.g, err = gateway.New(o, m.heard); err != nil {
		fl.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(fl.t.Context())
	m.stop = stop
	over := make(chan struct{})
	go func() {
		defer close(over)
		m.ended <- m.g.Run(ctx)
	}()
	fl.t.Cleanup(func() {
		if fl.t.Failed() {
			fl.t.Logf("%s:\n%s", name, m.logs)
		}
	})
	fl.t.Cleanup(func() { m.stop(); <-over }) // a bubble's time stands still once the test has left it
	return m
}

// term is SIGTERM; it returns Run's error.
func (m *member) term() error {
	m.stop()
	return <-m.ended
}

// kill is kill -9: nothing reaches the store or Discord any more. What is left of the process ends with it.
func (m *member) kill() {
	m.leases.set(func(f *faultyLeases) { f.down = true })
	m.dead.cut()
	m.stop()
}

func (m *member) shards() (list []int) {
	for _, s := range m.g.State().Shards {
		list = append(list, s.Shard)
	}
	return list
}

// within waits until cond holds, and returns how long it took.
func within(t *testing.T, limit time.Duration, what string, cond func() bool) time.Duration {
	t.Helper()
	start := time.Now()
	for !cond() {
		if time.Since(start) > limit {
			t.Fatalf("not within %s: %s", limit, what)
		}
		time.Sleep(time.Millisecond)
		synctest.Wait()
	}
	return time.Since(start)
}

// loads are how many ready shards each replica has.
func loads(members ...*member) (list []int) {
	for _, m := range members {
		n := 0
		for _, s := range m.g.State().Shards {
			if s.Phase == gateway.Ready {
				n++
			}
		}
		list = append(list, n)
	}
	return list
}

func sum(list []int) (n int) {
	for _, v := range list {
		n += v
	}
	return n
}

// once reports whether every shard has exactly one connected session.
func (fl *fleet) once(shards int) bool {
	var connected []int
	for _, s := range fl.d.Gateway().Sessions() {
		if s.Connected {
			connected = append(connected, s.Shard)
		}
	}
	return len(connected) == shards && len(slices.Compact(connected)) == shards
}

func (fl *fleet) end(members ...*member) {
	fl.t.Helper()
	for _, m := range members {
		if err := m.term(); err != nil {
			fl.t.Errorf("Run: %v", err)
		}
	}
	synctest.Wait()
	if err := fl.leases.EachLease(fl.t.Context(), func(name, value string, _ uint64) {
		if !strings.HasPrefix(name, "identify.") {
			fl.t.Errorf("%s is left behind: %s", name, value)
		}
	}); err != nil {
		fl.t.Error(err)
	}
}

// presence is a replica that says that it is there, and does nothing.
func (fl *fleet) presence(id string, shards int, ttl time.Duration) {
	fl.t.Helper()
	value := fmt.Sprintf(`{"holder":%q,"shards":%d}`, id, shards)
	if _, ok, err := fl.leases.PutLease(fl.t.Context(), "replica."+id, value, 0, ttl); !ok || err != nil {
		fl.t.Fatal(ok, err)
	}
}

// deadLine is a network that can be cut like the power: connections end without a word.
type deadLine struct {
	mu    sync.Mutex
	off   bool
	conns []*deadConn
	addrs []string
}

type deadConn struct {
	net.Conn
	line *deadLine
}

func (l *deadLine) over(dial gateway.DialFunc) gateway.DialFunc {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		if l.isOff() {
			return nil, net.ErrClosed
		}
		c, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		d := &deadConn{c, l}
		l.mu.Lock()
		l.conns, l.addrs = append(l.conns, d), append(l.addrs, addr)
		l.mu.Unlock()
		return d, nil
	}
}

func (l *deadLine) isOff() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.off
}

func (l *deadLine) addresses() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.addrs...)
}

func (l *deadLine) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.off = true
	for _, c := range l.conns {
		_ = c.Conn.Close()
	}
}

func (c *deadConn) Write(p []byte) (int, error) {
	if c.line.isOff() {
		return 0, net.ErrClosed
	}
	return c.Conn.Write(p)
}
