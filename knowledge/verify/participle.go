package verify

import (
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

func (s *side) spanish() bool { return s.lang == knowledge.Spanish }

func lower(s string) string { return strings.ToLower(s) }

// irregularParticiples are the participles that do not end like one.
var irregularParticiples = wordSet(`held made put set told found sent built led kept won cast shot met read cut hit hurt said paid laid bought
	brought caught taught thought sold lost left hung run become come let struck understood taken given written known seen begun drawn
	spoken chosen broken stolen flown hidden driven shown proven sworn worn done grown overseen undertaken`)

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

func englishParticiple(word string) bool {
	return strings.HasSuffix(word, "ed") && len(word) > 3 || irregularParticiples[word]
}

var irregularSpanish = wordSet(`hecho dicho puesto escrito visto roto muerto abierto cubierto suscrito impuesto propuesto dispuesto resuelto vuelto
	descrito inscrito compuesto expuesto absuelto electo preso descubierto`)

func spanishParticiple(word string) bool {
	w := lang.Fold(word)
	w = strings.TrimSuffix(w, "s")
	if strings.HasSuffix(w, "a") {
		w = w[:len(w)-1] + "o"
	}
	return len(w) > 4 && (strings.HasSuffix(w, "ado") || strings.HasSuffix(w, "ido")) || irregularSpanish[w]
}

// irregularPast are Spanish pasts without the accent of the regular ones.
var irregularPast = wordSet(`hizo dijo tuvo pudo puso quiso vino dio supo hubo anduvo trajo condujo produjo propuso dispuso impuso mantuvo obtuvo
	detuvo sostuvo convino intervino hicieron tuvieron pusieron vinieron dieron mantuvieron obtuvieron detuvieron`)
