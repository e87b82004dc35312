package playground

import (
	"encoding/json"
	"fmt"

	"enlace/bot/discordtest"
)

func (p *Playground) slash(who session, a action) (any, error) {
	c, err := p.channel(who, a.Channel)
	if err != nil {
		return nil, err
	}
	options, err := p.values(who, a.Options)
	if err != nil {
		return nil, err
	}
	return used(who.user.Speaks(who.locale).Use(c, a.Command, options...))
}

// complete asks what may stand in an option, and waits for it.
func (p *Playground) complete(who session, a action) (any, error) {
	c, err := p.channel(who, a.Channel)
	if err != nil {
		return nil, err
	}
	options, err := p.values(who, a.Options)
	if err != nil {
		return nil, err
	}
	choices := who.user.Speaks(who.locale).Completes(c, a.Command, options...).Choices()
	return map[string]any{"choices": choices}, nil
}

func (p *Playground) menu(who session, a action) (any, error) {
	m, err := p.message(who, a.Message)
	if err != nil {
		return nil, err
	}
	who.user.Speaks(who.locale)
	return used(who.user.UseOn(m, a.Command), nil)
}

func (p *Playground) press(who session, a action) (any, error) {
	m, err := p.message(who, a.Message)
	if err != nil {
		return nil, err
	}
	return used(who.user.Speaks(who.locale).Press(m, a.Custom, a.Values))
}

func (p *Playground) submit(who session, a action) (any, error) {
	m := p.people.modal(who.token, a.Modal)
	if m == nil {
		return nil, errNoForm
	}
	return used(who.user.Speaks(who.locale).Submits(m, a.Fields), nil)
}

func used(i *discordtest.Interaction, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return map[string]string{"use": i.ID}, nil
}

// values are the options of a use in the types that they have there.
func (p *Playground) values(who session, list []value) ([]discordtest.Option, error) {
	var out []discordtest.Option
	for _, v := range list {
		o := discordtest.Option{Name: v.Name, Value: v.Value, Focused: v.Focused}
		switch x := v.Value.(type) {
		case string, bool:
		case json.Number:
			if n, err := x.Int64(); err == nil {
				o.Value = int(n)
			} else if f, err := x.Float64(); err == nil {
				o.Value = f
			}
		case map[string]any:
			c, err := p.channel(who, fmt.Sprint(x["channel"]))
			if err != nil {
				return nil, err
			}
			o.Value = c
		default:
			return nil, fmt.Errorf("option %q has no value", v.Name)
		}
		out = append(out, o)
	}
	return out, nil
}
