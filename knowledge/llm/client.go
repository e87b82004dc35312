// Package llm words answers with a language model behind any OpenAI-compatible endpoint: OpenAI, Azure, Ollama, vLLM, llama.cpp,
// LM Studio, OpenRouter. It is the only package that knows the protocol.
//
// It trusts nothing that comes back. A reply is bounded in time and in bytes, has to be complete, and has to be the JSON asked
// for; every failure is a draft.Failure of a fixed text, so that nothing an endpoint writes reaches a person or a log. What a
// sentence says is not judged here: it has to be proved elsewhere.
//
// It guards the purse and the endpoint as well: a budget of tokens a day, a limit of calls at a time, at most two retries, a
// circuit breaker, and no further calls for a while once the endpoint refuses the key, the model or the account.
package llm

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/sashabaranov/go-openai"

	"enlace/knowledge/draft"
)

// Defaults of Options.
const (
	DefaultTimeout           = 30 * time.Second
	DefaultFirstTokenTimeout = 10 * time.Second
	DefaultMaxConcurrent     = 8
	DefaultReplyTokens       = 1200
)

// azureVersion is the API version for Azure's addresses by deployment; structured output needs 2024-08 or later
// (learn.microsoft.com/azure/ai-services/openai/api-version-lifecycle). Azure's newer /openai/v1 addresses need none.
const azureVersion = "2024-10-21"

// Options are choices with working zero values.
type Options struct {
	Key           Key           // "" sends none
	Timeout       time.Duration // of a whole call with its retries and its wait for a free place; 0 = DefaultTimeout
	FirstToken    time.Duration // until the endpoint begins to answer; without streaming that is most of its work; 0 = DefaultFirstTokenTimeout
	MaxConcurrent int           // calls at a time; 0 = DefaultMaxConcurrent
	ReplyTokens   int           // longest reply; 0 = DefaultReplyTokens
	Budget        Budget        // nil = no limit and no count
	Log           *slog.Logger  // nil = no log
	// Dial opens connections, nil = the network. With a Dial no proxy is used.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Client asks one model behind one endpoint. It is safe for concurrent use, keeps no goroutine of its own beyond idle
// connections, and is to be closed.
type Client struct {
	api       *openai.Client
	transport *http.Transport
	model     string
	timeout   time.Duration
	first     time.Duration
	limit     int
	places    chan struct{}
	budget    Budget
	log       *slog.Logger
	gate      gate
	memory    memory
	stats     stats
}

// New returns a client for model at baseURL, such as "https://api.openai.com/v1" or "http://localhost:11434/v1". Nothing is
// connected yet; the error says what is wrong with the address or the model's name.
func New(baseURL, model string, o Options) (*Client, error) {
	u, err := url.Parse(baseURL)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errors.New("the model's address is not usable (write an http or https address with a host and without a user)")
	}
	if strings.TrimSpace(model) == "" {
		return nil, errors.New("the model has no name (set model.name)")
	}
	o = o.withDefaults()
	c := &Client{
		model: model, timeout: o.Timeout, first: min(o.FirstToken, o.Timeout), limit: o.ReplyTokens,
		places: make(chan struct{}, o.MaxConcurrent), budget: o.Budget, log: o.Log,
	}
	c.transport = transport(o.Dial, c.first)
	conf := clientConfig(u, baseURL, string(o.Key))
	conf.HTTPClient = &http.Client{
		Transport:     roundTripper{c.transport},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	c.api = openai.NewClientWithConfig(conf)
	c.memory.first = firstShape(model, isOpenAI(u))
	c.stats.failures = map[draft.Kind]int64{}
	return c, nil
}

func (o Options) withDefaults() Options {
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.FirstToken <= 0 {
		o.FirstToken = DefaultFirstTokenTimeout
	}
	if o.MaxConcurrent <= 0 {
		o.MaxConcurrent = DefaultMaxConcurrent
	}
	if o.ReplyTokens <= 0 {
		o.ReplyTokens = DefaultReplyTokens
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// transport has a limit for every step on the way to the first byte; the context limits the rest.
func transport(dial func(context.Context, string, string) (net.Conn, error), first time.Duration) *http.Transport {
	t := &http.Transport{
		DialContext: dial, ResponseHeaderTimeout: first, TLSHandshakeTimeout: 5 * time.Second, ExpectContinueTimeout: time.Second,
		MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 64 << 10, ForceAttemptHTTP2: true,
	}
	if dial == nil {
		t.Proxy = http.ProxyFromEnvironment
		t.DialContext = (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	}
	return t
}

func clientConfig(u *url.URL, baseURL, key string) openai.ClientConfig {
	if isAzure(u) && !strings.Contains(u.Path, "/openai/v1") {
		conf := openai.DefaultAzureConfig(key, u.Scheme+"://"+u.Host)
		conf.APIVersion = azureVersion
		conf.AzureModelMapperFunc = func(model string) string { return url.PathEscape(model) } // the deployment's own name
		return conf
	}
	conf := openai.DefaultConfig(key)
	conf.BaseURL = strings.TrimRight(baseURL, "/")
	return conf
}

func isAzure(u *url.URL) bool {
	return strings.HasSuffix(u.Hostname(), ".openai.azure.com") || strings.HasSuffix(u.Hostname(), ".cognitiveservices.azure.com")
}

func isOpenAI(u *url.URL) bool { return u.Hostname() == "api.openai.com" || isAzure(u) }

// Close closes idle connections.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Model returns the model's name.
func (c *Client) Model() string { return c.model }

// State says whether the endpoint is asked at present. It sends nothing.
func (c *Client) State() State { return c.gate.state() }

// Format returns the format that the endpoint is asked for at present.
func (c *Client) Format() Format { return c.memory.load().format }

// String names the model and nothing else, so that a dump of a client shows no key.
func (c *Client) String() string { return "model " + c.model }

// GoString is String.
func (c *Client) GoString() string { return c.String() }

// Stats counts what became of calls since the client was made.
type Stats struct {
	Calls                          int64 // admitted or not
	Attempts                       int64 // requests sent
	PromptTokens, CompletionTokens int64
	Failures                       map[draft.Kind]int64
	Verdicts                       map[Verdict]int64
}

type stats struct {
	mu                        sync.Mutex
	calls, attempts, in, out  int64
	failures                  map[draft.Kind]int64
	upheld, vetoed, notVetted int64
}

// Stats returns the counts so far.
func (c *Client) Stats() Stats {
	s := &c.stats
	s.mu.Lock()
	defer s.mu.Unlock()
	out := Stats{
		Calls: s.calls, Attempts: s.attempts, PromptTokens: s.in, CompletionTokens: s.out, Failures: map[draft.Kind]int64{},
		Verdicts: map[Verdict]int64{Upheld: s.upheld, Vetoed: s.vetoed, NotVetted: s.notVetted},
	}
	for k, n := range s.failures {
		out.Failures[k] = n
	}
	return out
}
