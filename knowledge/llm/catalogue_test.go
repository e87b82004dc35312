package llm

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"enlace/knowledge/draft"
	"enlace/knowledge/llm/llmtest"
)

// Entries 92 to 100 of the fault and attack catalogue, one test each.

func TestCatalogueD92ConnectionRefused(t *testing.T) {
	dials := 0
	refuse := func(context.Context, string, string) (net.Conn, error) {
		dials++
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
	}
	talk(t, script("honest"), Options{Dial: refuse}, func(t *testing.T, c *Client, log *logs) {
		for range 5 {
			start := time.Now()
			if f := fails(t, c, draft.Unavailable); f.Local || f.Status != 0 {
				t.Errorf("the failure is %+v", f)
			}
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("gave up after %v, want 5 s at most", d)
			}
		}
		if want := 5 * 3; dials != want {
			t.Errorf("%d connections tried, want %d", dials, want)
		}
		before := dials
		if f := fails(t, c, draft.Unavailable); !f.Local || f.RetryAfter <= 0 || dials != before {
			t.Errorf("the breaker is not open: %+v, %d connections", f, dials-before)
		}
		if s := c.State(); s.Kind != draft.Unavailable || s.Disabled() || s.For != openFor {
			t.Errorf("the state is %+v", s)
		}
		if strings.Count(log.String(), "model paused") != 1 {
			t.Errorf("the breaker is to be logged once: %s", log)
		}
	})
}

func TestCatalogueD92NameDoesNotResolve(t *testing.T) {
	unknown := func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "model.test", IsNotFound: true}}
	}
	talk(t, script("honest"), Options{Dial: unknown}, func(t *testing.T, c *Client, _ *logs) {
		start := time.Now()
		fails(t, c, draft.Unavailable)
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("gave up after %v", d)
		}
	})
}

func TestCatalogueD92TLSError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dial, stop := llmtest.Serve(script("honest")) // speaks no TLS
		defer stop()
		c, err := New("https://model.test/v1", "scripted", Options{Dial: dial})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		start := time.Now()
		fails(t, c, draft.Unavailable)
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("gave up after %v", d)
		}
	})
}

func TestCatalogueD92HangUp(t *testing.T) {
	server := script("hang-up", "hang-up", "honest")
	talk(t, server, Options{}, func(t *testing.T, c *Client, _ *logs) {
		succeeds(t, c)
		if server.Served() != 3 {
			t.Errorf("%d requests, want 3", server.Served())
		}
	})
}

func TestCatalogueD92BreakerTriesAgainAndCloses(t *testing.T) {
	down := true
	var server http.Handler = script("honest")
	flaky := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down {
			panic(http.ErrAbortHandler)
		}
		server.ServeHTTP(w, r)
	})
	talk(t, flaky, Options{}, func(t *testing.T, c *Client, log *logs) {
		for range opensAfter {
			fails(t, c, draft.Unavailable)
		}
		time.Sleep(openFor)
		if f := fails(t, c, draft.Unavailable); f.Local {
			t.Error("no trial after the pause")
		}
		if s := c.State(); s.For != 2*openFor {
			t.Errorf("a failed trial pauses for %v, want twice as long", s.For)
		}
		down = false
		time.Sleep(2 * openFor)
		succeeds(t, c)
		succeeds(t, c)
		if s := c.State(); s.Kind != "" || s.Failures != 0 {
			t.Errorf("the state is %+v", s)
		}
		if !strings.Contains(log.String(), "in service again") {
			t.Error("the recovery is not logged")
		}
	})
}

func TestCatalogueD92CallsThatFailTogetherShutTheGateOnce(t *testing.T) {
	talk(t, script("stall"), Options{MaxConcurrent: 20}, func(t *testing.T, c *Client, log *logs) {
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() { fails(t, c, draft.Timeout) })
		}
		wg.Wait()
		if s := c.State(); s.For != openFor || strings.Count(log.String(), "model paused") != 1 {
			t.Errorf("the state is %+v", s)
		}
	})
}

