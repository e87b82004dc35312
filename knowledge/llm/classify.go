package llm

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/sashabaranov/go-openai"

	"enlace/knowledge/draft"
)

// fault is what became of one attempt that failed.
type fault struct {
	draft.Failure
	retry bool   // another attempt may help
	form  bool   // the endpoint does not take the form of the request
	part  string // the part that it names; "" = none
	// spent is true when the endpoint may have worked, so that tokens may be billed though none were reported.
	spent bool
	// neutral is true when the fault says nothing about the endpoint, answered when it shows one in working order.
	neutral, answered bool
}

// classify says what became of an attempt from the library's error and what the transport saw. What the endpoint wrote decides
// the kind and goes no further.
func classify(ctx context.Context, err error, ex *exchange) *fault {
	f := &fault{Failure: draft.Failure{Status: ex.status, RetryAfter: ex.retryAfter}}
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		f.Kind = draft.Cancelled
	case ctx.Err() != nil:
		f.Kind = draft.Timeout
	case !ex.started.Load(): // refused by the library before anything was sent
		f.Kind = draft.Rejected
	case ex.status == 0:
		f.connection(err)
	case ex.status < 300:
		f.broken(ex)
	case ex.status < 400: // redirects are not followed: they could carry the key elsewhere
		f.Kind = draft.NotFound
	default:
		f.status(said(err))
	}
	f.spent = ex.wrote.Load() && (f.Kind == draft.Timeout || f.Kind == draft.Cancelled || ex.status >= 200 && ex.status < 300)
	return f
}

// connection is a request without an answer.
func (f *fault) connection(err error) {
	var op *net.OpError
	var late net.Error
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &op) && op.Op == "dial":
		f.Kind, f.retry = draft.Unavailable, true
	case errors.As(err, &late) && late.Timeout():
		f.Kind = draft.Timeout // a second attempt would cost the same again
	default:
		f.Kind, f.retry = draft.Unavailable, !errors.As(err, &certificate)
	}
}

// broken is an answer of a status that promises a reply, whose body is not one.
func (f *fault) broken(ex *exchange) {
	f.Kind = draft.BadReply
	if ex.readErr != nil && !errors.Is(ex.readErr, errLong) {
		f.Kind = draft.Unavailable
	}
}

func (f *fault) status(said string) {
	switch code := f.Status; {
	case code == http.StatusTooManyRequests && says(said, quotaWords):
		f.Kind = draft.Quota
	case code == http.StatusTooManyRequests:
		f.Kind, f.retry = draft.RateLimited, true
	case code == http.StatusForbidden && says(said, filterWords):
		f.Kind = draft.Filtered
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		f.Kind = draft.Unauthorized
	case code == http.StatusPaymentRequired:
		f.Kind = draft.Quota
	case code == http.StatusNotFound, code == http.StatusMethodNotAllowed, code == http.StatusGone:
		f.Kind = draft.NotFound
	case code == http.StatusRequestEntityTooLarge:
		f.Kind = draft.TooLarge
	case code == http.StatusBadRequest, code == http.StatusUnprocessableEntity, code == http.StatusNotImplemented:
		f.request(said)
	case code == http.StatusRequestTimeout, code >= 500:
		f.Kind, f.retry = draft.Unavailable, true
	default:
		f.Kind = draft.Rejected
	}
}

// request is a request that the endpoint does not take: for what it says, or for its form.
func (f *fault) request(said string) {
	switch {
	case says(said, contextWords):
		f.Kind = draft.TooLarge
	case says(said, filterWords):
		f.Kind = draft.Filtered
	case says(said, quotaWords):
		f.Kind = draft.Quota
	case says(said, keyWords):
		f.Kind = draft.Unauthorized
	case says(said, modelWords):
		f.Kind = draft.NotFound
	default:
		f.Kind, f.form, f.part = draft.Rejected, true, partOf(said)
	}
}

// Words by which endpoints say the same in different ways: OpenAI, Azure, vLLM, llama.cpp, Ollama, LM Studio, OpenRouter, Gemini.
var (
	quotaWords   = []string{"insufficient_quota", "exceeded your current quota", "billing", "insufficient balance", "insufficient credits"}
	filterWords  = []string{"content_filter", "content_policy", "content management policy", "moderation", "flagged"}
	contextWords = []string{"context_length_exceeded", "context length", "context size", "context window", "context_window", "prompt is too long", "too many tokens", "overflows"}
	keyWords     = []string{"api key not valid", "invalid_api_key", "incorrect api key"}
	modelWords   = []string{"model_not_found", "model not found", "model does not exist", "invalid model", "not a valid model", "unknown model", "no models loaded"}
)

func says(said string, words []string) bool {
	for _, w := range words {
		if strings.Contains(said, w) {
			return true
		}
	}
	return false
}

// said is what the endpoint wrote, in lower case, at most 4 KiB of it; only to choose a kind by.
func said(err error) string {
	var api *openai.APIError
	var raw *openai.RequestError
	s := ""
	switch {
	case errors.As(err, &api):
		param := ""
		if api.Param != nil {
			param = *api.Param
		}
		s = fmt.Sprint(api.Code, " ", api.Type, " ", param, " ", api.Message)
	case errors.As(err, &raw):
		s = string(raw.Body[:min(len(raw.Body), 4<<10)])
	}
	return strings.ToLower(s[:min(len(s), 4<<10)])
}
