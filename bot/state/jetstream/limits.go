package jetstream

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"enlace/bot/state"
)

// use is one use of a limit. A list of them is a limit's value: it is never longer than the limit, and never written while there is
// no room, so that not even a flood of questions makes writers compete for long.
type use struct {
	At int64  `json:"t"` // Unix nanoseconds
	By string `json:"c"` // the call
}

func limitKey(q state.Quota) string {
	return key(q.Key) + "." + strconv.FormatInt(int64(q.Every), 10)
}

// uses decodes a limit's value, and returns what counts for it now.
func uses(e entry, now time.Time, q state.Quota) (list []use, times state.Times) {
	var all []use
	if e.there() && json.Unmarshal(e.value, &all) != nil {
		all = nil
	}
	for _, u := range all {
		if in := (state.Times{time.Unix(0, u.At)}).Within(now, q.Every); in != nil {
			list, times = append(list, u), append(times, in...)
		}
	}
	return list, times
}

// Take implements state.Limits.
func (s *Store) Take(ctx context.Context, now time.Time, quotas ...state.Quota) (wait time.Duration, err error) {
	ctx, cancel := bounded(ctx)
	defer cancel()
	if len(quotas) > 1 { // of most refusals nothing has to be taken back
		for _, q := range quotas {
			e, err := s.limits.get(ctx, limitKey(q))
			if err != nil {
				return 0, err
			}
			_, times := uses(e, now, q)
			wait = max(wait, times.Wait(now, q))
		}
	}
	by, taken := s.unique(), 0
	for ; wait == 0 && err == nil && taken < len(quotas); taken++ {
		wait, err = s.takeOne(ctx, now, quotas[taken], by)
	}
	if wait > 0 || err != nil {
		for _, q := range quotas[:taken] {
			s.giveBack(ctx, q, by)
		}
	}
	return wait, err
}

func (s *Store) takeOne(ctx context.Context, now time.Time, q state.Quota, by string) (wait time.Duration, err error) {
	_, err = s.limits.change(ctx, limitKey(q), false, func(e entry) []byte {
		list, times := uses(e, now, q)
		if slices.ContainsFunc(list, func(u use) bool { return u.By == by }) {
			return nil
		}
		if wait = times.Wait(now, q); wait > 0 {
			return nil
		}
		list = append(list, use{now.UnixNano(), by})
		slices.SortFunc(list, func(a, b use) int { return time.Unix(0, a.At).Compare(time.Unix(0, b.At)) })
		raw, _ := json.Marshal(list) // plain data
		return raw
	}, lasting(q.Every+state.Skew))
	return wait, err
}

// giveBack takes a use out again. Where that fails the limit is stricter than it should be, for its span.
func (s *Store) giveBack(ctx context.Context, q state.Quota, by string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tryTime)
	defer cancel()
	_, _ = s.limits.change(ctx, limitKey(q), false, func(e entry) []byte {
		var list []use
		if !e.there() || json.Unmarshal(e.value, &list) != nil {
			return nil
		}
		left := slices.DeleteFunc(slices.Clone(list), func(u use) bool { return u.By == by })
		if len(left) == len(list) {
			return nil
		}
		raw, _ := json.Marshal(left)
		return raw
	}, lasting(q.Every+state.Skew))
}

// Used implements state.Limits.
func (s *Store) Used(ctx context.Context, now time.Time, q state.Quota) (int, error) {
	e, err := s.limits.get(ctx, limitKey(q))
	if err != nil {
		return 0, err
	}
	list, _ := uses(e, now, q)
	return len(list), nil
}
