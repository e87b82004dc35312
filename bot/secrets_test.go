package bot_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"enlace/bot"
	"enlace/bot/discordtest"
	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/llm"
	"enlace/knowledge/llm/llmtest"
)

// TestB63SecretsStayInside lets everything fail that holds a secret, with the fullest log, and looks for the secrets and for what people
// asked in all that comes out. The endpoints tell them all in their errors, as a careless proxy does.
func TestB63SecretsStayInside(t *testing.T) {
	const key, asked = "sk-3cr3t-0123456789", "How high is the lighthouse"
	tell := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprintf(w, `{"error":{"message":%q}}`, r.Header.Get("Authorization")+string(body))
	})
	s := setup{debug: true, invalid: true, draw: func([]answer.Event, *knowledge.Topic, knowledge.Lang) ([]byte, string, error) { panic("no ink") }}
	s.also = func(w *world, o *bot.Options) {
		dial, stop := llmtest.Serve(tell)
		client, err := llm.New("http://model.test/v1", "scripted", llm.Options{Dial: dial, Key: key, Log: o.Log})
		if err != nil {
			t.Fatal(err)
		}
		w.Cleanup(func() { client.Close(); stop() })
		o.Answerer = answer.New(w.live, answer.Options{Writer: client, WriterVersion: "scripted"})
	}
	inWorld(t, s, func(w *world) {
		ana, rest := w.guild.Member("ana"), w.discord.REST()
		var used []*discordtest.Interaction
		use := func(command string, options ...discordtest.Option) {
			used = append(used, ana.Slash(w.general(), command, options...))
			w.settle(30 * time.Second)
		}
		everything := func() {
			ana.Asks(w.general(), asked+"?")
			use("ask", discordtest.Opt("question", asked+" here?"))
			use("timeline")
			use("check", discordtest.Opt("text", asked+", and 41 metres is the lighthouse high."))
			use("summary")
		}
		everything()
		routes := []string{callbacks, originals, "POST /channels/{id}/messages", "POST /webhooks/{id}/{token}"}
		for _, route := range routes {
			rest.Cut(route, discordtest.Forever())
		}
		everything()
		for _, status := range []int{403, 404, 500} {
			rest.Heal()
			for _, route := range routes {
				rest.Fail(route, status, discordtest.Forever(), discordtest.Body(w.discord.Token()+" "+used[len(used)-1].Token))
			}
			everything()
		}
		var out strings.Builder
		if err := w.metrics.Write(&out); err != nil {
			t.Fatal(err)
		}
		out.WriteString(w.log.String())
		secrets := []string{key, w.discord.Token(), asked}
		for _, i := range used {
			secrets = append(secrets, i.Token)
		}
		for _, secret := range secrets {
			if at := strings.Index(out.String(), secret); at >= 0 {
				t.Errorf("%.12s… is told: %s", secret, out.String()[max(0, at-300):at+20])
			}
		}
		for _, m := range w.general().Messages(nil) {
			if m.Author.Bot && (strings.Contains(m.Text(), key) || strings.Contains(m.Text(), w.discord.Token())) {
				t.Errorf("everybody reads %s", m)
			}
		}
		for _, want := range []string{"level=DEBUG", "a panic is contained", "model did not answer", "a use is not answered", "an answer is given up", "an interaction is not acknowledged"} {
			if !strings.Contains(w.log.String(), want) {
				t.Errorf("nothing of this kind has gone wrong: %s", want)
			}
		}
	})
}
