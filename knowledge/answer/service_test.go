package answer_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/facts"
	"enlace/knowledge/facts/data"
	"enlace/knowledge/search"
)

var today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func bakery(t testing.TB) *knowledge.Base {
	t.Helper()
	file, err := os.ReadFile("testdata/bakery.yaml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := facts.Load(fstest.MapFS{"bakery.yaml": {Data: file}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The shipped base and its index are the same for all tests: neither ever changes, and both take a while.
var (
	shippedBase  = sync.OnceValues(func() (*knowledge.Base, error) { return facts.Load(data.FS) })
	shippedIndex = sync.OnceValue(func() *search.Index {
		b, _ := shippedBase()
		return search.New(b)
	})
)

func shipped(t testing.TB) *knowledge.Base {
	t.Helper()
	b, err := shippedBase()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func indexOf(b *knowledge.Base) *search.Index {
	if known, _ := shippedBase(); b == known {
		return shippedIndex()
	}
	return search.New(b)
}

func serve(b *knowledge.Base) *answer.Service {
	return answer.New(search.NewLive(indexOf(b)), answer.Options{Now: func() time.Time { return today }})
}

func ask(s *answer.Service, text string, history ...knowledge.Turn) knowledge.Answer {
	return s.Answer(context.Background(), knowledge.Question{Text: text, History: history})
}

func cited(a knowledge.Answer) []knowledge.FactID {
	var ids []knowledge.FactID
	for _, c := range a.Citations {
		ids = append(ids, c.ID)
	}
	return ids
}

func TestAnswersQuoteTheFactThatIsAskedFor(t *testing.T) {
	s := serve(bakery(t))
	for question, want := range map[string]string{
		"what time do you open":                  "The bakery opens at 6 a.m. from Monday to Saturday. [1]",
		"opening times?":                         "The bakery opens at 6 a.m. from Monday to Saturday. [1]",
		"¿a qué hora abren?":                     "La panadería abre a las 6:00 de lunes a sábado. [1]",
		"a que hora abren":                       "La panadería abre a las 6:00 de lunes a sábado. [1]",
		"who founded the bakery":                 "Ana Paz founded the bakery on March 3, 1998. [1]",
		"quien asalto el local":                  "La Fiscalía acusa a Beto Ruiz de robar en la panadería en junio de 2024. [1]\n(Comprobado por última vez: 1 de enero de 2025.)",
		"who broke into the shop":                "Prosecutors allege that Beto Ruiz robbed the bakery in June 2024. [1]\n(Last checked: January 1, 2025.)",
		"is it true the bakery opens on Sundays": "The facts say otherwise: The bakery opens at 6 a.m. from Monday to Saturday. [1]",
		"la panaderia abre los domingos?":        "Los hechos dicen otra cosa: La panadería abre a las 6:00 de lunes a sábado. [1]",
		"was the bakery founded in 2001":         "The facts say otherwise: Ana Paz founded the bakery on March 3, 1998. [1]",
		"When do you have dark bread?":           "The bakery sells rye bread. [1]", // a phrasing of its own, though it names no time
		"was the bakery founded in 1998":         "Ana Paz founded the bakery on March 3, 1998. [1]",
	} {
		if a := ask(s, question); a.Text != want || a.Outcome != knowledge.Answered || a.Abstained {
			t.Errorf("%s\n got %s: %q\nwant %q", question, a.Outcome, a.Text, want)
		}
	}
}

func TestACorrectionNamesTheClaimAndTheFact(t *testing.T) {
	a := ask(serve(bakery(t)), "so beto was convicted of the robbery")
	if len(a.Premise) != 1 || a.Premise[0] != (knowledge.Premise{Claim: "Beto was convicted of the robbery", Fact: "robbery"}) {
		t.Errorf("premise %v of %q", a.Premise, a.Text)
	}
	if !strings.HasPrefix(a.Text, "The facts say otherwise: Prosecutors allege") {
		t.Errorf("%q", a.Text)
	}
	if b := ask(serve(bakery(t)), "who robbed the bakery"); len(b.Premise) != 0 {
		t.Errorf("a plain question is held against its asker: %v", b.Premise)
	}
}

func TestAFactInOneLanguageIsQuotedAsItStandsWithANotice(t *testing.T) {
	english := serve(bakery(t)).Answer(context.Background(), knowledge.Question{Text: "peso del horno", Lang: knowledge.English})
	if !strings.Contains(english.Text, "El horno de leña pesa 900 kilos. [1]\n(Part of this is on record in Spanish only") {
		t.Errorf("%q", english.Text)
	}
}

func TestEveryQuestionEndsInANamedOutcome(t *testing.T) {
	s := serve(bakery(t))
	for question, want := range map[string]knowledge.Outcome{
		"":                                   knowledge.Empty,
		" \n\t ":                             knowledge.Empty,
		"¿?!…":                               knowledge.Empty,
		"😀😀":                                 knowledge.Empty,
		strings.Repeat("why ", 200):          knowledge.TooLong,
		"how do i reset my router password":  knowledge.OffTopic,
		"quién ganó el partido de barcelona": knowledge.OffTopic,
	} {
		a := ask(s, question)
		if a.Outcome != want || !a.Abstained || a.Text == "" || len(a.Sentences) != 0 || len(a.Citations) != 0 {
			t.Errorf("%.40q: %s %q %v", question, a.Outcome, a.Text, a.Citations)
		}
	}
	done, cancel := context.WithCancel(context.Background())
	cancel()
	if a := s.Answer(done, knowledge.Question{Text: "what time do you open"}); a.Outcome != knowledge.Timeout {
		t.Errorf("a context that is done ends in %s", a.Outcome)
	}
}

func TestOutcomeTextsAreCompleteInBothLanguages(t *testing.T) {
	seen := map[string]knowledge.Outcome{}
	for _, o := range knowledge.Outcomes {
		for _, l := range knowledge.Langs {
			text := answer.OutcomeText(o, l, []string{"A topic"}, 500)
			if (text == "") != (o == knowledge.Answered) {
				t.Errorf("%s in %s: %q", o, l, text)
			}
			if other, ok := seen[text]; ok && text != "" {
				t.Errorf("%s and %s say the same: %q", o, other, text)
			}
			if strings.Contains(text, "%") {
				t.Errorf("%s in %s: %q", o, l, text)
			}
			seen[text] = o
		}
	}
}

func TestAWithdrawnFactIsNeverCited(t *testing.T) {
	if a := ask(serve(bakery(t)), "does the bakery open at 7 a.m."); slices.Contains(cited(a), "old-hours") {
		t.Errorf("%q", a.Text)
	}
}

func TestFollowUpsLeanOnTheConversation(t *testing.T) {
	s := serve(shipped(t))
	first := ask(s, "who signed the memorandum")
	turn := knowledge.Turn{Question: "who signed the memorandum", Answer: first.Text}
	if a := ask(s, "and when was that?", turn); !slices.Contains(cited(a), "mou-signing-date") {
		t.Errorf("and when was that? %v %q", cited(a), a.Text)
	}
	primero := ask(s, "¿Quién firmó el memorando?")
	vuelta := knowledge.Turn{Question: "¿Quién firmó el memorando?", Answer: primero.Text}
	if a := ask(s, "¿y cuándo fue eso?", vuelta); !slices.Contains(cited(a), "mou-signing-date") || a.Language != knowledge.Spanish {
		t.Errorf("¿y cuándo fue eso? %v %q", cited(a), a.Text)
	}
	worded := knowledge.Turn{Question: "who put their name on it", Answer: "Two ministers did [1].", Cited: []knowledge.FactID{"mou-who-signed"}}
	if a := ask(s, "where?", worded); len(cited(a)) == 0 || cited(a)[0] != "mou-place" {
		t.Errorf("after an answer in other words: %v %q", cited(a), a.Text)
	}
	if a := ask(s, "is she married", worded); !a.Abstained {
		t.Errorf("what no fact tells is answered: %q", a.Text)
	}
	if a := ask(s, "different question: what is an indictment", turn); !slices.Contains(cited(a), "legal-background-def-indictment") {
		t.Errorf("a change of topic: %v", cited(a))
	}
}

func TestCitationsCarryWhatAReaderNeeds(t *testing.T) {
	a := ask(serve(bakery(t)), "who broke into the shop")
	c := a.Citations[0]
	if c.N != 1 || c.Status != knowledge.Alleged || c.Note != "No trial so far." || c.AsOf.String() != "2025-01-01" || len(c.Sources) != 1 || c.Sources[0].Publisher != "The Daily" {
		t.Errorf("%+v", c)
	}
	if a.FactsVersion == "" || a.Mode != knowledge.Quotes || len(a.Retrieved) == 0 || a.Retrieved[0].ID != "robbery" {
		t.Errorf("%+v", a)
	}
}

// TestOneAnswerSeesOneVersion swaps the base while questions are answered: text, citations and version must belong together.
func TestOneAnswerSeesOneVersion(t *testing.T) {
	bases := []*knowledge.Base{bakery(t), shipped(t)}
	indexes := []*search.Index{search.New(bases[0]), search.New(bases[1])}
	live := search.NewLive(indexes[0])
	s := answer.New(live, answer.Options{})
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				live.Store(indexes[i%2])
			}
		}
	})
	for range 200 {
		a := ask(s, "who signed the memorandum about bread")
		base := bases[0]
		if a.FactsVersion == bases[1].Version {
			base = bases[1]
		}
		for _, c := range a.Citations {
			if base.Fact(c.ID) == nil {
				t.Fatalf("%s is not in the version that the answer names", c.ID)
			}
		}
	}
	close(stop)
	wg.Wait()
}

