package literal

// Unwarranted returns the literals of a sentence that its fact does not warrant, in order; nil when it warrants all. Each
// literal of the fact warrants one of the sentence's (see Entails), so a value cannot stand in for another one: of "decrees
// 164 and 165" the sentence "decrees 165 and 165" has one too many.
func Unwarranted(fact, claim []Literal) []Literal {
	m := matching{fact: fact, claim: claim, taken: make([]int, len(fact))}
	for i := range m.taken {
		m.taken[i] = -1
	}
	var without []Literal
	for i := range claim {
		if !m.place(i, make([]bool, len(fact))) {
			without = append(without, claim[i])
		}
	}
	return without
}

// matching pairs claims with facts by augmenting paths (Kuhn 1955); sentences hold few literals.
type matching struct {
	fact, claim []Literal
	taken       []int // the claim that a fact's literal warrants, or -1
}

// place finds a literal of the fact for claim i, moving earlier claims where that helps. tried marks those looked at.
func (m *matching) place(i int, tried []bool) bool {
	for j := range m.fact {
		if tried[j] || !Entails(m.fact[j], m.claim[i]) {
			continue
		}
		tried[j] = true
		if m.taken[j] < 0 || m.place(m.taken[j], tried) {
			m.taken[j] = i
			return true
		}
	}
	return false
}
