package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/bwmarrin/discordgo"
)

type contextKey int

const (
	rawKey contextKey = iota
	shardKey
)

// Raw returns the event's payload as Discord sent it, for what discordgo cannot decode (component
// types it does not know); nil outside a Handler's methods. It must not be changed.
func Raw(ctx context.Context) json.RawMessage {
	raw, _ := ctx.Value(rawKey).(json.RawMessage)
	return raw
}

// WithRaw returns a context in which [Raw] returns an event's payload, for events that come in another way.
func WithRaw(ctx context.Context, raw json.RawMessage) context.Context {
	return context.WithValue(ctx, rawKey, raw)
}

// Shard returns the shard that received the event, 0 outside a Handler's methods.
func Shard(ctx context.Context) int {
	n, _ := ctx.Value(shardKey).(int)
	return n
}

// events turns what discordgo decoded into jobs for the pool. It runs in discordgo's reading
// goroutine, so it must not block or panic.
type events struct {
	h     Handler
	pool  *pool
	seen  *recent
	hooks Hooks
	log   *slog.Logger
}

func (v *events) take(shard int, e *discordgo.Event) {
	defer func() {
		if r := recover(); r != nil {
			v.log.Error("an event could not be read", "event", e.Type, "panic", printable(redact(fmt.Sprint(r))))
			v.hooks.panic(e.Type)
		}
	}()
	j := job{name: e.Type, at: time.Now(), ctx: func(ctx context.Context) context.Context {
		return context.WithValue(context.WithValue(ctx, rawKey, e.RawData), shardKey, shard)
	}}
	if !v.fill(&j, e) {
		return
	}
	v.hooks.event(e.Type)
	v.pool.submit(j)
}

// takenOver tells the handler what READY told the replica where the session began.
func (v *events) takenOver(shard, shards int, s *session) {
	r := &discordgo.Ready{
		SessionID: s.id, User: &discordgo.User{ID: s.user, Bot: true}, Application: &discordgo.Application{ID: s.app},
		Shard: &[2]int{shard, shards},
	}
	v.hooks.event("READY")
	v.pool.submit(job{name: "READY", at: time.Now(), run: func(ctx context.Context) { v.h.Ready(ctx, r) },
		ctx: func(ctx context.Context) context.Context { return context.WithValue(ctx, shardKey, shard) }})
}

// fill gives the job its work; false drops the event: unusable, a duplicate, or not ours.
func (v *events) fill(j *job, e *discordgo.Event) bool {
	switch e.Type {
	case "READY":
		r, ok := e.Struct.(*discordgo.Ready)
		j.run = func(ctx context.Context) { v.h.Ready(ctx, r) }
		return ok
	case "INTERACTION_CREATE":
		return v.interaction(j, e.RawData)
	case "MESSAGE_CREATE", "MESSAGE_UPDATE":
		return v.message(j, e)
	case "MESSAGE_DELETE", "MESSAGE_DELETE_BULK":
		return v.deleted(j, e.RawData)
	}
	return false
}

func (v *events) interaction(j *job, raw json.RawMessage) bool {
	i := ReadInteraction(raw)
	if i.ID == "" || i.Token == "" || v.seen.before("i"+i.ID) {
		return false
	}
	j.i = i
	j.run = func(ctx context.Context) { v.h.Interaction(ctx, i) }
	return true
}

func (v *events) message(j *job, e *discordgo.Event) bool {
	m := new(discordgo.Message)
	if json.Unmarshal(e.RawData, m) != nil {
		m = new(discordgo.Message)
		if json.Unmarshal(withoutComponents(e.RawData), m) != nil {
			return false
		}
	}
	if m.ID == "" || m.ChannelID == "" {
		return false
	}
	if e.Type == "MESSAGE_UPDATE" {
		j.run = func(ctx context.Context) { v.h.MessageUpdate(ctx, m) }
		return true
	}
	if m.Author == nil || v.seen.before("m"+m.ID) {
		return false
	}
	j.m = m
	j.run = func(ctx context.Context) { v.h.MessageCreate(ctx, m) }
	return true
}

func (v *events) deleted(j *job, raw json.RawMessage) bool {
	var d struct {
		ID        string   `json:"id"`
		IDs       []string `json:"ids"`
		ChannelID string   `json:"channel_id"`
	}
	if json.Unmarshal(raw, &d) != nil || d.ChannelID == "" {
		return false
	}
	if d.ID != "" {
		d.IDs = append(d.IDs, d.ID)
	}
	j.run = func(ctx context.Context) {
		for _, id := range d.IDs {
			v.h.MessageDelete(ctx, d.ChannelID, id)
		}
	}
	return len(d.IDs) > 0
}

// withoutComponents takes message components out of a payload: discordgo v0.29.0 refuses the whole
// payload for a component type that it does not know. What was filled into a form stays.
func withoutComponents(raw json.RawMessage) json.RawMessage {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v map[string]any
	if dec.Decode(&v) != nil {
		return raw
	}
	data, _ := v["data"].(map[string]any)
	var own []any
	if kind, _ := v["type"].(json.Number); kind == "5" && data != nil { // a form that was sent in
		list, _ := data["components"].([]any)
		own = filledIn(list)
	}
	strip(v)
	if own != nil {
		data["components"] = own
	}
	out, err := json.Marshal(v)
	if err != nil {
		return raw
	}
	return out
}

func strip(v any) {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "components")
		for _, e := range v {
			strip(e)
		}
	case []any:
		for _, e := range v {
			strip(e)
		}
	}
}
