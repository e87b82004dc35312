package jetstream

import (
	"context"
	"time"
)

// StreamInfo is what a stream holds and may hold. Limits are 0 where there is none.
type StreamInfo struct {
	Name        string
	Messages    uint64
	Bytes       uint64
	MaxMessages int64
	MaxBytes    int64
	MaxAge      time.Duration
	Oldest      time.Time // the zero time where it is empty
	Replicas    int
	Leader      string // "" where the engine is embedded
	Behind      int    // replicas that are not up to date
}

// Inspection is what the engine holds.
type Inspection struct {
	Place   string // the engine, in words
	Server  string // its version
	Streams []StreamInfo
}

// Inspect looks at all streams.
func (s *Store) Inspect(ctx context.Context) (Inspection, error) {
	in := Inspection{Place: s.place(), Server: s.nc.ConnectedServerVersion()}
	for _, c := range s.layout.streams(s.opts.Timing, s.opts.Replicas) {
		err := s.again(ctx, "looking at "+c.Name, func(ctx context.Context) error {
			stream, err := s.js.Stream(ctx, c.Name)
			if err != nil {
				return err
			}
			info := stream.CachedInfo()
			one := StreamInfo{
				Name: c.Name, Messages: info.State.Msgs, Bytes: info.State.Bytes, MaxMessages: max(info.Config.MaxMsgs, 0),
				MaxBytes: max(info.Config.MaxBytes, 0), MaxAge: info.Config.MaxAge, Replicas: info.Config.Replicas,
			}
			if info.State.Msgs > 0 {
				one.Oldest = info.State.FirstTime
			}
			if info.Cluster != nil && s.server == nil {
				one.Leader = info.Cluster.Leader
				for _, r := range info.Cluster.Replicas {
					if !r.Current {
						one.Behind++
					}
				}
			}
			in.Streams = append(in.Streams, one)
			return nil
		})
		if err != nil {
			return in, err
		}
	}
	return in, nil
}
