package draft

import (
	"context"
	"errors"
	"time"
)

// Kind says why there is no draft.
type Kind string

// The kinds of failure.
const (
	Unavailable  Kind = "unavailable"  // the endpoint cannot be reached, breaks off, or answers with a server error
	RateLimited  Kind = "rate_limited" // the endpoint asks to wait: RetryAfter
	OverBudget   Kind = "over_budget"  // today's tokens are used up
	BadReply     Kind = "bad_reply"    // an answer that is not the JSON asked for
	Truncated    Kind = "truncated"    // the model ran out of tokens
	Filtered     Kind = "filtered"     // the endpoint's content filter, or a refusal
	Unauthorized Kind = "unauthorized" // the key is missing, wrong or not allowed
	NotFound     Kind = "not_found"    // no such model or address
	TooLarge     Kind = "too_large"    // the prompt does not fit the model
	Quota        Kind = "quota"        // the account has no credit left
	Rejected     Kind = "rejected"     // the endpoint does not take requests of this form
	Timeout      Kind = "timeout"      // no whole answer in time
	Busy         Kind = "busy"         // too many drafts at once
	Cancelled    Kind = "cancelled"    // the asker went away
)

// Kinds lists every kind.
var Kinds = [...]Kind{Unavailable, RateLimited, OverBudget, BadReply, Truncated, Filtered, Unauthorized, NotFound, TooLarge, Quota,
	Rejected, Timeout, Busy, Cancelled}

var kindTexts = map[Kind]string{
	Unavailable:  "the model's endpoint is not available",
	RateLimited:  "the model's endpoint asks to wait",
	OverBudget:   "today's token budget is used up (raise model.daily_token_budget, or wait for midnight UTC)",
	BadReply:     "the model's reply does not have the agreed form",
	Truncated:    "the model's reply was cut off for length",
	Filtered:     "the model declined to answer",
	Unauthorized: "the model's endpoint refuses the key (check model.api_key)",
	NotFound:     "the endpoint does not know the model or the address (check model.base_url and model.name)",
	TooLarge:     "the prompt is longer than the model can read (choose a model with a longer context)",
	Quota:        "the account at the model's endpoint has no credit left (check its billing)",
	Rejected:     "the endpoint rejects the form of the request (check model.base_url and model.name)",
	Timeout:      "the model took too long",
	Busy:         "too many drafts are being written at once",
	Cancelled:    "the question was withdrawn",
}

// Failure is the error of everything that words answers. Its text is fixed by its kind: nothing that an endpoint wrote is ever
// part of it.
type Failure struct {
	Kind Kind
	// RetryAfter is how long to wait before the next attempt makes sense; 0 = unknown.
	RetryAfter time.Duration
	// Status is the HTTP status that the endpoint answered with; 0 = none.
	Status int
	// Local is true when the endpoint was not asked at all.
	Local bool
}

// Error says what happened, with a remedy where there is one.
func (f *Failure) Error() string {
	if text, ok := kindTexts[f.Kind]; ok {
		return text
	}
	return "no draft"
}

// Unwrap makes errors.Is work with context.Canceled and context.DeadlineExceeded.
func (f *Failure) Unwrap() error {
	switch f.Kind {
	case Cancelled:
		return context.Canceled
	case Timeout:
		return context.DeadlineExceeded
	}
	return nil
}

// KindOf returns the kind of a failure: "" for nil, and Unavailable for an error that is none of ours.
func KindOf(err error) Kind {
	var f *Failure
	switch {
	case err == nil:
		return ""
	case errors.As(err, &f):
		return f.Kind
	case errors.Is(err, context.Canceled):
		return Cancelled
	case errors.Is(err, context.DeadlineExceeded):
		return Timeout
	}
	return Unavailable
}
