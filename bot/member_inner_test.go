package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/facts"
	"enlace/knowledge/facts/data"
	"enlace/knowledge/lang"
)

// library is the shipped base.
func library(t testing.TB) *knowledge.Base {
	t.Helper()
	base, err := facts.Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	return base
}

// mute answers nothing.
type mute struct{}

func (mute) Stream(context.Context, knowledge.Question, func(answer.Progress)) knowledge.Answer {
	return knowledge.Answer{}
}

func memberBot(t testing.TB, base *knowledge.Base) *Bot {
	t.Helper()
	b, err := New(Options{Answerer: mute{}, Facts: func() *knowledge.Base { return base }})
	if err != nil {
		t.Fatal(err)
	}
	b.self.Store(&identity{user: "7", app: "7"})
	return b
}

func TestEveryKindAndVerdictHasWords(t *testing.T) {
	for _, kind := range knowledge.SourceKinds {
		for _, l := range knowledge.Langs {
			if kindNames[kind].In(l) == "" || kindTitles[kind].In(l) == "" {
				t.Errorf("%s has no name in %s", kind, l)
			}
		}
	}
	for _, f := range []knowledge.Finding{knowledge.Supported, knowledge.Contradicted, knowledge.NotCovered} {
		if verdicts[f].EN == "" || verdicts[f].ES == "" {
			t.Errorf("%s has no words", f)
		}
	}
	for _, h := range wordHelp {
		if strings.Count(h.text.EN, "%s") != len(h.commands) || strings.Count(h.text.ES, "%s") != len(h.commands) {
			t.Errorf("%q names other commands than %v", h.text.EN, h.commands)
		}
	}
	if len(wordHelp) != 10 {
		t.Errorf("/help has %d lines, want 10", len(wordHelp))
	}
}

func TestCommandsFitDiscordsLimits(t *testing.T) {
	longest := func(text string, others map[discordgo.Locale]string) int {
		n := length(text)
		for _, o := range others {
			n = max(n, length(o))
		}
		return n
	}
	for _, c := range memberCommands(answer.DefaultQuestionChars) {
		total := longest(c.Name, *c.NameLocalizations)
		if c.DescriptionLocalizations != nil {
			n := longest(c.Description, *c.DescriptionLocalizations)
			if n > 100 {
				t.Errorf("%s: a description of %d characters", c.Name, n)
			}
			total += n
		}
		for _, o := range c.Options {
			n := longest(o.Description, o.DescriptionLocalizations)
			if n > 100 || longest(o.Name, o.NameLocalizations) > 32 {
				t.Errorf("%s %s: too long", c.Name, o.Name)
			}
			total += n + longest(o.Name, o.NameLocalizations)
		}
		if total > 8000 {
			t.Errorf("%s has %d characters", c.Name, total)
		}
	}
}

func TestSuggestionsFindWhatIsTyped(t *testing.T) {
	b := memberBot(t, library(t))
	h := b.hinted()
	for typed, want := range map[string]string{
		"mou-who-signed": "mou-who-signed", "MOU-WHO": "mou-who-signed", "mou who": "mou-who-signed", "duracion 18 meses": "mou-duration-18-months",
		"Dávalos": "mou-arrival", "DAVALOS aeropuer": "mou-arrival", "bitmap chile lett": "mou-chile-bitmap",
	} {
		list := find(h.facts, typed)
		if len(list) == 0 || !slices.ContainsFunc(list[:min(len(list), 3)], func(f found) bool { return f.id == want }) {
			t.Errorf("%q does not find %s among the first", typed, want)
		}
	}
	for typed, want := range map[string]string{"memorándum of und": "mou", "convenio adm": "mou", "FUGA": "fito-and-choneros", "marco jur": "legal-background", "mou": "mou"} {
		if list := find(h.topics, typed); len(list) == 0 || list[0].id != want {
			t.Errorf("%q does not find the topic %s", typed, want)
		}
	}
	if b.hinted() != h {
		t.Error("the hints are made anew although the base is the same")
	}
}

func FuzzSuggest(f *testing.F) {
	b := memberBot(f, library(f))
	for _, s := range []string{"", "fito", "¿quién?", "mou-", "@everyone", strings.Repeat("a ", 4000), "\x00\xff", "🙂", "7:2", "ｆｉｔｏ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, l := range knowledge.Langs {
			p := &suggestions{}
			b.discord = p
			event := &discordgo.Interaction{ID: "1", Data: discordgo.ApplicationCommandInteractionData{Options: []*discordgo.ApplicationCommandInteractionDataOption{{
				Name: optionID, Type: discordgo.ApplicationCommandOptionString, Value: typed, Focused: true,
			}}}}
			b.suggestFacts(t.Context(), use{event: event, lang: l})
			if p.calls != 1 || len(p.choices) > 25 {
				t.Fatalf("%d calls, %d choices", p.calls, len(p.choices))
			}
			for _, c := range p.choices {
				if v, ok := c.Value.(string); !ok || v == "" || length(v) > 100 || c.Name == "" || length(c.Name) > 100 {
					t.Errorf("%q: choice %q = %v", typed, c.Name, c.Value)
				}
			}
		}
	})
}

