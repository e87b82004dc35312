package search_test

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

func ask(x *search.Index, text string, l knowledge.Lang) *search.Result {
	r := new(search.Result)
	x.Search(search.Query{Text: text, Lang: l}, r)
	return r
}

func ids(r *search.Result) []string {
	list := make([]string, len(r.Passages))
	for i, p := range r.Passages {
		list[i] = string(p.Fact.ID)
	}
	return list
}

func TestTheFactThatAnswersStandsFirst(t *testing.T) {
	x := search.New(smallBase())
	for _, c := range []struct {
		lang     knowledge.Lang
		question string
		want     string // ids separated by |
	}{
		{"en", "Who signed the memorandum?", "mou-who-signed"},
		{"en", "when was the memorandum signed", "mou-signing-date"},
		{"en", "did noboa sign it", "mou-noboa-signed-claim|mou-who-signed"},
		{"en", "in which palace was it signed", "mou-place"},
		{"en", "when was fito handed over to the us", "extradition-handover"},
		{"en", "who is the judge in the us case", "extradition-judge-block"},
		{"en", "was fito convicted in the us", "extradition-presumption"},
		{"en", "fito's lawyer", "people-and-bodies-schacht"},
		{"en", "how many counts are in the indictment", "extradition-indictment-unsealed"},
		{"en", "is money laundering one of the charges", "extradition-no-laundering-count"},
		{"en", "how did the senate vote on mullin", "people-and-bodies-mullin"},
		{"es", "¿Quién firmó el memorando?", "mou-who-signed"},
		{"es", "¿cuándo se firmó el memorando?", "mou-signing-date"},
		{"es", "noboa lo firmó", "mou-noboa-signed-claim|mou-who-signed"},
		{"es", "en qué palacio se firmó", "mou-place"},
		{"es", "qué domingo entregaron a fito", "extradition-handover"},
		{"es", "quién es el juez del caso", "extradition-judge-block"},
		{"es", "ya condenaron a fito en estados unidos", "extradition-presumption"},
		{"es", "abogado de fito", "people-and-bodies-schacht"},
		{"es", "cuántos cargos tiene la acusación", "extradition-indictment-unsealed"},
		{"es", "aprobó la asamblea el acuerdo", "mou-no-ratification-reported"},
	} {
		r := ask(x, c.question, c.lang)
		if len(r.Passages) == 0 || !slices.Contains(strings.Split(c.want, "|"), string(r.Passages[0].Fact.ID)) {
			t.Errorf("%q found %v, want %s first", c.question, ids(r)[:min(3, len(r.Passages))], c.want)
		}
	}
}

func TestAccentsCaseAndMarksDoNotMatter(t *testing.T) {
	x := search.New(smallBase())
	for _, c := range [][2]string{
		{"¿Cuándo se firmó el memorando?", "cuando se firmo el memorando"},
		{"¿QUIÉN ES EL JUEZ?", "quien es el juez"},
		{"¿Qué cárcel? La Roca, en Guayaquil", "que carcel la roca en guayaquil"},
		{"EE. UU. lo acusó", "eeuu lo acuso"},
	} {
		a, b := ask(x, c[0], knowledge.Spanish), ask(x, c[1], knowledge.Spanish)
		if !slices.Equal(ids(a), ids(b)) || a.Probability != b.Probability {
			t.Errorf("%q found %v (%v), %q %v (%v)", c[0], ids(a), a.Probability, c[1], ids(b), b.Probability)
		}
	}
}

func TestOneTypoFindsTheSameFact(t *testing.T) {
	x := search.New(smallBase())
	for _, c := range []struct {
		lang               knowledge.Lang
		typo, meant, fixed string
	}{
		{"en", "who signed the memorandun", "who signed the memorandum", "memorandum"},
		{"en", "who singed the memorandum", "who signed the memorandum", "signed"},
		{"en", "who is the jugde in the us case", "who is the judge in the us case", "judge"},
		{"es", "quien firmo el memornado", "quien firmo el memorando", "memorando"},
		{"es", "aceptó la extradicoin", "aceptó la extradición", "extradicion"},
	} {
		a, b := ask(x, c.typo, c.lang), ask(x, c.meant, c.lang)
		if len(a.Repairs) != 1 || a.Repairs[0].To != c.fixed {
			t.Errorf("%q: repairs %v, want %s", c.typo, a.Repairs, c.fixed)
			continue
		}
		if a.Passages[0].Fact.ID != b.Passages[0].Fact.ID {
			t.Errorf("%q found %v, without the typo %v", c.typo, ids(a)[:3], ids(b)[:3])
		}
	}
}

