package wording

import (
	"strings"
	"testing"

	"enlace/knowledge"
)

// stagesOf writes the stages of a text, those that are only named in brackets.
func stagesOf(text string, l knowledge.Lang) string {
	var out []string
	for _, m := range Stages(text, l) {
		s := m.Stage.String()
		if m.Named {
			s = "(" + s + ")"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestStages(t *testing.T) {
	for l, texts := range map[knowledge.Lang]map[string]string{
		knowledge.English: {
			"He was charged in Brooklyn.":                   "charged",
			"He faces charges.":                             "charged",
			"She is in charge.":                             "",
			"The indictment was unsealed.":                  "(indicted)",
			"A grand jury indicted him.":                    "indicted",
			"He was convicted and sentenced.":               "convicted, sentenced",
			"His conviction stands.":                        "(convicted)",
			"He was found not guilty.":                      "acquitted",
			"He pleaded not guilty.":                        "pleaded not guilty",
			"He pleaded guilty.":                            "pleaded guilty",
			"The court approved his extradition.":           "approved, (extradited)",
			"He was extradited.":                            "extradited",
			"He was deported, not expelled.":                "deported, expelled",
			"He consented to the request.":                  "consented, (requested)",
			"Both signed a memorandum.":                     "signed, memorandum",
			"The treaty was ratified and is in force.":      "treaty, ratified, in force",
			"It is an agreement.":                           "agreement",
			"According to DHS.":                             "",
			"It was a sign of trust.":                       "",
			"He was arrested and is detained.":              "arrested, detained",
			"Police recaptured the fugitive.":               "recaptured, fugitive",
			"He escaped.":                                   "escaped",
			"The meeting was held in Quito.":                "",
			"The Federal Bureau of Investigation.":          "",
			"He ordered it in order to win.":                "ordered",
			"The gang was designated and sanctioned.":       "designated, sanctioned",
			"He was freed.":                                 "released",
			"DHS released a statement.":                     "",
			"He will stand trial.":                          "(on trial)",
			"The suspect surrendered.":                      "suspected, surrendered",
			"He was investigated, then the case dismissed.": "investigated, dismissed",
			"Voters rejected what he proposed.":             "rejected, proposed",
			"Bail was granted.":                             "granted",
			"They agreed, DHS announced.":                   "agreed, announced",
			"He was accused.":                               "accused",
			"He was captured and imprisoned.":               "captured, imprisoned",
		},
		knowledge.Spanish: {
			"Fue acusado de narcotráfico.":             "accused",
			"Fue acusado formalmente.":                 "indicted",
			"La acusación formal llegó.":               "(indicted)",
			"Fue imputado y procesado.":                "charged, charged",
			"Enfrenta siete cargos.":                   "charged",
			"Ocupa un cargo.":                          "",
			"Fue condenado.":                           "convicted",
			"Fue condenado a 34 años.":                 "convicted, sentenced",
			"Su condena es firme.":                     "(convicted)",
			"Fue sentenciado.":                         "sentenced",
			"Condenó el ataque.":                       "",
			"Fue absuelto.":                            "acquitted",
			"Se declaró no culpable.":                  "pleaded not guilty",
			"Se declaró culpable.":                     "pleaded guilty",
			"La corte aprobó su extradición.":          "approved, (extradited)",
			"Fue extraditado.":                         "extradited",
			"Fue deportado, no expulsado.":             "deported, expelled",
			"Aceptó la solicitud.":                     "consented, (requested)",
			"Firmaron un memorando.":                   "signed, memorandum",
			"El tratado fue ratificado y está vigente": "treaty, ratified, in force",
			"Han tratado el tema.":                     "",
			"Es un convenio.":                          "agreement",
			"De acuerdo con DHS.":                      "",
			"Anunció el acuerdo.":                      "announced, agreement",
			"El anuncio del pacto.":                    "(announced), agreement",
			"Acordaron esperar.":                       "agreed",
			"Fue arrestado; su arresto duró poco.":     "arrested, (arrested)",
			"Fue recapturado el prófugo.":              "recaptured, fugitive",
			"Fue capturado y está detenido.":           "captured, detained",
			"Se fugó; la fuga fue larga.":              "escaped, (escaped)",
			"Un juzgado lo vio.":                       "",
			"Será juzgado.":                            "on trial",
			"El juicio sigue.":                         "(on trial)",
			"Lo ordenó el juez.":                       "ordered",
			"El orden público.":                        "",
			"Fue entregado.":                           "surrendered",
			"Fue investigado como sospechoso.":         "investigated, suspected",
			"Rechazaron la propuesta.":                 "rejected, (proposed)",
			"El juez desestimó el caso.":               "dismissed",
			"Le concedió la libertad.":                 "granted",
			"Quedó en libertad, ya no está preso.":     "released, imprisoned",
			"Fue designada y sancionada.":              "designated, sanctioned",
		},
	} {
		for text, want := range texts {
			if got := stagesOf(text, l); got != want {
				t.Errorf("%s: %q has the stages %q, want %q", l, text, got, want)
			}
		}
	}
}

func TestStageNamesAreSetAndDiffer(t *testing.T) {
	seen := map[string]Stage{}
	for s := NoStage + 1; s < stageCount; s++ {
		if other, ok := seen[s.String()]; ok || s.String() == "" {
			t.Errorf("stage %d is called %q, as is stage %d", s, s, other)
		}
		seen[s.String()] = s
		if ladder[s].en.told == "" || ladder[s].es.told == "" {
			t.Errorf("%v has no words", s)
		}
	}
}
