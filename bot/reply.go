package bot

import (
	"context"
	"log/slog"
	"math"
	"slices"

	"github.com/bwmarrin/discordgo"

	"enlace/knowledge"
)

// putOff tells that an answer is coming, for what may take longer than Discord waits. What the use it returns is answered with fills
// the response.
func (b *Bot) putOff(ctx context.Context, u use, private bool) (use, bool) {
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	if err := b.discord.Defer(ctx, u.event, private); err != nil {
		b.log.Warn("a use is not answered", slog.String("interaction", u.event.ID), slog.Any("error", err))
		return u, false
	}
	b.meter.Took("ack", b.now().Sub(u.start))
	u.late = true
	return u, true
}

// reply answers a use with messages, the first of which is the response. It returns their ids.
func (b *Bot) reply(ctx context.Context, u use, parts []Part, private bool) (messages []string, err error) {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	parts = within(parts, 1+u.followUps(), u.lang)
	id, err := b.respondWith(ctx, u, parts[0], private)
	if err != nil {
		b.log.Warn("a use is not answered", slog.String("interaction", u.event.ID), slog.Any("error", err))
		return nil, err
	}
	if id != "" {
		messages = append(messages, id)
	}
	for _, p := range parts[1:] {
		id, err := b.discord.FollowUp(ctx, u.event, p, private)
		if err != nil {
			b.log.Warn("an answer is not whole", slog.String("interaction", u.event.ID), slog.Any("error", err))
			return messages, err
		}
		messages = append(messages, id)
	}
	return messages, nil
}

// respondWith makes a message the response to a use. It returns the message's id, "" where Discord does not tell.
func (b *Bot) respondWith(ctx context.Context, u use, p Part, private bool) (id string, err error) {
	if u.late {
		return b.discord.EditResponse(ctx, u.event, p)
	}
	if err := b.discord.Respond(ctx, u.event, p, private); err != nil {
		return "", err
	}
	b.meter.Took("ack", b.now().Sub(u.start))
	if id, err = b.discord.Response(ctx, u.event); err != nil {
		return "", nil // it is seen all the same
	}
	return id, nil
}

// maxFollowUps is how many messages may follow a response where the application is installed for its user alone; Discord docs,
// interactions/receiving-and-responding, "Create Followup Message".
const maxFollowUps = 5

// followUps is how many messages may follow the response to a use.
func (u use) followUps() int {
	owners := u.event.AuthorizingIntegrationOwners
	_, here := owners[discordgo.ApplicationIntegrationGuildInstall]
	if _, own := owners[discordgo.ApplicationIntegrationUserInstall]; own && !here {
		return maxFollowUps
	}
	return math.MaxInt - 1
}

// within is at most n messages of parts. Where there are more, the last one says so, and has the buttons of the last of all.
func within(parts []Part, n int, l knowledge.Lang) []Part {
	if len(parts) <= n {
		return parts
	}
	note := "\n-# " + wordNoRoom.In(l)
	rows, kept := parts[len(parts)-1].Rows, slices.Clone(parts[:n])
	last := &kept[n-1]
	last.Content, last.Rows = shortened(last.Content, maxContent-length(note))+note, rows
	return kept
}

// whisper tells the user of a use something that is nobody else's business.
func (b *Bot) whisper(ctx context.Context, u use, text string) {
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	p, err := renderNotice(text)[0], error(nil)
	if u.late {
		_, err = b.discord.EditResponse(ctx, u.event, p)
	} else {
		err = b.discord.Respond(ctx, u.event, p, true)
	}
	if err != nil {
		b.log.Warn("a use is not answered", slog.String("interaction", u.event.ID), slog.Any("error", err))
	}
}
