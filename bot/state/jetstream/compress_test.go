package jetstream

import (
	"bytes"
	"compress/flate"
	"crypto/rand"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"enlace/bot/state"
	"enlace/bot/state/clustertest"
	"enlace/knowledge"
)

func TestWhatIsCompressedComesBack(t *testing.T) {
	noise := make([]byte, 4000)
	_, _ = rand.Read(noise) // it never fails
	for _, c := range []struct {
		what    string
		value   []byte
		shorter bool
	}{
		{"nothing", nil, false},
		{"a short value", []byte(strings.Repeat("a", leastCompressed-1)), false},
		{"a text", []byte(strings.Repeat("The pier was built of oak. ", 40)), true},
		{"noise", noise, false},
	} {
		m := &nats.Msg{Data: bytes.Clone(c.value), Header: nats.Header{}}
		compress(m)
		if shorter := len(m.Data) < len(c.value); shorter != c.shorter {
			t.Errorf("%s: %d bytes became %d", c.what, len(c.value), len(m.Data))
		}
		if got := decompressed(m.Data, m.Header); !bytes.Equal(got, c.value) {
			t.Errorf("%s: %q came back as %q", c.what, c.value, got)
		}
	}
}

func TestWhatCannotBeDecompressedIsNone(t *testing.T) {
	var bomb bytes.Buffer
	w, err := flate.NewWriter(&bomb, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(make([]byte, mostInflated+1)); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what, encoding string
		value          []byte
	}{
		{"rubbish", deflated, []byte("no deflate")},
		{"half of it", deflated, bomb.Bytes()[:bomb.Len()/2]},
		{"more than anything is long", deflated, bomb.Bytes()},
		{"an encoding of tomorrow", "zstd", []byte("{}")},
	} {
		if got := decompressed(c.value, nats.Header{headerEncoding: {c.encoding}}); got != nil {
			t.Errorf("%s is %d bytes", c.what, len(got))
		}
	}
}

// An answer takes fewer bytes than it has, and one that was stored before there was compression is read as it always was.
func TestAnswersAreCompressed(t *testing.T) {
	t.Parallel()
	s, now := alone(t, t.TempDir(), -1), time.Now()
	want := state.Answer{ID: "a1", User: "u1", Asked: "what is the pier made of", At: now.UTC().Truncate(0), Answer: knowledge.Answer{Text: strings.Repeat("The pier was built of oak. ", 40)}}
	if err := s.PutAnswer(t.Context(), now, want); err != nil {
		t.Fatal(err)
	}
	m, err := s.answers.stream.GetLastMsgForSubject(t.Context(), s.answers.subject+key("a1"))
	if err != nil {
		t.Fatal(err)
	}
	if m.Header.Get(headerEncoding) != deflated || len(m.Data) > len(want.Answer.Text)/2 {
		t.Errorf("%d bytes are stored as %q", len(m.Data), m.Header.Get(headerEncoding))
	}
	s.answers.compressed = false
	before := want
	before.ID = "a2"
	if err := s.PutAnswer(t.Context(), now, before); err != nil {
		t.Fatal(err)
	}
	s.answers.compressed = true
	for _, want := range []state.Answer{want, before} {
		if got, ok, err := s.Answer(t.Context(), now, want.ID); err != nil || !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%s came back as %+v, %v, %v", want.ID, got, ok, err)
		}
	}
}

// What cannot be read is none, and is erased with the rest of what is its owner's.
func TestWhatCannotBeReadIsErased(t *testing.T) {
	t.Parallel()
	s := alone(t, t.TempDir(), -1)
	for _, b := range []*bucket{s.answers, s.jobs} {
		if err := b.put(t.Context(), key("x"), []byte("rubbish"), with(headerEncoding, "zstd"), with(headerUser, key("u1")), at(time.Now())); err != nil {
			t.Fatal(err)
		}
	}
	if _, ok, err := s.Answer(t.Context(), time.Now(), "x"); ok || err != nil {
		t.Errorf("an answer that cannot be read: %v, %v", ok, err)
	}
	if _, ok, err := s.Result(t.Context(), "x"); ok || err != nil {
		t.Errorf("a result that cannot be read: %v, %v", ok, err)
	}
	if _, err := s.Erase(t.Context(), "u1"); err != nil {
		t.Fatal(err)
	}
	for _, b := range []*bucket{s.answers, s.jobs} {
		if e, err := b.get(t.Context(), key("x")); err != nil || e.revision > 0 {
			t.Errorf("%s still has it: %+v, %v", b.name, e, err)
		}
	}
}

// Replicas of the version before compression share a cluster with those of this one.
func TestNothingIsCompressedInACluster(t *testing.T) {
	t.Parallel()
	s, err := Open(t.Context(), Options{URL: clustertest.Start(t, 1).URL(), Replicas: 1, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	payload := []byte(strings.Repeat("The pier was built of oak. ", 40))
	if err := s.PutResult(t.Context(), state.Result{ID: "r", Payload: payload}); err != nil {
		t.Fatal(err)
	}
	m, err := s.jobs.stream.GetLastMsgForSubject(t.Context(), s.jobs.subject+key("r"))
	if err != nil || !bytes.Equal(m.Data, payload) {
		t.Errorf("%d of %d bytes are stored, %v", len(m.Data), len(payload), err)
	}
}
