package answer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
	"enlace/knowledge/wording"
)

// relations are words that tell the same sort of event, in both languages: its name, then how their folded forms begin ("=" a
// whole word). "~" marks what happens again and again, so that another time, place or person speaks against nothing, "." what
// is no event but a thing.
const relations = `
	extradite: extradi handover handed =hand surrender entreg
	sign: =sign =signed =signs =signing =firmo =firmaron =firma =firmado =firmada =firman suscri
	capture: captur recaptur arrest caught atrap apres
	escape: escap fuga =fugo =fugaron fled flee =huyo =huye evad evasion
	convict: convict conden
	sentence: sentenc
	charge: charged indict accus acus imput
	plead: plead pled =declaro
	kill: kill assassin murder asesin
	born: =born nacio nacid
	offer: offer ofrec reward recompens
	arrive: =landed arriv llego llegaron aterriz
	visit~: visit tour viaj travel
	meet~: =met =meet =meets meeting reun encuentr
	attend~: attend asist particip
	announce~: announc anunci
	move~: =moved =taken =flown transfer traslad llevad sacad
	sanction: sanction sancion
	designate: designat design
	approve: approv aprob aprueb
	request: request pedid solicit
	accept: accept acept consent
	vote: =vote =voted voto votar votac votaron
	resign: resign renunci
	confirm: confirm
	ratify: ratif
	base: =based =located =sede ubic situad
	assign: assign asign
	hold~: =held reclui detain deteni =jailed
	publish: unseal publica
	deal.: memorand agreement acuerdo =deal =pact =pacto conveni
	term.: =lasts =last =runs =run =dura =duracion vigencia =term
	count.: =count =counts =charges =cargo =cargos
	officer.: officer oficial`

type relation struct {
	begins        string
	name          string
	whole         bool
	again, object bool
}

var relationTable = func() []relation {
	var out []relation
	for line := range strings.SplitSeq(relations, "\n") {
		name, words, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		bare := strings.TrimRight(name, "~.")
		for w := range strings.FieldsSeq(words) {
			r := relation{begins: strings.TrimPrefix(w, "="), name: bare, whole: strings.HasPrefix(w, "=")}
			r.again, r.object = strings.HasSuffix(name, "~"), strings.HasSuffix(name, ".")
			out = append(out, r)
		}
	}
	return out
}()

func relationOf(folded string) *relation {
	for i := range relationTable {
		if r := &relationTable[i]; folded == r.begins || !r.whole && strings.HasPrefix(folded, r.begins) {
			return r
		}
	}
	return nil
}

// lightWords say nothing that a fact must repeat.
var lightWords = set(`
	faces face facing enfrenta enfrentan enfrento was is esta alias president presidente secretary secretaria secretario minister ministro
	judge juez jueza prison carcel city ciudad province provincia million millions millon millones dollar dollars dolar dolares
	up down over place lugar took tuvo along together official officially information informacion also tambien who back`)

// lexicon is every name of a base, by its folded words.
type lexicon struct {
	entities map[string]*knowledge.Entity
	longest  int // words
}

func newLexicon(b *knowledge.Base) *lexicon {
	x := &lexicon{entities: map[string]*knowledge.Entity{}}
	for i := range b.Entities {
		e := &b.Entities[i]
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			key := nameKey(name)
			x.entities[key] = e
			x.longest = max(x.longest, strings.Count(key, " ")+1)
		}
		if words := strings.Fields(nameKey(e.Name)); e.Kind == knowledge.Person && len(words) > 1 && x.entities[words[len(words)-1]] == nil {
			x.entities[words[len(words)-1]] = e
		}
	}
	return x
}

// named is a name in a text.
type named struct {
	key    string // of a place or an entity; "" = nobody knows it
	place  bool
	way    string // of a place: "in", "to", "from" or ""
	from   int    // tokens
	to     int
	start  int // bytes
	end    int
	event  string // what is told of it
	person bool
	aside  bool // it only says when: "after Fito"
}

// valued is a literal in a text, and the event that it belongs to.
type valued struct {
	literal.Literal
	event string
	noun  string // the stem of what a number counts
}

// reading is a sentence, or a fact, cut into names, literals, events and the other words.
type reading struct {
	text     string
	names    []named
	literals []valued
	events   map[string]bool
	eventful bool // it tells an event
	again    bool // an event of it happens again and again
	words    []string
	stems    map[string]bool // all of them, of the other words
	denied   bool
	disputed bool
	strange  []string // the stems of names that nobody knows
	some     bool     // it speaks of a memorandum or treaty, not of the one
}

