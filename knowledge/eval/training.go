package eval

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"enlace/knowledge"
)

// The training files: questions that no fact answers, questions that were written apart from the phrasings, each with its fact or list, and
// conversations.
var (
	//go:embed training/unanswerable.yaml
	unanswerable []byte
	//go:embed training/answerable.yaml
	answerable []byte
	//go:embed training/dialogues.yaml
	dialogues []byte
)

// Example is a question from which the search learns, written apart from the suites and, where it has an answer, from the phrasings
// of the facts.
type Example struct {
	Lang    knowledge.Lang    `yaml:"lang"`
	Outcome knowledge.Outcome `yaml:"outcome"` // NoMatch or OffTopic; Answered where there is a fact
	Fact    knowledge.FactID  `yaml:"fact"`    // of the shipped base, which answers it
	List    knowledge.ListID  `yaml:"list"`    // the same for a question for several facts
	Text    string            `yaml:"q"`
	// After is what was said before, the last turn last, and Also are further facts of which each answers.
	After []Before           `yaml:"-"`
	Also  []knowledge.FactID `yaml:"-"`
}

// Before is an earlier turn of a conversation.
type Before struct {
	Text string           // the question; "" = any that Fact answers
	Fact knowledge.FactID // that was told; "" = none
}

// Training returns the questions to learn from that are part of the binary, in file order, those without an answer first.
func Training() ([]Example, error) {
	without, err := examples("training/unanswerable.yaml", unanswerable)
	if err != nil {
		return nil, err
	}
	with, err := examples("training/answerable.yaml", answerable)
	if err != nil {
		return nil, err
	}
	said, err := conversations("training/dialogues.yaml", dialogues)
	return slices.Concat(without, with, said), err
}

// saidTurn is a turn of a training conversation; Facts are those of which any one answers, none where there is no answer.
type saidTurn struct {
	Text    string             `yaml:"q"`
	Facts   []knowledge.FactID `yaml:"facts"`
	Outcome knowledge.Outcome  `yaml:"outcome"` // without facts: NoMatch or OffTopic; "" = NoMatch
}

func conversations(name string, data []byte) (list []Example, err error) {
	var file struct {
		Dialogues []struct {
			Lang  knowledge.Lang `yaml:"lang"`
			Turns []saidTurn     `yaml:"turns"`
		} `yaml:"dialogues"`
		FollowUps []struct {
			After    knowledge.FactID `yaml:"after"`
			Lang     knowledge.Lang   `yaml:"lang"`
			saidTurn `yaml:",inline"`
		} `yaml:"follow_ups"`
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	add := func(l knowledge.Lang, t saidTurn, after []Before) {
		e := Example{Lang: l, Text: t.Text, Outcome: cmp.Or(t.Outcome, knowledge.NoMatch), After: after}
		if len(t.Facts) > 0 {
			e.Outcome, e.Fact, e.Also = cmp.Or(t.Outcome, knowledge.Answered), t.Facts[0], t.Facts[1:]
		}
		list = append(list, e)
	}
	for _, d := range file.Dialogues {
		var after []Before
		for _, t := range d.Turns {
			add(d.Lang, t, slices.Clone(after))
			said := Before{Text: t.Text}
			if len(t.Facts) > 0 {
				said.Fact = t.Facts[0]
			}
			after = append(after, said)
		}
	}
	for _, f := range file.FollowUps {
		add(f.Lang, f.saidTurn, []Before{{Fact: f.After}})
	}
	for i := range list {
		if q := &list[i]; !q.complete() {
			return nil, fmt.Errorf("%s: turn %d (%q) needs lang en or es, a text, and facts or none and the outcome no_match or off_topic", name, i+1, q.Text)
		}
	}
	return list, nil
}

func examples(name string, data []byte) ([]Example, error) {
	var file struct {
		Questions []Example `yaml:"questions"`
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for i := range file.Questions {
		q := &file.Questions[i]
		if q.Fact+knowledge.FactID(q.List) != "" && q.Outcome == "" {
			q.Outcome = knowledge.Answered
		}
		if !q.complete() {
			return nil, fmt.Errorf("%s: question %d (%q) needs lang en or es, a text, and either a fact, a list or the outcome no_match or off_topic", name, i+1, q.Text)
		}
	}
	return file.Questions, nil
}

func (e *Example) complete() bool {
	if e.Text == "" || e.Lang != knowledge.English && e.Lang != knowledge.Spanish {
		return false
	}
	if e.Fact != "" || e.List != "" {
		return e.Outcome == knowledge.Answered && (e.Fact == "") != (e.List == "")
	}
	return e.Outcome == knowledge.NoMatch || e.Outcome == knowledge.OffTopic
}
