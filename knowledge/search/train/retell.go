package train

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// retell leaves words of a phrasing out and drops letters.
func retell(text string, random *rand.Rand) string {
	var kept []string
	for word := range strings.FieldsSeq(text) {
		switch random.IntN(8) {
		case 0, 1, 2:
			continue
		case 3:
			if letters := []rune(word); len(letters) > 5 {
				at := 1 + random.IntN(len(letters)-2)
				word = string(slices.Delete(letters, at, at+1))
			}
		}
		kept = append(kept, word)
	}
	return strings.Join(kept, " ")
}

// misspell makes one typo in a word of five letters or more, if it finds one soon.
func misspell(text string, random *rand.Rand) string {
	words := strings.Fields(text)
	for range min(4, len(words)) {
		i := random.IntN(len(words))
		letters := []rune(words[i])
		if len(letters) < 5 {
			continue
		}
		at := 1 + random.IntN(len(letters)-2)
		switch random.IntN(3) {
		case 0:
			letters = slices.Delete(letters, at, at+1)
		case 1:
			letters[at], letters[at+1] = letters[at+1], letters[at]
		case 2:
			letters = slices.Insert(letters, at, letters[at])
		}
		words[i] = string(letters)
		break
	}
	return strings.Join(words, " ")
}

// mix begins with one text and ends with one of others in another language, as people do who live in two; without others it
// returns the text.
func mix(text string, others []string, random *rand.Rand) string {
	if len(others) == 0 {
		return text
	}
	a, b := strings.Fields(text), strings.Fields(others[random.IntN(len(others))])
	if len(a) < 3 || len(b) < 3 {
		return text
	}
	n := 1 + random.IntN(len(a)-1)
	from := min(max(1, len(b)*n/len(a)), len(b)-1)
	return strings.Join(append(slices.Clone(a[:n]), b[from:]...), " ")
}