func TestKnownAndShortWordsAreNotRepaired(t *testing.T) {
	x := search.New(smallBase())
	for _, q := range []string{"who signed the memorandum", "xqz fbk", "memorando firmado", "2025 13.5 31/7"} {
		if r := ask(x, q, knowledge.English); len(r.Repairs) != 0 {
			t.Errorf("%q was repaired: %v", q, r.Repairs)
		}
	}
}

func TestEntitiesAreRecognisedByTheirAliases(t *testing.T) {
	x := search.New(smallBase())
	for _, c := range []struct {
		lang     knowledge.Lang
		question string
		want     []knowledge.EntityID
	}{
		{"en", "what did Kristi Noem say", []knowledge.EntityID{"kristi-noem"}},
		{"en", "noem's visit", []knowledge.EntityID{"kristi-noem"}},
		{"en", "is FITO in the US", []knowledge.EntityID{"fito", "united-states"}},
		{"es", "los Estados Unidos y Macías Villamar", []knowledge.EntityID{"united-states", "fito"}},
		{"es", "la Corte Nacional de Justicia lo recibió", []knowledge.EntityID{"corte-nacional"}},
		{"en", "nobody in particular", nil},
	} {
		var got []knowledge.EntityID
		for _, m := range ask(x, c.question, c.lang).Mentions {
			got = append(got, m.Entity.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q names %v, want %v", c.question, got, c.want)
		}
	}
}

func TestDatesAreFoundInTheirUsualForms(t *testing.T) {
	x := search.New(smallBase())
	for _, c := range []struct {
		lang     knowledge.Lang
		question string
		date     string // a date of the first fact
	}{
		{"en", "what happened on July 31, 2025", "2025-07-31"},
		{"en", "31 July 2025", "2025-07-31"},
		{"en", "2025-07-31", "2025-07-31"},
		{"es", "qué pasó el 31/7", "2025-07-31"},
		{"es", "31/07/2025", "2025-07-31"},
		{"es", "qué pasó el 31 de julio", "2025-07-31"},
		{"es", "el 20 de julio de 2025", "2025-07-20"},
		{"en", "July 20", "2025-07-20"},
		{"es", "abril de 2025", "2025-04"},
		{"en", "march 2026", "2026-03"},
	} {
		want, _ := knowledge.ParseDate(c.date)
		r := ask(x, c.question, c.lang)
		if len(r.Literals) == 0 {
			t.Errorf("%q holds no date", c.question)
			continue
		}
		if len(r.Passages) == 0 || r.Features[0].Literal != 1 || !slices.ContainsFunc(r.Passages[0].Fact.Dates, want.Contains) {
			t.Errorf("%q found %v, want a fact of %s first", c.question, ids(r)[:min(2, len(r.Passages))], c.date)
		}
	}
}

func TestOtherQuestionsAreLessProbableThanAnsweredOnes(t *testing.T) {
	x := search.New(smallBase())
	low := max(ask(x, "best ceviche in Guayaquil?", knowledge.English).Probability, ask(x, "cuánto cuesta un taxi", knowledge.Spanish).Probability)
	high := min(ask(x, "Who signed the memorandum?", knowledge.English).Probability, ask(x, "¿Quién firmó el memorando?", knowledge.Spanish).Probability)
	if low >= high {
		t.Errorf("an unrelated question has probability %v, an answered one %v", low, high)
	}
}

func TestNothingKnownFindsNothing(t *testing.T) {
	x := search.New(smallBase())
	for _, q := range []string{"", " ", "¿?", "zzzz qqqq", "\xff\xfe", strings.Repeat("-", 5000)} {
		if r := ask(x, q, ""); len(r.Passages) != 0 || r.Probability != 0 || r.Verdict != search.Abstain {
			t.Errorf("%.20q found %v", q, ids(r))
		}
	}
	empty := search.New(nil)
	if r := ask(empty, "who signed the memorandum", ""); len(r.Passages) != 0 {
		t.Errorf("the empty base found %v", ids(r))
	}
}

func TestStopWordsAloneAreNeverAnswered(t *testing.T) {
	x := search.New(smallBase())
	for _, q := range []string{"who is he", "quién es", "what did they do", "y qué"} {
		if r := ask(x, q, ""); r.Verdict == search.Answer {
			t.Errorf("%q is answered with %v", q, ids(r)[0])
		}
	}
}

func TestFactsOutOfServiceAreLeftOut(t *testing.T) {
	facts := []knowledge.Fact{
		{ID: "kept", Text: knowledge.Text{EN: "The bridge opened in May."}},
		{ID: "withdrawn", Text: knowledge.Text{EN: "The bridge opened in June."}, Withdrawn: "wrong"},
		{ID: "replaced", Text: knowledge.Text{EN: "The bridge opened in April."}, ReplacedBy: "kept"},
	}
	x := search.New(knowledge.NewBase("", nil, nil, nil, facts))
	if got := ids(ask(x, "when did the bridge open", knowledge.English)); !slices.Equal(got, []string{"kept"}) {
		t.Errorf("found %v, want kept alone", got)
	}
}

func TestTheOtherLanguageAnswersWhenAsked(t *testing.T) {
	facts := []knowledge.Fact{
		{ID: "spanish-only", Text: knowledge.Text{ES: "El buque Esmeralda zarpó hacia Galápagos."}},
		{ID: "english", Text: knowledge.Text{EN: "The harbour has two piers."}},
	}
	x := search.New(knowledge.NewBase("", nil, nil, nil, facts))
	var r search.Result
	x.Search(search.Query{Text: "Esmeralda Galápagos", Lang: knowledge.English}, &r)
	if len(r.Passages) != 0 || r.FellBack {
		t.Errorf("without fallback found %v", ids(&r))
	}
	x.Search(search.Query{Text: "Esmeralda Galápagos", Lang: knowledge.English, Fallback: true}, &r)
	if !slices.Equal(ids(&r), []string{"spanish-only"}) || !r.FellBack || r.Lang != knowledge.Spanish {
		t.Errorf("with fallback found %v, fell back %v to %s", ids(&r), r.FellBack, r.Lang)
	}
}

func TestTiesGoToTheFirstID(t *testing.T) {
	facts := []knowledge.Fact{{ID: "c"}, {ID: "a"}, {ID: "b"}}
	for i := range facts {
		facts[i].Text.EN = "The same statement."
	}
	x := search.New(knowledge.NewBase("", nil, nil, nil, facts))
	if got := ids(ask(x, "same statement", knowledge.English)); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("found %v, want a, b, c", got)
	}
}

