package jetstream

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

	"enlace/bot/state"
)

// Bounds of the streams.
const (
	days         = 24 * time.Hour
	keepRecords  = 400 * days // votes, audits, spending
	maxSpan      = 25 * time.Hour
	maxClaim     = 25 * time.Hour
	maxLease     = 10 * time.Minute
	replayWindow = 14*time.Minute + 30*time.Second // a job's id is known for as long as its interaction's token lives
	markerTime   = 5 * time.Minute                 // for how long a bucket tells that a key has gone
	layoutKey    = "enlace-layout"                 // of a stream's metadata: a hash of the settings that it was made with
	// smallBlocks bounds streams whose blocks the engine holds in memory: 4 MiB at a time below 32 MiB, else 8. It counts from the start
	// after the one that changes a stream.
	smallBlocks = 31 << 20
)

// layout names the streams of one bot.
type layout struct{ prefix string }

func (l layout) bucket(name string) string  { return l.prefix + "_" + name }
func (l layout) kv(name string) string      { return "KV_" + l.bucket(name) }
func (l layout) stream(name string) string  { return l.prefix + "_" + name }
func (l layout) subject(name string) string { return l.prefix + "." + name }

// passing reports whether what a stream holds means nothing to another engine.
func (l layout) passing(stream string) bool {
	return stream == l.kv("leases") || stream == l.kv("replicas")
}

// streams returns the settings of every stream. Each has a bound on its bytes; all of them together are the store's 2 GiB.
func (l layout) streams(t state.Timing, replicas int) []jetstream.StreamConfig {
	kv := func(name string, maxBytes int64, maxAge time.Duration, more ...func(*jetstream.StreamConfig)) jetstream.StreamConfig {
		c := jetstream.StreamConfig{
			Name: l.kv(name), Subjects: []string{"$KV." + l.bucket(name) + ".>"}, MaxMsgsPerSubject: 1, MaxBytes: maxBytes, MaxAge: maxAge,
			MaxMsgSize: 64 << 10, Discard: jetstream.DiscardOld, AllowRollup: true, AllowMsgTTL: true,
		}
		for _, m := range more {
			m(&c)
		}
		return c
	}
	most := func(n int64) func(*jetstream.StreamConfig) { return func(c *jetstream.StreamConfig) { c.MaxMsgs = n } }
	size := func(n int32) func(*jetstream.StreamConfig) {
		return func(c *jetstream.StreamConfig) { c.MaxMsgSize = n }
	}
	// What is lost of these at a power cut is nobody's loss. A replicated stream cannot be asynchronous, and need not be.
	cheap := func(c *jetstream.StreamConfig) {
		if replicas == 1 {
			c.PersistMode = jetstream.AsyncPersistMode
		}
	}
	told := func(c *jetstream.StreamConfig) { c.SubjectDeleteMarkerTTL = markerTime }
	list := []jetstream.StreamConfig{
		kv("claims", smallBlocks, maxClaim, cheap, most(100_000)),
		kv("limits", smallBlocks, maxSpan, cheap, most(50_000)),
		kv("conversations", 16<<20, 2*days, cheap, most(20_000)),
		kv("answers", 512<<20, state.KeepAnswers, most(100_000), size(768<<10)),
		kv("shown", smallBlocks, state.KeepAnswers, most(200_000)),
		kv("votes", 64<<20, keepRecords, most(100_000)),
		kv("marks", 16<<20, 0, most(20_000)),
		kv("jobs", 64<<20, t.Result, size(768<<10)),
		kv("facts", 4<<20, 0),
		kv("leases", 8<<20, maxLease, most(20_000), told),
		kv("replicas", 1<<20, t.Replica, told),
		{
			Name: l.stream("inbox"), Subjects: []string{l.subject("inbox.>")}, Retention: jetstream.WorkQueuePolicy,
			MaxAge: state.MaxJobAge, Duplicates: replayWindow, MaxMsgSize: 192 << 10, MaxBytes: 64 << 20, AllowMsgTTL: true,
			Discard: jetstream.DiscardNew, MaxMsgsPerSubject: state.MaxPending, DiscardNewPerSubject: true,
		},
		{
			Name: l.stream("budget"), Subjects: []string{l.subject("budget.>")}, AllowMsgCounter: true, MaxMsgsPerSubject: 1,
			MaxAge: keepRecords, Duplicates: 20 * time.Minute, MaxBytes: 4 << 20, MaxMsgSize: 1 << 10, Discard: jetstream.DiscardOld,
		},
		{
			Name: l.stream("audit"), Subjects: []string{l.subject("audit.>")}, MaxAge: keepRecords, MaxBytes: 64 << 20, MaxMsgs: 100_000,
			MaxMsgSize: 64 << 10, Discard: jetstream.DiscardOld, AllowMsgTTL: true,
		},
		{
			Name: "OBJ_" + l.bucket("bundles"), Subjects: []string{"$O." + l.bucket("bundles") + ".C.>", "$O." + l.bucket("bundles") + ".M.>"},
			MaxBytes: 512 << 20, Discard: jetstream.DiscardNew, AllowRollup: true,
		},
	}
	for i := range list {
		c := &list[i]
		c.Storage, c.Replicas = jetstream.FileStorage, replicas
		// Reads go to the leader: another replica may not have yet what was written a moment ago.
		c.AllowDirect = false
		raw, err := json.Marshal(c)
		if err != nil { // settings are plain data
			panic(err)
		}
		sum := sha256.Sum256(raw)
		c.Metadata = map[string]string{layoutKey: hex.EncodeToString(sum[:8])}
	}
	return list
}

