// Package literal reads the values that stand in a text: dates, times, numbers with their units and approximators, money,
// percentages, ordinals, decades, fractions and scores, in English and in Spanish, each in its own way of writing numbers.
//
// Two literals that mean the same are Equal whatever their language and wording: "two p.m." and "14:00", "$13.5 million" and
// "13,5 millones de dólares". Entails says what a sentence may make of a fact's literal, and Diff compares whole texts.
//
// What is not read, on purpose:
//   - "one", "un", "una" and "a" where they only point at something ("one of the", "un país", "one report"). They count as 1
//     before a unit of time, measure or money ("one year", "un año"), before a magnitude ("one million", "un millón"), after a
//     label ("count one", "cargo uno"), after a limit ("more than one") and in pairs ("one or two"). "a year" counts where it
//     is a length of time ("a year later"), not where it is a rate ("300 a year").
//   - vague plurals: dozens, hundreds, "miles de", "several thousand".
//   - weekdays alone, and idioms of time: 24/7, "las 24 horas".
//   - names that hold digits: GAO-17-216, 25-114, Covid-19, F1, ECU 911, street addresses. Codes returns them, to be compared
//     letter by letter.
package literal

import (
	"time"

	"enlace/knowledge"
)

// Kind is the sort of a literal.
type Kind uint8

// The kinds. Lengths of time, weights and counts are Numbers with a unit; a Fraction is Value/ValueEnd ("two thirds") and a
// Score Value to ValueEnd ("54 to 45").
const (
	Date Kind = iota + 1
	Time
	Number
	Money
	Percent
	Ordinal
	Decade
	Fraction
	Score
)

// Approx says how a literal's value is meant.
type Approx uint8

// The approximators. Early, Mid and Late belong to dates and decades only.
const (
	Exact    Approx = iota
	About           // about, some, around, unos, cerca de, alrededor de, hacia
	MoreThan        // more than, over, más de
	LessThan        // less than, fewer than, under, menos de
	AtLeast         // at least, or more, al menos, o más
	AtMost          // at most, no more than, a lo sumo, como máximo
	UpTo            // up to, as many as, hasta
	Nearly          // nearly, almost, casi
	Early           // early, a principios de
	Mid             // mid-, a mediados de
	Late            // late, a finales de
)

// Literal is one value that stands in a text.
type Literal struct {
	Kind       Kind
	Start, End int // byte span in the text; approximator, weekday, currency and unit are part of it, a label is not
	// Date is the day, month or year of a Date, or the first year of a Decade. Without a year ("July 31") Year is 0;
	// Month alone ("until April") has Day 0. DateEnd is the last one of a range, else the zero Date.
	Date, DateEnd knowledge.Date
	// Weekday is the weekday that the text names with the date: 1 = Monday … 7 = Sunday (ISO 8601), 0 = none.
	Weekday int
	// Value is exact; ValueEnd is the end of a range, the second part of a score or the denominator of a fraction.
	Value, ValueEnd Decimal
	Range           bool // ValueEnd or DateEnd is the end of a range
	// Unit is canonical and the same in both languages: "usd", "eur", "percent", "year", "second", "km", "km2", "tonne" (tons are
	// read as metric ones), "person", …; "" = none.
	Unit string
	// Label names what a number is the number of: "article", "decree", "count", …; "" = it counts something.
	Label        string
	Approx       Approx
	Hour, Minute int // of a Time, 0–23 and 0–59
}

// Parse returns the literals of a text in language l, in order, not overlapping. It never fails: what it cannot read is no
// literal. It is safe for concurrent use.
func Parse(text string, l knowledge.Lang) []Literal {
	r := Reader{toks: make([]token, 0, len(text)/4+4)}
	return r.Append(nil, text, l)
}

// Equal reports whether two literals mean the same: same kind, value, unit, label and approximator. Spans and weekdays do not
// count, and neither does the unit "person", which many wordings leave out.
func (a Literal) Equal(b Literal) bool { return a.meaning() == b.meaning() }

// meaning is a with everything cleared that Equal does not compare.
func (a Literal) meaning() Literal {
	a.Start, a.End, a.Weekday = 0, 0, 0
	if a.Unit == "person" {
		a.Unit = ""
	}
	return a
}

// WeekdayWrong reports whether a literal names a weekday that its own full date does not fall on.
func (a Literal) WeekdayWrong() bool {
	return a.Weekday != 0 && full(a.Date) && a.Weekday != weekday(a.Date)
}

// weekday returns 1 = Monday … 7 = Sunday of a full date.
func weekday(d knowledge.Date) int {
	if w := d.First().Weekday(); w != time.Sunday {
		return int(w)
	}
	return 7
}
