package literal

import (
	"enlace/knowledge"
)

// Entails reports whether a sentence may say claim where its fact says fact: when both are Equal, or when claim is a date that
// leaves out something of the fact's (July 2025 of July 31, 2025; the 1990s of 1994; July of mid-July; the common month of a
// range of days). A claim never says more: no day that the fact does not give, no single day of a range, no approximator less
// or more. A weekday must be the fact's own or that of the fact's full date.
func Entails(fact, claim Literal) bool {
	if !weekdayHolds(fact, claim) {
		return false
	}
	if fact.Equal(claim) {
		return true
	}
	switch {
	case fact.Kind == Date && claim.Kind == Date:
		return approxHolds(fact, claim) && datesHold(fact, claim)
	case fact.Kind == Date && claim.Kind == Decade:
		return fact.Approx == Exact && claim.Approx == Exact && inDecade(fact.Date, claim.Date) && (!fact.Range || inDecade(fact.DateEnd, claim.Date))
	case fact.Kind == Decade && claim.Kind == Decade:
		return claim.Date == fact.Date && approxHolds(fact, claim)
	}
	return false
}

// approxHolds allows the same approximator, and "July" for "mid-July".
func approxHolds(fact, claim Literal) bool {
	return claim.Approx == fact.Approx || claim.Approx == Exact && fact.Approx >= Early
}

func datesHold(fact, claim Literal) bool {
	if claim.Range {
		return fact.Range && dateHolds(fact.Date, claim.Date) && dateHolds(fact.DateEnd, claim.DateEnd) && claim.Date != claim.DateEnd
	}
	if fact.Approx >= Early && claim.Approx == fact.Approx && claim.Date != fact.Date {
		return false // the middle of July is not the middle of the year
	}
	return dateHolds(fact.Date, claim.Date) && (!fact.Range || dateHolds(fact.DateEnd, claim.Date))
}

// dateHolds reports whether every part that claim gives is the fact's.
func dateHolds(fact, claim knowledge.Date) bool {
	return claim != knowledge.Date{} &&
		(claim.Year == 0 || claim.Year == fact.Year) &&
		(claim.Month == 0 || claim.Month == fact.Month) &&
		(claim.Day == 0 || claim.Day == fact.Day)
}

func inDecade(d, decade knowledge.Date) bool {
	return d.Year != 0 && d.Year >= decade.Year && d.Year < decade.Year+10
}

func weekdayHolds(fact, claim Literal) bool {
	if claim.Weekday == 0 || claim.Weekday == fact.Weekday && !claim.WeekdayWrong() {
		return true
	}
	return fact.Weekday == 0 && full(fact.Date) && claim.Weekday == weekday(fact.Date)
}

// Diff returns the literals of a that have no equal partner in b, and those of b without one in a, each in text order. A
// range or score is also matched by its two ends standing apart ("from 5 to 3" and "5, later 3"). Both results are nil where
// the texts hold the same literals.
func Diff(a, b []Literal) (onlyA, onlyB []Literal) {
	onlyA, onlyB = unmatched(a, b)
	if len(onlyA) == 0 && len(onlyB) == 0 {
		return onlyA, onlyB
	}
	restA, restB := matchEnds(onlyA, onlyB)
	restB, restA = matchEnds(restB, restA)
	return restA, restB
}

// unmatched pairs equal literals off and returns what is left of both.
func unmatched(a, b []Literal) (onlyA, onlyB []Literal) {
	used := make([]bool, len(b))
	for _, x := range a {
		if i := find(b, used, x); i >= 0 {
			used[i] = true
			continue
		}
		onlyA = append(onlyA, x)
	}
	for i, y := range b {
		if !used[i] {
			onlyB = append(onlyB, y)
		}
	}
	return onlyA, onlyB
}

func find(in []Literal, used []bool, x Literal) int {
	for i, y := range in {
		if !used[i] && x.Equal(y) {
			return i
		}
	}
	return -1
}

// matchEnds takes the ranges and scores of a away whose two ends both stand in b, and those ends.
func matchEnds(a, b []Literal) (restA, restB []Literal) {
	used := make([]bool, len(b))
	for _, x := range a {
		first, last, ok := ends(x)
		i := find(b, used, first)
		if !ok || i < 0 {
			restA = append(restA, x)
			continue
		}
		used[i] = true
		if j := find(b, used, last); j >= 0 {
			used[j] = true
			continue
		}
		used[i] = false
		restA = append(restA, x)
	}
	for i, y := range b {
		if !used[i] {
			restB = append(restB, y)
		}
	}
	return restA, restB
}

// ends splits a range or score.
func ends(x Literal) (first, last Literal, ok bool) {
	first, last = x, x
	first.Range, last.Range = false, false
	first.DateEnd, last.DateEnd = knowledge.Date{}, knowledge.Date{}
	first.ValueEnd, last.ValueEnd = Decimal{}, Decimal{}
	last.Date, last.Value = x.DateEnd, x.ValueEnd
	if x.Kind == Score {
		first.Kind, last.Kind = Number, Number
	}
	return first, last, x.Range || x.Kind == Score
}
