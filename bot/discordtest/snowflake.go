package discordtest

import (
	"encoding/base64"
	"strconv"
	"time"
)

// ids makes snowflakes: unique, growing, and carrying the clock's time (never before 2015, where Discord's time begins).
type ids struct {
	ms, step         int64
	guilds, channels int64
}

func (g *ids) next(now time.Time) string {
	ms := max(now.UnixMilli()-discordEpoch, 0)
	if ms > g.ms {
		g.ms, g.step = ms, 0
	} else if g.step++; g.step >= 1<<22 {
		g.ms, g.step = g.ms+1, 0
	}
	return strconv.FormatInt(g.ms<<22|g.step, 10)
}

// guild returns ids of which the n-th belongs to shard n mod shards, for any number of shards up to ten.
func (g *ids) guild() string {
	const start = 5040 * 20_000_000 // 5040 is divisible by 1…10; the time is in 2018
	g.guilds++
	return strconv.FormatInt((start+g.guilds-1)<<22, 10)
}

// channel returns ids of channels that have been there for years, as most have where a bot comes to.
func (g *ids) channel() string {
	const start = 5040*20_000_000 + 365*24*3_600_000 // a year after the guilds
	g.channels++
	return strconv.FormatInt((start+g.channels-1)<<22, 10)
}

// shardOf is Discord's formula (events/gateway, "Sharding").
func shardOf(guildID string, shards int) int {
	id, err := strconv.ParseInt(guildID, 10, 64)
	if err != nil || shards <= 1 {
		return 0
	}
	return int((id >> 22) % int64(shards))
}

func base64ID(id string) string { return base64.RawStdEncoding.EncodeToString([]byte(id)) }