// TestCatalogueD93Stalls holds every stall to its deadline: 10 s until the endpoint begins to answer, 30 s for the whole.
func TestCatalogueD93Stalls(t *testing.T) {
	for name, want := range map[string]time.Duration{"stall": DefaultFirstTokenTimeout, "stall-body": DefaultTimeout, "trickle": DefaultTimeout} {
		t.Run(name, func(t *testing.T) {
			ended := make(chan struct{})
			server := script(name)
			watched := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				defer func() { ended <- struct{}{} }()
				server.ServeHTTP(w, r)
			})
			talk(t, watched, Options{}, func(t *testing.T, c *Client, _ *logs) {
				ended = make(chan struct{}, 1)
				start := time.Now()
				fails(t, c, draft.Timeout)
				if d := time.Since(start); d != want {
					t.Errorf("gave up after %v, want %v", d, want)
				}
				<-ended // the connection was closed, or the server would still be at it
				if server.Served() != 1 {
					t.Errorf("%d requests, want 1: a late answer is not asked for again", server.Served())
				}
			})
		})
	}
}

func TestCatalogueD94IncompleteReplies(t *testing.T) {
	for name, want := range map[string]draft.Kind{
		"cut": draft.Unavailable, "finish-length": draft.Truncated, "finish-content-filter": draft.Filtered, "finish-tool-calls": draft.BadReply,
		"finish-function-call": draft.BadReply, "finish-null": draft.BadReply, "tool-calls": draft.BadReply,
	} {
		once(t, name, want)
	}
}

// once wants one request, and a failure of the kind.
func once(t *testing.T, name string, want draft.Kind) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		server := script(name)
		talk(t, server, Options{}, func(t *testing.T, c *Client, _ *logs) {
			fails(t, c, want)
			if server.Served() != 1 {
				t.Errorf("%d requests, want 1", server.Served())
			}
			if c.Stats().Failures[want] != 1 {
				t.Errorf("the failure is not counted: %+v", c.Stats())
			}
		})
	})
}

func TestCatalogueD95BadReplies(t *testing.T) {
	for name, want := range map[string]draft.Kind{
		"html": draft.BadReply, "empty": draft.BadReply, "no-choices": draft.BadReply, "error-object": draft.BadReply, "broken-envelope": draft.BadReply,
		"content-null": draft.BadReply, "content-empty": draft.BadReply, "refusal": draft.Filtered, "bad-json": draft.BadReply, "prose": draft.BadReply,
		"wrong-schema": draft.BadReply, "wrong-types": draft.BadReply, "null-sentences": draft.BadReply, "array": draft.BadReply,
		"duplicate-keys": draft.BadReply, "duplicate-inner-keys": draft.BadReply, "two-objects": draft.BadReply,
		"too-many-sentences": draft.BadReply, "braces": draft.BadReply,
	} {
		once(t, name, want)
	}
}

func TestCatalogueD95LongBodiesTakeBoundedMemory(t *testing.T) {
	for name, want := range map[string]draft.Kind{"huge": draft.BadReply, "endless-line": draft.BadReply, "500-endless": draft.Unavailable} {
		t.Run(name, func(t *testing.T) {
			talk(t, script(name), Options{}, func(t *testing.T, c *Client, _ *logs) {
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				fails(t, c, want)
				runtime.ReadMemStats(&after)
				if grown := after.TotalAlloc - before.TotalAlloc; grown > 32<<20 {
					t.Errorf("%d MiB allocated", grown>>20)
				}
			})
		})
	}
}

