package wording

// Class is a closed list of words with one effect on what a sentence claims.
type Class uint8

// The classes. A word may be in several: "according to" is an allegation and a report.
const (
	Allegation   Class = iota // somebody says so and it is not proven: alleged, accused, presunto, habría + participle
	Report                    // a statement is attributed: said, according to, informó
	Dispute                   // there are several versions: denies, differ, although, se desconoce
	Uncertainty               // it may be otherwise: apparently, likely, al parecer
	Upgrade                   // it is settled: confirmed, guilty, ratified, comprobado
	Negation                  // not, never, without, ningún
	Exclusive                 // how many of a group: only, all, first, both, some, la mayoría
	Comparison                // more, larger, the largest, mayor, peor
	Approximator              // about, nearly, at least, up to, unos, más de
	Temporal                  // before, since, until, tras, mientras
	Causal                    // because, led to, debido a
	Modal                     // may, must, will, puede, deberá
	Condition                 // if, unless, salvo
	Contrast                  // but, despite, aunque
	LegalStage                // the words of the ladder; Match.Stage says which
	classCount
)

var classNames = [classCount]string{
	"allegation", "report", "dispute", "uncertainty", "upgrade", "negation", "exclusive", "comparison", "approximator",
	"temporal", "causal", "modal", "condition", "contrast", "legal stage",
}

// String returns the name of the class in lower case.
func (c Class) String() string {
	if c < classCount {
		return classNames[c]
	}
	return "unknown class"
}
