package eval

import (
	"encoding/json"
	"io"

	"enlace/knowledge"
)

// WriteJSON writes the report as one indented JSON object with the scores of every scope, dialogues, summaries and misses.
// The misses of the blind half are left out unless shown. It returns w's first error.
func (r *Report) WriteJSON(w io.Writer, show Show) error {
	type scoped struct {
		Half Half           `json:"half"`
		Lang knowledge.Lang `json:"lang,omitempty"`
		Kind Kind           `json:"kind,omitempty"`
		Scores
	}
	type talks struct {
		Half Half           `json:"half"`
		Lang knowledge.Lang `json:"lang"`
		DialogueScores
	}
	out := struct {
		FactsVersion string          `json:"facts_version"`
		Scores       []scoped        `json:"scores"`
		Dialogues    []talks         `json:"dialogues"`
		Summaries    []SummaryResult `json:"summaries"`
		Misses       []*Result       `json:"misses"`
		Hidden       int             `json:"misses_hidden"`
	}{FactsVersion: r.FactsVersion, Scores: []scoped{}, Dialogues: []talks{}, Summaries: []SummaryResult{}, Misses: []*Result{}}
	for _, s := range r.scopes() {
		out.Scores = append(out.Scores, scoped{s.Half, s.Lang, s.Kind, r.Scores(s)})
		if d := r.Dialogues(s); s.Kind == "" && s.Lang != "" && d.Turns.Of > 0 {
			out.Dialogues = append(out.Dialogues, talks{s.Half, s.Lang, d})
		}
	}
	for _, s := range r.Summaries {
		if s.Half == Blind && !show.ShowBlind {
			s.Missing = nil
		}
		out.Summaries = append(out.Summaries, s)
	}
	for _, h := range Halves {
		if misses := r.Misses(h); h == Blind && !show.ShowBlind {
			out.Hidden = len(misses)
		} else {
			out.Misses = append(out.Misses, misses...)
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// scopes returns every half, language and kind that the report has results of, the wider before the narrower.
func (r *Report) scopes() []Scope {
	var out []Scope
	for _, h := range Halves {
		for _, l := range append([]knowledge.Lang{""}, knowledge.Langs[:]...) {
			for _, k := range append([]Kind{""}, Kinds[:]...) {
				s := Scope{h, l, k}
				if (l != "" || k == "") && (r.Scores(s).Questions > 0 || k == "" && r.Dialogues(s).Turns.Of > 0) {
					out = append(out, s)
				}
			}
		}
	}
	return out
}
