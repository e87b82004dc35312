package eval

import (
	"bytes"
	_ "embed"
	"fmt"

	"go.yaml.in/yaml/v3"

	"enlace/knowledge"
)

//go:embed training/unanswerable.yaml
var unanswerable []byte

// Unanswerable is a question that no fact of the shipped base answers, written apart from the suites: it teaches when to abstain.
type Unanswerable struct {
	Lang    knowledge.Lang    `yaml:"lang"`
	Outcome knowledge.Outcome `yaml:"outcome"` // NoMatch or OffTopic
	Text    string            `yaml:"q"`
}

// Training returns the questions without an answer that are part of the binary, in file order.
func Training() ([]Unanswerable, error) {
	var file struct {
		Questions []Unanswerable `yaml:"questions"`
	}
	d := yaml.NewDecoder(bytes.NewReader(unanswerable))
	d.KnownFields(true)
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("training/unanswerable.yaml: %w", err)
	}
	for i, q := range file.Questions {
		known := q.Lang == knowledge.English || q.Lang == knowledge.Spanish
		if !known || q.Text == "" || q.Outcome != knowledge.NoMatch && q.Outcome != knowledge.OffTopic {
			return nil, fmt.Errorf("training/unanswerable.yaml: question %d (%q) needs lang en or es, outcome no_match or off_topic, and a text", i+1, q.Text)
		}
	}
	return file.Questions, nil
}
