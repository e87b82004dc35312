package webhook_test

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/webhook"
)

func TestTheKeyIsCheckedAtTheStart(t *testing.T) {
	good := publicKey()
	for key, says := range map[string]string{
		"": "0 characters", good[2:]: "62 characters", good + "00": "66 characters", strings.Repeat("g", 64): "64 hexadecimal digits", good[:63]: "63 characters",
		strings.Repeat("0", 64):                                            "placeholder",
		"01" + strings.Repeat("0", 62):                                     "placeholder",
		"ec" + strings.Repeat("f", 60) + "7f":                              "placeholder",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05": "placeholder",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a": "placeholder",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85": "placeholder",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa": "placeholder",
	} {
		for _, err := range []error{opened(webhook.New(newPipes(), webhook.Options{PublicKey: key, Handler: &desk{}})), opened(webhook.Listen("127.0.0.1:0", webhook.Options{PublicKey: key, Handler: &desk{}}))} {
			if err == nil || !strings.Contains(err.Error(), says) || !errors.Is(err, webhook.ErrKey) {
				t.Errorf("%q: %v", key, err)
			}
		}
	}
	for n := range 30 {
		seed := make([]byte, ed25519.SeedSize)
		seed[0] = byte(n)
		key := hex.EncodeToString(ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey))
		if _, err := webhook.New(newPipes(), webhook.Options{PublicKey: strings.ToUpper(key), Handler: &desk{}}); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
	if _, err := webhook.New(newPipes(), webhook.Options{PublicKey: good}); err == nil {
		t.Error("no handler is no error")
	}
}

func opened(_ *webhook.Server, err error) error { return err }

func TestAnAddressInUseIsAnErrorAtTheStart(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := webhook.Listen(l.Addr().String(), webhook.Options{PublicKey: publicKey(), Handler: &desk{}}); err == nil || !strings.Contains(err.Error(), "discord.interactions.listen") {
		t.Errorf("%v", err)
	}
}

func TestFullHandsAreToldAtOnceAndMayComeAgain(t *testing.T) {
	release := make(chan struct{})
	d := newDesk(t, nil, func(o *webhook.Options) { o.Running = 2 })
	d.handle = func(context.Context, *discordgo.Interaction) { <-release }
	for n, want := range []int{202, 202, 503, 503} {
		w := d.answer(request(command(fmt.Sprint(n + 1))))
		if w.Code != want {
			t.Errorf("%d: %d", n, w.Code)
		}
		if want == 503 && (d.last() != webhook.Busy || w.Header().Get("Retry-After") == "") {
			t.Errorf("%d: %q", n, d.last())
		}
	}
	if w := d.answer(request(ping)); w.Code != 200 {
		t.Errorf("a PING among them: %d", w.Code)
	}
	close(release)
	d.closes(t)
	if d.count() != 2 || d.accepted != 2 {
		t.Errorf("%d ran", d.count())
	}

	again := newDesk(t, nil, func(o *webhook.Options) { o.Running = 1 })
	hold := make(chan struct{})
	again.handle = func(context.Context, *discordgo.Interaction) { <-hold }
	first, second := again.answer(request(command("1"))), again.answer(request(command("2")))
	close(hold)
	for end := time.Now().Add(5 * time.Second); second.Code == 503 && time.Now().Before(end); {
		second = again.answer(request(command("2")))
	}
	if first.Code != 202 || second.Code != 202 {
		t.Errorf("%d, then %d", first.Code, second.Code)
	}
	again.closes(t)
	if again.count() != 2 {
		t.Errorf("what found no room did not run when it came again: %v", ids(again.taken))
	}
}

func TestTheAnswerDoesNotWaitForTheHandler(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, p, stop := serving(t)
		d.handle = func(context.Context, *discordgo.Interaction) { time.Sleep(8 * time.Second) }
		start := time.Now()
		resp, err := p.client().Do(outgoing(request(command("1"))))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if took := time.Since(start); took > 100*time.Millisecond {
			t.Errorf("202 after %s", took)
		}
		stop()
		if took := time.Since(start); took < 8*time.Second || took > 9*time.Second {
			t.Errorf("Close returned after %s", took)
		}
	})
}

func TestCloseGivesUpAtTheEndOfItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		d := newDesk(t, p)
		cancelled := make(chan struct{})
		d.handle = func(ctx context.Context, _ *discordgo.Interaction) { <-ctx.Done(); close(cancelled) }
		ended := make(chan error, 1)
		go func() { ended <- d.Serve() }()
		if w := d.answer(request(command("1"))); w.Code != 202 {
			t.Fatal(w.Code)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		if err := d.Close(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		<-cancelled
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if w := d.answer(request(command("2"))); w.Code != 503 && w.Code != 202 {
			t.Errorf("after Close: %d", w.Code)
		}
	})
}

func TestAPanicIsContainedWithoutTheToken(t *testing.T) {
	d := newDesk(t, nil)
	d.handle = func(_ context.Context, i *discordgo.Interaction) { panic("odd: " + i.Token) }
	for n := range 3 {
		if w := d.answer(request(command(fmt.Sprint(n + 1)))); w.Code != 202 {
			t.Errorf("%d", w.Code)
		}
	}
	d.closes(t)
	if d.panics != 3 || strings.Contains(d.logged(), secret) || !strings.Contains(d.logged(), "odd: [token]") {
		t.Errorf("%d panics; %s", d.panics, d.logged())
	}
}

func TestAWrongKeyIsDoubtedOnce(t *testing.T) {
	d := newDesk(t, nil)
	forged := func() {
		r := request(ping)
		r.Header.Set("X-Signature-Ed25519", strings.Repeat("ab", 64))
		d.answer(r)
	}
	const doubt = "is it the Public Key of this application?"
	forged()
	forged()
	if strings.Contains(d.logged(), doubt) {
		t.Error("too early")
	}
	for range 10 {
		forged()
	}
	if n := strings.Count(d.logged(), doubt); n != 1 {
		t.Errorf("told %d times", n)
	}
	right := newDesk(t, nil)
	right.answer(request(ping))
	d = right
	for range 10 {
		forged()
	}
	if strings.Contains(right.logged(), doubt) {
		t.Error("doubted although it was right before")
	}
}

func TestIdleConnectionsMakeRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, p, stop := serving(t)
		kept := &http.Client{Transport: &http.Transport{DialContext: p.Dial, MaxIdleConnsPerHost: webhook.MaxConns, MaxIdleConns: webhook.MaxConns}}
		release := make(chan struct{})
		var bodies []io.Closer
		for range webhook.MaxConns { // the bodies stay open, so that each has a connection of its own
			resp, err := kept.Do(outgoing(request(ping)))
			if err != nil {
				t.Fatal(err)
			}
			bodies = append(bodies, resp.Body)
		}
		close(release)
		synctest.Wait()
		start := time.Now()
		resp, err := p.client().Do(outgoing(request(command("1"))))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if took := time.Since(start); took > time.Second || resp.StatusCode != 202 {
			t.Errorf("%d after %s", resp.StatusCode, took)
		}
		for _, b := range bodies {
			_ = b.Close()
		}
		kept.CloseIdleConnections()
		stop()
		if d.count() != 1 {
			t.Errorf("%d ran", d.count())
		}
	})
}

func TestRequestsThatCameWholeAreAnsweredHoweverManyCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		d, p, stop := serving(t, func(o *webhook.Options) { o.Accepted = func() { <-gate } })
		kept := &http.Client{Transport: &http.Transport{DialContext: p.Dial, MaxIdleConnsPerHost: webhook.MaxConns, MaxIdleConns: webhook.MaxConns}}
		var all sync.WaitGroup
		send := func(c *http.Client, id int) {
			resp, err := c.Do(outgoing(request(command(fmt.Sprint(id)))))
			if err != nil {
				t.Errorf("%d: %v", id, err)
				return
			}
			_ = resp.Body.Close()
			if resp.StatusCode != 202 {
				t.Errorf("%d: %d", id, resp.StatusCode)
			}
		}
		for n := range webhook.MaxConns {
			all.Go(func() { send(kept, n+1) })
		}
		synctest.Wait() // all places are taken by requests that are being looked at
		all.Go(func() { send(p.client(), webhook.MaxConns+1) })
		synctest.Wait()
		start := time.Now()
		close(gate)
		all.Wait()
		if took := time.Since(start); took > time.Second {
			t.Errorf("the last one waited %s for a place", took)
		}
		kept.CloseIdleConnections()
		stop()
		if d.count() != webhook.MaxConns+1 {
			t.Errorf("%d ran", d.count())
		}
	})
}
