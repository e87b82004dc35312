package verify

import (
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// glue are openings that say nothing: they are taken off before a sentence is read. A comma after them goes too.
var glue = map[knowledge.Lang][]string{
	knowledge.English: {
		"also", "additionally", "in addition", "moreover", "furthermore", "besides", "according to the facts", "the facts say that", "the facts say",
		"according to the available facts", "according to the information available", "as for this", "likewise", "and",
	},
	knowledge.Spanish: {
		"además", "también", "asimismo", "igualmente", "de igual modo", "según los hechos", "de acuerdo con los hechos", "según los hechos disponibles",
		"los hechos dicen que", "según la información disponible", "y",
	},
}

// maxSentence is how long a sentence may be, in bytes: several times the longest two facts joined.
const maxSentence = 2000

// margin is how sure the language must be before a sentence is refused for it.
const margin = 0.3

// admit makes the checks that need no fact, or only its characters, and returns the sentence without its glue.
func (s *side) admit(raw string, known ...string) (string, Verdict) {
	if len(raw) > maxSentence {
		return "", refuse(Structure, "it is longer than any sentence")
	}
	text, v := cleaned(raw)
	if v.Check != Passed {
		return "", v
	}
	if v := markup(text, known...); v.Check != Passed {
		return "", v
	}
	if strings.TrimSpace(text) == "" {
		return "", refuse(Structure, "it is empty")
	}
	if n := len(lang.Sentences(text)); n > 1 {
		return "", refuse(Structure, "it is more than one sentence")
	}
	if l, m := lang.Detect(text); l != s.lang && m > margin {
		return "", refuse(Language, "it is in another language than the answer")
	}
	return s.unglued(text), Verdict{}
}

func (s *side) unglued(text string) string {
	for _, g := range glue[s.lang] {
		if len(text) <= len(g) || !strings.EqualFold(text[:len(g)], g) {
			continue
		}
		rest := text[len(g):]
		if rest[0] != ',' && rest[0] != ' ' || rest[0] == ' ' && (g == "and" || g == "y") {
			continue
		}
		if rest = strings.TrimLeft(rest, ", "); rest != "" {
			return s.unglued(rest)
		}
	}
	return text
}

func hasSuffix(s string, ends []string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}
