package webhook_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/webhook"
)

func TestB61OnlyASignedPingGetsAPong(t *testing.T) {
	d := newDesk(t, nil)
	for range 3 { // routinely, and with the same id
		w := d.answer(request(ping))
		if w.Code != 200 || w.Header().Get("Content-Type") != "application/json" || w.Body.String() != `{"type":1}` {
			t.Errorf("%d %q %s", w.Code, w.Header(), w.Body)
		}
	}
	for name, spoil := range map[string]func(*http.Request){
		"unsigned": func(r *http.Request) { r.Header.Del("X-Signature-Ed25519") },
		"forged":   func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", strings.Repeat("ab", 64)) },
	} {
		r := request(ping)
		spoil(r)
		if w := d.answer(r); w.Code != 401 || strings.Contains(w.Body.String(), "type") {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	if w := d.answer(requestAt(ping, time.Now().Add(-time.Hour))); w.Code != 401 {
		t.Errorf("stale: %d", w.Code)
	}
	d.closes(t)
	if d.count() != 0 {
		t.Errorf("%d ran", d.count())
	}
}

func TestB62OddInteractionsRunNothing(t *testing.T) {
	good := string(command("1"))
	change := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("%q is not in it", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	member := good[strings.Index(good, `"member":`):strings.Index(good, `,"data":`)]
	data := good[strings.Index(good, `"data":`) : len(good)-1]
	for name, body := range map[string]string{
		"nothing":                "",
		"null":                   "null",
		"a list":                 "[]",
		"a text":                 `"x"`,
		"an empty object":        "{}",
		"not JSON":               "<xml/>",
		"cut":                    good[:len(good)-2],
		"something behind it":    good + "{}",
		"deep":                   `{"type":2,"data":` + strings.Repeat("[", 100_000),
		"no type":                change(`"type":2,`, ``),
		"type 0":                 change(`"type":2,`, `"type":0,`),
		"type 6":                 change(`"type":2,`, `"type":6,`),
		"type 255":               change(`"type":2,`, `"type":255,`),
		"type 256":               change(`"type":2,`, `"type":256,`),
		"a negative type":        change(`"type":2,`, `"type":-1,`),
		"a type of text":         change(`"type":2,`, `"type":"2",`),
		"a component":            change(`"type":2,`, `"type":3,`),
		"a button on nothing":    change(`"type":2,`, `"type":3,`)[:strings.Index(change(`"type":2,`, `"type":3,`), `"data":`)] + `"data":{"custom_id":"enlace:up:1","component_type":2}}`,
		"a form":                 change(`"type":2,`, `"type":5,`),
		"no id":                  change(`"id":"1",`, ``),
		"an empty id":            change(`"id":"1",`, `"id":"",`),
		"id 0":                   change(`"id":"1",`, `"id":"0",`),
		"a number as id":         change(`"id":"1",`, `"id":1,`),
		"a huge id":              change(`"id":"1",`, `"id":"`+strings.Repeat("9", 40)+`",`),
		"a negative id":          change(`"id":"1",`, `"id":"-1",`),
		"a path as id":           change(`"id":"1",`, `"id":"1/../2",`),
		"no application":         change(`"application_id":"100000000000000002",`, ``),
		"a path as application":  change(`"application_id":"100000000000000002",`, `"application_id":"../x",`),
		"no token":               change(`"token":"`+secret+`",`, ``),
		"nobody":                 change(member+",", ``),
		"a null member":          change(member, `"member":null`),
		"a member without user":  change(`"user":{"id":"7","username":"ana"},`, ``),
		"a null user":            change(`{"id":"7","username":"ana"}`, `null`),
		"a huge user":            change(`{"id":"7"`, `{"id":"18446744073709551616"`),
		"no data":                change(","+data, ``),
		"null data":              change(data, `"data":null`),
		"data of text":           change(data, `"data":"x"`),
		"data of lists":          change(data, `"data":[]`),
		"no name":                change(`"name":"ask",`, ``),
		"a null option":          change(`[{"name":"question"`, `[null,{"name":"question"`),
		"a null option within":   change(`"value":"How high?"`, `"options":[null]`),
		"permissions of words":   change(`"permissions":"8"`, `"permissions":"all"`),
		"permissions as numbers": change(`"app_permissions":"8"`, `"app_permissions":8`),
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, nil)
			if w := d.answer(request([]byte(body))); w.Code != 400 || d.last() != webhook.Malformed {
				t.Errorf("%d, counted as %q", w.Code, d.last())
			}
			d.closes(t)
			if d.count() != 0 {
				t.Errorf("it ran: %+v", d.taken[0])
			}
			if strings.Contains(d.logged(), secret) {
				t.Errorf("the token is in the log: %s", d.logged())
			}
		})
	}
}

