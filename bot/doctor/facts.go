package doctor

import (
	"context"

	"enlace/knowledge"
	"enlace/knowledge/facts"
)

// facts loads the fact base and lints it.
func (x *exam) facts(context.Context) []Check {
	const name = "fact base"
	where := "built in"
	if x.FactsName != "" {
		where = x.FactsName
	}
	if x.Facts == nil {
		return []Check{failed(name, "see whether facts.dir is a directory that can be read", "%s cannot be read", where)}
	}
	y, m, d := x.Now().UTC().Date()
	base, problems := facts.CheckWith(x.Facts, facts.LintOptions{Now: knowledge.Date{Year: y, Month: m, Day: d}})
	problems = problems.In(x.FactsName)
	if bad := problems.Only(facts.Error); len(bad) > 0 {
		return []Check{failed(name, "correct it (`enlace facts lint` lists everything); until then nothing is answered",
			"%s: %d errors, %d warnings; the first: %s", where, len(bad), problems.Count(facts.Warning), bad[0])}
	}
	used := 0
	for i := range base.Facts {
		if base.Facts[i].InService() {
			used++
		}
	}
	if notes := problems.Only(facts.Warning); len(notes) > 0 {
		return []Check{warned(name, "look at `enlace facts lint`", "%s: %d facts, %d warnings; the first: %s", where, used, len(notes), notes[0])}
	}
	return []Check{passed(name, "%s: %d facts, no remarks, %.19s", where, used, base.Version)}
}
