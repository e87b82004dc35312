package bot

import "context"

// handlers are what uses come to: commands by their default name, buttons and forms by the action in their custom id, options that
// are being typed by the command's name.
type handlers struct {
	commands, buttons, forms, options map[string]func(context.Context, use)
}

func (b *Bot) table() handlers {
	return handlers{
		commands: map[string]func(context.Context, use){
			askName: b.askCommand,
		},
		buttons: map[string]func(context.Context, use){},
		forms:   map[string]func(context.Context, use){},
		options: map[string]func(context.Context, use){},
	}
}
