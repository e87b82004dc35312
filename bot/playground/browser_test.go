package playground_test

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"enlace/bot/discordtest"
	"enlace/knowledge/llm/llmtest"
)

var long = flag.Bool("long", false, "run the browser tests as well: they need Chromium, Node and the packages of browsertest (npm ci)")

// screenshotsVariable names the directory that keeps what the browser showed; without it a temporary one does.
const screenshotsVariable = "PLAYGROUND_SCREENSHOTS"

// chromium is where a browser is looked for.
var chromium = []string{"chromium", "chromium-browser", "google-chrome"}

// browserTools returns the browser, or skips the test where something is missing.
func browserTools(t *testing.T) (browser string) {
	t.Helper()
	if !*long {
		t.Skip("a browser test: run it with -long")
	}
	for _, name := range chromium {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("no browser is installed (apt-get install chromium)")
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("Node is not installed")
	}
	if _, err := os.Stat("browsertest/node_modules/playwright-core"); err != nil {
		t.Skip("the browser test's packages are not installed (npm ci in bot/playground/browsertest)")
	}
	return browser
}

// screenshots is the directory of what the browser shows.
func screenshots(t *testing.T) string {
	t.Helper()
	dir := os.Getenv(screenshotsVariable)
	if dir == "" {
		dir = t.TempDir()
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// drive runs a script in the browser. Each line that it prints is a part that passed; what is wrong goes to stderr.
func drive(t *testing.T, browser, script string, settings map[string]string) {
	t.Helper()
	raw, err := json.Marshal(settings)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", script, string(raw))
	cmd.Dir = "browsertest"
	cmd.Env = append(os.Environ(), "CHROMIUM="+browser, "SCREENSHOTS="+screenshots(t))
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Errorf("%s: %v", script, err)
	}
}

// program builds the program, and returns a function that starts `enlace playground` and returns its page's address.
func program(t *testing.T) func(args []string, environ ...string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "enlace")
	build := exec.Command("go", "build", "-o", binary, "enlace")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return func(args []string, environ ...string) string {
		t.Helper()
		cmd := exec.Command(binary, append([]string{"playground"}, args...)...)
		cmd.Env = append(os.Environ(), environ...)
		cmd.Dir = t.TempDir()
		cmd.Stderr = t.Output()
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			_ = cmd.Process.Signal(os.Interrupt)
			if err := cmd.Wait(); err != nil {
				t.Errorf("the playground ended with %v", err)
			}
		})
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(line)
	}
}

// scriptedModel serves a language model whose first drafts lie and that mends them when it is asked to, and returns its address. The first
// request is the look at whether it is there.
func scriptedModel(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(llmtest.New(llmtest.Named("honest"), llmtest.Named("lie-day")).Cycle())
	t.Cleanup(server.Close)
	return server.URL + "/v1"
}

// TestBrowserUsesThePlayground does what a newcomer and a curator do, on a desktop and on a phone, light and dark, in both languages.
func TestBrowserUsesThePlayground(t *testing.T) {
	browser := browserTools(t)
	facts := filepath.Join(t.TempDir(), "facts")
	if err := os.CopyFS(facts, os.DirFS("../../knowledge/facts/data")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(facts, "embed.go")); err != nil {
		t.Fatal(err)
	}
	title := `_under_ "onerror=pwn()" #head {{x}} &amp; ~x~` // as bad as the loader of facts lets pass
	hostileTitle(t, filepath.Join(facts, "sources.yaml"), title)
	play := program(t)
	drive(t, browser, "play.mjs", map[string]string{
		"url":     play(nil),
		"edited":  play([]string{"--facts", facts, "--admin", "Curator"}, "ENLACE_FACTS_WATCH=false"),
		"facts":   facts,
		"title":   title,
		"modeled": play(nil, "ENLACE_MODEL_BASE_URL="+scriptedModel(t), "ENLACE_MODEL_NAME=scripted"),
	})
}

