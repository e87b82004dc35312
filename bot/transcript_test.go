package bot_test

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"enlace/bot"
	"enlace/bot/discordtest"
	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/llm/llmtest"
)

var update = flag.Bool("update", false, "write what the bot says into the transcripts")

// TestTranscripts plays the files in testdata/transcripts. A file tells in "play" what people do, a line each, and in "messages" what
// everybody then reads, to the letter; the words of a play are explained in testdata/transcripts/README. It is the same whether
// questions are answered at once or wait in an inbox.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/transcripts/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts (%v)", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) { transcript(t, file, false) })
		t.Run(name+" through an inbox", func(t *testing.T) { transcript(t, file, true) })
	}
}

// transcript plays one file.
func transcript(t *testing.T, file string, inbox bool) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines, want := playOf(t, archive)
	p := &play{}
	rest := p.prepare(t, lines)
	p.setup.inbox = inbox
	inWorld(t, p.setup, func(w *world) {
		p.world, p.said = w, map[string]*discordtest.Message{}
		for _, line := range rest {
			p.do(line)
		}
		p.check(archive, file, want)
	})
}

func playOf(t *testing.T, a *txtar.Archive) (lines []string, want string) {
	t.Helper()
	for _, f := range a.Files {
		switch f.Name {
		case "play":
			lines = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
		case "messages":
			want = string(f.Data)
		default:
			t.Fatalf("there is no use for %s", f.Name)
		}
	}
	if len(lines) == 0 {
		t.Fatal("nothing is played")
	}
	return lines, want
}

// play is a transcript while it is played.
type play struct {
	*world
	setup    setup
	said     map[string]*discordtest.Message // the last message of each person
	channels []*discordtest.Channel          // in the order in which they are used
	quickly  bool
	desk     *desk                         // nil = the facts do not change
	noted    []string                      // what is suggested and which forms are shown, in order
	forms    map[string]*discordtest.Modal // the last one of each person
}

// prepare takes the lines that say how the bot is set up.
func (p *play) prepare(t *testing.T, lines []string) []string {
	t.Helper()
	for n, line := range lines {
		what, value, _ := strings.Cut(line, " ")
		number, _ := strconv.Atoi(value)
		if adminSettings[what] != nil {
			adminSettings[what](p, value)
			continue
		}
		if memberSettings[what] != nil {
			memberSettings[what](p, value)
			continue
		}
		switch set := &p.setup.settings; what {
		case "user-limit":
			set.UserPerMinute = number
		case "channel-limit":
			set.ChannelPerMinute = number
		case "question-limit":
			set.QuestionChars = number
		case "language":
			set.Lang = knowledge.Lang(value)
		case "private-by-default":
			set.PrivateByDefault = true
		case "auto-answer", "deny", "allow":
			p.channelSetting(what, strings.TrimPrefix(value, "#"))
		case "model":
			p.setup.model = model(t, value)
		case "model-says": // about the first fact that it is given
			p.setup.model = slow{llmtest.New(llmtest.Say(llmtest.Sentence{Text: value, Facts: []string{"f1"}})), 3 * time.Second}
		case "echo": // says what it was asked, and what was said before
			p.setup.answerer = streams(echo)
		case "ends-in":
			p.setup.answerer = ends{knowledge.Outcome(value)}
		default:
			return lines[n:]
		}
	}
	return nil
}

func (p *play) channelSetting(what, name string) {
	before := p.setup.channels
	p.setup.channels = func(g *discordtest.Guild, set *bot.Settings) {
		if before != nil {
			before(g, set)
		}
		list := map[string]*[]string{"auto-answer": &set.AutoAnswer, "deny": &set.Deny, "allow": &set.Allow}[what]
		*list = append(*list, g.Channel(name).ID)
	}
	if what == "auto-answer" {
		p.setup.options = append(p.setup.options, func(o *discordtest.Options) { o.Privileged = discordtest.IntentMessageContent })
	}
}

// model is a scripted model, or one that takes its time: "3s honest".
func model(t *testing.T, value string) http.Handler {
	t.Helper()
	wait, names, timed := strings.Cut(value, " ")
	d, err := time.ParseDuration(wait)
	if !timed || err != nil {
		d, names = 0, value
	}
	s, err := llmtest.Parse(names)
	if err != nil {
		t.Fatal(err)
	}
	return slow{s, d}
}

type slow struct {
	http.Handler
	wait time.Duration
}

func (s slow) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	select {
	case <-time.After(s.wait):
		s.Handler.ServeHTTP(w, r)
	case <-r.Context().Done():
	}
}

// echo says what it was asked, and what it knows was said before.
func echo(q knowledge.Question) knowledge.Answer {
	text := "answer to “" + q.Text + "”"
	for _, t := range q.History {
		said, _, _ := strings.Cut(t.Answer, "\n")
		text += "\nknows: “" + t.Question + "” had " + said
	}
	return knowledge.Answer{ID: q.ID, Question: q.Text, Language: knowledge.English, Outcome: knowledge.Answered, Mode: knowledge.Quotes, Text: text}
}

// ends is an answerer with one outcome, for those that the bot itself does not come to.
type ends struct{ outcome knowledge.Outcome }

