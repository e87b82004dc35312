package search

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"enlace/knowledge"
)

// cuesText says which words and concepts stand in questions that facts answer and which in others: a cue and its two weights
// to a line. Package train learns it.
//
//go:embed cues.txt
var cuesText string

// Cues are, by cue, logit weights: how much it speaks for a near miss and for a question about something else, against one
// that the facts answer. What is missing says nothing. A cue is a word of a question by its stem ("en:salary"), two
// neighbouring words ("en:how_old"), the first word ("^en:can"), a concept ("salary"),
// a concept and what the question asks for ("who?judge"), and a word or concept that the first passage has not
// ("-en:salary", "-salary").
type Cues map[string][2]float64

// CueBias is the cue that every question has.
const CueBias = "*"

var shippedCues = sync.OnceValue(func() Cues {
	c := make(Cues, strings.Count(cuesText, "\n"))
	for line := range strings.Lines(cuesText) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		near, off, _ := strings.Cut(rest, " ")
		v, err := strconv.ParseFloat(near, 64)
		w, err2 := strconv.ParseFloat(off, 64)
		if err == nil && err2 == nil {
			c[name] = [2]float64{v, w}
		}
	}
	return c
})

// maxCueWords and maxCueConcepts bound how much of a long question is looked at.
const (
	maxCueWords    = 48
	maxCueConcepts = 20
)

// askedNames name the kinds of Asked in cues, in the order of their bits.
var askedNames = [kindCount]string{"who", "when", "where", "how-many", "how-long", "money", "why", "how", "what", "yes-no", "list", "now", "define"}

// CuesOf returns the cues of a result, with repetitions.
func CuesOf(r *Result) []string {
	var list []string
	r.cues(nil, func(name []byte) { list = append(list, string(name)) })
	return list
}

// cues tells yield the cues of a result. It returns the memory that it wrote them in.
func (r *Result) cues(buf []byte, yield func(name []byte)) []byte {
	buf = append(buf[:0], CueBias...)
	yield(buf)
	for i, stem := range r.Stems[:min(len(r.Stems), maxCueWords)] {
		buf = wordCue(buf[:0], "", r.Lang, stem)
		yield(buf)
		if i == 0 {
			buf = wordCue(buf[:0], "^", r.Lang, stem)
			yield(buf)
		} else {
			buf = wordCue(buf[:0], "", r.Lang, r.Stems[i-1])
			buf = append(append(buf, '_'), stem...)
			yield(buf)
		}
		if !r.Met[i] {
			buf = wordCue(buf[:0], "-", r.Lang, stem)
			yield(buf)
		}
	}
	concepts := r.Concepts[:min(len(r.Concepts), maxCueConcepts)]
	for i, name := range concepts {
		buf = append(buf[:0], name...)
		yield(buf)
		if !r.ConceptsMet[i] {
			buf = append(append(buf[:0], '-'), name...)
			yield(buf)
		}
		for k := range kindCount {
			if r.Asked&(1<<k) != 0 {
				buf = append(append(append(buf[:0], askedNames[k]...), '?'), name...)
				yield(buf)
			}
		}
	}
	return buf
}

func wordCue(buf []byte, mark string, l knowledge.Lang, stem string) []byte {
	buf = append(append(append(buf, mark...), l...), ':')
	return append(buf, stem...)
}

// tell sums the weights of the question's cues.
func (s *scratch) tell(c Cues, r *Result) (sum [2]float64) {
	s.cue = r.cues(s.cue, func(name []byte) {
		w := c[string(name)]
		sum[0] += w[0]
		sum[1] += w[1]
	})
	return Told(sum)
}

// Told bounds the sums of cues: what is certain needs no more words.
func Told(sum [2]float64) [2]float64 {
	const certain = 6
	for i := range sum {
		sum[i] = max(-certain, min(certain, sum[i]))
	}
	return sum
}
