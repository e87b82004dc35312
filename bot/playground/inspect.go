package playground

import (
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"enlace/bot/discordtest"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// maxTraces is how many answers can be looked into: the latest ones.
const maxTraces = 200

// traces are how the latest answers came about, by their questions' ids. They are safe for concurrent use.
type traces struct {
	mu    sync.Mutex
	byID  map[string]answer.Trace
	order []string
}

func newTraces() *traces { return &traces{byID: map[string]answer.Trace{}} }

// put keeps a trace, in the place of an earlier one of the same question. A question without an id is nobody's.
func (t *traces) put(x answer.Trace) bool {
	id := x.Answer.ID
	if id == "" {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, known := t.byID[id]; !known {
		t.order = append(t.order, id)
		if len(t.order) > maxTraces {
			delete(t.byID, t.order[0])
			t.order = t.order[1:]
		}
	}
	t.byID[id] = x
	return true
}

func (t *traces) get(id string) (answer.Trace, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	x, ok := t.byID[id]
	return x, ok
}

// What the inspector shows.
type (
	inspection struct {
		Message     string          `json:"message"`
		Question    string          `json:"question"`
		Language    knowledge.Lang  `json:"language"`
		Outcome     string          `json:"outcome"`
		Mode        string          `json:"mode"`
		Version     string          `json:"version"`
		Took        float64         `json:"took_ms"`
		Searched    string          `json:"searched"`
		Index       knowledge.Lang  `json:"index"`
		Probability float64         `json:"probability"`
		Threshold   float64         `json:"threshold"`
		Repairs     []answer.Repair `json:"repairs"`
		Names       []string        `json:"names"`
		Premise     []premiseView   `json:"premise"`
		Found       []foundView     `json:"found"`
		Drafts      []draftView     `json:"drafts"`
		Cached      bool            `json:"cached"`
		Shared      bool            `json:"shared"`
		Sentences   []sentenceView  `json:"sentences"`
		Dropped     []droppedView   `json:"dropped"`
		Stages      []stageView     `json:"stages"`
	}
	premiseView struct {
		Claim string `json:"claim"`
		Fact  string `json:"fact"`
	}
	foundView struct {
		ID     string  `json:"id"`
		Text   string  `json:"text"`
		Status string  `json:"status"`
		Score  float64 `json:"score"`
		Words  float64 `json:"words"` // share of the question's words that its text has, in [0,1]
		Chosen bool    `json:"chosen"`
		Cited  bool    `json:"cited"`
	}
	draftView struct {
		Prompt    string         `json:"prompt"`
		Model     string         `json:"model"`
		Failure   string         `json:"failure"`
		Tokens    int64          `json:"tokens"`
		Repairs   int            `json:"repairs"` // sentences of an earlier draft that it was to mend
		Sentences []sentenceView `json:"sentences"`
	}
	sentenceView struct {
		Text   string   `json:"text"`
		Facts  []string `json:"facts"`
		OK     bool     `json:"ok"`
		Vetoed bool     `json:"vetoed,omitempty"`
		Check  string   `json:"check,omitempty"`
		Words  []string `json:"words,omitempty"`
		Detail string   `json:"detail,omitempty"`
		Fact   string   `json:"fact,omitempty"`
	}
	droppedView struct {
		Text   string `json:"text"`
		Reason string `json:"reason"`
	}
	stageView struct {
		Stage string  `json:"stage"`
		MS    float64 `json:"ms"`
	}
)

// question is the id of the question that a message answers, "" for none.
func question(m *discordtest.Message) string {
	switch {
	case !m.Author.Bot:
		return m.ID // it may be a question itself
	case m.Interaction != nil:
		return m.Interaction.ID
	}
	return m.ReplyTo
}

// inspect tells how the answer that a message shows, or the answer to it, came about; or the latest of a channel that something is
// known of. Where nothing is known it says null.
func (p *Playground) inspect(w http.ResponseWriter, r *http.Request) {
	who, ok := p.people.who(r.Header.Get(tokenHeader), time.Now())
	if !ok {
		refuse(w, http.StatusUnauthorized, "unknown")
		return
	}
	list, err := p.inspected(who, r.URL.Query().Get("message"), r.URL.Query().Get("channel"))
	if err != nil {
		refuse(w, http.StatusNotFound, err.Error())
		return
	}
	for _, m := range slices.Backward(list) {
		if t, ok := p.traces.get(question(m)); ok {
			v := p.inspectionOf(&t)
			v.Message = m.ID
			tell(w, v)
			return
		}
	}
	tell(w, json.RawMessage("null"))
}

// inspected are the messages that somebody wants to look into: one, or those of a channel.
func (p *Playground) inspected(who session, message, channel string) ([]*discordtest.Message, error) {
	if message != "" {
		m, err := p.message(who, message)
		return []*discordtest.Message{m}, err
	}
	c, err := p.channel(who, channel)
	if err != nil {
		return nil, err
	}
	return c.Messages(who.user), nil
}

func (p *Playground) inspectionOf(t *answer.Trace) inspection {
	a := &t.Answer
	v := inspection{
		Question: a.Question, Language: a.Language, Outcome: string(a.Outcome), Mode: string(a.Mode), Version: a.FactsVersion, Took: a.DurationMS,
		Searched: t.Searched, Index: t.Lang, Probability: t.Probability, Threshold: t.Threshold, Repairs: t.Repairs, Names: t.Names,
		Cached: t.Cached, Shared: t.Shared,
	}
	for _, x := range a.Premise {
		v.Premise = append(v.Premise, premiseView{x.Claim, string(x.Fact)})
	}
	chosen, cited := map[knowledge.FactID]bool{}, map[knowledge.FactID]bool{}
	for _, id := range t.Chosen {
		chosen[id] = true
	}
	for _, c := range a.Citations {
		cited[c.ID] = true
	}
	for _, f := range t.Found {
		text, _ := f.Fact.Text.Best(a.Language)
		v.Found = append(v.Found, foundView{string(f.Fact.ID), text, string(f.Fact.Status), f.Score, f.Features.InText, chosen[f.Fact.ID], cited[f.Fact.ID]})
	}
	for _, d := range t.Drafts {
		v.Drafts = append(v.Drafts, p.draftOf(d))
	}
	for _, s := range a.Sentences {
		v.Sentences = append(v.Sentences, sentenceView{Text: s.Text, Facts: factNames(s.Citations), OK: true})
	}
	for _, d := range a.Dropped {
		v.Dropped = append(v.Dropped, droppedView{d.Text, d.Reason})
	}
	for _, s := range t.Stages {
		v.Stages = append(v.Stages, stageView{s.Stage, float64(s.Time.Microseconds()) / 1000})
	}
	return v
}

func (p *Playground) draftOf(d answer.Drafted) draftView {
	v := draftView{Model: d.Draft.Model, Failure: string(d.Failure), Tokens: d.Draft.Usage.Total(), Repairs: len(d.Request.Repair)}
	if p.prompt != nil {
		v.Prompt = p.prompt(d.Request)
	}
	for _, s := range d.Sentences {
		v.Sentences = append(v.Sentences, sentenceView{
			Text: s.Text, Facts: factNames(s.Facts), OK: s.Verdict.OK && !s.Vetoed, Vetoed: s.Vetoed, Check: string(s.Verdict.Check), Words: s.Verdict.Words,
			Detail: s.Verdict.Detail, Fact: string(s.Verdict.Fact),
		})
	}
	return v
}

func factNames(ids []knowledge.FactID) []string {
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		out = append(out, string(id))
	}
	return out
}
