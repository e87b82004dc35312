package thesaurus

import (
	"fmt"
	"strings"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// names returns what a text means: start-end:concept for every match.
func names(th *Thesaurus, text string, l knowledge.Lang) string {
	var out []string
	for _, m := range th.Match(nil, lang.Tokens(nil, text), l) {
		out = append(out, fmt.Sprintf("%d-%d:%s", m.Start, m.End, th.Concept(m.Concept).Name))
	}
	return strings.Join(out, " ")
}

const small = `
send | en: ship _ off, ship, dispatch | es: mandar, =mandó
gang-boss | en: boss, gang boss | es: jefe, el que manda
house | en: house | es: casa
case | en: case | es: =caso
marry | en: marry | es: casarse
gang | en: gang, band | es: banda | near: gang-boss
faction | en: faction | es: bando
stop | en: stop | es: parar
organisation | en: organization | es: organización
organiser | en: organizer | es: organizador
organism | en: organism | es: organismo
defend | en: defend | es: defender
defendant | en: defendant | es: procesado
meet | en: meet | es: reunir
secret | en: secret | es: reservado
`

func TestMatch(t *testing.T) {
	th, err := Parse(small)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		lang knowledge.Lang
		text string
		want string
	}{
		{"a phrase before its words", "en", "the gang boss", "1-3:gang-boss"},
		{"a gap of no word", "en", "they shipped off the house", "1-3:send 4-5:house"},
		{"words in a gap count too", "en", "ship the boss off", "0-4:send 2-3:gang-boss"},
		{"a gap of three words is too wide", "en", "ship the old boss off", "0-1:send 3-4:gang-boss"},
		{"a phrase that does not end", "en", "ship the boss", "0-1:send 2-3:gang-boss"},
		{"accents and case do not matter", "es", "LO MANDÓ", "1-2:send"},
		{"a plural is its singular, not its stem", "es", "casas y casos", "0-1:house 2-3:case"},
		{"a stem means its base form", "es", "casados", "0-1:marry"},
		{"an English stem too", "en", "defended the defendants", "0-1:defend 2-3:defendant"},
		{"a stem of three meanings means nothing", "en", "organs and an organizer", "3-4:organiser"},
		{"a stop word is no verb form", "es", "para eso pararon", "2-3:stop"},
		{"a feminine is its masculine", "es", "reservadas", "0-1:secret"},
		{"a past form without its accent", "es", "se reunio y se reuniria", "1-2:meet 4-5:meet"},
		{"the other language's words mean nothing", "es", "the boss", ""},
		{"nothing", "en", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := names(th, c.text, c.lang); got != c.want {
				t.Errorf("%q means %q, want %q", c.text, got, c.want)
			}
		})
	}
}

// TestEverydayWords asks the shipped thesaurus for what people say instead of the facts' words.
func TestEverydayWords(t *testing.T) {
	for _, c := range []struct {
		lang    knowledge.Lang
		text    string
		concept string
	}{
		{"en", "they shipped our man off", "extradite"},
		{"en", "sits behind bars", "jail"},
		{"en", "his attorney", "lawyer"},
		{"en", "put her name on the paper", "sign"},
		{"en", "how much does the guy earn", "person-salary"},
		{"en", "how tall is he", "person-height"},
		{"en", "a recipe for pancakes", "off-cooking"},
		{"en", "who footed the bill", "pay"},
		{"es", "se lo llevaron", "extradite"},
		{"es", "sigue en cana", "jail"},
		{"es", "el picapleitos", "lawyer"},
		{"es", "quien puso la firma", "sign"},
		{"es", "mucho billete", "money"},
		{"es", "los chapas", "police"},
		{"es", "andaba con fierros", "weapon"},
		{"es", "su ñaño", "person-siblings"},
		{"es", "va a llover", "off-weather"},
		{"es", "cuando vence", "expire"},
	} {
		if got := names(Shipped(), c.text, c.lang); !strings.Contains(got+" ", ":"+c.concept+" ") {
			t.Errorf("%s: %q means %q, want %s", c.lang, c.text, got, c.concept)
		}
	}
}

func TestMatchWordsDoesNotAllocate(t *testing.T) {
	th, words, dst := Shipped(), benchWords(), make([]Match, 0, 64)
	if n := testing.AllocsPerRun(100, func() { dst = th.MatchWords(dst[:0], words, knowledge.English) }); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

func benchWords() []Word {
	var words []Word
	for _, tok := range lang.Tokens(nil, "so did they ship our man off to the states in the end, and who is his lawyer up there?") {
		words = append(words, Word{Folded: tok.Folded, Stem: lang.Stem(tok.Folded, knowledge.English)})
	}
	return words
}

func BenchmarkMatchWords(b *testing.B) {
	th, words := Shipped(), benchWords()
	var dst []Match
	b.ReportAllocs()
	for b.Loop() {
		dst = th.MatchWords(dst[:0], words, knowledge.English)
	}
}
