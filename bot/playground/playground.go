package playground

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"enlace/bot/discordtest"
	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/draft"
)

// Options are the choices of a playground. Discord is required.
type Options struct {
	Discord *discordtest.Discord
	Listen  string // a loopback address; "" = 127.0.0.1 and a free port
	Guild   string // the server's name; "" = "Playground"
	// Admins are the names of people who administer the server from the start; anybody else may become one on the page.
	Admins []string
	// Prompt words a request to a language model as the model gets it, for the inspector; nil = it is not shown.
	Prompt  func(draft.Request) string
	Samples []Sample // messages that are there at the start
	// Questions are suggested where a channel begins.
	Questions knowledge.Texts
	Log       *slog.Logger
}

// Sample is a message of somebody else, to try commands on.
type Sample struct{ Author, Channel, Text string }

// Playground is a page that is being served. It is safe for concurrent use.
type Playground struct {
	discord   *discordtest.Discord
	guild     *discordtest.Guild
	admins    *discordtest.Role
	log       *slog.Logger
	people    *people
	hub       *hub
	traces    *traces
	prompt    func(draft.Request) string
	questions knowledge.Texts
	listener  net.Listener
	server    *http.Server
	stop      func() // ends the observer
	closing   sync.Once
	streams   sync.WaitGroup
}

// The channels of a playground, in order.
const (
	channelGeneral = "general"
	channelSpanish = "español"
	channelNews    = "news"
)

// AdminRole is the name of the role that administers the server.
const AdminRole = "Administrators"

// New listens, and prepares the server with its channels. Nothing is answered before Serve. The error says what is wrong with the
// address.
func New(o Options) (*Playground, error) {
	if o.Discord == nil {
		return nil, errors.New("playground: a local Discord is required")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Guild == "" {
		o.Guild = "Playground"
	}
	l, err := listen(o.Listen)
	if err != nil {
		return nil, err
	}
	p := &Playground{discord: o.Discord, guild: o.Discord.Guild(o.Guild), log: o.Log, prompt: o.Prompt, questions: o.Questions, listener: l, traces: newTraces()}
	p.admins = p.guild.Role(AdminRole, discordtest.PermAdministrator)
	for _, name := range []string{channelGeneral, channelSpanish, channelNews} {
		p.guild.Channel(name)
	}
	p.people = newPeople(p.guild, p.admins, o.Admins)
	p.hub = newHub(p)
	if err := p.seed(o.Samples); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	p.stop = o.Discord.Observe(p.hub.happened)
	p.server = &http.Server{
		Handler: p.guard(p.routes()), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 20 * time.Second,
		IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug),
	}
	return p, nil
}

// listen opens a loopback address, and refuses any other.
func listen(address string) (net.Listener, error) {
	if address == "" {
		address = "127.0.0.1:0"
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("%q is not an address (write 127.0.0.1:8900)", address)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("%q is not an address of this machine alone: everybody who reaches the page can use it (write 127.0.0.1 and a port)", address)
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s (choose another port, or none for a free one): %w", address, err)
	}
	if a, ok := l.Addr().(*net.TCPAddr); !ok || !a.IP.IsLoopback() { // a localhost that is something else
		return nil, errors.Join(fmt.Errorf("%s is not an address of this machine alone", l.Addr()), l.Close())
	}
	return l, nil
}

// seed writes the samples.
func (p *Playground) seed(samples []Sample) error {
	for _, s := range samples {
		author := p.guild.Member(s.Author)
		if _, err := author.Send(p.guild.Channel(s.Channel), discordtest.Draft{Content: s.Text}); err != nil {
			return fmt.Errorf("a sample cannot be written: %w", err)
		}
	}
	return nil
}

// URL is the page's address.
func (p *Playground) URL() string { return "http://" + p.listener.Addr().String() + "/" }

// Serve answers until Close. It returns nil then, and else why it ended.
func (p *Playground) Serve() error {
	if err := p.server.Serve(p.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("the playground's page is gone: %w", err)
	}
	return nil
}

// Close ends the page and every stream, and waits for them. The local Discord and the bot are the caller's.
func (p *Playground) Close() error {
	var err error
	p.closing.Do(func() {
		p.stop()
		p.hub.close()
		err = errors.Join(p.server.Close(), p.listener.Close())
		if errors.Is(err, net.ErrClosed) { // the server closed it
			err = nil
		}
	})
	p.streams.Wait()
	return err
}

// Trace takes how an answer came about, for the inspector. It fits [answer.Options].
func (p *Playground) Trace(t answer.Trace) {
	if p.traces.put(t) {
		p.hub.traced(t.Answer.ID)
	}
}

// MakeAdmin makes the people of Options.Admins known to the local Discord, and returns their ids: the bot's settings need them before
// anybody has opened the page.
func MakeAdmin(d *discordtest.Discord, names []string) (ids []string) {
	for _, name := range names {
		if name = cleanName(name); name != "" {
			ids = append(ids, d.User(name).ID)
		}
	}
	return ids
}
