package gateway

import (
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"time"
)

func jsonUnmarshal(b []byte, v any) error { return json.Unmarshal(b, v) }

func discardLog() *slog.Logger { return slog.New(slog.DiscardHandler) }

// discardConn is a connection that takes everything and says nothing.
type discardConn struct{}

func (discardConn) Read([]byte) (int, error)         { return 0, io.EOF }
func (discardConn) Write(p []byte) (int, error)      { return len(p), nil }
func (discardConn) Close() error                     { return nil }
func (discardConn) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (discardConn) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (discardConn) SetDeadline(time.Time) error      { return nil }
func (discardConn) SetReadDeadline(time.Time) error  { return nil }
func (discardConn) SetWriteDeadline(time.Time) error { return nil }

func quietEvents() wireEvents {
	return wireEvents{
		hello: func(bool) {}, identified: func() {}, ready: func(readyInfo) {}, frame: func() {},
		latency: func(time.Duration) {}, odd: func(string) {},
	}
}
