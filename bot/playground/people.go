package playground

import (
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"enlace/bot/discordtest"
)

// Bounds of who may be there and how much they do.
const (
	maxSessions = 64
	maxName     = 32 // characters; Discord's longest name
	burst       = 40 // actions at once
	perSecond   = 20 // actions in the long run
)

// The locales that a person may have; Discord docs, reference, "Locales". Others would be shown English.
var locales = []string{"en-US", "es-ES", "es-419"}

// newcomers are the names that tabs get until their people choose another.
var newcomers = []string{"Ana", "Ben", "Carla", "Diego", "Elena", "Felix", "Gabriela", "Hugo", "Inés", "Jonas", "Karen", "Luis"}

// session is one tab of a browser: a person, and what they may do at a time.
type session struct {
	token  string
	user   *discordtest.User
	locale string
	admin  bool

	used   time.Time
	tokens float64 // actions that are left
	modals map[string]*discordtest.Modal
}

// people are the sessions. It is safe for concurrent use.
type people struct {
	guild *discordtest.Guild
	role  *discordtest.Role

	mu       sync.Mutex
	sessions map[string]*session
	admins   map[string]bool // by user id
}

func newPeople(g *discordtest.Guild, role *discordtest.Role, admins []string) *people {
	p := &people{guild: g, role: role, sessions: map[string]*session{}, admins: map[string]bool{}}
	for _, name := range admins {
		if name = cleanName(name); name != "" {
			p.admins[g.Member(name).Give(role).ID] = true
		}
	}
	return p
}

// wish is who a tab wants to be.
type wish struct {
	Name   string `json:"name"`
	Locale string `json:"locale"`
	Admin  *bool  `json:"admin"` // nil = as they are
	Token  string `json:"token"` // of an earlier session; "" = none
}

var errFull = errors.New("too many people are here; close some tabs")

// enter gives a tab its person: a new session, or a changed one where it has one already.
func (p *people) enter(w wish, now time.Time) (session, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.sessions[w.Token]
	name := cleanName(w.Name)
	if name == "" && s != nil {
		name = s.user.Name
	}
	if name == "" {
		name = p.newcomer()
	}
	if s == nil {
		if !p.makeRoom(now) {
			return session{}, errFull
		}
		s = &session{token: rand.Text(), tokens: burst, used: now, modals: map[string]*discordtest.Modal{}}
		p.sessions[s.token] = s
	}
	member := p.guild.Member(name)
	if s.user != member.User {
		s.modals = map[string]*discordtest.Modal{}
	}
	s.user, s.locale = member.User, locales[max(0, slices.Index(locales, w.Locale))]
	member.Speaks(s.locale)
	if w.Admin != nil {
		p.admins[s.user.ID] = *w.Admin
	}
	if s.admin = p.admins[s.user.ID]; s.admin {
		member.Give(p.role)
	} else {
		member.Take(p.role)
	}
	for _, other := range p.sessions { // the same person in another tab
		if other.user == s.user {
			other.admin = s.admin
		}
	}
	return *s, nil
}

// newcomer is a name that nobody here has.
func (p *people) newcomer() string {
	taken := map[string]bool{}
	for _, s := range p.sessions {
		taken[s.user.Name] = true
	}
	for _, name := range newcomers {
		if !taken[name] {
			return name
		}
	}
	return fmt.Sprintf("%s %d", newcomers[0], len(p.sessions))
}

// makeRoom forgets the session that was idle for the longest time where there are too many; none goes that was used in the last hour.
func (p *people) makeRoom(now time.Time) bool {
	if len(p.sessions) < maxSessions {
		return true
	}
	var oldest *session
	for _, s := range p.sessions {
		if oldest == nil || s.used.Before(oldest.used) {
			oldest = s
		}
	}
	if now.Sub(oldest.used) < time.Hour {
		return false
	}
	delete(p.sessions, oldest.token)
	return true
}

// who returns the person of a token as they are now; false = nobody.
func (p *people) who(token string, now time.Time) (session, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.sessions[token]
	if s == nil {
		return session{}, false
	}
	s.used = now
	return *s, true
}

// peek is who, and no sign of use.
func (p *people) peek(token string) (session, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.sessions[token]
	if s == nil {
		return session{}, false
	}
	return *s, true
}

// may takes one action from what a person may do at a time.
func (p *people) may(token string, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.sessions[token]
	if s == nil {
		return false
	}
	s.tokens = min(burst, s.tokens+perSecond*now.Sub(s.used).Seconds())
	s.used = now
	if s.tokens < 1 {
		return false
	}
	s.tokens--
	return true
}

// maxModals is how many open forms a tab remembers.
const maxModals = 20

// open remembers a form that was opened for a person, in all tabs of theirs.
func (p *people) open(u *discordtest.User, id string, m *discordtest.Modal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.sessions {
		if s.user != u {
			continue
		}
		if len(s.modals) >= maxModals {
			clear(s.modals)
		}
		s.modals[id] = m
	}
}

// modal returns a form that was opened for a tab.
func (p *people) modal(token, id string) *discordtest.Modal {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s := p.sessions[token]; s != nil {
		return s.modals[id]
	}
	return nil
}

// cleanName is a name as Discord would keep it: one line, nothing invisible, at most 32 characters. Anything else may be in it.
func cleanName(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "")))
	runes := []rune(strings.Join(strings.Fields(s), " "))
	return strings.TrimSpace(string(runes[:min(len(runes), maxName)]))
}
