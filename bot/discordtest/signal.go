package discordtest

import (
	"fmt"
	"time"
)

// signal wakes everybody who waits for a change. It is guarded by Discord.mu.
type signal struct{ ch chan struct{} }

func (s *signal) wait() <-chan struct{} {
	if s.ch == nil {
		s.ch = make(chan struct{})
	}
	return s.ch
}

func (s *signal) fire() {
	if s.ch != nil {
		close(s.ch)
		s.ch = nil
	}
}

// await blocks until cond, called under the lock, is true. s must fire whenever cond may have changed.
func (d *Discord) await(s *signal, what string, cond func() bool) error {
	timeout := time.NewTimer(d.opts.Wait)
	defer timeout.Stop()
	for {
		d.mu.Lock()
		if cond() {
			d.mu.Unlock()
			return nil
		}
		changed := s.wait()
		d.mu.Unlock()
		select {
		case <-changed:
		case <-timeout.C:
			return fmt.Errorf("waited %v in vain for %s", d.opts.Wait, what)
		case <-d.done:
			return fmt.Errorf("the local Discord stopped while waiting for %s", what)
		}
	}
}

// must ends the helper that met err, in the way that Options.Fail says.
func (d *Discord) must(err error) {
	if err != nil {
		d.opts.Fail(err.Error())
	}
}
