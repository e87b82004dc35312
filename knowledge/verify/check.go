package verify

// Check names the check that a sentence failed. Its text is stable: logs, metrics and repair prompts use it.
type Check string

// The checks, in the order in which they are made. Passed is the check of a proved sentence.
const (
	Passed           Check = ""
	Characters       Check = "characters"          // a character that English and Spanish do not need
	Render           Check = "render"              // markup, an address or a mention
	Structure        Check = "structure"           // no sentence, several, no or too many ids, a citation mark
	Language         Check = "language"            // not the language of the answer
	UnknownFact      Check = "unknown_fact"        // an id that was not retrieved, or a fact without a text in this language
	Withdrawn        Check = "withdrawn"           // a fact out of service
	Number           Check = "number_not_in_facts" // a number, amount or time that the fact does not give
	Unit             Check = "unit"                // the number, but with another unit, currency or approximator
	Date             Check = "date"                // another date, a more precise one or a wrong weekday
	Name             Check = "name_not_in_fact"    // a name that the fact does not mention
	Negation         Check = "negation"            // a negation added, dropped or moved
	Upgrade          Check = "upgrade"             // settled, where the fact does not settle it
	LegalStage       Check = "legal_stage"         // another step of a case, a handover or a document
	GuardWord        Check = "guard_word"          // only, all, first, before, may … added or dropped
	Tense            Check = "tense"               // another time or mood
	Hedge            Check = "hedge"               // alleged, said, according to … added or dropped
	HedgeScope       Check = "hedge_scope"         // the hedge stands elsewhere
	Quote            Check = "quote"               // quotation marks around other words than the fact's
	NovelWord        Check = "novel_word"          // a word that the fact does not have
	Pronoun          Check = "pronoun"             // a pronoun without a certain antecedent
	Binding          Check = "binding"             // a value that belongs to something else
	Order            Check = "order"               // roles or clauses that changed places
	Omission         Check = "omission"            // something left out that the rest depends on
	SingleFact       Check = "single_fact"         // halves that are not joined by "and", or not proved each by its own fact
	VerbatimRequired Check = "verbatim_required"   // a disputed, alleged or conditional fact that is not told whole
)

// rank orders refusals by how near to a proof they are, so that the best of several is reported.
func (c Check) rank() int {
	for i, o := range [...]Check{
		Characters, Render, Structure, Language, UnknownFact, Withdrawn, NovelWord, Name, Number, Unit, Date, Upgrade, LegalStage,
		GuardWord, Negation, Hedge, Pronoun, Order, Binding, HedgeScope, Tense, Quote, Omission, SingleFact, VerbatimRequired, Passed,
	} {
		if c == o {
			return i
		}
	}
	return 0
}

// missing reports whether the check is that the fact lacks something that the sentence has.
func (c Check) missing() bool { return NovelWord.rank() <= c.rank() && c.rank() <= Pronoun.rank() }
