package lang

import (
	"strings"

	"enlace/knowledge"
)

// Content returns the words and numbers of a text that carry meaning of their own: no stop words, nothing that stands for something
// said before, and nothing that only goes on from it.
func Content(text string, l knowledge.Lang) []Token {
	var out []Token
	for _, t := range Tokens(nil, text) {
		if t.Kind == Number || t.Kind == Word && !IsStop(t.Folded, l) && !IsPronoun(t.Folded, l) && !IsContinuer(t.Folded, l) {
			out = append(out, t)
		}
	}
	return out
}

// Names returns the capitalised words of a sentence, without the first one.
func Names(sentence string) []Token {
	var out []Token
	for i, t := range Tokens(nil, sentence) {
		if i > 0 && t.Kind == Word && t.Text != strings.ToLower(t.Text) {
			out = append(out, t)
		}
	}
	return out
}

// IsContinuer reports whether a folded word begins a question that goes on from the last one.
func IsContinuer(folded string, l knowledge.Lang) bool {
	_, ok := continuers[l][folded]
	return ok
}

// IsPronoun reports whether a folded word stands for something said before.
func IsPronoun(folded string, l knowledge.Lang) bool {
	_, ok := pronouns[l][folded]
	return ok
}

var continuers = map[knowledge.Lang]map[string]struct{}{
	knowledge.English: set("and but so then also"),
	knowledge.Spanish: set("y e pero entonces tambien"),
}

var pronouns = map[knowledge.Lang]map[string]struct{}{
	knowledge.English: set("it its it's that this he him his she her hers they them their theirs those these there then same one ones other others thing guy dude"),
	knowledge.Spanish: set("eso esa ese esos esas esto este estos estas ella ellos ellas lo le les su sus ahi alli alla entonces mismo misma otro otra otros otras aquel aquella tipo man vez"),
}