func TestB62UnusualInteractionsRun(t *testing.T) {
	good := string(command("1"))
	user := `"user":{"id":"7","username":"ana"}`
	member := good[strings.Index(good, `"member":`):strings.Index(good, `,"data":`)]
	for name, body := range map[string]string{
		"a direct message":     strings.Replace(good, member, user+`,"member":null`, 1),
		"the largest id":       string(command("18446744073709551615")),
		"unknown fields":       strings.Replace(good, `"version":1`, `"version":99,"new":{"a":[1]},"channel":{"id":"6","type":77}`, 1),
		"white space":          " \n" + good + "\n ",
		"an unknown component": strings.Replace(good, `"data":{"id":"9","name":"ask","type":1,`, `"data":{"id":"9","name":"Check facts","type":3,"target_id":"3","resolved":{"messages":{"3":{"id":"3","channel_id":"6","content":"so it is","components":[{"type":20},{"type":17,"components":[{"type":99}]}]}}},`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, nil)
			if w := d.answer(request([]byte(body))); w.Code != 202 {
				t.Errorf("%d, counted as %q\n%s", w.Code, d.last(), d.logged())
			}
			d.closes(t)
			if d.count() != 1 {
				t.Fatal("it did not run")
			}
			if data := d.taken[0].Data.(discordgo.ApplicationCommandInteractionData); data.Resolved != nil && data.Resolved.Messages["3"].Content != "so it is" {
				t.Errorf("%+v", data.Resolved)
			}
		})
	}
}

func TestFormsAreReadAsTheGatewayReadsThem(t *testing.T) {
	const form = `{"id":"1","application_id":"2","type":5,"token":"t","version":1,"user":{"id":"7"},"message":{"id":"3","components":[{"type":20}]},"data":{"custom_id":"enlace:why:1","components":[%s]}}`
	for name, component := range map[string]string{
		"a row":   `{"type":1,"components":[{"type":4,"custom_id":"why","value":"wrong"}]}`,
		"a label": `{"type":18,"component":{"type":3,"custom_id":"why","values":["wrong"]}}`,
	} {
		d := newDesk(t, nil)
		if w := d.answer(request(fmt.Appendf(nil, form, component))); w.Code != 202 {
			t.Errorf("%s: %d", name, w.Code)
		}
		d.closes(t)
		for _, i := range d.taken {
			input, ok := i.Data.(discordgo.ModalSubmitInteractionData).Components[0].(*discordgo.ActionsRow).Components[0].(*discordgo.TextInput)
			if !ok || input.Value != "wrong" {
				t.Errorf("%s: %+v", name, i.Data)
			}
		}
	}
}

// TestTheLargestInteractionFits builds a message command on the largest message that Discord's documented limits allow: everything
// that people write as surrogate pairs of \u escapes, every address as long as it may be.
func TestTheLargestInteractionFits(t *testing.T) {
	escaped := func(n int) string { return strings.Repeat(`\ud83d\ude00`, n) }
	url := `"https://e.test/` + strings.Repeat("u", 2048-15) + `"`
	media := func(keys ...string) string {
		var list []string
		for _, k := range keys {
			list = append(list, fmt.Sprintf(`"%s":{"url":%s,"proxy_url":%s,"width":1000,"height":1000,"content_type":"image/png","placeholder":"%s"}`, k, url, url, strings.Repeat("p", 64)))
		}
		return strings.Join(list, ",")
	}
	var embeds, files []string
	for range 10 {
		embeds = append(embeds, `{"type":"rich","url":`+url+`,"description":"`+escaped(600)+`",`+media("image", "thumbnail", "video")+
			`,"author":{"name":"","url":`+url+`,"icon_url":`+url+`,"proxy_icon_url":`+url+`},"footer":{"text":"","icon_url":`+url+`,"proxy_icon_url":`+url+`},"provider":{"name":"","url":`+url+`}}`)
		files = append(files, `{"id":"123456789012345678","filename":"`+strings.Repeat("f", 260)+`","description":"`+escaped(1024)+`","size":1,"url":"`+strings.Repeat("u", 700)+`","proxy_url":"`+strings.Repeat("u", 700)+`"}`)
	}
	message := `{"id":"3","channel_id":"6","type":0,"author":{"id":"8","username":"ben"},"timestamp":"2026-01-01T00:00:00Z","content":"` + escaped(4000) +
		`","embeds":[` + strings.Join(embeds, ",") + `],"attachments":[` + strings.Join(files, ",") + `]}`
	body := []byte(strings.Replace(string(command("1")), `"data":{"id":"9","name":"ask","type":1,`, `"data":{"id":"9","name":"Check facts","type":3,"target_id":"3","resolved":{"messages":{"3":`+message+`}},`, 1))
	t.Logf("%d bytes, MaxBody is %d", len(body), webhook.MaxBody)
	if len(body) > webhook.MaxBody*3/4 {
		t.Errorf("%d bytes leave too little room", len(body))
	}
	d := newDesk(t, nil)
	if w := d.answer(request(body)); w.Code != 202 {
		t.Errorf("%d: %s", w.Code, d.logged())
	}
	d.closes(t)
	over := httptest.NewRecorder()
	d.ServeHTTP(over, request(bytes.Repeat([]byte(" "), webhook.MaxBody+1)))
	exact := httptest.NewRecorder()
	d.ServeHTTP(exact, request(bytes.Repeat([]byte(" "), webhook.MaxBody)))
	if over.Code != 413 || exact.Code != 400 {
		t.Errorf("a byte too much: %d, the largest: %d", over.Code, exact.Code)
	}
}
