package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
)

// api is a scripted REST API in a bubble. reply is called for each request, n from 0.
type api struct {
	*world
	rest  *Rest
	reply func(n int, r *http.Request) (*http.Response, error)

	mu     sync.Mutex
	calls  []string // method and path
	bodies []string
	at     []time.Time
}

func withAPI(t *testing.T, reply func(n int, r *http.Request) (*http.Response, error), f func(t *testing.T, a *api)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		a := &api{world: newWorld(t, nil), reply: reply}
		a.world.rest = a.serve
		o := a.options()
		o.Rand = func() float64 { return 0.5 }
		rest, err := NewRest(o)
		if err != nil {
			t.Fatal(err)
		}
		a.rest = rest
		f(t, a)
	})
}

func (a *api) serve(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	a.mu.Lock()
	n := len(a.calls)
	a.calls = append(a.calls, r.Method+" "+r.URL.Path)
	a.bodies = append(a.bodies, string(body))
	a.at = append(a.at, time.Now())
	a.mu.Unlock()
	if a.reply != nil {
		return a.reply(n, r)
	}
	return nil, nil
}

func (a *api) sent() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.calls)
}

func userAsked(id string) *discordgo.Interaction {
	return &discordgo.Interaction{ID: id, AppID: "2", Token: "interaction-token-" + id}
}

func say(text string) *discordgo.MessageSend { return &discordgo.MessageSend{Content: text} }

func edit(text string) *discordgo.WebhookEdit { return &discordgo.WebhookEdit{Content: &text} }

func TestCatalogueC82RateLimits(t *testing.T) {
	type result struct {
		first, other, interaction time.Duration // until success; -1 = an error
		sent                      int
		invalid                   int
	}
	limited := func(after string, scope string, body string) func(n int, r *http.Request) (*http.Response, error) {
		return func(n int, r *http.Request) (*http.Response, error) {
			if n > 0 {
				return nil, nil
			}
			h := []string{}
			if after != "" {
				h = append(h, "Retry-After", after)
			}
			if scope != "" {
				h = append(h, "X-RateLimit-Scope", scope)
			}
			return answer(429, body, h...), nil
		}
	}
	for name, tc := range map[string]struct {
		reply func(n int, r *http.Request) (*http.Response, error)
		want  result
	}{
		"per route, Retry-After 1.5": {limited("1.5", "user", `{"message":"x","retry_after":1.5,"global":false}`),
			result{first: 1500 * time.Millisecond, sent: 4, invalid: 1}},
		"the body is more precise": {limited("1", "user", `{"retry_after":1.25}`),
			result{first: 1250 * time.Millisecond, sent: 4, invalid: 1}},
		"global": {limited("2", "global", `{"retry_after":2,"global":true}`),
			result{first: 2 * time.Second, other: 2 * time.Second, sent: 4, invalid: 1}},
		"shared": {limited("1.5", "shared", `{"retry_after":1.5}`),
			result{first: 1500 * time.Millisecond, sent: 4, invalid: 0}},
		"without JSON": {limited("3", "", `<html>Cloudflare</html>`),
			result{first: 3 * time.Second, other: 3 * time.Second, interaction: 3 * time.Second, sent: 4, invalid: 1}},
		"without any number": {limited("", "user", `{}`),
			result{first: 5 * time.Second, sent: 4, invalid: 1}},
		"Retry-After 1 h": {limited("3600", "user", `{"retry_after":3600}`),
			result{first: -1, sent: 3, invalid: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			withAPI(t, tc.reply, func(t *testing.T, a *api) {
				var got result
				var wg sync.WaitGroup
				start := time.Now()
				timed := func(into *time.Duration, f func() error) {
					wg.Go(func() {
						err := f()
						if *into = time.Since(start); err != nil {
							*into = -1
							if !errors.Is(err, ErrRateLimited) || RetryAfter(err) == 0 {
								t.Errorf("error = %v, want rate limited with a time", err)
							}
						}
					})
				}
				timed(&got.first, func() error { _, err := a.rest.CreateMessage(t.Context(), "1", say("x")); return err })
				synctest.Wait()
				timed(&got.other, func() error { _, err := a.rest.CreateMessage(t.Context(), "2", say("x")); return err })
				timed(&got.interaction, func() error { _, err := a.rest.EditOriginal(t.Context(), userAsked("9"), edit("x")); return err })
				wg.Wait()
				got.sent, got.invalid = a.sent(), a.rest.Invalid()
				if got != tc.want {
					t.Errorf("got %+v, want %+v", got, tc.want)
				}
			})
		})
	}
}

