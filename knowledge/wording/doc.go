// Package wording holds the closed lists of words that decide how firmly a sentence speaks (alleged, denied, only,
// about, before, because, if ...) and how far a case or a document has come (charged, convicted, signed, in force), in
// English and Spanish, and finds them in a text.
//
// The lists are the project's own: they began as the word lists of its verification notes and grew with the facts.
// english.go and spanish.go have one list for each class, ladder.go both languages of each stage. To extend one, add
// an entry and a sentence to the tests, both where it must be found and where it must not. Entries are separated by
// commas or line breaks and are matched on folded words, at word borders, the longest first:
//
//	presunt(o|a|os|as)   alternatives; they may be empty and stand anywhere
//	according to         words that follow each other, with nothing between
//	=sí                  with exactly these accents
//	~n't                 any word that ends so
//	<pp>                 a Spanish participle (firmado, dicho)
//	<future>, <conditional>   a Spanish verb form with its accent (firmará, firmaría)
//	<n>                  a number, in digits or words, a currency sign before it or not
//	<q>                  a number that is not a year
//	<w>                  any word
//	<gap>                up to twelve words of the same sentence, or none
//	!in charge           no match: the words are passed over for this list
package wording
