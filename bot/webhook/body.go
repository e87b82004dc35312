package webhook

import (
	"errors"
	"io"
	"net/http"
	"os"
	"sync/atomic"
)

// firstBytes is what is kept ready for a body: most interactions fit.
const firstBytes = 4 << 10

// budget bounds the memory of all bodies that are being read.
type budget struct{ left *atomic.Int64 }

func newBudget(bytes int64) budget {
	b := budget{new(atomic.Int64)}
	b.left.Store(bytes)
	return b
}

func (b budget) take(n int) bool {
	if b.left.Add(-int64(n)) >= 0 {
		return true
	}
	b.left.Add(int64(n))
	return false
}

// read reads a body behind the bytes that stand before it in what is signed. Memory is taken as bytes come, not as they are announced,
// and given back by free, which has to be called.
func (b budget) read(w http.ResponseWriter, r *http.Request, before string) (message []byte, free func(), why Reason) {
	taken := 0
	free = func() { b.left.Add(int64(taken)) }
	if r.ContentLength > MaxBody {
		return nil, free, TooLarge
	}
	from := http.MaxBytesReader(w, r.Body, MaxBody)
	message = append(make([]byte, 0, len(before)+firstBytes), before...)
	for {
		if len(message) == cap(message) {
			room := min(2*cap(message), MaxBody+firstBytes)
			if !b.take(room) {
				return nil, free, Busy
			}
			taken += room
			message = append(make([]byte, 0, room), message...)
		}
		n, err := from.Read(message[len(message):cap(message)])
		message = message[:len(message)+n]
		if err == io.EOF {
			return message, free, ""
		}
		if err != nil {
			return nil, free, unread(err)
		}
	}
}

// unread says why a body was not read to its end.
func unread(err error) Reason {
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return TooLarge
	case errors.Is(err, os.ErrDeadlineExceeded):
		return Slow
	}
	return Broken
}
