package doctor

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Status is what a check came to.
type Status string

// The statuses. Only a Fail makes a report not ok.
const (
	Pass Status = "pass"
	Warn Status = "warn" // it works, but less well than it could
	Fail Status = "fail" // it does not work until somebody acts
	Skip Status = "skip" // it was not looked at, and Detail says why
)

// Check is one thing that was looked at.
type Check struct {
	Name   string `json:"name"` // such as "state directory" or "channel 1234…"; the same for the same thing in every run
	Status Status `json:"status"`
	Detail string `json:"detail"` // what was found, in one line
	Remedy string `json:"remedy"` // what to do about it; "" where nothing is to be done
}

// Report is everything that was looked at, in an order that does not depend on what was found.
type Report struct {
	OK     bool    `json:"ok"` // nothing failed
	Checks []Check `json:"checks"`
}

// Count returns how many checks have the status.
func (r *Report) Count(s Status) int {
	n := 0
	for _, c := range r.Checks {
		if c.Status == s {
			n++
		}
	}
	return n
}

// report makes a report of checks, with the secrets taken out wherever one should have come in.
func report(checks []Check, secrets []string) Report {
	r := Report{OK: true, Checks: checks}
	for i := range r.Checks {
		c := &r.Checks[i]
		for _, s := range secrets {
			if len(s) >= 4 { // shorter ones are no secrets, and words hold them
				c.Detail = strings.ReplaceAll(c.Detail, s, "[redacted]")
				c.Remedy = strings.ReplaceAll(c.Remedy, s, "[redacted]")
			}
		}
		r.OK = r.OK && c.Status != Fail
	}
	return r
}

func passed(name, format string, args ...any) Check {
	return Check{Name: name, Status: Pass, Detail: fmt.Sprintf(format, args...)}
}

func skipped(name, detail, remedy string) Check { return Check{name, Skip, detail, remedy} }

// warned and failed take the remedy first, since the detail is the one with values in it.
func warned(name, remedy, format string, args ...any) Check {
	return Check{name, Warn, fmt.Sprintf(format, args...), remedy}
}

func failed(name, remedy, format string, args ...any) Check {
	return Check{name, Fail, fmt.Sprintf(format, args...), remedy}
}

// maxForeign is how much of a text of others is repeated, in characters.
const maxForeign = 80

// foreign keeps a text of others, such as a channel's name, on one short line.
func foreign(s string) string {
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd")))
	if utf8.RuneCountInString(s) > maxForeign {
		s = string([]rune(s)[:maxForeign]) + "…"
	}
	return s
}

// some joins at most n of the items and says how many more there are.
func some(items []string, n int) string {
	if len(items) <= n {
		return strings.Join(items, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(items[:n], ", "), len(items)-n)
}
