//go:build linux

package killtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"enlace/bot/discordtest"
)

// usual is how long an answer takes at most while nothing is wrong: the model of these tests takes a second.
const usual = 3 * time.Second

// askedOne is a question and what became of it.
type askedOne struct {
	id       string
	at, seen time.Time // seen is zero where nothing is
	refused  bool      // the bot said that it is busy
	accepted bool
}

// since returns the questions that were asked since a time.
func (c *crowd) since(from time.Time) (list []askedOne) {
	c.mu.Lock()
	defer c.mu.Unlock()
	one := func(id string, at time.Time, seen []*discordtest.Message) {
		if at.Before(from) {
			return
		}
		q := askedOne{id: id, at: at, refused: c.log.refused(id), accepted: c.log.took(id)}
		if len(seen) > 0 {
			q.seen = c.changed[seen[0].ID]
		}
		list = append(list, q)
	}
	for _, m := range c.messages {
		one(m.ID, m.Created, m.Answers())
	}
	for _, i := range c.used {
		var seen []*discordtest.Message
		if at := i.Original(); at != nil && !at.Loading() {
			seen = append(seen, at)
		}
		for _, m := range i.Channel.Messages(nil) { // a late answer
			if m.Author == c.discord.Bot() && strings.HasPrefix(m.Nonce, i.ID+".") {
				seen = append(seen, m)
			}
		}
		one(i.ID, i.Created, seen)
	}
	return list
}

// effect is what a failure does to people.
type effect struct {
	what                                         string
	asked, answered, refused, silent, unanswered int // silent: never accepted; Discord says that the bot does not respond
	disturbed                                    time.Duration
	worst                                        time.Duration // of the answers
}

// effects are the rows of a table.
type effects []effect

// during notes what people see from the beginning of a failure until everything is as usual again. The failure is over when do
// returns.
func (c *crowd) during(what string, do func()) effect {
	c.t.Helper()
	from := time.Now()
	do()
	for end := time.Now().Add(90 * time.Second); ; time.Sleep(200 * time.Millisecond) {
		well := true
		for _, q := range c.since(time.Now().Add(-2 * usual)) {
			late := time.Since(q.at) > usual && q.seen.IsZero()
			well = well && !q.refused && !late && q.seen.Sub(q.at) < usual
		}
		if well && time.Since(from) > 3*usual || time.Now().After(end) {
			break
		}
	}
	to := time.Now().Add(-usual) // what is younger may still be worked on
	c.settled(30 * time.Second)
	e := effect{what: what}
	var first, last time.Time
	for _, q := range c.since(from) {
		if q.at.After(to) {
			continue
		}
		e.asked++
		took := q.seen.Sub(q.at)
		switch {
		case q.refused:
			e.refused++
		case !q.seen.IsZero():
			e.answered++
			e.worst = max(e.worst, took)
		case q.accepted:
			e.unanswered++
			c.t.Errorf("%s: question %s is accepted and not answered", what, q.id)
		default:
			e.silent++
		}
		if q.refused || q.seen.IsZero() || took > usual {
			if first.IsZero() || q.at.Before(first) {
				first = q.at
			}
			if q.at.After(last) {
				last = q.at
			}
		}
	}
	e.disturbed = last.Sub(first)
	c.t.Logf("%+v", e)
	return e
}

func (list effects) tell(t *testing.T) {
	t.Helper()
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "failure\tasked\tanswered\ttold busy\tno response\tlost\tdisturbed for\tlongest wait for an answer")
	for _, e := range list {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%.1f s\t%.1f s\n", e.what, e.asked, e.answered, e.refused, e.silent, e.unanswered, e.disturbed.Seconds(), e.worst.Seconds())
	}
	_ = w.Flush()
	t.Logf("\n%s", out.String())
}

// TestWhatFailuresOfAClusterDo lets everything fail that two replicas on three servers can lose, one after the other, while people
// ask, and prints what they see.
func TestWhatFailuresOfAClusterDo(t *testing.T) {
	f := newFleet(t)
	f.asks(100 * time.Millisecond)
	defer f.quiet()
	time.Sleep(usual)
	var list effects
	row := func(what string, do func()) {
		t.Helper()
		list = append(list, f.during(what, do))
	}
	row("none, for 20 s", func() { time.Sleep(20 * time.Second) })
	leader := func() int { return f.leads("enlace_inbox", 0) }
	row("a server that leads nothing of the inbox killed, for 10 s", func() { f.away(10*time.Second, (leader()+1)%3) })
	row("the server that leads the inbox killed, for 10 s", func() { f.away(10*time.Second, leader()) })
	row("the leader stopped for 20 s, as by a cut line", func() { f.frozen(20*time.Second, leader()) })
	row("two of three killed, for 10 s", func() { f.away(10*time.Second, 0, 1) })
	row("all three killed, for 10 s", func() { f.away(10*time.Second, 0, 1, 2) })
	row("a bot told to stop (SIGTERM), the other one goes on", func() { f.bots[0].stop(); time.Sleep(10 * time.Second) })
	row("it comes back", func() { f.bots[0].start(); time.Sleep(10 * time.Second) })
	row("a bot killed (SIGKILL), the other one goes on", func() { f.bots[1].kill(); time.Sleep(45 * time.Second) })
	row("it comes back", func() { f.bots[1].start(); time.Sleep(10 * time.Second) })
	row("a bot paused for 40 s (SIGSTOP)", func() {
		send(t, f.bots[0].pid(), syscall.SIGSTOP)
		time.Sleep(40 * time.Second)
		send(t, f.bots[0].pid(), syscall.SIGCONT)
	})
	list.tell(t)
}

// away kills servers, and starts them again after a time.
func (f *fleet) away(d time.Duration, nodes ...int) {
	for _, i := range nodes {
		f.cluster.Kill(i)
	}
	time.Sleep(d)
	for _, i := range nodes {
		f.cluster.Restart(i)
	}
	f.cluster.Ready()
}

// frozen stops a server's process for a time: for the others it is as if the line to it were cut.
func (f *fleet) frozen(d time.Duration, node int) {
	send(f.t, f.cluster.Process(node), syscall.SIGSTOP)
	time.Sleep(d)
	send(f.t, f.cluster.Process(node), syscall.SIGCONT)
}

func send(t *testing.T, pid int, s syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(pid, s); err != nil {
		t.Fatal(err)
	}
}

// TestWhatFailuresOfOneProcessDo does the same for one bot with the engine in it.
func TestWhatFailuresOfOneProcessDo(t *testing.T) {
	slow(t)
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=48m,mode=0700"); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	log := newJournal(t)
	c := newCrowd(t, log)
	p := newProcess(t, "bot", log, append(c.environ(), "ENLACE_STATE_DIR="+filepath.Join(disk, "state"))...)
	p.start()
	c.discord.WaitCommand("ask")
	c.asks(100 * time.Millisecond)
	defer c.quiet()
	time.Sleep(usual)
	list := effects{
		c.during("none, for 20 s", func() { time.Sleep(20 * time.Second) }),
		c.during("killed (SIGKILL), started again at once", func() { p.kill(); p.start() }),
		c.during("told to stop (SIGTERM), started again at once", func() { p.stop(); p.start() }),
		c.during("its disk full for 20 s", func() {
			fill(t, filepath.Join(disk, "fill"))
			time.Sleep(20 * time.Second)
			if err := os.Remove(filepath.Join(disk, "fill")); err != nil {
				t.Error(err)
			}
		}),
	}
	list.tell(t)
}

// fill writes a file until nothing more fits.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for chunk := make([]byte, 4<<10); err == nil; {
		_, err = f.Write(chunk)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}
