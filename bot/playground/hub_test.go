package playground_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"enlace/bot/discordtest"
)

// discordtestDeadline is more than a bot has for its first response.
const discordtestDeadline = 4 * time.Second

func TestEventsComeInOrderAndNumbered(t *testing.T) {
	w := start(t)
	ana, ben := w.tab(nil), w.tab(nil)
	follow := ana.follow()
	if first := follow.next(); first.kind != "state" || first.id != "1" {
		t.Fatalf("%s %s", first.id, first.kind)
	}
	const n = 30
	for i := range n {
		ben.does("say", map[string]any{"channel": w.channel("general").ID, "text": fmt.Sprint("message ", i)}, "")
	}
	last := 1
	for i := 0; i < n; {
		e := follow.next()
		id, err := strconv.Atoi(e.id)
		if err != nil || id != last+1 {
			t.Fatalf("event %s after %d", e.id, last)
		}
		last = id
		if e.kind != "message" {
			continue
		}
		if e.data["content"] != fmt.Sprint("message ", i) {
			t.Fatalf("message %d is %v", i, e.data["content"])
		}
		i++
	}
}

func TestAMessageNeverGoesBackAndGoesWhenItIsDeleted(t *testing.T) {
	w := start(t)
	ana := w.tab(nil)
	follow := ana.follow()
	id := ana.does("say", map[string]any{"channel": w.channel("general").ID, "text": "0"}, "message")
	for i := range 5 {
		ana.does("edit", map[string]any{"message": id, "text": fmt.Sprint(i + 1)}, "")
	}
	ana.does("delete", map[string]any{"message": id}, "")
	last := ""
	for {
		e := follow.next()
		if e.kind == "gone" {
			if e.data["id"] != id {
				t.Errorf("%s", e.raw)
			}
			break
		}
		if e.kind != "message" {
			continue
		}
		if got := e.data["content"].(string); got < last {
			t.Errorf("%q after %q", got, last)
		} else {
			last = got
		}
	}
}

func TestAStreamBeginsWithEverythingThatThePersonSees(t *testing.T) {
	w := start(t)
	poster := w.d.Guild("Playground").Member("poster")
	m := poster.Says(w.channel("general"), "<img src=x onerror=alert(1)>")
	thread := poster.StartsThread(w.channel("general"), m, "a thread")
	poster.Says(thread, "inside")
	ana := w.tab(map[string]any{"name": "Ana"})
	state := ana.follow().next()
	for _, want := range []string{`"name":"a thread","kind":"thread"`, `"kind":"dm"`, `"content":"inside"`, `\u003cimg src=x`, `"person":{"id":`, `"guild":"Playground"`} {
		if !strings.Contains(state.raw, want) {
			t.Errorf("missing %s in %s", want, state.raw)
		}
	}
}

func TestTypingIsToldToOthers(t *testing.T) {
	w := start(t)
	ana, ben := w.tab(nil), w.tab(nil)
	follow := ana.follow()
	follow.until("state", nil)
	ana.does("type", map[string]any{"channel": w.channel("general").ID}, "")
	ben.does("type", map[string]any{"channel": w.channel("general").ID}, "")
	if e := follow.until("typing", nil); !strings.Contains(e.raw, ben.name) {
		t.Errorf("%s", e.raw)
	}
}

func TestStreamsAreBoundedAndComeBack(t *testing.T) {
	w := start(t)
	ana := w.tab(nil)
	var open []*stream
	for range 32 {
		open = append(open, ana.follow())
	}
	if status, _, _ := w.ask("GET", "/events?session="+ana.token, nil, nil); status != http.StatusServiceUnavailable {
		t.Errorf("one more stream: %d", status)
	}
	for _, s := range open {
		s.stop()
	}
	for end := time.Now().Add(5 * time.Second); ; {
		req, err := http.NewRequestWithContext(t.Context(), "GET", w.origin()+"/events?session="+ana.token, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := w.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode == 200 {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the places of streams that ended stay taken")
		}
	}
}

func TestSessionsAreBounded(t *testing.T) {
	w := start(t)
	for range 64 {
		w.tab(nil)
	}
	if status, _, _ := w.ask("POST", "/session", map[string]any{}, nil); status != http.StatusServiceUnavailable {
		t.Errorf("one more person: %d", status)
	}
}

func TestAReaderWhoDoesNotReadHoldsUpNobody(t *testing.T) {
	w := start(t)
	slow, ana := w.tab(nil), w.tab(nil)
	slow.follow() // and reads nothing
	follow := ana.follow()
	follow.until("state", nil)
	poster := w.d.Guild("Playground").Member("poster")
	text := strings.Repeat("x", 1900)
	for range 3000 {
		poster.Says(w.channel("general"), text)
	}
	poster.Says(w.channel("general"), "the end")
	// Whoever reads gets there, by this stream or, where it was too fast for that one too, by the next.
	done := make(chan bool, 1)
	go func() {
		for follow.lines.Scan() {
			if strings.Contains(follow.lines.Text(), "the end") {
				done <- true
				return
			}
		}
		done <- false
	}()
	if !<-done && !strings.Contains(ana.follow().next().raw, "the end") {
		t.Error("the end does not arrive")
	}
}

func TestManyPeopleAtOnce(t *testing.T) {
	w := start(t)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			b := w.tab(map[string]any{"name": fmt.Sprint("P", i)})
			follow := b.follow()
			for n := range 10 {
				id := b.does("say", map[string]any{"channel": w.channel("general").ID, "text": fmt.Sprint(n)}, "message")
				follow.until("message", func(e event) bool { return e.data["id"] == id })
				b.does("react", map[string]any{"message": id, "emoji": "👍", "on": true}, "")
			}
		})
	}
	all.Wait()
	if n := len(w.channel("general").Messages(nil)); n != 80 {
		t.Errorf("%d messages", n)
	}
}

func TestWhoComesAndGoesOnTheBotsSideIsTold(t *testing.T) {
	w := start(t)
	ana := w.tab(nil)
	follow := ana.follow()
	follow.until("state", nil)
	w.registers(map[string]any{"name": "ask", "description": "Ask"})
	if e := follow.until("commands", nil); !strings.Contains(e.raw, `"path":"ask"`) {
		t.Errorf("%s", e.raw)
	}
	other := w.d.OtherBot("Rival")
	w.d.Guild("Playground").Joins(other)
	if _, err := other.Send(w.channel("general"), discordtest.Draft{Content: "hi"}); err != nil {
		t.Fatal(err)
	}
	if e := follow.until("person", nil); e.data["name"] != "Rival" || e.data["bot"] != true {
		t.Errorf("%s", e.raw)
	}
}
