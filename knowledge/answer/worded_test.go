package answer_test

import (
	"context"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/draft"
	"enlace/knowledge/llm"
	"enlace/knowledge/llm/llmtest"
	"enlace/knowledge/search"
	"enlace/knowledge/verify"
)

// modelled is a service over the shipped base whose writer is a real client of a scripted model.
func modelled(t *testing.T, b *knowledge.Base, script *llmtest.Server) *answer.Service {
	t.Helper()
	server := httptest.NewServer(script)
	t.Cleanup(server.Close)
	client, err := llm.New(server.URL+"/v1", "scripted", llm.Options{Timeout: time.Second, FirstToken: 500 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return answer.New(search.NewLive(indexOf(b)), answer.Options{Writer: client, WriterVersion: "scripted " + llm.PromptVersion(), Now: func() time.Time { return today }})
}

// proved fails the test for a sentence that is neither a fact's own text nor proved by the facts that it cites.
func proved(t *testing.T, name string, b *knowledge.Base, v *verify.Verifier, a knowledge.Answer) {
	t.Helper()
	d := verify.Draft{Lang: a.Language, Question: a.Question}
	for _, s := range a.Sentences {
		text := strings.TrimPrefix(strings.TrimPrefix(s.Text, "The facts say otherwise: "), "Los hechos dicen otra cosa: ")
		d.Sentences = append(d.Sentences, verify.Sentence{Text: text, Facts: s.Citations})
		d.Facts = append(d.Facts, s.Citations...)
	}
	for i, verdict := range v.Verify(d).Verdicts {
		own, _ := b.Fact(d.Sentences[i].Facts[0]).Text.Best(a.Language)
		if !verdict.OK && d.Sentences[i].Text != own {
			t.Errorf("%s: shown though not proved: %q: %s", name, d.Sentences[i].Text, verdict)
		}
	}
}

func TestAnHonestModelWordsTheAnswer(t *testing.T) {
	b := shipped(t)
	for _, behaviour := range []string{"honest", "paraphrase"} {
		for _, question := range []string{"who signed the memorandum", "¿Quién firmó el memorando?"} {
			a := ask(modelled(t, b, llmtest.New(llmtest.Named(behaviour)).Cycle()), question)
			if a.Outcome != knowledge.Answered || a.Mode != knowledge.Model || len(a.Citations) == 0 || a.Citations[0].ID != "mou-who-signed" {
				t.Errorf("%s: %s: %s %s %q, dropped %v", behaviour, question, a.Outcome, a.Mode, a.Text, a.Dropped)
			}
			proved(t, behaviour, b, verify.New(b), a)
		}
	}
}

// TestNothingUnprovedIsEverShown puts every lie, puppet and fault of the scripted model through the whole service.
func TestNothingUnprovedIsEverShown(t *testing.T) {
	b := shipped(t)
	v := verify.New(b)
	questions := []string{
		"who signed the memorandum", "¿de qué lo acusan?", "was fito convicted in the us", "how many police took part in the capture",
		"¿Cuándo entregaron a Fito?", "what did the referendum decide in april 2024",
	}
	for _, kind := range []llmtest.Kind{llmtest.Lie, llmtest.Puppet, llmtest.Odd} {
		for _, behaviour := range llmtest.Of(kind) {
			s := modelled(t, b, llmtest.New(behaviour).Cycle())
			for _, question := range questions {
				a := ask(s, question)
				if a.Text == "" || strings.Contains(a.Text, llmtest.UpstreamText) {
					t.Errorf("%s: %q", behaviour.Name, a.Text)
				}
				proved(t, behaviour.Name, b, v, a)
				leaks(t, behaviour.Name, a.Text)
			}
		}
	}
}

// leaks fails the test for eight words of the prompt in a row.
func leaks(t *testing.T, name, text string) {
	t.Helper()
	prompt := " " + strings.Join(strings.Fields(llm.Prompt(draft.Request{Lang: knowledge.English})+" "+llm.Prompt(draft.Request{Lang: knowledge.Spanish})), " ") + " "
	words := strings.Fields(text)
	for i := 0; i+8 <= len(words); i++ {
		if strings.Contains(prompt, " "+strings.Join(words[i:i+8], " ")+" ") {
			t.Errorf("%s: the prompt leaks: %q", name, strings.Join(words[i:i+8], " "))
		}
	}
}

func TestAnyFaultOfTheModelLeavesTheQuotes(t *testing.T) {
	if testing.Short() {
		t.Skip("some faults take their time")
	}
	b := shipped(t)
	for _, behaviour := range llmtest.Of(llmtest.Fault) {
		t.Run(behaviour.Name, func(t *testing.T) {
			t.Parallel()
			a := ask(modelled(t, b, llmtest.New(behaviour).Cycle()), "who signed the memorandum")
			if a.Outcome != knowledge.Answered || len(a.Citations) == 0 || a.Citations[0].ID != "mou-who-signed" || strings.Contains(a.Text, llmtest.UpstreamText) {
				t.Errorf("%s %s %q", a.Outcome, a.Mode, a.Text)
			}
		})
	}
}

func TestARefusedSentenceIsMendedOnce(t *testing.T) {
	b := shipped(t)
	script := llmtest.New(llmtest.Named("lie-number"), llmtest.Named("honest"))
	a := ask(modelled(t, b, script), "how many police and soldiers were in the operation that recaptured fito")
	if a.Mode != knowledge.Model || len(a.Dropped) == 0 || script.Served() != 2 {
		t.Errorf("%s after %d requests, dropped %v: %q", a.Mode, script.Served(), a.Dropped, a.Text)
	}
	if refused := script.Requests()[1].Refused; len(refused) == 0 || refused[0].Check == "" || refused[0].Text == "" {
		t.Errorf("the repair does not say what was wrong: %+v", refused)
	}
}

func TestStagesComeInOrderAndQuotesBeforeTheModel(t *testing.T) {
	b := shipped(t)
	s := modelled(t, b, llmtest.New(llmtest.Named("honest")).Cycle())
	var stages []answer.Stage
	var quoted knowledge.Answer
	final := s.Stream(context.Background(), knowledge.Question{Text: "who signed the memorandum"}, func(p answer.Progress) {
		stages = append(stages, p.Stage)
		if p.Stage == answer.Quoted {
			quoted = p.Answer
		}
	})
	if !slices.Equal(stages, []answer.Stage{answer.Found, answer.Quoted, answer.Composing, answer.Final}) {
		t.Errorf("stages %v", stages)
	}
	if quoted.Mode != knowledge.Quotes || quoted.Outcome != knowledge.Answered || final.Mode != knowledge.Model {
		t.Errorf("%s then %s", quoted.Mode, final.Mode)
	}
	stages = nil
	s.Stream(context.Background(), knowledge.Question{Text: ""}, func(p answer.Progress) { stages = append(stages, p.Stage) })
	if !slices.Equal(stages, []answer.Stage{answer.Final}) {
		t.Errorf("an empty question has stages %v", stages)
	}
}

func TestEqualQuestionsAreWordedOnce(t *testing.T) {
	b := shipped(t)
	script := llmtest.New(llmtest.Named("honest")).Cycle()
	s := modelled(t, b, script)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { ask(s, "who signed the memorandum") })
	}
	wg.Wait()
	if a := ask(s, "who signed the memorandum"); a.Mode != knowledge.Model {
		t.Errorf("from the cache: %s", a.Mode)
	}
	if n := script.Served(); n != 1 {
		t.Errorf("%d requests for one question", n)
	}
	ask(s, "who signed the memorandum, not the treaty")
	if n := script.Served(); n != 2 {
		t.Errorf("%d requests: another question must not come from the cache", n)
	}
}

