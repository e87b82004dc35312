package search

import "math"

// kindCount is how many kinds of thing can be asked for.
const kindCount = 13

// profile counts for what kinds of thing the asks of a fact ask: where people ask mostly when, a question of when is
// more likely meant for it.
type profile struct {
	with [kindCount]uint16
	asks uint16
}

func (p *profile) count(kinds Asked) {
	p.asks++
	for k := range kindCount {
		if kinds&(1<<k) != 0 {
			p.with[k]++
		}
	}
}

// usual is the share of all asks that ask for each kind.
type usual [kindCount]float64

func newUsual(profiles []profile) (u usual) {
	all := 1.0
	for i := range profiles {
		all += float64(profiles[i].asks)
		for k, n := range profiles[i].with {
			u[k] += float64(n)
		}
	}
	for k := range u {
		u[k] = (u[k] + 0.1) / all
	}
	return u
}

// compare returns the mean logarithm of how much oftener than usual a fact is asked for the kinds, in about [-1,1]; 0 for
// a fact without asks and for a question of no kind.
func (u *usual) compare(p *profile, kinds Asked) float64 {
	const firm = 4 // asks that outweigh what is usual
	sum, n := 0.0, 0.0
	for k := range kindCount {
		if kinds&(1<<k) != 0 {
			rate := (float64(p.with[k]) + firm*u[k]) / (float64(p.asks) + firm)
			sum += math.Log(rate / u[k])
			n++
		}
	}
	return sum / max(1, n)
}
