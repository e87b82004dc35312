package jetstream

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// A backup is a directory with one file for each stream and an index of them. A stream's file is what the engine's snapshot API
// gives: a compressed archive of its messages and consumers (NATS docs, JetStream API, "stream snapshot").
const (
	indexName     = "backup.json"
	backupFormat  = 2 // values may be compressed
	firstFormat   = 1
	snapshotAsk   = "$JS.API.STREAM.SNAPSHOT."
	restoreAsk    = "$JS.API.STREAM.RESTORE."
	chunkSize     = 256 << 10
	windowSize    = 4 << 20
	snapshotPause = 10 * time.Second // between two chunks
)

// Backed is what is in a backup.
type Backed struct {
	Format  int
	At      time.Time
	Prefix  string
	Streams []BackedStream
}

// BackedStream is a stream in a backup.
type BackedStream struct {
	Name     string
	File     string
	SHA256   string
	Size     int64 // of the file in bytes
	Messages uint64
	Config   json.RawMessage // as the engine gave them
	State    json.RawMessage
}

// answer is what the API answers a request for a snapshot or a restore.
type snapshotAnswer struct {
	Error          *jetstream.APIError `json:"error"`
	DeliverSubject string              `json:"deliver_subject"`
	Config         json.RawMessage     `json:"config"`
	State          json.RawMessage     `json:"state"`
}

// ask makes a request to the API.
func (s *Store) ask(ctx context.Context, subject string, body any) (a snapshotAnswer, err error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return a, err
	}
	m, err := s.nc.RequestWithContext(ctx, subject, raw)
	if err == nil {
		err = json.Unmarshal(m.Data, &a)
	}
	if err == nil && a.Error != nil {
		err = a.Error
	}
	return a, err
}

// Backup writes everything but leases and who is there to a directory, which must be empty or missing. Each stream is of one moment, all of them within the
// moments that it takes; the bot may go on meanwhile.
func (s *Store) Backup(ctx context.Context, dir string) (Backed, error) {
	b := Backed{Format: backupFormat, At: time.Now().UTC(), Prefix: s.opts.Prefix}
	if err := emptyDir(dir); err != nil {
		return b, err
	}
	if s.ledger != nil {
		if err := s.ledger.write(opTime); err != nil {
			return b, err
		}
	}
	list := slices.DeleteFunc(s.layout.streams(s.opts.Timing, s.opts.Replicas), func(c jetstream.StreamConfig) bool { return s.layout.passing(c.Name) })
	for i, c := range list {
		s.progress(i, len(list))
		stream, err := s.snapshot(ctx, c.Name, dir)
		if err != nil {
			return b, fmt.Errorf("stream %s: %w", c.Name, s.named("backup", err))
		}
		b.Streams = append(b.Streams, stream)
	}
	s.progress(len(list), len(list))
	raw, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return b, err
	}
	// The index comes last: a directory without one is no backup.
	return b, os.WriteFile(filepath.Join(dir, indexName), append(raw, '\n'), 0o600)
}

func (s *Store) progress(done, all int) {
	if s.opts.Progress != nil {
		s.opts.Progress(done, all)
	}
}

func emptyDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	list, err := os.ReadDir(dir)
	if err == nil && len(list) > 0 {
		err = fmt.Errorf("%s is not empty: a backup needs a directory of its own", dir)
	}
	return err
}

func (s *Store) snapshot(ctx context.Context, name, dir string) (b BackedStream, err error) {
	b.Name, b.File = name, name+".snapshot"
	f, err := os.OpenFile(filepath.Join(dir, b.File), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return b, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	inbox := s.nc.NewInbox()
	sub, err := s.nc.SubscribeSync(inbox)
	if err != nil {
		return b, err
	}
	defer func() { _ = sub.Unsubscribe() }()
	a, err := s.ask(ctx, snapshotAsk+name, map[string]any{"deliver_subject": inbox, "jsck": true, "chunk_size": chunkSize, "window_size": windowSize})
	if err != nil {
		return b, err
	}
	b.Config, b.State = a.Config, a.State
	b.Messages = messages(a.State)
	sum := sha256.New()
	if b.Size, err = receive(ctx, sub, io.MultiWriter(f, sum)); err != nil {
		return b, err
	}
	b.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return b, f.Sync()
}

func messages(state json.RawMessage) uint64 {
	var st struct{ Messages uint64 }
	_ = json.Unmarshal(state, &st) // only told to people
	return st.Messages
}

// receive writes the chunks of a snapshot: each is acknowledged, an empty one is the end and says how it went.
func receive(ctx context.Context, sub *nats.Subscription, to io.Writer) (size int64, err error) {
	for {
		waiting, cancel := context.WithTimeout(ctx, snapshotPause)
		m, err := sub.NextMsgWithContext(waiting)
		cancel()
		if err != nil {
			return size, err
		}
		if len(m.Data) == 0 {
			if status := m.Header.Get("Status"); status != "" && status != "204" {
				return size, fmt.Errorf("the engine broke off: %s %s", status, m.Header.Get("Description"))
			}
			return size, nil
		}
		n, err := to.Write(m.Data)
		size += int64(n)
		if err != nil {
			return size, err
		}
		if m.Reply != "" {
			if err := m.Respond(nil); err != nil {
				return size, err
			}
		}
	}
}
