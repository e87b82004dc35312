package answer

import (
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
	"enlace/knowledge/search"
	"enlace/knowledge/wording"
)

// A question makes a misstatement its own when it says at least this share of its words; one that asks for a name, a date, a place
// or a number must say all of it ("when was he convicted"), since it only happens to share words otherwise.
const (
	leastClaimed = 0.8
	wholeClaim   = 1.0
	// ourMatter is the least probability of an answer, as a share of what an answer needs, for a question to be corrected.
	ourMatter = 0.04
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
	least := 0.0 // where the probability says little, the words decide
	if r.Classified.Known {
		least = leastProbable(r)
	}
	if p, ok := misstated(text, l, r.Asked, r); ok && r.Probability >= ourMatter*least {
		return p, true
	}
	if !r.Asked.Has(search.AskedYesNo) || r.Probability < least {
		return misstatement{}, false
	}
	return contradicted(text, l, r)
}

// misstated finds the listed misstatement that a text makes its own; kind is what the text asks for.
func misstated(text string, l knowledge.Lang, kind search.Asked, r *search.Result) (misstatement, bool) {
	asked := contentStems(text, l)
	denies, whether := wording.Has(text, l, wording.Negation), kind.Has(search.AskedYesNo)
	open := !whether && kind != 0 && asksOpenly(text, l)
	var best misstatement
	most := limits.misstated
	for _, p := range r.Passages[:min(len(r.Passages), premiseDepth)] {
		own := textStems(p.Fact.Text.In(l), l)
		if open && r.Passages[0].Score-p.Score > limits.tied {
			break // another fact answers
		}
		if repeats(asked, contentStems(p.Fact.Text.In(l), l)) {
			continue
		}
		for _, claim := range p.Fact.Corrects.In(l) {
			share := claimed(contentStems(claim, l), own, asked, kind, open) // the cheapest of these checks
			if share <= most {
				continue
			}
			if wording.Has(claim, l, wording.Negation) != denies || kind != 0 && foretells(text, l) && !foretells(claim, l) || !saysAmounts(text, claim, l) {
				continue
			}
			if open && !presupposes(text, claim, own, l, kind, r) || whether && !sameNames(text, claim, p.Fact, own, l, r) {
				continue
			}
			best, most = misstatement{claim, p.Fact}, share
		}
	}
	return best, best.fact != nil
}

// repeats reports whether a text says nearly all that a fact says: then it is right, though it has the words of a misstatement, too.
func repeats(asked, fact []string) bool {
	said := 0
	for _, s := range fact {
		if slices.Contains(asked, s) {
			said++
		}
	}
	return said*10 >= len(fact)*9
}

// settles reports whether a fact says how it is, so that what is otherwise is wrong, and not only that nobody says so, that somebody
// denies it, or that there are several versions.
func settles(f *knowledge.Fact, l knowledge.Lang) bool {
	text := f.Text.In(l)
	return f.Status != knowledge.Disputed && !wording.Has(text, l, wording.Dispute) && !wording.Has(text, l, wording.Uncertainty) &&
		(f.Status != knowledge.Alleged || !wording.Has(text, l, wording.Negation))
}

// amounts are words that say how much or how often, in which a misstatement may be wrong though they carry no meaning of their own.
var amounts = map[knowledge.Lang]map[string]bool{
	knowledge.English: set("only once twice never always all every none both same first last alone still already just one two three nobody everybody"),
	knowledge.Spanish: set("solo solamente unico unica vez veces nunca siempre todo todos todas ninguno ninguna ambos mismo misma primero primera ultimo ultima todavia aun ya uno una dos tres nadie"),
}

// saysAmounts reports whether a text has every word of a misstatement that says how much or how often.
func saysAmounts(text, claim string, l knowledge.Lang) bool {
	said := textWords(text)
	for w := range textWords(claim) {
		if amounts[l][w] && !said[w] {
			return false
		}
	}
	return true
}

func textWords(text string) map[string]bool {
	words := map[string]bool{}
	for _, t := range lang.Tokens(nil, text) {
		words[t.Folded] = true
	}
	return words
}

