package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"sort"
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

// Bounds of what is read of a message: more than Discord lets anybody send.
const (
	maxEmbeds    = 10
	maxSnapshots = 4
	maxDepth     = 12
)

// texts returns what a message says, in the order in which it is read: its content, its text displays, its embeds, the message that it
// replies to, and the messages that it forwards. raw is the event, for components that discordgo cannot decode.
func (b *Bot) texts(m *discordgo.Message, raw json.RawMessage, id string) []string {
	if m == nil {
		return nil
	}
	out := b.ownTexts(m)
	if len(m.Components) == 0 {
		out = append(out, displays(raw, id)...)
	}
	if r := m.ReferencedMessage; r != nil && !b.isOwn(m) { // an answer of the bot's quotes the question
		out = append(out, b.ownTexts(r)...)
	}
	for _, s := range m.MessageSnapshots[:min(len(m.MessageSnapshots), maxSnapshots)] {
		if s.Message != nil {
			out = append(out, b.ownTexts(s.Message)...)
		}
	}
	for i := range out {
		out[i] = head(out[i])
	}
	return out
}

func (b *Bot) ownTexts(m *discordgo.Message) (out []string) {
	add := func(text string) {
		if text = plainText(head(text)); text != "" {
			out = append(out, text)
		}
	}
	content := m.Content
	if b.isOwn(m) {
		content = ownText(content)
	}
	add(content)
	displayed(m.Components, 0, add)
	for _, e := range m.Embeds[:min(len(m.Embeds), maxEmbeds)] {
		if e == nil {
			continue
		}
		add(e.Title)
		add(e.Description)
		for _, f := range e.Fields[:min(len(e.Fields), 25)] {
			if f != nil {
				add(f.Name)
				add(f.Value)
			}
		}
		if e.Footer != nil {
			add(e.Footer.Text)
		}
	}
	return out
}

// isOwn reports whether the bot wrote a message.
func (b *Bot) isOwn(m *discordgo.Message) bool {
	return m.Author != nil && m.Author.ID != "" && m.Author.ID == b.self.Load().user
}

// displayed calls add with the texts of components.
func displayed(list []discordgo.MessageComponent, depth int, add func(string)) {
	if depth > maxDepth {
		return
	}
	for _, c := range list {
		switch c := c.(type) {
		case *discordgo.TextDisplay:
			add(c.Content)
		case *discordgo.Section:
			displayed(c.Components, depth+1, add)
		case *discordgo.Container:
			displayed(c.Components, depth+1, add)
		}
	}
}

// displays returns the texts of the components of a message in a raw event, whatever other components there are.
func displays(raw json.RawMessage, id string) (out []string) {
	var event struct {
		Data struct {
			Resolved struct {
				Messages map[string]struct {
					Components any `json:"components"`
				} `json:"messages"`
			} `json:"resolved"`
		} `json:"data"`
	}
	if len(raw) == 0 || json.Unmarshal(raw, &event) != nil {
		return nil
	}
	walkDisplays(event.Data.Resolved.Messages[id].Components, 0, func(text string) {
		if text = plainText(head(text)); text != "" {
			out = append(out, text)
		}
	})
	return out
}

// textDisplay is the type of components that only show a text; Discord docs, components/reference.
const textDisplay = 10

func walkDisplays(v any, depth int, add func(string)) {
	if depth > 2*maxDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			walkDisplays(e, depth+1, add)
		}
	case map[string]any:
		if text, ok := v["content"].(string); ok && v["type"] == float64(textDisplay) {
			add(text)
		}
		walkDisplays(v["components"], depth+1, add)
	}
}

// What people write for the looks of a text: none of it is part of a sentence.
var (
	linkedText = regexp.MustCompile(`\[([^\[\]\n]+)\]\(<?https?://[^\s()<>]+>?\)`)
	addresses  = regexp.MustCompile(`<?https?://[^\s<>]+>?`)
	lineMarks  = regexp.MustCompile(`(?m)^[ \t]*(?:>>> |> |-# |#{1,3} |[-*+] )+`)
	emphasis   = strings.NewReplacer("***", "", "**", "", "__", "", "~~", "", "||", "", "```", "\n", "`", "")
)

// plainText returns what a text says without Discord's markup, line by line.
func plainText(text string) string {
	s := linkedText.ReplaceAllString(text, "$1")
	s = addresses.ReplaceAllString(markup.ReplaceAllString(s, " "), " ")
	s = lineMarks.ReplaceAllString(emphasis.Replace(s), "")
	return strings.TrimSpace(s)
}

var citationMarks = regexp.MustCompile(` \[\d{1,3}\]`)

// ownText is what a message of the bot's own says, without its source lines and marks.
func ownText(content string) string {
	var lines []string
	for line := range strings.SplitSeq(content, "\n") {
		if !strings.HasPrefix(line, "-# ") {
			lines = append(lines, unescape(citationMarks.ReplaceAllString(line, "")))
		}
	}
	return strings.Join(lines, "\n")
}

