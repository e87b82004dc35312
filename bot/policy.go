package bot

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// limitTime bounds the counting of an ask.
const limitTime = 200 * time.Millisecond

// refuse returns why an ask is not to be answered, and false where it is.
//
// Where the bot may not speak it says nothing, except to a command, whose answer only the asker sees. Who asks too much in messages
// is told once when that ends, and then not again until it does: an answer to each would be a flood of its own.
func (b *Bot) refuse(ctx context.Context, a ask) (refusal, bool) {
	switch {
	case !b.speaksIn(ctx, a):
		r := refusal{outcome: knowledge.Blocked}
		if a.origin == byCommand {
			r.text = answer.OutcomeText(knowledge.Blocked, a.lang, nil, 0)
		}
		return r, true
	case b.stopping():
		return refusal{knowledge.Busy, wordRestart.In(a.lang)}, true
	}
	if wait := b.limited(ctx, a); wait > 0 {
		return b.rateLimited(ctx, a, wait), true
	}
	if b.paused(ctx) != nil {
		r := refusal{outcome: knowledge.Blocked}
		if !a.quiet {
			r.text = pauseText(a.lang)
		}
		return r, true
	}
	if b.long(a) {
		return refusal{knowledge.TooLong, answer.OutcomeText(knowledge.TooLong, a.lang, nil, b.set.QuestionChars)}, true
	}
	return refusal{}, false
}

// speaksEverywhere reports whether the bot may speak where something was asked, whatever that place is.
func (b *Bot) speaksEverywhere(a ask) bool {
	return len(b.set.Allow)+len(b.set.Deny) == 0 || a.guild == "" && !slices.Contains(b.set.Deny, a.channel)
}

// speaksIn reports whether the bot may speak where something was asked. A thread is like its channel unless it is named itself, and
// direct messages are no matter of the list of allowed channels.
func (b *Bot) speaksIn(ctx context.Context, a ask) bool {
	allow, deny := b.set.Allow, b.set.Deny
	switch {
	case slices.Contains(deny, a.channel):
		return false
	case a.guild == "", slices.Contains(allow, a.channel), len(allow)+len(deny) == 0:
		return true
	}
	parent := b.thread(ctx, a.channel).parent
	return !slices.Contains(deny, parent) && (len(allow) == 0 || slices.Contains(allow, parent))
}

func (b *Bot) stopping() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.closing
}

// limited counts an ask, and returns how long its asker has to wait if that was one too many. A store that does not answer limits
// nobody: the number of open answers is bounded anyway.
func (b *Bot) limited(ctx context.Context, a ask) time.Duration {
	if a.wait != nil {
		return *a.wait
	}
	var quotas []state.Quota
	if b.set.UserPerMinute > 0 {
		quotas = append(quotas, state.Quota{Key: "user:" + a.user, Most: b.set.UserPerMinute, Every: time.Minute})
	}
	if b.set.ChannelPerMinute > 0 && a.guild != "" {
		quotas = append(quotas, state.Quota{Key: "channel:" + a.channel, Most: b.set.ChannelPerMinute, Every: time.Minute})
	}
	ctx, cancel := context.WithTimeout(ctx, limitTime)
	defer cancel()
	wait, err := b.store.Take(ctx, b.now(), cmp.Or(a.call, a.id), quotas...)
	if err != nil {
		b.meter.Dropped("limit")
		b.log.Warn("limits are not counted", slog.Any("error", err))
		return 0
	}
	return wait
}

func (b *Bot) rateLimited(ctx context.Context, a ask, wait time.Duration) refusal {
	r := refusal{outcome: knowledge.RateLimited}
	if a.origin != byCommand {
		first, err := b.store.Claim(ctx, b.now(), "limited:"+a.channel+":"+a.user, wait)
		if err == nil && !first {
			return r
		}
	}
	at := fmt.Sprintf("<t:%d:R>", b.now().Add(wait+time.Second-1).Unix())
	r.text = answer.OutcomeText(knowledge.RateLimited, a.lang, nil, 0) + "\n" + fmt.Sprintf(wordAskAgain.In(a.lang), at)
	return r
}