func TestCatalogueD96OnlyRateLimitsAreRetried(t *testing.T) {
	for _, c := range []struct {
		name     string
		want     draft.Kind
		requests int
		disabled bool
	}{
		{"429-retry-2", draft.RateLimited, 3, false},
		{"429", draft.RateLimited, 3, false},
		{"429-retry-3600", draft.RateLimited, 1, false},
		{"quota", draft.Quota, 1, true},
		{"402", draft.Quota, 1, true},
		{"401", draft.Unauthorized, 1, true},
		{"403", draft.Unauthorized, 1, true},
		{"404-model", draft.NotFound, 1, true},
		{"redirect", draft.NotFound, 1, true},
		{"400-context", draft.TooLarge, 1, false},
		{"400-filter", draft.Filtered, 1, false},
		{"400", draft.Rejected, 3, true}, // once for each format: it may be that which the endpoint minds
	} {
		t.Run(c.name, func(t *testing.T) {
			server := script(c.name)
			talk(t, server, Options{}, func(t *testing.T, client *Client, log *logs) {
				f := fails(t, client, c.want)
				if server.Served() != c.requests || f.Status == 0 || f.Local {
					t.Errorf("%d requests, want %d; %+v", server.Served(), c.requests, f)
				}
				if s := client.State(); s.Disabled() != c.disabled {
					t.Errorf("the state is %+v", s)
				}
				if alert := strings.Contains(log.String(), `"level":"ERROR"`); alert != (c.disabled || c.want == draft.TooLarge) {
					t.Errorf("alert: %v\n%s", alert, log)
				}
			})
		})
	}
}

func TestCatalogueD96RejectedIsNotTriedInOtherFormsOnceOneWorked(t *testing.T) {
	server := script("honest", "400")
	talk(t, server, Options{}, func(t *testing.T, c *Client, _ *logs) {
		succeeds(t, c)
		fails(t, c, draft.Rejected)
		if server.Served() != 2 {
			t.Errorf("%d requests, want 2", server.Served())
		}
	})
}

func TestCatalogueD96RetryAfterIsKept(t *testing.T) {
	server := script("429-retry-2", "429-retry-2", "honest")
	talk(t, server, Options{}, func(t *testing.T, c *Client, _ *logs) {
		start := time.Now()
		succeeds(t, c)
		if d := time.Since(start); d < 4*time.Second || d > 6*time.Second {
			t.Errorf("two waits of 2 s and up to half as much again took %v", d)
		}
	})
}

func TestCatalogueD96NoRetryBeyondTheDeadline(t *testing.T) {
	server := script("429-retry-2")
	talk(t, server, Options{Timeout: 1500 * time.Millisecond}, func(t *testing.T, c *Client, _ *logs) {
		start := time.Now()
		f := fails(t, c, draft.RateLimited)
		if time.Since(start) != 0 || server.Served() != 1 || f.RetryAfter != 2*time.Second {
			t.Errorf("%d requests in %v, retry after %v", server.Served(), time.Since(start), f.RetryAfter)
		}
	})
}

