package killtest

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"enlace/bot/discordtest"
)

var (
	program = flag.String("program", "", "what TestCosts measures instead of the bot as it is: another build of enlace")
	many    = flag.Int("many", 5000, "how many more questions TestCosts asks, eight at a time, before it looks at the memory again")
)

// TestCosts prints what the bot with its embedded engine takes: until it is connected, until a command is acknowledged, of memory and
// of the processor while nobody asks.
func TestCosts(t *testing.T) {
	slow(t)
	log := newJournal(t)
	c := newCrowd(t, log)
	p := newProcess(t, "bot", log, append(c.environ(), "ENLACE_STATE_DIR="+t.TempDir(), "ENLACE_MODEL_API_KEY=", "ENLACE_MODEL_BASE_URL=https://api.openai.com/v1")...)
	p.program = *program
	var starts []time.Duration
	for range 5 { // the first one makes the state
		before, began := c.discord.Gateway().Stats().Identifies, time.Now()
		p.start()
		for c.discord.Gateway().Stats().Identifies == before {
			time.Sleep(time.Millisecond)
		}
		starts = append(starts, time.Since(began).Round(time.Millisecond))
		time.Sleep(2 * time.Second)
		if len(starts) < 5 {
			p.stop()
		}
	}
	c.discord.WaitCommand("ask")
	fresh := status(t, p, "VmRSS")
	idle := ticks(t, p)
	time.Sleep(10 * time.Second)
	busy := float64(ticks(t, p)-idle) / 10 // ticks are hundredths of a second, so this is percent
	g := c.guilds[0]
	ask := func(between time.Duration) (p50, p99 time.Duration) {
		var acks []time.Duration
		for i := range 500 {
			asked := g.Member(fmt.Sprint("u", i%50)).Slash(g.Channel(fmt.Sprint("c", i%20)), "ask", discordtest.Opt("question", question()))
			acks = append(acks, asked.Acked())
			asked.Reply()
			time.Sleep(between)
		}
		slices.Sort(acks)
		return acks[250], acks[495]
	}
	p50, p99 := ask(20 * time.Millisecond)
	rss := status(t, p, "VmRSS")
	hurried, late := ask(0) // what the bot writes after an answer takes time from the next question
	t.Logf("connected after %v; memory %d MB, after 500 questions %d MB, after 1000 %d MB (most %d MB); idle %.1f %% of a processor; ack p50 %s, p99 %s, of questions at once after an answer p50 %s, p99 %s",
		starts, fresh>>10, rss>>10, status(t, p, "VmRSS")>>10, status(t, p, "VmHWM")>>10, busy, p50, p99, hurried, late)
	for _, at := range []int{*many / 5, *many - *many/5} {
		var wg sync.WaitGroup
		for w := range 8 {
			wg.Go(func() {
				for i := range at / 8 {
					g.Member(fmt.Sprint("u", w, "-", i%50)).Slash(g.Channel(fmt.Sprint("c", (w+i)%20)), "ask", discordtest.Opt("question", question())).Reply()
				}
			})
		}
		wg.Wait()
		if at > 0 {
			t.Logf("after %d more: memory %d MB (most %d MB)", at, status(t, p, "VmRSS")>>10, status(t, p, "VmHWM")>>10)
		}
	}
	if p99 > 500*time.Millisecond {
		t.Errorf("ack p99 is %s", p99)
	}
	p.stop()
}

// status is a line of a process's status, in KiB.
func status(t *testing.T, p *process, name string) (kib int) {
	t.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.pid()))
	if err != nil {
		t.Skipf("there is no /proc here: %v", err)
	}
	_, rest, _ := strings.Cut(string(raw), name+":")
	_, _ = fmt.Sscan(rest, &kib)
	return kib
}

// ticks is the processor time that a process has taken.
func ticks(t *testing.T, p *process) (n int) {
	t.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.pid()))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(raw), ") ") // the name may hold spaces
	fields := strings.Fields(rest)
	var user, system int
	_, _ = fmt.Sscan(fields[11], &user)
	_, _ = fmt.Sscan(fields[12], &system)
	return user + system
}
