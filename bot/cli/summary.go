package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"enlace/knowledge"
)

func (a *app) summaryCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "summary [TOPIC]",
		Short: "Sum up a topic, or everything, with citations",
		Long: `Sum up what the facts say about a topic, or about everything, with citations.

A topic goes by its id, its title or any of its other names; "enlace facts stats" lists the topics.`,
		Example: `  enlace summary
  enlace summary mou
  enlace summary --lang es el memorando`,
		Args: cobra.ArbitraryArgs,
		RunE: run(a.summary),
	}
	jsonFlag(cmd, "the answer object")
	noModelFlag(cmd)
	return cmd
}

func (a *app) summary(cmd *cobra.Command, args []string) error {
	service, b, c, err := a.service(cmd)
	if err != nil {
		return err
	}
	l := a.spoken(c)
	var id knowledge.TopicID
	title := wordAllTopics.In(l)
	if typed := strings.TrimSpace(strings.Join(args, " ")); typed != "" {
		t, err := topic(cmd, b, typed)
		if err != nil {
			return err
		}
		id = t.ID
		if es := fold(t.Title.ES); asked(c) == "" && fold(typed) == es && es != fold(t.Title.EN) {
			l = knowledge.Spanish // who names a topic in Spanish reads Spanish
		}
		title, _ = t.Title.Best(l)
	}
	got := service.Summary(id, l)
	if given(cmd, "json") {
		return writeJSON(a.out, got, true)
	}
	a.page().summary(&got, title)
	return nil
}