func TestACancelledQuestionKeepsItsQuotes(t *testing.T) {
	b := shipped(t)
	s := modelled(t, b, llmtest.New(llmtest.Named("stall")).Cycle())
	ctx, cancel := context.WithCancel(context.Background())
	a := s.Stream(ctx, knowledge.Question{Text: "who signed the memorandum"}, func(p answer.Progress) {
		if p.Stage == answer.Composing {
			cancel()
		}
	})
	if a.Outcome != knowledge.Answered || a.Mode != knowledge.Quotes {
		t.Errorf("%s %s", a.Outcome, a.Mode)
	}
}

func TestAJudgeMayOnlyVeto(t *testing.T) {
	b := shipped(t)
	server := httptest.NewServer(llmtest.New(llmtest.Named("honest")).Cycle())
	defer server.Close()
	client, err := llm.New(server.URL+"/v1", "scripted", llm.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	never := func(context.Context, string, string) (bool, error) { return false, nil }
	s := answer.New(search.NewLive(indexOf(b)), answer.Options{Writer: client, Judge: never})
	a := ask(s, "who signed the memorandum")
	if a.Mode != knowledge.Quotes || a.Outcome != knowledge.Answered || len(a.Dropped) == 0 || a.Dropped[0].Reason != "veto" {
		t.Errorf("%s %v", a.Mode, a.Dropped)
	}
}
