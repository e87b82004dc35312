package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"enlace/bot/state"
	"enlace/knowledge"
)

// markReplica begins the marks in which every process tells how it is.
const markReplica = "replica."

// How often a process tells how it is, when it counts as gone, and when nobody wants to know any more.
const (
	replicaEvery  = 30 * time.Second
	replicaGone   = 3 * replicaEvery
	replicaForget = 24 * time.Hour
)

// replica is how a process is.
type replica struct {
	Name        string
	At, Started time.Time
	Version     string
	Facts, Open int
	Corrections tally
}

// Run does what the bot does beside answering, until ctx ends: it corrects old answers, and tells other processes how this one is.
func (b *Bot) Run(ctx context.Context) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		b.correcting(ctx)
	}()
	tick := time.NewTicker(replicaEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		b.tellReplica(ctx)
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
	<-ended
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTime)
	defer cancel()
	_ = b.store.PutMark(ctx, markReplica+b.replica, "") // it will be forgotten anyway
}

// here is how this process is.
func (b *Bot) here() replica {
	r := replica{Name: b.replica, At: b.now(), Started: b.started, Open: b.Open(), Corrections: b.corrections.tally()}
	if b.desk != nil {
		base := b.desk.Base()
		r.Version, r.Facts = base.Version, len(base.Facts)
	}
	return r
}

func (b *Bot) tellReplica(ctx context.Context) {
	defer b.contain("replica", nil)
	raw, err := json.Marshal(b.here())
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	if err := b.store.PutMark(ctx, markReplica+b.replica, string(raw)); err != nil && ctx.Err() == nil {
		b.log.Warn("other processes are not told how this one is", slog.Any("error", err))
	}
}

// others returns how the other processes are that are heard of.
func (b *Bot) others(ctx context.Context) (list []replica, err error) {
	marks, err := b.store.Marks(ctx, markReplica)
	if err != nil {
		return nil, err
	}
	for key, value := range marks {
		var r replica
		bad := json.Unmarshal([]byte(value), &r) != nil
		switch age := b.now().Sub(r.At); {
		case key == markReplica+b.replica:
		case bad, age > replicaForget:
			_ = b.store.PutMark(ctx, key, "")
		case age <= replicaGone:
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(x, y replica) int { return strings.Compare(x.Name, y.Name) })
	return list, nil
}

// replicas is /admin status.
func (b *Bot) replicas(ctx context.Context, u use) done {
	others, err := b.others(ctx)
	if err != nil {
		return failedWith(err, "", u.lang)
	}
	_, counts, _, err := b.gaps(ctx, u)
	if err != nil {
		return failedWith(err, "", u.lang)
	}
	here := b.here()
	live := state.Base{Version: here.Version, At: here.Started, Facts: here.Facts}
	if history, err := b.versionHistory(ctx); err == nil && len(history) > 0 {
		live = history[0]
	}
	why := whyWords[live.Why].In(u.lang)
	if by := who(live.By); by != "" {
		why += ", " + by
	}
	answering := wordStatusOn.In(u.lang)
	if p := b.paused(ctx); p != nil {
		answering = fmt.Sprintf(wordStatusPaused.In(u.lang), relative(p.At), who(p.By))
	}
	lines := []string{
		fmt.Sprintf(wordStatusFacts.In(u.lang), shortVersion(live.Version), number(wordFacts, live.Facts, u.lang), fmt.Sprintf("<t:%d:f>", live.At.Unix()), why),
		answering,
		fmt.Sprintf(wordStatusGaps.In(u.lang), counts.groups, counts.none, counts.down),
		wordReplicas.In(u.lang),
	}
	for i, r := range append([]replica{here}, others...) {
		line := fmt.Sprintf(wordReplica.In(u.lang), strings.ReplaceAll(r.Name, "`", ""), shortVersion(r.Version), number(wordFacts, r.Facts, u.lang), r.Open, relative(r.Started), r.Corrections.words(u.lang))
		if i == 0 {
			line += wordReplicaHere.In(u.lang)
		}
		if r.Version != live.Version {
			line += wordReplicaBehind.In(u.lang)
		}
		lines = append(lines, line)
	}
	return said(strings.Join(lines, "\n"))
}

func (b *Bot) versionHistory(ctx context.Context) ([]state.Base, error) {
	if b.desk == nil {
		return nil, nil
	}
	return b.desk.History(ctx)
}

// words tell how corrections go.
func (t tally) words(l knowledge.Lang) string {
	if t.At.IsZero() {
		return wordFixesNone.In(l)
	}
	text := fmt.Sprintf(wordFixes.In(l), t.Edited, t.Skipped, t.Failed, t.Left)
	if t.Running {
		return wordFixesRunning.In(l) + text
	}
	return fmt.Sprintf(wordFixesLast.In(l), relative(t.At)) + text
}

// replicaName is a name that a mark's key takes.
func replicaName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == '.' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return '-'
	}, s)
	return s[:min(len(s), 100)]
}
