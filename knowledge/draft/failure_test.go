package draft

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

func TestEveryKindHasItsOwnText(t *testing.T) {
	seen := map[string]Kind{}
	for _, k := range Kinds {
		text := (&Failure{Kind: k}).Error()
		if other, ok := seen[text]; ok || text == "no draft" {
			t.Errorf("%s says %q, like %q", k, text, other)
		}
		seen[text] = k
	}
	if len(seen) != len(kindTexts) {
		t.Errorf("%d kinds, %d texts", len(seen), len(kindTexts))
	}
}

func TestKindOf(t *testing.T) {
	for _, c := range []struct {
		err  error
		want Kind
	}{
		{nil, ""},
		{fmt.Errorf("draft: %w", &Failure{Kind: Quota}), Quota},
		{context.Canceled, Cancelled},
		{fmt.Errorf("waiting: %w", context.DeadlineExceeded), Timeout},
		{errors.New("upstream text"), Unavailable},
	} {
		if got := KindOf(c.err); got != c.want {
			t.Errorf("KindOf(%v) = %q, want %q", c.err, got, c.want)
		}
	}
}

func TestFailuresMatchContextErrors(t *testing.T) {
	if !errors.Is(&Failure{Kind: Cancelled}, context.Canceled) || !errors.Is(&Failure{Kind: Timeout}, context.DeadlineExceeded) {
		t.Error("a cancelled or late call does not match the context's error")
	}
	if errors.Is(&Failure{Kind: Busy}, context.Canceled) {
		t.Error("Busy matches context.Canceled")
	}
}
