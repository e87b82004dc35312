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

// registerTime bounds the registration in one guild.
const registerTime = 30 * time.Second

// register makes the commands known to Discord where they are not what was registered last: one request in each guild of the
// settings, or one for all.
func (b *Bot) register(ctx context.Context, app string) {
	for _, guild := range b.set.Guilds {
		b.registerIn(ctx, app, guild, Commands(b.set.QuestionChars, false))
	}
	if len(b.set.Guilds) == 0 {
		b.registerIn(ctx, app, "", Commands(b.set.QuestionChars, true))
	} else if before, _ := b.registered(ctx, app+"/"); before != "" {
		b.registerIn(ctx, app, "", []*discordgo.ApplicationCommand{}) // they would be listed twice
	}
}

// registerIn registers the commands of a guild, or the global ones for "", and learns their ids.
func (b *Bot) registerIn(ctx context.Context, app, guild string, commands []*discordgo.ApplicationCommand) {
	ctx, cancel := context.WithTimeout(ctx, registerTime)
	defer cancel()
	if len(commands) > 0 {
		defer func() { b.learn(ctx, app, guild) }()
	}
	raw, err := json.Marshal(commands)
	if err != nil { // plain data
		panic(err)
	}
	sum := sha256.Sum256(raw)
	scope, hash := app+"/"+guild, hex.EncodeToString(sum[:])
	log := b.log.With(slog.String("guild", guild), slog.Int("commands", len(commands)))
	known, err := b.registered(ctx, scope)
	if err != nil {
		log.Warn("what is registered is not known", slog.Any("error", err))
	}
	if known == hash {
		log.Info("the commands are registered as they are")
		return
	}
	if !b.claimed(ctx, "register:"+scope+":"+hash) {
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

// registered is what was registered in a scope, as far as the store tells in time.
func (b *Bot) registered(ctx context.Context, scope string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	return b.commands.Registered(ctx, scope)
}

// claimed reports whether a registration is this process's. Where the store does not answer it is: to register twice does no harm.
func (b *Bot) claimed(ctx context.Context, key string) bool {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	first, err := b.store.Claim(ctx, b.now(), key, time.Minute)
	return err != nil || first
}
