// Package statetest holds every implementation of package state's interfaces to what they promise.
//
// [Run] is for a [state.Store], [RunEngine] for a [state.Engine], and [RunShared] for several processes' handles on one engine.
// Times of stores are made up; those of engines are real, and as short as [Quick] says.
package statetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"testing"
	"time"

	"enlace/bot/state"
	"enlace/knowledge"
)

// Start is the time at which every test of a store begins.
var Start = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// Quick is a timing for tests: nothing takes longer than about a second.
func Quick() state.Timing {
	return state.Timing{
		Replica: time.Second, Result: time.Second, AckWait: 600 * time.Millisecond, Retry: 10 * time.Millisecond,
	}
}

// patience bounds what a test waits for.
const patience = 30 * time.Second

// Run holds a store to package state's promises. Open returns an empty one, which ends with the test.
func Run(t *testing.T, open func(t *testing.T) state.Store) {
	for _, c := range []struct {
		name string
		run  func(*testing.T, state.Store)
	}{
		{"only the first claim counts", func(t *testing.T, s state.Store) { firstClaim(t, s.Claim) }},
		{"only the first brief claim counts", func(t *testing.T, s state.Store) { firstClaim(t, s.ClaimBriefly) }},
		{"a claim ends", func(t *testing.T, s state.Store) { claimEnds(t, s.Claim) }},
		{"a brief claim ends", func(t *testing.T, s state.Store) { claimEnds(t, s.ClaimBriefly) }},
		{"keys of claims are taken as they are", claimKeys},
		{"no minute has more than the limit", slidingLimit},
		{"a refused question counts nowhere", refusedCountsNowhere},
		{"a call counts once", callCountsOnce},
		{"one key may have several spans", spans},
		{"a limit of nothing lets nothing through", nothing},
		{"clock jumps lock nobody out", clockJumps},
		{"limits are exact for many at a time", exactLimits},
		{"answers are found by their id and messages", answers},
		{"answers come back as they were kept", answerWhole},
		{"answers are forgotten when they are old", answersAge},
		{"a message belongs to the answer that was put last", messageMoves},
		{"answers since a time come in order while the store changes", since},
		{"conversations go on for a while", conversations},
		{"there is one vote for each person and answer", votes},
		{"audits come in order", audits},
		{"marks are found by their beginnings", marks},
		{"marks have strict keys", markKeys},
		{"a base replaces the one it knows", bases},
		{"ten bases are kept", baseHistory},
		{"one of many bases gets through", baseRace},
		{"a watch tells every base", watchBase},
		{"a base is staged before it comes into service", stageBase},
		{"registrations are remembered", registrations},
		{"erasing forgets one person", erase},
		{"a done context is an error or harmless", doneContext},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, open(t))
		})
	}
}

// must fails the test at an error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// value returns what a call returned that must not fail.
func value[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// found returns what a lookup found.
func found[T any](t *testing.T) func(v T, ok bool, err error) T {
	t.Helper()
	return func(v T, ok bool, err error) T {
		t.Helper()
		must(t, err)
		if !ok {
			t.Fatalf("no %T is found", v)
		}
		return v
	}
}

// missing fails where a lookup found something.
func missing[T any](t *testing.T) func(v T, ok bool, err error) {
	return func(v T, ok bool, err error) {
		t.Helper()
		must(t, err)
		if ok {
			t.Errorf("%+v is found", v)
		}
	}
}

func all[T any](t *testing.T, seq iter.Seq2[T, error]) (list []T) {
	t.Helper()
	for v, err := range seq {
		must(t, err)
		list = append(list, v)
	}
	return list
}

// eventually waits until something holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	end := time.After(patience)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-end:
			t.Fatalf("never: %s", what)
		}
	}
}

func receive[T any](t *testing.T, what string, from <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-from:
	case <-time.After(patience):
		t.Fatalf("never: %s", what)
	}
	return v
}

func equalJSON(t *testing.T, is, want any) {
	t.Helper()
	a, b := marshal(is), marshal(want)
	if a != b {
		t.Errorf("it is\n%s\nwant\n%s", a, b)
	}
}

