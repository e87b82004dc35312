package answer

import (
	"math"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
	"enlace/knowledge/search"
	"enlace/knowledge/verify"
	"enlace/knowledge/wording"
)

// A sentence is refuted only by a fact about the same event: one that has its every word and name, and another value in the
// same place. What any other fact says of the sentence's value or place acquits it, since refuting a truth is the worst error.

// rival is what a fact has in the place of a word of a sentence.
type rival struct {
	word, against string
	fact          *knowledge.Fact
}

// court holds one sentence against the facts that were found for it.
type court struct {
	lex      *lexicon
	lang     knowledge.Lang
	sentence *reading
	facts    []*knowledge.Fact
	read     []*reading
}

func newCourt(lex *lexicon, text string, l knowledge.Lang, r *search.Result) *court {
	c := &court{lex: lex, lang: l, sentence: lex.read(text, l, false)}
	for _, p := range r.Passages {
		c.facts = append(c.facts, p.Fact)
		c.read = append(c.read, lex.read(plainPart(p.Fact, l), l, false))
	}
	return c
}

// judge decides whether a sentence that no fact proves is refuted. What the verifier has against it counts only where it stands.
func (c *court) judge(out *knowledge.CheckedSentence, checked *verify.CheckedSentence) {
	refute := func(f knowledge.FactID, why string) {
		out.Verdict, out.Citations, out.Reason = knowledge.Contradicted, []knowledge.FactID{f}, why
	}
	accused := checked.Finding == verify.Contradicted
	if r, ok := c.rival(); ok {
		x := verify.Conflict{Word: r.word, Against: r.against, Fact: r.fact.ID}
		if !accused {
			x.Against = ""
		}
		refute(r.fact.ID, conflict(x, c.lang))
		return
	}
	if standing := slices.DeleteFunc(slices.Clone(checked.Conflicts), func(x verify.Conflict) bool { return !c.stands(x) }); len(standing) > 0 {
		refute(standing[0].Fact, reason(&verify.CheckedSentence{Finding: verify.Contradicted, Conflicts: standing}, c.lang))
		return
	}
	if f, ok := c.misstated(); ok {
		refute(f.ID, choose(c.lang, "a known misstatement", "un error conocido"))
		return
	}
	if accused {
		out.Verdict, out.Citations, out.Reason = knowledge.NotCovered, []knowledge.FactID{}, choose(c.lang, "no fact says this", "ningún hecho lo dice")
	}
}

// stands reports whether a word that the verifier holds against a fact differs in the same place: a name of the same sort in the
// same role, or a word that is no name, date or number, of a fact that names everybody and everything else.
func (c *court) stands(x verify.Conflict) bool {
	at := slices.IndexFunc(c.facts, func(f *knowledge.Fact) bool { return f.ID == x.Fact })
	s := c.sentence
	if at < 0 || c.strange() || x.Check != verify.Hedge && c.stated() {
		return false
	}
	f := c.read[at]
	switch x.Check {
	case verify.Number, verify.Date, verify.Unit:
		return false // a rival, or nothing
	case verify.Name:
		i := s.called(x.Word)
		j := f.called(x.Against)
		return i >= 0 && j >= 0 && !s.again && !s.some && !s.names[i].place && !f.names[j].place && s.names[i].person == f.names[j].person &&
			c.sure(at) && f.covers(s) && f.has(s, i) && c.together(f) && f.entails(s, -1) && !c.acquits(i)
	}
	if word, against := relationOf(lang.Fold(x.Word)), relationOf(lang.Fold(x.Against)); word != nil && against != nil && word.name == against.name && word.object {
		return false // a memorandum is an agreement
	}
	if x.Check == verify.LegalStage && custody(x.Word, c.lang) {
		return false
	}
	if (x.Check == verify.NovelWord || x.Check == verify.GuardWord) && !f.covers(c.lex.read(strings.Replace(s.text, x.Word, "", 1), c.lang, false)) {
		return false
	}
	return (x.Check == verify.Hedge || !f.disputed && c.facts[at].Status != knowledge.Disputed) && f.has(s, -1) && f.entails(s, -1) && !c.parallel(x)
}

