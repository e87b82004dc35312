package literal

// The methods here look at single tokens. An index outside of the text is a token that is nothing.

func (p *parser) inside(i int) bool { return i >= 0 && i < len(p.toks) }

// word returns the vocabulary's entry of a token, or nil.
func (p *parser) word(i int) *word {
	if !p.inside(i) {
		return nil
	}
	return p.toks[i].word
}

// is reports whether token i is the word with that folded name.
func (p *parser) is(i int, name string) bool {
	w := p.word(i)
	return w != nil && w.name == name
}

// isAny reports whether token i is one of the words.
func (p *parser) isAny(i int, names ...string) bool {
	for _, name := range names {
		if p.is(i, name) {
			return true
		}
	}
	return false
}

func (p *parser) punct(i int, char rune) bool {
	return p.inside(i) && p.toks[i].kind == punctToken && p.toks[i].char == char
}

// dash reports whether token i is a hyphen or a dash between two values.
func (p *parser) dash(i int) bool {
	return p.punct(i, '-') || p.punct(i, '–') || p.punct(i, '—') || p.punct(i, '‑') || p.punct(i, '−')
}

func (p *parser) hyphen(i int) bool { return p.punct(i, '-') || p.punct(i, '‑') }

func (p *parser) digitsAt(i int) bool { return p.inside(i) && p.toks[i].kind == digitsToken }

func (p *parser) wordAt(i int) bool { return p.inside(i) && p.toks[i].kind == wordToken }

// glued reports whether token i stands directly after the one before it.
func (p *parser) glued(i int) bool { return p.inside(i) && p.toks[i].glued }

// tight reports whether token i touches both of its neighbours.
func (p *parser) tight(i int) bool { return p.glued(i) && p.glued(i+1) }

func (p *parser) source(i int) string { return p.text[p.toks[i].start:p.toks[i].end] }

func (p *parser) length(i int) int { return p.toks[i].end - p.toks[i].start }

// small returns the value of a digit run of at most four digits, or -1.
func (p *parser) small(i int) int {
	if !p.digitsAt(i) || p.length(i) > 4 {
		return -1
	}
	n := 0
	for _, c := range []byte(p.source(i)) {
		n = n*10 + int(c-'0')
	}
	return n
}

// skipHyphen returns the token after a tight hyphen at i, else i.
func (p *parser) skipHyphen(i int) int {
	if p.hyphen(i) && p.tight(i) {
		return i + 1
	}
	return i
}

// and reports whether token i joins the last two members of a list.
func (p *parser) and(i int) bool {
	if p.v.spanish {
		return p.isAny(i, "y", "e")
	}
	return p.is(i, "and") || p.punct(i, '&')
}

func (p *parser) or(i int) bool {
	if p.v.spanish {
		return p.isAny(i, "o", "u")
	}
	return p.is(i, "or")
}

// to reports whether token i joins the ends of a range or the sides of a score; a dash does.
func (p *parser) to(i int) bool {
	if p.v.spanish {
		return p.dash(i) || p.isAny(i, "a", "al", "hasta")
	}
	return p.dash(i) || p.isAny(i, "to", "through", "till", "until")
}

// open reports whether nothing that is counted follows: the text ends here, or goes on with a sign, a name or a function word.
func (p *parser) open(i int) bool {
	if !p.wordAt(i) {
		return !p.digitsAt(i) && !p.currencyMark(i)
	}
	return p.word(i).is(isFunction) || p.toks[i].capital
}

func (p *parser) currencyMark(i int) bool {
	return p.punct(i, '%') || p.punct(i, '$') || p.punct(i, '€') || p.punct(i, '£')
}

// sentenceEnd reports whether nothing of the sentence follows before token i.
func (p *parser) sentenceEnd(i int) bool {
	return i >= len(p.toks) || p.punct(i, '.') || p.punct(i, '?') || p.punct(i, '!')
}

// sentenceStart reports whether token i begins a sentence, where a capital says nothing.
func (p *parser) sentenceStart(i int) bool {
	for i--; i >= 0; i-- {
		t := &p.toks[i]
		if t.kind != punctToken {
			return false
		}
		switch t.char {
		case '.', '!', '?', ':', '¿', '¡', '…':
			return true
		case '"', '\'', '“', '‘', '«', '(':
			continue
		}
		return false
	}
	return true
}
