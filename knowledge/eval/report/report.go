// Package report writes the scores of a suite as one HTML page that needs nothing else: no script, no font, no picture from
// elsewhere. Its plots are SVG within the page, take their colours from the reader's light or dark scheme, and each stands
// above a table with the same numbers.
package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/eval"
)

// Input is what a page tells.
type Input struct {
	Report   *eval.Report
	Refusals []Refusals // nil leaves the section out
	Show     eval.Show
}

//go:embed page.html
var pageSource string

// page is the outermost template. It escapes everything but the plots, which are made here.
var page = template.Must(template.New("page").Parse(pageSource))

// Write writes the page as HTML in UTF-8, and returns an error of a plot or the first one of w. Of the blind half it tells no
// misses unless they are to be shown.
func Write(w io.Writer, in Input) error {
	sections, err := sectionsOf(in)
	if err != nil {
		return err
	}
	return page.Execute(w, map[string]any{
		"Version": in.Report.FactsVersion, "Head": headline(in.Report), "Sections": sections, "Misses": missesOf(in),
	})
}

// figure is a number that stands out at the top.
type figure struct{ Name, Value, Note string }

// headline are the figures at the top of the page.
func headline(r *eval.Report) (out []figure) {
	for _, h := range eval.Halves {
		s := r.Scores(eval.Scope{Half: h})
		if s.Questions == 0 {
			continue
		}
		out = append(out,
			figure{"correct, " + string(h), percent(s.Correct) + " %", fmt.Sprintf("of %d questions", s.Questions)},
			figure{"fact first, " + string(h), percent(s.Hit1) + " %", "hit@1"})
	}
	all := r.Scores(eval.Scope{})
	return append(out,
		figure{"refused wrongly", percent(all.FalseRefusals) + " %", "of what has an answer"},
		figure{"latency", fmt.Sprintf("%.2f ms", all.MedianMS), fmt.Sprintf("median; 99th percentile %.2f ms", all.P99MS)})
}

// table is rows of cells under a head; the first cell of a row names it.
type table struct {
	Caption string
	Head    []string
	Rows    [][]string
}

func (t *table) add(cells ...string) { t.Rows = append(t.Rows, cells) }

// drawn is a plot with its title.
type drawn struct {
	Title string
	SVG   template.HTML
}

// section is a plot with what it shows in words and numbers.
type section struct {
	ID, Title, Text string
	Plots           []drawn
	Tables          []table
}

func sectionsOf(in Input) (out []section, err error) {
	draws := []func(Input) (section, error){measures, kinds, ranks, latency, endings, refusals}
	if len(in.Report.Results) == 0 {
		draws = draws[len(draws)-1:]
	}
	for _, draw := range draws {
		s, err := draw(in)
		if err != nil {
			return nil, err
		}
		if len(s.Tables) > 0 {
			out = append(out, s)
		}
	}
	return out, nil
}

// halvesOf returns the halves that were asked.
func halvesOf(r *eval.Report) []eval.Half {
	return slices.DeleteFunc(slices.Clone(eval.Halves[:]), func(h eval.Half) bool {
		return !slices.ContainsFunc(r.Results, func(res eval.Result) bool { return res.Half == h })
	})
}

// measure is one of the shares of a scope.
type measure struct {
	name string
	of   func(*eval.Scores) eval.Ratio
}

var shares = []measure{
	{"correct", func(s *eval.Scores) eval.Ratio { return s.Correct }},
	{"hit@1", func(s *eval.Scores) eval.Ratio { return s.Hit1 }},
	{"hit@3", func(s *eval.Scores) eval.Ratio { return s.Hit3 }},
	{"hit@5", func(s *eval.Scores) eval.Ratio { return s.Hit5 }},
	{"MRR", func(s *eval.Scores) eval.Ratio { return s.MRR }},
	{"cite prec.", func(s *eval.Scores) eval.Ratio { return s.CitePrecision }},
	{"cite recall", func(s *eval.Scores) eval.Ratio { return s.CiteRecall }},
	{"abst. prec.", func(s *eval.Scores) eval.Ratio { return s.AbstainPrecision }},
	{"abst. recall", func(s *eval.Scores) eval.Ratio { return s.AbstainRecall }},
	{"language", func(s *eval.Scores) eval.Ratio { return s.Language }},
}

