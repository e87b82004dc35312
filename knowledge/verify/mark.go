package verify

import (
	"strings"

	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
	"enlace/knowledge/wording"
)

// mark finds values, codes and guard words, and notes them by token.
func (r *reader) mark() {
	n := len(r.tokens)
	r.classes, r.stages, r.values = make([]uint32, n), make([]wording.Stage, n), make([]int16, n)
	r.told, r.moods = make([]bool, n), make([]bool, n)
	values := r.readers.Get().(*literal.Reader)
	r.lits = values.Append(nil, r.raw, r.lang)
	r.readers.Put(values)
	i := 0
	for v := range r.lits {
		for ; i < n && r.tokens[i].Start < r.lits[v].End; i++ {
			if r.tokens[i].Start >= r.lits[v].Start {
				r.values[i] = int16(v + 1)
			}
		}
	}
	if r.loose() {
		r.codes = literal.Codes(r.raw, r.lang)
	}
	for v, c := range r.codes {
		for i := range r.tokens {
			if r.tokens[i].Start >= c.Start && r.tokens[i].End <= c.End {
				r.values[i] = int16(-1 - v)
			}
		}
	}
	for _, m := range wording.FindIn(r.tokens, r.raw, r.lang) {
		r.markGuard(m)
	}
}

// loose reports whether a number is part of no value: only then can there be codes.
func (r *reader) loose() bool {
	for i := range r.tokens {
		if r.tokens[i].Kind == lang.Number && r.values[i] == 0 {
			return true
		}
	}
	return false
}

// maxWhole is up to how many tokens every token of a listed phrase is marked; of longer ones, which have a gap inside,
// only the ends are.
const maxWhole = 3

func (r *reader) markGuard(m wording.Match) {
	first, last := -1, -1
	for i := range r.tokens {
		if r.tokens[i].Start >= m.Start && r.tokens[i].End <= m.End {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return
	}
	marked := false
	for i := first; i <= last; i++ {
		if last-first >= maxWhole && i != first && i != last {
			continue
		}
		if _, plain := r.plain(i); plain && last > first {
			continue
		}
		marked = true
		r.classes[i] |= 1 << m.Class
		if m.Stage != wording.NoStage {
			r.stages[i], r.told[i] = m.Stage, !m.Named
		}
	}
	if !marked {
		r.moods[last] = true
	}
}

// plain reports whether a token is a function word that no list makes a unit of when it is only part of a phrase.
func (r *reader) plain(i int) (function, bool) {
	if r.tokens[i].Kind == lang.Punct {
		return function{job: skipped}, true
	}
	f, ok := r.functions[strings.ToLower(r.tokens[i].Text)]
	return f, ok
}