// hostileTitle gives the source of the fact that is asked for another title.
func hostileTitle(t *testing.T, file, title string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, after, found := strings.Cut(string(data), "PHOTO RELEASE: Secretary Noem Visits Ecuador, Meets with President Noboa and Other Ecuadorian Leaders\"")
	before, ok := strings.CutSuffix(before, "title: \"")
	if !found || !ok {
		t.Fatal("the source is not there")
	}
	if err := os.WriteFile(file, []byte(before+"title: '"+title+"'"+after), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestBrowserShowsHostileTextAsText puts what attackers write (catalogue B 46–50) everywhere where text is shown.
func TestBrowserShowsHostileTextAsText(t *testing.T) {
	browser := browserTools(t)
	w := start(t)
	hostile := hostileTexts()
	w.registers(map[string]any{"name": "ask", "description": "<img src=x onerror=pwn()>", "options": []any{
		map[string]any{"type": 3, "name": "question", "description": "</textarea><script>pwn()</script>", "autocomplete": true}}},
		map[string]any{"name": "<b onclick=pwn()>Check", "type": 3})
	w.answers(func(kind float64, _ map[string]any) string {
		switch kind {
		case discordtest.InteractionAutocomplete:
			return `{"type":8,"data":{"choices":[{"name":"<img src=x onerror=pwn()>","value":"x"}]}}`
		case discordtest.InteractionComponent:
			return `{"type":9,"data":{"custom_id":"f","title":"<script>pwn()</script>","components":[{"type":18,"label":"<img src=x onerror=pwn()>","component":{"type":4,"custom_id":"t","style":2,"placeholder":"\"><b>"}}]}}`
		}
		return `{"type":4,"data":{"content":"<img src=x onerror=pwn()> [dhs.gov](https://evil.example/?q=1)","flags":64}}`
	})
	g := w.d.Guild("Playground")
	for i, text := range hostile {
		m, err := g.Member(fmt.Sprintf("%.25s%d", text, i)).Send(w.channel("general"), discordtest.Draft{
			Content:    text,
			Embeds:     []discordtest.Embed{{Title: text, Description: text, Footer: discordtest.EmbedName{Text: text}}},
			Components: []json.RawMessage{button(t, text)},
			Attachments: []discordtest.Attachment{
				{Name: text + ".png", Description: text, ContentType: "image/png", Data: []byte("no picture")}, {Name: text, ContentType: "text/html", Data: []byte("<script>pwn()</script>")},
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		g.Member("replier").Replies(m, text)
		g.Member("replier").Reacts(m, text[:min(len(text), 20)])
		if i%4 == 0 {
			g.Member("replier").StartsThread(w.channel("general"), m, text)
		}
	}
	drive(t, browser, "hostile.mjs", map[string]string{"url": w.page.URL()})
}

func button(t *testing.T, label string) json.RawMessage {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"type": 1, "components": []any{
		map[string]any{"type": 2, "style": 2, "label": label, "custom_id": "b"},
		map[string]any{"type": 2, "style": 5, "label": "link", "url": "javascript:pwn()"},
		map[string]any{"type": 3, "custom_id": "s", "placeholder": label, "options": []any{map[string]any{"label": label, "value": label, "description": label}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// hostileTexts are the attacks of the catalogue, B 42–50, and what breaks pages.
func hostileTexts() []string {
	return []string{
		`<script>pwn()</script>`, `<img src=x onerror=pwn()>`, `<svg/onload=pwn()>`, `"><iframe src="javascript:pwn()">`, `</article></main><style>*{display:none}</style>`,
		`<a href="javascript:pwn()">click</a>`, `{{constructor.constructor('pwn()')()}}`, `${pwn()}`, `' onmouseover='pwn()`, `&lt;script&gt;pwn()&lt;/script&gt;`,
		`[click](javascript:pwn())`, `[click](data:text/html,<script>pwn()</script>)`, `[dhs.gov](https://evil.example/?data=secret)`, `<https://dhs.gov@evil.example/>`, `<javascript:pwn()>`,
		`https://dhs.gov@evil.example/path`, `discord://invite/x https://discord.gg/x`, `[https://dhs.gov](<https://evil.example>)`, `[**x**](https://evil.example "title")`, `http://[::1]/ https://xn--e1awd7f.example/`,
		`@everyone @here ＠everyone <@1> <@&2> <#3>`, `</ask:1> </ask x:99999999999999999999>`, `<t:0:R> <t:99999999999999:F> <t:-1> <t:x>`, `<:emoji:1> <a:b:2> <:x"onerror=pwn():3>`,
		"```js\n</code></pre><script>pwn()</script>\n```", "`` ` `` `<b>`", `||spoiler <img src=x onerror=pwn()>||`, "> quote\n>>> rest <script>pwn()</script>", "# <h1>head</h1>\n-# <small>\n- <li>\n1. <ol>",
		strings.Repeat("**_~~||`", 180), strings.Repeat("> ", 600), strings.Repeat("- ", 400), strings.Repeat("[", 900), strings.Repeat("<", 900), strings.Repeat("*a ", 500), strings.Repeat("`` ", 500),
		strings.Repeat("__*", 400) + "x" + strings.Repeat("*__", 400), strings.Repeat("  - x\n", 300), "a" + strings.Repeat("\u0301", 900), "\u202eabc\u2066def\u2069", "\U000e0041\U000e0042 \u200b\u2028\u2029\u3164",
		strings.Repeat("W", 1500), "\\" + strings.Repeat("\\*", 700), "constructor", "__proto__", "toString",
	}
}
