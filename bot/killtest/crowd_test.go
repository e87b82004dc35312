package killtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"enlace/bot/discordtest"
	"enlace/knowledge/llm/llmtest"
)

// crowd are people who ask all the time, and the Discord in which they do.
type crowd struct {
	t       *testing.T
	discord *discordtest.Discord
	guilds  []*discordtest.Guild
	log     *journal
	model   string // address of a language model that takes its time

	stop  chan struct{}
	ended sync.WaitGroup

	mu       sync.Mutex
	messages []*discordtest.Message
	used     []*discordtest.Interaction
	changed  map[string]time.Time // when a message of the bot's was last changed
}

// newCrowd returns a crowd that says nothing yet.
func newCrowd(t *testing.T, log *journal) *crowd {
	t.Helper()
	c := &crowd{t: t, log: log, stop: make(chan struct{}), changed: map[string]time.Time{}}
	c.discord = discordtest.New(t, discordtest.NoRateLimits, func(o *discordtest.Options) {
		o.Keep, o.MaxConcurrency, o.SessionStarts, o.Bot, o.Shards = 1_000_000, -1, 1_000_000, "enlace", 1
		o.OnViolation = func(v discordtest.Violation) { t.Errorf("discordtest: %v", v) }
	})
	for i := range 4 {
		c.guilds = append(c.guilds, c.discord.Guild(fmt.Sprint("harbour ", i)))
	}
	script := llmtest.New()
	model := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(200*time.Millisecond + rand.N(800*time.Millisecond)):
			script.ServeHTTP(w, r)
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(model.Close)
	c.model = model.URL + "/v1"
	t.Cleanup(c.discord.Observe(func(e discordtest.Event) {
		if (e.Kind == discordtest.EventMessageCreate || e.Kind == discordtest.EventMessageUpdate) && e.Message != nil && e.Message.Author == c.discord.Bot() {
			c.mu.Lock()
			c.changed[e.Message.ID] = e.At
			c.mu.Unlock()
		}
	}))
	return c
}

// environ is what a process needs to serve the crowd.
func (c *crowd) environ() []string {
	return []string{
		"DISCORD_TOKEN=" + c.discord.Token(), "ENLACE_DISCORD_API_BASE=" + c.discord.URL(),
		"ENLACE_MODEL_BASE_URL=" + c.model, "ENLACE_MODEL_API_KEY=key", "ENLACE_MODEL_NAME=scripted", "ENLACE_MODEL_MAX_CONCURRENT=64",
	}
}

// What people ask, and how: so many ways that the bot seldom has the answer at hand.
var (
	asked = []string{"how high is the lighthouse", "who signed the harbour agreement", "how much did the new pier cost", "when was the harbour agreement signed"}
	hello = []string{"", "hi, ", "please: ", "tell me, ", "do you know ", "good morning, ", "ok, ", "and ", "so ", "hello, ", "one question: ", "sorry, "}
	bye   = []string{"?", " please?", ", please", "??", " ?", ", do you know?", ", thanks", " thanks", "…", "!", ", ok?", " then?"}
)

func question() string {
	return hello[rand.N(len(hello))] + asked[rand.N(len(asked))] + bye[rand.N(len(bye))]
}

// asks begins to ask, until quiet: every time a command and a mention.
func (c *crowd) asks(every time.Duration) {
	c.ended.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-c.stop:
				return
			case <-time.After(every/2 + rand.N(every)):
			}
			g := c.guilds[n%len(c.guilds)]
			who, where := g.Member(fmt.Sprint("u", n%50)), g.Channel(fmt.Sprint("c", n/4%20))
			text := question()
			if n%2 == 0 {
				m := who.Asks(where, text)
				c.mu.Lock()
				c.messages = append(c.messages, m)
				c.mu.Unlock()
			} else if i, err := who.User.Use(where, "ask", discordtest.Opt("question", text)); err == nil {
				c.mu.Lock()
				c.used = append(c.used, i)
				c.mu.Unlock()
			}
		}
	})
}

func (c *crowd) quiet() {
	close(c.stop)
	c.ended.Wait()
}

// open returns the questions that were accepted and are not answered yet.
func (c *crowd) open() (list []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range c.messages {
		if c.log.took(m.ID) && len(c.log.outcomes(m.ID)) == 0 {
			list = append(list, m.ID)
		}
	}
	for _, i := range c.used {
		_, responded := i.Ack()
		if at := i.Original(); responded && (at == nil || at.Loading()) || c.log.took(i.ID) && len(c.log.outcomes(i.ID)) == 0 {
			list = append(list, i.ID)
		}
	}
	return list
}

// settled waits until everything that was accepted has its answer.
func (c *crowd) settled(within time.Duration) {
	c.t.Helper()
	for end := time.Now().Add(within); len(c.open()) > 0 && time.Now().Before(end); {
		time.Sleep(100 * time.Millisecond)
	}
}

// tally is what came of all questions.
type tally struct {
	kills, asked, accepted, refused, lost, unanswered int
	again                                             int // deliveries beyond the first
	twice                                             int // answers that are seen twice: never
	byNonce, byEdit, byDefer                          int // what was sent twice and changed nothing: refused by its nonce, an edit to what is there, a second defer
	outcomes                                          map[string]int
	twiceAt                                           []string
	took                                              []time.Duration // to the answer that stands, of what was accepted
}

