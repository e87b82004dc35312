package train

import (
	"math"
	"slices"

	"enlace/knowledge/search"
)

// polarity returns what words and concepts tell, from the examples outside some folds: the logarithm of the ratio of
// their shares in questions without and with an answer, smoothed so that rare ones say little.
func polarity(examples []example, without ...int) search.Polarity {
	const (
		firm  = 4.0 // questions that something must stand in to be believed half
		least = 0.4 // weights below say nothing
		most  = 2.0
	)
	var all [2]float64
	with := map[string]*[2]float64{}
	for i := range examples {
		e := &examples[i]
		if e.group == leftOut || slices.Contains(without, e.fold) {
			continue
		}
		kind := truth(e.answerable())
		all[kind]++
		for n, name := range e.cues {
			if slices.Contains(e.cues[:n], name) {
				continue
			}
			if with[name] == nil {
				with[name] = new([2]float64)
			}
			with[name][kind]++
		}
	}
	p := search.Polarity{}
	for name, n := range with {
		usual := (n[0] + n[1]) / (all[0] + all[1])
		no := (n[0] + firm*usual) / (all[0] + firm)
		yes := (n[1] + firm*usual) / (all[1] + firm)
		weight := math.Log(no/yes) * (n[0] + n[1]) / (n[0] + n[1] + firm)
		if weight = round(max(-most, min(most, weight))); math.Abs(weight) >= least && n[0]+n[1] >= firm {
			p[name] = weight
		}
	}
	return p
}

// polarise computes the inputs that depend on what words and concepts tell. Nothing is told by the example itself: what
// is known comes from other folds than its own, and from none of without.
func polarise(examples []example, without int) []example {
	var known [folds]search.Polarity
	for k := range known {
		known[k] = polarity(examples, k, without)
	}
	list := make([]example, len(examples))
	for i, e := range examples {
		var words, concepts float64
		for n, name := range e.cues {
			if n < e.words {
				words += known[e.fold][name]
			} else {
				concepts += known[e.fold][name]
			}
		}
		e.inputs[search.PolarityInputs], e.inputs[search.PolarityInputs+1] = search.Polarise(words), search.Polarise(concepts)
		list[i] = e
	}
	return list
}