// claimed returns how much of a known misstatement a question makes its own, as a share of the misstatement's words, or 0 when
// it does not. What is wrong about the misstatement are the words that the correcting fact does not have ("Noboa signed it"):
// the question must say all of these. Where there are none, the fact denies the whole, and only a question that asks whether
// can be taken for it.
func claimed(claim, own, asked []string, kind search.Asked, open bool) float64 {
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
	if share < leastClaimed || wrong == 0 && share < wholeClaim || (open || kind.Has(particular|search.AskedHowMany)) && share < wholeClaim {
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

// asksOpenly reports whether a text asks who, what, which, when, where or how many, which presupposes only what it says besides
// that word. Only the first words count: "que" is also that.
func asksOpenly(text string, l knowledge.Lang) bool {
	n, when := 0, false
	for _, t := range lang.Tokens(nil, text) {
		if t.Kind == lang.Punct {
			continue
		}
		if when { // "when did they sign" asks; "when they signed, was it raining" does not
			return auxiliary[t.Folded]
		}
		if n++; n > 3 {
			return false
		}
		if when = t.Folded == "when"; when {
			continue
		}
		if lang.IsQuestionWord(t.Folded, l) {
			return !reasons[t.Folded]
		}
	}
	return false
}

var auxiliary = set("is are was were do does did has have had will would can could should")

// reasons ask for what is behind a claim, and so take the whole of it for granted.
var reasons = set("why whys how hows como porque porq xq pq xk porke")

// presupposes reports whether an open question can take a misstatement for granted. The word that asks stands for nothing in it: who
// asks for somebody, so a misstatement about "he" is not the question's own unless the question has such a subject too, and what
// is wrong about it must be a name that the question says. What the question's own best fact has is not wrong.
func presupposes(text, claim string, own []string, l knowledge.Lang, kind search.Asked, r *search.Result) bool {
	who := kind.Has(search.AskedWho)
	if (who || kind.Has(search.AskedWhat)) && subjectless(claim, l) && !hasSubject(text, claim, l, who, r) {
		return false
	}
	stems := contentStems(claim, l)
	wrong := slices.DeleteFunc(stems, func(s string) bool { return slices.Contains(own, s) })
	if best := r.Passages[0].Fact; !slices.Contains(best.Corrects.In(l), claim) {
		wrong = uncovered(wrong, best, l)
	}
	if len(wrong) == 0 {
		return false
	}
	return !who || slices.ContainsFunc(r.Mentions, func(m search.Mention) bool {
		return slices.ContainsFunc(nameIn(text, m.Entity, l), func(s string) bool { return slices.Contains(wrong, s) })
	})
}

// subjectless reports whether a misstatement begins with a pronoun, or in Spanish with its verb: it is about whoever its fact is about.
func subjectless(claim string, l knowledge.Lang) bool {
	for _, t := range lang.Tokens(nil, claim) {
		if t.Kind == lang.Punct {
			continue
		}
		if l == knowledge.English {
			return lang.IsPronoun(t.Folded, l) || personal[t.Folded]
		}
		word := strings.ToLower(t.Text)
		return word == "él" || lang.IsPronoun(t.Folded, l) || verbs[t.Folded] || strings.HasSuffix(word, "ó") || strings.HasSuffix(word, "aron") || strings.HasSuffix(word, "ieron")
	}
	return false
}

var (
	personal = set("he she they we")
	verbs    = set("es era fue son eran fueron esta estaba estan estuvo tiene tuvo hay hubo va iba no nunca ya se")
)

// hasSubject reports whether a question names somebody or something, by name or pronoun, that a misstatement leaves unnamed.
func hasSubject(text, claim string, l knowledge.Lang, person bool, r *search.Result) bool {
	for _, t := range lang.Tokens(nil, text) {
		if personal[t.Folded] || t.Folded == "him" || t.Folded == "it" || strings.ToLower(t.Text) == "él" || t.Folded == "ella" {
			return true
		}
	}
	said := textStems(claim, l)
	return slices.ContainsFunc(r.Mentions, func(m search.Mention) bool {
		return (!person || m.Entity.Kind == knowledge.Person) && !covers(said, nameIn(text, m.Entity, l))
	})
}

// sameNames reports whether a question and a misstatement of a fact are about the same: who is named in one and not in the other
// is only left out where the fact speaks of them.
func sameNames(text, claim string, f *knowledge.Fact, own []string, l knowledge.Lang, r *search.Result) bool {
	asked, said := textStems(text, l), textStems(claim, l)
	for _, name := range lang.Names(claim) {
		if s := lang.Stem(name.Folded, l); !slices.Contains(asked, s) && !mentioned(name.Folded, r) {
			return false
		}
	}
	for _, m := range r.Mentions {
		stems := nameIn(text, m.Entity, l)
		if !slices.Contains(f.Entities, m.Entity.ID) && !covers(said, stems) && !covers(own, stems) {
			return false
		}
	}
	return true
}

// mentioned reports whether a word is part of a name of somebody whom the question mentions by any name.
func mentioned(folded string, r *search.Result) bool {
	return slices.ContainsFunc(r.Mentions, func(m search.Mention) bool { return hasName(m.Entity, folded) })
}

// nameIn returns the stems of the words of a text that are part of a name of an entity. The text need not be the one that was
// searched: inside a conversation that says more.
func nameIn(text string, e *knowledge.Entity, l knowledge.Lang) []string {
	var out []string
	for _, t := range lang.Tokens(nil, text) {
		if t.Kind != lang.Punct && !lang.IsStop(t.Folded, l) && hasName(e, t.Folded) {
			out = append(out, lang.Stem(t.Folded, l))
		}
	}
	return out
}

func hasName(e *knowledge.Entity, folded string) bool {
	in := func(name string) bool {
		return slices.ContainsFunc(lang.Tokens(nil, name), func(t lang.Token) bool { return t.Folded == folded })
	}
	return in(e.Name) || slices.ContainsFunc(e.Aliases, in)
}

// foretells reports whether a text is about what is to come, which no fact about what was can correct.
func foretells(text string, l knowledge.Lang) bool {
	tokens := lang.Tokens(nil, text)
	for i, t := range tokens {
		word := strings.ToLower(t.Text)
		if l == knowledge.English && (word == "will" || word == "gonna" || word == "going" && i+1 < len(tokens) && tokens[i+1].Folded == "to") {
			return true
		}
		if l == knowledge.Spanish && (strings.HasSuffix(word, "rá") || strings.HasSuffix(word, "rán") || (word == "va" || word == "van") && i+1 < len(tokens) && tokens[i+1].Folded == "a") {
			return true
		}
	}
	return false
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