func TestEqualInputGivesEqualOutput(t *testing.T) {
	questions := []string{"who signed it", "was fito convicted", "qué pasó el 31/7", "quien es el jues", "what charges"}
	x, y := search.New(smallBase()), search.New(smallBase())
	for range 3 {
		for i, q := range questions {
			a := ask(x, q, "")
			b := ask(y, questions[len(questions)-1-i], "") // another order of questions teaches nothing else
			if c := ask(y, q, ""); !reflect.DeepEqual(a, c) {
				t.Errorf("%q found %v, then %v", q, ids(a), ids(c))
			}
			_ = b
		}
	}
}

func TestDepthBoundsThePassages(t *testing.T) {
	x := search.New(smallBase())
	for _, c := range []struct{ depth, most int }{{1, 1}, {3, 3}, {0, search.DefaultDepth}, {-5, search.DefaultDepth}, {1000, search.MaxDepth}} {
		var r search.Result
		x.Search(search.Query{Text: "fito memorandum united states court", Lang: knowledge.English, Depth: c.depth}, &r)
		if len(r.Passages) > c.most || len(r.Passages) != len(r.Features) || c.depth > 0 && c.depth < 4 && len(r.Passages) != c.depth {
			t.Errorf("depth %d gave %d passages and %d features", c.depth, len(r.Passages), len(r.Features))
		}
	}
}

func TestPhrasingsAreNumbered(t *testing.T) {
	facts := []knowledge.Fact{{
		ID: "f", Text: knowledge.Text{EN: "The vessel left at dawn."},
		Asks:     knowledge.Texts{EN: []string{"departure time", "hour of sailing"}},
		Corrects: knowledge.Texts{EN: []string{"it sank at noon"}},
	}}
	x := search.New(knowledge.NewBase("", nil, nil, nil, facts))
	for q, want := range map[string]int{"departure time?": 0, "the hour of sailing": 1, "it sank at noon": 2, "vessel": -1} {
		r := ask(x, q, knowledge.English)
		if r.Features[0].Phrasing != want || (want == 2) != (r.Features[0].Corrects > 0) {
			t.Errorf("%q matched phrasing %d (corrects %v), want %d", q, r.Features[0].Phrasing, r.Features[0].Corrects, want)
		}
	}
}