// measures compares the halves.
func measures(in Input) (section, error) {
	s := section{ID: "halves", Title: "Open and blind", Text: "The open half is for tuning, the blind half is not looked at: a gap between them is what was only learned by heart."}
	var names []string
	var series []bars
	t := table{Caption: "Shares in percent", Head: []string{"", "n"}}
	for _, m := range shares {
		names = append(names, m.name)
		t.Head = append(t.Head, m.name)
	}
	for _, h := range halvesOf(in.Report) {
		b := bars{name: string(h)}
		for _, l := range append([]knowledge.Lang{""}, knowledge.Langs[:]...) {
			sc := in.Report.Scores(eval.Scope{Half: h, Lang: l})
			if sc.Questions == 0 {
				continue
			}
			row := []string{strings.TrimSpace(string(h) + " " + string(l)), fmt.Sprint(sc.Questions)}
			for _, m := range shares {
				if l == "" {
					b.values = append(b.values, 100*m.of(&sc).Value())
				}
				row = append(row, percent(m.of(&sc)))
			}
			t.add(row...)
		}
		if len(b.values) > 0 { // there may be dialogues alone
			series = append(series, b)
		}
	}
	if len(series) == 0 {
		return section{}, nil
	}
	p, err := barPlot("Measures of the halves, in percent", names, series)
	s.Plots, s.Tables = []drawn{p}, []table{t}
	return s, err
}

// kinds shows the correct answers of each kind of question in each language.
func kinds(in Input) (section, error) {
	s := section{ID: "kinds", Title: "Kinds of question", Text: "Correct answers by kind and language, in percent. A kind that was not asked has no bar."}
	t := table{Caption: "Correct answers in percent, and of how many", Head: []string{"kind"}}
	var names []string
	rows := make([][]string, len(eval.Kinds))
	for i, k := range eval.Kinds {
		names = append(names, strings.ReplaceAll(string(k), "_", " "))
		rows[i] = []string{names[i]}
	}
	for _, h := range halvesOf(in.Report) {
		var series []bars
		for _, l := range knowledge.Langs {
			t.Head = append(t.Head, fmt.Sprintf("%s %s", h, l))
			b := bars{name: string(l)}
			for i, k := range eval.Kinds {
				c := in.Report.Scores(eval.Scope{Half: h, Lang: l, Kind: k}).Correct
				b.values = append(b.values, 100*c.Value())
				cell := "–"
				if c.Of > 0 {
					cell = fmt.Sprintf("%s (%d)", percent(c), c.Of)
				}
				rows[i] = append(rows[i], cell)
			}
			series = append(series, b)
		}
		p, err := barPlot(fmt.Sprintf("Correct answers, %s half, in percent", h), names, series)
		if err != nil {
			return s, err
		}
		s.Plots = append(s.Plots, p)
	}
	t.Rows = rows
	s.Tables = []table{t}
	return s, nil
}

// rankBins are the ranks that are counted together.
var rankBins = []struct {
	name     string
	from, to int
}{{"1", 1, 1}, {"2", 2, 2}, {"3", 3, 3}, {"4", 4, 4}, {"5", 5, 5}, {"6–10", 6, 10}, {"beyond 10", 11, 1 << 30}, {"not found", -1, -1}}

// ranks shows at which place the fact of a question was found.
func ranks(in Input) (section, error) {
	s := section{ID: "ranks", Title: "Ranks", Text: "At which place retrieval had the fact that answers the question, in percent of the questions that have one, turns of dialogues included."}
	t := table{Caption: "Questions by the rank of their fact", Head: []string{"rank"}}
	var names []string
	for _, b := range rankBins {
		names = append(names, b.name)
		t.add(b.name)
	}
	var series []bars
	for _, h := range halvesOf(in.Report) {
		t.Head = append(t.Head, string(h))
		found := in.Report.Ranks(h)
		b := bars{name: string(h)}
		for i, bin := range rankBins {
			n := 0
			for _, r := range found {
				if bin.from <= r && r <= bin.to {
					n++
				}
			}
			b.values = append(b.values, 100*float64(n)/float64(max(len(found), 1)))
			t.Rows[i] = append(t.Rows[i], fmt.Sprint(n))
		}
		series = append(series, b)
	}
	p, err := barPlot("Ranks of the right fact, in percent", names, series)
	s.Plots, s.Tables = []drawn{p}, []table{t}
	return s, err
}

