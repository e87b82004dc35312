package search

import "sync/atomic"

// Live is the index in service. A question loads it once, so that everything it sees is of one base; Store swaps it for
// all later questions. The zero value holds no index. It is safe for concurrent use and must not be copied.
type Live struct {
	index atomic.Pointer[Index]
}

// NewLive returns a Live that holds x.
func NewLive(x *Index) *Live {
	l := new(Live)
	l.Store(x)
	return l
}

// Load returns the index in service, or nil where none was stored.
func (l *Live) Load() *Index { return l.index.Load() }

// Store puts x in service.
func (l *Live) Store(x *Index) { l.index.Store(x) }
