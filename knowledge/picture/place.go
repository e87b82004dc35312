package picture

import "slices"

// cluster is events of one lane that lie too close together to be told apart on the axis.
type cluster struct {
	at     float64 // the mean of its events' places
	events []int
}

// clusters joins the events of a lane, which are given with their places in order, until the marks of no two clusters overlap.
// size is how much of the axis the mark of n events takes.
func clusters(events []int, at []float64, size func(n int) float64) []cluster {
	var out []cluster
	for i, e := range events {
		c := cluster{at[i], []int{e}}
		for len(out) > 0 {
			last := out[len(out)-1]
			if c.at-last.at >= (size(len(c.events))+size(len(last.events)))/2 {
				break
			}
			n, m := float64(len(last.events)), float64(len(c.events))
			c = cluster{(last.at*n + c.at*m) / (n + m), append(slices.Clone(last.events), c.events...)}
			out = out[:len(out)-1]
		}
		out = append(out, c)
	}
	return out
}

// spread returns centres for things of some sizes that would like to be at want, which is in order: none overlap, all lie from
// lo to hi, and together they are as near to where they would like to be as that allows. Where they do not fit they begin at lo
// and go on beyond hi.
//
// It pools adjacent violators (Barlow and others 1972), least squares with equal weights.
func spread(want, size []float64, lo, hi float64) []float64 {
	type block struct {
		sum, size float64 // of wanted starts, less what lies before each within the block; total size
		n         int
	}
	start := func(b block) float64 { return max(lo, min(b.sum/float64(b.n), hi-b.size)) }
	var blocks []block
	for i, w := range want {
		b := block{sum: w - size[i]/2, size: size[i], n: 1}
		for len(blocks) > 0 {
			last := blocks[len(blocks)-1]
			if start(last)+last.size <= start(b) {
				break
			}
			b = block{sum: last.sum + b.sum - last.size*float64(b.n), size: last.size + b.size, n: last.n + b.n}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	out := make([]float64, 0, len(want))
	for _, b := range blocks {
		at := start(b)
		for range b.n {
			i := len(out)
			out = append(out, at+size[i]/2)
			at += size[i]
		}
	}
	return out
}
