package verify

import (
	"fmt"
	"strings"

	"enlace/knowledge/literal"
	"enlace/knowledge/wording"
)

// novel refuses a sentence with a unit that the fact does not have at all.
func (p *prover) novel(c *text) Verdict {
	var worst Verdict
	for i := range c.units {
		u := &c.units[i]
		if p.occurs(c, u) {
			continue
		}
		v := p.missing(c, u)
		if worst.Check == Passed || v.Check == worst.Check {
			v.Words = append(worst.Words, v.Words...)
			worst = v
		} else if worst.Check == NovelWord {
			v.Words = append(v.Words, worst.Words...)
			worst = v
		} else {
			worst.Words = append(worst.Words, v.Words...)
		}
	}
	return worst
}

func (p *prover) occurs(c *text, u *unit) bool {
	f := p.fact.text
	for j := range f.units {
		if sameUnit(c, u, f, &f.units[j]) {
			return true
		}
	}
	return false
}

// missing names the check that a unit without a counterpart fails.
func (p *prover) missing(c *text, u *unit) Verdict {
	word := c.raw[u.start:u.end]
	switch {
	case u.kind == valueUnit:
		return p.missingValue(c, u, word)
	case u.kind == pronounUnit:
		return refuse(Pronoun, "it is not certain whom it means", word)
	case u.kind == nameUnit:
		return refuse(Name, "the fact does not name it", word)
	case u.has(wording.Negation):
		return refuse(Negation, "the fact does not deny this", word)
	case u.has(wording.Upgrade):
		return refuse(Upgrade, "the fact does not settle it", word)
	case u.stage != wording.NoStage:
		return refuse(LegalStage, "the fact tells "+p.stages(), word)
	case u.has(wording.Allegation, wording.Report, wording.Dispute, wording.Uncertainty):
		return refuse(Hedge, "the fact does not say it so", word)
	case u.classes != 0:
		return refuse(GuardWord, "the fact does not have this word, which changes what is said", word)
	case u.capital:
		return refuse(Name, "the fact does not name it", word)
	}
	return refuse(NovelWord, "the fact does not have this word", word)
}

// stages lists what the fact tells, for messages.
func (p *prover) stages() string {
	var out []string
	for i := range p.fact.text.units {
		if st := p.fact.text.units[i].stage; st != wording.NoStage && !strings.Contains(strings.Join(out, " "), st.String()) {
			out = append(out, st.String())
		}
	}
	if out == nil {
		return "no such step"
	}
	return strings.Join(out, ", ")
}

// missingValue tells a wrong unit from a wrong date and a wrong number.
func (p *prover) missingValue(c *text, u *unit, word string) Verdict {
	if u.lit < 0 {
		return refuse(Number, "the fact does not have this code", word)
	}
	l := c.lits[u.lit]
	var has []string
	check := Number
	if l.Kind == literal.Date || l.Kind == literal.Decade {
		check = Date
	}
	for _, f := range p.fact.text.lits {
		if check == Number && f.Value == l.Value && f.ValueEnd == l.ValueEnd && f.Kind != literal.Date {
			return refuse(Unit, fmt.Sprintf("the fact has %s", f), word)
		}
		has = append(has, f.String())
	}
	detail := "the fact has no value"
	if len(has) > 0 {
		detail = "the fact has " + strings.Join(has, ", ")
	}
	if l.WeekdayWrong() {
		detail = "the day was another weekday"
	}
	return refuse(check, detail, word)
}
