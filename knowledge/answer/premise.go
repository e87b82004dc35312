package answer

import (
	"slices"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
	"enlace/knowledge/search"
	"enlace/knowledge/wording"
)

// A question makes a misstatement its own when it says at least this share of its words; one that asks for a name, a date, a place
// or a number must say all of it ("when was he convicted"), since it only happens to share words otherwise.
const (
	leastClaimed = 0.7
	wholeClaim   = 1.0
)

// premiseDepth is how many of the best passages may correct a question.
const premiseDepth = 3

// misstatement is a claim of a question and the fact that says otherwise.
type misstatement struct {
	claim string
	fact  *knowledge.Fact
}

// falsePremise finds the claim of a question that a fact contradicts: a misstatement that a curator has listed, or a name,
// date or number in the place of the one that the fact states.
func falsePremise(text string, l knowledge.Lang, r *search.Result) (misstatement, bool) {
	if p, ok := misstated(text, l, r.Asked, r); ok {
		return p, true
	}
	if !r.Asked.Has(search.AskedYesNo) {
		return misstatement{}, false
	}
	return contradicted(text, l, r)
}

// misstated finds the listed misstatement that a text makes its own; kind is what the text asks for.
func misstated(text string, l knowledge.Lang, kind search.Asked, r *search.Result) (misstatement, bool) {
	asked := contentStems(text, l)
	denies := wording.Has(text, l, wording.Negation)
	var best misstatement
	most := limits.misstated
	for _, p := range r.Passages[:min(len(r.Passages), premiseDepth)] {
		own := textStems(p.Fact.Text.In(l), l)
		for _, claim := range p.Fact.Corrects.In(l) {
			if wording.Has(claim, l, wording.Negation) != denies {
				continue
			}
			if share := claimed(contentStems(claim, l), own, asked, kind); share > most {
				best, most = misstatement{claim, p.Fact}, share
			}
		}
	}
	return best, best.fact != nil
}

// claimed returns how much of a known misstatement a question makes its own, as a share of the misstatement's words, or 0 when
// it does not. What is wrong about the misstatement are the words that the correcting fact does not have ("Noboa signed it"):
// the question must say all of these. Where there are none, the fact denies the whole, and only a question that asks whether
// can be taken for it.
func claimed(claim, own, asked []string, kind search.Asked) float64 {
	said, wrong, wrongSaid := 0, 0, 0
	for _, s := range claim {
		has := slices.Contains(asked, s)
		if has {
			said++
		}
		if !slices.Contains(own, s) {
			wrong++
			if has {
				wrongSaid++
			}
		}
	}
	if said < 2 || wrongSaid < wrong || wrong == 0 && !kind.Has(search.AskedYesNo) {
		return 0
	}
	share := float64(said) / float64(len(claim))
	if share < leastClaimed || kind.Has(particular|search.AskedHowMany) && share < wholeClaim {
		return 0
	}
	foreign := 0 // words of the question that are not in the misstatement
	for _, s := range asked {
		if !slices.Contains(claim, s) {
			foreign++
		}
	}
	return share * (1 - 0.5*float64(foreign)/float64(len(asked)))
}

func textStems(text string, l knowledge.Lang) []string {
	var out []string
	for _, t := range lang.Tokens(nil, text) {
		if t.Kind != lang.Punct {
			out = append(out, lang.Stem(t.Folded, l))
		}
	}
	return out
}

// contradicted compares the dates and numbers of a text with those of the best facts. Only a text whose every other word a fact
// or a phrasing of it has is held against the fact: "was he handed over on July 25?". The first such fact decides.
func contradicted(text string, l knowledge.Lang, r *search.Result) (misstatement, bool) {
	claims := literal.Parse(text, l)
	if len(claims) == 0 {
		return misstatement{}, false
	}
	rest := text
	for i := len(claims) - 1; i >= 0; i-- {
		rest = rest[:claims[i].Start] + " " + rest[claims[i].End:]
	}
	stems := contentStems(rest, l)
	if len(stems) < 2 {
		return misstatement{}, false
	}
	for _, p := range r.Passages[:min(len(r.Passages), premiseDepth)] {
		if len(uncovered(stems, p.Fact, l)) > 0 {
			continue
		}
		stated := literal.Parse(p.Fact.Text.In(l), l)
		for _, claim := range claims {
			if rivalled(claim, stated) {
				return misstatement{text[claim.Start:claim.End], p.Fact}, true
			}
		}
		return misstatement{}, false
	}
	return misstatement{}, false
}

// rivalled reports whether a fact states another value of the same kind and unit as the claim, and not the claim itself.
func rivalled(claim literal.Literal, stated []literal.Literal) bool {
	rival := false
	for _, s := range stated {
		if literal.Entails(s, claim) {
			return false
		}
		rival = rival || s.Kind == claim.Kind && s.Unit == claim.Unit
	}
	return rival
}
