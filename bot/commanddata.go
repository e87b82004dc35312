package bot

import (
	"github.com/bwmarrin/discordgo"

	"enlace/knowledge"
)

// The default names, which interactions carry whatever the user's language is.
const (
	askName      = "ask"
	summaryName  = "summary"
	timelineName = "timeline"
	factName     = "fact"
	checkName    = "check"
	checkMenu    = "Check facts" // in the menu of a message
	sourcesName  = "sources"
	statusName   = "status"
	helpName     = "help"
	quotaName    = "quota"
	privacyName  = "privacy"
	forgetName   = "forget"

	optionQuestion = "question"
	optionPrivate  = "private"
	optionTopic    = "topic"
	optionFrom     = "from"
	optionTo       = "to"
	optionID       = "id"
	optionText     = "text"
)

// maxOption is the longest text that an option takes, in characters; Discord docs, interactions/application-commands.
const maxOption = 6000

// memberCommands are the commands for everybody.
func memberCommands(maxQuestion int) []*discordgo.ApplicationCommand {
	topic := func() *discordgo.ApplicationCommandOption {
		o := textOption(optionTopic, "tema", knowledge.Text{EN: "A topic; without one, everything", ES: "Un tema; sin él, todo"}, 100)
		o.Autocomplete = true
		return o
	}
	private := func() *discordgo.ApplicationCommandOption {
		return option(discordgo.ApplicationCommandOptionBoolean, optionPrivate, "privado", knowledge.Text{EN: "Show the answer to you alone", ES: "Mostrar la respuesta solo a ti"})
	}
	fact := textOption(optionID, "id", knowledge.Text{EN: "Its id, or words from it", ES: "Su identificador o palabras suyas"}, 100)
	fact.Autocomplete = true
	return []*discordgo.ApplicationCommand{
		slash(askName, "preguntar", knowledge.Text{EN: "Ask a question; the answer cites its sources", ES: "Haz una pregunta; la respuesta cita sus fuentes"},
			required(textOption(optionQuestion, "pregunta", knowledge.Text{EN: "What you want to know", ES: "Lo que quieres saber"}, maxQuestion)), private()),
		slash(summaryName, "resumen", knowledge.Text{EN: "Sum up a topic, or everything, with citations", ES: "Resume un tema, o todo, con citas"}, topic(), private()),
		slash(timelineName, "cronología", knowledge.Text{EN: "What happened when, oldest first", ES: "Qué pasó y cuándo, desde lo más antiguo"}, topic(),
			textOption(optionFrom, "desde", knowledge.Text{EN: "First date: 2025, 2025-07 or 2025-07-31", ES: "Primera fecha: 2025, 2025-07 o 2025-07-31"}, 40),
			textOption(optionTo, "hasta", knowledge.Text{EN: "Last date: 2025, 2025-07 or 2025-07-31", ES: "Última fecha: 2025, 2025-07 o 2025-07-31"}, 40)),
		slash(factName, "hecho", knowledge.Text{EN: "One fact with all its sources, in both languages", ES: "Un hecho con todas sus fuentes, en ambos idiomas"}, required(fact)),
		slash(checkName, "verificar", knowledge.Text{EN: "Check a text against the facts, sentence by sentence; only you see it", ES: "Contrasta un texto con los hechos, frase por frase; solo lo ves tú"},
			required(textOption(optionText, "texto", knowledge.Text{EN: "The text to check", ES: "El texto que se contrasta"}, maxOption))),
		slash(sourcesName, "fuentes", knowledge.Text{EN: "The register of all sources, by kind", ES: "El registro de todas las fuentes, por tipo"}),
		slash(statusName, "estado", knowledge.Text{EN: "What the bot runs on and how fresh its facts are", ES: "Con qué funciona el bot y cuán recientes son sus hechos"}),
		slash(helpName, "ayuda", knowledge.Text{EN: "What the bot can do", ES: "Qué sabe hacer el bot"}),
		slash(quotaName, "cuota", knowledge.Text{EN: "How much you can still ask this minute", ES: "Cuánto puedes preguntar todavía en este minuto"}),
		slash(privacyName, "privacidad", knowledge.Text{EN: "What the bot keeps of you, and for how long", ES: "Qué guarda el bot de ti y durante cuánto tiempo"}),
		slash(forgetName, "olvidar", knowledge.Text{EN: "Erase everything that the bot keeps of you", ES: "Borra todo lo que el bot guarda de ti"}),
		menu(checkMenu, "Verificar hechos"),
	}
}

// Commands returns the commands of the bot: in a guild, or globally, where they also say in which places and for whom they work.
// maxQuestion is the longest question in characters.
func Commands(maxQuestion int, global bool) []*discordgo.ApplicationCommand {
	list := memberCommands(maxQuestion)
	if !global {
		return append(list, adminOf(false))
	}
	for _, c := range list {
		c.Contexts = &[]discordgo.InteractionContextType{
			discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel,
		}
		c.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{
			discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall,
		}
	}
	return append(list, adminOf(true))
}

// slash is a command that is typed.
func slash(name, es string, about knowledge.Text, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommand {
	names, abouts := spanish(es), local(about.EN, about.ES)
	return &discordgo.ApplicationCommand{
		Type: discordgo.ChatApplicationCommand, Name: name, NameLocalizations: &names, Description: about.EN, DescriptionLocalizations: &abouts, Options: options,
	}
}

// menu is a command in the menu of a message, which has no description.
func menu(name, es string) *discordgo.ApplicationCommand {
	names := spanish(es)
	return &discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: name, NameLocalizations: &names}
}

func option(kind discordgo.ApplicationCommandOptionType, name, es string, about knowledge.Text) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: kind, Name: name, NameLocalizations: spanish(es), Description: about.EN, DescriptionLocalizations: local(about.EN, about.ES),
	}
}

func textOption(name, es string, about knowledge.Text, longest int) *discordgo.ApplicationCommandOption {
	o := option(discordgo.ApplicationCommandOptionString, name, es, about)
	o.MaxLength = longest
	return o
}

func required(o *discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	o.Required = true
	return o
}

// spanish are the names in both kinds of Spanish: es-419 falls back to es-ES, but not the reverse.
func spanish(es string) map[discordgo.Locale]string {
	return map[discordgo.Locale]string{discordgo.SpanishES: es, discordgo.SpanishLATAM: es}
}

// local are texts with the English of the United States named too, so that nobody there gets another English.
func local(en, es string) map[discordgo.Locale]string {
	return map[discordgo.Locale]string{discordgo.EnglishUS: en, discordgo.SpanishES: es, discordgo.SpanishLATAM: es}
}
