package discordtest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"enlace/bot/discordtest"
)

type obj = map[string]any

// api makes one REST request as the bot and returns the status and the JSON answer.
func api(t *testing.T, d *discordtest.Discord, method, path string, body any) (int, obj) {
	t.Helper()
	status, raw, _ := send(t, d, method, path, body)
	var o obj
	_ = json.Unmarshal(raw, &o)
	return status, o
}

func send(t *testing.T, d *discordtest.Discord, method, path string, body any) (int, []byte, http.Header) {
	t.Helper()
	var r io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		r = bytes.NewReader(raw)
	}
	req, err := http.NewRequest(method, "https://discord.com/api/v10"+path, r)
	if err != nil {
		t.Fatal(err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Authorization", "Bot "+d.Token())
	req.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
	resp, err := d.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, raw, resp.Header
}

// code is Discord's error code in an answer.
func code(o obj) int {
	f, _ := o["code"].(float64)
	return int(f)
}

// at follows keys through nested objects and lists; "a.0.b".
func at(o any, path string) any {
	for step := range strings.SplitSeq(path, ".") {
		switch v := o.(type) {
		case obj:
			o = v[step]
		case []any:
			i := int(step[0] - '0')
			if i >= len(v) {
				return nil
			}
			o = v[i]
		default:
			return nil
		}
	}
	return o
}

// wire is a raw gateway client.
type wire struct {
	t   *testing.T
	d   *discordtest.Discord
	ws  *websocket.Conn
	seq int64
}

type packet struct {
	Op int             `json:"op"`
	S  int64           `json:"s"`
	T  string          `json:"t"`
	D  json.RawMessage `json:"d"`
}

func (p packet) data(t *testing.T) obj {
	t.Helper()
	var o obj
	if err := json.Unmarshal(p.D, &o); err != nil {
		t.Fatalf("%s: %v", p.T, err)
	}
	return o
}

func dial(t *testing.T, d *discordtest.Discord) *wire {
	t.Helper()
	dialer := websocket.Dialer{NetDialContext: d.Dial}
	ws, _, err := dialer.Dial("ws://gateway.discord.test/?v=10&encoding=json", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ws.Close() })
	return &wire{t: t, d: d, ws: ws}
}

// next reads one packet.
func (w *wire) next() (packet, error) {
	_ = w.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
	_, raw, err := w.ws.ReadMessage()
	var p packet
	if err == nil {
		err = json.Unmarshal(raw, &p)
		w.seq = max(w.seq, p.S)
	}
	return p, err
}

// want reads packets until one has this opcode and (if given) event name.
func (w *wire) want(op int, event string) packet {
	w.t.Helper()
	for {
		p, err := w.next()
		if err != nil {
			w.t.Fatalf("waiting for op %d %s: %v", op, event, err)
		}
		if p.Op == op && (event == "" || p.T == event) {
			return p
		}
	}
}

// closed reads until the connection ends, and returns the close code, 0 for an end without one.
func (w *wire) closed() int {
	w.t.Helper()
	for {
		_, err := w.next()
		var ce *websocket.CloseError
		if errors.As(err, &ce) && ce.Code != websocket.CloseAbnormalClosure {
			return ce.Code
		}
		if err != nil && !strings.Contains(err.Error(), "invalid character") {
			return 0
		}
	}
}

func (w *wire) send(op int, data any) {
	w.t.Helper()
	if err := w.ws.WriteJSON(obj{"op": op, "d": data}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *wire) identify(intents discordtest.Intents, shard ...int) *wire {
	w.t.Helper()
	w.want(10, "")
	w.send(2, identity(w.d, intents, shard...))
	return w
}

func identity(d *discordtest.Discord, intents discordtest.Intents, shard ...int) obj {
	o := obj{"token": d.Token(), "intents": intents, "properties": obj{"os": "linux"}}
	if len(shard) == 2 {
		o["shard"] = shard
	}
	return o
}

// many lets several sessions identify at once.
func many(o *discordtest.Options) { o.MaxConcurrency = -1 }

// message reads until the message with this id is created.
func (w *wire) message(id string) obj {
	w.t.Helper()
	for {
		if o := w.want(0, "MESSAGE_CREATE").data(w.t); o["id"] == id {
			return o
		}
	}
}

// registered registers global commands.
func registered(t *testing.T, d *discordtest.Discord, commands ...obj) {
	t.Helper()
	if status, raw, _ := send(t, d, "PUT", "/applications/"+d.ApplicationID()+"/commands", commands); status != 200 {
		t.Fatalf("registering commands: %d %s", status, raw)
	}
}

// callback responds to an interaction.
func callback(t *testing.T, d *discordtest.Discord, i *discordtest.Interaction, kind int, data any) (int, obj) {
	t.Helper()
	body := obj{"type": kind}
	if data != nil {
		body["data"] = data
	}
	return api(t, d, "POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", body)
}

// hook is the path of the interaction's messages.
func hook(d *discordtest.Discord, i *discordtest.Interaction, rest string) string {
	return "/webhooks/" + d.ApplicationID() + "/" + i.Token + rest
}
