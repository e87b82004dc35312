package gateway

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// tooMany handles a 429: it blocks what Discord says is limited, counts it unless the limit is shared
// with others, and returns how long this request should wait.
func (r *Rest) tooMany(c *call, a Response, e *APIError) (pause time.Duration, err error) {
	var d struct {
		RetryAfter float64 `json:"retry_after"`
		Global     bool    `json:"global"`
	}
	isJSON := json.Unmarshal(a.Body, &d) == nil
	block := max(retryAfterHeader(a.Header), seconds(d.RetryAfter))
	scope := a.Header.Get("X-RateLimit-Scope")
	global := d.Global || scope == "global" || strings.EqualFold(a.Header.Get("X-RateLimit-Global"), "true")
	switch {
	case !isJSON && scope == "": // Cloudflare's page: our address is limited, whatever the route
		scope, block = "address", orBlock(block, banBlock)
		r.buckets.release(c.key, c.major, nil, 0)
		r.wall.close(block)
	case global:
		scope, block = "global", orBlock(block, unknownBlock)
		r.buckets.release(c.key, c.major, nil, 0)
		r.global.close(block)
	default:
		block = orBlock(block, unknownBlock)
		r.buckets.release(c.key, c.major, a.Header, block)
	}
	if scope != "shared" {
		r.invalid(c, http.StatusTooManyRequests)
	}
	e.RetryAfter = block
	r.log.Warn("rate limited", "route", c.route, "scope", scope, "retry_after", block)
	return block, e
}

func orBlock(block, otherwise time.Duration) time.Duration {
	if block <= 0 {
		return otherwise
	}
	return block
}
