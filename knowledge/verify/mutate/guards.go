package mutate

import (
	"regexp"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// guards changes the words that decide how firmly and of how much a fact speaks.
func (g *generator) guards(f *source) {
	w := g.words
	for _, aux := range w.auxiliaries {
		for _, at := range occurrences(f.text, aux) {
			if g.lang == knowledge.Spanish {
				g.lie(NegationIn, f, edit(f.text, at, at, w.not+" "))
				g.lie(NegationIn, f, edit(f.text, at, at, "nunca "))
			} else {
				g.lie(NegationIn, f, edit(f.text, at+len(aux), at+len(aux), " "+w.not))
				g.lie(NegationIn, f, edit(f.text, at+len(aux), at+len(aux), " never"))
			}
			for _, only := range w.only {
				g.lie(ExclusiveIn, f, edit(f.text, at+len(aux), at+len(aux), " "+only))
			}
		}
	}
	for _, n := range w.negations {
		for _, at := range occurrences(f.text, n) {
			g.lie(NegationOut, f, edit(f.text, at, at+len(n), ""))
		}
	}
	g.changeAll(ExclusiveOut, f, w.quantifiers)
	g.changeAll(Tense, f, w.future)
	g.changeAll(Upgraded, f, w.upgrades)
	g.exchangeAll(BeforeAfter, f, w.temporal)
	g.exchangeAll(Modal, f, w.modals)
	g.exchangeAll(LegalStage, f, w.stages)
	g.exchangeAll(Antonym, f, w.antonyms)
	g.exchangeAll(Role, f, w.roles)
	g.exchangeAll(Preposition, f, w.prepositions)
	g.hedges(f)
	g.conditions(f)
	g.quotes(f)
}

func (g *generator) changeAll(c Class, f *source, changes [][2]string) {
	for _, ch := range changes {
		for _, at := range occurrences(f.text, ch[0]) {
			g.lie(c, f, edit(f.text, at, at+len(ch[0]), matchCase(f.text[at:], ch[1])))
		}
	}
}

// exchangeAll replaces the first word of each group by the others.
func (g *generator) exchangeAll(c Class, f *source, groups [][]string) {
	for _, group := range groups {
		for _, at := range occurrences(f.text, group[0]) {
			for _, other := range group[1:] {
				g.lie(c, f, edit(f.text, at, at+len(group[0]), matchCase(f.text[at:], other)))
			}
		}
	}
}

// attributions are patterns whose first group is what remains when the attribution is dropped.
var attributions = map[knowledge.Lang][]*regexp.Regexp{
	knowledge.English: {
		regexp.MustCompile(`^According to [^,]+(?: and [^,]+)?, (.+)$`),
		regexp.MustCompile(`^(.+), according to [^,;]+\.$`),
		regexp.MustCompile(`^(.+), both governments said\.$`),
		regexp.MustCompile(`^(?:[A-Z][\p{L}']*|US|U\.S\.)(?: [\p{L}'-]+){0,6}? (?:said|says|say|allege|alleged|argued|announced|reported|alleges)(?: that)? (.+)$`),
		regexp.MustCompile(`^(?:The|A|Some) (?:[\p{L}'-]+ ){1,7}?(?:said|says|say|alleges|allege|reported)(?: that)? (.+)$`),
		regexp.MustCompile(`^(?:In|On) [^,]+,? (?:[\p{L}'-]+ ){1,5}?(?:said|says|argued|announced) (?:that )?(.+)$`),
	},
	knowledge.Spanish: {
		regexp.MustCompile(`^Según [^,]+, (.+)$`),
		regexp.MustCompile(`^(.+), según [^,;]+\.$`),
		regexp.MustCompile(`^(?:[\p{L}.]+ ){1,8}?(?:dijo|señala|señaló|afirma|sostiene|informó|anunció|argumentó|indica|dicen) (?:el [0-9]+ de \p{L}+ de [0-9]+ )?que (.+)$`),
	},
}

// hedges drops attributions and hedge words, and moves hedge words.
func (g *generator) hedges(f *source) {
	for _, p := range attributions[g.lang] {
		if m := p.FindStringSubmatch(f.text); m != nil {
			g.lie(HedgeOut, f, strings.TrimSuffix(m[1], ".")+".")
		}
	}
	for _, h := range g.words.hedges {
		for _, at := range occurrences(f.text, h) {
			without := edit(f.text, at, at+len(h), "")
			g.lie(HedgeOut, f, without)
			if !strings.HasPrefix(h, "a") || h == "alleged" || h == "allegedly" || h == "al parecer" {
				g.moveWord(f, without, h, at)
			}
		}
	}
}

// moveWord puts a hedge that was taken out at a byte before another lower-case word.
func (g *generator) moveWord(f *source, without, hedge string, was int) {
	for _, t := range lang.Tokens(nil, without) {
		near := t.Start >= was-2 && t.Start <= was+2
		if t.Kind != lang.Word || near || len(t.Text) < 6 || t.Text != strings.ToLower(t.Text) {
			continue
		}
		g.lie(HedgeMoved, f, edit(without, t.Start, t.Start, strings.ToLower(hedge)+" "))
	}
}

// conditions drops what follows or precedes a condition or a caveat.
var conditions = map[knowledge.Lang][]*regexp.Regexp{
	knowledge.English: {
		regexp.MustCompile(`^(.+?),? (?:unless|if|although|though|but|while|provided that) .+$`),
		regexp.MustCompile(`^(?:If|Although|Unless) [^,]+, (.+)$`),
		regexp.MustCompile(`^(.+), which conflicts with .+$`),
		regexp.MustCompile(`^(?:Reports|Sources|Accounts|Outlets) differ [^:]+: (?:one says|some say|some give|most say)? ?(.+)$`),
	},
	knowledge.Spanish: {
		regexp.MustCompile(`^(.+?),? (?:salvo|si|aunque|pero|mientras|siempre que) .+$`),
		regexp.MustCompile(`^(?:Si|Aunque|Salvo) [^,]+, (.+)$`),
		regexp.MustCompile(`^(.+), lo que contradice .+$`),
		regexp.MustCompile(`^(?:Los reportes|Las fuentes|Las versiones|Los medios) difieren[^:]*: (?:unos|unas|uno)? ?(?:dicen|dice|citan)? ?(.+)$`),
	},
}

func (g *generator) conditions(f *source) {
	for _, p := range conditions[g.lang] {
		if m := p.FindStringSubmatch(f.text); m != nil {
			g.lie(ConditionOut, f, strings.TrimSuffix(m[1], ".")+".")
		}
	}
}

var quotation = regexp.MustCompile(`(?:^|[ (])['«“]([^'»”]+ [^'»”]+)['»”](?:[ ,.;:)]|$)`)

// quotes changes a word inside a quotation and puts quotation marks around other words.
func (g *generator) quotes(f *source) {
	for _, m := range quotation.FindAllStringSubmatchIndex(f.text, -1) {
		inner := f.text[m[2]:m[3]]
		for _, t := range lang.Tokens(nil, inner) {
			if t.Kind == lang.Word && len(t.Text) > 3 {
				g.lie(QuoteAltered, f, edit(f.text, m[2]+t.Start, m[2]+t.End, g.words.evaluations[0]))
				g.lie(QuoteAltered, f, edit(f.text, m[2]+t.Start, m[2]+t.End, ""))
			}
		}
	}
	for _, q := range [...]string{"we won", "ganamos"} {
		if strings.HasSuffix(f.text, ".") {
			g.lie(QuoteInvented, f, strings.TrimSuffix(f.text, ".")+", \""+q+"\".")
		}
	}
	g.scareQuotes(f)
}

// scareQuotes puts marks around two words that do not follow each other in the fact.
func (g *generator) scareQuotes(f *source) {
	tokens := lang.Tokens(nil, f.text)
	for i := 0; i+3 < len(tokens); i += 7 {
		if tokens[i].Kind == lang.Word && tokens[i+1].Kind == lang.Word && tokens[i+2].Kind == lang.Word && tokens[i+2].Text != "'s" && tokens[i+1].Text != "'s" {
			a, b, c := tokens[i], tokens[i+1], tokens[i+2]
			g.lie(QuoteInvented, f, f.text[:a.Start]+"\""+a.Text+" "+c.Text+"\" "+b.Text+f.text[c.End:])
		}
	}
}
