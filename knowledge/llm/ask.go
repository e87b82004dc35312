package llm

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/sashabaranov/go-openai"

	"enlace/knowledge/draft"
)

// How often and when a call is sent again.
const (
	maxRetries = 2
	firstWait  = 300 * time.Millisecond // doubled for the second retry
	// thinkingTokens is what a reasoning model may think before its reply: its limit counts both.
	thinkingTokens = 3000
	longestWait    = 5 * time.Second // a longer Retry-After ends the call and shuts the gate for that time
)

// task is one thing to ask the model.
type task struct {
	name   string // for the log
	prompt message
	schema string
	limit  int                        // tokens of the reply; ask sets it
	parse  func(content string) error // takes the reply; an error is a BadReply
	facts  string                     // version of the fact base, for the log
}

// call is one task under way.
type call struct {
	task
	hash     string
	started  time.Time
	usage    draft.Usage // of all attempts
	attempts int
	status   int // of the last attempt
	trial    bool
	early    bool // the caller's deadline is before ours
}

// ask does a task within the client's time, place and budget limits. The error is a *draft.Failure.
func (c *Client) ask(ctx context.Context, t task) (draft.Usage, string, error) {
	own := time.Now().Add(c.timeout)
	deadline, ok := ctx.Deadline()
	t.limit = c.limit
	if c.memory.first.effort {
		t.limit += thinkingTokens
	}
	k := &call{task: t, hash: t.prompt.hash(), started: time.Now(), early: ok && deadline.Before(own)}
	ctx, cancel := context.WithDeadline(ctx, own)
	defer cancel()
	f := c.admitted(ctx, k)
	c.note(ctx, k, f)
	if f != nil {
		return k.usage, k.hash, &f.Failure
	}
	return k.usage, k.hash, nil
}

// admitted sends the call when the gate is open, a place is free and the budget allows it.
func (c *Client) admitted(ctx context.Context, k *call) *fault {
	size := k.prompt.bytes()
	if f := c.gate.look(size); f != nil {
		return &fault{Failure: *f}
	}
	select {
	case c.places <- struct{}{}:
		defer func() { <-c.places }()
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.Canceled) {
			return local(draft.Cancelled)
		}
		return local(draft.Busy)
	}
	trial, refused := c.gate.enter(size)
	if refused != nil {
		return &fault{Failure: *refused}
	}
	k.trial = trial
	f := c.paid(ctx, k)
	c.left(ctx, k, f)
	return f
}

func local(k draft.Kind) *fault {
	return &fault{Failure: draft.Failure{Kind: k, Local: true}, neutral: true}
}

// left tells the gate, and the operator when that changes anything.
func (c *Client) left(ctx context.Context, k *call, f *fault) {
	shut, open := c.gate.leave(k.trial, k.prompt.bytes(), f)
	switch {
	case open:
		c.log.InfoContext(ctx, "model in service again", slog.String("model", c.model))
	case shut == draft.TooLarge:
		c.log.ErrorContext(ctx, "prompt too long for the model, answers to long prompts quote the facts", slog.String("model", c.model),
			slog.Int("bytes", k.prompt.bytes()), slog.String("remedy", f.Error()))
	case permanent(shut):
		c.log.ErrorContext(ctx, "model disabled, answers quote the facts", slog.String("model", c.model), slog.String("kind", string(shut)),
			slog.String("remedy", f.Error()), slog.Int("status", f.Status), slog.Duration("next_trial", disabledFor))
	case shut != "":
		c.log.WarnContext(ctx, "model paused, answers quote the facts", slog.String("model", c.model), slog.String("kind", string(shut)),
			slog.Duration("next_trial", c.gate.state().For))
	}
}

// paid reserves the tokens that the call may take, sends it, and settles what it took.
func (c *Client) paid(ctx context.Context, k *call) *fault {
	if c.budget == nil {
		return c.sent(ctx, k)
	}
	// A token is at least one byte, so this is never too little; the 64 are for the messages' frames.
	r, err := c.budget.Reserve(ctx, int64(k.prompt.bytes()+len(k.schema)+64+k.limit))
	switch {
	case errors.Is(err, ErrSpent):
		c.log.WarnContext(ctx, "token budget used up, answers quote the facts", slog.String("model", c.model))
		return local(draft.OverBudget)
	case errors.Is(err, ErrReserved):
		return local(draft.Busy)
	case errors.Is(err, errNotWritten):
		c.log.ErrorContext(ctx, "token budget not written, counted in memory only", slog.Any("error", err))
	case err != nil: // a store that cannot count must not let money out
		c.log.ErrorContext(ctx, "token budget not available", slog.Any("error", err))
		return local(draft.OverBudget)
	}
	f := c.sent(ctx, k)
	settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := c.budget.Settle(settle, r, k.usage.Total()); err != nil {
		c.log.ErrorContext(ctx, "token budget not settled", slog.Any("error", err))
	}
	return f
}

// sent makes the attempts: simpler forms until the endpoint takes one, and at most maxRetries more for faults that may pass.
func (c *Client) sent(ctx context.Context, k *call) *fault {
	sh, tried, retries := c.memory.load(), map[string]bool{}, 0
	for {
		content, f := c.attempt(ctx, k, sh)
		if f == nil {
			c.memory.store(sh)
			return k.read(content)
		}
		if simpler, ok := c.simpler(sh, f, tried); ok {
			sh = simpler
			continue
		}
		if !f.retry || retries == maxRetries || !wait(ctx, f.RetryAfter, retries) {
			return f
		}
		retries++
	}
}

