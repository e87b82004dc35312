package bot_test

import (
	"github.com/bwmarrin/discordgo"

	"enlace/bot/discordtest"
)

// ready is READY as a second process gets it.
func ready(w *world) *discordgo.Ready {
	return &discordgo.Ready{User: &discordgo.User{ID: w.discord.Bot().ID}, Application: &discordgo.Application{ID: w.discord.ApplicationID()}}
}

// created is the event of a message that mentions the bot.
func created(w *world, m *discordtest.Message, text string) *discordgo.Message {
	return &discordgo.Message{
		ID: m.ID, ChannelID: m.Channel.ID, GuildID: w.guild.ID, Content: w.discord.Bot().Mention() + " " + text,
		Author: &discordgo.User{ID: m.Author.ID}, Mentions: []*discordgo.User{{ID: w.discord.Bot().ID}},
	}
}
