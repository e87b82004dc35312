package llmtest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// fault is a behaviour that is no answer.
func fault(name string, entry int, about string, serve func(http.ResponseWriter, *http.Request, Request)) Behaviour {
	return Behaviour{Name: name, About: about, Entry: entry, Kind: Fault, serve: serve}
}

// odd is an honest answer in an odd form.
func odd(name string, entry int, about string, serve func(http.ResponseWriter, *http.Request, Request)) Behaviour {
	return Behaviour{Name: name, About: about, Entry: entry, Kind: Odd, serve: serve}
}

// faults are the entries 92 to 100 of the catalogue. A connection that is refused or a name that does not resolve is no
// behaviour of a server: take a closed Pipe or a dial of your own.
func faults() []Behaviour {
	list := []Behaviour{
		fault("hang-up", 92, "closes the connection without a word", hangUp),
		fault("stall", 93, "accepts the request and never answers", stall),
		fault("stall-body", 93, "sends the headers and the first bytes, then nothing", stallBody),
		fault("trickle", 93, "sends one byte a second", trickle),
		fault("cut", 94, "breaks off in the middle of the body", cutBody),
		fault("html", 95, "status 200 with a page", raw("text/html", "<!doctype html><title>"+UpstreamText+"</title><p>Bad gateway")),
		fault("empty", 95, "status 200 without a body", raw("application/json", "")),
		fault("no-choices", 95, "an empty list of choices", raw("application/json", `{"id":"x","object":"chat.completion","choices":[]}`)),
		fault("error-object", 95, "status 200 with an error in it", raw("application/json", `{"error":{"message":"`+UpstreamText+`","code":502}}`)),
		fault("broken-envelope", 95, "a body that is no JSON", raw("application/json", `{"id":"x","choices":[{"index":0,"mess`)),
		fault("huge", 95, "a reply of 10 MB", huge),
		fault("endless-line", 95, "200 MB without a line break", endless),
	}
	list = append(list, finishes()...)
	list = append(list, contents()...)
	list = append(list, statuses()...)
	return append(list, tolerated()...)
}

func hangUp(http.ResponseWriter, *http.Request, Request) { panic(http.ErrAbortHandler) }

func stall(_ http.ResponseWriter, r *http.Request, _ Request) { <-r.Context().Done() }

func stallBody(w http.ResponseWriter, r *http.Request, _ Request) {
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprint(w, `{"id":"chatcmpl-1","choices":[`)
	flush(w)
	<-r.Context().Done()
}

func trickle(w http.ResponseWriter, r *http.Request, q Request) {
	w.Header().Set("Content-Type", "application/json")
	body := envelope(q, mustJSON(content(q, honest)), `"stop"`, true)
	for i := range len(body) {
		fmt.Fprint(w, body[i:i+1])
		flush(w)
		if !pause(r, time.Second) {
			return
		}
	}
}

func cutBody(w http.ResponseWriter, _ *http.Request, q Request) {
	body := envelope(q, mustJSON(content(q, honest)), `"stop"`, true)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	fmt.Fprint(w, body[:len(body)/2])
	flush(w)
	panic(http.ErrAbortHandler)
}

func huge(w http.ResponseWriter, r *http.Request, q Request) {
	head, tail, _ := strings.Cut(envelope(q, `"@"`, `"stop"`, true), "@")
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprint(w, head)
	flood(w, r, 10<<20)
	fmt.Fprint(w, tail)
}

func endless(w http.ResponseWriter, r *http.Request, _ Request) {
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprint(w, `{"id":"`)
	flood(w, r, 200<<20)
}

// flood writes n bytes without a line break, until the client goes away.
func flood(w http.ResponseWriter, r *http.Request, n int) {
	block := []byte(strings.Repeat("a", 64<<10))
	for sent := 0; sent < n && r.Context().Err() == nil; sent += len(block) {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}

func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() } // a writer that cannot flush sends at the end

