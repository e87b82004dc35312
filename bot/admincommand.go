package bot

import (
	"github.com/bwmarrin/discordgo"
)

const (
	adminName     = "admin"
	optionVersion = "version"
	optionWhat    = "what"
	optionFormat  = "format"
)

// adminOf returns the command /admin. Discord hides it from all but administrators at first; a server may change that, so who uses it
// is asked every time.
func adminOf(global bool) *discordgo.ApplicationCommand {
	names, descriptions := spanish("administrar"), local("The fact base and the bot, for administrators", "La base de hechos y el bot, para administradores")
	nobody := int64(0)
	c := &discordgo.ApplicationCommand{
		Type: discordgo.ChatApplicationCommand, Name: adminName, Description: descriptions[discordgo.EnglishUS],
		NameLocalizations: &names, DescriptionLocalizations: &descriptions, DefaultMemberPermissions: &nobody,
		Options: []*discordgo.ApplicationCommandOption{
			adminSub("reload", "recargar", "Review the fact files, and put them in service", "Revisar los archivos de hechos y ponerlos en servicio"),
			adminSub("diff", "diferencias", "Show what the fact files would change", "Mostrar qué cambiarían los archivos de hechos"),
			adminSub("rollback", "revertir", "Go back to an earlier version of the facts", "Volver a una versión anterior de los hechos", &discordgo.ApplicationCommandOption{
				Type: discordgo.ApplicationCommandOptionString, Name: optionVersion, Description: "Which one; without it they are listed", Autocomplete: true, MaxLength: 80,
				NameLocalizations: spanish("versión"), DescriptionLocalizations: local("Which one; without it they are listed", "Cuál; sin esto se muestra la lista"),
			}),
			adminSub("status", "estado", "Show how the bot is, in every process", "Mostrar cómo está el bot, en cada proceso"),
			adminSub("gaps", "lagunas", "Show the questions that found nothing, and the disliked answers", "Mostrar las preguntas sin respuesta y las respuestas mal valoradas"),
			adminSub("pause", "pausar", "Stop answering, everywhere", "Dejar de responder, en todas partes"),
			adminSub("resume", "reanudar", "Answer again", "Volver a responder"),
			adminSub("export", "exportar", "Get feedback, answers or the record of admins' actions as a file", "Obtener valoraciones, respuestas o el registro de acciones en un archivo",
				adminChoice(optionWhat, "qué", "What to export", "Qué exportar", true,
					adminOption("feedback", "valoraciones", exportFeedback), adminOption("answers", "respuestas", exportAnswers), adminOption("record of admins' actions", "registro de acciones", exportAudit)),
				adminChoice(optionFormat, "formato", "The kind of file (CSV)", "El tipo de archivo (CSV)", false,
					adminOption("CSV (spreadsheet)", "CSV (hoja de cálculo)", formatCSV), adminOption("JSON lines", "líneas JSON", formatJSON))),
		},
	}
	if global {
		c.Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM}
		c.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
	}
	return c
}

func adminSub(name, es, description, descripcion string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: name, Description: description, Options: options,
		NameLocalizations: spanish(es), DescriptionLocalizations: local(description, descripcion),
	}
}

func adminChoice(name, es, description, descripcion string, required bool, choices ...*discordgo.ApplicationCommandOptionChoice) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionString, Name: name, Description: description, Required: required, Choices: choices,
		NameLocalizations: spanish(es), DescriptionLocalizations: local(description, descripcion),
	}
}

func adminOption(name, es, value string) *discordgo.ApplicationCommandOptionChoice {
	return &discordgo.ApplicationCommandOptionChoice{Name: name, NameLocalizations: local(name, es), Value: value}
}
