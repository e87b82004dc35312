package discordtest_test

import (
	"testing"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/discordtest"
)

func TestMentionIsAnswered(t *testing.T) {
	d := discordtest.New(t)
	guild := d.Guild("Library")
	ana := guild.Member("ana")
	general := guild.Channel("general")
	connect(t, d, func(s *discordgo.Session, m *discordgo.MessageCreate) {
		if m.Author.Bot || len(m.Mentions) == 0 {
			return
		}
		_, err := s.ChannelMessageSendComplex(m.ChannelID, &discordgo.MessageSend{Content: "Hello [1]", Reference: m.Reference(),
			AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}})
		if err != nil {
			t.Error(err)
		}
	})
	ana.Asks(general, "who?").Answer()
	want := "ana: @bot who?\nbot → ana “@bot who?”: Hello [1]\n"
	if got := general.Transcript(ana.User); got != want {
		t.Errorf("transcript:\n%s\nwant:\n%s", got, want)
	}
}

func TestSlashIsDeferredAndEdited(t *testing.T) {
	d := discordtest.New(t)
	guild := d.Guild("Library")
	ana := guild.Member("ana")
	s := connect(t, d, func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		if err := s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}); err != nil {
			t.Error(err)
		}
		text := "answer to " + i.ApplicationCommandData().Options[0].StringValue()
		if _, err := s.InteractionResponseEdit(i.Interaction, &discordgo.WebhookEdit{Content: &text}); err != nil {
			t.Error(err)
		}
	})
	_, err := s.ApplicationCommandBulkOverwrite(d.ApplicationID(), "", []*discordgo.ApplicationCommand{{Name: "ask", Description: "Ask",
		Options: []*discordgo.ApplicationCommandOption{{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "What", Required: true}}}})
	if err != nil {
		t.Fatal(err)
	}
	i := ana.Slash(guild.Channel("general"), "ask", discordtest.Opt("question", "who"))
	i.Acked()
	if m := i.Reply(); m.Content != "answer to who" {
		t.Errorf("reply is %q", m.Content)
	}
	want := "bot (to ana's /ask): answer to who\n"
	if got := guild.Channel("general").Transcript(nil); got != want {
		t.Errorf("transcript:\n%s\nwant:\n%s", got, want)
	}
}