// read cuts a text into its parts. A loose one may write names small.
func (x *lexicon) read(text string, l knowledge.Lang, loose bool) *reading {
	r := &reading{text: text, events: map[string]bool{}, stems: map[string]bool{}}
	tokens := slices.DeleteFunc(lang.Tokens(nil, text), func(t lang.Token) bool { return t.Kind == lang.Punct || t.Text == "'s" || t.Text == "’s" })
	r.denied = wording.Has(text, l, wording.Negation) && !strings.Contains(lang.Fold(text), "not guilty") && !strings.Contains(lang.Fold(text), "no culpable")
	r.disputed = wording.Has(text, l, wording.Dispute)
	taken := make([]bool, len(tokens))
	verbs := make([]*relation, len(tokens))
	literals := literal.Parse(text, l)
	for i, t := range tokens {
		for _, v := range literals {
			taken[i] = taken[i] || t.Start >= v.Start && t.End <= v.End
		}
	}
	for i := 0; i < len(tokens); i++ {
		if n, ok := x.name(tokens[i:], i, taken[i:], loose); ok {
			n.start, n.end = tokens[n.from].Start, tokens[n.to-1].End
			r.names = append(r.names, n)
			for ; i < n.to; i++ {
				taken[i] = true
			}
			i--
		}
	}
	for i, t := range tokens {
		if taken[i] {
			continue
		}
		first, _ := utf8.DecodeRuneInString(t.Text)
		rel, strange := relationOf(t.Folded), false
		if t.Kind == lang.Word && !lang.IsStop(t.Folded, l) && unicode.IsUpper(first) && i > 0 && rel == nil && !lightWords[t.Folded] {
			strange = true
		}
		stem := lang.Stem(t.Folded, l)
		if i > 0 && (t.Folded == "guilty" || t.Folded == "culpable") && (tokens[i-1].Folded == "not" || tokens[i-1].Folded == "no") {
			stem = "not " + stem
		}
		r.stems[stem] = true
		if strange {
			r.strange = append(r.strange, stem)
		}
		if rel != nil {
			r.events[rel.name] = true
			r.some = r.some || rel.name == "deal" && slices.ContainsFunc(tokens[max(0, i-4):i], func(t lang.Token) bool { return someArticles[t.Folded] })
			if !rel.object {
				verbs[i], r.eventful = rel, true
				r.again = r.again || rel.again
			}
		}
		if !lang.IsStop(t.Folded, l) && !lightWords[t.Folded] && rel == nil || quantifiers[t.Folded] {
			r.words = append(r.words, stem)
		}
	}
	object(tokens, verbs, l)
	for i := range r.names {
		n := &r.names[i]
		n.event = governor(verbs, tokens, n.from, n.to)
		n.aside = n.from > 0 && asides[tokens[n.from-1].Folded] || n.from > 1 && asides[tokens[n.from-2].Folded] && tokens[n.from-1].Folded == "de"
		n.way = way(tokens, taken, verbs, n.from)
	}
	for _, v := range literals {
		from := slices.IndexFunc(tokens, func(t lang.Token) bool { return t.End > v.Start })
		to := slices.IndexFunc(tokens, func(t lang.Token) bool { return t.Start >= v.End })
		if to < 0 {
			to = len(tokens)
		}
		if from < 0 {
			from = to
		}
		u := valued{Literal: v, event: governor(verbs, tokens, from, to)}
		if to < len(tokens) && (v.Kind == literal.Number || v.Kind == literal.Ordinal) {
			u.noun = lang.Stem(tokens[to].Folded, l)
			if rel := relationOf(tokens[to].Folded); rel != nil {
				u.noun = rel.name
			}
		}
		r.literals = append(r.literals, u)
	}
	return r
}

var asides = set("after before tras antes despues not no unlike")

var someArticles = set("a an un una another otro")

// quantifiers are little words that make a statement another one.
var quantifiers = set(`both ambas ambos only solo unico unica alone never nunca always siempre all todos todas again first primer primera
	before antes after despues without sin because under bajo por`)

