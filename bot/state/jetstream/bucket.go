package jetstream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Headers of messages. The last two, and one in compress.go, are this package's own, for scans that read no values.
const (
	headerOperation = "KV-Operation"       // of a key-value bucket: this is no value, the key was removed
	headerMarker    = "Nats-Marker-Reason" // the same, by the server, when a key's time was up
	headerIncrement = "Nats-Incr"
	headerAt        = "Enlace-At" // Unix nanoseconds
	headerUser      = "Enlace-User"
)

// errLost says that a key has another revision than the one that was expected.
var errLost = errors.New("it was changed by somebody else")

// bucket is a stream that keeps the last value of every key. Keys are subjects below its own.
type bucket struct {
	s          *Store
	stream     jetstream.Stream
	name       string // without the KV_ that its stream's name has
	subject    string // with a dot at the end
	compressed bool   // large values are
}

// entry is a value, or what is left of one: revision > 0 and gone.
type entry struct {
	value    []byte
	header   nats.Header
	revision uint64
	gone     bool
}

func (e entry) there() bool { return e.revision > 0 && !e.gone }

// key makes a token of a subject out of anything. Different texts have different keys.
func key(s string) string {
	var out strings.Builder
	for _, c := range []byte(s) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_':
			out.WriteByte(c)
		default:
			fmt.Fprintf(&out, "=%02X", c)
		}
	}
	if out.Len() == 0 {
		return "="
	}
	return out.String()
}

// unkey is the opposite of key.
func unkey(token string) string {
	var out strings.Builder
	for i := 0; i < len(token); i++ {
		if token[i] == '=' {
			if c, err := strconv.ParseUint(token[i+1:min(i+3, len(token))], 16, 8); err == nil {
				out.WriteByte(byte(c))
			}
			i += 2
			continue
		}
		out.WriteByte(token[i])
	}
	return out.String()
}

func (b *bucket) get(ctx context.Context, key string) (e entry, err error) {
	err = b.s.again(ctx, "reading "+b.name, func(ctx context.Context) error {
		m, err := b.stream.GetLastMsgForSubject(ctx, b.subject+key)
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			e = entry{}
			return nil
		}
		if err == nil {
			e = entryOf(m)
		}
		return err
	})
	return e, err
}

func entryOf(m *jetstream.RawStreamMsg) entry {
	return entry{decompressed(m.Data, m.Header), m.Header, m.Sequence, m.Header.Get(headerOperation) != "" || m.Header.Get(headerMarker) != ""}
}

// all returns the values of all keys, each as it is when it is read, and not as it was before the call. It asks the leader for one
// after the other, so it is for buckets with few keys; a scan may be served by another replica, which may not have yet what was
// written a moment ago.
func (b *bucket) all(ctx context.Context) (map[string]entry, error) {
	list := map[string]entry{}
	for next := uint64(1); ; {
		var m *jetstream.RawStreamMsg
		err := b.s.again(ctx, "reading "+b.name, func(ctx context.Context) (err error) {
			m, err = b.stream.GetMsg(ctx, next, jetstream.WithGetMsgSubject(b.subject+">"))
			return err
		})
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		next = m.Sequence + 1
		k := strings.TrimPrefix(m.Subject, b.subject)
		if e := entryOf(m); e.there() {
			list[k] = e
		} else {
			delete(list, k)
		}
	}
}

// read decodes the value of a key; false = there is none. What cannot be decoded counts as none.
func (b *bucket) read(ctx context.Context, key string, into any) (revision uint64, ok bool, err error) {
	e, err := b.get(ctx, key)
	if err != nil || !e.there() {
		return e.revision, false, err
	}
	return e.revision, json.Unmarshal(e.value, into) == nil, nil
}

// option changes what is published.
type option func(*nats.Msg)

// lasting lets a value end by itself. The engine counts in seconds.
func lasting(d time.Duration) option {
	return func(m *nats.Msg) {
		m.Header.Set(jetstream.MsgTTLHeader, strconv.FormatInt(int64(max(1, (d+time.Second-1)/time.Second)), 10))
	}
}

// over lets a write succeed only on top of a revision; 0 = there is nothing.
func over(revision uint64) option {
	return func(m *nats.Msg) {
		m.Header.Set(jetstream.ExpectedLastSubjSeqHeader, strconv.FormatUint(revision, 10))
	}
}

func with(header, value string) option { return func(m *nats.Msg) { m.Header.Set(header, value) } }

func (b *bucket) message(key string, value []byte, opts []option) *nats.Msg {
	m := &nats.Msg{Subject: b.subject + key, Data: value, Header: nats.Header{}}
	for _, o := range opts {
		o(m)
	}
	if b.compressed {
		compress(m)
	}
	return m
}

// put writes a value in the place of every other.
func (b *bucket) put(ctx context.Context, key string, value []byte, opts ...option) error {
	return b.s.again(ctx, "writing "+b.name, func(ctx context.Context) error {
		_, err := b.s.js.PublishMsg(ctx, b.message(key, value, opts))
		return err
	})
}

// write is put for a value that is to be encoded.
func (b *bucket) write(ctx context.Context, key string, value any, opts ...option) error {
	raw, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return b.put(ctx, key, raw, opts...)
}

// swap writes a value on top of a revision, once. The error is errLost where another one is there; where the engine did not answer
// in time, the value may have been written.
func (b *bucket) swap(ctx context.Context, key string, value []byte, revision uint64, opts ...option) (uint64, error) {
	try, cancel := context.WithTimeout(ctx, tryTime)
	defer cancel()
	ack, err := b.s.js.PublishMsg(try, b.message(key, value, append(opts, over(revision))))
	switch {
	case lost(err):
		return 0, errLost
	case err != nil:
		return 0, b.s.named("writing "+b.name, err)
	}
	return ack.Sequence, nil
}

// purge removes the values of all keys that match, without a trace.
func (b *bucket) purge(ctx context.Context, key string) error {
	return b.s.again(ctx, "removing from "+b.name, func(ctx context.Context) error {
		return b.stream.Purge(ctx, jetstream.WithPurgeSubject(b.subject+key))
	})
}

// keys returns all keys of a bucket.
func (b *bucket) keys(ctx context.Context) (list []string, err error) {
	err = b.s.scan(ctx, b.stream, b.subject+">", true, func(m jetstream.Msg) {
		if h := m.Headers(); h.Get(headerOperation) == "" && h.Get(headerMarker) == "" {
			list = append(list, strings.TrimPrefix(m.Subject(), b.subject))
		}
	})
	return list, err
}

// sequence numbers the calls of a process.
type sequence struct{ n atomic.Uint64 }

func (s *sequence) next() string { return strconv.FormatUint(s.n.Add(1), 36) }

// unique returns a text that no other call of any process gets.
func (s *Store) unique() string { return s.token + "." + s.calls.next() }