func TestCatalogueC82AtMostTwoRetries(t *testing.T) {
	withAPI(t, func(int, *http.Request) (*http.Response, error) {
		return answer(429, `{"retry_after":0.1}`, "X-RateLimit-Scope", "user", "Retry-After", "1"), nil
	}, func(t *testing.T, a *api) {
		_, err := a.rest.CreateMessage(t.Context(), "1", say("x"))
		if !errors.Is(err, ErrRateLimited) || a.sent() != 3 {
			t.Errorf("%v after %d requests, want rate limited after 3", err, a.sent())
		}
	})
}

func TestCatalogueC82ContextEndsTheWait(t *testing.T) {
	withAPI(t, func(int, *http.Request) (*http.Response, error) {
		return answer(429, `{"retry_after":20}`, "X-RateLimit-Scope", "user"), nil
	}, func(t *testing.T, a *api) {
		ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
		defer cancel()
		start := time.Now()
		if err := a.rest.InteractionCallback(ctx, userAsked("1"), deferral()); err == nil || time.Since(start) > 0 {
			t.Errorf("%v after %s, want an error at once: the wait is longer than the context", err, time.Since(start))
		}
	})
}

func deferral() *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
}

func TestHeadersKeepRequestsWithinTheLimit(t *testing.T) {
	// 3 requests per 2 s, told by headers; 12 callers at once. Nobody is told 429.
	var mu sync.Mutex
	var window time.Time
	used := 0
	withAPI(t, func(int, *http.Request) (*http.Response, error) {
		time.Sleep(50 * time.Millisecond)
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now(); now.Sub(window) >= 2*time.Second {
			window, used = now, 0
		}
		if used++; used > 3 {
			return answer(429, `{"retry_after":1}`, "X-RateLimit-Scope", "user"), nil
		}
		return answer(200, `{"id":"1","channel_id":"1"}`, "X-RateLimit-Bucket", "abc", "X-RateLimit-Limit", "3",
			"X-RateLimit-Remaining", fmt.Sprint(3-used), "X-RateLimit-Reset-After", fmt.Sprint((2*time.Second - time.Since(window)).Seconds()),
			"X-RateLimit-Reset", "1"), nil // long past: only Reset-After counts (catalogue 90)
	}, func(t *testing.T, a *api) {
		var wg sync.WaitGroup
		start := time.Now()
		for range 12 {
			wg.Go(func() {
				if _, err := a.rest.CreateMessage(t.Context(), "1", say("x")); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := a.rest.Invalid(); n != 0 {
			t.Errorf("%d invalid requests", n)
		}
		if d := time.Since(start); d < 6*time.Second || d > 8*time.Second {
			t.Errorf("took %s, want four windows of 2 s", d)
		}
	})
}

func TestGlobalLimitIsKept(t *testing.T) {
	withAPI(t, nil, func(t *testing.T, a *api) {
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Go(func() {
				if _, err := a.rest.CreateMessage(t.Context(), fmt.Sprint(i), say("x")); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		slices.SortFunc(a.at, time.Time.Compare)
		for i := 50; i < len(a.at); i++ {
			if gap := a.at[i].Sub(a.at[i-50]); gap < time.Second {
				t.Fatalf("51 requests within %s, want at most 50 a second", gap)
			}
		}
		if d := a.at[len(a.at)-1].Sub(a.at[0]); d > 5*time.Second {
			t.Errorf("200 requests took %s", d)
		}
	})
}

func TestCatalogueC83FirstUnauthorizedStopsSending(t *testing.T) {
	withAPI(t, func(n int, _ *http.Request) (*http.Response, error) {
		return answer(401, `{"message":"401: Unauthorized","code":0}`), nil
	}, func(t *testing.T, a *api) {
		_, err := a.rest.CreateMessage(t.Context(), "1", say("x"))
		if !errors.Is(err, ErrUnauthorized) || a.sent() != 1 {
			t.Errorf("%v after %d requests, want unauthorized after one", err, a.sent())
		}
		for _, err := range []error{
			a.rest.Typing(t.Context(), "2"), a.rest.InteractionCallback(t.Context(), userAsked("1"), deferral()), a.rest.DeleteMessage(t.Context(), "1", "2"),
		} {
			if !errors.Is(err, ErrUnauthorized) {
				t.Errorf("later: %v, want unauthorized", err)
			}
		}
		if a.sent() != 1 {
			t.Errorf("%d requests were sent, want no further one", a.sent())
		}
		if got := a.alerts(); !slices.Equal(got, []string{"unauthorized"}) {
			t.Errorf("alerts = %v, want one", got)
		}
	})
}

func TestCatalogueC83UnauthorizedEndsRun(t *testing.T) {
	bubble(t, func(_ int, p *peer) { p.begin("one"); p.live() }, func(t *testing.T, w *world) {
		w.rest = func(r *http.Request) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "/typing") {
				return answer(401, `{}`), nil
			}
			return nil, nil
		}
		g, err := New(w.options(), &recorder{})
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- g.Run(t.Context()) }()
		time.Sleep(time.Second)
		_ = g.Rest().Typing(t.Context(), "1")
		var fatal *FatalError
		if err := <-done; !errors.As(err, &fatal) || fatal.Code != 401 {
			t.Errorf("Run = %v, want a FatalError with 401", err)
		}
	})
}

func TestCatalogueC83ForbiddenChannelCoolsDown(t *testing.T) {
	withAPI(t, func(_ int, r *http.Request) (*http.Response, error) {
		if strings.Contains(r.URL.Path, "/channels/1/") {
			return answer(403, `{"message":"Missing Permissions","code":50013}`), nil
		}
		return nil, nil
	}, func(t *testing.T, a *api) {
		for range 100 {
			_, err := a.rest.CreateMessage(t.Context(), "1", say("x"))
			if !errors.Is(err, ErrForbidden) {
				t.Fatalf("error = %v, want forbidden", err)
			}
			time.Sleep(time.Second)
		}
		if n := a.rest.Invalid(); n < 2 || n > 5 {
			t.Errorf("%d invalid requests of 100 in 100 s, want very few", n)
		}
		if _, err := a.rest.CreateMessage(t.Context(), "2", say("x")); err != nil {
			t.Errorf("another channel: %v", err)
		}
		time.Sleep(20 * time.Minute)
		before := a.sent()
		_, _ = a.rest.CreateMessage(t.Context(), "1", say("x"))
		if a.sent() != before+1 {
			t.Error("the channel is never tried again")
		}
	})
}

func TestBrakeSlowsAndStops(t *testing.T) {
	withAPI(t, func(_ int, r *http.Request) (*http.Response, error) {
		if strings.Contains(r.URL.Path, "/guilds/") {
			return answer(403, `{"code":50001}`), nil
		}
		return nil, nil
	}, func(t *testing.T, a *api) {
		for i := range 2000 {
			_, _ = a.rest.Guild(t.Context(), fmt.Sprint(i))
		}
		if n := a.rest.Invalid(); n < invalidNormal || n > invalidNormal+10*60/2+1 {
			t.Errorf("%d invalid requests within ten minutes, want the brake at %d", n, invalidNormal)
		}
		for range invalidStop {
			a.rest.brake.add()
		}
		if _, err := a.rest.Guild(t.Context(), "1"); !errors.Is(err, ErrBraked) {
			t.Errorf("beyond %d: %v, want it refused", invalidStop, err)
		}
		if err := a.rest.InteractionCallback(t.Context(), userAsked("1"), deferral()); err != nil {
			t.Errorf("essential: %v, want it sent", err)
		}
		for range invalidEnd {
			a.rest.brake.add()
		}
		if err := a.rest.InteractionCallback(t.Context(), userAsked("2"), deferral()); !errors.Is(err, ErrBraked) {
			t.Errorf("beyond %d: %v, want nothing sent", invalidEnd, err)
		}
		time.Sleep(11 * time.Minute)
		if n := a.rest.Invalid(); n != 0 {
			t.Errorf("%d invalid requests left after eleven minutes", n)
		}
		if !slices.Contains(a.alerts(), "invalid_requests") {
			t.Error("no alert")
		}
	})
}

func TestCatalogueC84UnknownInteractionIsDropped(t *testing.T) {
	for name, body := range map[string]struct {
		status int
		body   string
	}{
		"unknown interaction": {404, `{"message":"Unknown interaction","code":10062}`},
		"unknown webhook":     {404, `{"message":"Unknown Webhook","code":10015}`},
		"dead token":          {401, `{"message":"Invalid Webhook Token","code":50027}`},
	} {
		t.Run(name, func(t *testing.T) {
			withAPI(t, func(_ int, r *http.Request) (*http.Response, error) {
				if strings.Contains(r.URL.Path, "interaction-token-1") {
					return answer(body.status, body.body), nil
				}
				return nil, nil
			}, func(t *testing.T, a *api) {
				for range 3 {
					if _, err := a.rest.EditOriginal(t.Context(), userAsked("1"), edit("x")); !errors.Is(err, ErrExpired) {
						t.Errorf("error = %v, want expired", err)
					}
				}
				if _, err := a.rest.FollowUp(t.Context(), userAsked("1"), &discordgo.WebhookParams{Content: "x"}); !errors.Is(err, ErrExpired) {
					t.Errorf("follow-up: %v, want expired", err)
				}
				if a.sent() != 1 {
					t.Errorf("%d requests, want one", a.sent())
				}
				if _, err := a.rest.EditOriginal(t.Context(), userAsked("2"), edit("x")); err != nil || a.rest.Unauthorized() {
					t.Errorf("another interaction: %v; stopped: %t", err, a.rest.Unauthorized())
				}
			})
		})
	}
}

func TestCatalogueC84DeletedMessageIsNotAnExpiredInteraction(t *testing.T) {
	withAPI(t, func(n int, _ *http.Request) (*http.Response, error) {
		if n == 0 {
			return answer(404, `{"message":"Unknown Message","code":10008}`), nil
		}
		return nil, nil
	}, func(t *testing.T, a *api) {
		if _, err := a.rest.EditOriginal(t.Context(), userAsked("1"), edit("x")); !errors.Is(err, ErrNotFound) || errors.Is(err, ErrExpired) {
			t.Errorf("error = %v, want not found", err)
		}
		if _, err := a.rest.FollowUp(t.Context(), userAsked("1"), &discordgo.WebhookParams{Content: "x"}); err != nil {
			t.Errorf("follow-up: %v", err)
		}
	})
}

func TestCatalogueC85ServerErrorsAndLatency(t *testing.T) {
	hang := func(r *http.Request) (*http.Response, error) {
		select {
		case <-time.After(40 * time.Second):
			return answer(200, `{"id":"1"}`), nil
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
	status := func(s int) func(*http.Request) (*http.Response, error) {
		return func(*http.Request) (*http.Response, error) { return answer(s, "<html>"), nil }
	}
	cut := func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }
	for name, fail := range map[string]func(*http.Request) (*http.Response, error){
		"500": status(500), "502": status(502), "503": status(503), "504": status(504), "latency 40 s": hang, "connection cut": cut,
	} {
		t.Run(name, func(t *testing.T) {
			fails := 0
			reply := func(n int, r *http.Request) (*http.Response, error) {
				if n < fails {
					return fail(r)
				}
				return nil, nil
			}
			withAPI(t, reply, func(t *testing.T, a *api) {
				fails = 2
				if _, err := a.rest.CreateMessageOnce(t.Context(), "1", "q-1", say("x")); err != nil {
					t.Errorf("two failures: %v", err)
				}
				nonces := map[string]bool{}
				for _, b := range a.bodies {
					var d struct {
						Nonce   string `json:"nonce"`
						Enforce bool   `json:"enforce_nonce"`
					}
					if json.Unmarshal([]byte(b), &d) != nil || !d.Enforce {
						t.Errorf("body %s has no enforced nonce", b)
					}
					nonces[d.Nonce] = true
				}
				if a.sent() != 3 || len(nonces) != 1 {
					t.Errorf("%d requests with %d nonces, want 3 with one", a.sent(), len(nonces))
				}
				for i := 1; i < 3; i++ {
					if gap := a.at[i].Sub(a.at[i-1]); gap < 200*time.Millisecond {
						t.Errorf("repeated after %s, want a pause", gap)
					}
				}
				fails = 99
				before := a.sent()
				if _, err := a.rest.EditOriginal(t.Context(), userAsked("1"), edit("x")); !errors.Is(err, ErrUnavailable) || a.sent() != before+3 {
					t.Errorf("%v after %d requests, want unavailable after 3", err, a.sent()-before)
				}
				before = a.sent()
				if _, err := a.rest.FollowUp(t.Context(), userAsked("1"), &discordgo.WebhookParams{Content: "x"}); err == nil || a.sent() != before+1 {
					t.Errorf("follow-up: %v after %d requests; want one, since nothing makes it idempotent", err, a.sent()-before)
				}
			})
		})
	}
}

func TestCatalogueC85NeverTwoAnswers(t *testing.T) {
	// The first attempt has its effect, but its answer is lost.
	for name, tc := range map[string]struct {
		second *http.Response
		do     func(ctx context.Context, r *Rest) error
	}{
		"callback": {answer(400, `{"message":"Interaction has already been acknowledged.","code":40060}`),
			func(ctx context.Context, r *Rest) error {
				return r.InteractionCallback(ctx, userAsked("1"), deferral())
			}},
		"delete": {answer(404, `{"message":"Unknown Message","code":10008}`),
			func(ctx context.Context, r *Rest) error { return r.DeleteMessage(ctx, "1", "2") }},
		"thread": {answer(400, `{"message":"A thread has already been created for this message","code":160004}`),
			func(ctx context.Context, r *Rest) error {
				c, err := r.CreateThread(ctx, "1", "2", &discordgo.ThreadStart{Name: "x"})
				if err == nil && c.ID != "77" {
					err = errors.New("not the thread")
				}
				return err
			}},
	} {
		t.Run(name, func(t *testing.T) {
			withAPI(t, func(n int, _ *http.Request) (*http.Response, error) {
				switch n {
				case 0:
					return nil, io.ErrUnexpectedEOF
				case 1:
					return tc.second, nil
				}
				return nil, nil
			}, func(t *testing.T, a *api) {
				if err := tc.do(t.Context(), a.rest); err != nil {
					t.Errorf("%v, want success: it was us", err)
				}
			})
			first := answer(tc.second.StatusCode, `{"code":40060}`)
			withAPI(t, func(int, *http.Request) (*http.Response, error) { return first, nil }, func(t *testing.T, a *api) {
				if err := tc.do(t.Context(), a.rest); err == nil {
					t.Error("at the first attempt it was somebody else, want an error")
				}
			})
		})
	}
}

func TestFollowUpIsRepeatedWhenItNeverLeft(t *testing.T) {
	withAPI(t, func(n int, _ *http.Request) (*http.Response, error) {
		if n == 0 {
			return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
		}
		return nil, nil
	}, func(t *testing.T, a *api) {
		if _, err := a.rest.FollowUp(t.Context(), userAsked("1"), &discordgo.WebhookParams{Content: "x"}); err != nil || a.sent() != 2 {
			t.Errorf("%v after %d requests", err, a.sent())
		}
	})
}

func TestCatalogueC91FiftyDeferredRepliesAtOnce(t *testing.T) {
	withAPI(t, func(_ int, r *http.Request) (*http.Response, error) {
		time.Sleep(time.Second)
		return answer(200, `{"id":"1","channel_id":"1"}`, "X-RateLimit-Bucket", "edits", "X-RateLimit-Limit", "5",
			"X-RateLimit-Remaining", "4", "X-RateLimit-Reset-After", "2"), nil
	}, func(t *testing.T, a *api) {
		start := time.Now()
		var wg sync.WaitGroup
		for i := range 50 {
			wg.Go(func() {
				if _, err := a.rest.EditOriginal(t.Context(), userAsked(fmt.Sprint(i)), edit("x")); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if d := time.Since(start); d > 3*time.Second {
			t.Errorf("50 edits with 1 s latency took %s, want within 3 s", d)
		}
	})
}

func TestOneExhaustedTokenDoesNotStallOthers(t *testing.T) {
	withAPI(t, func(_ int, r *http.Request) (*http.Response, error) {
		remaining := "4"
		if strings.Contains(r.URL.Path, "token-0/") {
			remaining = "0"
		}
		return answer(200, `{"id":"1"}`, "X-RateLimit-Bucket", "edits", "X-RateLimit-Remaining", remaining, "X-RateLimit-Reset-After", "2"), nil
	}, func(t *testing.T, a *api) {
		for range 2 { // the second one of token 0 waits, in the background
			go func() { _, _ = a.rest.EditOriginal(t.Context(), userAsked("0"), edit("x")) }()
			synctest.Wait()
		}
		start := time.Now()
		for i := 1; i < 500; i++ { // with hash(token) mod 64 as the bucket, some would meet token 0
			if _, err := a.rest.EditOriginal(t.Context(), userAsked(fmt.Sprint(i)), edit("x")); err != nil {
				t.Fatal(err)
			}
		}
		if d := time.Since(start); d > 0 {
			t.Errorf("others waited %s", d)
		}
		time.Sleep(3 * time.Second)
	})
}

func TestBucketsAreBounded(t *testing.T) {
	withAPI(t, func(int, *http.Request) (*http.Response, error) {
		return answer(200, `{"id":"1"}`, "X-RateLimit-Bucket", "x", "X-RateLimit-Remaining", "1", "X-RateLimit-Reset-After", "60"), nil
	}, func(t *testing.T, a *api) {
		for i := range 5_000 {
			if err := a.rest.InteractionCallback(t.Context(), userAsked(fmt.Sprint(i)), deferral()); err != nil {
				t.Fatal(err)
			}
		}
		if n := a.rest.Buckets(); n > stripes*stripeRoom {
			t.Errorf("%d buckets after 5,000 interactions", n)
		}
		a.rest.cool.forbidden("x")
		for i := range 5000 {
			a.rest.cool.forbidden(fmt.Sprint(i))
		}
		if n := len(a.rest.cool.m); n > coolRoom {
			t.Errorf("%d cool-downs", n)
		}
	})
}

func TestEveryMessageIsPolite(t *testing.T) {
	ping := &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{"everyone", "users"}, RepliedUser: true}
	text := "@everyone https://x.test"
	const none = `"allowed_mentions":{"parse":[],"replied_user":false}`
	embeds := []*discordgo.MessageEmbed{{Title: "t"}}
	for name, tc := range map[string]struct {
		do   func(ctx context.Context, r *Rest) error
		want string
	}{
		"create": {func(ctx context.Context, r *Rest) error {
			_, err := r.CreateMessageOnce(ctx, "1", "n", &discordgo.MessageSend{Content: "x", AllowedMentions: ping})
			return err
		}, `{` + none + `,"content":"x","enforce_nonce":true,"flags":4,"nonce":"n"}`},
		"create with an embed": {func(ctx context.Context, r *Rest) error {
			_, err := r.CreateMessageOnce(ctx, "1", "n", &discordgo.MessageSend{Embeds: embeds})
			return err
		}, `{` + none + `,"embeds":[{"title":"t"}],"enforce_nonce":true,"nonce":"n"}`},
		"edit": {func(ctx context.Context, r *Rest) error {
			_, err := r.EditMessage(ctx, "1", "2", &discordgo.MessageEdit{ID: "2", Channel: "1", Content: &text, AllowedMentions: ping})
			return err
		}, `{` + none + `,"content":"@everyone https://x.test","flags":4}`},
		"edit of buttons only": {func(ctx context.Context, r *Rest) error {
			_, err := r.EditMessage(ctx, "1", "2", &discordgo.MessageEdit{Components: &[]discordgo.MessageComponent{}})
			return err
		}, `{` + none + `,"components":[]}`},
		"edit original": {func(ctx context.Context, r *Rest) error {
			_, err := r.EditOriginal(ctx, userAsked("1"), edit("x"))
			return err
		},
			`{` + none + `,"content":"x","flags":4}`},
		"edit original to components V2": {func(ctx context.Context, r *Rest) error {
			e := &discordgo.WebhookEdit{Components: &[]discordgo.MessageComponent{discordgo.TextDisplay{Content: "x"}}}
			_, err := r.EditOriginal(ctx, userAsked("1"), e, discordgo.MessageFlagsIsComponentsV2)
			return err
		}, `{` + none + `,"components":[{"content":"x","type":10}],"flags":32768}`},
		"follow-up": {func(ctx context.Context, r *Rest) error {
			_, err := r.FollowUp(ctx, userAsked("1"), &discordgo.WebhookParams{Content: "x", Flags: discordgo.MessageFlagsEphemeral})
			return err
		}, `{` + none + `,"content":"x","flags":68}`},
		"edit follow-up": {func(ctx context.Context, r *Rest) error {
			_, err := r.EditFollowUp(ctx, userAsked("1"), "5", edit("x"))
			return err
		}, `{` + none + `,"content":"x","flags":4}`},
		"callback": {func(ctx context.Context, r *Rest) error {
			return r.InteractionCallback(ctx, userAsked("1"), &discordgo.InteractionResponse{Type: 4, Data: &discordgo.InteractionResponseData{
				Content: "x", AllowedMentions: ping, Flags: discordgo.MessageFlagsEphemeral}})
		}, `{"data":{` + none + `,"content":"x","flags":68},"type":4}`},
		"callback: update": {func(ctx context.Context, r *Rest) error {
			return r.InteractionCallback(ctx, userAsked("1"), &discordgo.InteractionResponse{Type: 7, Data: &discordgo.InteractionResponseData{
				Components: []discordgo.MessageComponent{}}})
		}, `{"data":{` + none + `,"components":[]},"type":7}`},
		"defer": {func(ctx context.Context, r *Rest) error {
			return r.InteractionCallback(ctx, userAsked("1"), deferral())
		}, `{"type":5}`},
		"private defer": {func(ctx context.Context, r *Rest) error {
			d := deferral()
			d.Data = &discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral | discordgo.MessageFlagsSuppressEmbeds}
			return r.InteractionCallback(ctx, userAsked("1"), d)
		}, `{"data":{"flags":64},"type":5}`},
		"defer an update": {func(ctx context.Context, r *Rest) error {
			return r.InteractionCallback(ctx, userAsked("1"), &discordgo.InteractionResponse{Type: 6})
		}, `{"type":6}`},
		"no choices": {func(ctx context.Context, r *Rest) error {
			return r.InteractionCallback(ctx, userAsked("1"), &discordgo.InteractionResponse{Type: 8, Data: &discordgo.InteractionResponseData{}})
		}, `{"data":{"choices":[]},"type":8}`},
		"modal": {func(ctx context.Context, r *Rest) error {
			return r.InteractionCallback(ctx, userAsked("1"), &discordgo.InteractionResponse{Type: 9, Data: &discordgo.InteractionResponseData{
				CustomID: "c", Title: "T", Components: []discordgo.MessageComponent{}}})
		}, `{"data":{"components":[],"custom_id":"c","title":"T"},"type":9}`},
		"raw body": {func(ctx context.Context, r *Rest) error {
			_, err := r.Do(ctx, Request{Method: "POST", Route: "/channels/{channel}/messages", Path: "/channels/1/messages",
				Body: map[string]any{"content": "x", "allowed_mentions": nil}})
			return err
		}, `{` + none + `,"content":"x","flags":4}`},
	} {
		t.Run(name, func(t *testing.T) {
			withAPI(t, nil, func(t *testing.T, a *api) {
				if err := tc.do(t.Context(), a.rest); err != nil {
					t.Fatal(err)
				}
				if a.bodies[0] != tc.want {
					t.Errorf("body\n%s, want\n%s", a.bodies[0], tc.want)
				}
			})
		})
	}
}

func TestFilesAreSentAgainWhole(t *testing.T) {
	withAPI(t, func(n int, _ *http.Request) (*http.Response, error) {
		if n == 0 {
			return answer(502, ""), nil
		}
		return nil, nil
	}, func(t *testing.T, a *api) {
		var kinds []string
		serve := a.world.rest
		a.world.rest = func(r *http.Request) (*http.Response, error) {
			kinds = append(kinds, r.Header.Get("Content-Type"))
			return serve(r)
		}
		m := say("x")
		m.Files = []*discordgo.File{{Name: "a\"\r\nb.png", ContentType: "image/png", Reader: strings.NewReader("PNG")}}
		if _, err := a.rest.CreateMessage(t.Context(), "1", m); err != nil {
			t.Fatal(err)
		}
		for i, body := range a.bodies {
			_, params, err := mime.ParseMediaType(kinds[i])
			if err != nil {
				t.Fatal(err)
			}
			form, err := multipart.NewReader(strings.NewReader(body), params["boundary"]).ReadForm(1 << 20)
			if err != nil {
				t.Fatal(err)
			}
			f := form.File["files[0]"]
			if len(f) != 1 || f[0].Size != 3 || f[0].Filename != "a___b.png" || !strings.Contains(form.Value["payload_json"][0], `"content":"x"`) {
				t.Errorf("attempt %d: %+v", i, form)
			}
		}
	})
}

func TestRequestsCarryWhatDiscordWants(t *testing.T) {
	withAPI(t, nil, func(t *testing.T, a *api) {
		var got []*http.Request
		serve := a.world.rest
		a.world.rest = func(r *http.Request) (*http.Response, error) { got = append(got, r); return serve(r) }
		_ = a.rest.Typing(t.Context(), "1/../2")
		_ = a.rest.InteractionCallback(t.Context(), userAsked("1"), deferral())
		_ = a.rest.React(t.Context(), "1", "2", "👍")
		if p := got[0].URL.EscapedPath(); p != "/api/v9/channels/1%2F..%2F2/typing" {
			t.Errorf("path = %s, want the id escaped", p)
		}
		if !strings.HasPrefix(got[0].UserAgent(), "DiscordBot (") || got[0].Header.Get("Authorization") != "Bot "+testToken {
			t.Errorf("header = %v", got[0].Header)
		}
		if got[0].Header.Get("Content-Type") != "" || got[1].Header.Get("Content-Type") != "application/json" {
			t.Error("want a content type where there is a body, and only there")
		}
		if got[1].Header.Get("Authorization") != "" {
			t.Error("a route with an interaction token does not need the bot's token")
		}
	})
}

func TestRegisterCommandsSendsAnEmptyListToo(t *testing.T) {
	withAPI(t, func(int, *http.Request) (*http.Response, error) { return answer(200, `[]`), nil }, func(t *testing.T, a *api) {
		if _, err := a.rest.RegisterCommands(t.Context(), "2", "", nil); err != nil {
			t.Fatal(err)
		}
		if _, err := a.rest.RegisterCommands(t.Context(), "2", "9", []*discordgo.ApplicationCommand{{Name: "ask"}}); err != nil {
			t.Fatal(err)
		}
		if a.bodies[0] != "[]" || a.calls[1] != "PUT /api/v9/applications/2/guilds/9/commands" {
			t.Errorf("sent %v %v", a.calls, a.bodies)
		}
	})
}

func TestErrorsSayWhatWasRefusedButNotWhatWasSent(t *testing.T) {
	withAPI(t, func(int, *http.Request) (*http.Response, error) {
		return answer(400, `{"code":50035,"message":"Invalid Form Body","errors":{"embeds":{"0":{"title":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"secret text is too long"}]}}}}}`), nil
	}, func(t *testing.T, a *api) {
		_, err := a.rest.CreateMessage(t.Context(), "1", say("x"))
		want := "discord POST /channels/{channel}/messages: 400 (50035) Invalid Form Body [embeds.0.title: BASE_TYPE_MAX_LENGTH]"
		if err == nil || err.Error() != want || a.sent() != 1 {
			t.Errorf("error = %v after %d requests, want %s after one", err, a.sent(), want)
		}
	})
}

func TestCatalogueC63NoTokenInLogsOrErrors(t *testing.T) {
	i := userAsked("1")
	replies := []func(r *http.Request) (*http.Response, error){
		func(r *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("Post %q: dial as %s: refused", r.URL, r.Header.Get("Authorization"))
		},
		func(r *http.Request) (*http.Response, error) { return answer(500, r.URL.String()), nil },
		func(r *http.Request) (*http.Response, error) {
			return answer(400, map[string]any{"code": 50035, "message": "bad path " + r.URL.Path}), nil
		},
		func(r *http.Request) (*http.Response, error) {
			return answer(429, r.URL.String(), "Retry-After", "1"), nil
		},
		func(r *http.Request) (*http.Response, error) { return answer(404, `{"code":10062}`), nil },
		func(r *http.Request) (*http.Response, error) { return answer(401, `{"code":0}`), nil },
	}
	for n, reply := range replies {
		withAPI(t, func(_ int, r *http.Request) (*http.Response, error) { return reply(r) }, func(t *testing.T, a *api) {
			errs := []error{
				a.rest.InteractionCallback(t.Context(), i, deferral()), a.rest.Typing(t.Context(), "1"), a.rest.DeleteOriginal(t.Context(), i),
			}
			_, err := a.rest.EditOriginal(t.Context(), i, edit("x"))
			text := fmt.Sprintf("%v %+v %#v %s", append(errs, err), errs, errs, a.log())
			for _, e := range errs {
				text += fmt.Sprintf("%+v", errors.Unwrap(e))
			}
			for _, secret := range []string{testToken, i.Token} {
				if strings.Contains(text, secret) {
					t.Errorf("reply %d: %q is in %s", n, secret, text)
				}
			}
		})
	}
}

func TestCatalogueC63NoTokenInTheGatewaysLog(t *testing.T) {
	bubble(t, func(n int, p *peer) {
		switch n {
		case 0:
			p.begin("one")
			p.event(2, "INTERACTION_CREATE", interaction("7"))
			p.event(3, "UNKNOWN_EVENT", interaction("8"))
			p.text(`{"op":99,"d":{"token":"interaction-token-9"}}`)
			p.await(opHeartbeat)
			reason := append([]byte{0x0f, 0xa0}, testToken...)
			p.raw(appendReceived(nil, frame{final: true, op: opClose, payload: reason}))
			p.live()
		default:
			p.begin("one")
			p.live()
		}
	}, func(t *testing.T, w *world) {
		_, stop := w.run(&recorder{})
		time.Sleep(5 * time.Minute)
		if err := stop(); err != nil {
			t.Error(err)
		}
		if log := w.log(); strings.Contains(log, testToken) || strings.Contains(log, "interaction-token") || !strings.Contains(log, "gateway ready") {
			t.Errorf("log:\n%s", log)
		}
	})
}

func TestOptionsThatCannotWork(t *testing.T) {
	for name, o := range map[string]Options{
		"no token": {}, "only the prefix": {Token: "Bot "}, "a line break": {Token: "abc\ndef"}, "base without scheme": {Token: "x", APIBase: "discord.com"},
		"base with a password": {Token: "x", APIBase: "https://a:b@discord.com"}, "negative shards": {Token: "x", Shards: -1},
	} {
		if _, err := New(o, &recorder{}); err == nil {
			t.Errorf("%s: no error", name)
		} else if o.Token != "" && len(o.Token) > 4 && strings.Contains(err.Error(), o.Token) {
			t.Errorf("%s: the error shows the token", name)
		}
	}
	if _, err := New(Options{Token: "x"}, nil); err == nil {
		t.Error("no handler: no error")
	}
}