// name reads the longest name that begins at the first of the tokens.
func (x *lexicon) name(tokens []lang.Token, at int, taken []bool, loose bool) (named, bool) {
	if len(tokens) == 0 || taken[0] {
		return named{}, false
	}
	first, _ := utf8.DecodeRuneInString(tokens[0].Text)
	if !unicode.IsUpper(first) && !loose {
		return named{}, false
	}
	for n := min(len(tokens), max(x.longest, 4)); n > 0; n-- {
		if taken[n-1] {
			continue
		}
		words := make([]string, n)
		for i := range words {
			words[i] = tokens[i].Folded
		}
		key := strings.Join(words, " ")
		if place, ok := placeNames[key]; ok {
			return named{key: place, place: true, from: at, to: at + n}, true
		}
		if e := x.entities[key]; e != nil {
			s := named{key: string(e.ID), place: e.Kind == knowledge.Place, from: at, to: at + n, person: e.Kind == knowledge.Person}
			if place, ok := placeNames[nameKey(e.Name)]; ok {
				s.key = place
			}
			return s, true
		}
	}
	return named{}, false
}

// object takes away what is only the object of another event ("approved the extradition", "the request to extradite").
func object(tokens []lang.Token, verbs []*relation, l knowledge.Lang) {
	for i := range verbs {
		if verbs[i] == nil || i == 0 {
			continue
		}
		before := tokens[i-1].Folded
		infinitive := l == knowledge.English && before == "to" || l == knowledge.Spanish && (strings.HasSuffix(tokens[i].Folded, "ar") || strings.HasSuffix(tokens[i].Folded, "er"))
		near := i > 1 && verbs[i-2] != nil && (before == "the" || before == "la" || before == "el" || before == "an" || before == "una") || verbs[i-1] != nil
		if infinitive || near {
			verbs[i] = nil
		}
	}
}

// governor returns the event that something belongs to: the last one before it, or the next one where it opens the text or
// stands right before it ("the June 25 recapture").
func governor(verbs []*relation, tokens []lang.Token, from, to int) string {
	next := ""
	for i := to; i < len(verbs); i++ {
		if verbs[i] != nil {
			if i == to && from > 0 && (tokens[from-1].Folded == "the" || tokens[from-1].Folded == "la") {
				return verbs[i].name
			}
			next = verbs[i].name
			break
		}
	}
	for i := min(from, len(verbs)) - 1; i >= 0; i-- {
		if verbs[i] != nil {
			return verbs[i].name
		}
	}
	return next
}

var ways = map[string]string{
	"in": "in", "at": "in", "en": "in", "to": "to", "into": "to", "a": "to", "al": "to", "hacia": "to", "from": "from", "desde": "from",
}

// way returns how a place is spoken of: the preposition before it, over "of" and the words that it binds.
func way(tokens []lang.Token, taken []bool, verbs []*relation, at int) string {
	for i := at - 1; i >= max(0, at-4); i-- {
		if w, ok := ways[tokens[i].Folded]; ok {
			return w
		}
		if verbs[i] != nil || taken[i] && i < at-1 {
			break
		}
	}
	return ""
}

// covers reports whether a fact has every word and event of a sentence.
func (f *reading) covers(s *reading) bool {
	for e := range s.events {
		if !f.events[e] {
			return false
		}
	}
	for _, w := range s.words {
		if !f.stems[w] {
			return false
		}
	}
	return true
}

// has reports whether a fact names everybody and everything else that a sentence names; of places, that it names none that lies
// elsewhere, and that it names what one must know.
func (f *reading) has(s *reading, but int) bool {
	for i := range s.names {
		n := &s.names[i]
		if i == but {
			continue
		}
		if !slices.ContainsFunc(f.names, func(x named) bool { return x.key == n.key && !x.aside || n.place && x.place && lies(x.key, n.key) }) && !(n.place && n.way != "") {
			return false
		}
	}
	return true
}

// entails reports whether a fact states every literal of a sentence but one.
func (f *reading) entails(s *reading, but int) bool {
	for i := range s.literals {
		if i != but && !f.states(s.literals[i]) {
			return false
		}
	}
	return true
}

// says reports whether a fact has a claim whole, for the same event.
func (f *reading) says(claim valued) bool {
	return slices.ContainsFunc(f.literals, func(x valued) bool {
		return literal.Entails(x.Literal, claim.Literal) && (x.event == claim.event || x.event == "" || claim.event == "")
	})
}

// states reports whether a fact has a literal, or one that agrees with it.
func (f *reading) states(claim valued) bool {
	return slices.ContainsFunc(f.literals, func(x valued) bool {
		return literal.Entails(x.Literal, claim.Literal) || literal.Entails(claim.Literal, x.Literal)
	})
}