// simpler returns the form to try after the endpoint refused sh, if it did. Each part is given up once, so this ends. When the
// endpoint does not say which part it minds, the format is the guess, as long as no request was ever taken.
func (c *Client) simpler(sh shape, f *fault, tried map[string]bool) (shape, bool) {
	switch {
	case !f.form, f.part == "" && c.memory.learned():
		return sh, false
	case f.part == "":
		return sh.without(partFormat, tried)
	}
	next, ok := sh.without(f.part, tried)
	if !ok { // what it minds was not sent
		return sh.without(partFormat, tried)
	}
	return next, true
}

// read hands the reply to the task. A reply that is not the JSON asked for comes from an endpoint in working order all the same.
func (k *call) read(content string) *fault {
	if k.parse(content) == nil {
		return nil
	}
	return &fault{Failure: draft.Failure{Kind: draft.BadReply, Status: k.status}, answered: true}
}

// wait sleeps before a retry: what the endpoint asked for or a doubling time, and up to half as much again so that callers do not
// return at once. It reports false, at once, when that is too long or goes beyond the deadline, and when the context ends.
func wait(ctx context.Context, asked time.Duration, retries int) bool {
	if asked > longestWait {
		return false
	}
	d := max(asked, firstWait<<retries)
	d += rand.N(d/2 + 1)
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= d {
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// attempt sends one request and returns the reply's text.
func (c *Client) attempt(ctx context.Context, k *call, sh shape) (string, *fault) {
	k.attempts++
	watched, ex := watch(ctx)
	resp, err := c.api.CreateChatCompletion(watched, sh.request(c.model, k.prompt, k.schema, k.limit))
	k.status = ex.status
	if err != nil {
		f := classify(ctx, err, ex)
		f.neutral = f.Kind == draft.Timeout && k.early && time.Since(k.started) < c.first // the caller's impatience
		if f.spent {
			k.add(draft.Usage{PromptTokens: estimate(k.prompt.bytes()), CompletionTokens: int64(k.limit), Estimated: true})
		}
		return "", f
	}
	content, kind := reply(resp)
	k.add(usage(resp, k.prompt.bytes()))
	if kind != "" {
		return "", &fault{Failure: draft.Failure{Kind: kind, Status: ex.status}}
	}
	return content, nil
}

// reply returns the text of a complete reply, or why there is none.
func reply(resp openai.ChatCompletionResponse) (string, draft.Kind) {
	if len(resp.Choices) == 0 {
		return "", draft.BadReply
	}
	choice := resp.Choices[0]
	m := choice.Message
	switch {
	case choice.FinishReason == openai.FinishReasonLength:
		return "", draft.Truncated
	case choice.FinishReason == openai.FinishReasonContentFilter, m.Refusal != "":
		return "", draft.Filtered
	case choice.FinishReason != openai.FinishReasonStop, len(m.ToolCalls) > 0, m.FunctionCall != nil, m.Content == "":
		return "", draft.BadReply
	}
	return m.Content, ""
}

// usage returns what the endpoint counted, or an estimate where it did not count.
func usage(resp openai.ChatCompletionResponse, promptBytes int) draft.Usage {
	in, out := int64(resp.Usage.PromptTokens), int64(resp.Usage.CompletionTokens)
	if in > 0 && out >= 0 && in < maxTokens && out < maxTokens {
		return draft.Usage{PromptTokens: in, CompletionTokens: out}
	}
	said := 0
	for _, choice := range resp.Choices {
		said += len(choice.Message.Content) + len(choice.Message.ReasoningContent)
	}
	return draft.Usage{PromptTokens: estimate(promptBytes), CompletionTokens: estimate(said), Estimated: true}
}

// estimate turns bytes into tokens: three bytes each, where English takes about four and Spanish three and a half.
func estimate(bytes int) int64 { return int64(bytes)/3 + 1 }

func (k *call) add(u draft.Usage) {
	k.usage.PromptTokens += u.PromptTokens
	k.usage.CompletionTokens += u.CompletionTokens
	k.usage.Estimated = k.usage.Estimated || u.Estimated
}

// note logs and counts a call: never what was asked or said.
func (c *Client) note(ctx context.Context, k *call, f *fault) {
	c.stats.mu.Lock()
	c.stats.calls++
	c.stats.attempts += int64(k.attempts)
	c.stats.in += k.usage.PromptTokens
	c.stats.out += k.usage.CompletionTokens
	if f != nil {
		c.stats.failures[f.Kind]++
	}
	c.stats.mu.Unlock()
	attrs := []slog.Attr{
		slog.String("task", k.name), slog.String("model", c.model), slog.String("prompt", k.hash), slog.String("prompt_version", version),
		slog.String("facts_version", k.facts), slog.Int64("prompt_tokens", k.usage.PromptTokens), slog.Int64("completion_tokens", k.usage.CompletionTokens),
		slog.Int("attempts", k.attempts), slog.Duration("duration", time.Since(k.started)),
	}
	if f == nil {
		c.log.LogAttrs(ctx, slog.LevelDebug, "model answered", attrs...)
		return
	}
	attrs = append(attrs, slog.String("kind", string(f.Kind)), slog.Int("status", f.Status))
	level := slog.LevelWarn
	if f.Local { // the gate and the budget have said why, once
		level = slog.LevelDebug
	}
	c.log.LogAttrs(ctx, level, "model did not answer", attrs...)
}
