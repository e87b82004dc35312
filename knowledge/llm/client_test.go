package llm

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"enlace/knowledge"
	"enlace/knowledge/draft"
	"enlace/knowledge/llm/llmtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const secretKey = "sk-test-never-to-be-seen"

// request is a question that the first fact answers.
func request() draft.Request {
	return draft.Request{
		Lang: knowledge.English, Question: "When was the harbour bridge opened?", FactsVersion: "sha256:abc",
		Facts: []draft.Fact{
			{Handle: "f1", Text: "The harbour bridge was opened on May 3, 1911.", Status: knowledge.Official, Dates: []knowledge.Date{{Year: 1911, Month: 5, Day: 3}}},
			{Handle: "f2", Text: "About 40 lamps were reported stolen in 1920.", Status: knowledge.Reported},
		},
	}
}

const opened = "The harbour bridge was opened on May 3, 1911."

// logs is a log that tests may read while it is written.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// talk runs f in a bubble with a client of the handler. All goroutines have to be gone when f has returned.
func talk(t *testing.T, h http.Handler, o Options, f func(t *testing.T, c *Client, log *logs)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		dial, stop := llmtest.Serve(h)
		defer stop()
		log := new(logs)
		if o.Dial == nil {
			o.Dial = dial
		}
		if o.Log == nil {
			o.Log = slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		}
		o.Key = secretKey
		c, err := New("http://model.test/v1", "scripted", o)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		f(t, c, log)
		for _, private := range []string{secretKey, llmtest.UpstreamText, "secret-host", "harbour", "lamps"} {
			if strings.Contains(log.String(), private) {
				t.Errorf("the log holds %q:\n%s", private, log)
			}
		}
	})
}

// script is a server that meets requests with the named behaviours, the last one from then on.
func script(names ...string) *llmtest.Server {
	var list []llmtest.Behaviour
	for _, n := range names {
		list = append(list, llmtest.Named(n))
	}
	return llmtest.New(list...)
}

// fails drafts once, and wants a failure of the kind that tells nothing of what the endpoint wrote.
func fails(t *testing.T, c *Client, want draft.Kind) *draft.Failure {
	t.Helper()
	d, err := c.Draft(t.Context(), request())
	if got := draft.KindOf(err); got != want {
		t.Fatalf("the draft failed with %q (%v), want %q", got, err, want)
	}
	f, ok := err.(*draft.Failure)
	if !ok {
		t.Fatalf("the error is a %T, not a failure", err)
	}
	if len(d.Sentences) > 0 {
		t.Errorf("a failed draft has the sentences %v", d.Sentences)
	}
	for _, private := range []string{secretKey, llmtest.UpstreamText, "secret-host"} {
		if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), private) {
			t.Errorf("the error tells %q: %v", private, err)
		}
	}
	return f
}

func succeeds(t *testing.T, c *Client) draft.Draft {
	t.Helper()
	d, err := c.Draft(t.Context(), request())
	if err != nil {
		t.Fatalf("no draft: %v", err)
	}
	if len(d.Sentences) != 1 || d.Sentences[0].Text != opened || len(d.Sentences[0].Facts) != 1 || d.Sentences[0].Facts[0] != "f1" {
		t.Fatalf("the draft is %+v", d.Sentences)
	}
	return d
}

func TestHonestDraft(t *testing.T) {
	server := script("honest")
	talk(t, server, Options{}, func(t *testing.T, c *Client, log *logs) {
		d := succeeds(t, c)
		if d.Model != "scripted" || len(d.PromptHash) != 16 || d.PromptVersion != PromptVersion() || d.Usage.Total() == 0 || d.Usage.Estimated {
			t.Errorf("the draft's names and counts are %+v", d)
		}
		q := server.Requests()[0]
		if q.Path != "/v1/chat/completions" || q.Authorization != "Bearer "+secretKey || q.Format != "json_schema" || q.MaxTokens != DefaultReplyTokens {
			t.Errorf("the request was %+v", q)
		}
		if q.Temperature == nil || *q.Temperature <= 0 || *q.Temperature > 1e-40 {
			t.Errorf("the temperature is %v, want one that is tiny and not zero", q.Temperature)
		}
		if q.Task != "answer" || q.Lang != "en" || len(q.Facts) != 2 || q.Facts[0].Dates[0] != "1911-05-03" || q.Facts[1].Status != "reported" {
			t.Errorf("the server read %+v", q)
		}
		if !strings.Contains(log.String(), d.PromptHash) || !strings.Contains(log.String(), "sha256:abc") || !strings.Contains(log.String(), `"model":"scripted"`) {
			t.Errorf("the log does not name prompt, facts and model: %s", log)
		}
	})
}

