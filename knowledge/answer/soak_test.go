package answer_test

import (
	"flag"
	"fmt"
	"runtime"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/llm/llmtest"
)

var long = flag.Bool("long", false, "run the slow tests as well")

// TestMemoryStaysFlatAgainstAFaultyModel asks 10,000 different questions of a model that is sometimes honest, often lying and often
// broken, and compares heap and goroutines after the first thousand and at the end.
func TestMemoryStaysFlatAgainstAFaultyModel(t *testing.T) {
	if !*long {
		t.Skip("takes a minute: go test ./knowledge/answer -run Flat -long")
	}
	b := shipped(t)
	script, err := llmtest.Parse("honest,lie-number,honest,paraphrase,lie-number,honest")
	if err != nil {
		t.Fatal(err)
	}
	s := modelled(t, b, script.Cycle())
	measure := func() (uint64, int) {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc, runtime.NumGoroutine()
	}
	var heap uint64
	var goroutines int
	for i := range 10_000 {
		if a := ask(s, fmt.Sprintf("who signed the memorandum, asked %d times", i)); a.Text == "" || a.Outcome == knowledge.Failed {
			t.Fatalf("question %d: %s", i, a.Outcome)
		}
		if i == 2000 { // the cache is full
			heap, goroutines = measure()
		}
	}
	after, left := measure()
	t.Logf("heap %d KiB then %d KiB, goroutines %d then %d", heap>>10, after>>10, goroutines, left)
	if after > heap+heap/20+4<<20 || left > goroutines+4 {
		t.Errorf("heap grew from %d to %d bytes, goroutines from %d to %d", heap, after, goroutines, left)
	}
}