func marshal(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// claim is a method of state.Claims.
type claim func(ctx context.Context, now time.Time, key string, keep time.Duration) (bool, error)

func firstClaim(t *testing.T, claim claim) {
	won, wg := make(chan int, 100), sync.WaitGroup{}
	for i := range 20 {
		wg.Go(func() {
			ok, err := claim(t.Context(), Start, "event", time.Minute)
			if err != nil {
				t.Error(err)
			}
			if ok {
				won <- i
			}
		})
	}
	wg.Wait()
	if len(won) != 1 {
		t.Errorf("%d claims won", len(won))
	}
}

func claimEnds(t *testing.T, claim claim) {
	for _, c := range []struct {
		after time.Duration
		won   bool
	}{{0, true}, {time.Second, false}, {59 * time.Second, false}, {time.Minute, true}, {119 * time.Second, false}} {
		if won := value(claim(t.Context(), Start.Add(c.after), "event", time.Minute)); won != c.won {
			t.Errorf("after %s: %t", c.after, won)
		}
	}
}

func claimKeys(t *testing.T, s state.Store) {
	keys := []string{"message:1", "message=3A1", "message.1", "message>1", "message*1", "mensaje ñ", "a b", "", " ", ".", "=", "limited:1:2", "limited:12", "\x00"}
	for _, free := range []bool{true, false} {
		for _, k := range keys {
			if won := value(s.Claim(t.Context(), Start, k, time.Minute)); won != free {
				t.Errorf("%q: %t", k, won)
			}
		}
	}
}

func slidingLimit(t *testing.T, s state.Store) {
	var taken []time.Time
	q := state.Quota{Key: "user:1", Most: 6, Every: time.Minute}
	for i := range 300 { // one try every 700 ms
		now := Start.Add(time.Duration(i) * 700 * time.Millisecond)
		wait, err := s.Take(t.Context(), now, "", q)
		must(t, err)
		if wait == 0 {
			taken = append(taken, now)
			continue
		}
		if wait < 0 || wait > time.Minute {
			t.Fatalf("wait %s", wait)
		}
		if again := value(s.Take(t.Context(), now.Add(wait-1), "", q)); again != 1 {
			t.Fatalf("a moment before the wait is over: wait %s", again)
		}
		if used := value(s.Used(t.Context(), now, q)); used != 6 {
			t.Fatalf("%d are used", used)
		}
	}
	for i := 6; i < len(taken); i++ {
		if taken[i].Sub(taken[i-6]) < time.Minute {
			t.Fatalf("seven within %s", taken[i].Sub(taken[i-6]))
		}
	}
	if len(taken) < 18 {
		t.Errorf("only %d in three and a half minutes", len(taken))
	}
}

func refusedCountsNowhere(t *testing.T, s state.Store) {
	full, other := state.Quota{Key: "channel:1", Most: 1, Every: time.Minute}, state.Quota{Key: "user:1", Most: 2, Every: time.Minute}
	must(t, taken(s.Take(t.Context(), Start, "", full)))
	for _, order := range [][]state.Quota{{full, other}, {other, full}} {
		if wait := value(s.Take(t.Context(), Start.Add(time.Second), "", order...)); wait != 59*time.Second {
			t.Fatalf("wait %s", wait)
		}
	}
	for range 2 {
		must(t, taken(s.Take(t.Context(), Start, "", other)))
	}
	if used := value(s.Used(t.Context(), Start, full)); used != 1 {
		t.Errorf("%d are used", used)
	}
	if wait := value(s.Take(t.Context(), Start, "")); wait != 0 {
		t.Errorf("without a quota: wait %s", wait)
	}
}

func callCountsOnce(t *testing.T, s state.Store) {
	user, channel := state.Quota{Key: "user:1", Most: 2, Every: time.Minute}, state.Quota{Key: "channel:1", Most: 1, Every: time.Minute}
	for i := range 3 { // there is room for a call that has taken the last of it
		must(t, taken(s.Take(t.Context(), Start.Add(time.Duration(i)*time.Second), "i1", user, channel)))
	}
	if wait := value(s.Take(t.Context(), Start.Add(3*time.Second), "i2", user, channel)); wait != 57*time.Second {
		t.Errorf("another call: wait %s", wait)
	}
	if used := value(s.Used(t.Context(), Start, user)); used != 1 {
		t.Errorf("%d are used", used)
	}
	must(t, taken(s.Take(t.Context(), Start.Add(time.Minute), "i1", user, channel))) // its time is up: it counts anew
	if used := value(s.Used(t.Context(), Start.Add(time.Minute), channel)); used != 1 {
		t.Errorf("%d are used", used)
	}
	var wg sync.WaitGroup
	for i := range 16 { // delivered to many at the same time
		wg.Go(func() {
			if err := taken(s.Take(t.Context(), Start.Add(2*time.Minute), fmt.Sprint("j", i%2), user)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if used := value(s.Used(t.Context(), Start.Add(2*time.Minute), user)); used != 2 {
		t.Errorf("%d are used", used)
	}
}

// taken makes an error of a refusal.
func taken(wait time.Duration, err error) error {
	if err == nil && wait != 0 {
		err = fmt.Errorf("there is no room: wait %s", wait)
	}
	return err
}

func spans(t *testing.T, s state.Store) {
	minute, hour := state.Quota{Key: "user:1", Most: 2, Every: time.Minute}, state.Quota{Key: "user:1", Most: 3, Every: time.Hour}
	for i := range 3 {
		must(t, taken(s.Take(t.Context(), Start.Add(time.Duration(i)*time.Minute), "", minute, hour)))
	}
	wait := value(s.Take(t.Context(), Start.Add(4*time.Minute), "", minute, hour))
	if wait != 56*time.Minute {
		t.Errorf("wait %s", wait)
	}
}

func nothing(t *testing.T, s state.Store) {
	if wait := value(s.Take(t.Context(), Start, "", state.Quota{Key: "x", Most: 0, Every: time.Minute})); wait != time.Minute {
		t.Errorf("wait %s", wait)
	}
}

func clockJumps(t *testing.T, s state.Store) {
	q := state.Quota{Key: "user:1", Most: 1, Every: time.Minute}
	for _, now := range []time.Time{Start, Start.Add(time.Hour), Start, Start.Add(-time.Hour)} {
		must(t, taken(s.Take(t.Context(), now, "", q)))
	}
	back := Start.Add(-time.Hour)
	for _, now := range []time.Time{back, back.Add(-time.Second)} { // a clock that is a little behind is another process's
		if wait := value(s.Take(t.Context(), now, "", q)); wait <= 0 || wait > time.Minute {
			t.Errorf("wait %s", wait)
		}
	}
}

func exactLimits(t *testing.T, s state.Store) { exact(t, []state.Limits{s}, 8, 40) }

// exact has writers take from two quotas with clocks that differ a little.
func exact(t *testing.T, stores []state.Limits, writers, tries int) {
	t.Helper()
	user, channel := state.Quota{Key: "user:1", Most: 25, Every: time.Minute}, state.Quota{Key: "channel:1", Most: 1000, Every: time.Minute}
	won, wg := make(chan struct{}, writers*tries), sync.WaitGroup{}
	for w := range writers {
		wg.Go(func() {
			for i := range tries {
				now := Start.Add(time.Duration((w*7+i*13)%100) * time.Millisecond)
				wait, err := stores[w%len(stores)].Take(t.Context(), now, "", user, channel)
				if err != nil {
					t.Error(err)
				}
				if wait == 0 {
					won <- struct{}{}
				}
			}
		})
	}
	wg.Wait()
	if len(won) != user.Most {
		t.Errorf("%d got through, %d may", len(won), user.Most)
	}
	if used := value(stores[0].Used(t.Context(), Start.Add(time.Second), channel)); used != user.Most {
		t.Errorf("%d count for the other limit", used)
	}
}

func given(id string, at time.Time, messages ...string) state.Answer {
	return state.Answer{ID: id, User: "u1", Guild: "g1", Channel: "c1", Messages: messages, At: at, Asked: "who, " + id + "?", Answer: knowledge.Answer{Text: "they"}}
}

func answers(t *testing.T, s state.Store) {
	must(t, s.PutAnswer(t.Context(), Start, given("q", Start, "m1", "m2")))
	if a := found[state.Answer](t)(s.AnswerIn(t.Context(), Start, "m2")); a.Asked != "who, q?" {
		t.Errorf("%+v", a)
	}
	must(t, s.PutAnswer(t.Context(), Start, given("q", Start, "m1")))
	missing[state.Answer](t)(s.AnswerIn(t.Context(), Start, "m2"))
	a := found[state.Answer](t)(s.Answer(t.Context(), Start, "q"))
	a.Messages[0] = "another" // what was handed out is the caller's
	found[state.Answer](t)(s.AnswerIn(t.Context(), Start, "m1"))
	for _, unknown := range []string{"", "m1", "Q", "q.", "*", ">", "q q"} {
		missing[state.Answer](t)(s.Answer(t.Context(), Start, unknown))
	}
	missing[state.Answer](t)(s.AnswerIn(t.Context(), Start, "q"))
	missing[state.Answer](t)(s.AnswerIn(t.Context(), Start, ""))
}

func answerWhole(t *testing.T, s state.Store) {
	day := knowledge.Date{Year: 2025, Month: 7, Day: 31}
	a := state.Answer{
		ID: "1", Parent: "0", Guild: "g", Channel: "c", User: "u", Messages: []string{"m"}, Command: true, Private: true, At: Start, Asked: "¿quién?\n\"x\"",
		Answer: knowledge.Answer{
			Question: "q", Outcome: knowledge.Answered, Text: "a [1]", Sentences: []knowledge.Sentence{{Text: "a", Citations: []knowledge.FactID{"f"}}},
			Citations: []knowledge.Citation{{N: 1, ID: "f", Dates: []knowledge.Date{day, {Year: 2025}}, AsOf: day}}, FactsVersion: "v", DurationMS: 1.5,
		},
		Checked: &knowledge.Checked{ID: "x", FactsVersion: "v"},
		Cited: []state.Cited{{
			Fact:    knowledge.Fact{ID: "f", Text: knowledge.Text{EN: "e", ES: "ñ"}, Dates: []knowledge.Date{day}, Sources: []knowledge.SourceID{"s"}, Withdrawn: "w"},
			Sources: []knowledge.Source{{ID: "s", URL: "https://example.org/", Published: knowledge.Date{Year: 2024, Month: 2}}},
		}},
		Corrections: []state.Correction{{At: Start.Add(time.Hour), Version: "v2", Fact: "f", Now: knowledge.Text{EN: "n"}, Reason: "r"}},
	}
	must(t, s.PutAnswer(t.Context(), Start, a))
	equalJSON(t, found[state.Answer](t)(s.Answer(t.Context(), Start, "1")), a)
	a.Corrections[0].Reason = "changed by the caller"
	if is := found[state.Answer](t)(s.AnswerIn(t.Context(), Start, "m")); is.Corrections[0].Reason != "r" || !is.At.Equal(Start) {
		t.Errorf("%+v", is.Corrections)
	}
}

func answersAge(t *testing.T, s state.Store) {
	must(t, s.PutAnswer(t.Context(), Start, given("q", Start, "m")))
	must(t, s.PutLast(t.Context(), Start, "dm:c", "q"))
	late := Start.Add(state.KeepAnswers)
	found[state.Answer](t)(s.Answer(t.Context(), late, "q"))
	late = late.Add(1)
	missing[state.Answer](t)(s.Answer(t.Context(), late, "q"))
	missing[state.Answer](t)(s.AnswerIn(t.Context(), late, "m"))
	missing[state.Answer](t)(s.Last(t.Context(), late, "dm:c", 100*state.KeepAnswers))
	must(t, s.PutAnswer(t.Context(), late, given("q", Start, "m"))) // a correction does not make it younger
	missing[state.Answer](t)(s.Answer(t.Context(), late, "q"))
}

func messageMoves(t *testing.T, s state.Store) {
	must(t, s.PutAnswer(t.Context(), Start, given("q1", Start, "m1", "m2")))
	must(t, s.PutAnswer(t.Context(), Start, given("q2", Start, "m2")))
	must(t, s.PutAnswer(t.Context(), Start, given("q1", Start, "m1")))
	if a := found[state.Answer](t)(s.AnswerIn(t.Context(), Start, "m2")); a.ID != "q2" {
		t.Errorf("%s", a.ID)
	}
}

func since(t *testing.T, s state.Store) {
	for _, i := range []int{3, 1, 4, 2, 0} {
		must(t, s.PutAnswer(t.Context(), Start, given(fmt.Sprint(i), Start.Add(time.Duration(i)*time.Minute))))
	}
	must(t, s.PutAnswer(t.Context(), Start, given("1", Start.Add(time.Minute)))) // to write it anew changes no order
	var ids []string
	for a, err := range s.Since(t.Context(), Start.Add(time.Minute)) {
		must(t, err)
		ids = append(ids, a.ID)
		if a.ID == "2" { // the rest is yielded as it stands then
			changed := given("3", Start.Add(3*time.Minute))
			changed.Asked = "changed"
			must(t, s.PutAnswer(t.Context(), Start, changed))
		}
		if a.ID == "3" && a.Asked != "changed" {
			t.Errorf("%+v", a)
		}
	}
	if !slices.Equal(ids, []string{"1", "2", "3", "4"}) {
		t.Errorf("%v", ids)
	}
	for range s.Since(t.Context(), Start) {
		break // whoever has enough may leave
	}
	if list := all(t, s.Since(t.Context(), Start.Add(time.Hour))); len(list) != 0 {
		t.Errorf("%v", list)
	}
}

func conversations(t *testing.T, s state.Store) {
	missing[state.Answer](t)(s.Last(t.Context(), Start, "dm:c", time.Hour))
	must(t, s.PutLast(t.Context(), Start, "dm:c", "q1"))
	missing[state.Answer](t)(s.Last(t.Context(), Start, "dm:c", time.Hour)) // there is no such answer
	must(t, s.PutAnswer(t.Context(), Start, given("q1", Start)))
	must(t, s.PutAnswer(t.Context(), Start, given("q2", Start)))
	if a := found[state.Answer](t)(s.Last(t.Context(), Start.Add(time.Hour), "dm:c", time.Hour)); a.ID != "q1" {
		t.Errorf("%s", a.ID)
	}
	missing[state.Answer](t)(s.Last(t.Context(), Start.Add(time.Hour+1), "dm:c", time.Hour))
	must(t, s.PutLast(t.Context(), Start.Add(time.Hour), "dm:c", "q2"))
	if a := found[state.Answer](t)(s.Last(t.Context(), Start.Add(2*time.Hour), "dm:c", time.Hour)); a.ID != "q2" {
		t.Errorf("%s", a.ID)
	}
	missing[state.Answer](t)(s.Last(t.Context(), Start, "dm:C", time.Hour))
}

func votes(t *testing.T, s state.Store) {
	v := state.Vote{Answer: "q", User: "u1", Guild: "g", Channel: "c", Why: "wrong", Text: "it is not", At: Start}
	must(t, s.PutVote(t.Context(), v))
	must(t, s.PutVote(t.Context(), state.Vote{Answer: "q", User: "u2", Up: true, At: Start.Add(time.Minute)}))
	must(t, s.PutVote(t.Context(), state.Vote{Answer: "q2", User: "u1", Up: true, At: Start.Add(-time.Minute)}))
	equalJSON(t, found[state.Vote](t)(s.Vote(t.Context(), "q", "u1")), v)
	v.Up, v.Why, v.Text, v.At = true, "", "", Start.Add(2*time.Minute)
	must(t, s.PutVote(t.Context(), v))
	equalJSON(t, found[state.Vote](t)(s.Vote(t.Context(), "q", "u1")), v)
	missing[state.Vote](t)(s.Vote(t.Context(), "q", "u3"))
	missing[state.Vote](t)(s.Vote(t.Context(), "q u1", ""))
	var users []string
	for _, v := range all(t, s.Votes(t.Context(), Start)) {
		users = append(users, v.User)
	}
	slices.Sort(users)
	if !slices.Equal(users, []string{"u1", "u2"}) {
		t.Errorf("%v", users)
	}
}

func audits(t *testing.T, s state.Store) {
	list := []state.Audit{
		{At: Start.Add(2 * time.Minute), User: "u", Action: "reload", Detail: "v1 → v2", Allowed: true},
		{At: Start, Action: "rollback", Failed: "no"},
		{At: Start.Add(2 * time.Minute), User: "u", Action: "pause", Guild: "g"},
		{At: Start.Add(-time.Minute), Action: "old ones too"},
	}
	for _, a := range list {
		must(t, s.PutAudit(t.Context(), a))
	}
	equalJSON(t, all(t, s.Audits(t.Context(), Start)), []state.Audit{list[1], list[0], list[2]})
	wg := sync.WaitGroup{}
	for i := range 8 {
		wg.Go(func() {
			for j := range 5 {
				if err := s.PutAudit(t.Context(), state.Audit{At: Start.Add(time.Hour), Action: "many", Detail: fmt.Sprint(i, j)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n := len(all(t, s.Audits(t.Context(), Start.Add(time.Hour)))); n != 40 {
		t.Errorf("%d of 40", n)
	}
}

func marks(t *testing.T, s state.Store) {
	for _, kv := range [][2]string{{"paused", "yes"}, {"guild.1.lang", "es"}, {"guild.1.private", "ñ \n"}, {"guild.12", "x"}, {"..a=b..", "y"}} {
		must(t, s.PutMark(t.Context(), kv[0], kv[1]))
	}
	equalJSON(t, value(s.Marks(t.Context(), "guild.1")), map[string]string{"guild.1.lang": "es", "guild.1.private": "ñ \n", "guild.12": "x"})
	equalJSON(t, value(s.Marks(t.Context(), "guild.1.")), map[string]string{"guild.1.lang": "es", "guild.1.private": "ñ \n"})
	must(t, s.PutMark(t.Context(), "paused", "no"))
	must(t, s.PutMark(t.Context(), "guild.12", ""))
	must(t, s.PutMark(t.Context(), "never", ""))
	equalJSON(t, value(s.Marks(t.Context(), "")), map[string]string{"paused": "no", "guild.1.lang": "es", "guild.1.private": "ñ \n", "..a=b..": "y"})
	equalJSON(t, value(s.Marks(t.Context(), "x")), map[string]string{})
}

func markKeys(t *testing.T, s state.Store) {
	long := make([]byte, 201)
	for i := range long {
		long[i] = 'a'
	}
	for _, bad := range []string{"", "a b", "a/b", "ñ", "a:b", "*", ">", string(long)} {
		if err := s.PutMark(t.Context(), bad, "x"); !errors.Is(err, state.ErrMarkKey) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	must(t, s.PutMark(t.Context(), string(long[1:]), "x"))
}

func base(version string, at time.Time) state.Base {
	return state.Base{Version: version, At: at, By: "u", Why: "reload", Facts: 7}
}

func bases(t *testing.T, s state.Store) {
	missing[state.Base](t)(s.LiveBase(t.Context()))
	if _, err := s.Bundle(t.Context(), "v1"); !errors.Is(err, state.ErrUnknownBase) {
		t.Errorf("%v", err)
	}
	bundle := []byte("a bundle")
	must(t, s.PutBase(t.Context(), base("v1", Start), bundle, ""))
	bundle[0] = 'X'
	for _, before := range []string{"", "v2", "v1 "} {
		if err := s.PutBase(t.Context(), base("v2", Start), []byte("b"), before); !errors.Is(err, state.ErrMoved) {
			t.Errorf("before %q: %v", before, err)
		}
	}
	equalJSON(t, found[state.Base](t)(s.LiveBase(t.Context())), base("v1", Start))
	if b := value(s.Bundle(t.Context(), "v1")); string(b) != "a bundle" {
		t.Errorf("%q", b)
	}
	if _, err := s.Bundle(t.Context(), "v2"); !errors.Is(err, state.ErrUnknownBase) {
		t.Errorf("%v", err)
	}
	big := make([]byte, 3<<20)
	big[len(big)-1] = 1
	must(t, s.PutBase(t.Context(), base("v2", Start.Add(1)), big, "v1"))
	if b := value(s.Bundle(t.Context(), "v2")); len(b) != len(big) || b[len(b)-1] != 1 {
		t.Errorf("%d bytes", len(b))
	}
	must(t, s.PutBase(t.Context(), base("v1", Start.Add(2)), []byte("a bundle"), "v2")) // taken back
	equalJSON(t, value(s.BaseHistory(t.Context())), []state.Base{base("v1", Start.Add(2)), base("v2", Start.Add(1)), base("v1", Start)})
}

func baseHistory(t *testing.T, s state.Store) {
	before := ""
	for i := range state.MaxBases + 3 {
		v := fmt.Sprintf("v%d", i)
		must(t, s.PutBase(t.Context(), base(v, Start.Add(time.Duration(i))), []byte(v), before))
		before = v
	}
	list := value(s.BaseHistory(t.Context()))
	if len(list) != state.MaxBases || list[0].Version != "v12" || list[9].Version != "v3" {
		t.Errorf("%v", list)
	}
	for i := range state.MaxBases + 3 {
		v := fmt.Sprintf("v%d", i)
		b, err := s.Bundle(t.Context(), v)
		if kept := i >= 3; kept && (err != nil || string(b) != v) || !kept && !errors.Is(err, state.ErrUnknownBase) {
			t.Errorf("%s: %q, %v", v, b, err)
		}
	}
}

func baseRace(t *testing.T, s state.Store) {
	must(t, s.PutBase(t.Context(), base("v0", Start), []byte("v0"), ""))
	oneThrough(t, []state.Bases{s})
}

// oneThrough has eight processes replace one base.
func oneThrough(t *testing.T, stores []state.Bases) {
	won, wg := make(chan string, 8), sync.WaitGroup{}
	for i := range 8 {
		wg.Go(func() {
			v := fmt.Sprintf("race%d", i)
			switch err := stores[i%len(stores)].PutBase(t.Context(), base(v, Start.Add(time.Second)), []byte(v), "v0"); {
			case err == nil:
				won <- v
			case !errors.Is(err, state.ErrMoved):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(won) != 1 {
		t.Fatalf("%d got through", len(won))
	}
	winner := <-won
	for _, s := range stores {
		if b := found[state.Base](t)(s.LiveBase(t.Context())); b.Version != winner {
			t.Errorf("%s is in service, %s got through", b.Version, winner)
		}
		if b := value(s.Bundle(t.Context(), winner)); string(b) != winner {
			t.Errorf("its bundle is %q", b)
		}
	}
}

func watchBase(t *testing.T, s state.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	moved, ended := make(chan state.Base, 10), make(chan error, 1)
	must(t, s.PutBase(t.Context(), base("v1", Start), nil, ""))
	go func() { ended <- s.WatchBase(ctx, func(b state.Base) { moved <- b }, func(string) {}) }()
	if b := receive(t, "the base in service", moved); b.Version != "v1" {
		t.Errorf("%s", b.Version)
	}
	must(t, s.PutBase(t.Context(), base("v2", Start), nil, "v1"))
	if b := receive(t, "the next base", moved); b.Version != "v2" {
		t.Errorf("%s", b.Version)
	}
	must(t, s.PutBase(t.Context(), base("v1", Start.Add(time.Hour)), nil, "v2"))
	equalJSON(t, receive(t, "the base that was taken back", moved), base("v1", Start.Add(time.Hour)))
	cancel()
	must(t, receive(t, "the end of the watch", ended))
	select {
	case b := <-moved:
		t.Errorf("%v is told twice", b)
	default:
	}
}

func stageBase(t *testing.T, s state.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	moved, staged, ended := make(chan state.Base, 10), make(chan string, 10), make(chan error, 1)
	must(t, s.PutBase(t.Context(), base("v1", Start), []byte("one"), ""))
	go func() {
		ended <- s.WatchBase(ctx, func(b state.Base) { moved <- b }, func(v string) { staged <- v })
	}()
	receive(t, "the base in service", moved)
	must(t, s.StageBase(t.Context(), "v2", []byte("two")))
	if v := receive(t, "what is staged", staged); v != "v2" || string(value(s.Bundle(t.Context(), v))) != "two" {
		t.Errorf("%s is staged", v)
	}
	must(t, s.StageBase(t.Context(), "v3", []byte("three")))
	if v := receive(t, "what is staged then", staged); v != "v3" {
		t.Errorf("%s is staged", v)
	}
	if _, err := s.Bundle(t.Context(), "v2"); !errors.Is(err, state.ErrUnknownBase) {
		t.Errorf("what was staged before: %v", err)
	}
	if list := value(s.BaseHistory(t.Context())); len(list) != 1 {
		t.Errorf("a staged base is in the history: %v", list)
	}
	must(t, s.PutBase(t.Context(), base("v3", Start.Add(1)), []byte("three"), "v1"))
	if b := receive(t, "the base that was staged", moved); b.Version != "v3" {
		t.Errorf("%s", b.Version)
	}
	must(t, s.StageBase(t.Context(), "v1", []byte("one"))) // to go back to
	must(t, s.StageBase(t.Context(), "v4", []byte("four")))
	for v, want := range map[string]string{"v1": "one", "v3": "three", "v4": "four"} {
		if got := string(value(s.Bundle(t.Context(), v))); got != want {
			t.Errorf("%s holds %q", v, got)
		}
	}
	cancel()
	must(t, receive(t, "the end of the watch", ended))
}

func registrations(t *testing.T, s state.Store) {
	if h := value(s.Registered(t.Context(), "app/guild")); h != "" {
		t.Errorf("%q", h)
	}
	must(t, s.PutRegistered(t.Context(), "app/", "h1"))
	must(t, s.PutRegistered(t.Context(), "app/guild", "h2"))
	must(t, s.PutRegistered(t.Context(), "app/", "h3"))
	for scope, want := range map[string]string{"app/": "h3", "app/guild": "h2", "app": ""} {
		if h := value(s.Registered(t.Context(), scope)); h != want {
			t.Errorf("%s: %q", scope, h)
		}
	}
	if m := value(s.Marks(t.Context(), "")); len(m) != 0 {
		t.Errorf("registrations are marks: %v", m)
	}
}

func erase(t *testing.T, s state.Store) {
	other := given("q2", Start, "m2")
	other.User = "u12"
	must(t, s.PutAnswer(t.Context(), Start, given("q1", Start, "m1", "m3")))
	must(t, s.PutAnswer(t.Context(), Start, other))
	must(t, s.PutLast(t.Context(), Start, "dm:a", "q1"))
	must(t, s.PutLast(t.Context(), Start, "dm:b", "q2"))
	must(t, s.PutLast(t.Context(), Start, "dm:d", "long gone"))
	for _, user := range []string{"u1", "u12"} {
		must(t, s.PutVote(t.Context(), state.Vote{Answer: "q2", User: user, At: Start}))
		must(t, taken(s.Take(t.Context(), Start, "", state.Quota{Key: "user:" + user, Most: 1, Every: time.Minute})))
		must(t, s.PutAudit(t.Context(), state.Audit{At: Start, User: user, Action: "reload"}))
		value(s.Claim(t.Context(), Start, "limited:c:"+user, time.Minute))
	}
	equalJSON(t, value(s.Erase(t.Context(), "u1")), state.Erased{Answers: 1, Votes: 1, Conversations: 1})
	missing[state.Answer](t)(s.Answer(t.Context(), Start, "q1"))
	missing[state.Answer](t)(s.AnswerIn(t.Context(), Start, "m3"))
	missing[state.Vote](t)(s.Vote(t.Context(), "q2", "u1"))
	missing[state.Answer](t)(s.Last(t.Context(), Start, "dm:a", time.Hour))
	must(t, taken(s.Take(t.Context(), Start, "", state.Quota{Key: "user:u1", Most: 1, Every: time.Minute})))
	if !value(s.Claim(t.Context(), Start, "limited:c:u1", time.Minute)) {
		t.Error("what they claimed is left")
	}
	found[state.Answer](t)(s.AnswerIn(t.Context(), Start, "m2"))
	found[state.Vote](t)(s.Vote(t.Context(), "q2", "u12"))
	found[state.Answer](t)(s.Last(t.Context(), Start, "dm:b", time.Hour))
	if taken(s.Take(t.Context(), Start, "", state.Quota{Key: "user:u12", Most: 1, Every: time.Minute})) == nil {
		t.Error("somebody else's limit is gone")
	}
	if n := len(all(t, s.Audits(t.Context(), Start))); n != 2 {
		t.Errorf("%d of 2 audits are left", n)
	}
	equalJSON(t, value(s.Erase(t.Context(), "u1")), state.Erased{})
	equalJSON(t, value(s.Erase(t.Context(), "")), state.Erased{})
}

func doneContext(t *testing.T, s state.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range s.Since(ctx, Start) {
		if err == nil {
			t.Error("there is an answer")
		}
	}
	must(t, s.WatchBase(ctx, func(state.Base) { t.Error("there is a base") }, func(string) { t.Error("one is staged") }))
	if _, _, err := s.Answer(ctx, Start, "q"); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
