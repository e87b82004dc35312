package llm

import (
	"context"
	"errors"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/draft"
	"enlace/knowledge/lang"
)

// Draft asks the model to word an answer. The sentences are claims that nobody has proved yet; none means that the model found no
// fact that answers. The error is a *draft.Failure; the draft then has only its names and the tokens that were spent.
func (c *Client) Draft(ctx context.Context, r draft.Request) (draft.Draft, error) {
	var sentences []draft.Sentence
	usage, hash, err := c.ask(ctx, task{
		name: "draft", prompt: answerPrompt(r), schema: draftSchema, facts: r.FactsVersion,
		parse: func(content string) (err error) {
			sentences, err = parseDraft(content)
			return err
		},
	})
	return draft.Draft{Sentences: sentences, Usage: usage, Model: c.model, PromptHash: hash, PromptVersion: version}, err
}

// maxQuery bounds a search query, in characters.
const maxQuery = 300

// Rewrite asks the model for a search query that says what a follow-up or an oddly worded question means. The query is for search
// only: it is clean, not empty, at most 300 characters long, and nothing that may be shown. The error is a *draft.Failure.
func (c *Client) Rewrite(ctx context.Context, question string, history []knowledge.Turn, l knowledge.Lang) (string, error) {
	var query string
	_, _, err := c.ask(ctx, task{
		name: "rewrite", prompt: rewritePrompt(question, history, l), schema: querySchema,
		parse: func(content string) error {
			var reply struct {
				Query *string `json:"query"`
			}
			if err := decodeInto(content, &reply); err != nil || reply.Query == nil {
				return errForm
			}
			query = clean(*reply.Query, maxQuery)
			if query == "" {
				return errForm
			}
			return nil
		},
	})
	return query, err
}

// Verdict is what a second reading of a proved sentence ends in.
type Verdict string

// The verdicts. Only a clear no vetoes; a reading that fails or does not decide leaves the sentence to its proof.
const (
	Upheld    Verdict = "upheld"
	Vetoed    Verdict = "vetoed"
	NotVetted Verdict = "not_vetted"
)

// Judge asks the model whether a sentence says nothing beyond a fact. It may only take away what was proved before. With an error,
// which is a *draft.Failure, the verdict is NotVetted; so it is when the reply is neither a yes nor a no. Every verdict is counted.
func (c *Client) Judge(ctx context.Context, sentence, fact string) (Verdict, error) {
	v := NotVetted
	_, _, err := c.ask(ctx, task{
		name: "judge", prompt: judgePrompt(sentence, fact), schema: verdictSchema,
		parse: func(content string) (err error) {
			v, err = parseVerdict(content)
			return err
		},
	})
	if draft.KindOf(err) == draft.BadReply {
		v = NotVetted
	}
	c.stats.verdict(v)
	return v, err
}

func parseVerdict(content string) (Verdict, error) {
	var reply struct {
		Entailed *string `json:"entailed"`
	}
	if err := decodeInto(content, &reply); err != nil || reply.Entailed == nil {
		return NotVetted, errForm
	}
	switch lang.Fold(strings.TrimSpace(*reply.Entailed)) {
	case "yes", "si":
		return Upheld, nil
	case "no":
		return Vetoed, nil
	}
	return NotVetted, nil
}

func (s *stats) verdict(v Verdict) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch v {
	case Upheld:
		s.upheld++
	case Vetoed:
		s.vetoed++
	default:
		s.notVetted++
	}
}

// Report is what a probe found.
type Report struct {
	Reachable bool   // something answered
	Ready     bool   // the model answered in the agreed form
	Format    Format // how the endpoint can be held to JSON; only when Ready
	Failure   *draft.Failure
}

// Probe asks the endpoint for one tiny draft, about 50 tokens in and ten out, and reports whether it can be reached, knows the
// model and takes a JSON schema. It is bound by the same limits as every call and brings a disabled model back when it succeeds
// and its time has come. Doctor's checks are for it; readiness is asked far too often and has State.
func (c *Client) Probe(ctx context.Context) Report {
	_, _, err := c.ask(ctx, task{
		name: "probe", prompt: message{system: "You check a connection. Return JSON.", data: `{"task":"probe"}` + "\n\n" + `Return exactly {"query":"ok"}`},
		schema: querySchema,
		parse: func(content string) error {
			_, err := object(content)
			return err
		},
	})
	var f *draft.Failure
	if errors.As(err, &f) {
		return Report{Reachable: f.Status > 0, Failure: f}
	}
	return Report{Reachable: true, Ready: true, Format: c.Format()}
}
