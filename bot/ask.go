package bot

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// origin is the way in which somebody asked.
type origin string

const (
	byMention origin = "mention"
	byReply   origin = "reply"
	byDM      origin = "dm"
	byThread  origin = "thread"
	byAuto    origin = "auto_answer"
	byCommand origin = "command"
)

// maxText bounds what is looked at of a message or an option, in bytes: more than Discord lets anybody send.
const maxText = 24 << 10

// ask is a question as the bot takes it.
type ask struct {
	id      string // of the message or the interaction
	origin  origin
	guild   string // "" = a direct message
	channel string
	user    string
	text    string         // normalised, without what addresses the bot
	lang    knowledge.Lang // for texts of the bot's own
	// answerIn is the language of the answer: "" = the question's own.
	answerIn     knowledge.Lang
	private      bool
	conversation string // which conversation it belongs to; "" = none but that of the answer that it replies to
	replyTo      string // the message that it replies to; "" = none
	parent       string // the answer that it goes on from; "" = none
	// quiet is true for a message that nobody addressed to the bot and that does not look like a question: if it is about something
	// else, the bot says nothing.
	quiet bool
	call  string // what its limits count; "" = its id
	// wait is how long its asker has to wait for room in the limits; nil = they were not counted yet.
	wait *time.Duration
}

// asked is the ask in a message, and false where the message asks nothing of the bot.
func (b *Bot) asked(ctx context.Context, m *discordgo.Message) (ask, bool) {
	self := b.self.Load().user
	if m == nil || m.Author == nil || self == "" || m.Author.Bot || m.WebhookID != "" || m.Author.ID == self || m.Author.System ||
		m.Type != discordgo.MessageTypeDefault && m.Type != discordgo.MessageTypeReply {
		return ask{}, false
	}
	a := ask{id: m.ID, guild: m.GuildID, channel: m.ChannelID, user: m.Author.ID, text: question(m.Content)}
	if ref := m.MessageReference; ref != nil && ref.Type == discordgo.MessageReferenceTypeDefault && ref.ChannelID == m.ChannelID {
		a.replyTo = ref.MessageID
	}
	mentioned := slices.ContainsFunc(m.Mentions, func(u *discordgo.User) bool { return u != nil && u.ID == self })
	switch {
	case m.GuildID == "":
		a.origin = byDM
	case mentioned && a.replyTo != "" && b.wrote(ctx, m):
		a.origin = byReply
	case mentioned:
		a.origin = byMention
	case a.text == "":
		return ask{}, false // without the privileged intent most messages look like this
	case slices.Contains(b.set.AutoAnswer, m.ChannelID):
		a.origin, a.quiet = byAuto, !strings.ContainsAny(a.text, "?¿")
	case b.ownThread(ctx, m.ChannelID):
		a.origin = byThread
	case a.replyTo != "" && b.wrote(ctx, m):
		a.origin = byReply
	default:
		return ask{}, false
	}
	a.conversation = b.conversation(ctx, a)
	b.speak(&a, "")
	return a, true
}

// wrote reports whether the bot wrote the message that m replies to.
func (b *Bot) wrote(ctx context.Context, m *discordgo.Message) bool {
	if r := m.ReferencedMessage; r != nil && r.Author != nil {
		return r.Author.ID == b.self.Load().user
	}
	_, ok, _ := b.store.AnswerIn(ctx, b.now(), m.MessageReference.MessageID) // unknown is as good as not ours
	return ok
}

// speak chooses the languages of an ask: the operator's choice, else the question's own, else the asker's locale.
func (b *Bot) speak(a *ask, locale discordgo.Locale) {
	a.answerIn = b.set.Lang
	if a.lang = a.answerIn; a.lang != "" {
		return
	}
	l, margin := lang.Detect(a.text)
	if margin == 0 && strings.HasPrefix(string(locale), "es") {
		l = knowledge.Spanish
		if !hasWord(a.text) {
			a.answerIn = l
		}
	}
	a.lang = l
}

// markup is what a person writes that names others, places or pictures: mentions, channels, emoji, timestamps, commands. None of
// it is part of a question.
var markup = regexp.MustCompile(`<(?:@[!&]?\d+|#\d+|a?:\w{1,64}:\d+|t:-?\d+(?::\w)?|/[^<>]{1,200}:\d+|id:\w+)>`)

// question returns what a message asks, normalised.
func question(content string) string {
	return lang.Normalize(markup.ReplaceAllString(head(content), " "))
}

// head returns the beginning of s, at most maxText bytes long.
func head(s string) string {
	if len(s) <= maxText {
		return s
	}
	return strings.ToValidUTF8(s[:maxText], "")
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// commandAsked is the ask in a use of /ask, without its conversation, and false where there is none.
func (b *Bot) commandAsked(i *discordgo.Interaction) (ask, bool) {
	data, ok := i.Data.(discordgo.ApplicationCommandInteractionData)
	user := i.User
	if i.Member != nil && i.Member.User != nil {
		user = i.Member.User
	}
	if !ok || data.Name != askName || user == nil || user.Bot {
		return ask{}, false
	}
	a := ask{id: i.ID, origin: byCommand, guild: i.GuildID, channel: i.ChannelID, user: user.ID, private: b.set.PrivateByDefault}
	for _, o := range data.Options {
		if o == nil {
			continue
		}
		switch v := o.Value.(type) {
		case string:
			if o.Name == optionQuestion {
				a.text = question(v)
			}
		case bool:
			if o.Name == optionPrivate {
				a.private = v
			}
		}
	}
	b.speak(&a, i.Locale)
	return a, true
}

// refusal is why an ask is not answered, and what its asker is told.
type refusal struct {
	outcome knowledge.Outcome
	text    string // "" = nothing is said
}

// long reports whether a question is longer than allowed.
func (b *Bot) long(a ask) bool { return utf8.RuneCountInString(a.text) > b.set.QuestionChars }
