package answer

import (
	"cmp"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/search"
)

// What the reading of a follow-up weighs. A passage's score is its score for the question together with the conversation's
// words, plus a share of its score for the question alone, plus a share of the best one when it has the kind of thing asked for,
// less a share of the best one when it has been told already: people do not ask for what they have just read.
const (
	ownShare     = 0.6
	askedBonus   = 0.15
	toldPenalty  = 0.35
	contextWords = 10  // words of the conversation that are searched along at most
	contextTurns = 3   // earlier questions that are looked at
	foreignBelow = 0.4 // share of a question's words that its best fact must know to be read as a follow-up
)

// lean says how much a question needs the conversation.
type lean uint8

const (
	standsAlone lean = iota
	mayLean          // little of its own: the more probable of the two readings counts
	mustLean         // says "it", "he", "and …?"
)

// retrieve searches for the question, resolved against the conversation where it leans on it, and leaves what was found in r. It
// returns the text that found it. A question that answers for itself is left alone, so that a change of topic is one.
func (s *Service) retrieve(index *search.Index, q knowledge.Question, l knowledge.Lang, r *search.Result) (searched string) {
	text, changed := withoutTurn(q.Text, l)
	query := search.Query{Text: text, Lang: l, Depth: search.MaxDepth, Fallback: true}
	index.Search(query, r)
	if len(q.History) == 0 || changed {
		return text
	}
	kind := leaning(text, l, r)
	words := saidBefore(q, text, l)
	if kind == standsAlone || words == "" || kind == mayLean && strange(r) {
		return text
	}
	both := s.results.Get().(*search.Result)
	defer s.results.Put(both)
	query.Text = text + " " + words
	index.Search(query, both)
	merge(both, r, told(index.Base(), q.History))
	both.Asked = r.Asked
	if kind == mustLean || both.Probability > r.Probability {
		*r, *both = *both, *r
		return query.Text
	}
	return text
}

// strange reports whether a question says enough for itself, and what it says is foreign to the facts: the conversation's words
// would only make it look at home.
func strange(r *search.Result) bool {
	return len(r.Words) >= 3 && (len(r.Features) == 0 || r.Features[0].Covered < foreignBelow)
}

// merge orders the passages of both by what they say for the conversation and for the question alone.
func merge(both, own *search.Result, told map[knowledge.FactID]bool) {
	if len(both.Passages) == 0 {
		return
	}
	best := both.Passages[0].Score
	alone := make(map[knowledge.FactID]float64, len(own.Passages))
	for _, p := range own.Passages {
		alone[p.Fact.ID] = p.Score
	}
	type ranked struct {
		passage  knowledge.Passage
		features search.Features
	}
	list := make([]ranked, len(both.Passages))
	for i, p := range both.Passages {
		p.Score += ownShare * alone[p.Fact.ID]
		p.Score += askedBonus * best * both.Features[i].AskedFor
		if told[p.Fact.ID] {
			p.Score -= toldPenalty * best
		}
		list[i] = ranked{p, both.Features[i]}
	}
	slices.SortStableFunc(list, func(x, y ranked) int {
		return cmp.Or(cmp.Compare(y.passage.Score, x.passage.Score), cmp.Compare(x.passage.Fact.ID, y.passage.Fact.ID))
	})
	for i, x := range list {
		both.Passages[i], both.Features[i] = x.passage, x.features
	}
}

// told returns the facts that the conversation has quoted already.
func told(b *knowledge.Base, history []knowledge.Turn) map[knowledge.FactID]bool {
	out := map[knowledge.FactID]bool{}
	for _, turn := range history[max(0, len(history)-contextTurns):] {
		for i := range b.Facts {
			f := &b.Facts[i]
			if f.Text.EN != "" && strings.Contains(turn.Answer, f.Text.EN) || f.Text.ES != "" && strings.Contains(turn.Answer, f.Text.ES) {
				out[f.ID] = true
			}
		}
	}
	return out
}

// leaning says how much a question needs the conversation.
func leaning(text string, l knowledge.Lang, r *search.Result) lean {
	first, pronoun := true, false
	for _, t := range lang.Tokens(nil, text) {
		if t.Kind != lang.Word {
			continue
		}
		if first && openers[l][t.Folded] {
			return mustLean
		}
		first = false
		pronoun = pronoun || pronouns[l][t.Folded]
	}
	named := slices.ContainsFunc(r.Mentions, func(m search.Mention) bool {
		return m.IDF > 0 && m.Entity.Kind != knowledge.Place && m.Entity.Kind != knowledge.Organisation
	})
	few := len(contentTokens(text, l)) <= 3
	switch {
	case pronoun && !named, few && !named:
		return mustLean
	case few, pronoun, !named:
		return mayLean
	}
	return standsAlone
}

// saidBefore returns what a follow-up leans on: content words of the earlier questions and names in the last answer, most recent
// first, without those that the question has itself.
func saidBefore(q knowledge.Question, text string, l knowledge.Lang) string {
	seen := map[string]bool{}
	for _, w := range contentTokens(text, l) {
		seen[lang.Stem(w.Folded, l)] = true
	}
	var out []string
	add := func(tokens []lang.Token, most int) {
		for _, t := range tokens {
			if stem := lang.Stem(t.Folded, l); !seen[stem] && len(out) < min(most, contextWords) {
				seen[stem] = true
				out = append(out, t.Text)
			}
		}
	}
	for i := len(q.History) - 1; i >= max(0, len(q.History)-contextTurns); i-- {
		earlier, _ := withoutTurn(q.History[i].Question, l)
		words := contentTokens(earlier, l)
		add(words, contextWords)
		if len(words) > 3 { // says enough by itself; what came before is another matter
			break
		}
	}
	last := q.History[len(q.History)-1].Answer
	if sentences := lang.Sentences(last); len(sentences) > 0 {
		add(names(sentences[0]), len(out)+2)
	}
	return strings.Join(out, " ")
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

// contentTokens returns the words of a text that carry meaning of their own.
func contentTokens(text string, l knowledge.Lang) []lang.Token {
	var out []lang.Token
	for _, t := range lang.Tokens(nil, text) {
		if t.Kind == lang.Number || t.Kind == lang.Word && !lang.IsStop(t.Folded, l) && !pronouns[l][t.Folded] && !openers[l][t.Folded] {
			out = append(out, t)
		}
	}
	return out
}

// names returns the capitalised words of a sentence, without the first one.
func names(sentence string) []lang.Token {
	var out []lang.Token
	for i, t := range lang.Tokens(nil, sentence) {
		if i > 0 && t.Kind == lang.Word && t.Text != strings.ToLower(t.Text) {
			out = append(out, t)
		}
	}
	return out
}

// openers begin a question that goes on from the last one.
var openers = map[knowledge.Lang]map[string]bool{
	knowledge.English: set("and but so then also"),
	knowledge.Spanish: set("y e pero entonces tambien"),
}

// pronouns stand for something said before.
var pronouns = map[knowledge.Lang]map[string]bool{
	knowledge.English: set("it its it's that this he him his she her hers they them their theirs those these there then same one ones other others thing guy dude"),
	knowledge.Spanish: set("eso esa ese esos esas esto este estos estas ella ellos ellas lo le les su sus ahi alli alla entonces mismo misma otro otra otros otras aquel aquella tipo man vez"),
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
