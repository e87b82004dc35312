package llm

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"enlace/knowledge/draft"
	"enlace/knowledge/llm/llmtest"
)

// clock is a time that tests set.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func newClock() *clock { return &clock{t: time.Date(2026, 3, 23, 12, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// budgets runs f for every implementation; reopen gives the budget as a new process sees it.
func budgets(t *testing.T, limit int64, f func(t *testing.T, b Budget, c *clock)) {
	t.Run("memory", func(t *testing.T) {
		c := newClock()
		f(t, NewMemoryBudget(limit, c.now), c)
	})
	t.Run("file", func(t *testing.T) {
		c := newClock()
		b, err := OpenFileBudget(filepath.Join(t.TempDir(), "tokens.json"), limit, c.now)
		if err != nil {
			t.Fatal(err)
		}
		f(t, b, c)
	})
}

func reserve(t *testing.T, b Budget, tokens int64, want error) Reservation {
	t.Helper()
	r, err := b.Reserve(t.Context(), tokens)
	if !errors.Is(err, want) {
		t.Fatalf("reserving %d: %v, want %v", tokens, err, want)
	}
	return r
}

func settle(t *testing.T, b Budget, r Reservation, taken int64) {
	t.Helper()
	if err := b.Settle(t.Context(), r, taken); err != nil {
		t.Fatal(err)
	}
}

func spent(t *testing.T, b Budget, taken, reserved int64) {
	t.Helper()
	gotTaken, gotReserved, _, err := b.Spent(t.Context())
	if err != nil || gotTaken != taken || gotReserved != reserved {
		t.Errorf("taken %d, reserved %d (%v), want %d and %d", gotTaken, gotReserved, err, taken, reserved)
	}
}

func TestBudgetLetsTheLastCallThroughAlone(t *testing.T) {
	budgets(t, 1000, func(t *testing.T, b Budget, _ *clock) {
		first := reserve(t, b, 600, nil)
		reserve(t, b, 600, ErrReserved)
		second := reserve(t, b, 400, nil)
		settle(t, b, first, 300)
		settle(t, b, second, 300)
		last := reserve(t, b, 5000, nil) // 400 are left, and nothing is reserved
		reserve(t, b, 1, ErrReserved)
		settle(t, b, last, 5000)
		reserve(t, b, 1, ErrSpent)
		spent(t, b, 5600, 0)
	})
}

func TestBudgetBeginsAnewAtMidnightUTC(t *testing.T) {
	budgets(t, 100, func(t *testing.T, b Budget, c *clock) {
		settle(t, b, reserve(t, b, 100, nil), 100)
		c.add(11*time.Hour + 59*time.Minute)
		reserve(t, b, 1, ErrSpent)
		c.add(time.Minute)
		spent(t, b, 0, 0)
		late := reserve(t, b, 100, nil)
		c.add(-time.Hour) // a clock that goes back brings nothing back
		reserve(t, b, 1, ErrReserved)
		settle(t, b, late, 100)
		reserve(t, b, 1, ErrSpent)
		c.add(25 * time.Hour)
		yesterday := reserve(t, b, 60, nil)
		c.add(24 * time.Hour)
		settle(t, b, yesterday, 60) // counts for its own day
		spent(t, b, 0, 0)
	})
}

func TestBudgetOfAClockFarAheadDoesNotStopTheCountForGood(t *testing.T) {
	budgets(t, 100, func(t *testing.T, b Budget, c *clock) {
		c.add(365 * 24 * time.Hour)
		settle(t, b, reserve(t, b, 100, nil), 100)
		c.add(-365 * 24 * time.Hour)
		reserve(t, b, 100, nil)
	})
}

func TestBudgetWithoutALimitCounts(t *testing.T) {
	budgets(t, 0, func(t *testing.T, b Budget, _ *clock) {
		for range 3 {
			settle(t, b, reserve(t, b, 1e9, nil), 7)
		}
		settle(t, b, reserve(t, b, 1, nil), 1<<62) // an absurd count does not overflow
		spent(t, b, 21+maxTokens, 0)
	})
}

func TestBudgetHoldsForManyCallsAtATime(t *testing.T) {
	budgets(t, 10_000, func(t *testing.T, b Budget, _ *clock) {
		var wg sync.WaitGroup
		for range 200 {
			wg.Go(func() {
				if r, err := b.Reserve(context.Background(), 300); err == nil {
					_ = b.Settle(context.Background(), r, 250)
				}
			})
		}
		wg.Wait()
		if taken, reserved, _, _ := b.Spent(t.Context()); taken > 10_000+250 || reserved != 0 {
			t.Errorf("taken %d, reserved %d", taken, reserved)
		}
	})
}

