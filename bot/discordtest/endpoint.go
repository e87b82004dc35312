package discordtest

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// endpoint is where interactions go when the application has set an Interactions Endpoint URL.
type endpoint struct {
	d      *Discord
	url    string
	client *http.Client
}

func signingKey(token string) ed25519.PrivateKey {
	seed := sha256.Sum256([]byte("discordtest " + token))
	return ed25519.NewKeyFromSeed(seed[:])
}

// PublicKey is the application's public key, which signed requests verify with.
func (d *Discord) PublicKey() ed25519.PublicKey { return d.sign.Public().(ed25519.PublicKey) }

func (d *Discord) publicKeyHex() string { return hex.EncodeToString(d.PublicKey()) }

// PublicKeyHex is the public key as the portal shows it.
func (d *Discord) PublicKeyHex() string { return d.publicKeyHex() }

func (d *Discord) endpointURL() any {
	if d.endpoint == nil {
		return nil
	}
	return d.endpoint.url
}

// UseEndpoint sets the Interactions Endpoint URL, after the checks that Discord makes at saving; from then on
// interactions come by HTTP only. A nil client is http.DefaultClient; "" as url goes back to the gateway.
func (d *Discord) UseEndpoint(url string, client *http.Client) error {
	if url == "" {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.endpoint = nil
		return nil
	}
	if client == nil {
		client = http.DefaultClient
	}
	e := &endpoint{d: d, url: url, client: client}
	if err := e.probe(); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.endpoint = e
	return nil
}

// ProbeEndpoint makes the checks that Discord makes routinely: a signed PING wants 200 and {"type":1}, PINGs with a
// bad or without a signature want 401. On an error Discord would remove the URL.
func (d *Discord) ProbeEndpoint() error {
	d.mu.Lock()
	e := d.endpoint
	d.mu.Unlock()
	if e == nil {
		return fmt.Errorf("no interactions endpoint is set")
	}
	return e.probe()
}

func (e *endpoint) probe() error {
	e.d.mu.Lock()
	ping := object{"id": e.d.newID(), "application_id": applicationID, "type": InteractionPing, "token": "ping", "version": 1, "entitlements": []any{},
		"user": e.d.bot.json()}
	e.d.mu.Unlock()
	body, err := json.Marshal(ping)
	if err != nil {
		return err
	}
	good := e.d.SignedRequest(e.url, body)
	bad := e.d.SignedRequest(e.url, body)
	bad.Header.Set("X-Signature-Ed25519", hex.EncodeToString(make([]byte, ed25519.SignatureSize)))
	unsigned := e.d.SignedRequest(e.url, body)
	unsigned.Header.Del("X-Signature-Ed25519")
	status, answer, err := e.send(good)
	if err != nil {
		return err
	}
	var pong struct{ Type int }
	if status != http.StatusOK || json.Unmarshal(answer, &pong) != nil || pong.Type != RespondPong {
		return fmt.Errorf(`a signed PING was answered with %d %s; wanted 200 {"type":1}`, status, answer)
	}
	for what, r := range map[string]*http.Request{"with a bad signature": bad, "without a signature": unsigned} {
		if status, _, err := e.send(r); err != nil || status != http.StatusUnauthorized {
			return fmt.Errorf("a PING %s was answered with %d (%v); wanted 401", what, status, err)
		}
	}
	return nil
}

// Sign returns the signature of a body, as X-Signature-Ed25519 holds it.
func (d *Discord) Sign(timestamp string, body []byte) string {
	return hex.EncodeToString(ed25519.Sign(d.sign, append([]byte(timestamp), body...)))
}

// SignedRequest is an interaction request as Discord sends it, signed now; spoil its headers to test the receiver.
func (d *Discord) SignedRequest(url string, body []byte) *http.Request {
	return d.SignedRequestAt(url, body, d.Now())
}

// SignedRequestAt is SignedRequest with another time.
func (d *Discord) SignedRequestAt(url string, body []byte, at time.Time) *http.Request {
	r, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	d.must(err)
	timestamp := strconv.FormatInt(at.Unix(), 10)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)")
	r.Header.Set("X-Signature-Timestamp", timestamp)
	r.Header.Set("X-Signature-Ed25519", d.Sign(timestamp, body))
	return r
}

// Payload is the interaction as JSON, for requests of one's own.
func (i *Interaction) Payload() []byte {
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	raw, err := json.Marshal(i.payload())
	if err != nil {
		panic("discordtest: " + err.Error())
	}
	return raw
}

func (e *endpoint) send(r *http.Request) (int, []byte, error) {
	ctx, cancel := context.WithTimeout(e.d.ctx, ackWithin)
	defer cancel()
	resp, err := e.client.Do(r.WithContext(ctx))
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxRequest))
	return resp.StatusCode, body, err
}

// deliver sends the interaction and takes an answer in the body as the first response; 202 means that the bot uses the callback route.
func (e *endpoint) deliver(i *Interaction, payload object) {
	raw, err := json.Marshal(payload)
	if err != nil {
		panic("discordtest: " + err.Error())
	}
	status, body, err := e.send(e.d.SignedRequest(e.url, raw))
	if err != nil || status != http.StatusOK || len(bytes.TrimSpace(body)) == 0 {
		return // without a callback the three seconds end it
	}
	c := &call{d: e.d, method: http.MethodPost, raw: body, version: 10, header: http.Header{"Content-Type": {"application/json"}}}
	c.route.template = "/interactions/{interaction_id}/{interaction_token}/callback"
	if c.decode().status != 0 {
		return
	}
	if violation := e.d.checkDescription(c); violation != nil {
		e.d.rest.violate(*violation, &Request{At: e.d.Now(), Route: "HTTP interaction", Raw: body, Body: c.body})
	}
	e.d.mu.Lock()
	defer e.d.mu.Unlock()
	if rep := i.take(c); rep.status != 0 {
		e.d.opts.Logf("discordtest: the answer to %v was refused: %v", i, rep.body)
	}
}
