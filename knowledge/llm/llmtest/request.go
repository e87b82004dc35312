package llmtest

import (
	"encoding/json"
	"strings"
)

// Request is a chat completion as the server understood it.
type Request struct {
	Path          string // with the query
	Authorization string
	AzureKey      string
	Raw           string // the body

	Model          string
	System         string // text of the system's messages
	Data           string // text of all other messages
	Format         string // of response_format; "" = none
	Temperature    *float64
	MaxTokens      int  // of either field
	NewLimit       bool // max_completion_tokens was used
	Effort         string
	SystemMessages int

	// Read from the lines of the prompt.
	Task     string // answer, rewrite, judge, probe
	Lang     string
	Question string
	Facts    []Fact
	Names    []Name
	History  []Turn
	Refused  []Refused
	Sentence string // of a judge's task
	Judged   string // the fact of a judge's task
}

// Fact is a fact of the prompt.
type Fact struct {
	Handle, Status, Text string
	Dates                []string
}

// Name is a name of the prompt.
type Name struct {
	Name    string
	Aliases []string
}

// Turn is an earlier turn of the prompt.
type Turn struct{ Asked, Answered string }

// Refused is a sentence that the prompt asks to mend.
type Refused struct {
	Sentence, Check, Handle, Text string
	Words                         []string
}

// Prompt returns the whole text of the request.
func (q Request) Prompt() string { return q.System + "\n" + q.Data }

func parseRequest(raw []byte) (Request, error) {
	var body struct {
		Model    string `json:"model"`
		Messages []struct {
			Role    string `json:"role"`
			Content string `json:"content"`
		} `json:"messages"`
		ResponseFormat *struct {
			Type string `json:"type"`
		} `json:"response_format"`
		Temperature *float64 `json:"temperature"`
		MaxTokens   int      `json:"max_tokens"`
		NewLimit    int      `json:"max_completion_tokens"`
		Effort      string   `json:"reasoning_effort"`
	}
	if err := json.Unmarshal(raw, &body); err != nil {
		return Request{}, err
	}
	q := Request{Raw: string(raw), Model: body.Model, Temperature: body.Temperature, MaxTokens: max(body.MaxTokens, body.NewLimit), NewLimit: body.NewLimit > 0, Effort: body.Effort}
	if body.ResponseFormat != nil {
		q.Format = body.ResponseFormat.Type
	}
	for _, m := range body.Messages {
		if m.Role == "system" || m.Role == "developer" {
			q.System += m.Content
			q.SystemMessages++
			continue
		}
		q.Data += m.Content + "\n"
		for line := range strings.SplitSeq(m.Content, "\n") {
			q.read(line)
		}
	}
	return q, nil
}

// read takes what one line of the prompt says, if it is a line of data.
func (q *Request) read(line string) {
	if !strings.HasPrefix(line, "{") {
		return
	}
	var l struct {
		Task, Language, Question  *string
		Fact, Status, Text, Check *string
		Name, Sentence            *string
		Asked, Answered           string
		Dates, Aliases, Words     []string
		Sentences                 json.RawMessage
	}
	if json.Unmarshal([]byte(line), &l) != nil || l.Sentences != nil {
		return
	}
	switch {
	case l.Task != nil:
		q.Task, q.Lang = *l.Task, str(l.Language)
	case l.Question != nil:
		q.Question = *l.Question
	case l.Check != nil:
		q.Refused = append(q.Refused, Refused{Sentence: str(l.Sentence), Check: *l.Check, Handle: str(l.Fact), Text: str(l.Text), Words: l.Words})
	case l.Fact != nil && l.Text != nil:
		q.Facts = append(q.Facts, Fact{Handle: *l.Fact, Status: str(l.Status), Text: *l.Text, Dates: l.Dates})
	case l.Fact != nil:
		q.Judged = *l.Fact
	case l.Sentence != nil:
		q.Sentence = *l.Sentence
	case l.Name != nil:
		q.Names = append(q.Names, Name{Name: *l.Name, Aliases: l.Aliases})
	case l.Asked != "" || l.Answered != "":
		q.History = append(q.History, Turn{Asked: l.Asked, Answered: l.Answered})
	}
}

func str(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
