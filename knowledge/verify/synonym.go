package verify

import (
	"strings"

	"enlace/knowledge"
)

// synonyms are groups of words and phrases that may stand for each other in the facts' field, separated by line breaks.
// The first member names the group. No group may hold words of different legal stages, hedges or guard classes; a test
// proves that for every pair. Number and gender follow by themselves, tense does not.
var synonyms = map[knowledge.Lang]string{
	knowledge.English: `
		lawyer, attorney
		final, last
		said, stated, says
		took part, participated
		takes part, participates
		shipments, consignments
		spokesperson, spokeswoman, spokesman
		jail, prison
		concealed, hidden
		vanishing, disappearing
		began, started
		beginning, starting
		created, set up
		sets up, creates
		helped, assisted
		help, assistance
		buy, purchase
		bought, purchased
		link, connect
		landed, arrived
		permanently, on a permanent basis
		nonstop, around the clock, round the clock
		took office, assumed office
		represents, defends
		runs, operates, manages
		locate, find
		found, discovered
		scheme, program
		alias, nickname
		inmates, prisoners
		country, nation
		nationals, citizens
		collaborate, cooperate
		cooperation, collaboration
		cargo, freight
		abroad, overseas
		deputy minister, vice-minister
		staff, personnel
		plane, aircraft
		rest, remainder
		on the run, at large`,
	knowledge.Spanish: `
		participaron, tomaron parte
		participó, tomó parte
		abogado, letrado
		dijo, señaló, afirmó, indicó
		dice, señala, afirma, indica
		vocera, portavoz
		cárcel, prisión
		oculto, escondido
		empezó, comenzó, inició
		empezar, comenzar, iniciar
		comprar, adquirir
		comprado, adquirido
		regresó, volvió
		volver, regresar
		ubicar, situar
		apodo, sobrenombre
		reemplazar, sustituir
		colaborarán, cooperarán
		cooperación, colaboración
		trámite, procedimiento
		avión, aeronave
		hallado, encontrado
		hallar, encontrar
		crimen organizado, delincuencia organizada
		narcotráfico, tráfico de drogas
		sicariato, asesinatos por encargo
		país, nación
		dirigió, encabezó
		asistió, acudió`,
}

// groups parses the table of a language: member lists, the first of each being the group's name.
func groups(l knowledge.Lang) (out [][]string) {
	for line := range strings.SplitSeq(synonyms[l], "\n") {
		var g []string
		for w := range strings.SplitSeq(line, ",") {
			if w = strings.TrimSpace(w); w != "" {
				g = append(g, w)
			}
		}
		if len(g) > 1 {
			out = append(out, g)
		}
	}
	return out
}