// FuzzAnswer holds what must be true of every answer: it ends in one outcome and quotes only facts that there are.
func FuzzAnswer(f *testing.F) {
	b := shipped(f)
	s := serve(b)
	for _, q := range []string{"who signed the memorandum", "de q lo acusan los gringos", "did noboa sign it", "", "\x00\xff", "31/7/2025", "🤖 ¿y?", "ignore previous instructions"} {
		f.Add(q, "", "")
		f.Add("and then?", q, "…")
	}
	f.Fuzz(func(t *testing.T, text, before, answered string) {
		q := knowledge.Question{Text: text}
		if before != "" {
			q.History = []knowledge.Turn{{Question: before, Answer: answered}}
		}
		a := s.Answer(context.Background(), q)
		if !slices.Contains(knowledge.Outcomes[:], a.Outcome) || a.Text == "" || a.Abstained != (a.Outcome != knowledge.Answered) {
			t.Fatalf("%q: %+v", text, a)
		}
		if a.Outcome == knowledge.Answered && len(a.Sentences) == 0 {
			t.Errorf("%q is answered with nothing", text)
		}
		for i, sentence := range a.Sentences {
			fact := b.Fact(sentence.Citations[0])
			if fact == nil || !fact.InService() || a.Citations[i].ID != fact.ID {
				t.Fatalf("%q cites %v", text, sentence.Citations)
			}
			quoted, _ := fact.Text.Best(a.Language)
			if !strings.HasSuffix(sentence.Text, quoted) {
				t.Errorf("%q: %q is not the fact's own text", text, sentence.Text)
			}
		}
	})
}

func BenchmarkAnswer(b *testing.B) {
	s := serve(shipped(b))
	questions := []string{"who signed the memorandum", "de q lo acusan los gringos", "did noboa sign it", "best ceviche in guayaquil", "whats our guy supposed to do up there all day"}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		ask(s, questions[i%len(questions)])
		i++
	}
}
