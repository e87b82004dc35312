package discordtest

import (
	"regexp"
	"slices"
	"strings"
)

var (
	userMention = regexp.MustCompile(`<@!?(\d{1,20})>`)
	roleMention = regexp.MustCompile(`<@&(\d{1,20})>`)
	everyone    = regexp.MustCompile(`@(everyone|here)\b`)
	bareLink    = regexp.MustCompile(`(^|[^<])(https?://[^\s<>]+)`)
)

// allowedMentions is the object of that name in a request (resources/message).
type allowedMentions struct {
	Parse       []string `json:"parse"`
	Users       []string `json:"users"`
	Roles       []string `json:"roles"`
	RepliedUser bool     `json:"replied_user"`
}

func (a *allowedMentions) allows(kind, id string) bool {
	list := a.Users
	if kind == "roles" {
		list = a.Roles
	}
	return slices.Contains(a.Parse, kind) || slices.Contains(list, id)
}

// defaultMentions is what counts when a request says nothing: everything in ordinary messages, users in responses.
func defaultMentions(response bool) *allowedMentions {
	if response {
		return &allowedMentions{Parse: []string{"users"}, RepliedUser: true}
	}
	return &allowedMentions{Parse: []string{"users", "roles", "everyone"}, RepliedUser: true}
}

// mention works out whom m pings.
func (d *Discord) mention(m *Message, allowed *allowedMentions) {
	if allowed == nil {
		allowed = defaultMentions(m.webhook)
	}
	text := m.Content
	walk(m.Components, func(c Component) { text += "\n" + c.Content })
	m.Mentions, m.MentionRoles, m.MentionEveryone, m.addressed, m.pinged = nil, nil, false, false, false
	for _, match := range userMention.FindAllStringSubmatch(text, -1) {
		u := d.userByID(match[1])
		if u == nil || slices.Contains(m.Mentions, u) || !allowed.allows("users", u.ID) {
			continue
		}
		m.Mentions = append(m.Mentions, u)
		m.addressed = m.addressed || u == d.bot
	}
	for _, match := range roleMention.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(m.MentionRoles, match[1]) && allowed.allows("roles", match[1]) {
			m.MentionRoles = append(m.MentionRoles, match[1])
		}
	}
	if everyone.MatchString(text) && slices.Contains(allowed.Parse, "everyone") {
		m.MentionEveryone = m.Channel.guild != nil && d.permissions(m.Author, m.Channel).Has(PermMentionEveryone)
	}
	if to := d.messages[m.ReplyTo]; to != nil && allowed.RepliedUser {
		m.pinged = true
		if !slices.Contains(m.Mentions, to.Author) {
			m.Mentions = append(m.Mentions, to.Author)
		}
	}
}

// blanked reports whether the content of m is withheld from a bot without the MESSAGE_CONTENT intent: unless it is the
// bot's own, in a DM, mentions the bot, or answers, with a ping, an ordinary message of the bot (not a response to an interaction).
func (d *Discord) blanked(m *Message) bool {
	if m.Author == d.bot || m.Channel.guild == nil || m.addressed {
		return false
	}
	to := d.messages[m.ReplyTo]
	return !m.pinged || to == nil || to.Author != d.bot || to.webhook
}

// Unfurls returns the addresses of which readers see a preview: those not in angle brackets, unless embeds are suppressed.
func (m *Message) Unfurls() []string {
	if m.Flags&FlagSuppressEmbeds != 0 || m.Flags&FlagComponentsV2 != 0 {
		return nil
	}
	var urls []string
	for _, match := range bareLink.FindAllStringSubmatch(m.Content, -1) {
		urls = append(urls, strings.TrimRight(match[2], ".,;:!?)"))
	}
	return urls
}
