package jetstream

import (
	"bytes"
	"compress/flate"
	"io"
	"sync"

	"github.com/nats-io/nats.go"
)

// Large values are compressed: the engine keeps what it has written lately in memory, and an answer says much of what it says twice.
const (
	headerEncoding  = "Enlace-Encoding"
	deflated        = "deflate"
	leastCompressed = 512     // bytes; there is nothing to gain of shorter ones
	mostInflated    = 8 << 20 // bytes of the largest value that is believed
)

// compressors are writers of a megabyte each, made when they are needed: they are few, and stay. A sync.Pool would have them made anew
// after every collection.
var compressors = func() chan *flate.Writer {
	c := make(chan *flate.Writer, 2)
	for range cap(c) {
		c <- nil
	}
	return c
}()

var decompressors = sync.Pool{New: func() any { return flate.NewReader(nil) }}

// compress puts the value of a message in fewer bytes, where that makes it shorter.
func compress(m *nats.Msg) {
	if len(m.Data) < leastCompressed {
		return
	}
	w := <-compressors
	defer func() { compressors <- w }()
	if w == nil {
		var err error
		if w, err = flate.NewWriter(nil, flate.BestSpeed); err != nil { // the level is one that there is
			panic(err)
		}
	}
	var out bytes.Buffer
	w.Reset(&out)
	if _, err := w.Write(m.Data); err != nil || w.Close() != nil || out.Len() >= len(m.Data) {
		return
	}
	m.Data = out.Bytes()
	m.Header.Set(headerEncoding, deflated)
}

// decompressed returns the value of a message as it was before compress; nil where that cannot be told.
func decompressed(value []byte, header nats.Header) []byte {
	switch header.Get(headerEncoding) {
	case "":
		return value
	case deflated:
		r := decompressors.Get().(io.Reader)
		defer decompressors.Put(r)
		err := r.(flate.Resetter).Reset(bytes.NewReader(value), nil)
		if err != nil {
			return nil
		}
		out, err := io.ReadAll(io.LimitReader(r, mostInflated+1))
		if err == nil && len(out) <= mostInflated {
			return out
		}
	}
	return nil
}
