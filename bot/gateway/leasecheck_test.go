package gateway_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"enlace/bot/gateway"
)

func checked(t *testing.T, l gateway.Leases) (err error) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		wait := func(d time.Duration) { time.Sleep(d); synctest.Wait() }
		err = gateway.CheckLeases(t.Context(), l, l, 10*time.Second, time.Second, wait)
	})
	return err
}

func TestMemoryLeasesDoWhatLeasesPromise(t *testing.T) {
	if err := checked(t, &gateway.MemoryLeases{}); err != nil {
		t.Error(err)
	}
}

// broken is a store that breaks one promise.
type broken struct {
	gateway.MemoryLeases
	put     func(revision *uint64, ttl *time.Duration)
	deaf    bool
	deletes bool
}

func (b *broken) PutLease(ctx context.Context, name, value string, revision uint64, ttl time.Duration) (uint64, bool, error) {
	if b.put != nil {
		b.put(&revision, &ttl)
	}
	return b.MemoryLeases.PutLease(ctx, name, value, revision, ttl)
}

func (b *broken) DeleteLease(ctx context.Context, name string, revision uint64) error {
	if b.deletes {
		return nil
	}
	return b.MemoryLeases.DeleteLease(ctx, name, revision)
}

func (b *broken) WatchLeases(ctx context.Context, changed func(name, value string, revision uint64)) error {
	if b.deaf {
		changed = func(string, string, uint64) {}
	}
	return b.MemoryLeases.WatchLeases(ctx, changed)
}

func TestCheckLeasesNoticesABrokenStore(t *testing.T) {
	for want, l := range map[string]*broken{
		"expiry: an entry that was renewed in time": {put: func(revision *uint64, ttl *time.Duration) {
			if *revision != 0 {
				*ttl = time.Second // renewing shortens
			}
		}},
		"expiry: long holds": {put: func(revision *uint64, ttl *time.Duration) {
			if *revision != 0 {
				*ttl = time.Hour // renewed entries never expire
			}
		}},
		"writing by revision: the watch told": {deaf: true},
		"deleting: gone holds":                {deletes: true},
	} {
		if err := checked(t, l); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error = %v, want %q", err, want)
		}
	}
}
