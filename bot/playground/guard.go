package playground

import (
	"net"
	"net/http"
	"net/url"
)

// maxBody bounds what an action may say; a text of 6,000 characters, the longest option, takes at most 36 kB as JSON.
const maxBody = 64 << 10

// policy forbids everything that is not a file of the page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; " +
	"base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// guard lets through what the page itself asks for.
func (p *Playground) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		switch {
		case !p.local(r.Host):
			http.Error(w, "this host is not served here", http.StatusMisdirectedRequest)
			return
		case !p.own(r):
			http.Error(w, "only the page itself may ask this", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	})
}

// local reports whether a Host is ours: a loopback address or localhost, with our port. A name that somebody else lets point here is not.
func (p *Playground) local(host string) bool {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		return false
	}
	_, own, _ := net.SplitHostPort(p.listener.Addr().String())
	ip := net.ParseIP(name)
	return port == own && (name == "localhost" || ip != nil && ip.IsLoopback())
}

// own reports whether the page asks, or somebody who opens it. Browsers tell where a request comes from in Origin, which they send with
// everything but simple reading, and in Sec-Fetch-Site.
func (p *Playground) own(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			return false
		}
	} else if u, err := url.Parse(origin); err != nil || u.Scheme != "http" || u.Host != r.Host {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return true
	}
	return r.URL.Path == "/" && r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate" // a link to the page
}
