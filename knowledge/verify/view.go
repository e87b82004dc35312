package verify

import "slices"

// view is a text's units in one of the orders that mean the same: as written, or a passive told actively.
type view struct {
	*text
	order     []int16
	voice     bool // verbs and their companions moved: what stands before units is not compared
	agentless int  // 1 + the place of the verb of a passive whose agent is not told; 0 = none
}

func (v *view) at(i int) *unit { return &v.units[v.order[i]] }

// written is the view of a text as it stands.
func written(t *text) view {
	v := view{text: t, order: make([]int16, len(t.units))}
	for i := range v.order {
		v.order[i] = int16(i)
	}
	return v
}

// views returns the orders in which a text may be read: as written, with its first passive turned, and with its opening
// attribution behind. A passive without an agent is turned in sentences only: a fact has nothing to be left out there.
func (s *side) views(t *text, isFact bool) []view {
	out := []view{written(t)}
	if v, ok := s.active(t, false); ok && !(isFact && v.agentless > 0) {
		out = append(out, v)
		if long, _ := s.active(t, true); !slices.Equal(long.order, v.order) {
			out = append(out, long)
		}
	}
	if a, ok := s.attributed(t); ok {
		out = append(out, written(a))
	}
	return out
}

func (v *view) add(from, to int) {
	for i := from; i < to; i++ {
		v.order = append(v.order, int16(i))
	}
}
