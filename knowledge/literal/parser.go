package literal

import "enlace/knowledge"

// Reader parses one text after another in the same memory: once it has seen the longest text it allocates nothing. The zero
// value is ready for use; a Reader must not be used by two goroutines at once.
type Reader struct{ toks []token }

// Append appends the literals of a text to dst, as Parse does, and returns the longer slice.
func (r *Reader) Append(dst []Literal, text string, l knowledge.Lang) []Literal {
	v := vocabularyOf(l)
	r.toks = scan(r.toks[:0], text, v)
	p := parser{text: text, v: v, toks: r.toks, out: dst, labelAt: -1}
	for i := 0; i < len(p.toks); {
		i = p.step(i)
	}
	return p.out
}

// parser reads one text from left to right. Its readers take the index of a token and return the index after what they read.
type parser struct {
	text string
	toks []token
	v    *vocabulary
	out  []Literal

	labelAt int // the token at which a labelled number is expected, or -1
	label   string
	spread  bool // the label is a plural: a list of numbers may follow
}

// context is what stands before the value that is being read.
type context struct {
	start   int // the first token of the approximator, or of the value itself
	approx  Approx
	between bool // "between" or "entre": "and" makes a range
	from    bool // "from", "de": "to" leads to another value, so no score
}

// step reads what begins at token i and returns where to go on.
func (p *parser) step(i int) int {
	t := &p.toks[i]
	if t.kind == wordToken && t.word == nil {
		return i + 1
	}
	p.noteLabel(i)
	c := context{start: i, between: p.is(i-1, "between") || p.is(i-1, "entre")}
	c.from = p.is(i-1, "from") || p.is(i-1, "de") || p.is(i-1, "del")
	j := i
	if a, next := p.approxBefore(i); next > i {
		c.approx, j = a, next
		if a >= Early && p.isAny(j, "the", "los", "la") {
			j++ // principios de los años noventa
		}
	}
	mark := len(p.out)
	next, ok := p.value(j, c)
	switch {
	case ok:
		return p.finish(mark, j, next, c)
	case p.street(i):
		return p.streetEnd(i)
	case t.kind == digitsToken:
		return p.clusterEnd(i)
	}
	return i + 1
}

// value reads a literal of any kind at i and appends it. Some readers append several: the days of a list.
func (p *parser) value(i int, c context) (int, bool) {
	if i >= len(p.toks) || p.code(i) || p.street(i) || p.roundTheClock(i) {
		return i, false
	}
	if next, ok := p.date(i, c); ok {
		return next, true
	}
	if next, ok := p.decade(i); ok {
		return next, true
	}
	if next, ok := p.clock(i); ok {
		return next, true
	}
	if next, ok := p.fraction(i); ok {
		return next, true
	}
	if next, ok := p.ordinal(i); ok {
		return next, true
	}
	return p.quantity(i, c)
}

// finish gives the approximator to the literals appended since mark and returns the token after them.
func (p *parser) finish(mark, core, next int, c context) int {
	approx, from := c.approx, c.start
	if approx == Exact {
		approx, next = p.approxAfter(next)
	}
	for i := mark; i < len(p.out); i++ {
		x := &p.out[i]
		if approx == Exact || !p.suits(approx, x, core, from) {
			continue
		}
		x.Approx = approx
		if i == mark && from != core {
			x.Start = p.toks[from].start
		}
		if i == len(p.out)-1 {
			x.End = max(x.End, p.toks[next-1].end)
		}
	}
	p.spreadLabel(mark, next)
	return next
}

// suits reports whether an approximator that begins at token from may belong to a literal whose value begins at core: "over 18
// months", but not "over two murders".
func (p *parser) suits(a Approx, x *Literal, core, from int) bool {
	switch x.Kind {
	case Date, Decade:
		return a == About || a >= Nearly
	case Time:
		return a == About || a == Nearly
	case Ordinal, Score:
		return false
	}
	if a >= Early || x.Label != "" {
		return false
	}
	if from != core-1 || !p.isAny(from, "over", "under", "above", "below") {
		return true
	}
	if p.isAny(core-2, "handed", "hand", "turned", "turn", "taken", "take", "took", "carried", "given", "presided") {
		return false // handed over eleven days earlier
	}
	return x.Unit != "" && x.Unit != "person" || x.Value.Cmp(NewDecimal(2, 1)) >= 0
}

// approxBefore returns the approximator phrase at i and the token after it, or i when there is none.
func (p *parser) approxBefore(i int) (Approx, int) {
	if p.punct(i, '~') || p.punct(i, '≈') || p.punct(i, '±') {
		return About, i + 1
	}
	w := p.word(i)
	if w == nil {
		return Exact, i
	}
	a, next := p.phrase(p.v.before[w.name], i)
	if next == i {
		return Exact, i
	}
	if p.punct(next, '.') && p.is(next-1, "approx") || p.punct(next, '-') && a >= Early || p.punct(next, '.') && p.is(next-1, "aprox") {
		next++
	}
	return a, next
}

// approxAfter returns the approximator phrase that follows a value which ends before i, and the token after the phrase.
func (p *parser) approxAfter(i int) (Approx, int) {
	if p.punct(i, '+') && p.glued(i) && !p.glued(i+1) {
		return AtLeast, i + 1
	}
	j := i
	if p.punct(j, ',') {
		j++
	}
	w := p.word(j)
	if w == nil {
		return Exact, i
	}
	a, next := p.phrase(p.v.after[w.name], j)
	if next == j || j > i && a != About || p.startsNumber(next) {
		return Exact, i
	}
	return a, next
}

func (p *parser) phrase(candidates []phrase, i int) (Approx, int) {
	for _, c := range candidates {
		k := 0
		for k < len(c.words) && p.is(i+k, c.words[k]) {
			k++
		}
		if k == len(c.words) {
			return c.approx, i + k
		}
	}
	return Exact, i
}

// startsNumber reports whether a number could begin at i, so that an approximator before it is that number's.
func (p *parser) startsNumber(i int) bool {
	w := p.word(i)
	return p.digitsAt(i) || w.is(isCardinal) || p.currencySign(i) != ""
}

// emit appends a literal that spans the tokens from i up to next.
func (p *parser) emit(x Literal, i, next int) {
	x.Start, x.End = p.toks[i].start, p.toks[next-1].end
	p.out = append(p.out, x)
}