func TestRepairRoundBringsReplacementsAlone(t *testing.T) {
	talk(t, script("honest"), Options{}, func(t *testing.T, c *Client, _ *logs) {
		r := request()
		r.Repair = []draft.Refusal{{Sentence: "40 lamps were stolen.", Check: "approximator", Words: []string{"40"}, Handle: "f2", FactText: r.Facts[1].Text}}
		d, err := c.Draft(t.Context(), r)
		if err != nil || len(d.Sentences) != 1 || d.Sentences[0].Text != r.Facts[1].Text || d.Sentences[0].Facts[0] != "f2" {
			t.Errorf("got %+v, %v", d.Sentences, err)
		}
	})
}

func TestCancellationReachesTheSocket(t *testing.T) {
	gone := make(chan struct{})
	hangs := llmtest.Func("hangs", func(_ http.ResponseWriter, r *http.Request, _ llmtest.Request) {
		<-r.Context().Done()
		gone <- struct{}{}
	})
	synctest.Test(t, func(t *testing.T) {
		gone = make(chan struct{}, 1)
		dial, stop := llmtest.Serve(llmtest.New(hangs))
		defer stop()
		c, err := New("http://model.test/v1", "scripted", Options{Dial: dial})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err = c.Draft(ctx, request())
		if draft.KindOf(err) != draft.Cancelled {
			t.Errorf("got %v, want a cancelled draft", err)
		}
		<-gone // the server's side saw the connection close
		if s := c.State(); s.Failures != 0 {
			t.Errorf("a withdrawn question counts against the endpoint: %+v", s)
		}
	})
}

func TestNoMoreCallsAtATimeThanAllowed(t *testing.T) {
	var mu sync.Mutex
	now, most := 0, 0
	count := func(n int) {
		mu.Lock()
		defer mu.Unlock()
		now += n
		most = max(most, now)
	}
	server := script("slow")
	counted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		count(1)
		defer count(-1)
		server.ServeHTTP(w, r)
	})
	talk(t, counted, Options{MaxConcurrent: 3}, func(t *testing.T, c *Client, _ *logs) {
		var wg sync.WaitGroup
		for range 9 {
			wg.Go(func() { succeeds(t, c) })
		}
		wg.Wait()
	})
	if most != 3 || server.Served() != 9 {
		t.Errorf("%d calls at a time and %d in all, want 3 and 9", most, server.Served())
	}
}

func TestAWaitForAPlaceEndsInBusyOrCancelled(t *testing.T) {
	talk(t, script("stall"), Options{MaxConcurrent: 1, Timeout: 20 * time.Second, FirstToken: 20 * time.Second}, func(t *testing.T, c *Client, _ *logs) {
		var wg sync.WaitGroup
		wg.Go(func() { fails(t, c, draft.Timeout) })
		synctest.Wait()
		for _, end := range []struct {
			ctx  func() (context.Context, context.CancelFunc)
			want draft.Kind
		}{
			{func() (context.Context, context.CancelFunc) { return context.WithTimeout(t.Context(), time.Second) }, draft.Busy},
			{func() (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				return ctx, cancel
			}, draft.Cancelled},
		} {
			ctx, cancel := end.ctx()
			_, err := c.Draft(ctx, request())
			cancel()
			f, ok := err.(*draft.Failure)
			if !ok || f.Kind != end.want || !f.Local {
				t.Errorf("got %+v, want a local %s", err, end.want)
			}
		}
		wg.Wait()
	})
}

func TestNewSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ base, model string }{
		{"", "m"}, {"model.test", "m"}, {"ftp://model.test", "m"}, {"http://user:" + secretKey + "@model.test", "m"}, {"http://model.test/v1", " "}, {"http://%zz", "m"},
	} {
		_, err := New(c.base, c.model, Options{Key: secretKey})
		if err == nil || strings.Contains(err.Error(), secretKey) {
			t.Errorf("New(%q, %q) = %v, want an error without the key", c.base, c.model, err)
		}
	}
}

func TestTheKeyNeverPrints(t *testing.T) {
	c, err := New("http://model.test/v1", "scripted", Options{Key: secretKey})
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Key: secretKey}
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "client", c, "options", o, "key", o.Key)
	all := fmt.Sprintf("%v %+v %#v %s %q %v %+v %#v %s", c, c, c, c, c, o, o, o, o.Key) + b.String()
	if strings.Contains(all, secretKey) {
		t.Errorf("the key prints: %s", all)
	}
}

