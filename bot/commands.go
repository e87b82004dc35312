package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/bwmarrin/discordgo"
)

// The default names, which interactions carry whatever the asker's language is.
const (
	askName        = "ask"
	optionQuestion = "question"
	optionPrivate  = "private"
)

// registerTime bounds the registration in one guild.
const registerTime = 30 * time.Second

// Commands returns the commands of the bot: in a guild, or globally, where they also say in which places and for whom they work.
// maxQuestion is the longest question in characters.
func Commands(maxQuestion int, global bool) []*discordgo.ApplicationCommand {
	ask := &discordgo.ApplicationCommand{
		Type: discordgo.ChatApplicationCommand, Name: askName,
		Description: "Ask a question; the answer cites its sources",
		Options: []*discordgo.ApplicationCommandOption{
			{
				Type: discordgo.ApplicationCommandOptionString, Name: optionQuestion, Description: "What you want to know", Required: true,
				NameLocalizations: spanish("pregunta"), DescriptionLocalizations: local("What you want to know", "Lo que quieres saber"),
				MaxLength: maxQuestion,
			},
			{
				Type: discordgo.ApplicationCommandOptionBoolean, Name: optionPrivate, Description: "Show the answer to you alone",
				NameLocalizations: spanish("privado"), DescriptionLocalizations: local("Show the answer to you alone", "Mostrar la respuesta solo a ti"),
			},
		},
	}
	names, descriptions := spanish("preguntar"), local(ask.Description, "Haz una pregunta; la respuesta cita sus fuentes")
	ask.NameLocalizations, ask.DescriptionLocalizations = &names, &descriptions
	if global {
		ask.Contexts = &[]discordgo.InteractionContextType{
			discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel,
		}
		ask.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{
			discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall,
		}
	}
	return []*discordgo.ApplicationCommand{ask}
}

// spanish are the names in both kinds of Spanish: es-419 falls back to es-ES, but not the reverse.
func spanish(es string) map[discordgo.Locale]string {
	return map[discordgo.Locale]string{discordgo.SpanishES: es, discordgo.SpanishLATAM: es}
}

// local are texts with the English of the United States named too, so that nobody there gets another English.
func local(en, es string) map[discordgo.Locale]string {
	return map[discordgo.Locale]string{discordgo.EnglishUS: en, discordgo.SpanishES: es, discordgo.SpanishLATAM: es}
}

// register makes the commands known to Discord where they are not what was registered last: one request in each guild of the
// settings, or one for all.
func (b *Bot) register(ctx context.Context, app string) {
	for _, guild := range b.set.Guilds {
		b.registerIn(ctx, app, guild, Commands(b.set.QuestionChars, false))
	}
	if len(b.set.Guilds) == 0 {
		b.registerIn(ctx, app, "", Commands(b.set.QuestionChars, true))
	} else if before, _ := b.commands.Registered(ctx, app+"/"); before != "" {
		b.registerIn(ctx, app, "", []*discordgo.ApplicationCommand{}) // they would be listed twice
	}
}

func (b *Bot) registerIn(ctx context.Context, app, guild string, commands []*discordgo.ApplicationCommand) {
	ctx, cancel := context.WithTimeout(ctx, registerTime)
	defer cancel()
	raw, err := json.Marshal(commands)
	if err != nil { // plain data
		panic(err)
	}
	sum := sha256.Sum256(raw)
	scope, hash := app+"/"+guild, hex.EncodeToString(sum[:])
	log := b.log.With(slog.String("guild", guild), slog.Int("commands", len(commands)))
	known, err := b.commands.Registered(ctx, scope)
	if err != nil {
		log.Warn("what is registered is not known", slog.Any("error", err))
	}
	if known == hash {
		log.Info("the commands are registered as they are")
		return
	}
	if first, err := b.store.Claim(ctx, b.now(), "register:"+scope+":"+hash, time.Minute); err == nil && !first {
		return // another shard or another process is at it
	}
	if err := b.discord.RegisterCommands(ctx, app, guild, commands); err != nil {
		log.Error("the commands are not registered (is the application installed with the scope applications.commands?)", slog.Any("error", err))
		return
	}
	if err := b.commands.PutRegistered(ctx, scope, hash); err != nil {
		log.Warn("it is not remembered that the commands are registered", slog.Any("error", err))
	}
	log.Info("the commands are registered")
}
