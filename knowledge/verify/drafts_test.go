package verify

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"enlace/knowledge"
)

// What the recorded drafts must give.
const (
	leastHonest   = 0.80 // of the honest sentences, without a repair
	mostSkipped   = 0.10 // of the sentences may cite facts whose text is another one now
	leastRecorded = 50
)

// recorded are drafts with the facts' texts as they were then.
type recorded struct {
	Drafts []struct {
		Question  string
		Lang      knowledge.Lang
		Facts     []knowledge.FactID
		Sentences []struct {
			Text  string
			Facts []knowledge.FactID
			Trick string
		}
	}
	Texts map[knowledge.Lang]map[knowledge.FactID]string
}

// fair are recorded as sly, but say nothing that the cited fact does not say: sentence, reason.
var fair = map[string]string{}

// outcome is one sentence of a draft, decided.
type outcome struct {
	question, text, trick string
	verdict               Verdict
}

func readRecorded(t *testing.T, file string) (r recorded) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "drafts", file))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// decideRecorded puts the drafts of a file through the verifier, without the sentences whose facts have changed.
func decideRecorded(t *testing.T, file string) (out []outcome) {
	t.Helper()
	v, b := verifier(t)
	r := readRecorded(t, file)
	skipped := 0
	for _, d := range r.Drafts {
		draft := Draft{Lang: d.Lang, Question: d.Question, Facts: d.Facts}
		changed := make([]bool, len(d.Sentences))
		for i, s := range d.Sentences {
			draft.Sentences = append(draft.Sentences, Sentence{Text: s.Text, Facts: s.Facts})
			for _, id := range s.Facts {
				f := b.Fact(id)
				changed[i] = changed[i] || f == nil || strings.TrimSpace(f.Text.In(d.Lang)) != r.Texts[d.Lang][id]
			}
		}
		for i, verdict := range v.Verify(draft).Verdicts {
			if changed[i] {
				skipped++
				continue
			}
			out = append(out, outcome{d.Question, d.Sentences[i].Text, d.Sentences[i].Trick, verdict})
		}
	}
	t.Logf("%d sentences, %d skipped since their facts have changed", len(out)+skipped, skipped)
	if len(out) < leastRecorded || float64(skipped) > mostSkipped*float64(len(out)+skipped) {
		t.Errorf("%d of %d sentences were skipped: record the drafts anew", skipped, len(out)+skipped)
	}
	return out
}

func TestNoSlyDraftIsProved(t *testing.T) {
	for _, o := range decideRecorded(t, "sly.json") {
		if o.verdict.OK && fair[o.text] == "" {
			t.Errorf("%s: proved though %s: %s (%v)", o.question, o.trick, o.text, o.verdict)
		}
	}
}

func TestNoSlyDraftIsProvedBehindAnyFact(t *testing.T) {
	v, b := verifier(t)
	for _, d := range readRecorded(t, "sly.json").Drafts {
		for _, s := range d.Sentences {
			for _, id := range d.Facts {
				before := Sentence{Text: b.Fact(id).Text.In(d.Lang), Facts: []knowledge.FactID{id}}
				r := v.Verify(Draft{Lang: d.Lang, Question: d.Question, Facts: d.Facts, Sentences: []Sentence{before, {Text: s.Text, Facts: s.Facts}}})
				if r.Verdicts[1].OK && fair[s.Text] == "" {
					t.Errorf("behind %s: proved though %s: %s", id, s.Trick, s.Text)
				}
			}
		}
	}
}

func TestMostHonestDraftsAreProved(t *testing.T) {
	outcomes := decideRecorded(t, "honest.json")
	proved := 0
	for _, o := range outcomes {
		if o.verdict.OK {
			proved++
			continue
		}
		t.Logf("refused: %s: %s\n\t%v", o.question, o.text, o.verdict)
	}
	share := float64(proved) / float64(len(outcomes))
	t.Logf("%d of %d honest sentences are proved: %.1f %%", proved, len(outcomes), 100*share)
	if share < leastHonest {
		t.Errorf("only %d of %d honest sentences are proved", proved, len(outcomes))
	}
}
