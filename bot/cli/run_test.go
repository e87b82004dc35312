package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/charmbracelet/lipgloss"

	"enlace/knowledge"
)

// world is an Env with captured output, over the fact base in testdata/facts.
func world(t *testing.T, stdin string) (env Env, stdout, stderr *bytes.Buffer) {
	t.Helper()
	facts, err := filepath.Abs("testdata/facts")
	if err != nil {
		t.Fatal(err)
	}
	stdout, stderr = new(bytes.Buffer), new(bytes.Buffer)
	return Env{
		Stdin: strings.NewReader(stdin), Stdout: stdout, Stderr: stderr, Dir: t.TempDir(),
		Environ: []string{"ENLACE_FACTS_DIR=" + facts, "TERM=xterm"},
		Now:     func() time.Time { return time.Date(2020, 1, 15, 0, 0, 0, 0, time.UTC) },
	}, stdout, stderr
}

func mustRun(t *testing.T, env Env, args ...string) string {
	t.Helper()
	if code := Run(t.Context(), args, env); code != 0 {
		t.Fatalf("%v: exit code %d\n%s", args, code, env.Stderr)
	}
	return env.Stdout.(*bytes.Buffer).String()
}

func TestTerminalOutputIsColouredAndWrapped(t *testing.T) {
	for name, tc := range map[string]struct {
		terminal bool
		environ  string
		coloured bool
		wrapped  bool
	}{
		"terminal":      {true, "", true, true},
		"NO_COLOR":      {true, "NO_COLOR=1", false, true},
		"empty":         {true, "NO_COLOR=", true, true},
		"dumb terminal": {true, "TERM=dumb", false, true},
		"pipe":          {false, "", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			env, _, _ := world(t, "")
			env.StdoutTerminal, env.Width, env.Environ = tc.terminal, 40, append(env.Environ, tc.environ)
			for _, args := range [][]string{{"ask", "who put their names to the harbour deal"}, {"summary"}, {"timeline"}, {"facts", "list"}, {"facts", "show", "harbour-who-signed"}, {"facts", "stats"}, {"config"}} {
				env.Stdout = new(bytes.Buffer)
				out := mustRun(t, env, args...)
				if got := strings.Contains(out, "\x1b["); got != (tc.coloured && args[0]+args[len(args)-1] != "factsstats") {
					t.Errorf("%v: coloured = %v:\n%q", args, got, out)
				}
				widest := 0
				for line := range strings.Lines(out) {
					if w := lipgloss.Width(strings.TrimSuffix(line, "\n")); !strings.Contains(line, "http") && !strings.Contains(line, "sha256") && !strings.Contains(line, "/") {
						widest = max(widest, w)
					}
				}
				if tc.wrapped && widest > 40 {
					t.Errorf("%v: a line of %d columns:\n%s", args, widest, out)
				}
				if !tc.wrapped && args[0] == "summary" && widest < 80 {
					t.Errorf("%v: wrapped at %d in a pipe", args, widest)
				}
			}
		})
	}
}

func TestJSONIsPlainOnATerminal(t *testing.T) {
	env, _, _ := world(t, "")
	env.StdoutTerminal = true
	out := mustRun(t, env, "ask", "--json", "How high is the lighthouse?")
	var got knowledge.Answer
	if err := json.Unmarshal([]byte(out), &got); err != nil || strings.Contains(out, "\x1b") || got.Outcome != knowledge.Answered {
		t.Errorf("%v: %s", err, out)
	}
}

func TestLinesBreakBetweenWordsByColumns(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"fits":            {"one two", "  one two\n"},
		"breaks":          {"one two three four", "  one two\n    three\n    four\n"},
		"wide characters": {"日本語 日本", "  日本語\n    日本\n"},
		"combining marks": {"e\u0301e\u0301e\u0301e\u0301 e\u0301e\u0301e\u0301e\u0301", "  e\u0301e\u0301e\u0301e\u0301\n    e\u0301e\u0301e\u0301e\u0301\n"},
		"long address":    {"see https://example.org/long", "  see\n    https://example.org/long\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			(&page{w: &out, width: 10}).line(2, 2, tc.text)
			if out.String() != tc.want {
				t.Errorf("got %q, want %q", out.String(), tc.want)
			}
		})
	}
}

const hostile = "\x1b]0;pwned\x07\x1b[31mred\x1b[0m \u009b2J \u202ereversed\u202c bell\a back\b tab\t nul\x00 del\x7f bad\xff line\nbreak"

// harmful finds what may not reach a terminal.
func harmful(s string) string {
	for _, bad := range []string{"\x1b", "\x07", "\x08", "\x00", "\x7f", "\u009b", "\u202e", "\u202c", "\xff "} {
		if strings.Contains(s, bad) {
			return fmt.Sprintf("%q", bad)
		}
	}
	return ""
}

