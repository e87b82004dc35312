package search

import (
	"strconv"

	"enlace/knowledge"
	"enlace/knowledge/literal"
)

// Keys of terms that are no stems. No word begins with a control character.
const (
	entityKey = "\x01"
	dateKey   = "\x02"
	numberKey = "\x03"
	stopKey   = "\x04"
)

// dateKeys appends the keys of everything that a date answers to: 2025-07-31 is also July 2025, 2025 and July 31.
func dateKeys(keys []string, d knowledge.Date) []string {
	if d.Year > 0 {
		keys = append(keys, dayKey(knowledge.Date{Year: d.Year}))
		if d.Month > 0 {
			keys = append(keys, dayKey(knowledge.Date{Year: d.Year, Month: d.Month}))
		}
		if d.Day > 0 {
			keys = append(keys, dayKey(d))
		}
	}
	if d.Month > 0 {
		keys = append(keys, dayKey(knowledge.Date{Month: d.Month}))
		if d.Day > 0 {
			keys = append(keys, dayKey(knowledge.Date{Month: d.Month, Day: d.Day}))
		}
	}
	return keys
}

// dayKey returns the key of one date, which may lack its year.
func dayKey(d knowledge.Date) string {
	var buf [16]byte
	b := append(buf[:0], dateKey...)
	b = strconv.AppendInt(b, int64(d.Year), 10)
	b = strconv.AppendInt(append(b, '-'), int64(d.Month), 10)
	b = strconv.AppendInt(append(b, '-'), int64(d.Day), 10)
	return string(b)
}

// wantedKey returns the one key that a fact must have to state a literal of a question.
func wantedKey(a *literal.Literal) string {
	if a.Kind == literal.Date {
		return dayKey(a.Date)
	}
	return valueKey(a)
}

// valueKey leaves units out: questions name them in other words, which match on their own.
func valueKey(a *literal.Literal) string {
	switch a.Kind {
	case literal.Time:
		return numberKey + strconv.Itoa(a.Hour) + ":" + strconv.Itoa(a.Minute)
	case literal.Decade:
		return dateKey + strconv.Itoa(a.Date.Year) + "s"
	}
	return numberKey + a.Value.String()
}

// literalKeys appends the keys of one literal of a fact.
func literalKeys(keys []string, a *literal.Literal) []string {
	if a.Kind == literal.Date {
		return dateKeys(dateKeys(keys, a.Date), a.DateEnd)
	}
	keys = append(keys, valueKey(a))
	if a.Range || a.Kind == literal.Score {
		keys = append(keys, numberKey+a.ValueEnd.String())
	}
	return keys
}

// statesVaguely marks a fact whose text has a month or year only: half an answer to when.
const statesVaguely = Asked(1 << 15)

// states returns what kinds of thing a literal answers to.
func states(a *literal.Literal) Asked {
	switch a.Kind {
	case literal.Date, literal.Time, literal.Decade:
		if a.Kind == literal.Date && a.Date.Day == 0 {
			return statesVaguely
		}
		return AskedWhen
	case literal.Money:
		return AskedMoney | AskedHowMany
	}
	switch a.Unit {
	case "year", "month", "week", "day", "hour", "minute", "second":
		return AskedHowLong | AskedHowMany
	case "usd":
		return AskedMoney | AskedHowMany
	}
	return AskedHowMany
}

// statesKind returns what kinds of thing an entity answers to.
func statesKind(k knowledge.EntityKind) Asked {
	switch k {
	case knowledge.Person, knowledge.Organisation:
		return AskedWho
	case knowledge.Place:
		return AskedWhere
	}
	return 0
}

// reasonWords are folded words with which texts give reasons.
var reasonWords = map[knowledge.Lang][]string{
	knowledge.English: {"because", "since", "reason", "reasons", "due", "order", "cause", "aim", "aims", "purpose", "goal", "seeks", "meant"},
	knowledge.Spanish: {"porque", "debido", "razon", "razones", "fin", "finalidad", "motivo", "objetivo", "causa", "busca", "proposito", "pues"},
}
