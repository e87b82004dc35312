package search

// Candidates runs the first stage alone, for benchmarks, and returns how many facts it picks.
func (x *Index) Candidates(q Query, r *Result) int {
	side := x.side(q.Lang)
	r.reset()
	s := side.scratch()
	defer side.free(s)
	s.read(side, q, r)
	s.collect(side)
	return len(s.candidates)
}
