package knowledge

import (
	"fmt"
	"strconv"
	"time"
)

// Date is a calendar date of the proleptic Gregorian calendar that may be partial: a year, a year and month, or a full day.
// Month and Day are 0 where unknown; a Date with Year 0 is absent.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads "2006", "2006-01" or "2006-01-02" (ISO 8601, years 1000 to 9999) and refuses days that do not exist.
func ParseDate(s string) (Date, error) {
	bad := func() (Date, error) {
		return Date{}, fmt.Errorf("%q is not a date (write YYYY-MM-DD, YYYY-MM or YYYY)", s)
	}
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return bad()
	}
	field := func(from, to int) int {
		for _, c := range []byte(s[from:to]) {
			if c < '0' || c > '9' {
				return -1
			}
		}
		n, _ := strconv.Atoi(s[from:to]) // only digits, at most four
		return n
	}
	d := Date{Year: field(0, 4)}
	if d.Year < 1000 {
		return bad()
	}
	if len(s) >= 7 {
		m := field(5, 7)
		if s[4] != '-' || m < 1 || m > 12 {
			return bad()
		}
		d.Month = time.Month(m)
	}
	if len(s) == 10 {
		d.Day = field(8, 10)
		if s[7] != '-' || d.Day < 1 || d.Day > DaysIn(d.Year, d.Month) {
			return bad()
		}
	}
	return d, nil
}

// DaysIn returns the number of days of a month.
func DaysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// IsZero reports whether the date is absent.
func (d Date) IsZero() bool { return d.Year == 0 }

// String writes the date as ISO 8601, only as precise as it is; an absent date is "".
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, int(d.Month))
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// MarshalText implements encoding.TextMarshaler with String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler with ParseDate; empty text is the absent date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	if err == nil {
		*d = v
	}
	return err
}

// Compare orders dates by their first possible day; of two that begin together the less precise comes first.
func (d Date) Compare(o Date) int {
	for _, p := range [...][2]int{{d.Year, o.Year}, {int(d.Month), int(o.Month)}, {d.Day, o.Day}} {
		if p[0] != p[1] {
			if p[0] < p[1] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// Contains reports whether o lies within d: 2025-07 contains 2025-07-31 and itself, but not 2025.
func (d Date) Contains(o Date) bool {
	return d.Year == o.Year && (d.Month == 0 || d.Month == o.Month) && (d.Day == 0 || d.Day == o.Day)
}

// First returns midnight UTC of the first day that the date may mean.
func (d Date) First() time.Time {
	return time.Date(d.Year, max(d.Month, 1), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

// Last returns midnight UTC of the last day that the date may mean.
func (d Date) Last() time.Time {
	m := d.Month
	if m == 0 {
		m = time.December
	}
	day := d.Day
	if day == 0 {
		day = DaysIn(d.Year, m)
	}
	return time.Date(d.Year, m, day, 0, 0, 0, 0, time.UTC)
}