// setUp brings the engine's streams to the layout, all before anything is written: a subject without a stream costs half a second.
func (s *Store) setUp(ctx context.Context) error {
	s.layout = layout{s.opts.Prefix}
	list := s.layout.streams(s.opts.Timing, s.opts.Replicas)
	made := make([]jetstream.Stream, len(list))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(4)
	for i, c := range list {
		g.Go(func() error {
			return s.patiently(gctx, func(ctx context.Context) (err error) {
				made[i], err = s.ensure(ctx, c)
				return err
			})
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	byName := map[string]jetstream.Stream{}
	for i, c := range list {
		byName[c.Name] = made[i]
	}
	s.bind(byName)
	return s.patiently(ctx, func(ctx context.Context) (err error) {
		if s.bundles, err = s.js.ObjectStore(ctx, s.layout.bucket("bundles")); err != nil {
			return err
		}
		s.workers, err = s.ensureWorkers(ctx)
		return err
	})
}

// ensure makes a stream, or changes it where it was made with other settings.
func (s *Store) ensure(ctx context.Context, c jetstream.StreamConfig) (jetstream.Stream, error) {
	stream, err := s.js.Stream(ctx, c.Name)
	switch {
	case errors.Is(err, jetstream.ErrStreamNotFound):
		stream, err = s.js.CreateStream(ctx, c)
		for tries := 0; code(err) == codeNoStore && tries < 3 && pause(ctx, 50*time.Millisecond) == nil; tries++ {
			stream, err = s.js.CreateStream(ctx, c) // another process is making it at this moment, or the disk is not well
		}
	case err != nil:
	case stream.CachedInfo().Config.Metadata[layoutKey] != c.Metadata[layoutKey]:
		stream, err = s.js.UpdateStream(ctx, c)
	}
	if err != nil {
		return nil, fmt.Errorf("stream %s: %w", c.Name, err)
	}
	return stream, nil
}

func (s *Store) bind(streams map[string]jetstream.Stream) {
	kv := func(name string) *bucket {
		return &bucket{s: s, stream: streams[s.layout.kv(name)], name: s.layout.bucket(name), subject: "$KV." + s.layout.bucket(name) + "."}
	}
	s.claims, s.limits, s.conversations, s.answers, s.shown = kv("claims"), kv("limits"), kv("conversations"), kv("answers"), kv("shown")
	s.votes, s.marks, s.facts, s.jobs = kv("votes"), kv("marks"), kv("facts"), kv("jobs")
	// In a cluster memory is the servers' own, and replicas of the version before this one would not read what is compressed.
	s.answers.compressed, s.jobs.compressed = s.server != nil, s.server != nil
	s.leases, s.replicas = kv("leases"), kv("replicas")
	s.inbox, s.budget, s.audits = streams[s.layout.stream("inbox")], streams[s.layout.stream("budget")], streams[s.layout.stream("audit")]
}
