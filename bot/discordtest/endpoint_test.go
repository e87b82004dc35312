package discordtest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/discordtest"
)

// receiver is an interactions endpoint that verifies signatures and hands the rest to answer.
func receiver(t *testing.T, d *discordtest.Discord, answer func(w http.ResponseWriter, i *discordgo.Interaction)) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !discordgo.VerifyInteraction(r, d.PublicKey()) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		raw, _ := io.ReadAll(r.Body)
		var i discordgo.Interaction
		if err := json.Unmarshal(raw, &i); err != nil {
			t.Errorf("%s: %v", raw, err)
		}
		if i.Type == discordgo.InteractionPing {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"type":1}`)
			return
		}
		answer(w, &i)
	}))
	t.Cleanup(srv.Close)
	return srv
}

func TestHTTPInteractions(t *testing.T) {
	d := discordtest.New(t)
	registered(t, d, obj{"name": "ask", "description": "Ask"})
	s := session(t, d)
	inline := true
	srv := receiver(t, d, func(w http.ResponseWriter, i *discordgo.Interaction) {
		if inline {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"type":4,"data":{"content":"inline"}}`)
			return
		}
		if err := s.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{Content: "by callback"}}); err != nil {
			t.Error(err)
		}
		w.WriteHeader(http.StatusAccepted)
	})
	if err := d.UseEndpoint(srv.URL, srv.Client()); err != nil {
		t.Fatal(err)
	}
	if err := d.ProbeEndpoint(); err != nil {
		t.Errorf("routine checks: %v", err)
	}
	w := dial(t, d).identify(messageIntents)
	w.want(0, "READY")
	ana, general := d.Guild("Library").Member("ana"), d.Guild("Library").Channel("general")
	if m := ana.Slash(general, "ask").Reply(); m.Content != "inline" {
		t.Errorf("reply is %v", m)
	}
	inline = false
	if m := ana.Slash(general, "ask").Reply(); m.Content != "by callback" {
		t.Errorf("reply is %v", m)
	}
	w.send(1, 0)
	for p := w.want(0, "MESSAGE_CREATE"); ; {
		if p.T == "INTERACTION_CREATE" {
			t.Error("an interaction came over the gateway too")
		}
		if p.Op == 11 {
			break
		}
		var err error
		if p, err = w.next(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEndpointsThatDiscordRefuses(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"no signature check": func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, `{"type":1}`) },
		"401 for everything": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(401) },
		"wrong pong":         func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, `{}`) },
	} {
		t.Run(name, func(t *testing.T) {
			d := discordtest.New(t)
			srv := httptest.NewServer(handler)
			defer srv.Close()
			if err := d.UseEndpoint(srv.URL, srv.Client()); err == nil {
				t.Error("the endpoint was taken")
			}
		})
	}
}

func TestSpoiledSignatures(t *testing.T) {
	d := discordtest.New(t)
	executed := 0
	srv := receiver(t, d, func(http.ResponseWriter, *discordgo.Interaction) { executed++ })
	body := []byte(`{"id":"1","application_id":"2","type":2,"token":"x","version":1,"data":{"id":"1","name":"ask","type":1}}`)
	for name, spoil := range map[string]func(r *http.Request){
		"none":         func(r *http.Request) { r.Header.Del("X-Signature-Ed25519") },
		"short":        func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", r.Header.Get("X-Signature-Ed25519")[2:]) },
		"of another":   func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", d.Sign("1", []byte("other"))) },
		"another time": func(r *http.Request) { r.Header.Set("X-Signature-Timestamp", "1") },
	} {
		r := d.SignedRequest(srv.URL, body)
		spoil(r)
		resp, err := srv.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != 401 {
			t.Errorf("signature %s: %d", name, resp.StatusCode)
		}
	}
	if executed != 0 {
		t.Errorf("%d spoiled requests were executed", executed)
	}
}
