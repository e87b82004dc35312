package verify

import (
	"regexp"
	"strings"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/literal"
)

// others is how many other facts stand before each sentence that leaves something to the context.
var others = map[bool]int{false: 16, true: 4}[raceEnabled]

// opening is a fact that begins with a name, and what follows the name.
type opening struct {
	fact   *knowledge.Fact
	text   string
	entity int32
	rest   string
}

// openings are the facts that begin with a name which is their subject.
func openings(v *Verifier, b *knowledge.Base, l knowledge.Lang) (out []opening) {
	s := v.side(l)
	for i := range b.Facts {
		f := &b.Facts[i]
		text := f.Text.In(l)
		if text == "" || !f.InService() {
			continue
		}
		t := s.read(text, nil)
		a := antecedentsOf(s, t)
		told, p := written(t), prover{side: s}
		if e := a.who(); e != 0 && len(t.units) > 2 && t.units[0].entity == e && !t.units[0].poss && a.subject[0].start == t.units[0].start && p.tells(&told, &t.units[1]) {
			out = append(out, opening{f, text, e, strings.TrimLeft(text[t.units[0].end:], "'», ")})
		}
	}
	return out
}

// decideBehind decides a sentence that stands behind a fact told verbatim.
func decideBehind(v *Verifier, l knowledge.Lang, before *knowledge.Fact, text string, id knowledge.FactID) Verdict {
	r := v.Verify(Draft{Lang: l, Facts: []knowledge.FactID{before.ID, id}, Sentences: []Sentence{
		{Text: before.Text.In(l), Facts: []knowledge.FactID{before.ID}}, {Text: text, Facts: []knowledge.FactID{id}},
	}})
	return r.Verdicts[1]
}

func TestAPronounOrNoSubjectBehindAnotherSubjectIsRefused(t *testing.T) {
	v, b := verifier(t)
	for _, l := range knowledge.Langs {
		list := openings(v, b, l)
		tried, same, proved := 0, 0, 0
		for i, o := range list {
			for n := range min(others, len(list)-1) {
				before := list[(i+1+n*7)%len(list)]
				if before.fact == o.fact {
					continue
				}
				for _, with := range map[knowledge.Lang][]string{knowledge.English: {"He ", "She ", "It "}, knowledge.Spanish: {"Él ", "Ella ", ""}}[l] {
					got := decideBehind(v, l, before.fact, with+o.rest, o.fact.ID)
					if before.entity == o.entity {
						same++
						if got.OK {
							proved++
						}
						continue
					}
					tried++
					if s := v.side(l); got.OK && (with == "" || with == "It " || s.refers(strings.ToLower(strings.TrimSpace(with)), before.entity)) {
						t.Errorf("%s: %q is proved by %s behind %q", l, with+o.rest, o.fact.ID, before.text)
					}
				}
			}
		}
		t.Logf("%s: %d behind another subject, %d behind the same (%d of them proved)", l, tried, same, proved)
		if tried < 100 {
			t.Errorf("%s: only %d sentences tried", l, tried)
		}
	}
}

func TestThatDayBehindAnotherDayIsRefused(t *testing.T) {
	v, b := verifier(t)
	lead := map[knowledge.Lang]string{knowledge.English: "That day, ", knowledge.Spanish: "Ese día, "}
	for _, l := range knowledge.Langs {
		var dated []*knowledge.Fact
		var days []knowledge.Date
		var rests []string
		for i := range b.Facts {
			text := b.Facts[i].Text.In(l)
			found := literal.Parse(text, l)
			if !b.Facts[i].InService() || len(found) == 0 || found[0].Kind != literal.Date || found[0].Date.Day == 0 || found[0].Start > 3 || !strings.HasPrefix(text[found[0].End:], ", ") {
				continue
			}
			dated, days, rests = append(dated, &b.Facts[i]), append(days, found[0].Date), append(rests, text[found[0].End+2:])
		}
		tried, proved := 0, 0
		for i := range dated {
			for j := range dated {
				got := decideBehind(v, l, dated[j], lead[l]+rests[i], dated[i].ID)
				tried++
				if got.OK && days[i] != days[j] {
					t.Errorf("%s: %q is proved behind %q", l, lead[l]+rests[i], dated[j].Text.In(l))
				}
				if got.OK && days[i] == days[j] {
					proved++
				}
			}
		}
		t.Logf("%s: %d tried, %d proved behind the same day", l, tried, proved)
		if proved == 0 {
			t.Errorf("%s: none is proved behind the same day", l)
		}
	}
}

// of are phrases that tell which thing is spoken of.
var of = map[knowledge.Lang]*regexp.Regexp{
	knowledge.English: regexp.MustCompile(` of (?:the )?[A-Z][\w.]*(?: [A-Z][\w.]*)*| (?:on|in) (?:[A-Z][a-z]+ )?(?:\d{1,2}, )?20\d\d`),
	knowledge.Spanish: regexp.MustCompile(` (?:de|del) (?:el |la |los |las )?[A-Z][\w.]*(?: [A-Z][\w.]*)*| de (?:\w+ de )?20\d\d`),
}