// pause waits and reports whether the client is still there.
func pause(r *http.Request, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

func raw(kind, body string) func(http.ResponseWriter, *http.Request, Request) {
	return func(w http.ResponseWriter, _ *http.Request, _ Request) {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		fmt.Fprint(w, body)
	}
}

// finishes are replies that end for another reason than their end.
func finishes() []Behaviour {
	var list []Behaviour
	for _, reason := range []string{"length", "content_filter", "tool_calls", "function_call"} {
		name := "finish-" + strings.ReplaceAll(reason, "_", "-")
		list = append(list, fault(name, 94, "an honest reply with finish_reason "+reason, func(w http.ResponseWriter, _ *http.Request, q Request) {
			sendJSON(w, http.StatusOK, envelope(q, mustJSON(content(q, honest)), `"`+reason+`"`, true))
		}))
	}
	return append(list,
		fault("finish-null", 94, "an honest reply with finish_reason null", func(w http.ResponseWriter, _ *http.Request, q Request) {
			sendJSON(w, http.StatusOK, envelope(q, mustJSON(content(q, honest)), "null", true))
		}),
		fault("tool-calls", 94, "a call of a tool in place of a reply", func(w http.ResponseWriter, _ *http.Request, q Request) {
			body := envelope(q, "null", `"tool_calls"`, true)
			call := `"tool_calls":[{"id":"c","type":"function","function":{"name":"search","arguments":"{}"}}],"content":null`
			sendJSON(w, http.StatusOK, strings.Replace(body, `"content":null`, call, 1))
		}))
}

// contents are complete replies whose text is not what was asked for.
func contents() []Behaviour {
	say := func(name, about, text string) Behaviour {
		return fault(name, 95, about, func(w http.ResponseWriter, _ *http.Request, q Request) { send(w, q, text) })
	}
	return []Behaviour{
		fault("content-null", 95, "content null", func(w http.ResponseWriter, _ *http.Request, q Request) {
			sendJSON(w, http.StatusOK, envelope(q, "null", `"stop"`, true))
		}),
		fault("refusal", 95, "a refusal in the field for it", func(w http.ResponseWriter, _ *http.Request, q Request) {
			body := envelope(q, "null", `"stop"`, true)
			sendJSON(w, http.StatusOK, strings.Replace(body, `"content":null`, `"content":null,"refusal":"`+UpstreamText+`"`, 1))
		}),
		say("content-empty", "an empty reply", ""),
		say("bad-json", "JSON that breaks off", `{"sentences":[{"text":"The`),
		say("prose", "prose in place of JSON", "I looked into it. "+UpstreamText),
		say("wrong-schema", "JSON of another form", `{"answer":"yes","confidence":1}`),
		say("wrong-types", "the right keys with the wrong types", `{"sentences":[{"text":7,"facts":"f1"}]}`),
		say("null-sentences", "null in place of the list", `{"sentences":null}`),
		say("array", "a list in place of the object", `[{"text":"Yes.","facts":["f1"]}]`),
		say("duplicate-keys", "the same key twice", `{"sentences":[],"sentences":[{"text":"Yes.","facts":["f1"]}]}`),
		say("duplicate-inner-keys", "the same key twice inside", `{"sentences":[{"text":"No.","text":"Yes.","facts":["f1"]}]}`),
		say("two-objects", "two answers after each other", `{"sentences":[]} {"sentences":[{"text":"Yes.","facts":["f1"]}]}`),
		say("too-many-sentences", "a hundred sentences", encode(make100())),
		say("braces", "a flood of braces", strings.Repeat(`{"a":`, 5000)),
		say("judge-maybe", "a judge that does not decide", `{"entailed":"maybe"}`),
		say("judge-contradicts", "a judge that says yes and no", `{"entailed":"yes","entailed":"no"}`),
		{Name: "judge-no", About: "a judge that vetoes", Entry: 100, Kind: Odd, serve: func(w http.ResponseWriter, _ *http.Request, q Request) {
			if q.Task != "judge" {
				send(w, q, content(q, honest))
				return
			}
			send(w, q, `{"entailed":"no"}`)
		}},
	}
}

func make100() []Sentence {
	list := make([]Sentence, 100)
	for i := range list {
		list[i] = Sentence{Text: fmt.Sprintf("Sentence %d.", i), Facts: []string{"f1"}}
	}
	return list
}

// statuses are errors as endpoints word them.
func statuses() []Behaviour {
	with := func(name string, entry, status int, after, code, message string) Behaviour {
		return fault(name, entry, "status "+strconv.Itoa(status)+", "+code, func(w http.ResponseWriter, _ *http.Request, _ Request) {
			if after != "" {
				w.Header().Set("Retry-After", after)
			}
			fail(w, status, code, message)
		})
	}
	return []Behaviour{
		with("429-retry-2", 96, 429, "2", "rate_limit_exceeded", "Rate limit reached"),
		with("429-retry-3600", 96, 429, "3600", "rate_limit_exceeded", "Rate limit reached"),
		with("429", 96, 429, "", "rate_limit_exceeded", "Rate limit reached"),
		with("quota", 96, 429, "", "insufficient_quota", "You exceeded your current quota"),
		with("402", 96, 402, "", "payment_required", "Insufficient credits"),
		with("401", 96, 401, "", "invalid_api_key", "Incorrect API key provided"),
		with("403", 96, 403, "", "forbidden", "Not allowed"),
		with("404-model", 96, 404, "", "model_not_found", "The model does not exist"),
		with("400-context", 96, 400, "", "context_length_exceeded", "This model's maximum context length is 4096 tokens"),
		with("400", 96, 400, "", "invalid_request_error", "Bad request"),
		with("400-filter", 96, 400, "", "content_filter", "The response was filtered"),
		with("408", 97, 408, "", "timeout", "Request timed out"),
		with("500", 97, 500, "", "server_error", "The server had an error"),
		with("502", 97, 502, "", "bad_gateway", "Bad gateway"),
		with("503", 97, 503, "", "overloaded", "Overloaded"),
		with("503-retry-1", 97, 503, "1", "overloaded", "Overloaded"),
		fault("500-html", 97, "status 500 with a page", func(w http.ResponseWriter, _ *http.Request, _ Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(http.StatusInternalServerError)
			fmt.Fprint(w, "<h1>"+UpstreamText+"</h1>")
		}),
		fault("500-endless", 97, "status 500 with 200 MB", func(w http.ResponseWriter, r *http.Request, _ Request) {
			w.WriteHeader(http.StatusInternalServerError)
			flood(w, r, 200<<20)
		}),
		fault("redirect", 96, "sends the request elsewhere", func(w http.ResponseWriter, _ *http.Request, _ Request) {
			w.Header().Set("Location", "http://elsewhere.example/v1/chat/completions")
			w.WriteHeader(http.StatusTemporaryRedirect)
		}),
	}
}

// tolerated are honest answers in a form that a client has to cope with.
func tolerated() []Behaviour {
	around := func(before, after string) func(http.ResponseWriter, *http.Request, Request) {
		return func(w http.ResponseWriter, _ *http.Request, q Request) { send(w, q, before+content(q, honest)+after) }
	}
	unless := func(refuse func(q Request) bool, status int, message string) func(http.ResponseWriter, *http.Request, Request) {
		return func(w http.ResponseWriter, _ *http.Request, q Request) {
			if refuse(q) {
				fail(w, status, "invalid_request_error", message)
				return
			}
			send(w, q, content(q, honest))
		}
	}
	return []Behaviour{
		odd("keep-alive", 97, "500 comments before the answer", keepAlive),
		odd("code-fence", 99, "JSON in a code fence", around("```json\n", "\n```")),
		odd("trailing-prose", 99, "JSON and a remark", around("", "\n\nI hope this helps! {smile}")),
		odd("leading-prose", 99, "a remark and JSON", around("Here is the JSON {as asked}:\n", "")),
		odd("bom", 99, "JSON after a byte order mark", around("\ufeff", "")),
		odd("thinking", 99, "JSON after thoughts that hold JSON as well", around(`<think>{"sentences":[]} or not?</think>`, "")),
		fault("comments", 99, "JSON with a comment in it", func(w http.ResponseWriter, _ *http.Request, q Request) {
			send(w, q, strings.Replace(content(q, honest), "{", "{ // the answer\n", 1))
		}),
		odd("usage-missing", 99, "an answer without a count of tokens", func(w http.ResponseWriter, _ *http.Request, q Request) {
			sendJSON(w, http.StatusOK, envelope(q, mustJSON(content(q, honest)), `"stop"`, false))
		}),
		odd("no-schema", 99, "takes no JSON schema", unless(func(q Request) bool { return q.Format == "json_schema" }, 400,
			"Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model")),
		odd("no-json-mode", 99, "takes no response_format at all", unless(func(q Request) bool { return q.Format != "" }, 400, "This response_format type is unavailable now")),
		odd("no-format-vague", 99, "takes no response_format and does not say so", unless(func(q Request) bool { return q.Format != "" }, 422, "Unprocessable")),
		odd("no-temperature", 99, "takes no temperature", unless(func(q Request) bool { return q.Temperature != nil }, 400,
			"Unsupported value: 'temperature' does not support 1e-45 with this model")),
		odd("no-max-tokens", 99, "takes max_completion_tokens only", unless(func(q Request) bool { return !q.NewLimit }, 400,
			"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.")),
		odd("no-system", 99, "takes no system message", unless(func(q Request) bool { return q.SystemMessages > 0 }, 400, "System role not supported")),
		odd("slow", 93, "answers after three seconds", func(w http.ResponseWriter, r *http.Request, q Request) {
			if pause(r, 3*time.Second) {
				send(w, q, content(q, honest))
			}
		}),
	}
}

func keepAlive(w http.ResponseWriter, _ *http.Request, q Request) {
	w.Header().Set("Content-Type", "application/json")
	for range 500 {
		fmt.Fprint(w, ": OPENROUTER PROCESSING\n\n")
		flush(w)
	}
	fmt.Fprint(w, envelope(q, mustJSON(content(q, honest)), `"stop"`, true))
}
