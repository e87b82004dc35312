package discordtest_test

import (
	"testing"

	"enlace/bot/discordtest"
)

func TestTranscriptIsWhatTheReaderSees(t *testing.T) {
	d := discordtest.New(t, discordtest.NoRateLimits)
	g := d.Guild("Library")
	general, ana, ben := g.Channel("general"), g.Member("ana"), g.Member("ben")
	registered(t, d, obj{"name": "ask", "description": "Ask"})
	q := ana.Asks(general, "who, "+ben.Mention()+"? see "+general.Mention())
	row := obj{"type": 1, "components": []obj{{"type": 2, "style": 2, "label": "Sources", "custom_id": "s"}, {"type": 2, "style": 2, "emoji": obj{"name": "👍"}, "custom_id": "up"}}}
	_, o := api(t, d, "POST", "/channels/"+general.ID+"/messages", obj{"content": "first try", "message_reference": obj{"message_id": q.ID},
		"allowed_mentions": obj{"parse": []string{}}})
	api(t, d, "PATCH", "/channels/"+general.ID+"/messages/"+o["id"].(string), obj{"content": "Reimberg [1]\n-# DHS <https://dhs.gov>", "components": []obj{row},
		"allowed_mentions": obj{"parse": []string{}}})
	ben.Reacts(d.Message(o["id"].(string)), "👍")
	i := ana.Slash(general, "ask")
	callback(t, d, i, 4, obj{"content": "only for you", "flags": 64})
	j := ben.Slash(general, "ask")
	callback(t, d, j, 5, nil)
	api(t, d, "POST", "/channels/"+general.ID+"/messages", obj{"content": "hey <@" + ben.ID + ">", "embeds": []obj{{"title": "T", "description": "D", "fields": []obj{{"name": "N", "value": "V"}}}}})
	ana.StartsThread(general, q, "more")

	want := `ana: @bot who, @ben? see #general
    thread “more”
bot → ana “@bot who, @ben? see #general”: Reimberg [1]
    -# DHS <https://dhs.gov>
    [Sources] [👍]
    👍 1
    (edited)
`
	private := "bot (to ana's /ask) (only ana sees this): only for you\n"
	rest := `bot (to ben's /ask): thinking…
bot (pings ben): hey @ben
    | T
    | D
    | N: V
`
	if got := general.Transcript(ana.User); got != want+private+rest {
		t.Errorf("ana reads:\n%s\nwant:\n%s", got, want+private+rest)
	}
	if got := general.Transcript(ben.User); got != want+rest {
		t.Errorf("ben reads:\n%s\nwant:\n%s", got, want+rest)
	}
	history := `bot → ana “@bot who, @ben? see #general”: Reimberg [1]
    -# DHS <https://dhs.gov>
    [Sources] [👍]
    👍 1
    (version 1) first try
    (edited)
`
	general.Deny(ben, discordtest.PermViewChannel)
	if got := general.Transcript(ben.User); got != "" {
		t.Errorf("ben reads a channel that he does not see:\n%s", got)
	}
	if got := general.History(ana.User); got != want[:len("ana: @bot who, @ben? see #general\n    thread “more”\n")]+history+private+rest {
		t.Errorf("history is:\n%s", got)
	}
}
