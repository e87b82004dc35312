// Package mutate turns the facts of a base into lies and into honest rewrites, to test a prover with: every lie must be
// refused, every rewrite accepted.
//
// The lies come in classes: a number, a date, a name or a legal stage is exchanged, a negation or a hedge goes in, out or
// elsewhere, true facts are joined by a cause, a sentence cites the wrong fact. A change that happens to stay true or to
// mean the same is not a lie: it is excluded, with its reason, and listed.
//
// Everything is a function of the base alone: the same base gives the same lies in the same order.
package mutate
