package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// page is where an answer is seen: messages in a channel, or the response to an interaction. It is used by one goroutine at a time.
type page interface {
	// show makes parts everything that is to be seen, with as little sending as possible.
	show(ctx context.Context, parts []Part) error
	// messages returns the ids of what is seen, in order.
	messages() []string
	// due returns how long the page has to stay as it is, and changed notes that it was changed just now.
	due() time.Duration
	changed()
}

// pace keeps the changes of a page apart, over all answers that it shows.
type pace struct{ last time.Time }

func (p *pace) due() time.Duration {
	if p.last.IsZero() {
		return 0
	}
	return min(editEvery-time.Since(p.last), editEvery) // the last change may have been another machine's, by its clock
}

func (p *pace) changed() { p.last = time.Now() }

// seen is a message as it stands.
type seen struct {
	id     string
	part   Part     // the zero Part where an earlier process sent it
	stands *Written // what Discord says of one that an earlier process sent; nil = unknown
}

// shows reports whether nothing has to be sent to show a part.
func (s *seen) shows(p Part) bool {
	return s.part.same(p) || s.stands != nil && s.stands.Content == strings.TrimSpace(p.Content) && slices.Equal(s.stands.Buttons, buttonIDs(p.Rows))
}

// buttonIDs are the custom ids of buttons, in order; those that were decoded are pointers.
func buttonIDs(list []discordgo.MessageComponent) (ids []string) {
	for _, c := range list {
		switch c := c.(type) {
		case discordgo.ActionsRow:
			ids = append(ids, buttonIDs(c.Components)...)
		case *discordgo.ActionsRow:
			ids = append(ids, buttonIDs(c.Components)...)
		case discordgo.Button:
			ids = append(ids, c.CustomID)
		case *discordgo.Button:
			ids = append(ids, c.CustomID)
		}
	}
	return ids
}

func ids(list []seen) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = s.id
	}
	return out
}

// channelPage answers a message in its channel.
type channelPage struct {
	pace
	to       Messages
	channel  string
	question string // the message that is replied to
	seen     []seen
	posts    int                                     // so that a part that is posted again is not taken for the one that was deleted
	alone    bool                                    // its messages are no replies
	added    func(ctx context.Context, ids []string) // told of what is seen when more than one message is; may be nil
}

func (p *channelPage) messages() []string { return ids(p.seen) }

func (p *channelPage) show(ctx context.Context, parts []Part) error {
	for i, part := range parts {
		if i < len(p.seen) {
			if p.seen[i].shows(part) {
				continue
			}
			if err := p.to.Edit(ctx, p.channel, p.seen[i].id, part); err != nil {
				return err
			}
			p.seen[i] = seen{id: p.seen[i].id, part: part}
			continue
		}
		post := Post{Part: part, Nonce: fmt.Sprintf("%s.%d", p.question, p.posts)}
		if i == 0 && !p.alone {
			post.ReplyTo = p.question
		}
		id, err := p.to.Post(ctx, p.channel, post)
		if err != nil {
			return err
		}
		p.posts++
		p.seen = append(p.seen, seen{id: id, part: part})
		if len(p.seen) > 1 && p.added != nil {
			p.added(ctx, p.messages())
		}
	}
	for len(p.seen) > len(parts) {
		last := p.seen[len(p.seen)-1]
		if err := p.to.Delete(ctx, p.channel, last.id); err != nil && !gone(err) {
			return err
		}
		p.seen = p.seen[:len(p.seen)-1]
	}
	return nil
}

// responsePage answers an interaction that was deferred.
type responsePage struct {
	pace
	to      Responses
	event   *discordgo.Interaction
	private bool
	seen    []seen
	added   func(ctx context.Context, ids []string) // told of what is seen when there is a follow-up; may be nil
}

func (p *responsePage) messages() []string {
	return slices.DeleteFunc(ids(p.seen), func(id string) bool { return id == "" })
}

func (p *responsePage) show(ctx context.Context, parts []Part) error {
	for i, part := range parts {
		if i < len(p.seen) && p.seen[i].shows(part) {
			continue
		}
		if err := p.put(ctx, i, part); err != nil {
			return err
		}
	}
	for len(p.seen) > max(len(parts), 1) {
		last := p.seen[len(p.seen)-1]
		if err := p.to.DeleteFollowUp(ctx, p.event, last.id); err != nil && !gone(err) {
			return err
		}
		p.seen = p.seen[:len(p.seen)-1]
	}
	return nil
}

// put sends the part with the number i: the first one is the response itself, the others follow up.
func (p *responsePage) put(ctx context.Context, i int, part Part) (err error) {
	s := seen{part: part}
	switch {
	case i == 0:
		s.id, err = p.to.EditResponse(ctx, p.event, part)
	case i < len(p.seen):
		s.id = p.seen[i].id
		err = p.to.EditFollowUp(ctx, p.event, s.id, part)
	default:
		s.id, err = p.to.FollowUp(ctx, p.event, part, p.private)
	}
	if err != nil {
		return err
	}
	if i < len(p.seen) {
		p.seen[i] = s
		return nil
	}
	p.seen = append(p.seen, s)
	if i > 0 && p.added != nil {
		p.added(ctx, ids(p.seen))
	}
	return nil
}

// latePage answers a command whose token is dead, in its channel: it says whose question it was, since it replies to nothing.
type latePage struct {
	*channelPage
	heading string
}

func (p latePage) show(ctx context.Context, parts []Part) error {
	if len(parts) == 0 {
		return p.channelPage.show(ctx, nil)
	}
	parts = slices.Clone(parts)
	if whole := p.heading + "\n" + parts[0].Content; length(whole) <= maxContent {
		parts[0].Content = whole
	} else {
		parts = slices.Insert(parts, 0, Part{Content: p.heading})
	}
	return p.channelPage.show(ctx, parts)
}
