package eval

import (
	"bytes"
	_ "embed"
	"fmt"

	"go.yaml.in/yaml/v3"

	"enlace/knowledge"
)

// The training files: questions that no fact answers, and questions that were written apart from the phrasings, each with its fact or list.
var (
	//go:embed training/unanswerable.yaml
	unanswerable []byte
	//go:embed training/answerable.yaml
	answerable []byte
)

// Example is a question from which the search learns, written apart from the suites and, where it has an answer, from the phrasings
// of the facts.
type Example struct {
	Lang    knowledge.Lang    `yaml:"lang"`
	Outcome knowledge.Outcome `yaml:"outcome"` // NoMatch or OffTopic; Answered where there is a fact
	Fact    knowledge.FactID  `yaml:"fact"`    // of the shipped base, which answers it
	List    knowledge.ListID  `yaml:"list"`    // the same for a question for several facts
	Text    string            `yaml:"q"`
}

// Training returns the questions to learn from that are part of the binary, in file order, those without an answer first.
func Training() ([]Example, error) {
	without, err := examples("training/unanswerable.yaml", unanswerable)
	if err != nil {
		return nil, err
	}
	with, err := examples("training/answerable.yaml", answerable)
	return append(without, with...), err
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
