package mutate

import (
	"fmt"
	"strconv"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
)

// values changes the numbers and dates of a fact.
func (g *generator) values(f *source) {
	for _, v := range f.literals {
		part := f.text[v.Start:v.End]
		change := func(c Class, with string) { g.lie(c, f, edit(f.text, v.Start, v.End, with)) }
		switch v.Kind {
		case literal.Date, literal.Decade:
			g.date(f, v, part, change)
		case literal.Time:
			g.digits(part, func(with string) { change(Number, with) })
		default:
			g.digits(part, func(with string) { change(Number, with) })
			g.numberWords(part, func(with string) { change(NumberWord, with) })
			g.exchange(part, g.words.magnitudes, func(with string) { change(Magnitude, with) })
			g.exchange(part, g.words.units, func(with string) { change(Unit, with) })
			g.approximators(part, func(with string) { change(Approximator, with) })
		}
	}
	for i, v := range f.literals {
		for _, w := range f.literals[i+1:] {
			g.swapValues(f, v, w)
		}
	}
}

// digits changes the first run of digits of a value by one, by ten times and in its last place.
func (g *generator) digits(part string, change func(string)) {
	for _, t := range lang.Tokens(nil, part) {
		if t.Kind != lang.Number {
			continue
		}
		for _, with := range nearNumbers(t.Text) {
			change(edit(part, t.Start, t.End, with))
		}
	}
}

// nearNumbers returns other numbers of the same form: its first group of digits one higher, one lower, and its last digit
// changed.
func nearNumbers(s string) (out []string) {
	end := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(s)
	}
	n, err := strconv.Atoi(s[:end])
	if err != nil {
		return nil
	}
	out = append(out, strconv.Itoa(n+1)+s[end:])
	if n > 1 {
		out = append(out, strconv.Itoa(n-1)+s[end:])
	}
	if end < len(s) {
		last := (s[len(s)-1]-'0'+3)%10 + '0'
		out = append(out, s[:len(s)-1]+string(last))
	} else {
		out = append(out, s+"0")
	}
	return out
}

func (g *generator) numberWords(part string, change func(string)) {
	for _, t := range lang.Tokens(nil, part) {
		for i, w := range g.words.numbers {
			if t.Folded != lang.Fold(w) {
				continue
			}
			for _, step := range [...]int{1, 3, 5} {
				other := g.words.numbers[(i+step)%len(g.words.numbers)]
				change(edit(part, t.Start, t.End, matchCase(t.Text, other)))
			}
		}
	}
}

func matchCase(like, s string) string {
	if like != "" && 'A' <= like[0] && like[0] <= 'Z' {
		return capitalised(s)
	}
	return s
}

// exchange replaces a word of a group by the group's others.
func (g *generator) exchange(part string, groups [][]string, change func(string)) {
	for _, group := range groups {
		for _, w := range group {
			for _, at := range occurrences(part, w) {
				for _, other := range group {
					if other != w {
						change(edit(part, at, at+len(w), matchCase(part[at:], other)))
					}
				}
			}
		}
	}
}

// occurrences finds whole words, the first letter in either case.
func occurrences(text, word string) (out []int) {
	for _, w := range [...]string{word, capitalised(word)} {
		for at := 0; ; {
			n := strings.Index(text[at:], w)
			if n < 0 || w == "" {
				break
			}
			if wordEdge(text, at+n) && wordEdge(text, at+n+len(w)) {
				out = append(out, at+n)
			}
			at += n + len(w)
		}
		if w == capitalised(word) && w == word {
			break
		}
	}
	return out
}

func (g *generator) approximators(part string, change func(string)) {
	for _, a := range g.words.approximators {
		for _, at := range occurrences(part, a) {
			change(edit(part, at, at+len(a), ""))
			for _, other := range g.words.approximators {
				if other != a && !sameApproximator[a+"|"+other] && !sameApproximator[other+"|"+a] {
					change(edit(part, at, at+len(a), matchCase(part[at:], other)))
				}
			}
		}
	}
}

// sameApproximator are pairs that mean the same.
var sameApproximator = map[string]bool{
	"about|some": true, "about|around": true, "some|around": true, "unos|cerca de": true, "unos|alrededor de": true, "cerca de|alrededor de": true,
	"over|more than": true, "nearly|almost": true, "cerca del|alrededor de": true, "unos|cerca del": true, "cerca de|cerca del": true, "alrededor de|cerca del": true,
}

// date changes the day, the month and the year, adds a day, and adds or exchanges a weekday.
func (g *generator) date(f *source, v literal.Literal, part string, change func(Class, string)) {
	for _, t := range lang.Tokens(nil, part) {
		n, err := strconv.Atoi(t.Text)
		switch {
		case t.Kind == lang.Number && err == nil && n > 1000:
			for _, d := range [...]int{-1, 1, 10} {
				change(Year, edit(part, t.Start, t.End, strconv.Itoa(n+d)))
			}
		case t.Kind == lang.Number && err == nil:
			for _, d := range [...]int{1, 2, 9} {
				if day := (n+d-1)%28 + 1; day != n {
					change(Day, edit(part, t.Start, t.End, strconv.Itoa(day)))
				}
			}
		case t.Kind == lang.Word:
			g.monthOrWeekday(part, t, change)
		}
	}
	if v.Kind == literal.Date && v.Date.Day == 0 && v.Date.Month != 0 && v.Date.Year != 0 && !v.Range && v.Approx == literal.Exact {
		for _, day := range [...]int{1, 14} {
			change(Precision, g.words.fullDate(knowledge.Date{Year: v.Date.Year, Month: v.Date.Month, Day: day}))
		}
	}
	if v.Date.Day != 0 && v.Date.Year != 0 && v.Weekday == 0 && !v.Range {
		right := int(v.Date.First().Weekday()+6) % 7
		for _, d := range [...]int{1, 4} {
			change(Weekday, fmt.Sprintf(g.words.withWeekday, g.words.weekdays[(right+d)%7], part))
		}
	}
}

func (g *generator) monthOrWeekday(part string, t lang.Token, change func(Class, string)) {
	for i, m := range g.words.months {
		if t.Folded == lang.Fold(m) {
			for _, d := range [...]int{1, 5, 11} {
				change(Month, edit(part, t.Start, t.End, g.words.months[(i+d)%12]))
			}
		}
	}
	for i, w := range g.words.weekdays {
		if t.Folded == lang.Fold(w) {
			change(Weekday, edit(part, t.Start, t.End, g.words.weekdays[(i+2)%7]))
		}
	}
}

// swapValues exchanges two values of one kind that differ.
func (g *generator) swapValues(f *source, v, w literal.Literal) {
	a, b := f.text[v.Start:v.End], f.text[w.Start:w.End]
	if v.Kind != w.Kind || v.Equal(w) || literal.Entails(v, w) || literal.Entails(w, v) {
		return
	}
	g.lie(SwappedNumbers, f, f.text[:v.Start]+b+f.text[v.End:w.Start]+a+f.text[w.End:])
}
