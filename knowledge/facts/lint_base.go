package facts

import (
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
)

// unused reports entities and sources that no fact names.
func (l *linter) unused() {
	entities, sources := map[knowledge.EntityID]bool{}, map[knowledge.SourceID]bool{}
	for i := range l.base.Facts {
		for _, id := range l.base.Facts[i].Entities {
			entities[id] = true
		}
		for _, id := range l.base.Facts[i].Sources {
			sources[id] = true
		}
	}
	for i := range l.base.Sources {
		if s := &l.base.Sources[i]; !sources[s.ID] {
			l.about("source", string(s.ID), s.Pos, nil, "unused", "cite it or remove it", "no fact cites it")
		}
	}
	for i := range l.base.Entities {
		if e := &l.base.Entities[i]; !entities[e.ID] {
			l.about("entity", string(e.ID), e.Pos, nil, "unused", "add it to the entities of the facts that speak of it, or remove it", "no fact has it among its entities")
		}
	}
}

// sharedNames reports names that two entities have.
func (l *linter) sharedNames() {
	owner := map[string]*knowledge.Entity{}
	for i := range l.base.Entities {
		e := &l.base.Entities[i]
		for k, text := range append([]string{e.Name}, e.Aliases...) {
			folded := plainWords(text)
			first, taken := owner[folded]
			if !taken {
				owner[folded] = e
				continue
			}
			if first == e {
				continue
			}
			path := []string{"name"}
			if k > 0 {
				path = []string{"aliases", index(k - 1)}
			}
			l.about("entity", string(e.ID), e.Pos, path, "alias-shared", "leave it with the one that people mean", "%q is a name of %s too", text, first.ID)
		}
	}
}

// phrasings reports what is wrong with a fact's asks and corrects.
func (l *linter) phrasings(f *knowledge.Fact, r *reading) {
	for _, s := range r.sides {
		own := plainWords(s.text)
		asks := f.Asks.In(s.lang)
		if len(asks) < l.MinAsks {
			l.warn("few-asks", f, []string{"asks", string(s.lang)}, "add more of what people would type", "has %d of %d phrasings in %s", len(asks), l.MinAsks, s.lang)
		}
		for i, ask := range asks {
			if copied := copies(plainWords(ask), own); copied != "" {
				l.warn("ask-copies", f, []string{"asks", string(s.lang), index(i)}, "write it as somebody would who does not know the fact", "a phrasing copies the fact's wording, %q", copied)
			}
		}
		for i, wrong := range f.Corrects.In(s.lang) {
			if plainWords(wrong) == own {
				l.warn("corrects-itself", f, []string{"corrects", string(s.lang), index(i)}, "write the misstatement, not the fact", "a misstatement is the fact itself")
			}
		}
	}
}

// copiedWords is how many words in a row a phrasing may share with its fact.
const copiedWords = 6

// copies returns a run of words that a phrasing shares with its fact's text when the run is long and most of the phrasing, else "".
// Both are plain words with single spaces.
func copies(ask, text string) string {
	words := strings.Fields(ask)
	need := max(copiedWords, (len(words)*7+9)/10)
	text = " " + text + " "
	for i := 0; i+need <= len(words); i++ {
		if run := strings.Join(words[i:i+need], " "); strings.Contains(text, " "+run+" ") {
			return run
		}
	}
	return ""
}

// sharedPhrasings reports phrasings that stand twice: nobody could say which fact they ask for.
func (l *linter) sharedPhrasings(readings []*reading) {
	first := map[string]*knowledge.Fact{}
	for _, r := range readings {
		f := r.fact
		for _, language := range knowledge.Langs {
			for i, ask := range f.Asks.In(language) {
				words := plainWords(ask)
				other, taken := first[words]
				path := []string{"asks", string(language), index(i)}
				switch {
				case !taken:
					first[words] = f
				case other == f:
					l.warn("ask-shared", f, path, "remove one", "the phrasing %q stands twice", short(ask))
				default:
					l.warn("ask-shared", f, path, "leave it with the fact that answers it best", "the phrasing %q stands under %s too", short(ask), other.ID)
				}
			}
		}
	}
}

// sharedTexts reports a text that two facts have.
func (l *linter) sharedTexts(readings []*reading) {
	first := map[string]*knowledge.Fact{}
	for _, r := range readings {
		for _, s := range r.sides {
			words := string(s.lang) + plainWords(s.text)
			if other, taken := first[words]; taken {
				l.warn("same-text", r.fact, s.path(), "keep one of the two", "the text (%s) is that of %s", s.lang, other.ID)
				continue
			}
			first[words] = r.fact
		}
	}
}

// contradictions reports two facts that say the same of the same things with another value, or of the same office with another
// name, when neither is disputed: one of them is wrong or out of date. Two rules, both of which need every other word to agree:
//
//   - the same entities, and one literal differs from a literal of the same kind and unit;
//   - the same values and dates, one person differs, and the text names an office that one person holds at a time.
func (l *linter) contradictions(readings []*reading) {
	type group struct {
		r *reading
		s *side
	}
	groups := map[string][]group{}
	for _, r := range readings {
		if r.fact.Status == knowledge.Disputed || len(r.sides) == 0 {
			continue
		}
		s := r.sides[0]
		if frame := s.frame(); len(frame) >= 2 {
			key := string(s.lang) + " " + strings.Join(frame, " ")
			for _, g := range groups[key] {
				if what := clash(g.s, s); what != "" {
					l.warn("contradiction", r.fact, s.path(), "mark both as disputed, replace the older one, or word them so that the difference shows", "says the same as %s with another value: %s", g.r.fact.ID, what)
				}
			}
			groups[key] = append(groups[key], group{r, s})
		}
	}
}

// offices are the stems of offices that one person holds at a time, in both languages.
var offices = stems("minister ministro ministra president presidente presidenta director directora ambassador embajador embajadora secretary secretaria secretario commander comandante chief jefe jefa governor gobernador gobernadora mayor alcalde alcaldesa attorney fiscal warden commissioner comisionado comisionada leader")

func stems(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		for _, language := range knowledge.Langs {
			out[lang.Stem(w, language)] = true
		}
	}
	return out
}

// clash returns how two texts with the same frame contradict each other, or "".
func clash(a, b *side) string {
	onlyA, onlyB := literal.Diff(a.literals, b.literals)
	entitiesA, entitiesB := a.entities(), b.entities()
	sameEntities := slices.Equal(entitiesA, entitiesB)
	switch {
	case sameEntities && len(onlyA) == 1 && len(onlyB) == 1 && onlyA[0].Kind == onlyB[0].Kind && onlyA[0].Unit == onlyB[0].Unit && onlyA[0].Label == onlyB[0].Label && onlyA[0].Label == "":
		return `"` + a.span(onlyA[0]) + `" and "` + b.span(onlyB[0]) + `"`
	case !sameEntities && len(onlyA)+len(onlyB) == 0 && len(entitiesA) == len(entitiesB) && slices.ContainsFunc(a.frame(), func(s string) bool { return offices[s] }):
		x, y := lacking(entitiesA, entitiesB), lacking(entitiesB, entitiesA)
		if len(x) == 1 && len(y) == 1 {
			return string(x[0]) + " and " + string(y[0])
		}
	}
	return ""
}

// lacking returns what a has and b has not.
func lacking(a, b []knowledge.EntityID) []knowledge.EntityID {
	return slices.DeleteFunc(slices.Clone(a), func(id knowledge.EntityID) bool { return slices.Contains(b, id) })
}
