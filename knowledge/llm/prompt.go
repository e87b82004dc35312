package llm

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"strings"
	"text/template"
	"unicode/utf8"

	"enlace/knowledge"
	"enlace/knowledge/draft"
	"enlace/knowledge/lang"
)

//go:embed prompts/*.tmpl
var templateFiles embed.FS

var templates = template.Must(template.ParseFS(templateFiles, "prompts/*.tmpl"))

// version is a hash of the templates.
var version = hashFiles(templateFiles)

// PromptVersion names the templates that prompts are made from: 16 hex digits, another after every change.
func PromptVersion() string { return version }

// Bounds of what goes into a prompt, whatever a request holds. Characters, unless it says otherwise. A fact or a name beyond
// its bound is left out whole, because half a fact is another claim; free text is cut.
const (
	maxQuestion   = 1000
	maxFacts      = 24
	maxFactText   = 2000
	maxTurns      = 4 // the latest ones
	maxTurnAsked  = 300
	maxTurnAnswer = 600
	maxNames      = 24
	maxAliases    = 6
	maxName       = 120
	maxRepair     = draft.MaxSentences
	maxWords      = 12
)

// message is a prompt: what the system says, and the data.
type message struct{ system, data string }

// bytes is the length of the whole prompt.
func (m message) bytes() int { return len(m.system) + len(m.data) }

// hash names the prompt: 16 hex digits.
func (m message) hash() string { return shortHash([]byte(m.system + "\x00" + m.data)) }

// Prompt returns the whole prompt for a request, as the endpoint gets it: the system's message, a line of dashes, the data.
func Prompt(r draft.Request) string {
	m := answerPrompt(r)
	return m.system + "\n\n----------\n\n" + m.data + "\n"
}

// answerPrompt words a request. Whatever came from outside stands in it as one JSON object to a line.
func answerPrompt(r draft.Request) message {
	l := known(r.Lang)
	data := struct {
		Lang                          knowledge.Lang
		Facts, Names, History, Repair []string
		Question                      string
	}{l, factLines(r.Facts), nameLines(r.Names), turnLines(r.History), refusalLines(r.Repair), questionLine(r.Question)}
	m := message{system: render("system-"+string(l), data), data: render("data", data)}
	if len(data.Repair) > 0 {
		m.data += render("repair-"+string(l), data)
	}
	return m
}

func rewritePrompt(question string, history []knowledge.Turn, l knowledge.Lang) message {
	data := struct {
		Lang     knowledge.Lang
		History  []string
		Question string
	}{known(l), turnLines(history), questionLine(question)}
	return message{system: render("rewrite-system", data), data: render("rewrite-data", data)}
}

func judgePrompt(sentence, fact string) message {
	data := struct{ Fact, Sentence string }{
		line(struct {
			Text string `json:"fact"`
		}{clean(fact, maxFactText)}),
		line(struct {
			Text string `json:"sentence"`
		}{clean(sentence, draft.MaxSentenceRunes)}),
	}
	return message{system: render("judge-system", data), data: render("judge-data", data)}
}

func known(l knowledge.Lang) knowledge.Lang {
	if l == knowledge.Spanish {
		return l
	}
	return knowledge.English
}

func factLines(facts []draft.Fact) []string {
	var out []string
	for _, f := range facts[:min(len(facts), maxFacts)] {
		if !fits(f.Text, maxFactText) || len(f.Handle) > draft.MaxHandleBytes {
			continue
		}
		out = append(out, line(struct {
			Handle string           `json:"fact"`
			Status knowledge.Status `json:"status,omitempty"`
			Dates  []knowledge.Date `json:"dates,omitempty"`
			Text   string           `json:"text"`
		}{f.Handle, f.Status, f.Dates, lang.Normalize(f.Text)}))
	}
	return out
}

func nameLines(names []draft.Name) []string {
	var out []string
	for _, n := range names[:min(len(names), maxNames)] {
		aliases := make([]string, 0, maxAliases)
		for _, a := range n.Aliases {
			if fits(a, maxName) && len(aliases) < maxAliases {
				aliases = append(aliases, lang.Normalize(a))
			}
		}
		if fits(n.Name, maxName) && len(aliases) > 0 {
			out = append(out, line(struct {
				Name    string   `json:"name"`
				Aliases []string `json:"aliases"`
			}{lang.Normalize(n.Name), aliases}))
		}
	}
	return out
}

func turnLines(history []knowledge.Turn) []string {
	var out []string
	for _, t := range history[max(0, len(history)-maxTurns):] {
		out = append(out, line(struct {
			Asked    string `json:"asked"`
			Answered string `json:"answered"`
		}{clean(t.Question, maxTurnAsked), clean(t.Answer, maxTurnAnswer)}))
	}
	return out
}

func refusalLines(refusals []draft.Refusal) []string {
	var out []string
	for _, r := range refusals[:min(len(refusals), maxRepair)] {
		words := make([]string, 0, len(r.Words))
		for _, w := range r.Words[:min(len(r.Words), maxWords)] {
			words = append(words, clean(w, maxName))
		}
		out = append(out, line(struct {
			Sentence string   `json:"sentence"`
			Check    string   `json:"check"`
			Words    []string `json:"words,omitempty"`
			Handle   string   `json:"fact,omitempty"`
			Text     string   `json:"text,omitempty"`
		}{clean(r.Sentence, draft.MaxSentenceRunes), clean(r.Check, maxName), words, clean(r.Handle, draft.MaxHandleBytes), clean(r.FactText, maxFactText)}))
	}
	return out
}

func questionLine(q string) string {
	return line(struct {
		Question string `json:"question"`
	}{clean(q, maxQuestion)})
}

// fits reports whether s has at most limit characters.
func fits(s string, limit int) bool {
	return len(s) <= limit*utf8.UTFMax && utf8.RuneCountInString(s) <= limit
}

// clean normalises s and cuts it to at most limit characters.
func clean(s string, limit int) string {
	if len(s) > 8*limit { // bounds the work: a character and its marks rarely take more
		s = s[:8*limit]
	}
	return cut(lang.Normalize(s), limit)
}

func cut(s string, limit int) string {
	n := 0
	for i := range s {
		if n == limit {
			return s[:i]
		}
		n++
	}
	return s
}

// line is v as one line of JSON that keeps its letters readable.
func line(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil { // strings and dates always encode
		return "{}"
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func render(name string, data any) string {
	var b strings.Builder
	if err := templates.ExecuteTemplate(&b, name, data); err != nil {
		panic("llm: the embedded prompt " + name + " does not fit its data: " + err.Error())
	}
	return b.String()
}

func hashFiles(fsys fs.FS) string {
	names, err := fs.Glob(fsys, "prompts/*.tmpl") // sorted
	if err != nil {
		panic(err) // the pattern is constant
	}
	var all []byte
	for _, name := range names {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			panic(err) // embedded
		}
		all = append(append(append(all, name...), 0), b...)
	}
	return shortHash(all)
}

func shortHash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}
