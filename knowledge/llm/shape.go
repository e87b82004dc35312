package llm

import (
	"encoding/json"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/sashabaranov/go-openai"
)

// Format is how an endpoint is held to JSON.
type Format string

// The formats, best first. Text leaves it to the prompt.
const (
	JSONSchema Format = "json_schema"
	JSONMode   Format = "json_object"
	Text       Format = "text"
)

// shape is the form of request that an endpoint takes.
type shape struct {
	format      Format
	newLimit    bool // max_completion_tokens instead of max_tokens
	temperature bool
	effort      bool // reasoning_effort
	oneMessage  bool // instructions and data in one message, for models without a system role
}

// The parts of a shape that an endpoint may refuse, as partOf returns them.
const (
	partFormat      = "format"
	partLimit       = "limit"
	partTemperature = "temperature"
	partEffort      = "effort"
	partSystem      = "system"
)

// partOf tells from an endpoint's words, in lower case, which part of a request it does not take; "" = it does not say.
func partOf(said string) string {
	for _, p := range [...]struct {
		part  string
		words []string
	}{
		{partLimit, []string{"max_tokens", "max_completion_tokens"}},
		{partTemperature, []string{"temperature"}},
		{partEffort, []string{"reasoning_effort", "reasoning effort"}},
		{partSystem, []string{"system role", "role 'system'", `role "system"`, "roles must alternate"}},
		{partFormat, []string{"response_format", "json_schema", "json schema", "json_object", "json mode", "structured output", "grammar", "guided"}},
	} {
		if says(said, p.words) {
			return p.part
		}
	}
	return ""
}

// without returns the next simpler shape, and whether there is one. The limit can be turned once: tried says so.
func (s shape) without(part string, tried map[string]bool) (shape, bool) {
	switch part {
	case partLimit:
		again := tried[partLimit]
		tried[partLimit] = true
		s.newLimit = !s.newLimit
		return s, !again
	case partTemperature:
		had := s.temperature
		s.temperature = false
		return s, had
	case partEffort:
		had := s.effort
		s.effort = false
		return s, had
	case partSystem:
		had := s.oneMessage
		s.oneMessage = true
		return s, !had
	}
	switch s.format {
	case JSONSchema:
		s.format = JSONMode
		return s, true
	case JSONMode:
		s.format = Text
		return s, true
	}
	return s, false
}

// firstShape is what is tried before anything is known. OpenAI's reasoning models take neither a temperature nor max_tokens, and
// the library refuses to send them.
func firstShape(model string, openAI bool) shape {
	name := model[strings.LastIndexByte(model, '/')+1:]
	for _, prefix := range []string{"o1", "o3", "o4", "gpt-5", "gpt-6"} {
		if strings.HasPrefix(name, prefix) {
			return shape{format: JSONSchema, newLimit: true, effort: true}
		}
	}
	return shape{format: JSONSchema, newLimit: openAI, temperature: true}
}

// request builds what is sent.
func (s shape) request(model string, m message, schema string, limit int) openai.ChatCompletionRequest {
	r := openai.ChatCompletionRequest{Model: model}
	if s.oneMessage {
		r.Messages = []openai.ChatCompletionMessage{{Role: openai.ChatMessageRoleUser, Content: m.system + "\n\n" + m.data}}
	} else {
		r.Messages = []openai.ChatCompletionMessage{
			{Role: openai.ChatMessageRoleSystem, Content: m.system}, {Role: openai.ChatMessageRoleUser, Content: m.data},
		}
	}
	switch s.format {
	case JSONSchema:
		r.ResponseFormat = &openai.ChatCompletionResponseFormat{
			Type:       openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: "reply", Schema: json.RawMessage(schema), Strict: true},
		}
	case JSONMode:
		r.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: openai.ChatCompletionResponseFormatTypeJSONObject}
	}
	if s.newLimit {
		r.MaxCompletionTokens = limit
	} else {
		//lint:ignore SA1019 local servers and most gateways know this field only
		r.MaxTokens = limit
	}
	if s.temperature {
		r.Temperature = math.SmallestNonzeroFloat32 // the library drops a zero, and the endpoint then takes 1
	}
	if s.effort {
		r.ReasoningEffort = openai.ReasoningEffortLow
	}
	return r
}

// rememberFor is how long a shape is remembered: endpoints are upgraded, and a better format is worth one refusal a day.
const rememberFor = 24 * time.Hour

// memory holds the shape that an endpoint was seen to take.
type memory struct {
	mu    sync.Mutex
	first shape
	shape shape
	until time.Time // zero = nothing was learned
}

// load returns the shape to begin with.
func (m *memory) load() shape {
	m.mu.Lock()
	defer m.mu.Unlock()
	if time.Now().Before(m.until) {
		return m.shape
	}
	return m.first
}

// learned reports whether the shape to begin with has worked before.
func (m *memory) learned() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return time.Now().Before(m.until)
}

// store remembers a shape that worked. A shape that is known already does not live longer for it.
func (m *memory) store(s shape) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if now := time.Now(); s != m.shape || !now.Before(m.until) {
		m.shape, m.until = s, now.Add(rememberFor)
	}
}
