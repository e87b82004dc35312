package discordtest

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Discord is one local Discord: its users and guilds, the REST API, and the gateway. All methods are safe for concurrent use.
type Discord struct {
	opts     Options
	base     string // http://host
	listener net.Listener
	server   *http.Server
	client   *http.Transport
	routes   []route
	schema   *openAPI
	ctx      context.Context // ends with Close
	cancel   context.CancelFunc
	done     <-chan struct{}
	closing  sync.Once
	running  sync.WaitGroup
	sign     ed25519.PrivateKey

	mu           sync.Mutex
	ids          ids
	bot          *User
	users        []*User
	guilds       []*Guild
	channels     map[string]*Channel
	messages     map[string]*Message
	interactions map[string]*Interaction // by token
	interactSeq  []*Interaction
	nonces       map[string]nonceUse
	commands     commandBook
	gateway      *Gateway
	rest         *REST
	limits       *limiter
	observers    []*observer
	endpoint     *endpoint
	changed      signal // something global changed: sessions, requests, commands
}

// New starts a local Discord that stops at the end of the test. Helpers that fail and requests that break Discord's
// OpenAPI description fail the test; choices change the options.
func New(tb TB, choices ...func(*Options)) *Discord {
	tb.Helper()
	o := Options{Logf: tb.Logf}
	o.Fail = func(message string) { tb.Helper(); tb.Fatalf("discordtest: %s", message) }
	o.OnViolation = func(v Violation) { tb.Errorf("discordtest: %v", v) }
	for _, choose := range choices {
		choose(&o)
	}
	if o.OpenAPI == "" {
		o.OpenAPI = findOpenAPI()
	}
	if o.OpenAPI == "" {
		o.Logf("discordtest: no OpenAPI description of Discord found (set DISCORD_OPENAPI): requests are checked against the documented limits only")
	}
	d, err := Start(o)
	if err != nil {
		tb.Fatalf("discordtest: %v", err)
	}
	tb.Cleanup(d.Close)
	return d
}

// Start starts a local Discord that stands alone, until Close. The error says what is wrong with the address or the
// OpenAPI file.
func Start(o Options) (*Discord, error) {
	set(&o.OpenAPI, openAPIFromEnv())
	o = o.withDefaults()
	d := &Discord{
		opts: o, sign: signingKey(o.Token),
		channels: map[string]*Channel{}, messages: map[string]*Message{}, interactions: map[string]*Interaction{}, nonces: map[string]nonceUse{},
	}
	d.ctx, d.cancel = context.WithCancel(context.Background())
	d.done = d.ctx.Done()
	if o.OpenAPI != "" {
		schema, err := loadOpenAPI(o.OpenAPI)
		if err != nil {
			return nil, err
		}
		d.schema = schema
	}
	d.bot = &User{ID: botID, Name: o.Bot, Bot: true, d: d, locale: "en-US"}
	d.users = []*User{d.bot}
	d.rest = &REST{d: d}
	d.gateway = newGateway(d)
	d.limits = newLimiter(*o.RateLimits)
	d.routes = d.restRoutes()
	if err := d.listen(); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Discord) listen() error {
	if d.opts.Memory {
		d.listener, d.base = newPipeListener(), "http://discord.test"
	} else {
		l, err := net.Listen("tcp", d.opts.Listen)
		if err != nil {
			return fmt.Errorf("cannot listen on %s: %w", d.opts.Listen, err)
		}
		d.listener, d.base = l, "http://"+l.Addr().String()
	}
	d.client = &http.Transport{DialContext: d.Dial, DialTLSContext: d.Dial, MaxIdleConnsPerHost: 64}
	d.server = &http.Server{Handler: d, ReadHeaderTimeout: time.Minute}
	d.running.Go(func() { _ = d.server.Serve(d.listener) })
	return nil
}

// Close stops the server, drops every connection and waits until nothing of it runs any more. It may be called twice.
func (d *Discord) Close() {
	d.closing.Do(func() {
		d.mu.Lock()
		d.cancel()
		for _, i := range d.interactSeq {
			i.stopTimer()
		}
		for c := range d.gateway.conns {
			c.drop()
		}
		for _, o := range d.observers {
			o.stop()
		}
		d.mu.Unlock()
		_ = d.server.Close()
		d.client.CloseIdleConnections()
	})
	d.running.Wait()
}

// URL is the address to use in place of https://discord.com. With Options.Memory it works through Transport and Client only.
func (d *Discord) URL() string { return d.base }

// GatewayURL is the address of the gateway's websocket. Discord's own names work too, through Dial.
func (d *Discord) GatewayURL() string { return "ws" + d.base[len("http"):] + "/" }

// Token is the bot's secret, without "Bot ".
func (d *Discord) Token() string { return d.opts.Token }

// Bot is the bot's own user.
func (d *Discord) Bot() *User { return d.bot }

// ApplicationID is the id of the bot's application.
func (d *Discord) ApplicationID() string { return applicationID }

// Now is the time on the local Discord's clock.
func (d *Discord) Now() time.Time { return d.opts.Clock.Now() }

// Dial connects to the local Discord, whatever the address says. It fits net.Dialer.DialContext and NetDialContext of
// gorilla/websocket, so a client may keep its addresses.
func (d *Discord) Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if l, ok := d.listener.(*pipeListener); ok {
		return l.dial(ctx)
	}
	return (&net.Dialer{}).DialContext(ctx, "tcp", d.listener.Addr().String())
}

// Transport sends every request to the local Discord, whatever its scheme and host: a client keeps its https://discord.com.
func (d *Discord) Transport() http.RoundTripper { return rewrite{d} }

// Client is an http.Client over Transport.
func (d *Discord) Client() *http.Client { return &http.Client{Transport: d.Transport()} }

type rewrite struct{ d *Discord }

func (r rewrite) RoundTrip(req *http.Request) (*http.Response, error) {
	base, err := url.Parse(r.d.base)
	if err != nil {
		return nil, err
	}
	out := req.Clone(req.Context())
	out.URL.Scheme, out.URL.Host, out.Host = base.Scheme, base.Host, base.Host
	return r.d.client.RoundTrip(out)
}

// Gateway is the websocket side: connections, sessions and their faults.
func (d *Discord) Gateway() *Gateway { return d.gateway }

// REST is the HTTP side: what was requested, and its faults.
func (d *Discord) REST() *REST { return d.rest }

func (d *Discord) newID() string { return d.ids.next(d.opts.Clock.Now()) }