func TestAQualifierIsLeftOutOnlyBehindTheSameThing(t *testing.T) {
	v, b := verifier(t)
	for _, l := range knowledge.Langs {
		tried, apart := 0, 0
		for i := range b.Facts {
			f := &b.Facts[i]
			text := f.Text.In(l)
			for _, at := range of[l].FindAllStringIndex(text, -1) {
				without := text[:at[0]] + text[at[1]:]
				if !f.InService() || decide(v, l, without, f.ID).OK {
					continue // a loose piece anyway
				}
				phrase := strings.Trim(text[at[0]:at[1]], " .")
				word := phrase[strings.LastIndexByte(phrase, ' ')+1:]
				for n := range others {
					o := &b.Facts[(i+1+n)%len(b.Facts)]
					if before := o.Text.In(l); o.InService() && before != "" && o != f {
						tried++
						if !decideBehind(v, l, o, without, f.ID).OK {
							continue
						}
						apart++
						t.Logf("%s: %q is proved by %s behind %q", l, without, f.ID, before)
						if !strings.Contains(before, word) && !strings.Contains(strings.ToLower(before), strings.ToLower(word[:min(len(word), 5)])) && word != "States" && word != "US" {
							t.Errorf("%s: %q is left out behind %q", l, phrase, before)
						}
					}
				}
			}
		}
		t.Logf("%s: %d tried, %d proved", l, tried, apart)
	}
}

func TestASecondHalfWithoutItsOwnSubjectIsRefused(t *testing.T) {
	v, b := verifier(t)
	and := map[knowledge.Lang][]string{knowledge.English: {" and ", "; ", " and he ", " and it "}, knowledge.Spanish: {" y ", "; ", " y él "}}
	for _, l := range knowledge.Langs {
		list := openings(v, b, l)
		tried, same := 0, 0
		for i, first := range list {
			for n := range min(others, len(list)-1) {
				second := list[(i+1+n*5)%len(list)]
				if second.fact == first.fact {
					continue
				}
				for _, join := range and[l] {
					text := strings.TrimSuffix(first.text, ".") + join + second.rest
					got := decide(v, l, text, first.fact.ID, second.fact.ID)
					if first.entity == second.entity {
						if got.OK {
							same++
						}
						continue
					}
					tried++
					if got.OK && !only(v, b, l, first, second.entity, join) {
						t.Errorf("%s: proved: %s", l, text)
					}
				}
			}
		}
		t.Logf("%s: %d halves with another subject tried, %d with the same proved", l, tried, same)
		if same == 0 || tried < 100 {
			t.Errorf("%s: %d tried, %d with the same subject proved", l, tried, same)
		}
	}
}

// only reports whether "he" can mean nobody else than the person, whom the first half names beside a subject that is no he.
func only(v *Verifier, b *knowledge.Base, l knowledge.Lang, first opening, person int32, join string) bool {
	s := v.side(l)
	pronoun := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(join, " and"), " y"))
	if pronoun != "he" && pronoun != "él" || s.refers(pronoun, first.entity) {
		return false
	}
	for _, u := range s.read(first.text, nil).units {
		if u.kind == nameUnit && u.entity != 0 && u.entity != person && s.refers(pronoun, u.entity) {
			return false
		}
	}
	return s.refers(pronoun, person)
}

func TestASpanishSubjectInsideASentenceIsLeftOutOnlyWhereItIsCertain(t *testing.T) {
	v, b := verifier(t)
	s := v.side(knowledge.Spanish)
	tried := 0
	for i := range b.Facts {
		f := &b.Facts[i]
		text := f.Text.ES
		if text == "" || !f.InService() {
			continue
		}
		units := s.read(text, nil).units
		for n := 1; n+1 < len(units); n++ {
			u := units[n]
			if u.kind != nameUnit || u.prep != noPrep || u.poss || !(u.afterRel || u.clause != units[n-1].clause || u.seg != units[n-1].seg && strings.HasSuffix(text[:u.start], ": ")) || units[n+1].kind != wordUnit || units[n+1].afterConj {
				continue
			}
			without := strings.ReplaceAll(text[:u.start]+strings.TrimLeft(text[u.end:], " "), "  ", " ")
			tried++
			if !decide(v, knowledge.Spanish, without, f.ID).OK {
				continue
			}
			named := false // the subject of the sentence has the name, so the verb is understood of it
			for _, before := range units[:n] {
				named = named || before.entity == u.entity
			}
			if !named || v.base.Entities[u.entity-1].Kind != knowledge.Person {
				t.Errorf("proved: %s", without)
			}
		}
	}
	if tried == 0 {
		t.Error("nothing was tried")
	}
}
