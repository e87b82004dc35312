package bot

import "context"

// handlers are what uses come to: commands by their default name, buttons and forms by the action in their custom id, options that
// are being typed by the command's name.
type handlers struct {
	commands, buttons, forms, options map[string]func(context.Context, use)
}

func (b *Bot) table() handlers {
	h := handlers{
		commands: map[string]func(context.Context, use){
			askName:      b.askCommand,
			summaryName:  b.summaryCommand,
			timelineName: b.timelineCommand,
			factName:     b.factCommand,
			checkName:    b.checkCommand,
			checkMenu:    b.checkMessage,
			sourcesName:  b.sourcesCommand,
			statusName:   b.statusCommand,
			helpName:     b.helpCommand,
			quotaName:    b.quotaCommand,
			privacyName:  b.privacyCommand,
			forgetName:   b.forgetCommand,
		},
		buttons: map[string]func(context.Context, use){
			doSources:  b.sourcesButton,
			doUp:       b.upButton,
			doDown:     b.downButton,
			doShare:    b.shareButton,
			doTimeline: b.timelineButton,
			doRegistry: b.registryButton,
			doForget:   b.forgetButton,
		},
		forms: map[string]func(context.Context, use){
			doWhy: b.whyForm,
		},
		options: map[string]func(context.Context, use){
			summaryName:  b.suggestTopics,
			timelineName: b.suggestTopics,
			factName:     b.suggestFacts,
		},
	}
	h.commands[adminName], h.options[adminName] = b.adminCommand, b.suggestVersions
	for action, do := range b.adminButtons() {
		h.buttons[action] = b.adminButton(action, do)
	}
	return h
}
