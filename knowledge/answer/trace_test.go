package answer_test

import (
	"context"
	"net/http/httptest"
	"reflect"
	"slices"
	"testing"
	"time"

	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/llm"
	"enlace/knowledge/llm/llmtest"
	"enlace/knowledge/search"
)

// watched is a service whose traces are kept, with a scripted model for a behaviour, or none for "".
func watched(t *testing.T, behaviour string, traces *[]answer.Trace) *answer.Service {
	t.Helper()
	o := answer.Options{Now: func() time.Time { return today }}
	if traces != nil {
		o.Trace = func(x answer.Trace) { *traces = append(*traces, x) }
	}
	if behaviour != "" {
		server := httptest.NewServer(llmtest.New(llmtest.Named(behaviour)).Cycle())
		t.Cleanup(server.Close)
		client, err := llm.New(server.URL+"/v1", "scripted", llm.Options{Timeout: time.Second, FirstToken: 500 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(client.Close)
		o.Writer, o.WriterVersion = client, "scripted"
	}
	return answer.New(search.NewLive(indexOf(shipped(t))), o)
}

func TestATraceTellsHowQuotesCameAbout(t *testing.T) {
	var traces []answer.Trace
	a := watched(t, "", &traces).Answer(context.Background(), knowledge.Question{ID: "7", Text: "who signed teh memorandum"})
	if len(traces) != 1 || traces[0].Answer.ID != "7" {
		t.Fatalf("%d traces", len(traces))
	}
	x := traces[0]
	if len(x.Found) == 0 || x.Found[0].Fact.ID != a.Retrieved[0].ID || x.Found[0].Score != a.Retrieved[0].Score {
		t.Errorf("found %v, retrieved %v", x.Found, a.Retrieved)
	}
	if len(x.Chosen) == 0 || x.Chosen[0] != a.Citations[0].ID || x.Searched == "" || x.Probability < x.Threshold || len(x.Drafts) != 0 {
		t.Errorf("%+v", x)
	}
	var stages []string
	for _, s := range x.Stages {
		stages = append(stages, s.Stage)
	}
	if !slices.Equal(stages, []string{"search", "decide", "quote"}) {
		t.Error(stages)
	}
}

func TestATraceHasDraftsWithTheVerdictOnEachSentence(t *testing.T) {
	var traces []answer.Trace
	s := watched(t, "honest", &traces)
	q := knowledge.Question{Text: "who signed the memorandum"}
	s.Answer(context.Background(), q)
	s.Answer(context.Background(), q)
	first := traces[0]
	if len(first.Drafts) != 1 || len(first.Drafts[0].Sentences) == 0 || !first.Drafts[0].Sentences[0].Verdict.OK || len(first.Drafts[0].Request.Facts) != len(first.Drafts[0].Facts) {
		t.Errorf("%+v", first.Drafts)
	}
	if second := traces[1]; !second.Cached || len(second.Drafts) != 0 {
		t.Errorf("a known wording: %+v", second)
	}
}

func TestATraceNamesTheCheckThatRefusedASentence(t *testing.T) {
	var traces []answer.Trace
	a := watched(t, "lie-day", &traces).Answer(context.Background(), knowledge.Question{Text: "when was the memorandum signed"})
	refused := 0
	for _, d := range traces[0].Drafts {
		for _, j := range d.Sentences {
			if !j.Verdict.OK && j.Verdict.Check != "" {
				refused++
			}
		}
	}
	if refused == 0 || len(a.Dropped) == 0 {
		t.Errorf("%d refused in the trace, %v dropped", refused, a.Dropped)
	}
}

func TestAbstentionsAndEmptyQuestionsAreTracedToo(t *testing.T) {
	var traces []answer.Trace
	s := watched(t, "", &traces)
	for _, text := range []string{"", "how do I bake bread", "hello"} {
		s.Answer(context.Background(), knowledge.Question{Text: text})
	}
	if len(traces) != 3 {
		t.Fatalf("%d traces", len(traces))
	}
	for _, x := range traces {
		if x.Answer.Outcome == knowledge.Answered || len(x.Chosen) != 0 {
			t.Errorf("%+v", x.Answer)
		}
	}
}

func TestWatchingChangesNothing(t *testing.T) {
	var traces []answer.Trace
	for _, behaviour := range []string{"", "honest"} {
		watchedOne, alone := watched(t, behaviour, &traces), watched(t, behaviour, nil)
		for _, text := range []string{"who signed the memorandum", "¿Qué es el NTC?", "how do I bake bread", "was it signed in June 2025?"} {
			q := knowledge.Question{Text: text}
			if got, want := watchedOne.Answer(context.Background(), q), alone.Answer(context.Background(), q); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v\nwithout a watcher: %+v", text, got, want)
			}
		}
	}
}
