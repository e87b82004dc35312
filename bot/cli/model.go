package cli

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"enlace/config"
	"enlace/knowledge/answer"
	"enlace/knowledge/llm"
)

// quotesOnly annotates commands that no model takes part in.
const quotesOnly = "quotes-only"

// budgetFile holds today's count of tokens in the state directory.
const budgetFile = "tokens.json"

// answerOptions returns the options of an answer service as the settings have them, with a model's client where one is
// configured and the command does not go without.
func (a *app) answerOptions(cmd *cobra.Command, c *config.Config) (answer.Options, error) {
	o := answer.Options{QuestionChars: c.Limits.QuestionChars, Now: a.Now, Trace: a.trace}
	if !c.Model.Enabled() || cmd.Annotations[quotesOnly] != "" || given(cmd, "no-model") {
		return o, nil
	}
	client, err := a.modelClient(c)
	if err != nil {
		return o, err
	}
	a.closers = append(a.closers, client.Close)
	o.Writer, o.WriterVersion = client, client.Model()+" "+llm.PromptVersion()
	return o, nil
}

func (a *app) modelClient(c *config.Config) (*llm.Client, error) {
	o := llm.Options{
		Key: llm.Key(c.Model.APIKey.Reveal()), Timeout: c.Model.Timeout, FirstToken: c.Model.FirstTokenTimeout,
		MaxConcurrent: c.Model.MaxConcurrent, Log: a.logger(c),
	}
	switch {
	case c.Model.DailyTokenBudget <= 0:
	case a.spending != nil:
		a.budget = &tokenBudget{a.spending, c.Model.DailyTokenBudget, a.Now}
		o.Budget = a.budget
	default:
		budget, err := llm.OpenFileBudget(filepath.Join(c.State.Dir, budgetFile), c.Model.DailyTokenBudget, a.Now)
		if err != nil {
			return nil, err
		}
		o.Budget, a.budget = budget, budget
	}
	return llm.New(c.Model.BaseURL, c.Model.Name, o)
}