// custody reports whether words tell that somebody is in prison or on the way there, steps that do not exclude each other.
func custody(words string, l knowledge.Lang) bool {
	return slices.ContainsFunc(wording.Stages(words, l), func(m wording.Match) bool {
		switch m.Stage {
		case wording.Arrested, wording.Captured, wording.Recaptured, wording.Detained, wording.Imprisoned:
			return true
		}
		return false
	})
}

// called returns the name that a piece of the text holds, or -1.
func (r *reading) called(piece string) int {
	at := strings.Index(r.text, piece)
	if piece == "" || at < 0 {
		return -1
	}
	return slices.IndexFunc(r.names, func(n named) bool { return n.start < at+len(piece) && at < n.end })
}

// acquits reports whether a fact tells the same of the name after all.
func (c *court) acquits(name int) bool {
	n := c.sentence.names[name]
	return slices.ContainsFunc(c.read, func(f *reading) bool {
		return !f.denied && !f.disputed && f.events[n.event] && slices.ContainsFunc(f.names, func(x named) bool { return x.key == n.key && x.event == n.event }) && f.entails(c.sentence, -1)
	})
}

// parallel reports whether another fact has the very word, of the same people, at the same time.
func (c *court) parallel(x verify.Conflict) bool {
	if x.Word == "" || x.Check == verify.Hedge {
		return false
	}
	return slices.ContainsFunc(c.read, func(f *reading) bool {
		return !f.denied && !f.disputed && strings.Contains(" "+lang.Fold(f.text)+" ", " "+lang.Fold(x.Word)+" ") && f.has(c.sentence, -1) && c.sited(f) && f.entails(c.sentence, -1) && f.covers(c.sentence)
	})
}

// joined proves a sentence from two facts of one event: without its last dates and places one fact proves it, and another, of the
// same event, day and topic, has what was taken off in the same place. proof asks the verifier.
func (c *court) joined(proof func(string) []knowledge.FactID) []knowledge.FactID {
	s := c.sentence
	if len(s.strange) > 0 || s.denied || s.again || s.some || s.disputed {
		return nil
	}
	for _, cut := range s.adjuncts() {
		core := strings.TrimSpace(strings.TrimRight(s.text[:cut.start], " ,") + s.text[cut.end:])
		ids := proof(core)
		if len(ids) != 1 {
			continue
		}
		at := slices.IndexFunc(c.facts, func(f *knowledge.Fact) bool { return f.ID == ids[0] })
		if at < 0 || !c.sure(at) {
			continue
		}
		for i, f := range c.read {
			if i != at && c.sure(i) && c.facts[i].Topic == c.facts[at].Topic && oneEvent(c.read[at], f, cut.event) && f.holds(cut) {
				return []knowledge.FactID{ids[0], c.facts[i].ID}
			}
		}
	}
	return nil
}

// adjunct is a date or place with its preposition, which a sentence can do without.
type adjunct struct {
	start, end int // bytes
	event      string
	place      *named
	date       *valued
}

// adjuncts lists what the sentence can do without: each place, and each date, that has a preposition and an event.
func (r *reading) adjuncts() []adjunct {
	var out []adjunct
	add := func(from, to int, a adjunct) {
		head := strings.TrimRight(r.text[:from], " ")
		at := strings.LastIndexByte(head, ' ') + 1
		if w := lang.Fold(head[at:]); w == "el" { // "el 31 de julio"
			a.start, a.end = at, to
		} else if w == "in" || w == "on" || w == "en" {
			a.start, a.end = at, to
		} else {
			return
		}
		if a.event != "" && at > 0 {
			out = append(out, a)
		}
	}
	for i := range r.names {
		if n := &r.names[i]; n.place && n.way == "in" && placeNames[n.key] != "" {
			add(n.start, n.end, adjunct{event: n.event, place: n})
		}
	}
	for i := range r.literals {
		if v := &r.literals[i]; v.Kind == literal.Date && v.Approx == literal.Exact && !v.Range && v.Weekday == 0 {
			add(v.Start, v.End, adjunct{event: v.event, date: v})
		}
	}
	return out
}

