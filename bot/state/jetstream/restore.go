package jetstream

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const (
	// restoreTime bounds one request of a restore: the last one is answered when the stream is there, in a cluster on its replicas.
	restoreTime = 60 * time.Second
	// restoreChunk is small because a server gives up a restore when it works on one chunk for 5 s, and a slow disk confirms a hundred
	// messages in a second.
	restoreChunk = 4 << 10
)

// Restore fills an engine, embedded or a cluster, with a backup of either. The engine must hold nothing of this prefix yet, and no bot
// may run on it. Where it fails, what it has restored is removed again.
func Restore(ctx context.Context, opts Options, dir string) (Backed, error) {
	b, err := readBackup(dir)
	if err != nil {
		return b, err
	}
	if opts.Prefix != "" && opts.Prefix != b.Prefix {
		return b, fmt.Errorf("the backup is of the prefix %s, not %s", b.Prefix, opts.Prefix)
	}
	opts.Prefix = b.Prefix
	opts.filling = true
	s, err := connect(ctx, opts)
	if err != nil {
		return b, err
	}
	err = s.nobody(ctx)
	if err == nil {
		err = s.restoreAll(ctx, b, dir)
	}
	if err == nil {
		err = s.setUp(ctx) // bounds and replicas as this version has them
	}
	err = errors.Join(err, s.Close())
	if err == nil && opts.URL == "" {
		err = syncAll(opts.Dir)
	}
	return b, err
}

// syncAll has everything below a directory written to the disk.
func syncAll(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() && !d.IsDir() {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		err = f.Sync()
		if d.IsDir() {
			err = nil // not every system can
		}
		return errors.Join(err, f.Close())
	})
}

// readBackup reads and checks a backup before anything is touched.
func readBackup(dir string) (b Backed, err error) {
	raw, err := os.ReadFile(filepath.Join(dir, indexName))
	if err != nil {
		return b, fmt.Errorf("%s is no backup: %w", dir, err)
	}
	if err := json.Unmarshal(raw, &b); err != nil || b.Format < firstFormat || b.Format > backupFormat || !validPrefix.MatchString(b.Prefix) {
		return b, fmt.Errorf("%s is no backup that this version can read (format %d, wanted %d or less)", filepath.Join(dir, indexName), b.Format, backupFormat)
	}
	for _, stream := range b.Streams {
		if stream.File != stream.Name+".snapshot" || strings.ContainsAny(stream.Name, `/\. *>`) {
			return b, fmt.Errorf("%q in the backup is no name of a stream", stream.Name)
		}
		if err := check(filepath.Join(dir, stream.File), stream.SHA256); err != nil {
			return b, err
		}
	}
	return b, nil
}

func check(path, want string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		return fmt.Errorf("%s is damaged: its SHA-256 is %s, the backup's index says %s", path, got, want)
	}
	return nil
}

func (s *Store) restoreAll(ctx context.Context, b Backed, dir string) (err error) {
	known := map[string]jetstream.StreamConfig{}
	for _, c := range (layout{b.Prefix}).streams(s.opts.Timing, s.opts.Replicas) {
		known[c.Name] = c
	}
	for _, c := range known {
		if err := s.makeRoom(ctx, c); err != nil {
			return err
		}
	}
	var done []string
	defer func() {
		if err == nil {
			return
		}
		for _, name := range done {
			err = errors.Join(err, s.js.DeleteStream(context.WithoutCancel(ctx), name))
		}
	}()
	for i, stream := range b.Streams {
		s.progress(i, len(b.Streams))
		c, ok := known[stream.Name]
		if !ok {
			return fmt.Errorf("the backup has a stream %s, which this version does not know", stream.Name)
		}
		if err := s.restoreSoon(ctx, stream, c, filepath.Join(dir, stream.File)); err != nil {
			return fmt.Errorf("stream %s: %w", stream.Name, err)
		}
		done = append(done, stream.Name)
	}
	s.progress(len(b.Streams), len(b.Streams))
	return nil
}

// restoreTries is how often one stream is restored at most.
const restoreTries = 5

// restoreSoon is restore, tried again where the server is still clearing away the streams that made room.
func (s *Store) restoreSoon(ctx context.Context, stream BackedStream, c jetstream.StreamConfig, path string) (err error) {
	for try := 1; ; try++ {
		if err = s.restore(ctx, stream, c, path); code(err) != codeNotRestored || try == restoreTries || pause(ctx, 200*time.Millisecond) != nil {
			return err
		}
	}
}

// nobody returns an error where replicas of the bot run on the engine.
func (s *Store) nobody(ctx context.Context) error {
	s.layout = layout{s.opts.Prefix}
	stream, err := s.js.Stream(ctx, s.layout.kv("replicas"))
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	s.bind(map[string]jetstream.Stream{s.layout.kv("replicas"): stream})
	list, err := s.Replicas(ctx)
	if err != nil || len(list) == 0 {
		return err
	}
	return fmt.Errorf("a bot runs on %s: %s (stop it, and wait for %s if it ended without notice)", s.place(), list[0].ID, s.opts.Timing.Replica)
}

// makeRoom removes a stream that is there but empty, and refuses one that is not.
func (s *Store) makeRoom(ctx context.Context, c jetstream.StreamConfig) error {
	stream, err := s.js.Stream(ctx, c.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := stream.Purge(ctx, jetstream.WithPurgeSubject(strings.TrimSuffix(c.Subjects[0], ">")+canary)); err != nil {
		return err
	}
	info, err := stream.Info(ctx)
	if err != nil {
		return err
	}
	if n := info.State.Msgs; n > 0 && !(layout{s.opts.Prefix}).passing(c.Name) {
		return fmt.Errorf("%s holds a state already (%d messages in %s): a backup is restored into an empty one", s.place(), n, c.Name)
	}
	return s.js.DeleteStream(ctx, c.Name)
}

// restore sends a snapshot in chunks, each of which is acknowledged; an empty one ends it.
func (s *Store) restore(ctx context.Context, b BackedStream, c jetstream.StreamConfig, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	c.Metadata = nil // it is brought to the layout afterwards
	a, err := s.ask(ctx, restoreAsk+b.Name, map[string]any{"config": c, "state": b.State})
	if err != nil {
		return err
	}
	for chunk := make([]byte, restoreChunk); ; {
		n, err := io.ReadFull(f, chunk)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return err
		}
		try, cancel := context.WithTimeout(ctx, restoreTime)
		m, err := s.nc.RequestWithContext(try, a.DeliverSubject, chunk[:n])
		cancel()
		if err != nil {
			return err
		}
		var said snapshotAnswer
		if len(m.Data) > 0 && json.Unmarshal(m.Data, &said) == nil && said.Error != nil {
			return said.Error
		}
		if n == 0 {
			return nil
		}
	}
}
