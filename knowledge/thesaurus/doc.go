// Package thesaurus knows which everyday words mean the same thing, in English and Spanish: "ship him off", "extradited"
// and "se lo llevaron" are one concept, "behind bars", "jailed" and "preso" another. Search carries a question's words to
// the facts' words over it, and the check whether a fact states the asked thing uses it to tell that a fact about a charge
// says nothing about a salary.
//
// The words are data, in concepts.txt, whose head explains the format. It is general knowledge of the two languages and
// written without looking at the question suite. A word stands under a concept only where that is mainly what it means in daily
// use, and under two concepts at most. Stages of the law that differ are different concepts: charged is not convicted.
package thesaurus