// holds reports whether a fact has an adjunct for the same event.
func (r *reading) holds(a adjunct) bool {
	if a.place != nil {
		return slices.ContainsFunc(r.names, func(n named) bool {
			return n.place && n.event == a.event && n.way == "in" && placeNames[n.key] != "" && lies(n.key, a.place.key)
		})
	}
	return slices.ContainsFunc(r.literals, func(v valued) bool { return v.event == a.event && literal.Entails(v.Literal, a.date.Literal) })
}

// oneEvent reports whether two facts tell the same event: they call it the same, share somebody or some place, and date it in the
// same month; nothing of the one is elsewhere or at another time than the other's.
func oneEvent(a, b *reading, event string) bool {
	if !a.events[event] || !b.events[event] || a.events["deal"] != b.events["deal"] {
		return false
	}
	dated, shared := false, false
	for _, x := range a.literals {
		for _, y := range b.literals {
			if x.Kind != literal.Date || y.Kind != literal.Date || x.event != event || y.event != event {
				continue
			}
			if !sameDate(x.Date, y.Date) || x.Range || y.Range {
				return false
			}
			dated = dated || x.Date.Month != 0 && y.Date.Month != 0 && x.Date.Year != 0 && y.Date.Year != 0
		}
	}
	for _, x := range a.names {
		for _, y := range b.names {
			if x.place && y.place && x.way != "" && y.way != "" && apart(x.key, y.key) {
				return false
			}
			shared = shared || x.key == y.key || x.place && y.place
		}
	}
	return dated && shared
}

// sure reports whether a fact is plain enough to refute anything.
func (c *court) sure(i int) bool {
	plain := c.facts[i].Status == knowledge.Official || c.facts[i].Status == knowledge.Reported || c.read[i].text != c.facts[i].Text.In(c.lang)
	return plain && !c.read[i].denied && !c.read[i].disputed
}

// rival finds the fact that has another date, number or place in the place of the sentence's.
func (c *court) rival() (rival, bool) {
	s := c.sentence
	if s.denied || s.again || s.some || c.stated() {
		return rival{}, false
	}
	for i := range s.literals {
		if r, ok := c.literal(i); ok {
			return r, true
		}
	}
	for i := range s.names {
		if r, ok := c.place(i); ok {
			return r, true
		}
	}
	return rival{}, false
}

// stated reports whether a fact says everything that the sentence says, in whatever order.
func (c *court) stated() bool {
	return slices.ContainsFunc(c.read, func(f *reading) bool {
		return f.denied == c.sentence.denied && !f.disputed && f.covers(c.sentence) && f.has(c.sentence, -1) && f.entails(c.sentence, -1) && c.sited(f)
	})
}

// sited reports whether no place of the sentence is elsewhere than the fact's.
func (c *court) sited(f *reading) bool {
	for _, n := range c.sentence.names {
		if n.place && n.way != "" && !slices.ContainsFunc(f.names, func(x named) bool { return x.place && lies(x.key, n.key) }) {
			return false
		}
	}
	return true
}

// together reports whether the places of the sentence may be those of a fact.
func (c *court) together(f *reading) bool {
	for _, n := range c.sentence.names {
		if n.place && slices.ContainsFunc(f.names, func(x named) bool { return x.place && x.way == n.way && apart(x.key, n.key) }) {
			return false
		}
	}
	return true
}

// plainPart returns what a fact says: of an alleged one the first part, where that is plain ("he was killed in Quito; some suspect …").
func plainPart(f *knowledge.Fact, l knowledge.Lang) string {
	text := f.Text.In(l)
	head, _, cut := strings.Cut(text, "; ")
	if cut && f.Status == knowledge.Alleged && len(wording.Find(head, l, wording.Allegation, wording.Report, wording.Uncertainty, wording.Dispute, wording.Negation)) == 0 {
		return head
	}
	return text
}

