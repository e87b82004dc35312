package gateway

import (
	"sync"
	"time"
)

const (
	firstCool = 10 * time.Second
	maxCool   = 15 * time.Minute
	coolRoom  = 1024
)

// cooldowns keep the bot from repeating what a channel forbids: after a 403, the same kind of request
// in the same channel is not sent for 10 s, then 40 s, and so on up to 15 minutes.
type cooldowns struct {
	mu sync.Mutex
	m  map[string]*cooldown
}

type cooldown struct {
	until time.Time
	next  time.Duration
}

// left returns how long the place is still cooled.
func (c *cooldowns) left(place string) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k := c.m[place]; k != nil {
		return max(time.Until(k.until), 0)
	}
	return 0
}

// forbidden starts or lengthens a cool-down.
func (c *cooldowns) forbidden(place string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := c.m[place]
	if k == nil {
		c.makeRoom()
		k = &cooldown{next: firstCool}
		c.m[place] = k
	}
	k.until = time.Now().Add(k.next)
	k.next = min(4*k.next, maxCool)
}

// allowed ends it.
func (c *cooldowns) allowed(place string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.m, place)
}

func (c *cooldowns) makeRoom() {
	if len(c.m) < coolRoom {
		return
	}
	now := time.Now()
	for place, k := range c.m {
		if now.After(k.until) || len(c.m) >= coolRoom {
			delete(c.m, place)
		}
	}
}