func TestHostileTextIsHarmless(t *testing.T) {
	if got := clean(hostile); harmful(got) != "" || !strings.Contains(got, "line\nbreak") || strings.Contains(cleanLine(hostile), "\n") {
		t.Errorf("clean leaves %s in %q", harmful(got), got)
	}
	var out bytes.Buffer
	if err := writeJSON(&out, map[string]string{"text": hostile}, false); err != nil {
		t.Fatal(err)
	}
	var back map[string]string
	if err := json.Unmarshal(out.Bytes(), &back); err != nil || back["text"] != strings.ToValidUTF8(hostile, "\ufffd") || harmful(out.String()) != "" {
		t.Errorf("%v: JSON %q", err, out.String())
	}
	a := &knowledge.Answer{
		Text: hostile, Language: knowledge.English, Sentences: []knowledge.Sentence{{Text: hostile}},
		Citations: []knowledge.Citation{{N: 1, Status: knowledge.Official, Note: hostile, Sources: []knowledge.CitedSource{{Publisher: hostile, Title: hostile, URL: hostile}, {Publisher: hostile}}}},
	}
	env, stdout, _ := world(t, "")
	app := &app{Env: env}
	for _, write := range []func(*page){func(p *page) { p.answer(a) }, func(p *page) { p.summary(a, hostile) }, func(p *page) {
		p.fact(&shownFact{ID: "x", Withdrawn: hostile, Text: knowledge.Text{EN: hostile}}, "en")
	}} {
		p := app.page()
		p.w = stdout
		write(p)
	}
	if bad := harmful(stdout.String()); bad != "" {
		t.Errorf("the page leaves %s in %q", bad, stdout.String())
	}
	env, stdout, stderr := world(t, hostile+"\n{\"id\":\"\u009b\",\n")
	for _, args := range [][]string{{"ask", hostile}, {"ask", "--json", hostile}, {"ask", "--jsonl"}, {hostile}, {"ask", "--" + strings.TrimLeft(hostile, "\x1b")}, {"facts", "show", hostile}, {"summary", hostile}, {"timeline", "--from", hostile}, {"--lang", hostile, "config"}} {
		Run(t.Context(), args, env)
	}
	if bad := harmful(stdout.String() + stderr.String()); bad != "" || stderr.Len() == 0 {
		t.Errorf("commands leave %s in %q %q", bad, stdout.String(), stderr.String())
	}
}

func TestStreamKeepsOrderAndSurvivesLongLines(t *testing.T) {
	var in strings.Builder
	const n = 200
	for i := range n {
		if i == 100 {
			in.WriteString(`{"id":"long","question":"` + strings.Repeat("x", maxLine) + "\"}\n")
			continue
		}
		fmt.Fprintf(&in, `{"id":%d,"question":"How high is the lighthouse?"}`+"\n", i)
	}
	env, _, _ := world(t, strings.TrimSuffix(in.String(), "\n")) // the last line has no end
	lines := strings.Split(strings.TrimSuffix(mustRun(t, env, "ask", "--jsonl"), "\n"), "\n")
	if len(lines) != n {
		t.Fatalf("%d lines for %d", len(lines), n)
	}
	for i, line := range lines {
		want := fmt.Sprintf(`{"id":"%d","question":"How high is the lighthouse?"`, i)
		if i == 100 {
			want = fmt.Sprintf(`{"id":null,"error":"the line is longer than %d bytes","line":101}`, maxLine)
		}
		if !strings.HasPrefix(line, want) {
			t.Fatalf("line %d is %.120s, want %s", i+1, line, want)
		}
	}
}

func TestStreamAnswersEachLineBeforeTheNextIsAsked(t *testing.T) {
	env, _, _ := world(t, "")
	questions, ask := io.Pipe()
	answers, out := io.Pipe()
	env.Stdin, env.Stdout = questions, out
	code := make(chan int)
	go func() { code <- Run(t.Context(), []string{"ask", "--jsonl"}, env); out.Close() }()
	read := json.NewDecoder(answers)
	for i := range 3 {
		fmt.Fprintf(ask, `{"id":"%d","question":"How high is the lighthouse?"}`+"\n", i)
		var got knowledge.Answer
		if err := read.Decode(&got); err != nil || got.ID != fmt.Sprint(i) {
			t.Fatalf("answer %d: %q, %v", i, got.ID, err)
		}
	}
	ask.Close()
	if got := <-code; got != done {
		t.Errorf("exit code %d", got)
	}
}