func TestCatalogueD96AWaitOfTenSecondsIsNotWorthAPlace(t *testing.T) {
	asks := llmtest.Func("retry-10", func(w http.ResponseWriter, _ *http.Request, _ llmtest.Request) {
		w.Header().Set("Retry-After", "10")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	server := llmtest.New(asks, llmtest.Named("honest"))
	talk(t, server, Options{}, func(t *testing.T, c *Client, _ *logs) {
		start := time.Now()
		if f := fails(t, c, draft.RateLimited); f.RetryAfter != 10*time.Second || time.Since(start) != 0 || server.Served() != 1 {
			t.Errorf("%+v after %v and %d requests", f, time.Since(start), server.Served())
		}
		time.Sleep(10 * time.Second)
		succeeds(t, c)
	})
}

func TestCatalogueD96ALongRetryAfterPausesTheModel(t *testing.T) {
	server := script("429-retry-3600", "honest")
	talk(t, server, Options{}, func(t *testing.T, c *Client, _ *logs) {
		fails(t, c, draft.RateLimited)
		if f := fails(t, c, draft.RateLimited); !f.Local || f.RetryAfter != pauseAtMost {
			t.Errorf("the second call got %+v", f)
		}
		time.Sleep(pauseAtMost)
		succeeds(t, c)
	})
}

func TestCatalogueD96DisabledModelsAreTriedAgainSlowly(t *testing.T) {
	server := script("401", "401", "honest")
	talk(t, server, Options{}, func(t *testing.T, c *Client, log *logs) {
		fails(t, c, draft.Unauthorized)
		for range 100 {
			if f := fails(t, c, draft.Unauthorized); !f.Local {
				t.Fatal("the endpoint is asked while it is disabled")
			}
		}
		time.Sleep(10*time.Minute - time.Nanosecond)
		if f := fails(t, c, draft.Unauthorized); !f.Local {
			t.Error("the endpoint is asked again before ten minutes are over")
		}
		time.Sleep(time.Nanosecond)
		if f := fails(t, c, draft.Unauthorized); f.Local {
			t.Error("no trial after ten minutes")
		}
		time.Sleep(10 * time.Minute)
		succeeds(t, c)
		if n := strings.Count(log.String(), "model disabled"); server.Served() != 3 || n != 1 {
			t.Errorf("%d requests and %d alerts, want 3 and 1", server.Served(), n)
		}
	})
}

func TestCatalogueD96TooLongPromptsDoNotStopShorterOnes(t *testing.T) {
	server := script("400-context", "honest")
	talk(t, server, Options{}, func(t *testing.T, c *Client, _ *logs) {
		long := request()
		long.Question = strings.Repeat("bridge ", 100)
		if _, err := c.Draft(t.Context(), long); draft.KindOf(err) != draft.TooLarge {
			t.Fatal(err)
		}
		if _, err := c.Draft(t.Context(), long); draft.KindOf(err) != draft.TooLarge || server.Served() != 1 {
			t.Errorf("the same prompt was sent again: %v", err)
		}
		succeeds(t, c)
		time.Sleep(disabledFor)
		if _, err := c.Draft(t.Context(), long); err != nil {
			t.Errorf("the long prompt is not tried again: %v", err)
		}
	})
}

func TestCatalogueD97KeepAliveCommentsAreNoError(t *testing.T) {
	talk(t, script("keep-alive"), Options{}, func(t *testing.T, c *Client, _ *logs) { succeeds(t, c) })
}

func TestCatalogueD97ServerErrorsAreRetriedTwice(t *testing.T) {
	for _, name := range []string{"500", "502", "503", "503-retry-1", "408", "500-html"} {
		t.Run(name, func(t *testing.T) {
			server := script(name, name, "honest", name)
			talk(t, server, Options{}, func(t *testing.T, c *Client, _ *logs) {
				succeeds(t, c)
				fails(t, c, draft.Unavailable)
				if server.Served() != 6 {
					t.Errorf("%d requests, want 3 and 3", server.Served())
				}
			})
		})
	}
}

func TestCatalogueD98SamePromptDifferentAnswers(t *testing.T) {
	server := script("honest", "lie-day", "nothing")
	talk(t, server, Options{}, func(t *testing.T, c *Client, log *logs) {
		hashes, texts := map[string]bool{}, map[string]bool{}
		for range 3 {
			d, err := c.Draft(t.Context(), request())
			if err != nil {
				t.Fatal(err)
			}
			hashes[d.PromptHash] = true
			for _, s := range d.Sentences {
				texts[s.Text] = true
			}
		}
		if len(hashes) != 1 || len(texts) != 2 {
			t.Errorf("%d prompts gave %v", len(hashes), texts)
		}
		for hash := range hashes {
			if strings.Count(log.String(), hash) != 3 {
				t.Errorf("the log does not name the prompt of each call")
			}
		}
	})
}

func TestCatalogueD99OneTolerantRule(t *testing.T) {
	for _, name := range []string{"code-fence", "trailing-prose", "leading-prose", "bom", "thinking"} {
		t.Run(name, func(t *testing.T) {
			talk(t, script(name), Options{}, func(t *testing.T, c *Client, _ *logs) { succeeds(t, c) })
		})
	}
	once(t, "comments", draft.BadReply)
}

func TestCatalogueD99UsageMissingIsEstimated(t *testing.T) {
	talk(t, script("usage-missing"), Options{}, func(t *testing.T, c *Client, _ *logs) {
		if d := succeeds(t, c); !d.Usage.Estimated || d.Usage.PromptTokens < 500 || d.Usage.CompletionTokens < 10 {
			t.Errorf("the estimate is %+v", d.Usage)
		}
	})
}

// TestCatalogueD99FormatsAreFoundOutOnce wants the refused forms tried in the first call only, and again after a day.
func TestCatalogueD99FormatsAreFoundOutOnce(t *testing.T) {
	for name, want := range map[string]struct {
		format   Format
		requests int // of the first call
	}{
		"honest": {JSONSchema, 1}, "no-schema": {JSONMode, 2}, "no-json-mode": {Text, 3}, "no-format-vague": {Text, 3},
		"no-temperature": {JSONSchema, 2}, "no-max-tokens": {JSONSchema, 2}, "no-system": {JSONSchema, 2},
	} {
		t.Run(name, func(t *testing.T) {
			server := script(name)
			talk(t, server, Options{}, func(t *testing.T, c *Client, _ *logs) {
				succeeds(t, c)
				if server.Served() != want.requests || c.Format() != want.format {
					t.Errorf("%d requests to find %s, want %d for %s", server.Served(), c.Format(), want.requests, want.format)
				}
				succeeds(t, c)
				if server.Served() != want.requests+1 {
					t.Errorf("the second call sent %d requests", server.Served()-want.requests)
				}
				time.Sleep(rememberFor)
				succeeds(t, c)
				if server.Served() != 2*want.requests+1 {
					t.Errorf("a day later the call sent %d requests", server.Served()-want.requests-1)
				}
			})
		})
	}
}

func TestCatalogueD100JudgesHaveADefinedOutcome(t *testing.T) {
	for name, want := range map[string]struct {
		verdict Verdict
		kind    draft.Kind
	}{
		"honest": {Upheld, ""}, "judge-no": {Vetoed, ""}, "judge-maybe": {NotVetted, ""}, "judge-contradicts": {NotVetted, draft.BadReply},
		"stall": {NotVetted, draft.Timeout}, "prose": {NotVetted, draft.BadReply}, "500": {NotVetted, draft.Unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			server := script(name)
			talk(t, server, Options{}, func(t *testing.T, c *Client, _ *logs) {
				got, err := c.Judge(t.Context(), "It was opened in 1911.", opened)
				if got != want.verdict || draft.KindOf(err) != want.kind {
					t.Errorf("got %s, %v", got, err)
				}
				if c.Stats().Verdicts[want.verdict] != 1 {
					t.Errorf("the verdict is not counted: %+v", c.Stats())
				}
				if q := server.Requests()[0]; q.Task != "judge" || q.Judged != opened || q.Sentence != "It was opened in 1911." {
					t.Errorf("the server read %+v", q)
				}
			})
		})
	}
}

// TestMemoryIsFlatOverFaults asks through all faults in turn, many times, and wants the heap where it was.
func TestMemoryIsFlatOverFaults(t *testing.T) {
	rounds := 6
	if testing.Short() {
		rounds = 2
	}
	var behaviours []llmtest.Behaviour
	for _, k := range []llmtest.Kind{llmtest.Fault, llmtest.Odd, llmtest.Good, llmtest.Lie, llmtest.Puppet} {
		for _, b := range llmtest.Of(k) {
			if b.Name != "endless-line" && b.Name != "500-endless" && b.Name != "huge" && b.Name != "trickle" { // the long ones have a test
				behaviours = append(behaviours, b)
			}
		}
	}
	server := llmtest.New(behaviours...).Cycle()
	talk(t, server, Options{Log: slog.New(slog.DiscardHandler)}, func(t *testing.T, c *Client, _ *logs) {
		round := func() {
			for range 2 * len(behaviours) {
				_, _ = c.Draft(t.Context(), request()) // whatever comes
				time.Sleep(20 * time.Minute)           // past every pause
			}
		}
		round()
		synctest.Wait()
		before, goroutines := heap(), runtime.NumGoroutine()
		for range rounds {
			round()
		}
		synctest.Wait()
		if after := heap(); after > before+before/20+2<<20 {
			t.Errorf("the heap grew from %d to %d KiB", before>>10, after>>10)
		}
		if n := runtime.NumGoroutine(); n > goroutines+2 {
			t.Errorf("%d goroutines, before %d", n, goroutines)
		}
		if n := c.Stats().Calls; n < int64(2*rounds*len(behaviours)) {
			t.Errorf("only %d calls", n)
		}
	})
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