// suggestions is a Discord that takes choices.
type suggestions struct {
	Discord
	calls   int
	choices []*discordgo.ApplicationCommandOptionChoice
}

func (s *suggestions) Suggest(_ context.Context, _ *discordgo.Interaction, choices []*discordgo.ApplicationCommandOptionChoice) error {
	s.calls, s.choices = s.calls+1, choices
	return nil
}

func BenchmarkSuggest(b *testing.B) {
	h := memberBot(b, library(b)).hinted()
	for b.Loop() {
		find(h.facts, "secretaria noem firmo")
	}
}

func TestSheetsLoseNothing(t *testing.T) {
	for _, size := range []int{1, 40, 300, 1700, 5000} {
		var blocks []string
		for i := range 17 {
			blocks = append(blocks, fmt.Sprintf("block %d\n%s\nend %d", i, strings.TrimSpace(strings.Repeat("wörd ", size/5+1)), i))
		}
		pages := sheets(blocks, 1800)
		for _, p := range pages {
			if length(p) > 1800 || p == "" {
				t.Errorf("a page of %d", length(p))
			}
		}
		if got, want := strings.Fields(strings.Join(pages, " ")), strings.Fields(strings.Join(blocks, " ")); !slices.Equal(got, want) {
			t.Errorf("blocks of %d: %d words of %d", size, len(got), len(want))
		}
	}
	if got := sheets(nil, 1800); len(got) != 1 {
		t.Errorf("no blocks: %d pages", len(got))
	}
}

func TestEveryFactIsShownWithinTheLimits(t *testing.T) {
	base := library(t)
	b := memberBot(t, base)
	for i := range base.Facts {
		f := &base.Facts[i]
		for _, l := range knowledge.Langs {
			list := b.cited([]knowledge.Citation{answer.Cite(base, f, 1, l)}, base.Version, l)
			whole := ""
			for _, part := range renderFact(&list[0], base, l) {
				if length(part) > maxContent {
					t.Errorf("%s: a message of %d", f.ID, length(part))
				}
				whole += part + "\n"
			}
			for _, text := range []string{Escape(f.Text.EN), Escape(f.Text.ES), "`" + string(f.ID) + "`"} {
				if !strings.Contains(whole, text) {
					t.Errorf("%s is not shown whole: %q", f.ID, text)
				}
			}
			for _, id := range f.Sources {
				if s := base.Source(id); s != nil && Link(s.URL) != "" && !strings.Contains(whole, Link(s.URL)) {
					t.Errorf("%s: %s is not shown", f.ID, id)
				}
			}
		}
	}
}

