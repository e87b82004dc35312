package bot

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/curate"
	"enlace/bot/state"
	"enlace/knowledge"
)

// Desk is where fact bases come into service. *curate.Desk is one.
type Desk interface {
	// Base returns the base in service.
	Base() *knowledge.Base
	Review(ctx context.Context) (*curate.Review, error)
	ReviewOf(ctx context.Context, version string) (*curate.Review, error)
	Apply(ctx context.Context, version, before, by string) error
	Rollback(ctx context.Context, version, before, by string) (string, error)
	History(ctx context.Context) ([]state.Base, error)
	// Behind returns the base in service where this process cannot serve it, and why; "" = it does.
	Behind() (version string, why error)
}

const (
	// adminTime bounds what an admin asks for: well below the life of an interaction's token, 15 minutes.
	adminTime = 3 * time.Minute
	// Of refusals so many are noted in an hour for each person, so that nobody pushes out what admins did.
	maxRefusals = 20
)

// done is what came of an admin's action: what the admin sees, and what is noted of it.
type done struct {
	parts  []Part
	detail string // versions and counts; no text of users
	failed error
	quiet  bool // nothing is noted: it only shows another part of what was noted
}

// said is a done that says one thing.
func said(text string) done { return done{parts: renderNotice(text)} }

// adminActions are the subcommands of /admin.
func (b *Bot) adminActions() map[string]func(context.Context, use) done {
	return map[string]func(context.Context, use) done{
		"reload":   func(ctx context.Context, u use) done { return b.review(ctx, u, true) },
		"diff":     func(ctx context.Context, u use) done { return b.review(ctx, u, false) },
		"rollback": b.rollback, "status": b.replicas, "gaps": b.gapsCommand, "pause": b.pauseCommand, "resume": b.resumeCommand, "export": b.export,
	}
}

// adminButtons are what the buttons and menus under the bot's replies to admins do, by action.
func (b *Bot) adminButtons() map[string]func(context.Context, use) done {
	return map[string]func(context.Context, use) done{
		actionApply: b.apply, actionRestore: b.restore, actionCancel: b.cancel, actionVersion: b.chosenVersion,
		actionGaps: b.gapsPage, actionDismiss: b.dismissGap,
	}
}

// adminCommand answers a use of /admin. Whatever it is, its user alone sees it.
func (b *Bot) adminCommand(ctx context.Context, u use) {
	action := u.subcommand()
	do := b.adminActions()[action]
	if do == nil {
		action = "unknown"
	}
	if !b.mayAdmin(ctx, u, action) {
		return
	}
	if do == nil { // another version of the program registered the command
		b.whisper(ctx, u, wordFailed.In(u.lang))
		return
	}
	b.administer(ctx, u, action, do, func(ctx context.Context) error { return b.discord.Defer(ctx, u.event, true) })
}

// adminButton returns the handler of a button for admins: it asks again who presses it.
func (b *Bot) adminButton(action string, do func(context.Context, use) done) func(context.Context, use) {
	return func(ctx context.Context, u use) {
		if b.mayAdmin(ctx, u, action) {
			b.administer(ctx, u, action, do, func(ctx context.Context) error { return b.discord.DeferUpdate(ctx, u.event) })
		}
	}
}

// administer acknowledges, acts, shows what came of it and notes it.
func (b *Bot) administer(ctx context.Context, u use, action string, do func(context.Context, use) done, ack func(context.Context) error) {
	short, cancel := context.WithTimeout(ctx, ackTime)
	err := ack(short)
	cancel()
	if err != nil {
		b.log.Warn("a use is not answered", slog.String("interaction", u.event.ID), slog.Any("error", err))
		return
	}
	b.meter.Took("ack", b.now().Sub(u.start))
	ctx, cancel = context.WithTimeout(ctx, adminTime)
	defer cancel()
	defer b.contain("admin "+action, func() {
		b.showAdmin(ctx, u, renderNotice(wordFailed.In(u.lang)))
		b.audit(ctx, u, action, "", true, errors.New("a panic is contained"))
	})
	d := do(ctx, u)
	if !d.quiet {
		b.audit(ctx, u, action, d.detail, true, d.failed)
	}
	b.showAdmin(ctx, u, d.parts)
}

