package wording

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// slot is what an entry belongs to: a class, or classCount plus a stage.
type slot uint8

const slotCount = int(classCount) + int(stageCount)

// end says that an entry is complete at a node.
type end struct {
	slot    slot
	named   bool // of stages: see Match.Named
	blocked bool // an entry that began with !
}

// node is a state of the matcher: the entries that begin alike share their nodes.
type node struct {
	words    map[string]*node // by folded text
	exact    map[string]*node // by lower-case text
	suffixes []edge           // words that end in edge.text
	holders  []edge           // <pp> and its like
	ends     []end
}

type edge struct {
	text string
	to   *node
}

// lexicon is all lists of one language.
type lexicon struct {
	root node
	lang knowledge.Lang
}

// The lexicons are built from the tables by whoever needs one first, since most commands need none, and never change.
var (
	englishLexicon = sync.OnceValue(func() *lexicon {
		return newLexicon(knowledge.English, english, func(r rung) words { return r.en })
	})
	spanishLexicon = sync.OnceValue(func() *lexicon {
		return newLexicon(knowledge.Spanish, spanish, func(r rung) words { return r.es })
	})
)

func lexiconOf(l knowledge.Lang) *lexicon {
	if l == knowledge.Spanish {
		return spanishLexicon()
	}
	return englishLexicon()
}

func newLexicon(l knowledge.Lang, classes [classCount]string, of func(rung) words) *lexicon {
	x := &lexicon{lang: l}
	for c, list := range classes {
		x.root.add(list, end{slot: slot(c)})
	}
	for s, r := range ladder {
		w := of(r)
		x.root.add(w.told, end{slot: slot(classCount) + slot(s)})
		x.root.add(w.named, end{slot: slot(classCount) + slot(s), named: true})
	}
	return x
}

// add enters all entries of a list.
func (n *node) add(list string, e end) {
	for entry := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == '\n' }) {
		entry, e.blocked = strings.CutPrefix(strings.TrimSpace(entry), "!")
		for _, phrase := range expand(entry) {
			if at := n.path(strings.Fields(phrase)); at != n && !slices.Contains(at.ends, e) {
				at.ends = append(at.ends, e)
			}
		}
	}
}

// expand returns a phrase for each choice of its (a|b) groups.
func expand(entry string) []string {
	open := strings.IndexByte(entry, '(')
	if open < 0 {
		return []string{entry}
	}
	length := strings.IndexByte(entry[open:], ')')
	if length < 0 {
		return []string{entry} // a test refuses such an entry
	}
	var out []string
	for choice := range strings.SplitSeq(entry[open+1:open+length], "|") {
		out = append(out, expand(entry[:open]+choice+entry[open+length+1:])...)
	}
	return out
}

// path returns the node that the parts of a phrase lead to, making what is missing.
func (n *node) path(parts []string) *node {
	for _, part := range parts {
		switch part[0] {
		case '=':
			n = step(&n.exact, part[1:])
		case '~':
			n = reach(&n.suffixes, part[1:])
		case '<':
			n = reach(&n.holders, part)
		default:
			for _, t := range lang.Tokens(nil, part) {
				n = step(&n.words, t.Folded)
			}
		}
	}
	return n
}

func step(m *map[string]*node, key string) *node {
	if *m == nil {
		*m = map[string]*node{}
	}
	if (*m)[key] == nil {
		(*m)[key] = &node{}
	}
	return (*m)[key]
}

func reach(edges *[]edge, text string) *node {
	for _, e := range *edges {
		if e.text == text {
			return e.to
		}
	}
	*edges = append(*edges, edge{text, &node{}})
	return (*edges)[len(*edges)-1].to
}

// isParticiple reports whether a folded word has the form of a Spanish participle.
func isParticiple(w string) bool {
	stem := strings.TrimSuffix(w, "s")
	if len(stem) < 5 || !strings.HasSuffix(stem, "o") && !strings.HasSuffix(stem, "a") {
		return false
	}
	stem = stem[:len(stem)-1]
	for _, s := range [...]string{"ad", "id", "dich", "hech", "vist", "puest", "scrit", "biert", "muert", "vuelt", "suelt", "rot", "elect"} {
		if strings.HasSuffix(stem, s) {
			return true
		}
	}
	return false
}

// isFuture reports whether a word has the form of a Spanish future (firmará, tendrán). Names are none.
func isFuture(w string) bool {
	return hasEnding(strings.TrimSuffix(w, "n"), "ará", "erá", "irá", "drá", "brá")
}

// isConditional reports whether a word has the form of a Spanish conditional (firmaría, tendrían). Names and the nouns
// that end alike (cancillería) are none.
func isConditional(w string) bool {
	w = strings.TrimSuffix(w, "n")
	return hasEnding(w, "aría", "ería", "iría", "dría", "bría") && !slices.Contains(nounsLikeConditionals, w)
}

var nounsLikeConditionals = strings.Fields(`secretaría subsecretaría tesorería galería batería ingeniería refinería lotería minería
	tubería artillería infantería caballería cancillería consejería librería cafetería panadería mensajería ganadería
	pesquería enfermería gendarmería comisaría notaría vicaría tontería hotelería piratería ferretería joyería carnicería
	licorería varía armería papelería avería guardería estantería abría cubría
	mercadería personería requería quería corría ocurría moría hería refería prefería sugería adquiría recorría incurría transfería`)

func hasEnding(w string, endings ...string) bool {
	if r, _ := utf8.DecodeRuneInString(w); len(w) < 5 || !unicode.IsLower(r) {
		return false
	}
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(w, e) })
}

// isYear reports whether a number token is a plain year.
func isYear(s string) bool {
	return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") && unicode.IsDigit(rune(s[2])) && unicode.IsDigit(rune(s[3]))
}

// isNumeral reports whether a folded word is a number.
func isNumeral(w string, l knowledge.Lang) bool {
	_, ok := numerals[l][w]
	return ok
}

// numerals are folded number words, and nouns of quantity, by language.
var numerals = map[knowledge.Lang]map[string]struct{}{
	knowledge.English: set(`one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
		sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand
		thousands million millions billion billions dozen dozens half third quarter`),
	knowledge.Spanish: set(`un una uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
		dieciseis diecisiete dieciocho diecinueve veinte veintiun veintiuno veintidos veintitres veinticuatro veinticinco treinta
		cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos doscientos trescientos cuatrocientos quinientos
		seiscientos setecientos ochocientos novecientos mil miles millon millones billon billones decena decenas docena docenas
		centenar centenares mitad tercio`),
}

func set(list string) map[string]struct{} {
	m := map[string]struct{}{}
	for w := range strings.FieldsSeq(list) {
		m[w] = struct{}{}
	}
	return m
}
