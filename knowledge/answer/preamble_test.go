package answer

import "testing"

func TestWithoutPreamble(t *testing.T) {
	for text, want := range map[string]string{
		"thanks, but who signed the memorandum?":       "who signed the memorandum?",
		"hey quick question: who signed it":            "who signed it",
		"Sorry, who is the judge":                      "who is the judge",
		"gracias! y quién firmó el memorando":          "quién firmó el memorando",
		"Hola, buenas tardes, ¿quién firmó?":           "¿quién firmó?",
		"Perdón, una pregunta: cuándo lo extraditaron": "cuándo lo extraditaron",
		"OK, and for how long":                         "for how long",
		"ya lo mandaron para alla?":                    "ya lo mandaron para alla?",
		"does anyone know his name":                    "does anyone know his name",
		"hi there":                                     "hi there",
		"thanks!":                                      "thanks!",
		"please where":                                 "please where",
		"history of the treaty":                        "history of the treaty",
		"Oklahoma, who lives there":                    "Oklahoma, who lives there",
		"hey, hey, hey":                                "hey, hey, hey",
		"":                                             "",
		"thanks, but “what” is an indictment in the US?": "“what” is an indictment in the US?",
	} {
		if got := withoutPreamble(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
