package verify

// alignment maps the units of a claim to those of a fact, both as places in their views.
type alignment struct {
	claim, fact view
	to          []int16 // by place in the claim: the fact's place, or -1
	from        []int16 // by place in the fact: the claim's place, or -1
}

// weights of the alignment: a pair, a pair right behind its neighbours' pair, and a unit that stays alone.
const (
	pairWeight     = 4
	neighbourBonus = 3
	aloneCost      = 1
)

// table is the memory of one alignment; it grows to the largest pair of texts and is reused.
type table struct {
	pair, best []int32 // best score that ends in the pair, and best of the prefixes
	step       []uint8
	possible   []bool
	to, from   []int16
}

const (
	fromPair uint8 = iota + 1
	skipClaim
	skipFact
	joined = 8 // the pair continues its neighbours' pair
)

func (m *table) grow(cells, claim, fact int) {
	if cap(m.pair) < cells {
		m.pair, m.best, m.step, m.possible = make([]int32, cells), make([]int32, cells), make([]uint8, cells), make([]bool, cells)
	}
	m.pair, m.best, m.step, m.possible = m.pair[:cells], m.best[:cells], m.step[:cells], m.possible[:cells]
	if cap(m.to) < claim || cap(m.from) < fact {
		m.to, m.from = make([]int16, claim), make([]int16, fact)
	}
	m.to, m.from = m.to[:claim], m.from[:fact]
}

const minusInfinity = -1 << 20

// align finds the order-preserving pairing of most weight (Needleman and Wunsch 1970, with a bonus for runs). The result
// lives in the table until the next call.
func (m *table) align(c, f view) alignment {
	n, k := len(c.order), len(f.order)
	w := k + 1
	m.grow((n+1)*w, n, k)
	for j := 0; j <= k; j++ {
		m.best[j], m.pair[j], m.step[j] = 0, minusInfinity, skipFact
	}
	for i := 1; i <= n; i++ {
		m.best[i*w], m.pair[i*w], m.step[i*w] = int32(-i*aloneCost), minusInfinity, skipClaim
		cu := c.at(i - 1)
		for j := 1; j <= k; j++ {
			m.cell(i, j, w, sameUnit(c.text, cu, f.text, f.at(j-1)))
		}
	}
	m.trace(n, k, w)
	return alignment{claim: c, fact: f, to: m.to, from: m.from}
}

func (m *table) cell(i, j, w int, same bool) {
	at := i*w + j
	m.pair[at] = minusInfinity
	var how uint8
	if same {
		m.pair[at] = m.best[at-w-1] + pairWeight
		how = fromPair
		if p := m.pair[at-w-1] + pairWeight + neighbourBonus; p >= m.pair[at] {
			m.pair[at] = p
			how |= joined
		}
	}
	m.best[at], m.step[at] = m.pair[at], fromPair
	if s := m.best[at-1]; s > m.best[at] {
		m.best[at], m.step[at] = s, skipFact
	}
	if s := m.best[at-w] - aloneCost; s > m.best[at] {
		m.best[at], m.step[at] = s, skipClaim
	}
	m.step[at] |= how & joined
}

// trace walks back from the corner.
func (m *table) trace(n, k, w int) {
	for i := range m.to {
		m.to[i] = -1
	}
	for j := range m.from {
		m.from[j] = -1
	}
	forced := false
	for i, j := n, k; i > 0 || j > 0; {
		at := i*w + j
		step := m.step[at] &^ joined
		if forced {
			step = fromPair
		}
		switch {
		case i == 0 || step == skipFact && j > 0:
			j--
		case j == 0 || step == skipClaim:
			i--
		default:
			m.to[i-1], m.from[j-1] = int16(j-1), int16(i-1)
			forced = m.step[at]&joined != 0
			i, j = i-1, j-1
		}
	}
}
