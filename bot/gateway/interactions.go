package gateway

import (
	"context"
	"net/http"

	"github.com/bwmarrin/discordgo"
)

const (
	callbackRoute = "/interactions/{interaction}/{token}/callback"
	webhookRoute  = "/webhooks/{application}/{token}"
	originalRoute = webhookRoute + "/messages/@original"
	followUpRoute = webhookRoute + "/messages/{message}"
)

// InteractionCallback sends the first response to an interaction, which is owed within 3 s. A repeated
// attempt that finds the interaction acknowledged is a success: it was us.
func (r *Rest) InteractionCallback(ctx context.Context, i *discordgo.Interaction, resp *discordgo.InteractionResponse) error {
	_, err := r.callback(ctx, i, resp, "")
	return err
}

// InteractionMessage is InteractionCallback for a response with a message, which it returns; nil when
// only a repeated attempt found out that the first one had arrived.
func (r *Rest) InteractionMessage(ctx context.Context, i *discordgo.Interaction, resp *discordgo.InteractionResponse) (*discordgo.Message, error) {
	a, err := r.callback(ctx, i, resp, "with_response=true")
	if err != nil || len(a.Body) == 0 {
		return nil, err
	}
	d, err := read[struct {
		Resource struct {
			Message *discordgo.Message `json:"message"`
		} `json:"resource"`
	}](a, nil)
	if err != nil {
		return nil, err
	}
	return d.Resource.Message, nil
}

func (r *Rest) callback(ctx context.Context, i *discordgo.Interaction, resp *discordgo.InteractionResponse, query string) (Response, error) {
	req := Request{
		Method: http.MethodPost, Route: callbackRoute, Path: path("interactions", i.ID, i.Token, "callback"),
		Query: query, Body: resp,
	}
	if resp.Data != nil {
		req.Files = resp.Data.Files
	}
	a, err := r.Do(ctx, req)
	if a.Retries > 0 && Code(err) == codeAcknowledged {
		return Response{Status: http.StatusNoContent, Retries: a.Retries}, nil
	}
	return a, err
}

// Original returns the first response's message.
func (r *Rest) Original(ctx context.Context, i *discordgo.Interaction) (*discordgo.Message, error) {
	return fetch[discordgo.Message](ctx, r, originalRoute, path("webhooks", i.AppID, i.Token, "messages", "@original"))
}

// EditOriginal edits the first response, or fills a deferred one. Only IsComponentsV2 and
// SuppressEmbeds are flags that an edit can set. The token works for 15 minutes.
func (r *Rest) EditOriginal(ctx context.Context, i *discordgo.Interaction, e *discordgo.WebhookEdit, flags ...discordgo.MessageFlags) (*discordgo.Message, error) {
	return r.editWebhook(ctx, originalRoute, path("webhooks", i.AppID, i.Token, "messages", "@original"), e, flags)
}

// DeleteOriginal deletes the first response.
func (r *Rest) DeleteOriginal(ctx context.Context, i *discordgo.Interaction) error {
	return r.delete(ctx, originalRoute, path("webhooks", i.AppID, i.Token, "messages", "@original"))
}

// FollowUp sends a further message. Nothing makes it idempotent, so it is repeated only when it surely
// did not arrive.
func (r *Rest) FollowUp(ctx context.Context, i *discordgo.Interaction, p *discordgo.WebhookParams) (*discordgo.Message, error) {
	resp, err := r.Do(ctx, Request{
		Method: http.MethodPost, Route: webhookRoute, Path: path("webhooks", i.AppID, i.Token), Query: "wait=true",
		Body: p, Files: p.Files, Once: true,
	})
	return message(resp, err)
}

// EditFollowUp edits a further message.
func (r *Rest) EditFollowUp(ctx context.Context, i *discordgo.Interaction, messageID string, e *discordgo.WebhookEdit, flags ...discordgo.MessageFlags) (*discordgo.Message, error) {
	return r.editWebhook(ctx, followUpRoute, path("webhooks", i.AppID, i.Token, "messages", messageID), e, flags)
}

// DeleteFollowUp deletes a further message.
func (r *Rest) DeleteFollowUp(ctx context.Context, i *discordgo.Interaction, messageID string) error {
	return r.delete(ctx, followUpRoute, path("webhooks", i.AppID, i.Token, "messages", messageID))
}

func (r *Rest) editWebhook(ctx context.Context, route, p string, e *discordgo.WebhookEdit, flags []discordgo.MessageFlags) (*discordgo.Message, error) {
	body := struct {
		*discordgo.WebhookEdit
		Flags discordgo.MessageFlags `json:"flags,omitempty"` // missing in discordgo v0.29.0
	}{WebhookEdit: e}
	for _, f := range flags {
		body.Flags |= f
	}
	resp, err := r.Do(ctx, Request{Method: http.MethodPatch, Route: route, Path: p, Body: body, Files: e.Files})
	return message(resp, err)
}
