package lang

import (
	"strings"
	"sync"

	"enlace/knowledge"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/spanish"
)

var envs = sync.Pool{New: func() any { return snowballstem.NewEnv("") }}

// Stem returns the stem of a word: folded first, so that a word has one stem with and without its accents, then cut by
// Porter's English or the Spanish Snowball stemmer (snowballstem.org). Spanish has three accent-free rules on top, which
// bring plurals to their singulars (see stemSpanish); English has a table of irregular past forms.
// It costs about a microsecond: callers that stem much keep a table of their own.
func Stem(folded string, l knowledge.Lang) string {
	folded = Fold(folded)
	if l == knowledge.Spanish {
		return stemSpanish(folded)
	}
	if base, ok := irregular[folded]; ok {
		folded = base
	}
	return snowball(folded, english.Stem)
}

func snowball(word string, stem func(*snowballstem.Env) bool) string {
	env := envs.Get().(*snowballstem.Env)
	defer envs.Put(env)
	env.SetCurrent(word)
	stem(env)
	return env.Current()
}

// stemSpanish stems a folded word. Snowball knows its suffixes with accents, and takes the -en of joven but not of
// jovenes, the -er of mujer but not of mujeres, the -es of ingles but only one of ingleses. So plurals in -es lose it
// beforehand, a long -acion loses its ending, and a final z becomes the c of its plural (juez, jueces).
func stemSpanish(w string) string {
	if len(w) >= 6 && strings.HasSuffix(w, "es") && strings.IndexByte("nrlds", w[len(w)-3]) >= 0 && isVowel(w[len(w)-4]) {
		w = w[:len(w)-2]
	}
	if len(w) >= 9 && strings.HasSuffix(w, "acion") {
		w = w[:len(w)-len("cion")] // as Snowball does with ación: investigacion is investigar
	}
	w = snowball(w, spanish.Stem)
	if len(w) >= 3 && w[len(w)-1] == 'z' {
		w = w[:len(w)-1] + "c"
	}
	return w
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }
