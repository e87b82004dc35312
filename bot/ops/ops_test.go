package ops

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

var started = time.Unix(1_790_000_000, 0)

func get(t *testing.T, h http.Handler, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

func TestAddressesTellTheState(t *testing.T) {
	ok := false
	h := Handler(NewMetrics(Build{}, started), func() (bool, string) { return ok, "not connected to Discord" })
	if code, body := get(t, h, "/healthz"); code != 200 || body != "ok\n" {
		t.Errorf("healthz: %d %q", code, body)
	}
	if code, body := get(t, h, "/readyz"); code != 503 || body != "not connected to Discord\n" {
		t.Errorf("readyz: %d %q", code, body)
	}
	ok = true
	if code, _ := get(t, h, "/readyz"); code != 200 {
		t.Errorf("readyz: %d", code)
	}
	if code, _ := get(t, h, "/debug/pprof/"); code != 404 {
		t.Errorf("pprof: %d", code)
	}
}

var sample = regexp.MustCompile(`^[a-z_]+(\{[a-z]+="(?:[^"\\\n]|\\.)*"(,[a-z]+="(?:[^"\\\n]|\\.)*")*\})? (-?[0-9.e+-]+|\+Inf)$`)

func TestMetricsAreInPrometheusTextFormat(t *testing.T) {
	m := NewMetrics(Build{Version: `v"1\` + "\n", Commit: "abc", Go: "go1.26"}, started)
	m.Question("answered", "en", "model")
	m.Question("answered", "en", "model")
	m.Took("ack", 300*time.Millisecond)
	m.Refused("num")
	m.REST("/channels/{channel}/messages", 200, 20*time.Millisecond)
	m.Shard(0, "connecting")
	m.Shard(0, "ready")
	m.Base("sha256:1", started, time.Time{})
	m.Base("sha256:2", started, started)
	_, body := get(t, Handler(m, nil), "/metrics")
	for _, line := range strings.Split(strings.TrimSuffix(body, "\n"), "\n") {
		if !strings.HasPrefix(line, "# ") && !sample.MatchString(line) {
			t.Errorf("not a sample: %q", line)
		}
	}
	for _, want := range []string{
		`enlace_questions_total{outcome="answered",language="en",mode="model"} 2`,
		`enlace_answer_seconds_bucket{stage="ack",le="0.25"} 0`, `enlace_answer_seconds_bucket{stage="ack",le="0.5"} 1`,
		`enlace_answer_seconds_bucket{stage="ack",le="+Inf"} 1`, `enlace_answer_seconds_count{stage="ack"} 1`,
		`enlace_discord_requests_total{route="/channels/{channel}/messages",status="200"} 1`,
		`enlace_gateway_shard{shard="0",phase="ready"} 1`, `enlace_facts_info{version="sha256:2"} 1`, `enlace_panics_total 0`,
	} {
		if !strings.Contains(body, "\n"+want+"\n") {
			t.Errorf("missing: %s", want)
		}
	}
	if strings.Contains(body, "connecting") || strings.Contains(body, "sha256:1") {
		t.Error("what is over is still shown")
	}
}

func TestSeriesAreBounded(t *testing.T) {
	m := NewMetrics(Build{}, started)
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range maxSeries {
				m.Dropped(strings.Repeat("x", i) + string(rune('a'+w)))
			}
		})
	}
	wg.Wait()
	if n := len(m.dropped.series); n != maxSeries {
		t.Errorf("%d series", n)
	}
}

func TestCheckAsksTheServer(t *testing.T) {
	lg := slog.New(slog.NewTextHandler(io.Discard, nil))
	s, err := Listen("127.0.0.1:0", NewMetrics(Build{}, started), func() (bool, string) { return true, "" }, lg)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Serve() }()
	if err := Check(context.Background(), s.Address()); err != nil {
		t.Error(err)
	}
	if _, err := Listen(s.Address(), NewMetrics(Build{}, started), nil, lg); err == nil || !strings.Contains(err.Error(), "http.listen") {
		t.Errorf("a taken address: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	if Check(context.Background(), s.Address()) == nil {
		t.Error("a server that is gone is healthy")
	}
}
