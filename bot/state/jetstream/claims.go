package jetstream

import (
	"context"
	"encoding/json"
	"time"
)

// claimed is the value of a claim.
type claimed struct {
	Until time.Time
	By    string // the call that won
}

// Claim implements state.Claims.
func (s *Store) Claim(ctx context.Context, now time.Time, what string, keep time.Duration) (won bool, err error) {
	mine := claimed{now.Add(keep), s.unique()}
	raw, err := json.Marshal(mine)
	if err != nil {
		return false, err
	}
	refused := false
	_, err = s.claims.change(ctx, key(what), &entry{}, func(e entry) []byte {
		var held claimed
		if e.there() && json.Unmarshal(e.value, &held) == nil {
			if held.By == mine.By {
				return nil
			}
			if refused = now.Before(held.Until); refused {
				return nil
			}
		}
		return raw
	}, lasting(keep))
	return err == nil && !refused, err
}

// ClaimBriefly implements state.Claims. Who claims from an embedded engine is in this process.
func (s *Store) ClaimBriefly(ctx context.Context, now time.Time, what string, keep time.Duration) (bool, error) {
	if s.brief != nil {
		return s.brief.Claim(ctx, now, what, keep)
	}
	return s.Claim(ctx, now, what, keep)
}
