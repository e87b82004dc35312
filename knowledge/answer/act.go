package answer

import (
	"enlace/knowledge"
	"enlace/knowledge/search"
)

// act is what somebody says about the last answer, rather than asking something new.
type act uint8

const (
	asksAnew   act = iota
	asksSource     // says who?
	asksMore       // tell me more
)

// acts are the ways to say so, folded and without punctuation.
var acts = map[act]map[knowledge.Lang]map[string]bool{
	asksSource: {
		knowledge.English: phrases("says who, who says, who says so, who says that, source, sources, source please, your source, whats your source, what is your source, what are your sources, according to who, according to whom, " +
			"how do you know, how do you know that, where did you get that, where is that from, where does that come from, prove it, proof, any proof, citation needed, are you sure, you sure, u sure, sure about that"),
		knowledge.Spanish: phrases("quien dice, quien lo dice, quien dice eso, segun quien, fuente, fuentes, la fuente, cual es la fuente, cual es tu fuente, cuales son tus fuentes, de donde sacas eso, de donde sacaste eso, de donde sale eso, " +
			"como sabes, como lo sabes, como sabes eso, pruebas, tienes pruebas, pruebalo, estas seguro, estas segura, seguro, y la fuente, y eso de donde sale"),
	},
	asksMore: {
		knowledge.English: phrases("more, tell me more, more please, more details, more info, more on that, say more, go on, continue, and then, then what, what else, anything else, what more, and what else, elaborate, keep going, details, any details, more about that, tell me more about that, tell me more about it"),
		knowledge.Spanish: phrases("mas, cuentame mas, dime mas, mas detalles, mas info, mas informacion, mas sobre eso, sigue, continua, y luego, y despues, que mas, algo mas, y que mas, hay algo mas, detalles, cuenta mas, y entonces, dame mas detalles, cuentame mas de eso"),
	},
}

// actOf tells what a text does in a conversation.
func actOf(text string) act {
	said := plainWords(text)
	for _, a := range [...]act{asksSource, asksMore} {
		for _, l := range knowledge.Langs {
			if acts[a][l][said] {
				return a
			}
		}
	}
	return asksAnew
}

// moreFacts is how many further facts are told at most.
const moreFacts = 3

// goOn decides what somebody is told who asks for the source of the last answer, or for more: the facts of that answer again, with
// their sources, or the next best ones of its topic; where it quoted no fact, there is nothing to go on from. It returns false for
// everything else, and where a fact is asked for in these words. r is left with what the question of that answer finds; searched is its text.
func (s *Service) goOn(index *search.Index, q knowledge.Question, r *search.Result) (d decision, searched string, ok bool) {
	kind := actOf(q.Text)
	if kind == asksAnew {
		return d, "", false
	}
	in := spoken(q, language(q))
	searched = s.retrieve(index, q, in, r)
	if len(r.Passages) > 0 && said(q.Text, in, r, len(q.Text)) {
		return d, "", false // a phrasing of a fact
	}
	b, at := index.Base(), len(q.History)-1
	for ; at >= 0; at-- {
		if d.lines = quoted(b, q.History[at:at+1]); len(d.lines) > 0 {
			break
		}
	}
	if len(d.lines) == 0 {
		return decision{outcome: knowledge.NoMatch}, searched, true
	}
	for at > 0 && actOf(q.History[at].Question) != asksAnew {
		at--
	}
	before := knowledge.Question{Text: q.History[at].Question, History: q.History[:at]}
	searched = s.retrieve(index, before, spoken(before, language(before)), r)
	d.outcome, d.together = knowledge.Answered, true
	if kind == asksSource {
		return d, searched, true
	}
	return more(d.lines[0].fact.Topic, told(b, q.History), r), searched, true
}

// quoted returns the facts that turns have quoted, in the order of the base.
func quoted(b *knowledge.Base, turns []knowledge.Turn) (lines []line) {
	known := told(b, turns)
	for i := range b.Facts {
		if f := &b.Facts[i]; known[f.ID] && f.InService() {
			lines = append(lines, line{fact: f})
		}
	}
	return lines
}

// more chooses the best facts of a topic that are not known yet.
func more(topic knowledge.TopicID, known map[knowledge.FactID]bool, r *search.Result) decision {
	d := decision{outcome: knowledge.Answered}
	for _, p := range r.Passages {
		if f := p.Fact; f.Topic == topic && !known[f.ID] && len(d.lines) < moreFacts {
			d.lines = append(d.lines, line{fact: f})
		}
	}
	if len(d.lines) == 0 {
		return decision{outcome: knowledge.NoMatch, nearest: []knowledge.TopicID{topic}}
	}
	return d
}
