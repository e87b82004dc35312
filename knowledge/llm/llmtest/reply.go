package llmtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// Sentence is one sentence of a reply.
type Sentence struct {
	Text  string   `json:"text"`
	Facts []string `json:"facts"`
}

// Say is a behaviour that answers every task with these sentences.
func Say(sentences ...Sentence) Behaviour {
	return Behaviour{Name: "say", About: "says what it is told", Kind: Odd, serve: func(w http.ResponseWriter, _ *http.Request, q Request) {
		send(w, q, encode(sentences))
	}}
}

// Content is a behaviour that answers with this text as the reply's content.
func Content(text string) Behaviour {
	return Behaviour{Name: "content", About: "answers with a given text", Kind: Odd, serve: func(w http.ResponseWriter, _ *http.Request, q Request) {
		send(w, q, text)
	}}
}

// Body is a behaviour that answers with this body and status 200.
func Body(body string) Behaviour {
	return Behaviour{Name: "body", About: "answers with a given body", Kind: Odd, serve: raw("application/json", body)}
}

// Func is a behaviour of the caller's own.
func Func(name string, serve func(w http.ResponseWriter, r *http.Request, q Request)) Behaviour {
	return Behaviour{Name: name, Kind: Odd, serve: serve}
}

// encode writes sentences as the agreed JSON.
func encode(sentences []Sentence) string {
	if sentences == nil {
		sentences = []Sentence{}
	}
	for i := range sentences {
		if sentences[i].Facts == nil {
			sentences[i].Facts = []string{}
		}
	}
	return mustJSON(map[string]any{"sentences": sentences})
}

func mustJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and lists of them
	}
	return string(b)
}

// send answers with a complete reply.
func send(w http.ResponseWriter, q Request, content string) {
	sendJSON(w, http.StatusOK, envelope(q, mustJSON(content), `"stop"`, true))
}

// envelope is a chat completion around a content and a finish reason that are JSON already.
func envelope(q Request, content, finish string, usage bool) string {
	counts := ""
	if usage {
		in, out := len(q.Prompt())/4+1, len(content)/4+1
		counts = fmt.Sprintf(`,"usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d}`, in, out, in+out)
	}
	return fmt.Sprintf(`{"id":"chatcmpl-1","object":"chat.completion","created":1754000000,"model":%s,"choices":[{"index":0,"message":{"role":"assistant","content":%s},"finish_reason":%s}]%s}`,
		mustJSON(q.Model), content, finish, counts)
}

func sendJSON(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	fmt.Fprint(w, body)
}

// UpstreamText is part of every error that the server words; tests look for it where it must not appear.
const UpstreamText = "upstream-private-text"

// fail answers with an error as OpenAI words it.
func fail(w http.ResponseWriter, status int, code, message string) {
	sendJSON(w, status, mustJSON(map[string]any{"error": map[string]any{
		"message": message + " (" + UpstreamText + " on secret-host.internal)", "type": "invalid_request_error", "param": nil, "code": code,
	}}))
}