// strange reports whether the sentence names somebody or something that no fact found has.
func (c *court) strange() bool {
	return slices.ContainsFunc(c.sentence.strange, func(stem string) bool {
		return !slices.ContainsFunc(c.read, func(f *reading) bool { return f.stems[stem] })
	})
}

func (c *court) literal(at int) (rival, bool) {
	s := c.sentence
	claim := s.literals[at]
	var best rival
	most := -1
	for i, f := range c.read {
		if f.says(claim) && !f.denied && c.near(f) {
			return rival{}, false
		}
		if !c.sure(i) || !f.covers(s) || !f.has(s, -1) || !f.entails(s, at) {
			continue
		}
		for _, x := range f.literals {
			if x.event != claim.event && s.eventful || !differs(claim, x) {
				continue
			}
			if claim.Kind == literal.Date && repeated[claim.event] && claim.Date.Year != x.Date.Year && claim.Date.Year != 0 {
				continue // another year may be another time
			}
			if n := alike(claim, x); n > most {
				most, best = n, rival{s.text[claim.Start:claim.End], f.text[x.Start:x.End], c.facts[i]}
			}
		}
	}
	return best, most >= 0
}

// repeated are the events that befall somebody more than once, years apart.
var repeated = set("capture escape convict sentence charge hold sanction designate arrive offer request")

// near reports whether a fact may speak of the sentence's matter: it shares an event, or where there is none a word, and somebody.
func (c *court) near(f *reading) bool {
	s := c.sentence
	shared := len(s.events) == 0
	for e := range s.events {
		shared = shared || f.events[e]
	}
	people := 0
	for _, n := range s.names {
		if n.place && n.way != "" {
			continue
		}
		people++
		if slices.ContainsFunc(f.names, func(x named) bool { return x.key == n.key && !x.aside }) {
			return shared
		}
	}
	return shared && people == 0
}

// differs reports whether a fact's literal stands in the way of a claim: the same sort of value, and not the same.
func differs(claim, x valued) bool {
	if x.Kind != claim.Kind || x.Unit != claim.Unit || x.Label != claim.Label || literal.Entails(x.Literal, claim.Literal) || literal.Entails(claim.Literal, x.Literal) {
		return false
	}
	if claim.Kind == literal.Date {
		return !claim.Range && !x.Range && x.Date.Year != 0 && claim.Date != (knowledge.Date{}) && !sameDate(claim.Date, x.Date)
	}
	if (claim.Kind == literal.Number || claim.Kind == literal.Ordinal) && claim.Unit == "" && claim.Label == "" && claim.noun != x.noun {
		return false
	}
	a, b := claim.Value.Float64(), x.Value.Float64()
	switch {
	case x.Approx == literal.MoreThan || x.Approx == literal.AtLeast || claim.Approx == literal.LessThan || claim.Approx == literal.AtMost:
		return a < b
	case x.Approx == literal.LessThan || x.Approx == literal.AtMost || claim.Approx == literal.MoreThan || claim.Approx == literal.AtLeast:
		return a > b
	case x.Approx != literal.Exact || claim.Approx != literal.Exact:
		return math.Abs(a-b) > 0.2*max(a, b)
	}
	return a != b
}

// sameDate reports whether two dates agree in every part that both give.
func sameDate(a, b knowledge.Date) bool {
	return (a.Year == 0 || b.Year == 0 || a.Year == b.Year) && (a.Month == 0 || b.Month == 0 || a.Month == b.Month) && (a.Day == 0 || b.Day == 0 || a.Day == b.Day)
}

// alike counts the parts of a date that two literals share.
func alike(a, b valued) int {
	n := 0
	for _, same := range [...]bool{a.Date.Year == b.Date.Year, a.Date.Month == b.Date.Month, a.Date.Day == b.Date.Day} {
		if same {
			n++
		}
	}
	return n
}

