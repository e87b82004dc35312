package eval

import (
	"bufio"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Ranks say at which place retrieval found the fact of each question: from 1, or -1 for not found. They are checked in, so
// that a change shows which questions it costs.
type Ranks map[string]int

// Ranks returns the ranks of a half's questions that have an answer, turns of dialogues included.
func (r *Report) Ranks(h Half) Ranks {
	out := Ranks{}
	for i := range r.Results {
		if res := &r.Results[i]; res.Half == h && res.Rank != 0 {
			out[res.ID] = res.Rank
		}
	}
	return out
}

// ParseRanks reads lines of an id and a rank; empty lines and those that begin with # are skipped.
func ParseRanks(text string) (Ranks, error) {
	out := Ranks{}
	sc := bufio.NewScanner(strings.NewReader(text))
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, number, _ := strings.Cut(line, " ")
		rank, err := strconv.Atoi(strings.TrimSpace(number))
		if err != nil || rank < -1 || rank == 0 {
			return nil, fmt.Errorf("line %d: %q is no id and rank (write o-en-001 1, or -1 for not found)", n, line)
		}
		if _, twice := out[id]; twice {
			return nil, fmt.Errorf("line %d: the id %q is there twice (remove one)", n, id)
		}
		out[id] = rank
	}
	return out, sc.Err()
}

// String writes what ParseRanks reads, by id, under a line that sums it up.
func (r Ranks) String() string {
	var b strings.Builder
	var s Scores
	for _, rank := range r {
		s.Hit1.count(rank == 1)
		s.Hit5.count(rank >= 1 && rank <= 5)
	}
	fmt.Fprintf(&b, "# %d questions, hit@1 %s, hit@5 %s\n", len(r), percent(s.Hit1), percent(s.Hit5))
	for _, id := range slices.Sorted(maps.Keys(r)) {
		fmt.Fprintf(&b, "%s %d\n", id, r[id])
	}
	return b.String()
}

// Diff compares ranks with the ones checked in. Each line names a question with its old and new rank; fell holds those that
// got worse or are in one of the two only, rose those that got better. Both are ordered by id.
func (r Ranks) Diff(old Ranks) (fell, rose []string) {
	ids := maps.Clone(r)
	maps.Copy(ids, old)
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		was, known := old[id]
		is, asked := r[id]
		switch {
		case !known:
			fell = append(fell, fmt.Sprintf("%s: new, at %d", id, is))
		case !asked:
			fell = append(fell, fmt.Sprintf("%s: was at %d, not asked any more", id, was))
		case order(is) > order(was):
			fell = append(fell, fmt.Sprintf("%s: %d -> %d", id, was, is))
		case order(is) < order(was):
			rose = append(rose, fmt.Sprintf("%s: %d -> %d", id, was, is))
		}
	}
	return fell, rose
}

// order makes a fact that was not found worse than any rank.
func order(rank int) int {
	if rank < 0 {
		return 1 << 30
	}
	return rank
}
