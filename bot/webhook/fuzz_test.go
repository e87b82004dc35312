package webhook_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"enlace/bot/webhook"
)

// FuzzVerify: whatever comes, a request passes only with the one spelling of a signature that fits, and nothing panics.
func FuzzVerify(f *testing.F) {
	now := time.Unix(1_800_000_000, 0)
	stamp := strconv.FormatInt(now.Unix(), 10)
	for _, body := range [][]byte{ping, command("1"), nil, []byte("null"), []byte(`{"type":3,"data":{"components":[null]}}`), []byte(`{"type":5,"data":{"components":[{"type":99}]}}`)} {
		s := sign(stamp, body)
		f.Add(s, stamp, body)
		f.Add(strings.ToUpper(s), stamp, body)
		f.Add(s[2:], stamp, body)
		f.Add(s+"00", stamp, body)
		f.Add(s, stamp+"0", body)
		f.Add(s, "-1", body)
		f.Add(s, stamp, append(bytes.Clone(body), ' '))
		f.Add("", "", body)
	}
	d := newDesk(f, nil)
	d.now = now
	f.Cleanup(func() { d.closes(f) })
	public := private.Public().(ed25519.PublicKey)
	f.Fuzz(func(t *testing.T, signature, timestamp string, body []byte) {
		r := httptest.NewRequest(http.MethodPost, webhook.Path, bytes.NewReader(body))
		r.Header["Content-Type"] = []string{"application/json"}
		r.Header["X-Signature-Ed25519"] = []string{signature}
		r.Header["X-Signature-Timestamp"] = []string{timestamp}
		status := d.answer(r).Code
		raw, err := hex.DecodeString(signature)
		seconds, bad := strconv.ParseInt(timestamp, 10, 64)
		fits := err == nil && bad == nil && signature == hex.EncodeToString(raw) && len(raw) == ed25519.SignatureSize &&
			ed25519.Verify(public, append([]byte(timestamp), body...), raw) && now.Unix()-seconds <= 300 && seconds-now.Unix() <= 300
		if passed := status != http.StatusUnauthorized && status != http.StatusRequestEntityTooLarge; passed != fits {
			t.Errorf("status %d; it fits: %v", status, fits)
		}
	})
}

// FuzzInteraction: nothing that is signed makes the server panic, and what runs has what handlers rely on.
func FuzzInteraction(f *testing.F) {
	for _, body := range [][]byte{
		ping, command("1"), []byte("null"), []byte(`{"type":2,"data":{"options":[null]}}`), []byte(`{"type":3,"id":"1","application_id":"2","token":"t","user":{"id":"3"},"data":{"custom_id":"x"},"message":{"components":[{"type":20}]}}`),
		[]byte(`{"type":5,"id":"1","application_id":"2","token":"t","user":{"id":"3"},"data":{"custom_id":"x","components":[{"type":1,"components":[null]}]}}`),
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		d := newDesk(t, nil)
		d.answer(request(body))
		d.closes(t)
		for _, i := range d.taken {
			if i.ID == "" || i.Token == "" || i.AppID == "" || i.Data == nil || i.User == nil && (i.Member == nil || i.Member.User == nil) {
				t.Errorf("%+v", i)
			}
		}
	})
}

func BenchmarkRefuse(b *testing.B) {
	d := newDesk(b, nil)
	body := command("1")
	for name, spoil := range map[string]func(*http.Request){
		"unsigned": func(r *http.Request) { r.Header.Del("X-Signature-Ed25519") },
		"forged":   func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", sign("1", body)) },
		"stale": func(r *http.Request) {
			r.Header.Set("X-Signature-Timestamp", "1")
			r.Header.Set("X-Signature-Ed25519", sign("1", body))
		},
		"right": func(*http.Request) {},
	} {
		b.Run(name, func(b *testing.B) {
			r := request(ping)
			if name != "right" {
				r = request(body)
			}
			spoil(r)
			raw := body
			if name == "right" {
				raw = ping
			}
			b.ReportAllocs()
			for b.Loop() {
				r.Body = http.NoBody
				again := r.Clone(r.Context())
				again.Body = nopCloser{bytes.NewReader(raw)}
				d.ServeHTTP(httptest.NewRecorder(), again)
			}
		})
	}
}

type nopCloser struct{ *bytes.Reader }

func (nopCloser) Close() error { return nil }