func TestSinceTellsEveryChange(t *testing.T) {
	base := library(t)
	was := base.Fact("mou-who-signed")
	c := memberBot(t, base).cited([]knowledge.Citation{{ID: was.ID}}, base.Version, knowledge.English)[0]
	changed := func(change func(*knowledge.Fact)) *knowledge.Base {
		list := slices.Clone(base.Facts)
		change(&list[slices.IndexFunc(list, func(f knowledge.Fact) bool { return f.ID == was.ID })])
		return knowledge.NewBase("sha256:next", base.Topics, base.Sources, base.Entities, list)
	}
	for want, change := range map[string]func(*knowledge.Fact){
		"Unchanged since then.":                  func(*knowledge.Fact) {},
		"withdrawn: \\*no\\*":                    func(f *knowledge.Fact) { f.Withdrawn = "*no*" },
		"superseded by `mou-place`: The July":    func(f *knowledge.Fact) { f.ReplacedBy = "mou-place" },
		"it now says: Nobody signed.":            func(f *knowledge.Fact) { f.Text.EN = "Nobody signed." },
		"it now says: Nadie firmó.":              func(f *knowledge.Fact) { f.Text.ES = "Nadie firmó." },
		"its status is now ≠ disputed":           func(f *knowledge.Fact) { f.Status = knowledge.Disputed },
		"its dates are now August 1, 2025":       func(f *knowledge.Fact) { f.Dates = []knowledge.Date{date("2025-08-01")} },
		"it has no date any more":                func(f *knowledge.Fact) { f.Dates = nil },
		"its note is now: New.":                  func(f *knowledge.Fact) { f.Note = knowledge.Text{EN: "New."} },
		"new sources: ":                          func(f *knowledge.Fact) { f.Sources = append(slices.Clone(f.Sources), other(base, f)) },
		"sources taken away: ":                   func(f *knowledge.Fact) { f.Sources = f.Sources[1:] },
		"checked again on January 1, 2099":       func(f *knowledge.Fact) { f.AsOf = date("2099-01-01") },
		"**Since then:**\n- withdrawn: x\n- its": func(f *knowledge.Fact) { f.Withdrawn, f.Status = "x", knowledge.Alleged },
	} {
		if got := since(&c, changed(change), knowledge.English); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// other is a source that a fact does not have.
func other(base *knowledge.Base, f *knowledge.Fact) knowledge.SourceID {
	for i := range base.Sources {
		if id := base.Sources[i].ID; !slices.Contains(f.Sources, id) {
			return id
		}
	}
	return ""
}

func TestCitedFactsStayAsTheyWere(t *testing.T) {
	base := library(t)
	b := memberBot(t, base)
	cite := answer.Cite(base, base.Fact("mou-who-signed"), 1, knowledge.Spanish)
	now := b.cited([]knowledge.Citation{cite}, base.Version, knowledge.Spanish)[0]
	if now.Fact.Text != base.Fact(cite.ID).Text || len(now.Sources) != len(base.Fact(cite.ID).Sources) {
		t.Errorf("%+v", now)
	}
	before := b.cited([]knowledge.Citation{cite}, "sha256:another", knowledge.Spanish)[0]
	if before.Fact.Text != (knowledge.Text{ES: cite.Text}) || len(before.Sources) != len(cite.Sources) {
		t.Errorf("another version: %+v", before)
	}
}

func TestTextsOfAMessage(t *testing.T) {
	b := memberBot(t, library(t))
	raw := `{"data":{"resolved":{"messages":{"5":{"components":[{"type":17,"components":[{"type":10,"content":"From **V2**."},{"type":99},{"type":9,"components":[{"type":10,"content":"In a section."}]}]}]}}}}}`
	for name, c := range map[string]struct {
		message *discordgo.Message
		raw     string
		want    []string
	}{
		"nothing":   {message: nil},
		"content":   {message: &discordgo.Message{Content: "# Head\n> **Quoted** ||text|| <@1>, [link](https://x.example) `code`\n-# small"}, want: []string{"Head\nQuoted text  , link code\nsmall"}},
		"embeds":    {message: &discordgo.Message{Embeds: []*discordgo.MessageEmbed{nil, {Title: "T.", Description: "D.", Fields: []*discordgo.MessageEmbedField{nil, {Name: "N.", Value: "V."}}, Footer: &discordgo.MessageEmbedFooter{Text: "F."}}}}, want: []string{"T.", "D.", "N.", "V.", "F."}},
		"reply":     {message: &discordgo.Message{Content: "No.", ReferencedMessage: &discordgo.Message{Content: "Yes.", Embeds: []*discordgo.MessageEmbed{{Title: "E."}}}}, want: []string{"No.", "Yes.", "E."}},
		"forwarded": {message: &discordgo.Message{MessageSnapshots: []discordgo.MessageSnapshot{{}, {Message: &discordgo.Message{Content: "Forwarded."}}}}, want: []string{"Forwarded."}},
		"own": {message: &discordgo.Message{Author: &discordgo.User{ID: "7"}, Content: `It is \*41\* metres. [1]` + "\n-# [1] ✓ official", ReferencedMessage: &discordgo.Message{Content: "How high?"}},
			want: []string{"It is *41* metres."}},
		"components": {message: &discordgo.Message{Components: []discordgo.MessageComponent{&discordgo.Container{Components: []discordgo.MessageComponent{
			&discordgo.TextDisplay{Content: "Shown."}, &discordgo.Section{Components: []discordgo.MessageComponent{&discordgo.TextDisplay{Content: "Beside."}}}}}}},
			want: []string{"Shown.", "Beside."}},
		"unknown components": {message: &discordgo.Message{}, raw: raw, want: []string{"From V2.", "In a section."}},
		"broken event":       {message: &discordgo.Message{}, raw: `{"data":7}`},
	} {
		if got := b.texts(c.message, json.RawMessage(c.raw), "5"); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func FuzzPlainText(f *testing.F) {
	f.Add("**a** [b](https://c.example) > d\n-# e `f`")
	f.Add("]]((https://x)[[")
	f.Add(strings.Repeat("[a](", 500))
	f.Fuzz(func(t *testing.T, s string) {
		if got := plainText(s); len(got) > len(s)+1 {
			t.Errorf("%q grows to %q", s, got)
		}
		_ = ownText(s)
	})
}

func TestChecksFitWhateverIsInThem(t *testing.T) {
	for _, filler := range []string{"word ", "*_~|` ", "🙂 ", "\\*", "https://x.example/" + strings.Repeat("a", 80) + " "} {
		for _, n := range []int{1, 5, 40, 300} {
			c := &knowledge.Checked{Language: knowledge.Spanish}
			for i := range n {
				text := strings.Repeat(filler, 700/len(filler))
				s := knowledge.CheckedSentence{Text: text, Verdict: []knowledge.Finding{knowledge.Supported, knowledge.Contradicted, knowledge.NotCovered}[i%3], Reason: text}
				for k := range i % 5 {
					id := knowledge.FactID(fmt.Sprint("fact-", i, "-", k))
					s.Citations = append(s.Citations, id)
					c.Citations = append(c.Citations, knowledge.Citation{N: len(c.Citations) + 1, ID: id, Text: text, Sources: []knowledge.CitedSource{{Publisher: text, URL: "https://x.example/" + strings.Repeat("b", 400)}}})
				}
				c.Sentences = append(c.Sentences, s)
			}
			parts := renderChecked(c)
			if len(parts) == 0 || len(parts) > maxParts {
				t.Errorf("%d sentences: %d messages", n, len(parts))
			}
			for _, p := range parts {
				if length(p) > maxContent || p == "" {
					t.Errorf("%d sentences of %q: a message of %d", n, filler, length(p))
				}
			}
			if n == 300 && !strings.Contains(parts[len(parts)-1], "faltan") {
				t.Errorf("nothing says that sentences are left out: %q", parts[len(parts)-1])
			}
		}
	}
}

func TestPagesOfTheRegisterHoldEverySource(t *testing.T) {
	base := library(t)
	for _, l := range knowledge.Langs {
		seen := map[string]bool{}
		for n := range 60 {
			p := register(base, fmt.Sprint(n), l)
			if length(p.Content) > maxContent {
				t.Errorf("page %d has %d", n, length(p.Content))
			}
			for _, line := range strings.Split(p.Content, "\n") {
				if strings.HasPrefix(line, "- ") {
					seen[line] = true
				}
			}
			ids := map[string]bool{}
			for _, r := range p.Rows {
				for _, c := range r.(discordgo.ActionsRow).Components {
					id := c.(discordgo.Button).CustomID
					if ids[id] || len(id) > 100 {
						t.Errorf("page %d: the id %q", n, id)
					}
					ids[id] = true
				}
			}
		}
		if len(seen) < len(base.Sources)-3 { // some are told alike
			t.Errorf("%d of %d sources", len(seen), len(base.Sources))
		}
	}
}

func TestTheAnswersOfASummaryFit(t *testing.T) {
	base := library(t)
	b := memberBot(t, base)
	a := made(knowledge.Spanish, 30, func(i int) string { return strings.Repeat("palabra ", 30) + lang.Normalize(fmt.Sprint(i)) })
	got := state.Answer{ID: "1", Command: true, Asked: "/summary", Answer: *a, At: time.Unix(0, 0)}
	parts := b.shown(&got)
	for _, p := range parts {
		if length(p.Content) > maxContent {
			t.Errorf("a message of %d", length(p.Content))
		}
	}
	if !strings.HasPrefix(parts[0].Content, "**Resumen: todo**\n- palabra") || len(parts[len(parts)-1].Rows) != 1 || len(parts[0].Rows) != 0 {
		t.Errorf("%q", parts[0].Content)
	}
}

func TestASummaryOfATopicThatIsGoneIsNotOfEverything(t *testing.T) {
	b := memberBot(t, library(t))
	a := state.Answer{Command: true, Asked: "/summary pier", Answer: knowledge.Answer{Topic: "pier", Language: knowledge.English}}
	if got := b.heading(&a); got != "**Summary: pier**" {
		t.Errorf("%q", got)
	}
}

func TestOddOptionsAreNone(t *testing.T) {
	for _, raw := range []string{
		`{"name":"fact","options":[null]}`, `{"name":"fact","options":[null,{"name":"id","type":3,"value":7}]}`, `{"name":"admin","options":[{"name":"export","type":1,"options":[null]}]}`,
		`{"name":"fact","options":[{"name":"id","type":3,"value":{"a":[]}}]}`, `{"name":"fact"}`,
	} {
		var data discordgo.ApplicationCommandInteractionData
		if err := json.Unmarshal([]byte(raw), &data); err != nil {
			t.Fatal(err)
		}
		u := use{event: &discordgo.Interaction{Data: data}}
		if got := u.text(optionID); got != "" {
			t.Errorf("%s: %q", raw, got)
		}
	}
}
