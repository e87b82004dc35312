package bot

import (
	"context"
	"fmt"
	"strings"

	"enlace/bot/state"
	"enlace/knowledge"
)

// Words of the commands that take a topic.
var (
	wordSummary    = knowledge.Text{EN: "Summary: %s", ES: "Resumen: %s"}
	wordAll        = knowledge.Text{EN: "everything", ES: "todo"}
	wordNoTopic    = knowledge.Text{EN: "There is no topic “%s”. These are the topics; the command suggests them as you type:", ES: "No hay ningún tema «%s». Estos son los temas; el comando los sugiere mientras escribes:"}
	wordManyTopics = knowledge.Text{EN: "Several topics fit “%s”. Which one?", ES: "Varios temas encajan con «%s». ¿Cuál?"}
)

// summaryCommand answers a use of /summary.
func (b *Bot) summaryCommand(ctx context.Context, u use) {
	if !b.admit(ctx, u) {
		return
	}
	topic, ok := b.topic(ctx, u)
	if !ok {
		return
	}
	if b.reference == nil {
		b.whisper(ctx, u, wordFailed.In(u.lang))
		return
	}
	got := b.reference.Summary(topicID(topic), u.lang)
	if got.Outcome != knowledge.Answered {
		b.whisper(ctx, u, escaped(got.Text))
		return
	}
	b.give(ctx, u, b.made(u, strings.TrimSpace("/"+summaryName+" "+string(topicID(topic))), b.private(u), got))
}

func topicID(t *knowledge.Topic) knowledge.TopicID {
	if t == nil {
		return ""
	}
	return t.ID
}

// topic returns the topic of a command, nil for all of them. Where there is none of that name, the user is told which there are, and
// ok is false.
func (b *Bot) topic(ctx context.Context, u use) (t *knowledge.Topic, ok bool) {
	typed := u.text(optionTopic)
	if len(folded(typed)) == 0 && typed == "" {
		return nil, true
	}
	h := b.hinted()
	list := find(h.topics, typed)
	if only, sure := one(list); sure {
		return h.base.Topic(knowledge.TopicID(only.id)), true
	}
	text, topics := wordNoTopic, h.topics
	if len(list) > 0 && list[0].rank%lateRank < someRank {
		text, topics = wordManyTopics, nil
		for _, f := range list {
			topics = append(topics, *f.hint)
		}
	}
	lines := []string{fmt.Sprintf(text.In(u.lang), Escape(shorten(typed, maxChoice)))}
	for _, t := range topics[:min(len(topics), maxChoices)] {
		title, _ := t.name.Best(u.lang)
		lines = append(lines, "- "+Escape(shorten(title, maxChoice)))
	}
	b.whisper(ctx, u, strings.Join(lines, "\n"))
	return nil, false
}

// heading is what stands over an answer that was not asked for with a question, "" over others.
func (b *Bot) heading(a *state.Answer) string {
	if !unasked(a) || !strings.HasPrefix(a.Asked, "/"+summaryName) {
		return ""
	}
	l, title := a.Answer.Language, wordAll.In(a.Answer.Language)
	if a.Answer.Topic != "" {
		title = string(a.Answer.Topic) // of a topic that is gone
	}
	if t := b.base().Topic(a.Answer.Topic); t != nil {
		title, _ = t.Title.Best(l)
	}
	return "**" + fmt.Sprintf(wordSummary.In(l), Escape(shorten(title, 150))) + "**"
}
