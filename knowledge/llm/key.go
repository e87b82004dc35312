package llm

import "log/slog"

// Key is the endpoint's key. It never prints: every form that a log, an error or a dump may use says "[redacted]".
type Key string

const redacted = "[redacted]"

// String returns a placeholder.
func (Key) String() string { return redacted }

// GoString returns a placeholder.
func (Key) GoString() string { return redacted }

// MarshalText returns a placeholder.
func (Key) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue returns a placeholder.
func (Key) LogValue() slog.Value { return slog.StringValue(redacted) }
