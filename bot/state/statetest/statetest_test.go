package statetest

import (
	"testing"

	"enlace/bot/state"
)

func TestMemory(t *testing.T) {
	Run(t, func(*testing.T) state.Store { return state.NewMemory() })
	RunEngine(t, func(_ *testing.T, timing state.Timing) state.Engine { return state.NewMemoryWith(timing) })
	RunShared(t, func(_ *testing.T, n int, timing state.Timing) (all []state.Engine) {
		m := state.NewMemoryWith(timing)
		for range n {
			all = append(all, m)
		}
		return all
	})
}
