package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// fresh is an Env in an empty directory, with the built-in facts.
func fresh(t *testing.T, stdin string) (env Env, stdout, stderr *bytes.Buffer) {
	t.Helper()
	env, stdout, stderr = world(t, stdin)
	env.Environ = []string{"HOME=" + t.TempDir(), "TERM=xterm"}
	return env, stdout, stderr
}

// again is the same place with new output.
func again(env Env) (Env, *bytes.Buffer) {
	out := new(bytes.Buffer)
	env.Stdin, env.Stdout, env.Stderr = strings.NewReader(""), out, new(bytes.Buffer)
	env.StdinTerminal, env.StderrTerminal = false, false
	return env, out
}

func content(t *testing.T, env Env, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(env.Dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// answers holds a directory that init wrote to its promise: no error, no warning, and an answer.
func answersFrom(t *testing.T, env Env, question, want string, flags ...string) {
	t.Helper()
	env, out := again(env)
	mustRun(t, env, append([]string{"facts", "lint"}, flags...)...)
	if !strings.HasPrefix(out.String(), "0 errors, 0 warnings in 1 facts") {
		t.Errorf("lint says %s", out)
	}
	env, out = again(env)
	mustRun(t, env, append([]string{"ask", question}, flags...)...)
	if !strings.HasPrefix(out.String(), want+" [1]\n") {
		t.Errorf("%s: %s", question, out)
	}
}

func TestInitAsksOnATerminalOnly(t *testing.T) {
	answers := "y\nmy facts\n\nThe harbour\nThe harbour is closed at night\nIs the harbour closed at night?\nHarbour office\nhttps://harbour.example/rules\n"
	for name, tc := range map[string]struct {
		in, err bool
		args    []string
		asks    bool
	}{
		"terminal":             {true, true, nil, true},
		"--yes":                {true, true, []string{"--yes"}, false},
		"input from a file":    {false, true, nil, false},
		"errors into a file":   {true, false, nil, false},
		"no terminal anywhere": {false, false, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			env, stdout, stderr := fresh(t, answers)
			env.StdinTerminal, env.StderrTerminal = tc.in, tc.err
			mustRun(t, env, append([]string{"init"}, tc.args...)...)
			if got := strings.Contains(stderr.String(), "[y/N]") || strings.Contains(stderr.String(), "(y/N): "); got != tc.asks {
				t.Errorf("asked = %v:\n%s", got, stderr)
			}
			if strings.Contains(stdout.String(), ": ") {
				t.Errorf("questions on stdout: %s", stdout)
			}
			if !tc.asks {
				if stdout.String() != "wrote enlace.yaml\n" {
					t.Errorf("stdout %s", stdout)
				}
				return
			}
			if want := "wrote my facts/the-harbour.yaml\nwrote my facts/facts.schema.json\nwrote enlace.yaml\n"; stdout.String() != want {
				t.Errorf("stdout %s", stdout)
			}
			for _, hint := range []string{"enlace facts lint\n", "enlace ask 'Is the harbour closed at night?'\n", "enlace doctor\n"} {
				if !strings.Contains(stderr.String(), hint) {
					t.Errorf("no hint %q in\n%s", hint, stderr)
				}
			}
			if text := content(t, env, "my facts/the-harbour.yaml"); !strings.Contains(text, `url: "https://harbour.example/rules"`) {
				t.Errorf("the file:\n%s", text)
			}
			answersFrom(t, env, "Is the harbour closed at night?", "The harbour is closed at night.")
		})
	}
}

func TestInitAsksAgainForWhatMakesNoFact(t *testing.T) {
	env, _, stderr := fresh(t, "s\n\nfr\nes\nEl puerto\nEl puerto cierra a las 22:00.\n¿A qué hora cierra el puerto?\nCapitanía\nno es una dirección\n\n\n\n\nhttps://puerto.example\n")
	env.StdinTerminal, env.StderrTerminal = true, true
	env.Environ = append(env.Environ, "LANG=es_EC.UTF-8")
	mustRun(t, env, "init")
	if !strings.Contains(stderr.String(), "Así no funciona todavía") || !strings.Contains(stderr.String(), "[El puerto cierra a las 22:00.]") || strings.Count(stderr.String(), "Idioma de los hechos") != 2 {
		t.Errorf("stderr %s", stderr)
	}
	if text := content(t, env, "facts/el-puerto.yaml"); !strings.Contains(text, "https://puerto.example") || !strings.Contains(text, "# cómo pregunta la gente") {
		t.Errorf("the file:\n%s", text)
	}
	answersFrom(t, env, "¿A qué hora cierra el puerto?", "El puerto cierra a las 22:00.")
}

func TestInitWritesNothingWhenTheAnswersEnd(t *testing.T) {
	for stdin, want := range map[string]string{"": "the answers ended", "y\nfacts\nen\nThe harbour\n": "the answers ended"} {
		env, stdout, stderr := fresh(t, stdin)
		env.StdinTerminal, env.StderrTerminal = true, true
		if code := Run(t.Context(), []string{"init"}, env); code != failed || !strings.Contains(stderr.String(), want) || stdout.Len() > 0 {
			t.Errorf("%q: exit code %d, stdout %s, stderr %s", stdin, code, stdout, stderr)
		}
		if left, err := os.ReadDir(env.Dir); err != nil || len(left) > 0 {
			t.Errorf("%v was written (%v)", left, err)
		}
	}
}

func TestInitEndsWithAnInterrupt(t *testing.T) {
	env, _, stderr := fresh(t, "")
	env.StdinTerminal, env.StderrTerminal = true, true
	never, hold := io.Pipe()
	defer hold.Close()
	env.Stdin = never
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if code := Run(ctx, []string{"init"}, env); code != failed || !strings.HasSuffix(stderr.String(), "enlace: interrupted\n") {
		t.Errorf("exit code %d, stderr %q", code, stderr)
	}
}

func TestInitSaysWhenTheFactDoesNotAnswerTheQuestion(t *testing.T) {
	env, _, stderr := fresh(t, "")
	mustRun(t, env, "init", "--topic", "The harbour", "--fact", "The harbour is closed at night.", "--question", "Who?")
	if !strings.Contains(stderr.String(), `does not answer "Who?"`) || strings.Contains(stderr.String(), "enlace ask 'Who") {
		t.Errorf("stderr %s", stderr)
	}
	try := regexp.MustCompile(`enlace ask '(.*)'`).FindStringSubmatch(stderr.String())
	if try == nil {
		t.Fatalf("no question to try in\n%s", stderr)
	}
	answersFrom(t, env, try[1], "The harbour is closed at night.")
}

func TestInitMakesAFactOfAnyWords(t *testing.T) {
	for name, tc := range map[string]struct {
		args           []string
		question, want string
	}{
		"the example":            {[]string{"--facts-dir", "facts"}, "When is the reading room open?", "The reading room is open from 9 a.m. to 5 p.m., Monday to Saturday."},
		"el ejemplo":             {[]string{"--facts-dir", "facts", "--lang", "es"}, "¿A qué hora abre la sala de lectura?", "La sala de lectura abre de 9:00 a 17:00, de lunes a sábado."},
		"a topic alone":          {[]string{"--topic", "The harbour"}, "What is known about The harbour?", "The harbour is the first topic of this fact base."},
		"un tema":                {[]string{"--topic", "El puerto", "--lang=es"}, "¿Qué se sabe sobre El puerto?", "El puerto es el primer tema de esta base de hechos."},
		"a fact alone":           {[]string{"--fact", "Ana keeps the lamp"}, "What is known about Reading room?", "Ana keeps the lamp."},
		"quotation marks":        {[]string{"--fact", `The lamp is called "Ana's \ light: #1".`, "--question", "What is the lamp called?"}, "What is the lamp called?", `The lamp is called "Ana's \ light: #1".`},
		"a topic without a slug": {[]string{"--topic", "…", "--fact", "The lamp is green."}, "What is known about …?", ""},
		"the source as topic":    {[]string{"--topic", "Harbour office", "--source", "Harbour Office", "--question", "what is the first topic"}, "what is the first topic", "Harbour office is the first topic of this fact base."},
	} {
		t.Run(name, func(t *testing.T) {
			env, _, _ := fresh(t, "")
			mustRun(t, env, append([]string{"init"}, tc.args...)...)
			if tc.want != "" {
				answersFrom(t, env, tc.question, tc.want)
			}
		})
	}
}

func TestInitNamesAnEarlierDirectoryAndLeavesIt(t *testing.T) {
	env, stdout, stderr := fresh(t, "y\nmine\n")
	env.StdinTerminal, env.StderrTerminal = true, true
	if err := os.CopyFS(filepath.Join(env.Dir, "mine"), os.DirFS("testdata/facts")); err != nil {
		t.Fatal(err)
	}
	mustRun(t, env, "init")
	if stdout.String() != "wrote enlace.yaml\n" || !strings.Contains(content(t, env, "enlace.yaml"), "\n  dir: \"mine\"\n") {
		t.Errorf("stdout %s", stdout)
	}
	stderr.Reset()
	if code := Run(t.Context(), []string{"init", "--force", "--yes", "--facts-dir", "mine", "--topic", "x"}, env); code != failed || !strings.Contains(stderr.String(), "mine holds facts already") {
		t.Errorf("exit code %d, stderr %s", code, stderr)
	}
	if left, err := os.ReadDir(filepath.Join(env.Dir, "mine")); err != nil || len(left) != 2 {
		t.Errorf("%v in the directory (%v)", left, err)
	}
}

func TestInitKeepsWhatWasThere(t *testing.T) {
	env, _, stderr := fresh(t, "")
	path := filepath.Join(env.Dir, "enlace.yaml")
	if err := os.WriteFile(path, []byte("language: es\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code := Run(t.Context(), []string{"init"}, env); code != failed || !strings.Contains(stderr.String(), "enlace.yaml is there already, and nothing was written (--force") {
		t.Errorf("exit code %d, stderr %s", code, stderr)
	}
	if content(t, env, "enlace.yaml") != "language: es\n" {
		t.Error("it was changed")
	}
	for _, kept := range []string{"enlace.yaml.bak", "enlace.yaml.bak2", "enlace.yaml.bak3"} {
		env, out := again(env)
		mustRun(t, env, "init", "--force")
		if out.String() != "kept  "+kept+"\nwrote enlace.yaml\n" {
			t.Errorf("stdout %s", out)
		}
	}
	if content(t, env, "enlace.yaml.bak") != "language: es\n" || !strings.HasPrefix(content(t, env, "enlace.yaml.bak2"), "# Settings of Enlace") {
		t.Error("the first one is not in .bak")
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestInitSaysWhatStandsInItsWay(t *testing.T) {
	for name, tc := range map[string]struct {
		args []string
		code int
		want string
	}{
		"a directory":       {[]string{"--config", "sub"}, failed, "sub is a directory"},
		"a file":            {[]string{"--facts-dir", "file"}, failed, "file is not a directory"},
		"a bad address":     {[]string{"--url", "harbour"}, misused, "the words do not make a fact:\nreading-room.yaml:"},
		"a bad language":    {[]string{"--lang", "fr"}, misused, `--lang is "fr" (write auto, en or es)`},
		"sixty-one words":   {[]string{"--fact", strings.Repeat("word ", 61)}, misused, "61 words"},
		"an argument":       {[]string{"here"}, misused, `unknown command "here"`},
		"an unknown folder": {[]string{"--config", "file/enlace.yaml"}, failed, "not a directory"},
	} {
		t.Run(name, func(t *testing.T) {
			env, stdout, stderr := fresh(t, "")
			if err := os.Mkdir(filepath.Join(env.Dir, "sub"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(env.Dir, "file"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
			if code := Run(t.Context(), append([]string{"init"}, tc.args...), env); code != tc.code || !strings.Contains(stderr.String(), tc.want) || stdout.Len() > 0 {
				t.Errorf("exit code %d, stdout %s, stderr %s", code, stdout, stderr)
			}
			if left, err := os.ReadDir(env.Dir); err != nil || len(left) != 2 {
				t.Errorf("%v is there (%v)", left, err)
			}
		})
	}
}

func TestSlugsAreIDs(t *testing.T) {
	for text, want := range map[string]string{"El Año 1/2": "el-ano-1-2", "日本": "x", "": "x", "--": "x", strings.Repeat("ab ", 30): "ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-a"} {
		if got := slug(text, "x"); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestShellQuote(t *testing.T) {
	for word, want := range map[string]string{"a-b.yaml": "a-b.yaml", "": "''", "who's $HOME": `'who'\''s $HOME'`} {
		if got := shellQuote(word); got != want {
			t.Errorf("%q: %s, want %s", word, got, want)
		}
	}
}
