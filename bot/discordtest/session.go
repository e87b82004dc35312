package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// session is one gateway session; it outlives its connection for a while. It is guarded by Discord.mu.
type session struct {
	id            string
	shard, shards int
	intents       Intents
	seq           int64
	sent          []sentEvent
	conn          *conn
	lost          time.Time
}

type sentEvent struct {
	seq  int64
	data []byte
}

const (
	resumable     = 3 * time.Minute // "a few minutes"; events/gateway, "Resuming"
	guildsInShard = 2500            // events/gateway, "Sharding"
	identifyPause = 5 * time.Second // events/gateway, "Identifying"
)

type identifyData struct {
	Token   string   `json:"token"`
	Intents *Intents `json:"intents"`
	Shard   *[2]int  `json:"shard"`
}

// identify starts a session, or says why not.
func (c *conn) identify(raw json.RawMessage) {
	d, g := c.d, c.d.gateway
	if c.session != nil {
		c.close(CloseAlreadyAuthenticated)
		return
	}
	var in identifyData
	if json.Unmarshal(raw, &in) != nil {
		c.close(CloseDecodeError)
		return
	}
	if c.fault.at == onIdentify && c.fault.acts() {
		c.applyFault()
		return
	}
	if code := d.refusal(in); code != 0 {
		c.close(code)
		return
	}
	shard := [2]int{0, 1}
	if in.Shard != nil {
		shard = *in.Shard
	}
	if !g.mayIdentify(shard[0]) {
		c.send(object{"op": opInvalidSession, "s": nil, "t": nil, "d": false})
		return
	}
	if !g.countStart() {
		g.resetToken()
		return
	}
	s := &session{id: fmt.Sprintf("session-%d-%s", g.identifies, d.newID()), shard: shard[0], shards: shard[1], intents: *in.Intents, conn: c}
	g.sessions[s.id], c.session = s, s
	c.ready(s)
}

// refusal returns the close code that an identify deserves, 0 if it is good.
func (d *Discord) refusal(in identifyData) int {
	shards := 1
	if in.Shard != nil {
		if shards = in.Shard[1]; in.Shard[0] < 0 || in.Shard[0] >= shards {
			return CloseInvalidShard
		}
	}
	switch {
	case d.gateway.revoked || strings.TrimPrefix(in.Token, "Bot ") != d.opts.Token:
		return CloseAuthFailed
	case in.Intents == nil || *in.Intents&^intentsKnown != 0:
		return CloseInvalidIntents
	case *in.Intents&IntentsPrivileged&^d.opts.Privileged != 0:
		return CloseDisallowedIntents
	case len(d.guilds) >= guildsInShard*shards:
		return CloseShardingRequired
	}
	return 0
}

// mayIdentify counts an identify against max_concurrency per five seconds.
func (g *Gateway) mayIdentify(shard int) bool {
	if g.d.opts.MaxConcurrency < 0 {
		return true
	}
	now := g.d.opts.Clock.Now()
	key := shard % g.d.opts.MaxConcurrency
	if last, ok := g.identified[key]; ok && now.Sub(last) < identifyPause {
		g.early++
		return false
	}
	g.identified[key] = now
	return true
}

// resetToken is what Discord does to a bot that has started too many sessions in a day.
func (g *Gateway) resetToken() {
	g.revoked = true
	for c := range g.conns {
		c.close(CloseAuthFailed)
	}
	clear(g.sessions)
}

// ready sends READY and the guilds of the shard.
func (c *conn) ready(s *session) {
	d := c.d
	if c.fault.silentReady {
		return
	}
	guilds := []object{}
	var mine []*Guild
	for _, g := range d.guilds {
		if !g.gone && shardOf(g.ID, s.shards) == s.shard {
			guilds = append(guilds, object{"id": g.ID, "unavailable": true})
			mine = append(mine, g)
		}
	}
	s.dispatch("READY", object{"v": max(c.version, 9), "session_id": s.id, "session_type": "normal", "resume_gateway_url": d.GatewayURL() + "resume",
		"user": merge(d.bot.json(), object{"verified": true, "mfa_enabled": true, "email": nil}), "guilds": guilds, "private_channels": []any{},
		"shard": []int{s.shard, s.shards}, "application": object{"id": applicationID, "flags": d.applicationFlags()}})
	if s.intents&IntentGuilds != 0 {
		for _, g := range mine {
			if !g.unavailable {
				s.dispatch("GUILD_CREATE", g.json())
			}
		}
	}
	d.changed.fire()
	d.emit(Event{Kind: EventConnected, User: d.bot})
	if c.fault.at == afterReady && c.fault.acts() {
		c.applyFault()
	}
}

