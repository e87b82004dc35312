package llmtest

import (
	"cmp"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// writer words an answer from a request of the task "answer".
type writer func(q Request) []Sentence

// task answers every task: an answer with w, the others honestly.
func task(w writer) func(http.ResponseWriter, *http.Request, Request) {
	return func(out http.ResponseWriter, _ *http.Request, q Request) { send(out, q, content(q, w)) }
}

func content(q Request, w writer) string {
	switch q.Task {
	case "rewrite":
		query := q.Question
		if n := len(q.History); n > 0 {
			query = q.History[n-1].Asked + " " + query
		}
		return mustJSON(map[string]string{"query": query})
	case "judge":
		return mustJSON(map[string]string{"entailed": "yes"})
	case "probe":
		return mustJSON(map[string]string{"query": "ok"})
	}
	return encode(w(q))
}

// honest copies the facts that answer best; of refused sentences it makes the facts' own text.
func honest(q Request) []Sentence {
	if len(q.Refused) > 0 {
		return mend(q)
	}
	var out []Sentence
	for _, f := range best(q) {
		out = append(out, Sentence{Text: f.Text, Facts: []string{f.Handle}})
	}
	return out
}

func mend(q Request) []Sentence {
	var out []Sentence
	for _, r := range q.Refused {
		i := slices.IndexFunc(q.Facts, func(f Fact) bool { return f.Handle == r.Handle })
		if i < 0 {
			i = slices.IndexFunc(q.Facts, func(f Fact) bool { return f.Text == r.Text })
		}
		if i >= 0 {
			out = append(out, Sentence{Text: q.Facts[i].Text, Facts: []string{q.Facts[i].Handle}})
		}
	}
	return out
}

// best returns the one or two facts that share most with the question.
func best(q Request) []Fact {
	facts, scores := ranked(q)
	n := min(1, len(facts))
	if len(facts) > 1 && scores[1] > 0 && scores[1] >= 0.75*scores[0] {
		n = 2
	}
	return facts[:n]
}

// ranked returns all facts, the one that shares most with the question first, by the rarity of what is shared; and the sums.
func ranked(q Request) ([]Fact, []float64) {
	l := knowledge.Lang(q.Lang)
	stems := make([]map[string]bool, len(q.Facts))
	held := map[string]int{}
	for i, f := range q.Facts {
		stems[i] = stemsOf(f.Text, l)
		for s := range stems[i] {
			held[s]++
		}
	}
	asked := stemsOf(q.Question, l)
	type scored struct {
		fact  Fact
		score float64
	}
	list := make([]scored, len(q.Facts))
	for i, f := range q.Facts {
		list[i].fact = f
		for s := range asked {
			if stems[i][s] {
				list[i].score += math.Log(1 + float64(len(q.Facts))/float64(held[s]))
			}
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	facts, scores := make([]Fact, len(list)), make([]float64, len(list))
	for i, s := range list {
		facts[i], scores[i] = s.fact, s.score
	}
	return facts, scores
}

func stemsOf(text string, l knowledge.Lang) map[string]bool {
	out := map[string]bool{}
	for _, t := range lang.Tokens(nil, text) {
		if t.Kind != lang.Punct && !lang.IsStop(t.Folded, l) {
			out[lang.Stem(t.Folded, l)] = true
		}
	}
	return out
}

// paraphrase rewords the honest answer in ways that change nothing: another order of the date, figures for number words, no
// parentheses, a word of glue, two facts joined by "and". Refused sentences are mended honestly.
func paraphrase(q Request) []Sentence {
	if len(q.Refused) > 0 {
		return mend(q)
	}
	facts := best(q)
	var out []Sentence
	for i, f := range facts {
		if f.Status == "disputed" || f.Status == "alleged" {
			out = append(out, Sentence{Text: f.Text, Facts: []string{f.Handle}})
			continue
		}
		text := reword(f.Text, q.Lang)
		if lower := lowerArticle(text); i > 0 && lower != text {
			text = choose(q.Lang, "Also, ", "Además, ") + lower
		}
		out = append(out, Sentence{Text: text, Facts: []string{f.Handle}})
	}
	if len(out) == 2 && plain(facts[0]) && plain(facts[1]) {
		joined := strings.TrimRight(reword(facts[0].Text, q.Lang), ".") + choose(q.Lang, " and ", " y ") + lowerArticle(reword(facts[1].Text, q.Lang))
		return []Sentence{{Text: joined, Facts: []string{facts[0].Handle, facts[1].Handle}}}
	}
	return out
}

// plain reports whether a fact is firm and short enough to be joined to another.
func plain(f Fact) bool {
	return f.Status != "disputed" && f.Status != "alleged" && len(f.Text) < 160 && !strings.ContainsAny(f.Text, ";:") && strings.HasSuffix(f.Text, ".")
}

var (
	parenthesis = regexp.MustCompile(`\s*\([^()]*\)`)
	americanDay = regexp.MustCompile(`\b(January|February|March|April|May|June|July|August|September|October|November|December) (\d{1,2}), (\d{4})\b`)
)

func reword(text, l string) string {
	text = parenthesis.ReplaceAllString(text, "")
	if l == "es" {
		return swapWord(text, [][2]string{{"siete", "7"}, {"cinco", "5"}, {"cuatro", "4"}, {"tres", "3"}})
	}
	text = americanDay.ReplaceAllString(text, "$2 $1 $3")
	return swapWord(text, [][2]string{{"seven", "7"}, {"five", "5"}, {"four", "4"}, {"three", "3"}})
}

// lowerArticle begins a text in lower case when it begins with an article.
func lowerArticle(text string) string {
	first, _, _ := strings.Cut(text, " ")
	switch first {
	case "The", "A", "An", "El", "La", "Los", "Las", "Un", "Una":
		return strings.ToLower(first) + text[len(first):]
	}
	return text
}

func choose(l, en, es string) string {
	if l == "es" {
		return es
	}
	return en
}

// swapWord replaces the first whole word, or phrase, of the pairs that text holds, in the pairs' order. A capital at its beginning
// stays a capital. Without any the text comes back as it was.
func swapWord(text string, pairs [][2]string) string {
	for _, p := range pairs {
		if i := wordIndex(text, p[0]); i >= 0 {
			to := p[1]
			if r, n := utf8.DecodeRuneInString(text[i:]); unicode.IsUpper(r) && to != "" && n > 0 {
				t, m := utf8.DecodeRuneInString(to)
				to = string(unicode.ToUpper(t)) + to[m:]
			}
			return tidy(text[:i] + to + text[i+len(p[0]):])
		}
	}
	return text
}

// wordIndex finds a whole word, letter case apart, or -1.
func wordIndex(text, word string) int {
	for from := 0; from+len(word) <= len(text); from++ {
		if !strings.EqualFold(text[from:from+len(word)], word) {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(text[:from])
		after, _ := utf8.DecodeRuneInString(text[from+len(word):])
		if !isWordRune(before) && !isWordRune(after) {
			return from
		}
	}
	return -1
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func tidy(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.NewReplacer(" ,", ",", " .", ".", ",,", ",", " ;", ";").Replace(s)
}