func TestInterruptEndsAWaitForInput(t *testing.T) {
	for _, args := range [][]string{{"ask", "--jsonl"}, {"ask", "-"}} {
		env, _, stderr := world(t, "")
		never, hold := io.Pipe()
		env.Stdin = never
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if code := Run(ctx, args, env); code != failed || stderr.String() != "enlace: interrupted\n" {
			t.Errorf("%v: exit code %d, stderr %q", args, code, stderr)
		}
		hold.Close()
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

func TestClosedOutputIsQuietAndOtherErrorsAreTold(t *testing.T) {
	for _, tc := range []struct {
		err  error
		want string
	}{
		{&os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.EPIPE}, ""},
		{io.ErrClosedPipe, ""},
		{syscall.ENOSPC, "no space left on device"},
	} {
		for _, args := range [][]string{{"ask", "--jsonl"}, {"ask", "How high is the lighthouse?"}, {"facts", "schema"}, {"config", "--json"}, {"--help"}} {
			env, _, stderr := world(t, "How high is the lighthouse?\n")
			env.Stdout = brokenWriter{tc.err}
			code := Run(t.Context(), args, env)
			if code != failed || !strings.Contains(stderr.String(), tc.want) || (tc.want == "") != (stderr.Len() == 0) {
				t.Errorf("%v, %v: exit code %d, stderr %q", tc.err, args, code, stderr)
			}
		}
	}
}

func TestAskWithoutAQuestionOnATerminalIsMisuse(t *testing.T) {
	env, stdout, stderr := world(t, "")
	env.StdinTerminal = true
	if code := Run(t.Context(), []string{"ask"}, env); code != misused || stdout.Len() > 0 || !strings.Contains(stderr.String(), "ask what?") {
		t.Errorf("exit code %d, stderr %q", code, stderr)
	}
}

func TestReadErrorsAreTold(t *testing.T) {
	for _, args := range [][]string{{"ask", "--jsonl"}, {"ask", "-"}} {
		env, _, stderr := world(t, "")
		env.Stdin = io.MultiReader(strings.NewReader("who\n"), errReader{})
		if code := Run(t.Context(), args, env); code != failed || !strings.Contains(stderr.String(), "tape torn") {
			t.Errorf("%v: exit code %d, stderr %q", args, code, stderr)
		}
	}
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, errors.New("tape torn") }

func TestEvalShowsProgressOnATerminalOnly(t *testing.T) {
	suite := filepath.Join(t.TempDir(), "suite.yaml")
	text := "half: open\nquestions:\n  - {id: o-en-001, lang: en, q: \"How high is the lighthouse?\", kind: how_many, outcome: answered, facts: [lighthouse-height]}\n"
	if err := os.WriteFile(suite, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, terminal := range []bool{true, false} {
		env, _, stderr := world(t, "")
		env.StderrTerminal = terminal
		mustRun(t, env, "eval", "--suite", suite)
		if got := strings.Contains(stderr.String(), "questions"); got != terminal {
			t.Errorf("terminal %v: stderr %q", terminal, stderr)
		}
	}
}

func TestEveryStatusHasAWordAndAColour(t *testing.T) {
	for _, s := range knowledge.Statuses {
		if statusWords[s].EN == "" || statusWords[s].ES == "" || statusColors[s] == "" {
			t.Errorf("status %s", s)
		}
	}
}

func TestEveryCommandExplainsItself(t *testing.T) {
	env, _, _ := world(t, "")
	a := &app{Env: env}
	noFlags := []string{"help", "schema", "facts", "state", "node"}
	for _, c := range slices.Concat(a.root().Commands(), a.factsCommand().Commands(), a.stateCommand().Commands()) {
		if c.Short == "" || !c.HasAvailableFlags() && !slices.Contains(noFlags, c.Name()) || c.Args == nil && c.Name() != "help" {
			t.Errorf("%s: no explanation, flags or rule for arguments", c.CommandPath())
		}
	}
}

func TestFactPlacesNameTheDirectoryAsSeenFromHere(t *testing.T) {
	here := t.TempDir()
	a := &app{Env: Env{Dir: here}}
	for dir, want := range map[string]string{filepath.Join(here, "my", "facts"): "my/facts", "my": "my", "/elsewhere": "/elsewhere"} {
		if got := a.at(dir).name; got != want {
			t.Errorf("%s is named %q, want %q", dir, got, want)
		}
	}
	if _, err := (place{fs: fstest.MapFS{"a.yaml": {Data: []byte("facts: 1\n")}}, name: "my"}).load(); err == nil || !strings.Contains(err.Error(), "my/a.yaml:1:") {
		t.Errorf("error %v", err)
	}
}

func TestParseQuestion(t *testing.T) {
	for line, want := range map[string]string{
		`{"id":1e2,"question":"q","lang":"es","history":[{"question":"a","answer":"b"}]}`: `{1e2 q es [{a b []}]}`,
		`{"id":null,"question":"","lang":"auto"}`:                                         `{   []}`,
		"\ufeff \"q\" \r":          `{ q  []}`,
		`who's "that"?`:            `{ who's "that"?  []}`,
		`{"id":{},"question":"q"}`: "id is neither a text nor a number",
		`{"question":1}`:           "question cannot be number",
		`"q`:                       "not valid JSON: unexpected end of JSON input",
		`null`:                     "not a question (write a text or an object with a question)",
	} {
		q, _, err := parseQuestion([]byte(line))
		got := fmt.Sprint(q)
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
}

func FuzzParseQuestion(f *testing.F) {
	for _, seed := range []string{"", "who", `"who"`, `{"question":"who","id":7}`, `{"id":`, "[", "12", "{\"history\":[{}]}", "\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		q, id, err := parseQuestion(line)
		if err != nil && q.Text != "" || id != nil && err == nil && q.ID != *id {
			t.Errorf("%q: %+v, %v", line, q, err)
		}
	})
}
