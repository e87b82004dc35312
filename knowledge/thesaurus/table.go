package thesaurus

import (
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

const (
	maxSenses   = 2 // concepts of one word or stem
	minFeminine = 5 // bytes of a word whose masculine is tried
	maxFeminine = 32
)

// senses are the concepts of a word, a stem or a phrase. base says that a stem means what its base form means.
type senses struct {
	ids  [maxSenses]ID
	n    uint8
	base bool
}

// add reports whether there was room for id.
func (s *senses) add(id ID) bool {
	switch {
	case slices.Contains(s.ids[:s.n], id):
	case s.n == maxSenses:
		return false
	default:
		s.ids[s.n] = id
		s.n++
	}
	return true
}

// dict maps keys to senses. keys are sorted, and unique but for phrases, whose keys are their first stems.
type dict struct {
	keys   []string
	senses []senses
}

func (d *dict) find(key string) (senses, bool) {
	i, ok := slices.BinarySearch(d.keys, key)
	if !ok {
		return senses{}, false
	}
	return d.senses[i], true
}

// table holds the words of one language.
type table struct {
	lang    knowledge.Lang
	words   dict     // by folded word
	stems   dict     // by stem, of the words that have one
	phrases dict     // by stem of the first word, those of more words first
	rest    []string // by phrase: the stems and gaps after the first word, with spaces between
}

// word returns the concepts of a word: of exactly this word, else of its singular, else of its stem. Stop words have no
// stem: para is no form of parar.
func (t *table) word(w Word) senses {
	if s, ok := t.words.find(w.Folded); ok {
		return s
	}
	one := singular(w.Folded, t.lang)
	if len(one) < len(w.Folded) {
		if s, ok := t.words.find(one); ok {
			return s
		}
	}
	if lang.IsStop(w.Folded, t.lang) {
		return senses{}
	}
	if t.lang == knowledge.Spanish {
		if s, ok := t.spanish(w.Folded, one); ok {
			return s
		}
	}
	s, _ := t.stems.find(w.Stem)
	return s
}

// bareEndings are those that the Spanish stemmer cuts with their accents only.
var bareEndings = [...]string{
	"aria", "arian", "eria", "erian", "iria", "irian", "ara", "aran", "era", "eran", "ira", "iran", "io", "ia", "ian",
}

// spanish finds what the stemmer misses or mixes up: a verb form that lost its accent (reunio), and a feminine of a
// masculine (reservadas).
func (t *table) spanish(word, one string) (senses, bool) {
	for _, end := range bareEndings {
		if root, ok := strings.CutSuffix(word, end); ok && len(root) >= 3 {
			if s, ok := t.stems.find(root); ok && s.base {
				return s, true
			}
		}
	}
	if !strings.HasSuffix(one, "a") || len(one) < minFeminine || len(one) > maxFeminine {
		return senses{}, false
	}
	var buf [maxFeminine]byte
	n := copy(buf[:], one)
	buf[n-1] = 'o'
	return t.words.find(string(buf[:n]))
}

// singular cuts the plural ending of a word. It keeps apart what stems bring together: casas is casa, and not caso.
func singular(w string, l knowledge.Lang) string {
	if len(w) < 4 || w[len(w)-1] != 's' || w[len(w)-2] == 's' {
		return w
	}
	if l == knowledge.Spanish && len(w) >= 6 && w[len(w)-2] == 'e' && strings.IndexByte("nrldjy", w[len(w)-3]) >= 0 {
		return w[:len(w)-2]
	}
	return w[:len(w)-1]
}
