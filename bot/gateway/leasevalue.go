package gateway

import (
	"encoding/json"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// Names in the store of leases.
const (
	shardPrefix    = "shard."
	identifyPrefix = "identify."
	replicaPrefix  = "replica."
	countName      = "shards"
)

func shardName(id int) string        { return shardPrefix + strconv.Itoa(id) }
func identifyName(bucket int) string { return identifyPrefix + strconv.Itoa(bucket) }

// maxLeaseValue bounds what is read from the store.
const maxLeaseValue = 4 << 10

// stranger stands for the holder of a lease whose value cannot be read.
const stranger = "?"

// leaseValue is what a lease says.
type leaseValue struct {
	Holder  string         `json:"holder,omitempty"` // "" = handed over: free for the taking
	Shards  int            `json:"shards,omitempty"` // how many there are in all
	Ready   bool           `json:"ready,omitempty"`  // of a shard: connected
	Session *storedSession `json:"session,omitempty"`
}

// storedSession is what another replica needs to resume a session, and to know what READY told.
type storedSession struct {
	ID      string `json:"id"`
	URL     string `json:"url,omitempty"`
	Seq     int64  `json:"seq"`
	Shards  int    `json:"shards"`
	Intents int    `json:"intents"`
	User    string `json:"user"`
	App     string `json:"app,omitempty"`
	Guilds  int    `json:"guilds,omitempty"`
}

func (v leaseValue) String() string { return string(mustJSON(v)) }

// readLease reads a value that anything may have written.
func readLease(raw string) leaseValue {
	var v leaseValue
	if len(raw) > maxLeaseValue || json.Unmarshal([]byte(raw), &v) != nil || v.Shards < 0 || v.Shards > maxShards {
		return leaseValue{Holder: stranger}
	}
	return v
}

// maxShards bounds what the store may say.
const maxShards = 1 << 16

// store is the session as others can use it, nil where they cannot.
func (s *session) store(shards, intents int) *storedSession {
	if s == nil || s.id == "" || s.user == "" {
		return nil
	}
	return &storedSession{
		ID: s.id, URL: s.url, Seq: s.seq, Shards: shards, Intents: intents, User: s.user, App: s.app, Guilds: s.guilds,
	}
}

// session is the stored session as a connection to the gateway at main can resume it, nil where it cannot: another number of
// shards, other intents. The resume address gets the bot's token, so one outside Discord's domain is not believed.
func (s *storedSession) session(shards, intents int, main string) *session {
	if s == nil || s.ID == "" || s.User == "" || s.Seq < 0 || s.Shards != shards || s.Intents != intents {
		return nil
	}
	out := &session{id: s.ID, seq: s.Seq, user: s.User, app: s.App, guilds: max(s.Guilds, 0)}
	if sameDomain(s.URL, main) {
		out.url = s.URL
	}
	return out
}

// sameDomain reports whether two addresses are of one host, or of hosts below one domain ("discord.gg").
func sameDomain(a, b string) bool {
	return domain(a) != "" && domain(a) == domain(b)
}

func domain(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	labels := strings.Split(host, ".")
	if len(labels) < 3 || net.ParseIP(host) != nil {
		return u.Host
	}
	return strings.Join(labels[len(labels)-2:], ".")
}