func TestOptionsLeavePartsOut(t *testing.T) {
	base := smallBase()
	if r := ask(search.NewWith(base, search.Options{NoAsks: true}), "who signed the memorandum", "en"); r.Features[0].Phrasing != -1 {
		t.Error("phrasings count without asks")
	}
	if r := ask(search.NewWith(base, search.Options{NoSpelling: true}), "the memorandun", "en"); len(r.Repairs) != 0 {
		t.Error("words are repaired without spelling")
	}
	if r := ask(search.NewWith(base, search.Options{NoSecondStage: true}), "who signed the memorandum", "en"); r.Features[0].Trigram != 0 {
		t.Error("trigrams count without the second stage")
	}
	r := ask(search.NewWith(base, search.Options{NoLearned: true}), "did they ship the kingpin off to brooklyn", "en")
	for _, f := range r.Features {
		if f.Association != 0 {
			t.Error("associations count without learning")
		}
	}
}

func TestPhrasingsOfOneFactTeachWordsToAnother(t *testing.T) {
	text := func(s string) knowledge.Text { return knowledge.Text{EN: s} }
	asks := func(s ...string) knowledge.Texts { return knowledge.Texts{EN: s} }
	facts := []knowledge.Fact{
		{ID: "a", Text: text("The first prisoner was extradited on Monday."), Asks: asks("when did they ship the first one off")},
		{ID: "b", Text: text("The second prisoner was extradited on Tuesday."), Asks: asks("did they ship the second one off")},
		{ID: "c", Text: text("The general was extradited in winter.")},
		{ID: "d", Text: text("The general was promoted in winter.")},
	}
	for i := range 12 {
		facts = append(facts, knowledge.Fact{ID: knowledge.FactID("x" + string(rune('a'+i))), Text: text("Harbour number " + string(rune('a'+i)) + " has piers.")})
	}
	x := search.New(knowledge.NewBase("", nil, nil, nil, facts))
	r := ask(x, "did they ship the general", knowledge.English)
	place := func(id string) int { return slices.Index(ids(r), id) }
	if place("c") < 0 || place("c") > place("d") {
		t.Errorf("found %v, want c before d: to ship was learned to mean to extradite", ids(r))
	}
}

func TestHugeQuestionsAreSafe(t *testing.T) {
	x := search.New(smallBase())
	for _, piece := range []string{"memorandum ", "a", "¿", "12345 ", "\xf0\x9f", "fito noem "} {
		ask(x, strings.Repeat(piece, 10<<20/len(piece)), "")
	}
}

func TestSearchDoesNotAllocate(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector drops pooled memory at random")
	}
	x := search.New(smallBase())
	for _, q := range []string{"Who signed the memorandum?", "¿Quién firmó el memorando?", "was fito convictd in the US", "best ceviche", "qué pasó el 31 de julio"} {
		for _, l := range knowledge.Langs {
			var r search.Result
			allocs := testing.AllocsPerRun(100, func() { x.Search(search.Query{Text: q, Lang: l}, &r) })
			limit := 0.0
			if len(r.Literals) > 0 {
				limit = 12 // keys of dates and numbers
			}
			if allocs > limit {
				t.Errorf("%q in %s: %v allocations, want %v at most", q, l, allocs, limit)
			}
		}
	}
}

func TestLiveSwapsWhileQuestionsRun(t *testing.T) {
	live := search.NewLive(search.New(smallBase()))
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			var r search.Result
			for range 200 {
				x := live.Load()
				x.Search(search.Query{Text: "who singed the memorandum", Fallback: true}, &r)
				for _, p := range r.Passages {
					if x.Base().Fact(p.Fact.ID) != p.Fact {
						t.Error("a passage is of another base")
					}
				}
			}
		})
	}
	for range 20 {
		live.Store(search.New(smallBase()))
	}
	asking.Wait()
}

func FuzzSearch(f *testing.F) {
	for _, q := range []string{"Who signed the memorandum?", "¿Quién firmó el memorando el 31/7/2025?", "fito's 13.5 million", "EE. UU.", "\xff", "a\u0301"} {
		f.Add(q, "en")
		f.Add(q, "es")
	}
	x := search.New(smallBase())
	f.Fuzz(func(t *testing.T, q, l string) {
		var r search.Result
		x.Search(search.Query{Text: q, Lang: knowledge.Lang(l), Fallback: true}, &r)
		if r.Probability < 0 || r.Probability > 1 || r.Probability != r.Probability {
			t.Errorf("probability %v", r.Probability)
		}
		for i, p := range r.Passages {
			if p.Fact == nil || x.Base().Fact(p.Fact.ID) != p.Fact {
				t.Errorf("passage %d is not of the base", i)
			}
			if i > 0 && p.Score > r.Passages[i-1].Score {
				t.Errorf("passage %d scores more than the one before", i)
			}
		}
		for _, w := range r.Words {
			if w.Start < 0 || w.End > len(q) || w.Start >= w.End {
				t.Errorf("word at %d:%d of %d", w.Start, w.End, len(q))
			}
		}
	})
}
