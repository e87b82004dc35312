package doctor

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"enlace/config"
)

// Bounds of what an endpoint may answer, in bytes: lists of models reach a megabyte where hundreds are resold.
const (
	maxModels = 8 << 20
	maxSpoken = 1 << 20
	maxLine   = 256 << 10
)

// endpoint is an OpenAI-compatible server, as far as the drafting client does not tell about it.
type endpoint struct {
	base, model string
	key         config.Secret
	http        http.RoundTripper
	now         func() time.Time
}

// statusError is an answer that is not a success. What the endpoint wrote is no part of it.
type statusError int

func (s statusError) Error() string { return http.StatusText(int(s)) }

// errNotAPI is an answer that no OpenAI-compatible endpoint gives.
var errNotAPI = errors.New("the answer is not the JSON of such an endpoint")

func (e *endpoint) do(ctx context.Context, method, path string, body []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, strings.TrimRight(e.base, "/")+path, bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("the address is malformed")
	}
	if e.key != "" {
		req.Header.Set("Authorization", "Bearer "+e.key.Reveal())
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := e.http.RoundTrip(req) // redirects are not followed: they could carry the key elsewhere
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		_ = resp.Body.Close() // nothing in it is of use
		return nil, statusError(resp.StatusCode)
	}
	return resp, nil
}

// models returns the ids of the models that the endpoint lists (GET /models).
func (e *endpoint) models(ctx context.Context) ([]string, error) {
	resp, err := e.do(ctx, http.MethodGet, "/models", nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }() // read as far as it is of use
	var list struct {
		Data *[]struct {
			ID string `json:"id"`
		} `json:"data"`
	}
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxModels))
	if err != nil {
		return nil, err
	}
	if json.Unmarshal(raw, &list) != nil || list.Data == nil {
		return nil, errNotAPI
	}
	ids := []string{}
	for _, m := range *list.Data {
		ids = append(ids, m.ID)
	}
	return ids, nil
}

// speed is how fast a model wrote a few words.
type speed struct {
	first     time.Duration // until the first of them
	perSecond float64       // tokens, from the first on; 0 = too few to tell
	streamed  bool
}

// draftTokens is what a draft of an ordinary answer takes: four sentences with the JSON around them.
const draftTokens = 250

// draft is how long a draft would take at this speed.
func (s speed) draft() time.Duration {
	if s.perSecond <= 0 {
		return s.first
	}
	return s.first + time.Duration(draftTokens/s.perSecond*float64(time.Second))
}

// The words of the limits that endpoints know; the newest OpenAI models take the second only, some servers neither.
var limitWords = [...]string{"max_tokens", "max_completion_tokens", ""}

// speak lets the model count, and measures it.
func (e *endpoint) speak(ctx context.Context) (s speed, err error) {
	for _, limit := range limitWords {
		body := map[string]any{
			"model": e.model, "stream": true, "stream_options": map[string]bool{"include_usage": true},
			"messages": []map[string]string{{"role": "user", "content": "Count from 1 to 30. Write only the numbers, separated by spaces."}},
		}
		if limit == "" {
			delete(body, "stream_options") // the other part that an old server may not take
		} else {
			body[limit] = 120
		}
		raw, err := json.Marshal(body)
		if err != nil {
			return speed{}, err
		}
		start := e.now()
		resp, err := e.do(ctx, http.MethodPost, "/chat/completions", raw)
		if err != nil {
			var refused statusError
			if errors.As(err, &refused) && (refused == http.StatusBadRequest || refused == http.StatusUnprocessableEntity) && limit != "" {
				continue
			}
			return speed{}, err
		}
		s, err := e.measure(resp, start)
		_ = resp.Body.Close() // read as far as it is of use
		return s, err
	}
	return speed{}, err
}

// chunk is one event of a streamed reply, or a whole one that was not streamed.
type chunk struct {
	Choices []struct {
		Delta   said `json:"delta"`
		Message said `json:"message"`
	} `json:"choices"`
	Usage *struct {
		Completion int `json:"completion_tokens"`
	} `json:"usage"`
}

// said is what a model wrote or, where it tells, thought.
type said struct {
	Content   string `json:"content"`
	Reasoning string `json:"reasoning"`
	Thinking  string `json:"reasoning_content"`
}

func (s said) empty() bool { return s.Content+s.Reasoning+s.Thinking == "" }

// measure reads a reply and times it.
func (e *endpoint) measure(resp *http.Response, start time.Time) (speed, error) {
	lines := bufio.NewScanner(io.LimitReader(resp.Body, maxSpoken))
	lines.Buffer(make([]byte, 0, 16<<10), maxLine)
	var s speed
	var first, last time.Time
	pieces, tokens := 0, 0
	whole := !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream")
	for lines.Scan() {
		data, event := bytes.CutPrefix(lines.Bytes(), []byte("data:"))
		if !event && !whole {
			continue
		}
		s.streamed = s.streamed || event
		var c chunk
		if json.Unmarshal(data, &c) != nil {
			continue // [DONE], or a line of something longer
		}
		if c.Usage != nil {
			tokens = max(tokens, c.Usage.Completion)
		}
		if len(c.Choices) > 0 && (!c.Choices[0].Delta.empty() || !c.Choices[0].Message.empty()) {
			pieces++
			last = e.now()
			if first.IsZero() {
				first = last
			}
		}
	}
	if err := lines.Err(); err != nil {
		return speed{}, err
	}
	if pieces == 0 {
		return speed{}, errNotAPI
	}
	s.first = first.Sub(start)
	tokens = max(tokens, pieces) // where the endpoint does not count, a piece is about a token
	over := last.Sub(first)
	if !s.streamed {
		over = s.first
	}
	if tokens >= 8 && over > 0 {
		s.perSecond = float64(tokens) / over.Seconds()
	}
	return s, nil
}

// reason is why a request failed, without addresses and without what the endpoint wrote.
func reason(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return foreign(err.Error())
}
