package bot_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"enlace/bot"
	"enlace/bot/discordtest"
)

// adminSettings are the words that set up a bot for what admins do: by word, with the rest of the line.
var adminSettings = map[string]func(p *play, value string){
	"admins": func(p *play, _ string) { p.desk = withDesk(&p.setup) },
	"admin": func(p *play, name string) {
		before := p.setup.channels
		p.setup.channels = func(g *discordtest.Guild, set *bot.Settings) {
			if before != nil {
				before(g, set)
			}
			set.AdminUsers = append(set.AdminUsers, g.Member(name).ID)
		}
	},
}

// adminVerbs are the words of a play for what admins do: by verb, with the person's name and the rest of the line.
var adminVerbs = map[string]func(p *play, name, rest string){
	"rules":         func(p *play, name, _ string) { p.ruler(name) },
	"/admin":        (*play).administers,
	"tries":         (*play).tries,
	"types-version": (*play).typesVersion,
	"picks":         (*play).picks,
	"opens":         (*play).opens,
	"saves": func(p *play, _, rest string) {
		file, text, _ := strings.Cut(rest, " ")
		old, text, _ := strings.Cut(text, " => ")
		p.desk.save(p, file, old, text)
	},
}

// administers uses a subcommand: "#general export what: answers | format: csv".
func (p *play) administers(name, rest string) {
	place, text, _ := strings.Cut(rest, " ")
	sub, text, _ := strings.Cut(text, " ")
	p.guild.Member(name).Slash(p.place(name, place), "admin "+sub, options(text)...)
}

// tries uses a subcommand that the client would not offer: a server may have changed who sees it.
func (p *play) tries(name, rest string) {
	place, sub, _ := strings.Cut(rest, " ")
	tries(p.guild.Member(name).User, p.place(name, place), sub)
}

func tries(who *discordtest.User, c *discordtest.Channel, sub string) *discordtest.Interaction {
	data, err := json.Marshal(map[string]any{"id": "1", "name": "admin", "type": 1, "options": []any{map[string]any{"name": sub, "type": 1, "options": []any{}}}})
	if err != nil {
		panic(err)
	}
	return who.Sends(c, discordtest.InteractionCommand, data, nil)
}

// typesVersion lets somebody type a version to roll back to. What is suggested is noted without the hashes.
func (p *play) typesVersion(name, rest string) {
	p.noted = append(p.noted, fmt.Sprintf("%s types /admin rollback version: %s", name, rest))
	choices := p.guild.Member(name).Completes(p.general(), "admin rollback", discordtest.Typing("version", rest)).Choices()
	for _, c := range choices {
		p.noted = append(p.noted, "    "+c.Name)
	}
	if len(choices) == 0 {
		p.noted = append(p.noted, "    (nothing)")
	}
}

// picks chooses the first version of the last list that somebody sees.
func (p *play) picks(name, rest string) {
	who := p.guild.Member(name).User
	for _, m := range slices.Backward(p.in(rest).Messages(who)) {
		if menu := menuOf(m); menu != nil {
			who.Selects(m, menu.CustomID, menu.Options[0].Value)
			return
		}
	}
	p.Fatalf("%s sees no list", name)
}

func menuOf(m *discordtest.Message) *discordtest.Component {
	for _, row := range m.Components {
		for _, c := range row.Components {
			if c.Type == discordtest.CompStringSelect {
				return &c
			}
		}
	}
	return nil
}

// opens notes what the file under the last message says that somebody sees.
func (p *play) opens(name, rest string) {
	who := p.guild.Member(name).User
	for _, m := range slices.Backward(p.in(rest).Messages(who)) {
		for _, a := range m.Attachments {
			p.noted = append(p.noted, fmt.Sprintf("%s opens %s", name, a.Name), "    "+strings.ReplaceAll(strings.TrimSpace(string(a.Data)), "\n", "\n    "))
			return
		}
	}
	p.Fatalf("%s sees no file", name)
}
