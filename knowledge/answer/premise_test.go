package answer_test

import (
	"strings"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

// openQuestion turns a misstatement into the question for its subject: "he was released on bail" into "who was released on bail?".
// The subject is the pronoun that it begins with, or the name before a verb that is known. It returns "" for other misstatements.
func openQuestion(claim string, l knowledge.Lang) string {
	words := strings.Fields(claim)
	for i, w := range words[:min(len(words), 3)] {
		switch w = strings.ToLower(w); {
		case l == knowledge.English && i == 0 && (w == "he" || w == "she" || w == "they"):
			return "who " + strings.Join(words[1:], " ") + "?"
		case l == knowledge.English && i == 0 && w == "it":
			return "what " + strings.Join(words[1:], " ") + "?"
		case l == knowledge.English && i > 0 && strings.Contains(" is was has had signed wrote said gave won lost pleaded escaped led met named ", " "+w+" "):
			return "who " + strings.Join(words[i:], " ") + "?"
		case l == knowledge.Spanish && strings.Contains(" es era fue tiene estaba firmó escribió dijo dio ganó perdió escapó lideró ", " "+w+" "):
			return "¿quién " + strings.Join(words[i:], " ") + "?"
		}
	}
	return ""
}

func TestAnOpenQuestionIsNotCorrectedByAFactThatDoesNotAnswerIt(t *testing.T) {
	b := shipped(t)
	index, s := indexOf(b), serve(b)
	asked, corrected, elsewhere := 0, 0, 0
	for i := range b.Facts {
		f := &b.Facts[i]
		for _, l := range knowledge.Langs {
			for _, claim := range f.Corrects.In(l) {
				q := openQuestion(claim, l)
				if q == "" {
					continue
				}
				asked++
				a := ask(s, q)
				if len(a.Premise) == 0 {
					continue
				}
				corrected++
				var r search.Result
				index.Search(search.Query{Text: q, Fallback: true}, &r)
				if len(r.Passages) > 0 && r.Passages[0].Fact.ID != a.Premise[0].Fact {
					elsewhere++
					t.Logf("%q is corrected by %s (%q)", q, a.Premise[0].Fact, a.Premise[0].Claim)
				}
			}
		}
	}
	t.Logf("%d questions, %d corrected, %d by a fact that is not the best", asked, corrected, elsewhere)
	if asked < 300 || elsewhere*100 > asked*2 || corrected*100 > asked*10 {
		t.Errorf("%d questions, %d corrected, %d by a fact that is not the best", asked, corrected, elsewhere)
	}
}

func TestPremises(t *testing.T) {
	s := serve(shipped(t))
	for question, want := range map[string]knowledge.FactID{
		"who is fito's lawyer":                                  "",
		"¿quién es el abogado de Fito?":                         "",
		"who is the US ambassador to Ecuador":                   "",
		"who was released on bail?":                             "",
		"who was convicted of the Villavicencio assassination?": "",
		"are los choneros allied with the jalisco cartel":       "",
		"will fito face the death penalty":                      "",
		"did noboa sign the memorandum":                         "mou-who-signed",
		"when noboa signed next to noem were cameras allowed":   "mou-who-signed",
	} {
		a := ask(s, question)
		got := knowledge.FactID("")
		if len(a.Premise) > 0 {
			got = a.Premise[0].Fact
		}
		if got != want || (want == "") == strings.Contains(a.Text, "otherwise") {
			t.Errorf("%q: premise %q, want %q: %q", question, got, want, a.Text)
		}
	}
	if a := ask(s, "who is fito's lawyer"); len(cited(a)) == 0 || cited(a)[0] != "people-and-bodies-schacht" {
		t.Errorf("%q", a.Text)
	}
}

func TestNoPremiseIsCorrectedThatIsRight(t *testing.T) {
	s := serve(shipped(t))
	for _, q := range []string{
		"fito escaped twice, right?", "why did fito escape twice", "fito escaped from prison twice in his life, true?", "noem went to ecuador two times in 2025, right?",
		"did reimberg travel to washington", "did reimberg travel to washington after the signing",
	} {
		if a := ask(s, q); len(a.Premise) > 0 {
			t.Errorf("%q is corrected: %q", q, a.Text)
		}
	}
}

func TestADenialIsNotSaidToSettleAnything(t *testing.T) {
	s := serve(shipped(t))
	for _, q := range []string{"fito mató a villavicencio", "Petro se reunió con Fito, cuándo fue?", "did fito kill villavicencio"} {
		if a := ask(s, q); strings.Contains(a.Text, "otra cosa") || strings.Contains(a.Text, "say otherwise") {
			t.Errorf("%q: %q", q, a.Text)
		}
	}
}
