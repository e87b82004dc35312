package bot_test

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"enlace/bot"
	"enlace/bot/discordtest"
	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/llm/llmtest"
	"enlace/knowledge/search"
)

// asking are different questions about the shipped facts.
var asking = []string{
	"Who signed the memorandum?", "¿Quién firmó el memorando?", "How many charges does Fito face?", "¿Cuántos cargos enfrenta Fito?", "When was the memorandum signed?",
	"Where was it signed?", "What does the NTC do?", "When was Fito extradited?", "¿Cuándo extraditaron a Fito?", "Who are Los Choneros?", "What is the liaison officer for?",
	"Is the memorandum a treaty?", "¿Es un tratado el memorando?", "Did Noboa sign the memorandum?", "¿Quién es John Reimberg?", "Who is Kristi Noem?",
}

func TestLoadFiveHundredQuestionsInTenSeconds(t *testing.T) {
	model := slow{llmtest.New(llmtest.Named("honest")), 2 * time.Second}
	s := setup{base: shipped(), model: model, latency: 300 * time.Millisecond, settings: bot.Settings{UserPerMinute: 6, ChannelPerMinute: 30}}
	inWorld(t, s, func(w *world) {
		const commands, mentions, channels = 400, 100, 50
		var used []*discordtest.Interaction
		var asked []*discordtest.Message
		for i := range commands + mentions {
			u, c := w.guild.Member(fmt.Sprint("u", i%250)), w.guild.Channel(fmt.Sprint("c", i%channels))
			if i%5 == 4 {
				asked = append(asked, u.Asks(c, asking[i%len(asking)]))
			} else {
				used = append(used, u.Slash(c, "ask", discordtest.Opt("question", asking[i%len(asking)])))
			}
			w.settle(20 * time.Millisecond)
		}
		w.settle(2 * time.Minute)
		var acks []time.Duration
		for _, i := range used {
			took, ok := i.Ack()
			if got := i.Original(); !ok || got == nil || got.Loading() {
				w.Fatalf("%s is unanswered", i)
			}
			acks = append(acks, took)
		}
		for _, m := range asked {
			list := m.Answers()
			if len(list) != 1 {
				w.Fatalf("%s has %d answers", m, len(list))
			}
			acks = append(acks, list[0].Created.Sub(m.Created))
		}
		slices.Sort(acks)
		p99, worst := acks[len(acks)*99/100], acks[len(acks)-1]
		w.Logf("ack p50 %s, p99 %s, worst %s", acks[len(acks)/2], p99, worst)
		if p99 > time.Second || worst > 2500*time.Millisecond {
			w.Errorf("ack p99 %s, worst %s", p99, worst)
		}
		statuses := map[int]int{}
		for _, r := range w.discord.REST().Requests("") {
			statuses[r.Status]++
		}
		w.Logf("requests by status: %v", statuses)
		for status := range maps.Keys(statuses) {
			if status >= 400 {
				w.Errorf("%d requests ended in %d", statuses[status], status)
			}
		}
	})
}

// versioned is the small base in another version: what it says of the lighthouse says which.
func versioned(n int) *knowledge.Base {
	b := *base()
	b.Facts = slices.Clone(b.Facts)
	for i := range b.Facts {
		f := &b.Facts[i]
		f.Text.EN = strings.TrimSuffix(f.Text.EN, ".") + fmt.Sprintf(", as version %d has it.", n)
		f.Note = knowledge.Text{EN: fmt.Sprintf("Note of version %d.", n)}
	}
	return knowledge.NewBase(fmt.Sprint("sha256:", n), b.Topics, b.Sources, b.Entities, b.Facts)
}

func TestE101AReloadInTheMiddleOfAHundredAnswers(t *testing.T) {
	if *throughInbox {
		t.Skip("an inbox takes no hundred questions of one server at a time")
	}
	model := slow{llmtest.New(llmtest.Named("verbose")), 2 * time.Second}
	inWorld(t, setup{base: versioned(0), model: model}, func(w *world) {
		questions := []string{"How high is the lighthouse?", "Who signed the harbour agreement?", "How much did the new pier cost?"}
		var asked []*discordtest.Message
		for i := range 100 {
			asked = append(asked, w.guild.Member(fmt.Sprint("u", i)).Asks(w.guild.Channel(fmt.Sprint("c", i)), questions[i%3]))
			w.settle(30 * time.Millisecond)
			if i%10 == 9 {
				w.live.Store(search.New(versioned(i/10 + 1)))
			}
		}
		w.settle(time.Minute)
		versions := map[int]bool{}
		for _, m := range asked {
			list := m.Answers()
			if len(list) != 1 {
				w.Fatalf("%d answers", len(list))
			}
			var of []int
			for n := range 12 {
				if strings.Contains(list[0].Content, fmt.Sprintf("version %d has it", n)) || strings.Contains(list[0].Content, fmt.Sprintf("Note of version %d.", n)) {
					of = append(of, n)
				}
			}
			if len(of) != 1 {
				w.Errorf("an answer of the versions %v: %s", of, list[0])
			}
			for _, n := range of {
				versions[n] = true
			}
		}
		if len(versions) < 8 {
			w.Errorf("answers of the versions %v only", versions)
		}
	})
}

func TestTwentyThousandQuestionsLeaveNothingBehind(t *testing.T) {
	if !*long {
		t.Skip("it takes a minute: run with -long")
	}
	if testing.Short() {
		t.Skip("takes seconds")
	}
	live := search.NewLive(search.New(base()))
	service := answer.New(live, answer.Options{})
	inWorld(t, setup{answerer: service, options: []func(*discordtest.Options){discordtest.NoRateLimits, func(o *discordtest.Options) { o.Keep = 100 }}}, func(w *world) {
		questions := []string{"How high is the lighthouse?", "¿Quién firmó el acuerdo del puerto?", "what is the capital of France?", "boom"}
		round := func(n int) {
			for i := range n {
				u, c := w.guild.Member(fmt.Sprint("u", i%200)), w.guild.Channel(fmt.Sprint("c", i%100))
				if i%2 == 0 {
					u.Slash(c, "ask", discordtest.Opt("question", questions[i%4]))
				} else {
					u.Asks(c, questions[i%4])
				}
				if i%20 == 19 {
					w.settle(time.Second)
				}
			}
			w.settle(time.Minute)
		}
		heap := func() uint64 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			return m.HeapAlloc
		}
		round(soakFirst) // the bounded stores are full after that
		goroutines, before, buckets := runtime.NumGoroutine(), heap(), w.gateway.Rest().Buckets()
		round(soakThen)
		after := heap()
		w.Logf("goroutines %d → %d, buckets %d → %d, heap %.1f → %.1f MB", goroutines, runtime.NumGoroutine(), buckets, w.gateway.Rest().Buckets(), float64(before)/1e6, float64(after)/1e6)
		// Idle connections come and go, each with two goroutines; a leak would be one for each of thousands of questions.
		if n := runtime.NumGoroutine(); n > goroutines+32 {
			w.Errorf("goroutines %d → %d", goroutines, n)
		}
		if n := w.gateway.Rest().Buckets(); n > 2048 {
			w.Errorf("%d buckets", n)
		}
		if float64(after) > 1.2*float64(before)+10e6 {
			w.Errorf("heap %d → %d", before, after)
		}
	})
}
