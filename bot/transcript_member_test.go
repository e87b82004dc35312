package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"enlace/bot"
	"enlace/bot/discordtest"
	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/search"
)

// memberSettings are the words that set up a bot for what members do: by word, with the rest of the line.
var memberSettings = map[string]func(p *play, value string){
	"shipped-facts": func(p *play, _ string) { p.setup.base = shipped() },
	"broken-store":  func(p *play, _ string) { p.setup.store = broken{state.NewMemory()} },
	"draws": func(p *play, _ string) {
		p.setup.draw = func(events []answer.Event, topic *knowledge.Topic, l knowledge.Lang) ([]byte, string, error) {
			return []byte("\x89PNG"), fmt.Sprintf("A line in %s with %d points.", l, len(events)), nil
		}
	},
	"draws-badly": func(p *play, _ string) {
		p.setup.draw = func([]answer.Event, *knowledge.Topic, knowledge.Lang) ([]byte, string, error) { panic("no ink") }
	},
	"runs": func(p *play, mode string) {
		p.setup.status = func() bot.Status {
			return bot.Status{Version: "1.2.3", Mode: knowledge.Mode(mode), Model: "quill-7b", Latency: 42 * time.Millisecond, Started: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)}
		}
	},
	"budget": func(p *play, value string) {
		p.setup.budget = func() (used, limit int64) {
			_, _ = fmt.Sscan(value, &used, &limit)
			return used, limit
		}
	},
}

// memberVerbs are the words of a play for what members do with commands, buttons and forms: by verb, with the person's name and the
// rest of the line.
var memberVerbs = map[string]func(p *play, name, rest string){
	"types":    (*play).types,
	"clicks":   (*play).clicks,
	"fills":    (*play).fills,
	"checks":   (*play).checks,
	"forges":   (*play).forges,
	"installs": func(p *play, name, _ string) { p.guild.Member(name).Installs() },
	"embeds": func(p *play, name, rest string) {
		place, text, _ := strings.Cut(rest, " ")
		title, about, _ := strings.Cut(text, " | ")
		p.sends(name, place, discordtest.Draft{Content: "Look:", Embeds: []discordtest.Embed{{Title: title, Description: about}}})
	},
	"quotes": func(p *play, name, rest string) {
		place, text, _ := strings.Cut(rest, " ")
		other, text, _ := strings.Cut(text, " ")
		p.sends(name, place, discordtest.Draft{Content: text, ReplyTo: p.said[other]})
	},
	"withdraws": func(p *play, _, rest string) {
		p.edits(rest, func(f *knowledge.Fact, text string) bool { f.Withdrawn = text; return true })
	},
	"rewrites": func(p *play, _, rest string) {
		p.edits(rest, func(f *knowledge.Fact, text string) bool { f.Text.EN, f.Status = text, knowledge.Reported; return true })
	},
	"removes": func(p *play, _, rest string) {
		p.edits(rest, func(*knowledge.Fact, string) bool { return false })
	},
	"/summary": slash("summary"), "/timeline": slash("timeline"), "/fact": slash("fact"), "/check": slash("check"), "/sources": slash("sources"),
	"/status": slash("status"), "/help": slash("help"), "/quota": slash("quota"), "/privacy": slash("privacy"), "/forget": slash("forget"),
}

// slash uses a command: "#general topic: harbour | private: true".
func slash(command string) func(p *play, name, rest string) {
	return func(p *play, name, rest string) {
		place, text, _ := strings.Cut(rest, " ")
		p.guild.Member(name).Slash(p.place(name, place), command, options(text)...)
	}
}

// options reads "topic: harbour | private: true".
func options(text string) (list []discordtest.Option) {
	for item := range strings.SplitSeq(text, " | ") {
		key, value, ok := strings.Cut(item, ": ")
		switch {
		case !ok:
		case key == "private":
			list = append(list, discordtest.Opt(key, value == "true"))
		default:
			list = append(list, discordtest.Opt(key, value))
		}
	}
	return list
}

// place is a channel, or @dm for the direct messages of the person, or @NAME for those with somebody else.
func (p *play) place(name, place string) *discordtest.Channel {
	p.Helper()
	switch other, private := strings.CutPrefix(place, "@"); {
	case place == "@dm":
		return p.direct(name)
	case private:
		c := p.guild.Member(name).User.With(p.guild.Member(other).User)
		if !slices.Contains(p.channels, c) {
			p.channels = append(p.channels, c)
		}
		return c
	}
	return p.in(place)
}