// latency shows how long answers took.
func latency(in Input) (section, error) {
	s := section{ID: "latency", Title: "Latency", Text: "How long an answer took, in milliseconds: without a model and without the network. The histogram leaves out the slowest hundredth, the box plots do not: boxes are quartiles, whiskers reach to the last answer within one and a half box heights."}
	t := table{Caption: "Milliseconds", Head: []string{"", "n", "least", "25 %", "median", "75 %", "99 %", "most"}}
	var groups []sample
	var all []float64
	for _, h := range halvesOf(in.Report) {
		for _, l := range knowledge.Langs {
			var ms []float64
			for i := range in.Report.Results {
				if res := &in.Report.Results[i]; res.Half == h && res.Lang == l {
					ms = append(ms, float64(res.Took.Nanoseconds())/1e6)
				}
			}
			if len(ms) == 0 {
				continue
			}
			slices.Sort(ms)
			all = append(all, ms...)
			name := fmt.Sprintf("%s %s", h, l)
			groups = append(groups, sample{name, ms})
			row := []string{name, fmt.Sprint(len(ms))}
			for _, q := range []float64{0, 0.25, 0.5, 0.75, 0.99, 1} {
				row = append(row, fmt.Sprintf("%.3f", quantile(ms, q)))
			}
			t.add(row...)
		}
	}
	slices.Sort(all)
	hist, err := histPlot("Latency of all answers, in milliseconds", all[:len(all)-len(all)/100])
	if err != nil {
		return s, err
	}
	box, err := boxPlot("Latency by half and language, in milliseconds", groups)
	s.Plots, s.Tables = []drawn{hist, box}, []table{t}
	return s, err
}

// quantile returns the q-quantile of sorted values by the nearest-rank method.
func quantile(sorted []float64, q float64) float64 {
	i := int(q*float64(len(sorted))+0.999999) - 1
	return sorted[max(0, min(i, len(sorted)-1))]
}

// endings shows how questions ended against how they should have.
func endings(in Input) (section, error) {
	s := section{ID: "endings", Title: "Endings", Text: "How questions ended. An abstention is right where the facts have no answer."}
	var outcomes []knowledge.Outcome
	n := map[[2]knowledge.Outcome]int{}
	for i := range in.Report.Results {
		r := &in.Report.Results[i]
		n[[2]knowledge.Outcome{r.Want, r.Got}]++
		for _, o := range []knowledge.Outcome{r.Want, r.Got} {
			if !slices.Contains(outcomes, o) {
				outcomes = append(outcomes, o)
			}
		}
	}
	slices.Sort(outcomes)
	t := table{Caption: "Questions by the outcome that they should have (rows) and had (columns)", Head: []string{"should be"}}
	for _, want := range outcomes {
		t.Head = append(t.Head, string(want))
		row := []string{string(want)}
		for _, got := range outcomes {
			row = append(row, fmt.Sprint(n[[2]knowledge.Outcome{want, got}]))
		}
		t.add(row...)
	}
	s.Tables = []table{t}
	return s, nil
}

// misses is the wrong answers of a half.
type misses struct {
	Half  eval.Half
	Total int
	Shown []*eval.Result
}

func missesOf(in Input) (out []misses) {
	for _, h := range halvesOf(in.Report) {
		found := in.Report.Misses(h)
		m := misses{Half: h, Total: len(found)}
		if h != eval.Blind || in.Show.ShowBlind {
			m.Shown = found
		}
		out = append(out, m)
	}
	return out
}

func percent(r eval.Ratio) string {
	if r.Of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f", 100*r.Value())
}
