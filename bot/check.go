package bot

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/gateway"
	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// Bounds of what is shown of a checked sentence: the sentence itself is at hand.
const (
	maxQuote  = 400
	maxReason = 300
)

var (
	wordNoText = knowledge.Text{
		EN: "There is no text in that to check: pictures, files and links are not read.",
		ES: "Ahí no hay texto que contrastar: no se leen imágenes, archivos ni enlaces.",
	}
	wordCheckHead      = knowledge.Text{EN: "**Checked against the facts, %d sentences:** %s", ES: "**Contrastadas con los hechos, %d frases:** %s"}
	wordCheckedMessage = knowledge.Text{EN: "The message: %s", ES: "El mensaje: %s"}
	wordCheckOne       = knowledge.Text{EN: "**Checked against the facts, 1 sentence:** %s", ES: "**Contrastada con los hechos, 1 frase:** %s"}
	wordCheckNote      = knowledge.Text{
		EN: "“Not covered” says nothing about truth: the facts on file neither prove the sentence nor speak against it.",
		ES: "«Sin cubrir» no dice nada sobre la verdad: los hechos registrados ni prueban la frase ni la contradicen.",
	}
	wordCheckLess = knowledge.Text{
		EN: "Too much for a few messages: %d sentences are left out, first those that the facts do not cover. Check a shorter text to see them all.",
		ES: "Es demasiado para unos pocos mensajes: faltan %d frases, primero las que los hechos no cubren. Contrasta un texto más corto para verlas todas.",
	}
	wordQuestion = knowledge.Text{EN: "a question states nothing", ES: "una pregunta no afirma nada"}
	wordCheckCut = knowledge.Text{EN: "Only the beginning of the text was read: it is longer than %d characters.", ES: "Solo se leyó el principio del texto: tiene más de %d caracteres."}
)

// verdicts are the findings as a reader sees them; a test holds them complete. The signs are text, not emoji.
var verdicts = map[knowledge.Finding]knowledge.Text{
	knowledge.Supported:    {EN: "✓ supported", ES: "✓ respaldada"},
	knowledge.Contradicted: {EN: "✗ contradicted", ES: "✗ contradicha"},
	knowledge.NotCovered:   {EN: "? not covered", ES: "? sin cubrir"},
}

// wordPartly is the verdict on a sentence of which the facts cover a part: half a truth, as far as they know.
var wordPartly = knowledge.Text{EN: "≈ covered in part", ES: "≈ cubierta en parte"}

// verdict is what a reader reads of a sentence.
func verdict(s *knowledge.CheckedSentence) knowledge.Text {
	if s.Verdict == knowledge.NotCovered && len(s.Citations) > 0 {
		return wordPartly
	}
	return verdicts[s.Verdict]
}

// checkCommand answers a use of /check.
func (b *Bot) checkCommand(ctx context.Context, u use) {
	b.check(ctx, u, plainText(u.text(optionText)), "")
}

// checkMessage answers a use of Check facts in the menu of a message: what it says, what its embeds say, and what it quotes.
func (b *Bot) checkMessage(ctx context.Context, u use) {
	data, _ := u.event.Data.(discordgo.ApplicationCommandInteractionData)
	var m *discordgo.Message
	if data.Resolved != nil {
		m = data.Resolved.Messages[data.TargetID]
	}
	message := ""
	if isID(data.TargetID) {
		message = " " + data.TargetID
	}
	b.check(ctx, u, strings.Join(b.texts(m, gateway.Raw(ctx), data.TargetID), "\n"), message)
}

// checkAsked is how a check is remembered; the id of the message that was checked may follow.
const checkAsked = "/" + checkName

// checkedMessage is the line that says which message was checked, "" where it was a text of its own.
func checkedMessage(a *state.Answer) string {
	id, ok := strings.CutPrefix(a.Asked, checkAsked+" ")
	if !ok || !isID(id) {
		return ""
	}
	guild := a.Guild
	if guild == "" {
		guild = "@me"
	}
	return "-# " + fmt.Sprintf(wordCheckedMessage.In(a.Checked.Language), "https://discord.com/channels/"+guild+"/"+a.Channel+"/"+id) + "\n"
}

// check checks a text and shows its user, and nobody else, what the facts say about each sentence. message is how a message that the
// text is from is remembered.
func (b *Bot) check(ctx context.Context, u use, text, message string) {
	if !b.admit(ctx, u) {
		return
	}
	if b.reference == nil {
		b.whisper(ctx, u, wordFailed.In(u.lang))
		return
	}
	if !hasWord(text) {
		b.whisper(ctx, u, wordNoText.In(u.lang))
		return
	}
	u, ok := b.putOff(ctx, u, true) // a long text takes a second, and others are being checked
	if !ok {
		return
	}
	defer b.contain("check", func() { b.whisper(ctx, u, wordFailed.In(u.lang)) })
	got := b.reference.Check(text, "")
	leaveQuestions(&got)
	if len(got.Sentences) == 0 {
		b.whisper(ctx, u, wordNoText.In(u.lang))
		return
	}
	got.ID = u.event.ID
	a := b.made(u, checkAsked+message, true, knowledge.Answer{})
	a.Answer = knowledge.Answer{}
	a.Checked, a.Cited = &got, b.cited(got.Citations, got.FactsVersion, got.Language)
	b.give(ctx, u, a)
	if utf8.RuneCountInString(text) > answer.MaxCheckChars {
		b.add(ctx, u, fmt.Sprintf(wordCheckCut.In(u.lang), answer.MaxCheckChars))
	}
}

// leaveQuestions takes verdicts off questions, which state nothing, and the facts that only they had.
func leaveQuestions(c *knowledge.Checked) {
	cited := map[knowledge.FactID]bool{}
	for i := range c.Sentences {
		s := &c.Sentences[i]
		if strings.HasSuffix(strings.TrimRight(s.Text, "\"'”’») "), "?") {
			s.Verdict, s.Citations, s.Reason = knowledge.NotCovered, nil, wordQuestion.In(c.Language)
		}
		for _, id := range s.Citations {
			cited[id] = true
		}
	}
	c.Citations = slices.DeleteFunc(slices.Clone(c.Citations), func(x knowledge.Citation) bool { return !cited[x.ID] })
	for i := range c.Citations {
		c.Citations[i].N = i + 1
	}
}

// add tells the user of a use something more, after the response.
func (b *Bot) add(ctx context.Context, u use, text string) {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	if _, err := b.discord.FollowUp(ctx, u.event, renderNotice(text)[0], true); err != nil {
		b.log.Warn("a notice is not told", slog.String("interaction", u.event.ID), slog.Any("error", err))
	}
}
