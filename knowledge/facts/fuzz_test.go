package facts

import (
	"testing"
	"testing/fstest"
)

// FuzzLoad: no file makes the loader panic, every problem has a place and a remedy, and a base without problems gets the same
// version again.
func FuzzLoad(f *testing.F) {
	for _, a := range archives(f, "load") {
		for _, file := range a.fsys() {
			f.Add(file.Data)
		}
	}
	f.Add([]byte(versionBase))
	f.Add([]byte(diffBase))
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := fstest.MapFS{"a.yaml": {Data: data}}
		b, err := Load(fsys)
		if err != nil {
			for _, p := range err.(Problems) {
				if p.Message == "" || p.Fix == "" || p.Rule == "" || p.Pos.File != "" && p.Pos.Line < 1 {
					t.Errorf("%#v", p)
				}
			}
			return
		}
		again, err := Load(fstest.MapFS{"b.yaml": {Data: append([]byte("# again\n"), data...)}})
		if err == nil && again.Version != b.Version {
			t.Errorf("%s, then %s", b.Version, again.Version)
		}
		for i := range b.Facts {
			if b.Fact(b.Facts[i].ID) == nil || len(b.Facts[i].Sources) == 0 || b.Facts[i].Text.IsZero() {
				t.Errorf("%+v", b.Facts[i])
			}
		}
	})
}
