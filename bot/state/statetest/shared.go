package statetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"enlace/bot/state"
)

// RunShared holds what several processes have of one engine to package state's promises. Open returns n handles on one empty engine.
func RunShared(t *testing.T, open func(t *testing.T, n int, timing state.Timing) []state.Engine) {
	for _, c := range []struct {
		name string
		run  func(*testing.T, []state.Engine)
	}{
		{"limits are exact over replicas", func(t *testing.T, all []state.Engine) { exact(t, as[state.Limits](all), 8, 40) }},
		{"the budget is exact over replicas", func(t *testing.T, all []state.Engine) { exactBudget(t, as[state.Budget](all), 8, 30) }},
		{"one of many bases gets through over replicas", func(t *testing.T, all []state.Engine) {
			must(t, all[0].PutBase(t.Context(), base("v0", Start), []byte("v0"), ""))
			oneThrough(t, as[state.Bases](all))
		}},
		{"what one replica writes the others read", readYourWrites},
		{"one claim counts over replicas", claimsOver},
		{"jobs are done once over replicas", jobsOver},
		{"a base reaches all replicas", baseReaches},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t, 3, Quick())) })
	}
}

func as[T any](all []state.Engine) (list []T) {
	for _, e := range all {
		list = append(list, e.(T))
	}
	return list
}

func readYourWrites(t *testing.T, all []state.Engine) {
	for i := range 100 {
		a := given(fmt.Sprint(i), Start, fmt.Sprint("m", i))
		must(t, all[i%3].PutAnswer(t.Context(), Start, a))
		found[state.Answer](t)(all[(i+1)%3].AnswerIn(t.Context(), Start, fmt.Sprint("m", i)))
		must(t, all[i%3].PutResult(t.Context(), state.Result{ID: a.ID}))
		found[state.Result](t)(all[(i+2)%3].Result(t.Context(), a.ID))
	}
}

func claimsOver(t *testing.T, all []state.Engine) {
	for i := range 100 {
		won, wg := make(chan int, 6), sync.WaitGroup{}
		for w := range 6 {
			wg.Go(func() {
				claim := all[w%3].Claim
				if i%2 == 1 {
					claim = all[w%3].ClaimBriefly
				}
				ok, err := claim(t.Context(), Start, fmt.Sprint("event ", i), time.Minute)
				if err != nil {
					t.Error(err)
				}
				if ok {
					won <- w
				}
			})
		}
		wg.Wait()
		if len(won) != 1 {
			t.Fatalf("%d claims won", len(won))
		}
	}
}

func jobsOver(t *testing.T, all []state.Engine) {
	const jobs = 40
	done := make(chan string, 10*jobs)
	for _, e := range all {
		work(t, e, 2, func(_ context.Context, d state.Delivery) error { done <- d.ID; return nil })
	}
	for i := range jobs {
		must(t, all[i%3].Accept(t.Context(), job(fmt.Sprint(i))))
		must(t, all[(i+1)%3].Accept(t.Context(), job(fmt.Sprint(i)))) // Discord told two
	}
	seen := map[string]int{}
	for range jobs {
		seen[receive(t, "a job", done)]++
	}
	empty(t, all[0])
	for i := range jobs {
		if n := seen[fmt.Sprint(i)]; n != 1 {
			t.Errorf("job %d was done %d times", i, n)
		}
	}
	if len(done) > 0 {
		t.Errorf("%d jobs too many", len(done))
	}
}

func baseReaches(t *testing.T, all []state.Engine) {
	type reached struct {
		version string
		size    int
	}
	ctx, cancel := context.WithCancel(t.Context())
	told, wg := make(chan reached, 100), sync.WaitGroup{}
	defer wg.Wait()
	defer cancel()
	must(t, all[0].PutBase(t.Context(), base("v0", Start), nil, ""))
	for _, e := range all {
		wg.Go(func() {
			err := e.WatchBase(ctx, func(b state.Base) {
				bundle, err := e.Bundle(ctx, b.Version)
				if err != nil {
					t.Error(err)
				}
				told <- reached{b.Version, len(bundle)}
			}, func(string) {})
			if err != nil {
				t.Error(err)
			}
		})
	}
	for range all {
		receive(t, "the first base", told)
	}
	bundle := make([]byte, 5<<20)
	for i := range 3 {
		before, version := fmt.Sprint("v", i), fmt.Sprint("v", i+1)
		began := time.Now()
		must(t, all[i].PutBase(t.Context(), base(version, Start.Add(time.Duration(i+1))), bundle, before))
		put := time.Since(began)
		for range all {
			if r := receive(t, "a base", told); r.version != version || r.size != len(bundle) {
				t.Errorf("%+v", r)
			}
		}
		t.Logf("put in %s, seen and loaded by all after %s", put, time.Since(began))
	}
}
