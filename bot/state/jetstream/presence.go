package jetstream

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"enlace/bot/state"
)

// PutReplica implements state.Presence.
func (s *Store) PutReplica(ctx context.Context, r state.Replica) error {
	return s.replicas.write(ctx, key(r.ID), r)
}

// RemoveReplica implements state.Presence.
func (s *Store) RemoveReplica(ctx context.Context, id string) error {
	return s.replicas.purge(ctx, key(id))
}

// Replicas implements state.Presence.
func (s *Store) Replicas(ctx context.Context) (list []state.Replica, err error) {
	all, err := s.replicas.all(ctx)
	for _, e := range all {
		var r state.Replica
		if json.Unmarshal(e.value, &r) == nil && r.ID != "" {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b state.Replica) int { return cmp.Compare(a.ID, b.ID) })
	return list, err
}