func (e ends) Stream(_ context.Context, q knowledge.Question, emit func(answer.Progress)) knowledge.Answer {
	a := knowledge.Answer{ID: q.ID, Question: q.Text, Language: knowledge.English, Outcome: e.outcome, Abstained: true, Mode: knowledge.Quotes}
	if strings.Contains(q.Text, "¿") {
		a.Language = knowledge.Spanish
	}
	a.Text = answer.OutcomeText(e.outcome, a.Language, nil, 500)
	emit(answer.Progress{Stage: answer.Final, Answer: a})
	return a
}

// do plays one line.
func (p *play) do(line string) {
	p.Helper()
	line, p.quickly = strings.CutPrefix(line, "quickly ")
	words := strings.SplitN(line, " ", 3)
	rest := ""
	if len(words) == 3 {
		rest = words[2]
	}
	switch {
	case strings.HasPrefix(line, "#") || line == "":
		return
	case words[0] == "wait":
		d, err := time.ParseDuration(words[1])
		if err != nil {
			p.Fatal(err)
		}
		p.settle(d)
		return
	case len(words) < 2:
		p.Fatalf("what does %q mean?", line)
	}
	p.act(words[0], words[1], rest, line)
	if !p.quickly {
		p.settle(8 * time.Second)
	}
}

// act lets a person do something.
func (p *play) act(name, verb, rest, line string) {
	p.Helper()
	who := p.guild.Member(name).User
	place, text, _ := strings.Cut(rest, " ")
	switch verb {
	case "speaks":
		who.Speaks(rest)
	case "asks":
		p.said[name] = who.Asks(p.in(place), text)
	case "says":
		p.said[name] = who.Says(p.in(place), text)
	case "writes":
		p.said[name] = who.Says(p.direct(name), rest)
	case "replies":
		p.said[name] = who.Replies(p.last(p.in(place)), text)
	case "replies-in-dm":
		p.said[name] = who.Replies(p.last(p.direct(name)), rest)
	case "edits":
		who.Edits(p.said[name], rest)
	case "deletes":
		who.Deletes(p.said[name])
	case "/ask":
		who.Slash(p.in(place), "ask", discordtest.Opt("question", text))
	case "/ask-private":
		who.Slash(p.in(place), "ask", discordtest.Opt("question", text), discordtest.Opt("private", true))
	case "/ask-in-dm":
		who.Slash(p.direct(name), "ask", discordtest.Opt("question", rest))
	case "opens-thread":
		t := who.StartsThread(p.in(place), p.last(p.in(place)), strings.TrimPrefix(text, "#"))
		p.channels = append(p.channels, t)
	case "robot-says":
		robot := p.discord.OtherBot(name + "-robot")
		p.guild.Joins(robot)
		robot.Asks(p.in(place), text)
	default:
		do := memberVerbs[verb]
		if do == nil {
			do = adminVerbs[verb]
		}
		if do == nil {
			p.Fatalf("what does %q mean?", line)
		}
		do(p, name, rest)
	}
}

// in returns the channel of a name such as #general.
func (p *play) in(name string) *discordtest.Channel {
	p.Helper()
	name, ok := strings.CutPrefix(name, "#")
	if !ok {
		p.Fatalf("%q is no channel: write #general", name)
	}
	for _, c := range p.channels {
		if c.Name == name {
			return c
		}
	}
	c := p.guild.Channel(name)
	p.channels = append(p.channels, c)
	return c
}

func (p *play) direct(name string) *discordtest.Channel {
	c := p.guild.Member(name).User.DM()
	if !slices.Contains(p.channels, c) {
		p.channels = append(p.channels, c)
	}
	return c
}

// last is the bot's last message in a channel.
func (p *play) last(c *discordtest.Channel) *discordtest.Message {
	p.Helper()
	list := c.Messages(nil)
	for _, m := range slices.Backward(list) {
		if m.Author == p.discord.Bot() {
			return m
		}
	}
	p.Fatalf("the bot has said nothing in #%s", c.Name)
	return nil
}

// check compares what stands in all channels with what is expected.
func (p *play) check(a *txtar.Archive, file, want string) {
	p.Helper()
	var got strings.Builder
	for _, c := range p.channels {
		name := "#" + c.Name
		if c.Guild() == nil {
			name = "direct messages"
		}
		fmt.Fprintf(&got, "= %s\n%s", name, c.History(nil))
	}
	if len(p.noted) > 0 {
		fmt.Fprintf(&got, "= suggestions and forms\n%s\n", strings.Join(p.noted, "\n"))
	}
	if got.String() == want {
		return
	}
	if !*update {
		p.Errorf("%s: %s\n(run with -update to accept)", file, firstDifference(got.String(), want))
		return
	}
	a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == "messages" })
	a.Files = append(a.Files, txtar.File{Name: "messages", Data: []byte(got.String())})
	if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
		p.Fatal(err)
	}
}

// firstDifference tells the first line in which two texts differ.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		have, expected := "(nothing)", "(nothing)"
		if i < len(g) {
			have = g[i]
		}
		if i < len(w) {
			expected = w[i]
		}
		if have != expected {
			return fmt.Sprintf("line %d of the messages is\n  %s\nwant\n  %s", i+1, have, expected)
		}
	}
	return "the same"
}
