package playground_test

import (
	"net/http"
	"strings"
	"testing"

	"enlace/bot/discordtest"
	"enlace/bot/playground"
)

func TestOnlyLoopbackAddressesAreServed(t *testing.T) {
	d := discordtest.New(t)
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:8080", "[::]:0", "example.org:80", "127.0.0.1", "localhost"} {
		if p, err := playground.New(playground.Options{Discord: d, Listen: address}); err == nil {
			t.Errorf("%s is served", address)
			_ = p.Close()
		}
	}
	for _, address := range []string{"", "127.0.0.1:0", "localhost:0", "127.0.0.2:0"} {
		p, err := playground.New(playground.Options{Discord: d, Listen: address})
		if err != nil {
			t.Errorf("%q: %v", address, err)
			continue
		}
		_ = p.Close()
	}
}

func TestOtherHostsAndOriginsAreRefused(t *testing.T) {
	w := start(t)
	port := w.origin()[strings.LastIndex(w.origin(), ":"):]
	for _, c := range []struct {
		name   string
		alter  func(*http.Request)
		status int
	}{
		{"as the page", nil, 200},
		{"by another name of this machine", func(r *http.Request) {
			r.Host = "localhost" + port
			r.Header.Set("Origin", "http://localhost"+port)
		}, 200},
		{"a name that somebody lets point here", func(r *http.Request) { r.Host = "evil.example" + port }, http.StatusMisdirectedRequest},
		{"a host that begins like ours", func(r *http.Request) { r.Host = "127.0.0.1.evil.example" + port }, http.StatusMisdirectedRequest},
		{"another port", func(r *http.Request) { r.Host = "127.0.0.1:1" }, http.StatusMisdirectedRequest},
		{"no port", func(r *http.Request) { r.Host = "127.0.0.1" }, http.StatusMisdirectedRequest},
		{"another origin", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, http.StatusForbidden},
		{"another port's origin", func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:1") }, http.StatusForbidden},
		{"https", func(r *http.Request) { r.Header.Set("Origin", "https"+w.origin()[4:]) }, http.StatusForbidden},
		{"a sandbox's origin", func(r *http.Request) { r.Header.Set("Origin", "null") }, http.StatusForbidden},
		{"no origin", func(r *http.Request) { r.Header.Del("Origin") }, http.StatusForbidden},
		{"across sites", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, http.StatusForbidden},
		{"of another port of this host", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, http.StatusForbidden},
		{"as a form", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, http.StatusUnsupportedMediaType},
	} {
		if status, body, _ := w.ask("POST", "/session", map[string]any{"name": "Ana"}, c.alter); status != c.status {
			t.Errorf("%s: %d %s, want %d", c.name, status, body, c.status)
		}
	}
}

func TestALinkMayLeadToThePageAndToNothingElse(t *testing.T) {
	w := start(t)
	across := func(r *http.Request) {
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		r.Header.Set("Sec-Fetch-Mode", "navigate")
	}
	if status, _, _ := w.ask("GET", "/", nil, across); status != 200 {
		t.Errorf("the page: %d", status)
	}
	for _, path := range []string{"/events", "/app.js", "/inspect", "/files/1/2"} {
		if status, _, _ := w.ask("GET", path, nil, across); status != http.StatusForbidden {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func TestEveryAnswerForbidsWhatIsNotAFileOfThePage(t *testing.T) {
	w := start(t)
	for _, path := range []string{"/", "/app.js", "/style.css", "/icon.svg", "/nothing", "/events", "/inspect", "/files/1/2"} {
		_, _, h := w.ask("GET", path, nil, nil)
		csp := h.Get("Content-Security-Policy")
		for _, want := range []string{
			"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'", "form-action 'none'", "base-uri 'none'",
			"frame-ancestors 'none'",
		} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: the policy lacks %s: %s", path, want, csp)
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(csp, "data:") || strings.Contains(csp, "*") {
			t.Errorf("%s: %s", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, h)
		}
	}
}

func TestThePageHasNoInlineScriptAndNoInlineStyle(t *testing.T) {
	w := start(t)
	for _, locale := range []string{"en-US", "es-ES", "es-419"} {
		_, page, _ := w.ask("GET", "/?locale="+locale, nil, nil)
		for _, bad := range []string{"<script>", "<style", " style=", " onclick", "javascript:", "http://", "https://", "{{", "ZgotmplZ"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: the page has %q", locale, bad)
			}
		}
		if !strings.Contains(page, `lang="`+locale+`"`) {
			t.Errorf("%s: the page does not say its language", locale)
		}
	}
}

func TestThePageSpeaksTheBrowsersLanguage(t *testing.T) {
	w := start(t)
	for accept, want := range map[string]string{
		"": "en-US", "en-GB,en;q=0.9": "en-US", "es": "es-ES", "es-ES,es;q=0.9": "es-ES", "es-EC,es;q=0.9,en;q=0.8": "es-419", "fr,es-MX;q=0.5": "es-419", "de": "en-US",
		strings.Repeat("x,", 5000): "en-US",
	} {
		_, page, _ := w.ask("GET", "/?locale=xx", nil, func(r *http.Request) { r.Header.Set("Accept-Language", accept) })
		if !strings.Contains(page, `data-locale="`+want+`"`) {
			t.Errorf("%.40q: not %s", accept, want)
		}
	}
}