// applicationFlags tells which privileged intents are switched on, in the bits for unverified applications (resources/application).
func (d *Discord) applicationFlags() int {
	flags := 0
	if d.opts.Privileged&IntentGuildPresences != 0 {
		flags |= 1 << 13
	}
	if d.opts.Privileged&IntentGuildMembers != 0 {
		flags |= 1 << 15
	}
	if d.opts.Privileged&IntentMessageContent != 0 {
		flags |= 1 << 19
	}
	return flags
}

// resume continues a session on a new connection: the events since seq, then RESUMED.
func (c *conn) resume(raw json.RawMessage) {
	d, g := c.d, c.d.gateway
	if c.session != nil {
		c.close(CloseAlreadyAuthenticated)
		return
	}
	var in struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int64  `json:"seq"`
	}
	if json.Unmarshal(raw, &in) != nil {
		c.close(CloseDecodeError)
		return
	}
	if c.fault.at == onIdentify && c.fault.acts() {
		c.applyFault()
		return
	}
	if g.revoked || strings.TrimPrefix(in.Token, "Bot ") != d.opts.Token {
		c.close(CloseAuthFailed)
		return
	}
	s := g.sessions[in.SessionID]
	switch {
	case s == nil || s.conn == nil && d.opts.Clock.Now().Sub(s.lost) > resumable || len(s.sent) > 0 && in.Seq < s.sent[0].seq-1:
		delete(g.sessions, in.SessionID)
		c.send(object{"op": opInvalidSession, "s": nil, "t": nil, "d": false})
	case in.Seq > s.seq:
		c.close(CloseInvalidSeq)
		delete(g.sessions, in.SessionID)
	default:
		s.continueOn(c, in.Seq)
		g.resumes++
		d.changed.fire()
		d.emit(Event{Kind: EventConnected, User: d.bot})
	}
}

func (s *session) continueOn(c *conn, seq int64) {
	if old := s.conn; old != nil {
		old.session = nil
		old.drop()
	}
	s.conn, c.session = c, s
	for _, e := range s.sent {
		if e.seq > seq {
			c.sendRaw(e.data, false)
		}
	}
	s.dispatch("RESUMED", object{"_trace": []string{"local"}})
}

// dispatch sends an event now if there is a connection, and keeps it for a resume.
func (s *session) dispatch(name string, data any) {
	raw, err := json.Marshal(data)
	if err != nil {
		panic("discordtest: " + err.Error())
	}
	s.dispatchRaw(name, raw)
}

func (s *session) dispatchRaw(name string, data json.RawMessage) {
	s.seq++
	line := make([]byte, 0, len(data)+len(name)+48)
	line = append(line, `{"op":0,"s":`...)
	line = strconv.AppendInt(line, s.seq, 10)
	line = append(line, `,"t":`...)
	line = strconv.AppendQuote(line, name)
	line = append(line, `,"d":`...)
	line = append(append(line, data...), '}')
	s.sent = append(s.sent, sentEvent{s.seq, line})
	if s.conn == nil {
		return
	}
	s.conn.sendRaw(line, false)
	if g := s.conn.d.gateway; g.twice > 0 && name != "READY" && name != "RESUMED" && name != "GUILD_CREATE" {
		g.twice--
		s.conn.sendRaw(line, false)
	}
}

// trim bounds the memory of a session.
func (s *session) trim(keep int) {
	if len(s.sent) > 2*keep {
		s.sent = slices.Clone(s.sent[len(s.sent)-keep:])
	}
}