// showAdmin fills the response.
func (b *Bot) showAdmin(ctx context.Context, u use, parts []Part) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTime)
	defer cancel()
	_, err := b.discord.EditResponse(ctx, u.event, parts[0])
	for _, p := range parts[1:] {
		if err == nil {
			_, err = b.discord.FollowUp(ctx, u.event, p, true)
		}
	}
	if err != nil {
		b.log.Warn("an admin is not answered", slog.String("interaction", u.event.ID), slog.Any("error", err))
	}
}

// mayAdmin reports whether a use is an admin's, and refuses it where it is not: its user is told, and it is noted.
func (b *Bot) mayAdmin(ctx context.Context, u use, action string) bool {
	if u.admin {
		return true
	}
	b.whisper(ctx, u, wordNotAdmin.In(u.lang))
	b.meter.Question(string(knowledge.Blocked), string(u.lang), string(knowledge.Quotes))
	wait, err := b.store.Take(ctx, b.now(), u.event.ID, state.Quota{Key: "refused:" + u.user, Most: maxRefusals, Every: time.Hour})
	if err != nil || wait == 0 {
		b.audit(ctx, u, action, "", false, nil)
	}
	return false
}

// operates reports whether an admin is one by the settings. Who only has Administrator in a server sees nothing of other servers and of
// direct messages.
func (b *Bot) operates(u use) bool {
	if slices.Contains(b.set.AdminUsers, u.user) {
		return true
	}
	return u.event.Member != nil && slices.ContainsFunc(u.event.Member.Roles, func(r string) bool { return slices.Contains(b.set.AdminRoles, r) })
}

// sees reports whether an admin may see what somebody asked in a guild ("" = a direct message).
func (b *Bot) sees(u use, guild string, private bool) bool {
	return b.operates(u) || guild != "" && guild == u.guild && !private
}

// audit notes in the store and in the log what an admin did, or somebody else tried.
func (b *Bot) audit(ctx context.Context, u use, action, detail string, allowed bool, failed error) {
	a := state.Audit{At: b.now(), User: u.user, Guild: u.guild, Action: action, Detail: detail, Allowed: allowed}
	if failed != nil {
		a.Failed, _ = cut(strings.Join(strings.Fields(failed.Error()), " "), 300)
	}
	attrs := []any{slog.String("action", action), slog.String("user", u.user), slog.String("guild", u.guild), slog.String("detail", detail)}
	switch {
	case !allowed:
		b.log.Warn("an admin's action is refused", attrs...)
	case failed != nil:
		b.log.Warn("an admin's action failed", append(attrs, slog.String("error", a.Failed))...)
	default:
		b.log.Info("an admin acted", attrs...)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTime)
	defer cancel()
	if err := b.store.PutAudit(ctx, a); err != nil {
		b.log.Error("an audit line is not kept", slog.String("action", action), slog.Any("error", err))
	}
}

// failureText is what an admin reads of an error; what there is more is in the log.
func failureText(err error, l knowledge.Lang) string {
	switch {
	case errors.Is(err, curate.ErrBuiltIn):
		return wordBuiltIn.In(l)
	case errors.Is(err, curate.ErrChanged):
		return wordFilesChanged.In(l)
	case errors.Is(err, curate.ErrSame):
		return wordSame.In(l)
	case errors.Is(err, state.ErrMoved):
		return wordMoved.In(l)
	case errors.Is(err, state.ErrUnknownBase):
		return wordUnknownVersion.In(l)
	case errors.Is(err, curate.ErrAmbiguous):
		return wordAmbiguous.In(l)
	}
	return wordAdminFailed.In(l)
}

// failedWith is a done that failed.
func failedWith(err error, detail string, l knowledge.Lang) done {
	return done{parts: renderNotice(failureText(err, l)), detail: detail, failed: err}
}

// button is a button for an action on a subject.
func button(style discordgo.ButtonStyle, label, action, subject string) discordgo.Button {
	return discordgo.Button{Style: style, Label: label, CustomID: customID(action, subject)}
}

// buttonRow is a row of buttons, or of a menu.
func buttonRow(list ...discordgo.MessageComponent) discordgo.MessageComponent {
	return discordgo.ActionsRow{Components: list}
}