func (c *court) place(at int) (rival, bool) {
	s := c.sentence
	claim := s.names[at]
	if !claim.place || claim.way == "" || placeNames[claim.key] == "" {
		return rival{}, false
	}
	if claim.event == "" && len(s.events) == 0 {
		claim.event = "base"
	}
	var best rival
	for i, f := range c.read {
		if !c.near(f) {
			continue
		}
		found := ""
		for _, x := range f.names {
			if !x.place || placeNames[x.key] == "" {
				continue
			}
			if !f.denied && f.events[claim.event] && !apart(claim.key, x.key) && lies(x.key, claim.key) {
				return rival{}, false
			}
			if x.event == claim.event && x.way == claim.way && (found == "" || lies(x.key, found)) {
				found = x.key
			}
		}
		if found != "" && !apart(claim.key, found) {
			return rival{}, false
		}
		if found == "" || best.fact != nil || !c.sure(i) || !f.covers(s) || !f.has(s, at) || !f.entails(s, -1) {
			continue
		}
		best = rival{claim.key, found, c.facts[i]}
	}
	if best.fact == nil {
		return best, false
	}
	best.word, best.against = c.surface(s.text, best.word), c.surface(best.fact.Text.In(c.lang), best.against)
	return best, true
}

// surface returns the name of a place as a text writes it.
func (c *court) surface(text, key string) string {
	tokens := slices.DeleteFunc(lang.Tokens(nil, text), func(t lang.Token) bool { return t.Kind == lang.Punct || t.Text == "'s" || t.Text == "’s" })
	for i := range tokens {
		if n, ok := c.lex.name(tokens[i:], i, make([]bool, len(tokens)-i), false); ok && n.key == key {
			return text[tokens[n.from].Start:tokens[n.to-1].End]
		}
	}
	return key
}

// misstated finds the listed misstatement that the sentence makes: it must have every word, name and value of it, and of its own
// only those of the fact that corrects it. A fact that says what the sentence says acquits it.
func (c *court) misstated() (*knowledge.Fact, bool) {
	s := c.sentence
	if s.some || c.stated() {
		return nil, false
	}
	for i, f := range c.facts {
		for _, claim := range f.Corrects.In(c.lang) {
			if wording.Has(claim, c.lang, wording.Negation) == wording.Has(s.text, c.lang, wording.Negation) && c.makes(c.lex.read(claim, c.lang, true), c.read[i]) {
				return f, true
			}
		}
	}
	return nil, false
}

// makes reports whether the sentence is a misstatement in other words.
func (c *court) makes(claim, fact *reading) bool {
	s := c.sentence
	if len(claim.strange) > 0 || len(claim.events)+len(claim.words) == 0 || !s.covers(claim) {
		return false
	}
	own := false // the misstatement has something that the fact does not have
	for _, n := range claim.names {
		if !slices.ContainsFunc(s.names, func(x named) bool { return x.key == n.key }) {
			return false
		}
		own = own || !slices.ContainsFunc(fact.names, func(x named) bool { return x.key == n.key })
	}
	for _, v := range claim.literals {
		if !s.states(v) {
			return false
		}
		own = own || !fact.states(v)
	}
	for _, w := range claim.words {
		own = own || !fact.stems[w]
	}
	for e := range claim.events {
		own = own || !fact.events[e]
	}
	if !own {
		return false
	}
	for _, n := range s.names {
		has := func(x named) bool { return x.key == n.key || n.place && x.place && !apart(x.key, n.key) }
		if !slices.ContainsFunc(claim.names, has) && !slices.ContainsFunc(fact.names, has) {
			return false
		}
	}
	for _, v := range s.literals {
		if !claim.states(v) && !fact.states(v) {
			return false
		}
	}
	for e := range s.events {
		if !claim.events[e] && !fact.events[e] {
			return false
		}
	}
	for _, w := range s.words {
		if !claim.stems[w] && !fact.stems[w] {
			return false
		}
	}
	return true
}
