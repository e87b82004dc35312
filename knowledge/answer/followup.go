package answer

import (
	"cmp"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/search"
)

// retrieve searches for the question, which may go on from the conversation, and leaves what was found in r. It returns the text that
// found it.
func (s *Service) retrieve(index *search.Index, q knowledge.Question, l knowledge.Lang, r *search.Result) (searched string) {
	text, changed := withoutTurn(withoutPreamble(q.Text), l)
	query := search.Query{Text: text, Lang: l, Depth: search.MaxDepth, Fallback: true}
	if !changed {
		query.After = before(index.Base(), q.History, l)
	}
	index.Search(query, r)
	return r.Searched
}

// before returns the turns of a conversation as search takes them, with the facts that the answers told.
func before(b *knowledge.Base, history []knowledge.Turn, l knowledge.Lang) (out []search.Said) {
	for _, turn := range history[max(0, len(history)-search.MaxSaid):] {
		question, _ := withoutTurn(turn.Question, l)
		out = append(out, search.Said{Question: question, Facts: citedIn(b, turn)})
	}
	return out
}

// citedIn returns the facts in service that a turn told, for superseded ones those that stand in their place.
func citedIn(b *knowledge.Base, turn knowledge.Turn) (out []knowledge.FactID) {
	if len(turn.Cited) == 0 {
		return quotedIn(b, turn.Answer)
	}
	for _, id := range turn.Cited {
		f := b.Fact(id)
		for n := 0; f != nil && f.ReplacedBy != "" && n < len(b.Facts); n++ {
			f = b.Fact(f.ReplacedBy)
		}
		if f != nil && f.InService() {
			out = append(out, f.ID)
		}
	}
	return out
}

// quotedIn returns the facts in service that an answer quotes, in the order in which it does.
func quotedIn(b *knowledge.Base, text string) (out []knowledge.FactID) {
	at := map[knowledge.FactID]int{}
	for i := range b.Facts {
		f := &b.Facts[i]
		if !f.InService() {
			continue
		}
		for _, t := range [...]string{f.Text.EN, f.Text.ES} {
			if n := strings.Index(text, t); t != "" && n >= 0 {
				at[f.ID] = n
				out = append(out, f.ID)
				break
			}
		}
	}
	slices.SortFunc(out, func(x, y knowledge.FactID) int { return cmp.Compare(at[x], at[y]) })
	return out
}

// told returns the facts that the conversation has told already.
func told(b *knowledge.Base, history []knowledge.Turn) map[knowledge.FactID]bool {
	out := map[knowledge.FactID]bool{}
	for _, turn := range history[max(0, len(history)-search.MaxSaid):] {
		for _, id := range citedIn(b, turn) {
			out[id] = true
		}
	}
	return out
}

// withoutTurn cuts what only steers the conversation from the start of a question ("ok different thing, …"), and reports
// whether it changes the topic.
func withoutTurn(text string, l knowledge.Lang) (rest string, changed bool) {
	folded := lang.Fold(text)
	if len(folded) != len(text) { // offsets would not agree; accents are rare in these phrases
		folded = strings.ToLower(text)
	}
	for _, p := range turns[l] {
		if at := strings.Index(folded, p.phrase); at >= 0 && at < 24 {
			rest := strings.TrimLeft(text[min(at+len(p.phrase), len(text)):], " ,.:;-—…")
			if rest != "" {
				return rest, p.changes
			}
		}
	}
	return text, false
}

// turnPhrase steers a conversation: to another topic, or back to correct what was understood.
type turnPhrase struct {
	phrase  string
	changes bool
}

var turns = map[knowledge.Lang][]turnPhrase{
	knowledge.English: {
		{"different thing", true}, {"different question", true}, {"another question", true}, {"changing topic", true}, {"change of topic", true}, {"changing the subject", true},
		{"change of subject", true}, {"new topic", true}, {"something else", true}, {"on another note", true}, {"unrelated", true},
		{"i meant", false}, {"i mean", false}, {"i was asking about", false}, {"i was talking about", false}, {"i asked about", false}, {"not that one", false},
	},
	knowledge.Spanish: {
		{"cambiando de tema", true}, {"otro tema", true}, {"otra cosa", true}, {"otra pregunta", true}, {"cambio de tema", true}, {"por otro lado", true}, {"aparte", true},
		{"yo decia", false}, {"yo decía", false}, {"me referia a", false}, {"me refería a", false}, {"quise decir", false}, {"quiero decir", false}, {"yo hablaba de", false}, {"yo preguntaba por", false}, {"te pregunte por", false}, {"te pregunté por", false},
	},
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
