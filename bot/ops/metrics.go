// Package ops is the operator's view of the bot: its metrics and the addresses /healthz, /readyz and /metrics.
package ops

import (
	"io"
	"runtime"
	"strconv"
	"time"
)

// Metrics counts what the bot and its connection do. Its methods are safe for concurrent use. Labels are words of ours and bounded:
// nothing that a person wrote becomes one.
type Metrics struct {
	all registry

	questions, refused, panics, dropped *family
	uses, corrected                     *family
	latency                             *family
	open                                *family
	rest, restTime, invalid             *family
	shards, closes, alerts              *family
	base, loaded, newest, reloads       *family
	started, goroutines, heap           *family
}

// Build names the program.
type Build struct{ Version, Commit, Go string }

var seconds = []float64{.01, .025, .05, .1, .25, .5, 1, 2, 3, 5, 10, 20, 60}

// NewMetrics returns metrics at zero, of a process that started at the time.
func NewMetrics(b Build, started time.Time) *Metrics {
	m := &Metrics{}
	r := &m.all
	m.questions = r.add("counter", "questions_total", "Questions that ended, by outcome, language and mode.", nil, "outcome", "language", "mode")
	m.uses = r.add("counter", "uses_total", "Uses of commands, buttons and forms, by name.", nil, "name")
	m.corrected = r.add("counter", "corrections_total", "Old answers whose facts changed: edited, skipped (out of reach) or failed.", nil, "result")
	m.latency = r.add("histogram", "answer_seconds", "Time since a question arrived until it was acknowledged (ack), first answered (quotes) and finally answered (final).", seconds, "stage")
	m.open = r.add("gauge", "open_answers", "Answers that are being worked on.", nil)
	m.refused = r.add("counter", "refused_sentences_total", "Drafted sentences that were not shown, by the check that refused them.", nil, "check")
	m.panics = r.add("counter", "panics_total", "Panics that were contained.", nil)
	m.dropped = r.add("counter", "dropped_events_total", "Events that were not handled.", nil, "event")
	m.rest = r.add("counter", "discord_requests_total", "Requests to Discord's API, by route and status (0 = no answer).", nil, "route", "status")
	m.restTime = r.add("histogram", "discord_request_seconds", "How long requests to Discord's API took.", seconds)
	m.invalid = r.add("gauge", "discord_invalid_requests", "Requests answered with 401, 403 or 429 within ten minutes; Discord bans at 10000.", nil)
	m.shards = r.add("gauge", "gateway_shard", "1 for the phase in which a shard is.", nil, "shard", "phase")
	m.closes = r.add("counter", "gateway_closes_total", "Gateway connections that ended, by close code (0 = none).", nil, "code")
	m.alerts = r.add("counter", "alerts_total", "Things that a person should look at.", nil, "what")
	m.base = r.add("gauge", "facts_info", "1 for the version of the fact base in service.", nil, "version")
	m.loaded = r.add("gauge", "facts_loaded_timestamp_seconds", "When the fact base in service was loaded.", nil)
	m.newest = r.add("gauge", "facts_checked_timestamp_seconds", "The newest date on which a curator checked a fact.", nil)
	m.reloads = r.add("counter", "facts_reloads_total", "Reloads of the fact base, by result: ok, same, refused or failed.", nil, "result")
	r.add("gauge", "build_info", "1 for the running program.", nil, "version", "commit", "go").set(1, b.Version, b.Commit, b.Go)
	m.started = r.add("gauge", "start_timestamp_seconds", "When the process started.", nil)
	m.started.set(float64(started.Unix()))
	m.goroutines = r.add("gauge", "goroutines", "Goroutines that exist.", nil)
	m.heap = r.add("gauge", "heap_bytes", "Bytes of live and not yet swept objects on the heap.", nil)
	return m
}

// Question counts a question that ended.
func (m *Metrics) Question(outcome, language, mode string) {
	m.questions.inc(1, outcome, language, mode)
}

// Took measures a stage of an answer.
func (m *Metrics) Took(stage string, d time.Duration) { m.latency.observe(d.Seconds(), stage) }

// Refused counts a sentence that was not shown.
func (m *Metrics) Refused(check string) { m.refused.inc(1, check) }

// Panicked counts a panic that was contained.
func (m *Metrics) Panicked() { m.panics.inc(1) }

// Dropped counts an event that was not handled.
func (m *Metrics) Dropped(event string) { m.dropped.inc(1, event) }

// Used counts a use of a command, button or form.
func (m *Metrics) Used(name string) { m.uses.inc(1, name) }

// Corrected counts an old answer whose facts changed.
func (m *Metrics) Corrected(result string) { m.corrected.inc(1, result) }

// Open adds to the number of open answers.
func (m *Metrics) Open(by int) { m.open.inc(float64(by)) }

// REST counts a request; route is a template without ids.
func (m *Metrics) REST(route string, status int, d time.Duration) {
	m.rest.inc(1, route, strconv.Itoa(status))
	m.restTime.observe(d.Seconds())
}

// Invalid notes how many invalid requests there were in ten minutes.
func (m *Metrics) Invalid(inTenMinutes int) { m.invalid.set(float64(inTenMinutes)) }

// Shard notes in which phase a shard is now.
func (m *Metrics) Shard(shard int, phase string) { m.shards.only(1, 1, strconv.Itoa(shard), phase) }

// Closed counts a connection that ended.
func (m *Metrics) Closed(code int) { m.closes.inc(1, strconv.Itoa(code)) }

// Alert counts something that a person should look at.
func (m *Metrics) Alert(what string) { m.alerts.inc(1, what) }

// Base notes the fact base that went into service, and the newest date on which one of its facts was checked (zero = none).
func (m *Metrics) Base(version string, loaded, newest time.Time) {
	m.base.only(0, 1, version)
	m.loaded.set(float64(loaded.Unix()))
	if !newest.IsZero() {
		m.newest.set(float64(newest.Unix()))
	}
}

// Reloaded counts an attempt to reload the fact base.
func (m *Metrics) Reloaded(result string) { m.reloads.inc(1, result) }

// Write writes all metrics in Prometheus' text format.
func (m *Metrics) Write(w io.Writer) error {
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	m.heap.set(float64(mem.HeapAlloc))
	m.goroutines.set(float64(runtime.NumGoroutine()))
	_, err := m.all.WriteTo(w)
	return err
}
