package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/lipgloss"

	"enlace/bot/discordtest"
	"enlace/bot/doctor"
	"enlace/knowledge/llm/llmtest"
)

// patient is an Env whose settings name a local Discord and a scripted model, with everything in order.
func patient(t *testing.T, d *discordtest.Discord) (Env, *bytes.Buffer, *bytes.Buffer) {
	t.Helper()
	model := httptest.NewServer(llmtest.New())
	t.Cleanup(model.Close)
	env, stdout, stderr := world(t, "")
	state := filepath.Join(env.Dir, "state")
	if err := os.Mkdir(state, 0o700); err != nil {
		t.Fatal(err)
	}
	g := d.Guild("Library")
	env.Now = time.Now
	env.Environ = []string{
		"HOME=" + env.Dir, "TERM=xterm", "DISCORD_TOKEN=" + d.Token(), "ENLACE_DISCORD_API_BASE=" + d.URL(), "ENLACE_DISCORD_CHANNELS_ALLOW=" + g.Channel("general").ID,
		"OPENAI_API_KEY=sk-0123456789abcdef", "OPENAI_BASE_URL=" + model.URL + "/v1", "ENLACE_MODEL_NAME=scripted", "ENLACE_STATE_DIR=" + state, "ENLACE_HTTP_LISTEN=",
	}
	return env, stdout, stderr
}

// The bot registers its commands, and the doctor then finds nothing to say.
func TestDoctorPassesWhatServeHasSetUp(t *testing.T) {
	d := discordtest.New(t)
	env, stdout, stderr := patient(t, d)
	ctx, stop := context.WithCancel(t.Context())
	serving, code := env, make(chan int, 1)
	serving.Stdout, serving.Stderr = &syncBuffer{}, &syncBuffer{}
	go func() { code <- Run(ctx, []string{"serve"}, serving) }()
	d.Gateway().WaitReady(1)
	d.WaitCommand("ask")
	got := Run(t.Context(), []string{"doctor"}, env)
	stop()
	<-code
	if got != done || stderr.Len() > 0 || strings.Contains(stdout.String(), d.Token()) {
		t.Errorf("exit code %d, stderr %s", got, stderr)
	}
	for line := range strings.Lines(stdout.String()) {
		if name, _, _ := strings.Cut(line, " "); name == "warn" || name == "fail" || name == "skip" {
			t.Errorf("%s", line)
		}
	}
	if want := regexp.MustCompile(`(?m)^pass  commands +\d+ registered for all servers, as they should be$`); !want.MatchString(stdout.String()) {
		t.Errorf("no %s in\n%s", want, stdout)
	}
}

func TestDoctorTableIsAlignedAndColouredOnATerminal(t *testing.T) {
	d := discordtest.New(t)
	for name, tc := range map[string]struct {
		terminal bool
		environ  string
		coloured bool
		width    int
	}{
		"terminal": {true, "", true, 100}, "NO_COLOR": {true, "NO_COLOR=1", false, 100}, "narrow": {true, "", true, 50}, "pipe": {false, "", false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			env, stdout, stderr := patient(t, d)
			env.StdoutTerminal, env.Width = tc.terminal, tc.width
			env.Environ = append(env.Environ, tc.environ, "ENLACE_DISCORD_CHANNELS_AUTO_ANSWER="+d.Guild("Library").Channel("general").ID)
			if code := Run(t.Context(), []string{"doctor"}, env); code != failed || !strings.Contains(stderr.String(), "1 of ") {
				t.Errorf("exit code %d, stderr %s", code, stderr)
			}
			text := stdout.String()
			if got := strings.Contains(text, "\x1b["); got != tc.coloured {
				t.Errorf("coloured = %v", got)
			}
			if !strings.Contains(strings.Join(strings.Fields(regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(text, "")), " "), "→ switch on Message Content Intent") {
				t.Errorf("no remedy in\n%s", text)
			}
			rows := 0
			for line := range strings.Lines(text) {
				line = strings.TrimSuffix(line, "\n")
				if w := lipgloss.Width(line); tc.width > 0 && w > tc.width && !strings.Contains(line, "/") {
					t.Errorf("%d columns: %s", w, line)
				}
				if !tc.terminal && regexp.MustCompile(`^(pass|warn|fail|skip)  .{26}  \S`).MatchString(line) {
					rows++
				}
			}
			if !tc.terminal && rows != strings.Count(text, "\n")-2 {
				t.Errorf("%d rows are aligned:\n%s", rows, text)
			}
		})
	}
}

func TestDoctorReportsAsJSON(t *testing.T) {
	d := discordtest.New(t)
	env, stdout, _ := patient(t, d)
	env.Environ = append(env.Environ, "DISCORD_TOKEN="+d.Token()+"x", "ENLACE_LOG_LEVLE=debug")
	for _, tc := range []struct {
		environ []string
		name    string
		remedy  string
	}{
		{env.Environ, "configuration", "did you mean ENLACE_LOG_LEVEL?"},
		{env.Environ[:len(env.Environ)-1], "discord token", "Reset Token"},
	} {
		stdout.Reset()
		env.Environ = tc.environ
		if code := Run(t.Context(), []string{"doctor", "--json", "--no-model"}, env); code != failed {
			t.Errorf("exit code %d", code)
		}
		var got doctor.Report
		if err := json.Unmarshal(stdout.Bytes(), &got); err != nil || got.OK || strings.Contains(stdout.String(), d.Token()) {
			t.Fatalf("%v: %s", err, stdout)
		}
		found := false
		for _, c := range got.Checks {
			found = found || c.Name == tc.name && c.Status == doctor.Fail && strings.Contains(c.Remedy, tc.remedy)
		}
		if !found {
			t.Errorf("%s is not in\n%s", tc.name, stdout)
		}
		if !strings.HasPrefix(stdout.String(), "{\n  \"ok\": false,\n  \"checks\": [\n    {\n      \"name\": \"configuration\",\n      \"status\": ") {
			t.Errorf("another shape:\n%s", stdout)
		}
	}
}

func TestDoctorTextOfOthersIsHarmless(t *testing.T) {
	d := discordtest.New(t)
	env, stdout, _ := patient(t, d)
	lib := d.Guild(hostile)
	env.Environ = append(env.Environ, "ENLACE_DISCORD_CHANNELS_ALLOW="+lib.Channel(hostile).ID)
	for _, args := range [][]string{{"doctor"}, {"doctor", "--json"}} {
		Run(t.Context(), args, env)
	}
	if bad := harmful(stdout.String()); bad != "" || !strings.Contains(stdout.String(), "pwned") {
		t.Errorf("the report leaves %s in %q", bad, stdout.String())
	}
}

func TestDoctorRefusesOddTimes(t *testing.T) {
	for _, odd := range []string{"0s", "1h", "soon"} {
		env, _, stderr := world(t, "")
		if code := Run(t.Context(), []string{"doctor", "--timeout", odd}, env); code != misused || !strings.Contains(stderr.String(), "--timeout") {
			t.Errorf("%s: exit code %d, stderr %s", odd, code, stderr)
		}
	}
}