// types lets somebody type into an option: "/fact id: light". What is suggested is noted.
func (p *play) types(name, rest string) {
	p.Helper()
	command, text, _ := strings.Cut(strings.TrimPrefix(rest, "/"), " ")
	key, value, _ := strings.Cut(text, ":")
	value = strings.TrimPrefix(value, " ")
	p.noted = append(p.noted, fmt.Sprintf("%s types /%s %s: %s", name, command, key, value))
	choices := p.guild.Member(name).Completes(p.general(), command, discordtest.Typing(key, value)).Choices()
	for _, c := range choices {
		p.noted = append(p.noted, fmt.Sprintf("    %s = %v", c.Name, c.Value))
	}
	if len(choices) == 0 {
		p.noted = append(p.noted, "    (nothing)")
	}
}

// clicks presses the button of the last message that has it and that the person sees: "#general Sources", or one that says something:
// "#general Sources on 41 metres". A form that opens is noted.
func (p *play) clicks(name, rest string) {
	p.Helper()
	place, text, _ := strings.Cut(rest, " ")
	button, says, _ := strings.Cut(text, " on ")
	who := p.guild.Member(name).User
	m := p.having(who, p.place(name, place), button, says)
	i := who.Clicks(m, button)
	p.settle(time.Second)
	if i.Response() != discordtest.RespondModal {
		return
	}
	if p.forms == nil {
		p.forms = map[string]*discordtest.Modal{}
	}
	f := i.Modal()
	p.forms[name] = f
	p.noted = append(p.noted, fmt.Sprintf("%s sees the form “%s”", name, f.Title))
	for _, c := range f.Components {
		line := fmt.Sprintf("    %s (%s)", c.Label, c.Component.CustomID)
		for _, o := range c.Component.Options {
			line += fmt.Sprintf(" [%s = %s]", o.Label, o.Value)
		}
		if c.Component.Value != "" {
			line += " “" + c.Component.Value + "”"
		}
		p.noted = append(p.noted, line)
	}
}

// having is the last message with a button that somebody sees.
func (p *play) having(who *discordtest.User, c *discordtest.Channel, button, says string) *discordtest.Message {
	p.Helper()
	for _, m := range slices.Backward(c.Messages(who)) {
		if slices.Contains(m.Buttons(), button) && strings.Contains(m.Content, says) {
			return m
		}
	}
	p.Fatalf("%s sees no message with the button %q in #%s", who.Name, button, c.Name)
	return nil
}

// fills sends the person's form in: "why: wrong | text: It is 42 metres."
func (p *play) fills(name, rest string) {
	p.Helper()
	if p.forms[name] == nil {
		p.Fatalf("%s has no form", name)
	}
	fields := map[string]string{}
	for item := range strings.SplitSeq(rest, " | ") {
		if key, value, ok := strings.Cut(item, ": "); ok {
			fields[key] = value
		}
	}
	p.guild.Member(name).Submits(p.forms[name], fields)
}

// checks uses Check facts on the last message of somebody, or of the bot: "ana", "bot #general".
func (p *play) checks(name, rest string) {
	p.Helper()
	whose, place, _ := strings.Cut(rest, " ")
	m := p.said[whose]
	if whose == "bot" {
		m = p.last(p.in(place))
	}
	p.guild.Member(name).UseOn(m, "Check facts")
}

// forges presses a button that the last message of the bot does not have: "#general enlace:share:1".
func (p *play) forges(name, rest string) {
	p.Helper()
	place, id, _ := strings.Cut(rest, " ")
	c := p.in(place)
	p.guild.Member(name).Sends(c, discordtest.InteractionComponent, []byte(fmt.Sprintf(`{"custom_id":%q,"component_type":2}`, id)), p.last(c))
}

func (p *play) sends(name, place string, d discordtest.Draft) {
	p.Helper()
	m, err := p.guild.Member(name).Send(p.in(place), d)
	if err != nil {
		p.Fatal(err)
	}
	p.said[name] = m
}

// edits puts a base in service with one fact changed, or removed where change returns false.
func (p *play) edits(rest string, change func(f *knowledge.Fact, text string) bool) {
	p.Helper()
	id, text, _ := strings.Cut(rest, " ")
	p.live.Store(search.New(edited(p.live.Load().Base(), knowledge.FactID(id), func(f *knowledge.Fact) bool { return change(f, text) })))
}

// edited is a base with one fact changed.
func edited(b *knowledge.Base, id knowledge.FactID, change func(*knowledge.Fact) bool) *knowledge.Base {
	list := slices.Clone(b.Facts)
	at := slices.IndexFunc(list, func(f knowledge.Fact) bool { return f.ID == id })
	if !change(&list[at]) {
		list = slices.Delete(list, at, at+1)
	}
	return knowledge.NewBase(b.Version+"+", b.Topics, b.Sources, b.Entities, list)
}
