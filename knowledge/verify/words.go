package verify

import (
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// marked is put behind the key of a Spanish word whose last vowel has an accent, so that firmó stays apart from firmo.
const marked = "´"

// exactKey returns the key under which only the same word is found: lower case, no accents except on a Spanish ending.
func exactKey(lower string, l knowledge.Lang) string {
	k := lang.FoldKeepEnye(lower)
	if l == knowledge.Spanish && accentedEnd(lower) {
		return k + marked
	}
	return strings.TrimSuffix(k, "'")
}

// accentedEnd reports whether a word ends in an accented vowel or in -án, as verbs do in the past and the future.
func accentedEnd(lower string) bool {
	for _, end := range [...]string{"á", "é", "í", "ó", "ú", "án"} {
		if strings.HasSuffix(lower, end) {
			return true
		}
	}
	return false
}

// wordKeys returns the keys of a common word, the first of them its own: words that share a key are forms of one word,
// apart in number, gender or spelling only. Tense is never folded.
func wordKeys(exact string, l knowledge.Lang) [3]string {
	if l == knowledge.Spanish {
		return spanishKeys(exact)
	}
	return englishKeys(exact)
}

func englishKeys(w string) (keys [3]string) {
	w = american(w)
	keys[0] = englishSingular(w)
	if base, ok := participles[w]; ok {
		keys[1] = base
	}
	return keys
}

func englishSingular(w string) string {
	n := len(w)
	switch {
	case n < 4 || strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is"):
		return w
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes"):
		return w[:n-2]
	case w[n-1] == 's':
		return w[:n-1]
	}
	return w
}

// britishEndings turn British endings and words into American ones. The endings are tried in order.
var britishEndings = [...][2]string{
	{"isation", "ization"}, {"isations", "izations"}, {"ising", "izing"}, {"ised", "ized"}, {"ises", "izes"}, {"ise", "ize"},
	{"ysing", "yzing"}, {"ysed", "yzed"}, {"yse", "yze"}, {"avelled", "aveled"}, {"aveller", "aveler"}, {"avellers", "avelers"},
	{"abelled", "abeled"}, {"ancelled", "anceled"}, {"fence", "fense"}, {"icence", "icense"},
	{"ogramme", "ogram"}, {"ogrammes", "ograms"}, {"entre", "enter"}, {"entres", "enters"}, {"abour", "abor"}, {"eighbour", "eighbor"},
	{"avour", "avor"}, {"arbour", "arbor"}, {"olour", "olor"}, {"honour", "honor"},
}

func american(w string) string {
	if len(w) < 5 {
		return w
	}
	for _, e := range britishEndings {
		if strings.HasSuffix(w, e[0]) && len(w) > len(e[0])+1 {
			return w[:len(w)-len(e[0])] + e[1]
		}
	}
	switch w {
	case "defences", "offences":
		return w[:len(w)-4] + "nses"
	}
	return w
}

// participles are the English verbs whose past and participle differ, the participle under the past; "was taken" is the
// passive of "took".
var participles = pairs(`taken took, given gave, written wrote, known knew, seen saw, begun began, drawn drew, spoken spoke, chosen chose,
	broken broke, stolen stole, flown flew, hidden hid, driven drove, shown showed, proven proved, risen rose, overseen oversaw,
	overturned overturned, undertaken undertook, sworn swore, worn wore, done did, grown grew`)

func pairs(list string) map[string]string {
	m := map[string]string{}
	for p := range strings.SplitSeq(list, ",") {
		if f := strings.Fields(p); len(f) == 2 {
			m[f[0]] = f[1]
		}
	}
	return m
}

// genderEndings are those of Spanish adjectives, participles and names of trades that have two genders.
var genderEndings = [...]string{
	"ado", "ada", "ido", "ida", "ivo", "iva", "ario", "aria", "oso", "osa", "ano", "ana", "ico", "ica", "ero", "era", "tra", "tro",
	"rno", "rna", "nto", "nta", "icto", "icta", "tor", "tora", "sto", "sta", "cho", "cha", "bre", "sor", "sora", "rro", "rra", "no", "na",
}

func spanishKeys(w string) (keys [3]string) {
	if strings.HasSuffix(w, marked) {
		keys[0] = w
		return keys
	}
	if p := preterite(w); p != w {
		keys[0] = p
		return keys
	}
	keys[0] = spanishSingular(w)
	if len(w) > 5 {
		for _, e := range genderEndings {
			if strings.HasSuffix(keys[0], e) {
				keys[1] = strings.TrimRight(keys[0], "oa") + "o"
				break
			}
		}
		if strings.HasSuffix(w, "an") || strings.HasSuffix(w, "en") {
			keys[2] = w[:len(w)-1]
		}
	}
	if strings.HasSuffix(w, "ces") {
		keys[1] = w[:len(w)-3] + "z" // jueces and juez, but enlaces and enlace
	}
	if p, ok := preteriteOf(keys[0]); ok {
		keys[2] = p
	}
	return keys
}

// preterite brings the third person plural of the simple past to its singular: firmaron is firmó, dijeron is dijo.
func preterite(w string) string {
	switch {
	case strings.HasSuffix(w, "jeron"):
		return strings.TrimSuffix(w, "eron") + "o"
	case strings.HasSuffix(w, "aron") && len(w) > 5:
		return strings.TrimSuffix(w, "aron") + "o" + marked
	case strings.HasSuffix(w, "ieron") && len(w) > 6:
		return strings.TrimSuffix(w, "eron") + "o" + marked
	}
	return w
}

// preteriteOf returns the simple past of the regular verb whose participle a word is: firmado is firmó, recibido is
// recibió. "fue firmado" is the passive of "firmó".
func preteriteOf(singular string) (string, bool) {
	if len(singular) < 6 {
		return "", false
	}
	switch singular[len(singular)-3:] {
	case "ado", "ada":
		return singular[:len(singular)-3] + "o" + marked, true
	case "ido", "ida":
		return singular[:len(singular)-3] + "io" + marked, true
	}
	return "", false
}

func spanishSingular(w string) string {
	n := len(w)
	switch {
	case n < 4:
		return w
	case strings.HasSuffix(w, "es") && strings.IndexByte("rnldj", w[n-3]) >= 0 && n > 5:
		return w[:n-2]
	case w[n-1] == 's' && strings.IndexByte("aeo", w[n-2]) >= 0:
		return w[:n-1]
	}
	return w
}
