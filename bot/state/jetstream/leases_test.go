package jetstream_test

import (
	"testing"
	"time"

	"enlace/bot/gateway"
	"enlace/bot/state"
	"enlace/bot/state/clustertest"
	"enlace/bot/state/jetstream"
)

// The gateway declares what leases promise, and how that is checked.
var _ gateway.Leases = (*jetstream.Store)(nil)

func TestAnEmbeddedEngineLeases(t *testing.T) {
	t.Parallel()
	s := open(t, jetstream.Options{Dir: stateDir(t)})
	if err := gateway.CheckLeases(t.Context(), s, s, 2*time.Second, 800*time.Millisecond, time.Sleep); err != nil {
		t.Error(err)
	}
}

func TestAClusterLeases(t *testing.T) {
	if !*long {
		t.Skip("takes half a minute: go test ./bot/state/jetstream -run Leases -long")
	}
	all := several(t, clustertest.Start(t, 3), 2, state.Timing{})
	if err := gateway.CheckLeases(t.Context(), all[0].(gateway.Leases), all[1].(gateway.Leases), 3*time.Second, 1500*time.Millisecond, time.Sleep); err != nil {
		t.Error(err)
	}
}
