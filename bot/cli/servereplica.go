package cli

import (
	"crypto/rand"
	"fmt"
	"os"
	"strings"

	"enlace/bot/gateway"
	"enlace/config"
)

// replicaName is what other processes call this one: its host and number tell people which it is, and the rest that it is no other
// one, in containers too.
func replicaName() string {
	host, _ := os.Hostname()
	return fmt.Sprintf("%s-%d-%s", host, os.Getpid(), strings.ToLower(rand.Text()[:4]))
}

// leases are what replicas share the gateway's shards by; nil for a process alone, which has nobody to wait for after a crash.
func (h *house) leases(c *config.Config) gateway.Leases {
	if c.State.URL == "" {
		return nil
	}
	l, ok := h.store.(gateway.Leases)
	if !ok {
		h.log.Warn("what is kept is not shared: other replicas would connect the same shards")
		return nil
	}
	return l
}

// shards are the gateway's that this process holds.
func (h *house) shards() (list []int) {
	for _, s := range h.gateway.State().Shards {
		list = append(list, s.Shard)
	}
	return list
}

// lags notes that this process cannot serve the fact base in service.
func (h *house) lags(string, error) {
	h.metrics.Reloaded("failed")
	if h.bot != nil {
		h.bot.Tell()
	}
}
