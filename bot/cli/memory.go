package cli

import (
	"context"
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"
)

// How much the heap may grow before it is collected, in percent of what is in use; Go's own choice is 100.
const (
	hurriedGrowth = 400 // while a base and its index are built from nothing: what that leaves behind is gone with the process or at the next collection
	servedGrowth  = 50  // while the bot serves, which mostly waits: memory is dearer than a few collections more
)

// grow sets the growth of the heap until the function that it returns is called. GOGC, where set, decides.
func grow(percent int) func() {
	if _, set := os.LookupEnv("GOGC"); set {
		return func() {}
	}
	old := debug.SetGCPercent(percent)
	return func() { debug.SetGCPercent(old) }
}

const (
	// ceilingRoom is what the bot may take beyond what it takes when a base has come into service, in bytes; at least as much again.
	ceilingRoom = 26 << 20
	// ceilingLook is how often it is looked at what the ceiling costs. It is too dear when collecting takes more than dearCeiling of the
	// processor time that the program uses, unless that is little altogether: littleTime, in seconds.
	ceilingLook = time.Minute
	dearCeiling = 0.25
	littleTime  = 3
)

// ceiling bounds what Go takes of the machine's memory, softly: beyond it the heap is collected as often as is needed, for at most half
// of the processors' time. What is above what is in use mostly are blocks that the engine of the state has written lately and keeps at
// hand, and it knows no bound of its own. GOMEMLIMIT, where set, decides. It is safe for concurrent use.
type ceiling struct {
	spent func() processors // by this process

	mu     sync.Mutex
	lifted bool
}

// processors is processor time, in seconds.
type processors struct{ collecting, rest float64 }

func newCeiling() *ceiling {
	_, set := os.LookupEnv("GOMEMLIMIT")
	return &ceiling{spent: spent, lifted: set}
}

// settle sets the ceiling anew. It collects, which takes some milliseconds.
func (c *ceiling) settle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lifted {
		return
	}
	debug.FreeOSMemory()
	debug.SetMemoryLimit(roomy(taken()))
}

func roomy(taken int64) int64 { return taken + max(taken, ceilingRoom) }

// raise makes the ceiling half as high again, or as high as what is in use now asks for.
func (c *ceiling) raise() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.lifted {
		old := min(debug.SetMemoryLimit(-1), math.MaxInt64/2)
		debug.SetMemoryLimit(max(old+old/2, roomy(taken())))
	}
}

// watch settles, and raises the ceiling when it has become too low for what is in use: what is remembered grows with the months.
func (c *ceiling) watch(ctx context.Context) {
	c.settle()
	tick := time.NewTicker(ceilingLook)
	defer tick.Stop()
	for last := c.spent(); ; {
		select {
		case <-tick.C:
			now := c.spent()
			collecting, rest := now.collecting-last.collecting, now.rest-last.rest
			if collecting > littleTime && collecting > dearCeiling*(collecting+rest) {
				c.raise()
			}
			last = now
		case <-ctx.Done():
			return
		}
	}
}

// lift takes the ceiling away for good.
func (c *ceiling) lift() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.lifted {
		c.lifted = true
		debug.SetMemoryLimit(math.MaxInt64) // as Go has it where nobody says otherwise
	}
}

// taken is what counts for Go's limit, in bytes: all that it has mapped without what it has given back.
func taken() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(sample)
	return int64(min(sample[0].Value.Uint64()-sample[1].Value.Uint64(), math.MaxInt64/2))
}

// spent is how long processors have worked for this program, as of the last collection. Collecting that only filled idle time costs
// nobody anything.
func spent() processors {
	sample := []metrics.Sample{{Name: "/cpu/classes/gc/total:cpu-seconds"}, {Name: "/cpu/classes/gc/mark/idle:cpu-seconds"}, {Name: "/cpu/classes/user:cpu-seconds"}}
	metrics.Read(sample)
	return processors{collecting: sample[0].Value.Float64() - sample[1].Value.Float64(), rest: sample[2].Value.Float64()}
}
