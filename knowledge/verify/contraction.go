package verify

import (
	"strings"

	"enlace/knowledge/lang"
)

// expand writes contractions out. Spans then belong to the expanded text, which is what the text's raw is.
func (s *side) expand(raw string) string {
	raw = norAny.Replace(raw)
	if !strings.ContainsAny(raw, "'’") && !strings.Contains(strings.ToLower(raw), "cannot") {
		return raw
	}
	var b strings.Builder
	from := 0
	for t, ok := lang.Next(raw, 0); ok; t, ok = lang.Next(raw, t.End) {
		if t.Kind != lang.Word {
			continue
		}
		end := t.End
		if next, more := lang.Next(raw, end); more && next.Start == end && strings.HasSuffix(strings.ToLower(next.Text), "s") && len(next.Text) <= 4 && !isLetter(next.Text[0]) {
			end = next.End
		}
		word := strings.ReplaceAll(strings.ToLower(raw[t.Start:end]), "’", "'")
		long, ok := contractions[word]
		if !ok {
			continue
		}
		if isCapital(t.Text) {
			long = strings.ToUpper(long[:1]) + long[1:]
		}
		b.WriteString(raw[from:t.Start])
		b.WriteString(long)
		from, t.End = end, end
	}
	if from == 0 {
		return raw
	}
	return b.String() + raw[from:]
}

// norAny is another way to write "and none".
var norAny = strings.NewReplacer(", nor does any ", ", and none ", ", nor do any ", ", and none ")

// contractions are the English ones with what they stand for; those in n't are taken apart where they stand.
var contractions = map[string]string{
	"it's": "it is", "he's": "he is", "she's": "she is", "that's": "that is", "there's": "there is", "who's": "who is",
	"they're": "they are", "we're": "we are", "you're": "you are", "i'm": "i am",
	"they've": "they have", "we've": "we have", "i've": "i have", "you've": "you have",
	"they'll": "they will", "he'll": "he will", "she'll": "she will", "it'll": "it will",
	"they'd": "they would", "he'd": "he would", "she'd": "she would", "it'd": "it would",
	"can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not",
	"isn't": "is not", "aren't": "are not", "wasn't": "was not", "weren't": "were not", "hasn't": "has not", "haven't": "have not",
	"hadn't": "had not", "doesn't": "does not", "don't": "do not", "didn't": "did not", "wouldn't": "would not",
	"couldn't": "could not", "shouldn't": "should not", "mustn't": "must not", "mightn't": "might not",
}
