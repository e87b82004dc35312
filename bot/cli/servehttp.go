package cli

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"enlace/bot/webhook"
	"enlace/config"
)

// openEndpoint opens the address for interactions over HTTP, where one is configured. Nothing is answered yet.
func (h *house) openEndpoint(c *config.Config) error {
	set := c.Discord.Interactions
	if set.Listen == "" {
		return nil
	}
	var err error
	h.endpoint, err = webhook.Listen(set.Listen, webhook.Options{
		PublicKey: set.PublicKey, Handler: h.bot, Log: h.log, Now: h.now,
		Refused:  func(why webhook.Reason) { h.metrics.Dropped("HTTP interaction: " + string(why)) },
		Panicked: h.metrics.Panicked,
	})
	if errors.Is(err, webhook.ErrKey) {
		return &failure{code: misused, err: err}
	}
	return err
}

// serveEndpoint takes interactions over HTTP until ctx ends.
func (h *house) serveEndpoint(ctx context.Context, side *sync.WaitGroup) {
	if h.endpoint == nil {
		return
	}
	h.log.Info("interactions over HTTP", slog.String("listen", h.endpoint.Address()), slog.String("path", webhook.Path))
	side.Go(func() {
		if err := h.endpoint.Serve(); err != nil {
			h.log.Error("the address for interactions is gone", slog.Any("error", err))
		}
	})
	context.AfterFunc(ctx, func() { _ = h.endpoint.Close(ctx) }) // it was drained, or there is no time for it
}

// drainEndpoint takes no further interactions over HTTP. Until now whoever came was told that the bot restarts.
func (h *house) drainEndpoint(ctx context.Context) {
	if h.endpoint == nil {
		return
	}
	if err := errors.Join(h.endpoint.Close(ctx), h.bot.Drain(ctx)); err != nil {
		h.log.Warn("interactions over HTTP did not finish in time", slog.Any("error", err))
	}
}
