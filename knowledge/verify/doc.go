// Package verify proves sentences: it decides, without a model, a clock or a network, whether a drafted sentence says
// nothing but what a cited fact says.
//
// # How a sentence is proved
//
// A sentence and the fact's text in the same language are cut into units: typed values (dates, numbers, money; package
// literal), names (the base's alias table), and words with their effect (negation, hedge, legal stage, "only"; package
// wording). Articles, auxiliaries and prepositions are no units; they are kept as what stands before one.
//
// The sentence is proved when its units are the fact's, in the fact's order, apart from edits that cannot change what is
// said:
//
//   - another form of a unit: an alias, a date written differently or less precisely, digits for words, plural for
//     singular, a pair of the curated synonym table, a pronoun whose antecedent is the named one;
//   - a time phrase, an attribution or another adverbial moved between the front, the middle and the end;
//   - passive for active, where the roles stay;
//   - something left out that nothing else hangs on: a parenthesis, an apposition, a prepositional phrase, a modifier, a
//     clause after a semicolon. Never a negation, a hedge, a condition or an "only" whose head stays, and nothing at all
//     inside their scope.
//
// "And" stays where the fact has it. A phrase never comes to hang on another noun because its own was left out, and a date
// never moves behind a "that".
//
// Behind a proved sentence, a sentence may leave to it what it makes certain: its subject, in Spanish without a pronoun as
// well; its one day ("that day"); what a noun with an article is said to be ("the 18 months [of the agreement]").
//
// Everything else is refused with a named [Check] and the offending words. Facts that are alleged, conditional or have a
// "but" must be told nearly whole, disputed facts whole.
//
// What the proof cannot see: a true sentence that misleads by what it leaves out.
package verify