func TestAzureIsAddressedByDeployment(t *testing.T) {
	for base, want := range map[string]string{
		"http://res.openai.azure.com":                       "/openai/deployments/gpt-4.1/chat/completions?api-version=" + azureVersion,
		"http://res.openai.azure.com/openai/v1":             "/openai/v1/chat/completions",
		"http://res.cognitiveservices.azure.com/openai/v1/": "/openai/v1/chat/completions",
		"http://localhost:11434/v1/":                        "/v1/chat/completions",
		"http://openrouter.test/api/v1":                     "/api/v1/chat/completions",
	} {
		synctest.Test(t, func(t *testing.T) {
			server := script("honest")
			dial, stop := llmtest.Serve(server)
			defer stop()
			c, err := New(base, "gpt-4.1", Options{Key: secretKey, Dial: dial})
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			if _, err := c.Draft(t.Context(), request()); err != nil {
				t.Errorf("%s: %v", base, err)
			}
			q := server.Requests()[0]
			if q.Path != want {
				t.Errorf("%s asks at %s, want %s", base, q.Path, want)
			}
			if azure := strings.Contains(want, "deployments"); azure != (q.AzureKey == secretKey) || azure == (q.Authorization == "Bearer "+secretKey) {
				t.Errorf("%s: the key is in the wrong header: %q %q", base, q.AzureKey, q.Authorization)
			}
		})
	}
}

func TestReasoningModelsGetTheRequestTheyTake(t *testing.T) {
	for _, model := range []string{"gpt-5-mini", "o3-mini", "openai/gpt-5", "gpt-4.1-mini", "llama3.2"} {
		synctest.Test(t, func(t *testing.T) {
			server := script("honest")
			dial, stop := llmtest.Serve(server)
			defer stop()
			c, err := New("http://model.test/v1", model, Options{Dial: dial})
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			succeeds(t, c)
			q := server.Requests()[0]
			reasons := model != "gpt-4.1-mini" && model != "llama3.2"
			if reasons != q.NewLimit || reasons != (q.Temperature == nil) || reasons != (q.Effort == "low") || reasons != (q.MaxTokens > DefaultReplyTokens) {
				t.Errorf("%s was asked with %s", model, q.Raw[:80])
			}
		})
	}
}

func TestRewrite(t *testing.T) {
	for _, c := range []struct {
		content, want string
		kind          draft.Kind
	}{
		{`{"query":"  when\n was\u200b it opened "}`, "when was it opened", ""},
		{`{"query":"` + strings.Repeat("a", 1000) + `"}`, strings.Repeat("a", 300), ""},
		{`{"query":"\u200b"}`, "", draft.BadReply},
		{`{"query":null}`, "", draft.BadReply},
		{`{"query":"a","sql":"b"}`, "", draft.BadReply},
	} {
		server := llmtest.New(llmtest.Content(c.content))
		talk(t, server, Options{}, func(t *testing.T, client *Client, _ *logs) {
			got, err := client.Rewrite(t.Context(), "and when?", []knowledge.Turn{{Question: "Who built it?", Answer: "The town."}}, knowledge.English)
			if draft.KindOf(err) != c.kind || c.kind == "" && got != c.want {
				t.Errorf("%s gave %q, %v", c.content, got, err)
			}
			if q := server.Requests()[0]; q.Task != "rewrite" || q.Question != "and when?" || len(q.History) != 1 {
				t.Errorf("the server read %+v", q)
			}
		})
	}
}

func TestProbe(t *testing.T) {
	for name, want := range map[string]Report{
		"honest":       {Reachable: true, Ready: true, Format: JSONSchema},
		"no-schema":    {Reachable: true, Ready: true, Format: JSONMode},
		"no-json-mode": {Reachable: true, Ready: true, Format: Text},
		"401":          {Reachable: true},
		"404-model":    {Reachable: true},
		"hang-up":      {},
		"stall":        {},
	} {
		talk(t, script(name), Options{}, func(t *testing.T, c *Client, _ *logs) {
			got := c.Probe(t.Context())
			if got.Reachable != want.Reachable || got.Ready != want.Ready || got.Format != want.Format || got.Ready == (got.Failure != nil) {
				t.Errorf("%s: %+v", name, got)
			}
		})
	}
}

func TestOverARealConnection(t *testing.T) {
	server := httptest.NewServer(script("honest"))
	c, err := New(server.URL+"/v1", "scripted", Options{Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	succeeds(t, c)
	c.Close()
	server.Close()
	f := fails(t, c, draft.Unavailable) // nobody listens there any more
	if f.Status != 0 {
		t.Errorf("%+v", f)
	}
}
