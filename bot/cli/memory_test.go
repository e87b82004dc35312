package cli

import (
	"context"
	"math"
	"runtime/debug"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestTheCeilingLeavesRoomAndIsTakenAway(t *testing.T) {
	before := debug.SetMemoryLimit(math.MaxInt64)
	t.Cleanup(func() { debug.SetMemoryLimit(before) })

	c := newCeiling()
	c.settle()
	limit := debug.SetMemoryLimit(-1)
	if limit > 100*ceilingRoom || limit < ceilingRoom {
		t.Errorf("the limit is %d MiB", limit>>20)
	}
	large := make([]byte, 3*ceilingRoom)
	for i := range large {
		large[i] = 1
	}
	c.settle()
	if more := debug.SetMemoryLimit(-1); more < limit+2*ceilingRoom {
		t.Errorf("with %d MiB more in use the limit went from %d MiB to %d", len(large)>>20, limit>>20, more>>20)
	}
	large[0] = 2 // it was in use until here

	c.lift()
	c.settle()
	if limit := debug.SetMemoryLimit(-1); limit != math.MaxInt64 {
		t.Errorf("without a ceiling the limit is %d", limit)
	}
}

// A ceiling that has become too low costs processor time, and is raised; one that costs little stays.
func TestACeilingThatCostsTooMuchIsRaised(t *testing.T) {
	before := debug.SetMemoryLimit(math.MaxInt64)
	t.Cleanup(func() { debug.SetMemoryLimit(before) })
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var used atomic.Pointer[processors]
		used.Store(&processors{})
		c := newCeiling()
		c.spent = func() processors { return *used.Load() }
		go c.watch(ctx)
		synctest.Wait()
		const limit = 64 << 20
		for _, minute := range []struct {
			collecting, rest float64
			raised           bool
		}{{1, 1, false}, {10, 90, false}, {20, 40, true}, {0, 0, false}} {
			debug.SetMemoryLimit(limit)
			last := used.Load()
			used.Store(&processors{last.collecting + minute.collecting, last.rest + minute.rest})
			time.Sleep(ceilingLook)
			synctest.Wait()
			if now := debug.SetMemoryLimit(-1); now < limit || now > limit != minute.raised {
				t.Errorf("after %v s of collecting beside %v of work the limit went from %d MiB to %d", minute.collecting, minute.rest, limit>>20, now>>20)
			}
		}
	})
}

func TestAnOperatorsLimitIsTheCeiling(t *testing.T) {
	t.Setenv("GOMEMLIMIT", "1GiB")
	before := debug.SetMemoryLimit(1 << 30)
	t.Cleanup(func() { debug.SetMemoryLimit(before) })
	c := newCeiling()
	c.settle()
	c.lift()
	if limit := debug.SetMemoryLimit(-1); limit != 1<<30 {
		t.Errorf("the limit is %d, not the operator's", limit)
	}
}
