package llm

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"enlace/knowledge/draft"
)

// errForm is the one thing that is wrong with a reply: what exactly would quote the endpoint.
var errForm = errors.New("the reply is not the JSON asked for")

// maxContent bounds a reply's text in bytes; the longest draft allowed is well below.
const maxContent = 128 << 10

// maxStarts is how many braces are tried as the beginning of the object. Prose has few; a flood of them is an attack on time.
const maxStarts = 16

// object returns the one JSON object of a model's reply. The one tolerant rule: a byte order mark, a leading <think> block, code
// fences and prose around the object are ignored; two objects, none, a repeated key at any depth, or comments inside fail.
func object(content string) (json.RawMessage, error) {
	if len(content) > maxContent {
		return nil, errForm
	}
	content = strings.TrimLeft(content, "\ufeff \t\r\n")
	if rest, ok := strings.CutPrefix(content, "<think>"); ok {
		if _, after, closed := strings.Cut(rest, "</think>"); closed {
			content = after
		}
	}
	var found json.RawMessage
	starts := 0
	for at := 0; ; {
		i := strings.IndexByte(content[at:], '{')
		if i < 0 {
			break
		}
		at += i
		if starts++; starts > maxStarts {
			return nil, errForm
		}
		raw, n := decodeObject(content[at:])
		if raw == nil {
			at++
			continue
		}
		if found != nil {
			return nil, errForm
		}
		found, at = raw, at+n
	}
	if found == nil || repeatsKey(found) {
		return nil, errForm
	}
	return found, nil
}

// decodeObject returns the JSON object that s begins with and its length, or nil.
func decodeObject(s string) (json.RawMessage, int) {
	dec := json.NewDecoder(strings.NewReader(s))
	var raw json.RawMessage
	if dec.Decode(&raw) != nil {
		return nil, 0
	}
	return raw, int(dec.InputOffset())
}

// repeatsKey reports whether an object of the valid JSON raw has a key twice, letter case apart.
func repeatsKey(raw []byte) bool {
	type level struct {
		keys  map[string]bool // nil in an array
		atKey bool
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	var levels []level
	for {
		tok, err := dec.Token()
		if err != nil {
			return !errors.Is(err, io.EOF)
		}
		top := len(levels) - 1
		switch tok {
		case json.Delim('{'):
			levels = append(levels, level{keys: map[string]bool{}, atKey: true})
			continue
		case json.Delim('['):
			levels = append(levels, level{})
			continue
		case json.Delim('}'), json.Delim(']'):
			levels = levels[:top]
			top--
		default:
			if top >= 0 && levels[top].atKey {
				key := strings.ToLower(tok.(string)) // the decoder sees to it that keys are strings
				if levels[top].keys[key] {
					return true
				}
				levels[top].keys[key], levels[top].atKey = true, false
				continue
			}
		}
		if top >= 0 { // a value has ended
			levels[top].atKey = levels[top].keys != nil
		}
	}
}

// decodeInto fills v, whose fields are pointers, from the one object of content, and refuses keys that v does not have.
func decodeInto(content string, v any) error {
	raw, err := object(content)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if dec.Decode(v) != nil {
		return errForm
	}
	return nil
}

// parseDraft reads a draft's sentences. An empty list is a reply like any other: no fact answers.
func parseDraft(content string) ([]draft.Sentence, error) {
	var reply struct {
		Sentences *[]struct {
			Text  *string   `json:"text"`
			Facts *[]string `json:"facts"`
		} `json:"sentences"`
	}
	if err := decodeInto(content, &reply); err != nil {
		return nil, err
	}
	if reply.Sentences == nil || len(*reply.Sentences) > draft.MaxSentences {
		return nil, errForm
	}
	out := make([]draft.Sentence, 0, len(*reply.Sentences))
	for _, s := range *reply.Sentences {
		if s.Text == nil || s.Facts == nil || strings.TrimSpace(*s.Text) == "" || utf8.RuneCountInString(*s.Text) > draft.MaxSentenceRunes ||
			len(*s.Facts) > draft.MaxHandles {
			return nil, errForm
		}
		for _, h := range *s.Facts {
			if len(h) > draft.MaxHandleBytes {
				return nil, errForm
			}
		}
		out = append(out, draft.Sentence{Text: *s.Text, Facts: *s.Facts})
	}
	return out, nil
}

// The JSON schemas of the replies, in the subset that OpenAI's strict mode takes: every property required, nothing else allowed
// (platform.openai.com/docs/guides/structured-outputs, "Supported schemas").
const (
	draftSchema = `{"type":"object","properties":{"sentences":{"type":"array","items":{"type":"object","properties":{` +
		`"text":{"type":"string"},"facts":{"type":"array","items":{"type":"string"}}},"required":["text","facts"],` +
		`"additionalProperties":false}}},"required":["sentences"],"additionalProperties":false}`
	querySchema   = `{"type":"object","properties":{"query":{"type":"string"}},"required":["query"],"additionalProperties":false}`
	verdictSchema = `{"type":"object","properties":{"entailed":{"type":"string","enum":["yes","no"]}},"required":["entailed"],"additionalProperties":false}`
)