// renderChecked writes a checked text as the contents of messages, at most maxParts: each sentence, its verdict and why, and the facts
// that decide it with their best source. Where that is too much, sentences are left out, and the reader is told: those that the facts
// do not cover first, then supported ones, the last of them first.
func renderChecked(c *knowledge.Checked) []string {
	if parts, whole := renderSentences(c, c.Sentences); whole {
		return parts
	}
	covered := slices.DeleteFunc(slices.Clone(c.Sentences), func(s knowledge.CheckedSentence) bool { return verdict(&s) == verdicts[knowledge.NotCovered] })
	fits := func(supported int) bool {
		_, whole := renderSentences(c, firstSupported(covered, supported))
		return whole
	}
	supported := sort.Search(len(covered), func(n int) bool { return !fits(n + 1) })
	parts, _ := renderSentences(c, firstSupported(covered, supported))
	return parts
}

// firstSupported leaves out all supported sentences but the first n.
func firstSupported(list []knowledge.CheckedSentence, n int) []knowledge.CheckedSentence {
	return slices.DeleteFunc(slices.Clone(list), func(s knowledge.CheckedSentence) bool {
		if s.Verdict == knowledge.Supported {
			n--
		}
		return s.Verdict == knowledge.Supported && n < 0
	})
}

// renderSentences writes some sentences of a checked text; whole is false where not all of them fit.
func renderSentences(c *knowledge.Checked, list []knowledge.CheckedSentence) (parts []string, whole bool) {
	r := checkRenderer{of: c, cited: map[knowledge.FactID]*knowledge.Citation{}}
	for i := range c.Citations {
		r.cited[c.Citations[i].ID] = &c.Citations[i]
	}
	return r.render(list)
}

// checkRenderer fills one message after the other with checked sentences.
type checkRenderer struct {
	of    *knowledge.Checked
	cited map[knowledge.FactID]*knowledge.Citation
	parts []string
	body  string
	told  map[knowledge.FactID]bool // facts that are told in the message that is being filled
	shown int                       // sentences
}

// render writes sentences; whole is false where they are too many.
func (r *checkRenderer) render(list []knowledge.CheckedSentence) (parts []string, whole bool) {
	l := r.of.Language
	r.body, r.told = checkHead(r.of), map[knowledge.FactID]bool{}
	whole = true
	for i := range list {
		if whole = r.add(&list[i]); !whole {
			break
		}
		r.shown++
	}
	r.parts = append(r.parts, r.body)
	if left := len(r.of.Sentences) - r.shown; left > 0 {
		r.parts[len(r.parts)-1] += "\n-# " + fmt.Sprintf(wordCheckLess.In(l), left)
	}
	return r.parts, whole
}

// add puts a sentence into the message, or begins another one; false where there are to be no further ones.
func (r *checkRenderer) add(s *knowledge.CheckedSentence) bool {
	block := r.block(s)
	if length(r.body)+2+length(block) > maxContent-2*footerRoom {
		if len(r.parts) == maxParts-1 {
			return false
		}
		r.parts = append(r.parts, r.body)
		r.body, r.told = "", map[knowledge.FactID]bool{}
		block = r.block(s)
	}
	for _, id := range s.Citations {
		r.told[id] = true
	}
	if r.body != "" {
		r.body += "\n\n"
	}
	r.body += block
	return true
}

// block is a sentence with its verdict and the facts that the message does not tell yet, as far as they fit.
func (r *checkRenderer) block(s *knowledge.CheckedSentence) string {
	l := r.of.Language
	out := "> " + Escape(shorten(s.Text, maxQuote)) + "\n**" + verdict(s).In(l) + "**"
	for _, id := range s.Citations {
		if c := r.cited[id]; c != nil {
			out += fmt.Sprintf(" [%d]", c.N)
		}
	}
	if s.Reason != "" {
		out += " · " + Escape(shorten(s.Reason, maxReason))
	}
	for _, id := range s.Citations {
		c := r.cited[id]
		if c == nil || r.told[id] {
			continue
		}
		fact := "\n↳ " + Escape(shorten(c.Text, maxQuote)) + fmt.Sprintf(" [%d]", c.N) + "\n" + sourceLine(c, l)
		if length(out)+length(fact) <= maxContent-2*footerRoom {
			out += fact
		}
	}
	return out
}

// checkHead counts the verdicts.
func checkHead(c *knowledge.Checked) string {
	var items []string
	for _, word := range []knowledge.Text{verdicts[knowledge.Contradicted], wordPartly, verdicts[knowledge.Supported], verdicts[knowledge.NotCovered]} {
		n := 0
		for i := range c.Sentences {
			if verdict(&c.Sentences[i]) == word {
				n++
			}
		}
		if n > 0 {
			items = append(items, fmt.Sprintf("%d %s", n, word.In(c.Language)))
		}
	}
	out := fmt.Sprintf(wordCheckOne.In(c.Language), strings.Join(items, ", "))
	if n := len(c.Sentences); n != 1 {
		out = fmt.Sprintf(wordCheckHead.In(c.Language), n, strings.Join(items, ", "))
	}
	if slices.ContainsFunc(c.Sentences, func(s knowledge.CheckedSentence) bool { return verdict(&s) == verdicts[knowledge.NotCovered] }) {
		out += "\n-# " + wordCheckNote.In(c.Language)
	}
	return out
}
