package report

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"enlace/knowledge"
	"enlace/knowledge/eval"
	"enlace/knowledge/verify"
)

// results are questions of both halves and languages; the last of each half is a miss with a hostile text.
func results() *eval.Report {
	r := &eval.Report{FactsVersion: "sha256:<b>"}
	for i, h := range eval.Halves {
		for j, l := range knowledge.Langs {
			for k, kind := range eval.Kinds {
				r.Results = append(r.Results, eval.Result{
					ID: "x", Half: h, Lang: l, Kind: kind, Question: "why not", Want: knowledge.Answered, Got: knowledge.Answered,
					Correct: true, Rank: 1 + k%7, Language: l, Took: time.Duration(100*(i+1)+10*j+k) * time.Microsecond,
				})
			}
		}
		r.Results = append(r.Results, eval.Result{
			ID: string(h) + "-miss", Half: h, Lang: knowledge.English, Kind: eval.OffTopic, Question: string(h) + ` <script>alert("1")</script> & more`,
			Want: knowledge.Answered, Got: knowledge.NoMatch, Rank: -1, Why: "ended in no_match", Took: time.Second,
		})
	}
	return r
}

func write(t *testing.T, in Input) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPageNeedsNothingElse(t *testing.T) {
	html := write(t, Input{Report: results(), Refusals: []Refusals{{Lang: knowledge.English, Made: 9, Tried: 3, Escaped: 1, By: map[verify.Check]int{verify.Date: 2}}}})
	for _, bad := range []string{"<script", "http:", "https:", "src=", "href=", "url(", "@import", " onload", "<img", "<link"} {
		if strings.Contains(html, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if n := strings.Count(html, "<svg "); n != 7 {
		t.Errorf("%d plots, want 7", n)
	}
	if n := len(regexp.MustCompile(`role="img" aria-label="[^"]+"`).FindAllString(html, -1)); n != 7 {
		t.Errorf("%d plots have a name, want 7", n)
	}
	if left := regexp.MustCompile(`#01020[3-6]`).FindString(html); left != "" {
		t.Errorf("the colour %s was not given to the style sheet", left)
	}
}

func TestTablesAreAccessible(t *testing.T) {
	html := write(t, Input{Report: results()})
	for _, table := range regexp.MustCompile(`(?s)<table.*?</table>`).FindAllString(html, -1) {
		if !strings.Contains(table, "<caption>") || !strings.Contains(table, `<th scope="col">`) || !strings.Contains(table, `<th scope="row">`) {
			t.Errorf("a table without caption or heads: %.200s", table)
		}
	}
}

// TestPageIsWellFormed reads the page as XML, which its empty elements allow, so that no text can have opened or closed one.
func TestPageIsWellFormed(t *testing.T) {
	html := write(t, Input{Report: results(), Show: eval.Show{ShowBlind: true}})
	dec := xml.NewDecoder(strings.NewReader(html))
	dec.Strict = false
	dec.AutoClose = xml.HTMLAutoClose
	dec.Entity = xml.HTMLEntity
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestMissesOfTheBlindHalfStayHidden(t *testing.T) {
	html := write(t, Input{Report: results()})
	if !strings.Contains(html, "open-miss") || strings.Contains(html, "blind-miss") || !strings.Contains(html, "Misses of the blind half: 1") {
		t.Error("want the misses of the open half, and only the number of the blind ones")
	}
	if html := write(t, Input{Report: results(), Show: eval.Show{ShowBlind: true}}); !strings.Contains(html, "blind-miss") {
		t.Error("the blind misses were asked for")
	}
}

func TestPageOfNothingAndOfOneQuestion(t *testing.T) {
	one := &eval.Report{Results: results().Results[:1]}
	turn := &eval.Report{Results: []eval.Result{{Dialogue: "d", Half: eval.Blind, Lang: knowledge.Spanish}}} // and no clock
	for _, r := range []*eval.Report{{}, one, turn} {
		write(t, Input{Report: r, Refusals: []Refusals{{Lang: knowledge.English}}})
	}
}

func TestRefuseCountsEverySentence(t *testing.T) {
	text := knowledge.Text{EN: "Ana Torres signed the harbour agreement on March 5, 2024.", ES: "Ana Torres firmó el acuerdo portuario el 5 de marzo de 2024."}
	b := knowledge.NewBase("v", nil, nil, nil, []knowledge.Fact{{ID: "signed", Text: text, Status: knowledge.Official}})
	got, err := Refuse(t.Context(), b, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range got {
		n := r.Escaped
		for _, k := range r.By {
			n += k
		}
		if r.Tried == 0 || n != r.Tried {
			t.Errorf("%s: %d sentences tried, %d counted", r.Lang, r.Tried, n)
		}
		if r.By[verify.Date] == 0 {
			t.Errorf("%s: no wrong date was refused as one: %v", r.Lang, r.By)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Refuse(ctx, b, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v after cancelling", err)
	}
}
