package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"enlace/bot/state"
	"enlace/knowledge/llm"
)

// away is a budget that does not answer.
type away struct{ state.Budget }

func (away) Reserve(ctx context.Context, _, _ string, _, _ int64) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestTheBudgetOfTheEngineIsTheModels(t *testing.T) {
	noon := func() time.Time { return time.Date(2026, 3, 23, 12, 0, 0, 0, time.UTC) }
	engine := state.NewMemory()
	one, other := &tokenBudget{engine, 1000, noon}, &tokenBudget{engine, 1000, noon}
	first, err := one.Reserve(t.Context(), 600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Reserve(t.Context(), 600); !errors.Is(err, llm.ErrReserved) {
		t.Errorf("what another process has reserved is not seen: %v", err)
	}
	if err := one.Settle(t.Context(), first, 1200); err != nil {
		t.Error(err)
	}
	if _, err := other.Reserve(t.Context(), 1); !errors.Is(err, llm.ErrSpent) {
		t.Errorf("what another process has spent is not seen: %v", err)
	}
	if taken, reserved, limit, err := other.Spent(t.Context()); taken != 1200 || reserved != 0 || limit != 1000 || err != nil {
		t.Errorf("taken %d, reserved %d of %d (%v)", taken, reserved, limit, err)
	}
	if _, err := (&tokenBudget{away{}, 1000, noon}).Reserve(t.Context(), 1); err == nil {
		t.Error("an engine that does not answer lets money be spent")
	}
}

func TestServeRefusesAStateDirectoryThatItCannotUse(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	cluster := t.TempDir()
	if err := os.WriteFile(filepath.Join(cluster, "engine.mode"), []byte("cluster\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for dir, says := range map[string]string{file: "state.dir", cluster: "enlace state backup"} {
		s := startServe(t, nil, "DISCORD_TOKEN="+testToken, "ENLACE_STATE_DIR="+dir)
		s.exits(t, misused)
		if !strings.Contains(s.stderr.String(), says) {
			t.Errorf("%s: it does not say %q:\n%s", dir, says, s.stderr)
		}
	}
}