// count looks at what everybody sees.
func (c *crowd) count(killed int) tally {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := tally{kills: killed, asked: len(c.messages) + len(c.used), outcomes: map[string]int{}, again: c.log.again}
	for _, m := range c.messages {
		replies := m.Answers()
		s.one(c, m.ID, m.Created, replies, len(replies) > 0)
	}
	for _, i := range c.used {
		var seen []*discordtest.Message
		_, responded := i.Ack()
		if at := i.Original(); at != nil && !at.Loading() {
			seen = append(seen, at)
		}
		seen = append(seen, i.Followups()...)
		for _, m := range i.Channel.Messages(nil) { // a late answer
			if m.Author == c.discord.Bot() && strings.HasPrefix(m.Nonce, i.ID+".") {
				seen = append(seen, m)
			}
		}
		s.one(c, i.ID, i.Created, seen, responded)
	}
	s.requests(c.discord.REST().Requests(""))
	for _, at := range s.twiceAt {
		c.explain(at)
	}
	slices.Sort(s.took)
	return s
}

// one counts a question and the messages that answer it.
func (s *tally) one(c *crowd, id string, at time.Time, seen []*discordtest.Message, reacted bool) {
	outcomes := c.log.outcomes(id)
	accepted := c.log.took(id) || reacted && !c.log.refused(id)
	if !accepted {
		if c.log.refused(id) {
			s.refused++
		}
		return
	}
	s.accepted++
	if len(seen) == 0 {
		s.unanswered++
		if len(outcomes) == 0 {
			s.lost++
		}
		c.t.Errorf("question %s is accepted and not answered; its outcomes are %v", id, outcomes)
		return
	}
	if len(seen) > 1 {
		s.twice += len(seen) - 1
		c.t.Errorf("question %s has %d answers", id, len(seen))
	}
	if len(outcomes) == 0 {
		outcomes = []string{"answered"} // the process was killed between the answer and its log
	}
	s.outcomes[outcomes[len(outcomes)-1]]++
	s.took = append(s.took, c.changed[seen[0].ID].Sub(at))
}

// requests counts what was sent without an effect.
func (s *tally) requests(list []*discordtest.Request) {
	nonces, stands := map[string]bool{}, map[string]string{}
	for _, r := range list {
		if r.Status == 400 && r.Code == 40060 {
			s.byDefer++
		}
		if r.Status/100 != 2 {
			continue
		}
		raw, _ := json.Marshal([]any{r.Field("content"), r.Field("components")})
		switch {
		case r.Method == http.MethodPost && r.Field("nonce") != nil:
			nonce := fmt.Sprint(r.Field("nonce"))
			if nonces[nonce] {
				s.byNonce++
			}
			nonces[nonce] = true
			stands[r.Path+"/"+nonce] = string(raw)
		case r.Method == http.MethodPatch:
			if stands[r.Path] == string(raw) {
				s.byEdit++
				s.twiceAt = append(s.twiceAt, fmt.Sprintf("%s %s", r.At.Format("15:04:05.000"), r.Path))
			}
			stands[r.Path] = string(raw)
		}
	}
}

// explain logs what is known of something that was sent twice.
func (c *crowd) explain(at string) {
	for _, m := range c.messages {
		for _, r := range m.Answers() {
			if strings.Contains(at, r.ID) {
				c.t.Logf("%s\n%s", at, strings.Join(c.log.told[m.ID], "\n"))
			}
		}
	}
	for _, i := range c.used {
		if strings.Contains(at, i.Token) {
			c.t.Logf("%s\n%s", at, strings.Join(c.log.told[i.ID], "\n"))
		}
	}
}

func (s *tally) quantile(q float64) time.Duration {
	if len(s.took) == 0 {
		return 0
	}
	return s.took[min(len(s.took)-1, int(float64(len(s.took))*q))].Round(time.Millisecond)
}

// table prints the tally.
func (s *tally) table() string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	line := func(what string, v any) { fmt.Fprintf(w, "%s\t%v\n", what, v) }
	line("kills", s.kills)
	line("questions asked", s.asked)
	line("accepted", s.accepted)
	line("told to be busy at once", s.refused)
	line("accepted and lost", s.lost)
	line("accepted and unanswered", s.unanswered)
	line("deliveries beyond the first", s.again)
	line("answers seen twice", s.twice)
	line("posts refused by nonce", s.byNonce)
	line("edits to what stood", s.byEdit)
	line("defers of what was deferred", s.byDefer)
	var names []string
	for o := range s.outcomes {
		names = append(names, o)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(s.outcomes[b], s.outcomes[a]) })
	for _, o := range names {
		line("outcome "+o, s.outcomes[o])
	}
	line("to the final answer, p50", s.quantile(0.5))
	line("to the final answer, p99", s.quantile(0.99))
	line("to the final answer, worst", s.quantile(1))
	_ = w.Flush()
	return out.String()
}

// check prints the tally, and holds it against what is promised.
func (s *tally) check(t *testing.T) {
	t.Helper()
	t.Logf("\n%s", s.table())
	if s.accepted == 0 {
		t.Error("nothing was accepted")
	}
	if again := s.twice + s.byNonce + s.byEdit; again > max(1, s.kills*5/100) {
		t.Errorf("%d duplicate posts in %d kills", again, s.kills)
	}
}
