package llm

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 23, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		header, value string
		want          time.Duration
	}{
		{"Retry-After", "2", 2 * time.Second}, {"Retry-After", "0.5", 500 * time.Millisecond}, {"Retry-After", "-3", 0}, {"Retry-After", "soon", 0},
		{"Retry-After", "1e300", maxRetryAfter}, {"Retry-After", "NaN", 0}, {"Retry-After", "Inf", maxRetryAfter}, {"Retry-After", "", 0},
		{"Retry-After", "Mon, 23 Mar 2026 12:00:30 GMT", 30 * time.Second}, {"Retry-After", "Mon, 23 Mar 2026 11:00:00 GMT", 0},
		{"Retry-After-Ms", "1500", 1500 * time.Millisecond}, {"Retry-After-Ms", "1e300", maxRetryAfter},
	} {
		h := http.Header{}
		h.Set(c.header, c.value)
		if got := retryAfter(h, now); got != c.want {
			t.Errorf("%s: %s is %v, want %v", c.header, c.value, got, c.want)
		}
	}
}

func TestBodiesBeginAtTheJSON(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":1}`: `{"a":1}`, "\ufeff{}": "{}", "\n\n: one\n: two {}\n\n{}\n: three\n": "{}\n: three\n", ": only a comment": "", "": "", " \r\n\t{}": "{}",
		"<html>: x": "<html>: x",
	} {
		for name, r := range map[string]io.Reader{"whole": strings.NewReader(in), "halves": iotest.HalfReader(strings.NewReader(in)), "data and end": iotest.DataErrReader(strings.NewReader(in))} {
			got, err := io.ReadAll(&body{from: io.NopCloser(r), left: 100, ex: new(exchange)})
			if err != nil || string(got) != want {
				t.Errorf("%s of %q gave %q, %v, want %q", name, in, got, err, want)
			}
		}
	}
}

func TestBodiesAreBounded(t *testing.T) {
	ex := new(exchange)
	got, err := io.ReadAll(&body{from: io.NopCloser(strings.NewReader(strings.Repeat("a", 200))), left: 100, ex: ex})
	if len(got) != 100 || err != errLong || ex.readErr != errLong {
		t.Errorf("%d bytes, %v, %v", len(got), err, ex.readErr)
	}
}
