package eval

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"enlace/knowledge"
)

// Show chooses what a written report tells; the zero value works.
type Show struct {
	ShowBlind bool // list the misses of the blind half, too
}

// WriteText writes the report as plain aligned tables: the halves and their difference, each language and kind, dialogues,
// summaries, and the misses. It returns w's first error.
func (r *Report) WriteText(w io.Writer, show Show) error {
	var b strings.Builder
	r.writeScores(&b)
	r.writeDialogues(&b)
	r.writeSummaries(&b, show)
	r.writeMisses(&b, show)
	_, err := io.WriteString(w, b.String())
	return err
}

var scoreHead = []string{"", "n", "correct", "hit@1", "hit@3", "hit@5", "MRR", "cite P", "cite R", "abst P", "abst R", "refused", "lang", "med ms", "p99 ms"}

func (r *Report) writeScores(b *strings.Builder) {
	t := table{scoreHead}
	for _, h := range r.halves() {
		r.scoreRows(&t, h)
	}
	if len(r.halves()) == 2 {
		t.add()
		for _, l := range append([]knowledge.Lang{""}, knowledge.Langs[:]...) {
			open, blind := r.Scores(Scope{Half: Open, Lang: l}), r.Scores(Scope{Half: Blind, Lang: l})
			if open.Questions > 0 && blind.Questions > 0 {
				t.add(differenceRow(l, open, blind)...)
			}
		}
	}
	t.write(b)
}

func (r *Report) scoreRows(t *table, h Half) {
	t.add(scoreRow(string(h), r.Scores(Scope{Half: h}))...)
	for _, l := range knowledge.Langs {
		label := fmt.Sprintf("%s %s", h, l)
		if s := r.Scores(Scope{Half: h, Lang: l}); s.Questions > 0 {
			t.add(scoreRow(label, s)...)
		}
		for _, k := range Kinds {
			if s := r.Scores(Scope{h, l, k}); s.Questions > 0 {
				t.add(scoreRow(fmt.Sprintf("%s %s", label, k), s)...)
			}
		}
	}
}

// halves returns the halves that the report has results of.
func (r *Report) halves() []Half {
	var out []Half
	for _, h := range Halves {
		if r.Scores(Scope{Half: h}).Questions > 0 {
			out = append(out, h)
		}
	}
	return out
}

func (s *Scores) ratios() []Ratio {
	return []Ratio{s.Correct, s.Hit1, s.Hit3, s.Hit5, s.MRR, s.CitePrecision, s.CiteRecall, s.AbstainPrecision, s.AbstainRecall, s.FalseRefusals, s.Language}
}

func scoreRow(label string, s Scores) []string {
	row := []string{label, fmt.Sprint(s.Questions)}
	for _, v := range s.ratios() {
		row = append(row, percent(v))
	}
	return append(row, fmt.Sprintf("%.3f", s.MedianMS), fmt.Sprintf("%.3f", s.P99MS))
}

func differenceRow(l knowledge.Lang, open, blind Scores) []string {
	row := []string{strings.TrimSpace("open - blind " + string(l)), ""}
	other := blind.ratios()
	for i, v := range open.ratios() {
		if v.Of == 0 || other[i].Of == 0 {
			row = append(row, "-")
			continue
		}
		row = append(row, fmt.Sprintf("%+.1f", 100*(v.Value()-other[i].Value())))
	}
	return row
}

func percent(v Ratio) string {
	if v.Of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", 100*v.Value())
}

func (r *Report) writeDialogues(b *strings.Builder) {
	t := table{{"dialogues", "n", "correct", "turns", "correct"}}
	for _, h := range Halves {
		for _, l := range knowledge.Langs {
			if s := r.Dialogues(Scope{Half: h, Lang: l}); s.Turns.Of > 0 {
				t.add(fmt.Sprintf("%s %s", h, l), fmt.Sprint(s.Dialogues.Of), percent(s.Dialogues), fmt.Sprint(s.Turns.Of), percent(s.Turns))
			}
		}
	}
	if len(t) > 1 {
		b.WriteByte('\n')
		t.write(b)
	}
}

func (r *Report) writeSummaries(b *strings.Builder, show Show) {
	t := table{{"summaries", "lang", "cited", "covered", "missing"}}
	for _, s := range r.Summaries {
		missing := joinGroups(s.Missing)
		if s.Half == Blind && !show.ShowBlind {
			missing = "" // a miss like any other
		}
		t.add(fmt.Sprintf("%s %s", s.Half, topicName(s.Topic)), string(s.Lang), fmt.Sprint(s.Cited), fmt.Sprintf("%d/%d", s.Covered, s.Points), missing)
	}
	if len(t) > 1 {
		b.WriteByte('\n')
		t.write(b)
	}
}

func topicName(t knowledge.TopicID) string {
	if t == "" {
		return "(everything)"
	}
	return string(t)
}

func (r *Report) writeMisses(b *strings.Builder, show Show) {
	for _, h := range Halves {
		misses := r.Misses(h)
		switch {
		case len(misses) == 0:
		case h == Blind && !show.ShowBlind:
			fmt.Fprintf(b, "\nmisses of the blind half: %d, not shown\n", len(misses))
		default:
			fmt.Fprintf(b, "\nmisses of the %s half: %d\n", h, len(misses))
			for _, m := range misses {
				writeMiss(b, m)
			}
		}
	}
}

// Misses returns the results of a half that are not correct, turns of dialogues included, in the order of the suite.
func (r *Report) Misses(h Half) []*Result {
	var out []*Result
	for i := range r.Results {
		if r.Results[i].Half == h && !r.Results[i].Correct {
			out = append(out, &r.Results[i])
		}
	}
	return out
}

func writeMiss(b *strings.Builder, m *Result) {
	fmt.Fprintf(b, "%s %s %q\n", m.ID, m.Kind, m.Question)
	writeField(b, "expected", string(m.Want)+" "+joinGroups(m.Facts))
	writeField(b, "got", string(m.Got)+" "+joinIDs(m.Cited))
	switch {
	case m.Rank > 0:
		writeField(b, "rank", fmt.Sprintf("%d of %s", m.Rank, joinIDs(m.Retrieved)))
	case m.Rank < 0:
		writeField(b, "rank", "not found; found "+joinIDs(m.Retrieved))
	}
	writeField(b, "why", m.Why)
}

func writeField(b *strings.Builder, name, text string) {
	fmt.Fprintf(b, "    %-8s %s\n", name, strings.TrimSpace(text))
}

func joinIDs(ids []knowledge.FactID) string { return strings.ReplaceAll(Group(ids).String(), "|", " ") }

// table is rows of cells: the first column is aligned to the left, the others to the right, a last one of words to the left.
type table [][]string

func (t *table) add(cells ...string) { *t = append(*t, cells) }

func (t table) write(b *strings.Builder) {
	var width []int
	for _, row := range t {
		for i, c := range row {
			if i == len(width) {
				width = append(width, 0)
			}
			width[i] = max(width[i], utf8.RuneCountInString(c))
		}
	}
	for _, row := range t {
		var line strings.Builder
		for i, c := range row {
			pad := strings.Repeat(" ", width[i]-utf8.RuneCountInString(c))
			switch {
			case i == 0:
				line.WriteString(c + pad)
			case t[0][i] == "missing":
				line.WriteString("  " + c)
			default:
				line.WriteString("  " + pad + c)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}
