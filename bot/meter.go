package bot

import "time"

// Meter is told what happens. Its methods are called from many goroutines.
type Meter interface {
	// Question counts a question that ended: its outcome, language and mode as the answer has them.
	Question(outcome, language, mode string)
	// Took measures a stage since the question arrived: "ack" (something is to be seen), "quotes" or "final".
	Took(stage string, d time.Duration)
	// Refused counts a drafted sentence that was not shown, by the check that refused it.
	Refused(check string)
	// Panicked counts a panic that was contained.
	Panicked()
	// Dropped counts an event that was not looked at.
	Dropped(event string)
	// Used counts a use of a command, button or form, by its name.
	Used(name string)
	// Corrected counts an old answer whose facts changed: "edited", "skipped" or "failed".
	Corrected(result string)
	// Open adds to the number of answers that are being worked on.
	Open(by int)
}

type noMeter struct{}

func (noMeter) Question(_, _, _ string)    {}
func (noMeter) Took(string, time.Duration) {}
func (noMeter) Refused(string)             {}
func (noMeter) Panicked()                  {}
func (noMeter) Dropped(string)             {}
func (noMeter) Used(string)                {}
func (noMeter) Corrected(string)           {}
func (noMeter) Open(int)                   {}
