// Package lang knows words and languages: it guesses the language of a text, cuts it into tokens and sentences, and
// folds, stems and weighs its words. Everything works on English and Spanish and is safe for concurrent use.
//
// A question goes through Normalize once; after that search works on folded words (Fold: no case, no accents), and
// verification on FoldKeepEnye, which keeps ñ apart from n. All tables are the project's own, except the stop words,
// which come from the Snowball project (BSD licence, snowballstem.org), and the stemmers of blevesearch/snowballstem.
package lang
