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

var compressors = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil { // the level is one that there is
		panic(err)
	}
	return w
}}

// compress puts the value of a message in fewer bytes, where that makes it shorter.
func compress(m *nats.Msg) {
	if len(m.Data) < leastCompressed {
		return
	}
	w := compressors.Get().(*flate.Writer)
	defer compressors.Put(w)
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
		out, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(value)), mostInflated+1))
		if err == nil && len(out) <= mostInflated {
			return out
		}
	}
	return nil
}
