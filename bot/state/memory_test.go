package state

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"enlace/knowledge"
)

var (
	ctx   = context.Background()
	start = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
)

func TestOnlyTheFirstClaimCounts(t *testing.T) {
	m := NewMemory()
	var won, wg = make(chan int, 100), sync.WaitGroup{}
	for i := range 50 {
		wg.Go(func() {
			if ok, _ := m.Claim(ctx, start, "event", time.Minute); ok {
				won <- i
			}
		})
	}
	wg.Wait()
	if len(won) != 1 {
		t.Errorf("%d claims won", len(won))
	}
	if ok, _ := m.Claim(ctx, start.Add(61*time.Second), "event", time.Minute); !ok {
		t.Error("a claim lasts longer than it is kept")
	}
}

func TestNoMinuteHasMoreThanTheLimit(t *testing.T) {
	m, taken := NewMemory(), []time.Time(nil)
	for i := range 600 { // one try every 700 ms
		now := start.Add(time.Duration(i) * 700 * time.Millisecond)
		wait, err := m.Take(ctx, now, "", Quota{"user", 6, time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		if wait == 0 {
			taken = append(taken, now)
			continue
		}
		if wait > time.Minute {
			t.Fatalf("wait %s", wait)
		}
		if again, _ := m.Take(ctx, now.Add(wait-1), "", Quota{"user", 6, time.Minute}); again == 0 {
			t.Fatal("there is room before the wait is over")
		}
	}
	for i := 6; i < len(taken); i++ {
		if taken[i].Sub(taken[i-6]) < time.Minute {
			t.Fatalf("seven within %s", taken[i].Sub(taken[i-6]))
		}
	}
	if len(taken) < 40 {
		t.Errorf("only %d in seven minutes", len(taken))
	}
}

func TestARefusedQuestionCountsNowhere(t *testing.T) {
	m := NewMemory()
	full, other := Quota{"channel", 1, time.Minute}, Quota{"user", 2, time.Minute}
	_, _ = m.Take(ctx, start, "", full)
	for range 5 {
		if wait, _ := m.Take(ctx, start, "", full, other); wait == 0 {
			t.Fatal("the channel has room")
		}
	}
	for range 2 {
		if wait, _ := m.Take(ctx, start, "", other); wait != 0 {
			t.Errorf("the user has to wait %s", wait)
		}
	}
}

func TestClockJumpsLockNobodyOut(t *testing.T) {
	m := NewMemory()
	q := Quota{"user", 1, time.Minute}
	for _, now := range []time.Time{start, start.Add(time.Hour), start, start.Add(-time.Hour)} {
		if wait, _ := m.Take(ctx, now, "", q); wait != 0 {
			t.Errorf("at %s: wait %s", now, wait)
		}
	}
	if wait, _ := m.Take(ctx, start.Add(-time.Hour), "", q); wait <= 0 || wait > time.Minute {
		t.Errorf("wait %s", wait)
	}
}

func TestAnswersAreFoundUntilTheyAreOld(t *testing.T) {
	m := NewMemory()
	a := Answer{ID: "q", Messages: []string{"m1", "m2"}, At: start, Asked: "who?", Answer: knowledge.Answer{Text: "they"}}
	if err := m.PutAnswer(ctx, start, a); err != nil {
		t.Fatal(err)
	}
	_ = m.PutLast(ctx, start, "dm", "q")
	if got, ok, _ := m.AnswerIn(ctx, start, "m2"); !ok || got.Asked != "who?" {
		t.Errorf("%+v %t", got, ok)
	}
	if got, ok, _ := m.Last(ctx, start.Add(time.Minute), "dm", time.Hour); !ok || got.ID != "q" {
		t.Errorf("%+v %t", got, ok)
	}
	if _, ok, _ := m.Last(ctx, start.Add(2*time.Hour), "dm", time.Hour); ok {
		t.Error("a conversation goes on for ever")
	}
	a.Messages = []string{"m1"}
	_ = m.PutAnswer(ctx, start, a)
	if _, ok, _ := m.AnswerIn(ctx, start, "m2"); ok {
		t.Error("a message that is gone is found")
	}
	if _, ok, _ := m.Answer(ctx, start.Add(KeepAnswers+1), "q"); ok {
		t.Error("an answer is kept for ever")
	}
}

func TestMemoryIsBounded(t *testing.T) {
	m := NewMemory()
	for i := range MaxClaims + 1000 {
		key := fmt.Sprint(i)
		_, _ = m.Claim(ctx, start, key, time.Hour)
		_, _ = m.Take(ctx, start, "", Quota{key, 1, time.Hour})
		_ = m.PutAnswer(ctx, start, Answer{ID: key, Messages: []string{"m" + key}, At: start})
		_ = m.PutLast(ctx, start, key, key)
	}
	if c, q, a, l := m.Sizes(); c != MaxClaims || q != MaxQuotas || a != MaxAnswers || l != MaxConversations || len(m.messages) != MaxAnswers {
		t.Errorf("%d claims, %d quotas, %d answers, %d conversations, %d messages", c, q, a, l, len(m.messages))
	}
}

func TestRegistrationsSurviveARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "commands.json")
	f := NewFileRegistrations(path)
	if hash, err := f.Registered(ctx, "app/"); hash != "" || err != nil {
		t.Errorf("%q, %v", hash, err)
	}
	if err := f.PutRegistered(ctx, "app/", "h1"); err != nil {
		t.Fatal(err)
	}
	_ = f.PutRegistered(ctx, "app/guild", "h2")
	again := NewFileRegistrations(path)
	if hash, err := again.Registered(ctx, "app/"); hash != "h1" || err != nil {
		t.Errorf("%q, %v", hash, err)
	}
}
