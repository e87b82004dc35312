package verify

import (
	"sync"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/facts"
	"enlace/knowledge/facts/data"
	"enlace/knowledge/verify/mutate"
)

// shipped loads the base that the binary carries.
var shipped = sync.OnceValues(func() (*knowledge.Base, error) {
	return facts.Load(data.FS)
})

var shippedVerifier = sync.OnceValue(func() *Verifier {
	b, err := shipped()
	if err != nil {
		return nil
	}
	return New(b)
})

// shippedLies are the lies that the shipped base makes, by language.
var shippedLies = map[knowledge.Lang]func() []mutate.Lie{
	knowledge.English: sync.OnceValue(func() []mutate.Lie { return liesOf(knowledge.English) }),
	knowledge.Spanish: sync.OnceValue(func() []mutate.Lie { return liesOf(knowledge.Spanish) }),
}

func liesOf(l knowledge.Lang) []mutate.Lie {
	b, err := shipped()
	if err != nil {
		return nil
	}
	lies, _ := mutate.Lies(b, l)
	return lies
}

func verifier(t testing.TB) (*Verifier, *knowledge.Base) {
	t.Helper()
	b, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return shippedVerifier(), b
}

func TestEveryFactProvesItself(t *testing.T) {
	v, b := verifier(t)
	for i := range b.Facts {
		f := &b.Facts[i]
		for _, l := range knowledge.Langs {
			if text := f.Text.In(l); text != "" && f.InService() {
				if got := v.Pair(text, f.ID, l); !got.OK {
					t.Errorf("%s %s: %v\n\t%s", l, f.ID, got, text)
				}
			}
		}
	}
}

func TestAVerifierServesManyAtOnce(t *testing.T) {
	v, b := verifier(t)
	var wg sync.WaitGroup
	for n := range 4 {
		wg.Go(func() {
			for i := n; i < len(b.Facts); i += 5 {
				f := &b.Facts[i]
				if got := v.Pair(f.Text.ES, f.ID, knowledge.Spanish); f.Text.ES != "" && f.InService() && !got.OK {
					t.Errorf("%s: %v", f.ID, got)
				}
			}
		})
	}
	wg.Wait()
}
