package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/knowledge"
)

// markPaused is the mark in the store that stops answering, in all processes.
const markPaused = "paused"

// pausedFresh is how long a process believes what it read of the mark.
const pausedFresh = 2 * time.Second

// pausing is who paused the bot and when.
type pausing struct {
	By string
	At time.Time
}

// pauseMark is what is known of the mark.
type pauseMark struct {
	mu    sync.Mutex
	now   *pausing      // nil = not paused
	read  time.Time     // when the store said so, or did not answer
	asked chan struct{} // closed when the store has answered, or did not; nil = it is not being asked
}

// paused returns who paused the bot, nil where nobody did. Where the store does not say in time, it is as it was: many wait for one
// look at the store, and nobody for the looks of others one after the other.
func (b *Bot) paused(ctx context.Context) *pausing {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	m := &b.pause
	m.mu.Lock()
	if age := b.now().Sub(m.read); !m.read.IsZero() && age >= 0 && age < pausedFresh {
		defer m.mu.Unlock()
		return m.now
	}
	if m.asked == nil {
		m.asked = make(chan struct{})
		go b.askPaused(context.WithoutCancel(ctx)) // whoever asked first may have little time
	}
	asked := m.asked
	m.mu.Unlock()
	select {
	case <-asked:
	case <-ctx.Done():
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// askPaused reads the mark for all who wait. A store that does not answer is not asked again at once.
func (b *Bot) askPaused(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	defer b.contain("pause", nil)
	m, began, known := &b.pause, b.now(), false
	var now *pausing
	defer func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.read.IsZero() || m.read.Before(began) { // else this process has written it meanwhile
			if m.read = b.now(); known {
				m.now = now
			}
		}
		close(m.asked)
		m.asked = nil
	}()
	marks, err := b.store.Marks(ctx, markPaused)
	if known = err == nil; !known {
		b.log.Warn("it is not known whether the bot is paused", slog.Any("error", err))
	}
	if raw := marks[markPaused]; raw != "" {
		now = &pausing{}
		_ = json.Unmarshal([]byte(raw), now) // a mark that cannot be read still pauses
	}
}

// setPaused writes the mark; nil removes it.
func (b *Bot) setPaused(ctx context.Context, p *pausing) error {
	value := ""
	if p != nil {
		raw, err := json.Marshal(p)
		if err != nil {
			return err
		}
		value = string(raw)
	}
	if err := b.store.PutMark(ctx, markPaused, value); err != nil {
		return err
	}
	b.pause.mu.Lock()
	defer b.pause.mu.Unlock()
	b.pause.now, b.pause.read = p, b.now()
	return nil
}

// pauseText tells that the bot is paused, in both languages.
func pauseText(l knowledge.Lang) string { return wordPaused.In(l) + "\n" + wordPaused.In(l.Other()) }

// evenPaused are the commands that work while the bot is paused. /ask is among them since it tells of the pause itself.
var evenPaused = map[string]bool{adminName: true, askName: true, statusName: true, helpName: true, privacyName: true, forgetName: true}

// stopped reports whether a use has to wait until the pause is over, and tells its user.
func (b *Bot) stopped(ctx context.Context, u use) bool {
	switch data := u.event.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		if u.event.Type == discordgo.InteractionApplicationCommandAutocomplete || evenPaused[data.Name] {
			return false
		}
	case discordgo.MessageComponentInteractionData: // what was answered can still be looked at and judged, but not shown to others
		if action(data.CustomID) != doShare {
			return false
		}
	default:
		return false
	}
	brief, cancel := b.inTime(ctx, u)
	defer cancel()
	if b.paused(brief) == nil {
		return false
	}
	b.whisper(ctx, u, pauseText(u.lang))
	b.meter.Question(string(knowledge.Blocked), string(u.lang), string(knowledge.Quotes))
	return true
}

// pauseCommand stops answering.
func (b *Bot) pauseCommand(ctx context.Context, u use) done {
	if p := b.paused(ctx); p != nil {
		return said(fmt.Sprintf(wordPauseStill.In(u.lang), relative(p.At), who(p.By)))
	}
	if err := b.setPaused(ctx, &pausing{By: u.user, At: b.now()}); err != nil {
		return failedWith(err, "", u.lang)
	}
	return said(wordPauseOn.In(u.lang))
}

// resumeCommand answers again.
func (b *Bot) resumeCommand(ctx context.Context, u use) done {
	if b.paused(ctx) == nil {
		return said(wordNoPause.In(u.lang))
	}
	if err := b.setPaused(ctx, nil); err != nil {
		return failedWith(err, "", u.lang)
	}
	return said(wordPauseOff.In(u.lang))
}

func relative(t time.Time) string { return fmt.Sprintf("<t:%d:R>", t.Unix()) }