func TestFileBudgetSurvivesRestarts(t *testing.T) {
	path, c := filepath.Join(t.TempDir(), "tokens.json"), newClock()
	open := func() *FileBudget {
		b, err := OpenFileBudget(path, 1000, c.now)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := open()
	settle(t, b, reserve(t, b, 500, nil), 400)
	reserve(t, b, 500, nil) // the process dies before it can settle
	b = open()
	spent(t, b, 900, 0)
	settle(t, b, reserve(t, b, 100, nil), 100)
	reserve(t, open(), 1, ErrSpent)
	c.add(24 * time.Hour)
	spent(t, open(), 0, 0)
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".budget-*")); err != nil || len(left) > 0 {
		t.Errorf("temporary files are left: %v, %v", left, err)
	}
}

func TestFileBudgetRefusesWhatIsNoBudget(t *testing.T) {
	for _, content := range []string{"", "{", "[]", `{"day":"today","taken":1}`, `{"day":"2026-03-23","taken":-5}`, `{"day":"2026-03-23","taken":9e18}`, strings.Repeat(" ", 8<<10)} {
		path := filepath.Join(t.TempDir(), "tokens.json")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenFileBudget(path, 1, nil); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%.40q gave %v, want an error that names the file", content, err)
		}
	}
}

func TestFileBudgetCountsOnWhenItCannotWrite(t *testing.T) {
	dir := t.TempDir()
	b, err := OpenFileBudget(filepath.Join(dir, "gone", "tokens.json"), 100, newClock().now) // the folder does not exist
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Reserve(t.Context(), 80)
	if !errors.Is(err, errNotWritten) {
		t.Errorf("got %v, want errNotWritten", err)
	}
	if err := b.Settle(t.Context(), r, 100); !errors.Is(err, errNotWritten) {
		t.Errorf("got %v, want errNotWritten", err)
	}
	reserve(t, b, 1, ErrSpent)
}

func TestCallsAreReservedAndSettled(t *testing.T) {
	b := NewMemoryBudget(100_000, nil)
	talk(t, script("honest", "401"), Options{Budget: b}, func(t *testing.T, c *Client, _ *logs) {
		d := succeeds(t, c)
		spent(t, b, d.Usage.Total(), 0)
		fails(t, c, draft.Unauthorized)
		spent(t, b, d.Usage.Total(), 0) // a refusal costs nothing
	})
}

func TestWhatMayBeBilledIsCounted(t *testing.T) {
	for name, atLeast := range map[string]int64{"stall": 1000, "cut": 1000, "bad-json": 500, "finish-length": 500, "html": 1000, "hang-up": 0, "500": 0} {
		b := NewMemoryBudget(0, nil)
		talk(t, script(name), Options{Budget: b}, func(t *testing.T, c *Client, _ *logs) {
			_, err := c.Draft(t.Context(), request())
			taken, reserved, _, _ := b.Spent(t.Context())
			if err == nil || taken < atLeast || atLeast == 0 && taken > 0 || reserved != 0 {
				t.Errorf("%s: taken %d, reserved %d, want at least %d and 0 (%v)", name, taken, reserved, atLeast, err)
			}
		})
	}
}

// TestBudgetIsExceededByOneCallAtMost asks many questions at once of an endpoint that bills 700 tokens each.
func TestBudgetIsExceededByOneCallAtMost(t *testing.T) {
	const limit, each = 3000, 700
	bills := `{"id":"x","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{\"sentences\":[]}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":600,"completion_tokens":100,"total_tokens":700}}`
	server := llmtest.New(llmtest.Body(bills))
	b := NewMemoryBudget(limit, nil)
	talk(t, server, Options{Budget: b, MaxConcurrent: 50}, func(t *testing.T, c *Client, _ *logs) {
		kinds := map[draft.Kind]int{}
		for range 10 {
			var wg sync.WaitGroup
			var mu sync.Mutex
			for range 20 {
				wg.Go(func() {
					_, err := c.Draft(t.Context(), request())
					mu.Lock()
					defer mu.Unlock()
					kinds[draft.KindOf(err)]++
				})
			}
			wg.Wait()
		}
		taken, reserved, _, _ := b.Spent(t.Context())
		if taken < limit || taken > limit+each || reserved != 0 {
			t.Errorf("taken %d, reserved %d, want from %d to %d", taken, reserved, limit, limit+each)
		}
		if kinds[""] != int(taken/each) || kinds[draft.OverBudget] == 0 || c.State().Kind != "" {
			t.Errorf("the calls ended in %v, the state is %+v", kinds, c.State())
		}
	})
}

// brokenBudget is a store that is down.
type brokenBudget struct{}

func (brokenBudget) Reserve(context.Context, int64) (Reservation, error) {
	return Reservation{}, errors.New("store down")
}
func (brokenBudget) Settle(context.Context, Reservation, int64) error { return nil }
func (brokenBudget) Spent(context.Context) (int64, int64, int64, error) {
	return 0, 0, 0, errors.New("store down")
}

func TestABudgetThatCannotCountLetsNothingOut(t *testing.T) {
	server := script("honest")
	talk(t, server, Options{Budget: brokenBudget{}}, func(t *testing.T, c *Client, _ *logs) {
		if f := fails(t, c, draft.OverBudget); !f.Local || server.Served() != 0 {
			t.Errorf("%d requests, %+v", server.Served(), f)
		}
	})
}
