package bot

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"enlace/bot/state"
	"enlace/knowledge"
)

// Run does what the bot does beside answering, until ctx ends: it corrects old answers, and tells other processes how this one is.
func (b *Bot) Run(ctx context.Context) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		b.correcting(ctx)
	}()
	if b.presence != nil {
		state.Announce(ctx, b.presence, b.news, b.here, func(err error) {
			b.log.Warn("other processes are not told how this one is", slog.Any("error", err))
		})
	}
	<-ended
}

// Tell has other processes told at once how this one is: its shards have changed, or what it serves. It does not wait for it.
func (b *Bot) Tell() {
	select {
	case b.news <- struct{}{}:
	default:
	}
}

// here is how this process is.
func (b *Bot) here() state.Replica {
	r := state.Replica{ID: b.replica, Since: b.started, Build: b.status().Version, Open: b.Open(), Corrections: state.Corrections(b.corrections.tally())}
	if b.shards != nil {
		r.Shards = b.shards()
	}
	if b.desk != nil {
		base := b.desk.Base()
		r.Facts, r.Count = base.Version, len(base.Facts)
		if version, why := b.desk.Behind(); version != "" {
			r.Lag = &state.Lag{Version: version, Why: shorten(why.Error(), maxLag)}
		}
	}
	return r
}

// maxLag bounds in characters what other processes are told of a failure.
const maxLag = 1000

// others returns how the other processes are.
func (b *Bot) others(ctx context.Context) ([]state.Replica, error) {
	if b.presence == nil {
		return nil, nil
	}
	list, err := b.presence.Replicas(ctx)
	return slices.DeleteFunc(list, func(r state.Replica) bool { return r.ID == b.replica }), err
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
	live := state.Base{Version: here.Facts, At: here.Since, Facts: here.Count}
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
	}
	return said(strings.Join(append(lines, processes(here, others, live.Version, u.lang)...), "\n"))
}

// processes tell of every process, and how many of them serve the base in service.
func processes(here state.Replica, others []state.Replica, live string, l knowledge.Lang) (lines []string) {
	on := 0
	all := append([]state.Replica{here}, others...)
	for i, r := range all {
		line := fmt.Sprintf(wordReplica.In(l), uncoded(r.ID), shortVersion(r.Facts), number(wordFacts, r.Count, l), r.Open, relative(r.Since), tally(r.Corrections).words(l))
		if len(r.Shards) > 0 && len(all) > 1 {
			line += fmt.Sprintf(wordReplicaShards.In(l), spans(r.Shards))
		}
		if r.Build != here.Build {
			line += fmt.Sprintf(wordReplicaBuild.In(l), uncoded(r.Build))
		}
		if i == 0 {
			line += wordReplicaHere.In(l)
		}
		if r.Facts == live {
			on++
		} else {
			line += wordReplicaBehind.In(l)
		}
		if r.Lag != nil && r.Lag.Version == live && r.Facts != live {
			line += ": " + Escape(shorten(r.Lag.Why, 200))
		}
		lines = append(lines, line)
	}
	title := wordReplicas.In(l)
	if len(all) > 1 {
		title = fmt.Sprintf(wordReplicasOn.In(l), on, len(all), shortVersion(live))
	}
	return append([]string{title}, lines...)
}

// uncoded is a name that can stand in code.
func uncoded(s string) string { return strings.ReplaceAll(s, "`", "") }

// spans writes numbers in order with runs of them shortened: 0–3, 7.
func spans(list []int) string {
	list = slices.Sorted(slices.Values(list))
	var out []string
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[j+1] == list[j]+1 {
			j++
		}
		switch {
		case j == i:
			out = append(out, fmt.Sprint(list[i]))
		default:
			out = append(out, fmt.Sprintf("%d–%d", list[i], list[j]))
		}
		i = j + 1
	}
	return strings.Join(out, ", ")
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
