package llm

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"enlace/knowledge/draft"
)

func TestParseDraft(t *testing.T) {
	one := `{"sentences":[{"text":"A {b} \"c\".","facts":["f1","f2"]}]}`
	for name, c := range map[string]struct {
		content string
		want    int // sentences; -1 = refused
	}{
		"plain":                  {one, 1},
		"none":                   {`{"sentences":[]}`, 0},
		"fence":                  {"```json\n" + one + "\n```", 1},
		"fence and prose":        {"Sure! {ok}\n```\n" + one + "\n```\nAnything {else}?", 1},
		"byte order mark":        {"\ufeff\n" + one, 1},
		"thoughts":               {"<think>{\"sentences\":[]}</think>" + one, 1},
		"open thoughts":          {"<think>" + one, 1},
		"spaces":                 {"\n\n\t " + strings.ReplaceAll(one, ",", ",\n") + " \n", 1},
		"two objects":            {one + one, -1},
		"two equal lists":        {`{"sentences":[]}` + "\n" + `{"sentences":[]}`, -1},
		"nothing":                {"", -1},
		"broken":                 {one[:20], -1},
		"unknown key":            {`{"sentences":[],"note":"x"}`, -1},
		"unknown inner key":      {`{"sentences":[{"text":"A.","facts":[],"why":"x"}]}`, -1},
		"repeated key":           {`{"sentences":[],"sentences":[]}`, -1},
		"repeated in other case": {`{"sentences":[],"Sentences":[]}`, -1},
		"missing text":           {`{"sentences":[{"facts":["f1"]}]}`, -1},
		"null text":              {`{"sentences":[{"text":null,"facts":["f1"]}]}`, -1},
		"blank text":             {`{"sentences":[{"text":" ","facts":["f1"]}]}`, -1},
		"missing facts":          {`{"sentences":[{"text":"A."}]}`, -1},
		"no facts":               {`{"sentences":[{"text":"A.","facts":[]}]}`, 1}, // for the proof to refuse
		"null sentence":          {`{"sentences":[null]}`, -1},
		"null facts":             {`{"sentences":[{"text":"A.","facts":[null]}]}`, 1}, // an empty handle: the proof refuses it
		"long sentence":          {`{"sentences":[{"text":"` + strings.Repeat("é", draft.MaxSentenceRunes+1) + `","facts":[]}]}`, -1},
		"longest sentence":       {`{"sentences":[{"text":"` + strings.Repeat("é", draft.MaxSentenceRunes) + `","facts":[]}]}`, 1},
		"long handle":            {`{"sentences":[{"text":"A.","facts":["` + strings.Repeat("f", draft.MaxHandleBytes+1) + `"]}]}`, -1},
		"many handles":           {`{"sentences":[{"text":"A.","facts":["f1","f1","f1","f1","f1","f1","f1","f1","f1"]}]}`, -1},
		"many sentences":         {`{"sentences":[` + strings.Repeat(`{"text":"A.","facts":["f1"]},`, 12) + `{"text":"A.","facts":["f1"]}]}`, -1},
		"comments":               {"{ // a comment\n" + one[1:], -1},
		"long":                   {one + strings.Repeat(" ", maxContent), -1},
		"list":                   {"[" + one + "]", 1}, // brackets around are prose like any other
		"deep":                   {strings.Repeat(`{"a":`, 60_000) + "1" + strings.Repeat("}", 60_000), -1},
	} {
		got, err := parseDraft(c.content)
		if err != nil && c.want >= 0 || err == nil && len(got) != c.want {
			t.Errorf("%s: %d sentences, %v, want %d", name, len(got), err, c.want)
		}
	}
	got, _ := parseDraft(one)
	if got[0].Text != `A {b} "c".` || !slices.Equal(got[0].Facts, []string{"f1", "f2"}) {
		t.Errorf("the sentence is %+v", got[0])
	}
}

func TestParsingTakesBoundedTime(t *testing.T) {
	start := time.Now()
	for _, content := range []string{strings.Repeat(`{"a":`, 20_000), strings.Repeat("{", 100_000), strings.Repeat(`{"a":"`, 15_000), strings.Repeat("{}", 50_000)} {
		if _, err := parseDraft(content); err == nil {
			t.Errorf("%.20s is taken for a draft", content)
		}
	}
	if d := time.Since(start); d > 2*time.Second { // it takes milliseconds; a loop over all pairs takes minutes
		t.Errorf("took %v", d)
	}
}

func FuzzParseDraft(f *testing.F) {
	for _, seed := range []string{`{"sentences":[{"text":"A.","facts":["f1"]}]}`, "```json\n{\"sentences\":[]}\n```", "\ufeff{}", `{"a":{"b":[{"a":1}],"B":2}}`, "<think>{</think>{}", "{\"sentences\":[{\"text\":\"\xff\",\"facts\":[]}]}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		got, err := parseDraft(content)
		if err != nil {
			if got != nil {
				t.Error("sentences besides an error")
			}
			return
		}
		if len(got) > draft.MaxSentences {
			t.Errorf("%d sentences", len(got))
		}
		for _, s := range got {
			if strings.TrimSpace(s.Text) == "" || !utf8.ValidString(s.Text) || utf8.RuneCountInString(s.Text) > draft.MaxSentenceRunes || len(s.Facts) > draft.MaxHandles {
				t.Errorf("the sentence %q goes beyond the limits", s.Text)
			}
		}
		again, err := json.Marshal(map[string]any{"sentences": wire(got)})
		if err != nil {
			t.Fatal(err)
		}
		second, err := parseDraft(string(again))
		if err != nil || len(second) != len(got) {
			t.Errorf("what was read is not read again: %s, %v", again, err)
		}
	})
}

// wire is the wire form of sentences.
func wire(list []draft.Sentence) []map[string]any {
	out := []map[string]any{}
	for _, s := range list {
		out = append(out, map[string]any{"text": s.Text, "facts": s.Facts})
	}
	return out
}
