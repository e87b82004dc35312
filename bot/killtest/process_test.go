package killtest

import (
	"bufio"
	"cmp"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is one replica of the bot, which is started, killed and started again. Its log goes on over all of its lives.
type process struct {
	t       *testing.T
	name    string
	environ []string
	log     *journal
	program string // "" = the test's own binary

	mu   sync.Mutex
	cmd  *exec.Cmd
	read chan struct{} // closed when the log of this life was read
}

func newProcess(t *testing.T, name string, log *journal, environ ...string) *process {
	t.Helper()
	facts, err := filepath.Abs("../cli/testdata/facts")
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	p := &process{t: t, name: name, log: log, environ: append([]string{
		asBot + "=1", "HOME=" + home, "PATH=" + os.Getenv("PATH"), "ENLACE_FACTS_DIR=" + facts, "ENLACE_FACTS_WATCH=false", "ENLACE_HTTP_LISTEN=",
		"ENLACE_LIMITS_USER_PER_MINUTE=10000", "ENLACE_LIMITS_CHANNEL_PER_MINUTE=10000", "GOMAXPROCS=2",
	}, environ...)}
	t.Cleanup(p.kill)
	return p
}

// start begins a life.
func (p *process) start() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cmd = exec.Command(cmp.Or(p.program, os.Args[0]), "serve")
	p.cmd.Env, p.cmd.Dir = p.environ, p.t.TempDir()
	out, err := p.cmd.StderrPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		p.t.Fatal(err)
	}
	p.read = make(chan struct{})
	go func() { defer close(p.read); p.log.follow(p.name, out) }()
}

// kill ends a life by SIGKILL, if there is one.
func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Kill()
	<-p.read
	_ = p.cmd.Wait() // killed
	p.cmd = nil
}

// stop ends a life in order, and returns how long that takes.
func (p *process) stop() time.Duration {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	began := time.Now()
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	<-p.read
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("%s does not end well: %v", p.name, err)
	}
	p.cmd = nil
	return time.Since(began)
}

// pid is the process's, 0 for none.
func (p *process) pid() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil {
		return 0
	}
	return p.cmd.Process.Pid
}

// journal reads what the processes log of questions.
type journal struct {
	mu       sync.Mutex
	accepted map[string]bool     // for which the engine has confirmed that it keeps them
	ended    map[string][]string // outcomes, by question
	busy     map[string]bool     // that were refused since they could not be accepted
	again    int                 // deliveries beyond the first
	lines    []string            // that are warnings or errors, the last ones
	counts   map[string]int      // of all lines, by what they say
	told     map[string][]string // all lines about a question
}

// newJournal returns an empty journal. A test that fails shows its last lines.
func newJournal(t *testing.T) *journal {
	j := &journal{accepted: map[string]bool{}, ended: map[string][]string{}, busy: map[string]bool{}, counts: map[string]int{}, told: map[string][]string{}}
	t.Cleanup(func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		if t.Failed() {
			t.Log(strings.Join(j.lines, "\n"))
		}
	})
	return j
}

var (
	sayAttr      = regexp.MustCompile(`msg=("[^"]*"|\S+)`)
	questionAttr = regexp.MustCompile(`question=(\d+)`)
	outcomeAttr  = regexp.MustCompile(`outcome=(\w+)`)
)

func (j *journal) follow(name string, r io.Reader) {
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		j.take(name, scan.Text())
	}
}

func first(m []string) string {
	if len(m) < 2 {
		return ""
	}
	return strings.Trim(m[1], `"`)
}

func (j *journal) take(name, line string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	say, q := first(sayAttr.FindStringSubmatch(line)), first(questionAttr.FindStringSubmatch(line))
	j.counts[say]++
	if q != "" {
		j.told[q] = append(j.told[q], line)
	}
	switch say {
	case "accepted":
		j.accepted[q] = true
	case "answered", "an answer is given up", "an answer did not arrive":
		j.ended[q] = append(j.ended[q], first(outcomeAttr.FindStringSubmatch(line)))
	case "refused":
		j.busy[q] = true
	case "a question is taken up again":
		j.again++
	}
	if strings.Contains(line, "level=ERROR") || strings.Contains(line, "level=WARN") || !strings.Contains(line, "level=") {
		j.lines = append(j.lines, name+": "+line)
		j.lines = j.lines[max(0, len(j.lines)-400):]
	}
}

// outcomes are the outcomes of a question so far.
func (j *journal) outcomes(id string) []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.ended[id]
}

// took reports whether the engine has confirmed a question.
func (j *journal) took(id string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.accepted[id]
}

func (j *journal) refused(id string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.busy[id]
}
