package literal

import (
	"fmt"
	"strings"

	"enlace/knowledge"
)

var kindNames = [...]string{Date: "date", Time: "time", Number: "number", Money: "money", Percent: "percent", Ordinal: "ordinal", Decade: "decade", Fraction: "fraction", Score: "score"}

// String returns the kind's name in lower case.
func (k Kind) String() string {
	if int(k) < len(kindNames) && kindNames[k] != "" {
		return kindNames[k]
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

var approxNames = [...]string{About: "about", MoreThan: "more than", LessThan: "less than", AtLeast: "at least", AtMost: "at most", UpTo: "up to", Nearly: "nearly", Early: "early", Mid: "mid", Late: "late"}

// String returns the approximator in English, "" for Exact.
func (a Approx) String() string {
	if int(a) < len(approxNames) {
		return approxNames[a]
	}
	return fmt.Sprintf("approx %d", uint8(a))
}

// String writes the meaning of a literal, without its place in a text, the same for both languages: "about 17 month",
// "2025-07-31", "--07-31" (a day without a year), "13500000 usd", "article 79", "54:45". It is meant for messages.
func (a Literal) String() string {
	var parts []string
	for _, s := range [...]string{a.Approx.String(), a.Label, a.value(), a.Unit} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

func (a Literal) value() string {
	switch a.Kind {
	case Date:
		if a.Range {
			return dateString(a.Date) + "/" + dateString(a.DateEnd)
		}
		return dateString(a.Date)
	case Time:
		return fmt.Sprintf("%02d:%02d", a.Hour, a.Minute)
	case Ordinal:
		return a.Value.String() + "."
	case Decade:
		return a.Date.String() + "s"
	case Fraction:
		return a.Value.String() + "/" + a.ValueEnd.String()
	case Score:
		return a.Value.String() + ":" + a.ValueEnd.String()
	}
	if a.Range {
		return a.Value.String() + "–" + a.ValueEnd.String()
	}
	return a.Value.String()
}

// dateString writes dates without a year as ISO 8601:2000 did, with two hyphens in its place.
func dateString(d knowledge.Date) string {
	switch {
	case d.Year != 0:
		return d.String()
	case d.Day == 0:
		return fmt.Sprintf("--%02d", int(d.Month))
	}
	return fmt.Sprintf("--%02d-%02d", int(d.Month), d.Day)
}
