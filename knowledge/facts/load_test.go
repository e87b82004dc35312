package facts

import (
	"errors"
	"testing"
	"testing/fstest"

	"enlace/knowledge/facts/data"
)

func TestLoadReportsEveryProblem(t *testing.T) {
	for _, a := range archives(t, "load") {
		t.Run(a.name(), func(t *testing.T) {
			b, err := Load(a.fsys())
			got := ""
			if err != nil {
				got = err.Error() + "\n"
			}
			if (b == nil) != (err != nil) {
				t.Errorf("base %v with error %v", b, err)
			}
			a.expect(t, "problems", got)
		})
	}
}

func TestSyntheticBaseLoads(t *testing.T) {
	b, err := Load(synthetic(30, 3, 6))
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Facts) != 30 || len(b.Topics) != 3 || b.Facts[0].Topic != "matter-0" || b.Facts[29].Topic != "matter-2" {
		t.Errorf("%d facts in %d topics, first in %q", len(b.Facts), len(b.Topics), b.Facts[0].Topic)
	}
}

func TestErrorsAreProblems(t *testing.T) {
	_, err := Load(fstest.MapFS{"a.yaml": {Data: []byte("fcats: []\n")}})
	var ps Problems
	if !errors.As(err, &ps) || ps[0].Rule != ruleUnknownKey || ps[0].Pos.Line != 1 {
		t.Fatalf("got %v", err)
	}
}

func BenchmarkLoadShippedBase(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(data.FS); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	fsys := synthetic(300, 8, 20)
	size := int64(0)
	for _, f := range fsys {
		size += int64(len(f.Data))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(fsys); err != nil {
			b.Fatal(err)
		}
	}
}
