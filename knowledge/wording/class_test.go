package wording

import (
	"testing"

	"enlace/knowledge"
)

// sentences are, for a class, sentences that speak so and near misses that do not.
type sentences struct{ found, missed []string }

var classSentences = map[knowledge.Lang]map[Class]sentences{
	knowledge.English: {
		Allegation: {
			[]string{"He is accused of smuggling.", "The indictment says that he led the gang.", "Prosecutors allege seven counts.", "He allegedly fled.", "According to the police, he hid.", "He is described by authorities as a leader.", "He is said to own it.", "A co-defendant is at large."},
			[]string{"She is in charge of the office.", "Of course he left.", "Entry is free of charge.", "He was supposed to arrive.", "It went according to plan."},
		},
		Report: {
			[]string{"Noem said so.", "The AP reported it.", "He told reporters.", "It was reportedly cold.", "DHS announced it."},
			[]string{"She visited Quito.", "He is a noted lawyer.", "The United States and Ecuador met."},
		},
		Dispute: {
			[]string{"Outlets differ on the date.", "He denied it.", "Some say Manta, others Montecristi.", "The number is unknown.", "Two versions exist.", "It was May, although DHS says June."},
			[]string{"He signed it in Quito.", "An armed conflict began.", "It was nothing but talk."},
		},
		Uncertainty: {
			[]string{"He may appeal.", "It is likely to pass.", "He is expected to appear.", "Apparently he left."},
			[]string{"It passed in May 2025.", "On 8 May they met.", "The vote of May 8 failed.", "He appeared in court."},
		},
		Upgrade: {
			[]string{"It was confirmed.", "He was found guilty.", "They murdered him.", "The treaty was ratified.", "He confessed."},
			[]string{"He pleaded not guilty.", "It was not confirmed.", "A certain officer came.", "It is unconfirmed."},
		},
		Negation: {
			[]string{"He did not sign.", "He didn't sign.", "He didn’t sign.", "No text is public.", "Nobody came.", "It left without him.", "He cannot go.", "he didnt sign"},
			[]string{"He signed a note.", "No. 7 is free.", "The northern wall."},
		},
		Exclusive: {
			[]string{"Only two signed.", "All officers left.", "It was the first such case.", "Both signed.", "One of the leaders fled.", "Most voters agreed.", "Several men fled."},
			[]string{"He spent some 17 months away.", "His first name is José.", "At most two came.", "She signed it."},
		},
		Comparison: {
			[]string{"The largest gang.", "More men came.", "The second-largest port.", "It was worse.", "The most violent gang."},
			[]string{"More than ten came.", "At least ten came.", "A big gang."},
		},
		Approximator: {
			[]string{"About 1,600 men.", "It cost about $13.5 million.", "Nearly all left.", "At least two came.", "Some 17 months.", "Up to 20 years.", "Over 100 men.", "More than half.", "About a year."},
			[]string{"We talked about Quito.", "Some men left.", "It was over in 2020.", "Two men."},
		},
		Temporal: {
			[]string{"After the vote he left.", "Before July.", "Until May 2029.", "By July 31 it was done.", "While he was away.", "Since 2011.", "By then it was over."},
			[]string{"It was signed by Noem.", "He appeared before a judge.", "It is named after a river.", "He came by boat."},
		},
		Causal: {
			[]string{"Because of the vote.", "It led to a raid.", "Due to rain.", "As a result, he left.", "It caused a row.", "Therefore it failed.", "Thanks to the police."},
			[]string{"He was led away.", "The due date.", "There was probable cause.", "The results came."},
		},
		Modal: {
			[]string{"He may appeal.", "It will start.", "He won't go.", "She'll sign.", "They must leave.", "He could sign.", "He has to go."},
			[]string{"It began in May.", "On May 3 it ended.", "He has a free will.", "He signed it."},
		},
		Condition: {
			[]string{"If he agrees, it ends.", "Unless he pleads.", "Provided that it passes.", "In case of doubt."},
			[]string{"He acted as if dead.", "A gift.", "Help was provided by police."},
		},
		Contrast: {
			[]string{"Although he fled, he was caught.", "Despite the rain.", "He left, but returned.", "However, it failed."},
			[]string{"Nothing but rain.", "A butter knife.", "For a while it held."},
		},
	},
	knowledge.Spanish: {
		Allegation: {
			[]string{"El presunto líder huyó.", "Presuntamente huyó.", "Habría enviado armas.", "Habrían sido entregados.", "Sería el jefe.", "Tendría cuentas en Miami.", "Lo acusan de narcotráfico.", "Fue acusado de matar.", "Según la Fiscalía, huyó.", "La acusación le atribuye siete cargos.", "Fue señalado como cabecilla.", "Un sospechoso más."},
			[]string{"Por supuesto que firmó.", "Había firmado.", "Es una amenaza seria.", "Un acusado descenso de la violencia.", "Señaló el mapa.", "Ocupa el cargo.", "Partimos del supuesto de que llueve."},
		},
		Report: {
			[]string{"Informó la Policía.", "Noem dijo que sí.", "Según el diario.", "Anunció el acuerdo.", "De acuerdo con Primicias."},
			[]string{"El anuncio gustó.", "El diario Expreso cerró.", "Es un texto público.", "Se declaró culpable.", "Firmó en Quito."},
		},
		Dispute: {
			[]string{"Los medios difieren.", "Fito lo niega.", "Unos dicen Manta y otros Montecristi.", "Se desconoce el nombre.", "No está claro.", "Aunque otros lo dudan.", "Hay dos versiones.", "Sin confirmar."},
			[]string{"Firmó en Quito.", "Se negó a declarar.", "Esta clara noche.", "Una conversión."},
		},
		Uncertainty: {
			[]string{"Podría apelar.", "Al parecer huyó.", "Probablemente firme.", "Se prevé un juicio.", "Se espera su llegada."},
			[]string{"Espera en la celda.", "Firmó lo antes posible.", "El poder judicial."},
		},
		Upgrade: {
			[]string{"Fue confirmado.", "Es culpable.", "Asesinó a dos.", "Sin duda huyó.", "El tratado está vigente.", "Es el autor del crimen."},
			[]string{"Es el presunto autor.", "Se declaró no culpable.", "No ha sido confirmado.", "Sin confirmar.", "La autoridad."},
		},
		Negation: {
			[]string{"No firmó.", "Nunca firmó.", "Salió sin él.", "Ningún texto es público.", "Nadie vino.", "Tampoco ella.", "Ni uno ni otro."},
			[]string{"Sin embargo, firmó.", "No obstante, firmó.", "Nota al pie.", "Sin duda firmó."},
		},
		Exclusive: {
			[]string{"Solo dos firmaron.", "Sólo dos firmaron.", "Únicamente él.", "Todos los agentes.", "El primer caso.", "Ambos firmaron.", "La mayoría votó.", "Uno de los líderes.", "Algunos huyeron."},
			[]string{"Sobre todo en Quito.", "La primera dama llegó.", "El sol salió.", "Por último, firmó.", "Forma parte de la banda."},
		},
		Comparison: {
			[]string{"La mayor banda.", "Es peor.", "Vinieron más hombres.", "El principal puerto."},
			[]string{"Vinieron más de diez.", "Al menos diez.", "Más o menos diez.", "Una gran banda.", "Menores de edad."},
		},
		Approximator: {
			[]string{"Unos 17 meses.", "Cerca de 100 personas.", "Casi todos.", "Al menos dos.", "Más de mil.", "Menos de 20.", "Hasta 20 años.", "Aproximadamente 1600.", "Alrededor de 30."},
			[]string{"Unos hombres huyeron.", "Vive cerca de Quito.", "Hasta 2029 gobierna.", "Un caso.", "Más hombres."},
		},
		Temporal: {
			[]string{"Antes de julio.", "Después huyó.", "Desde 2011.", "Hasta 2029 gobierna.", "Durante el juicio.", "Mientras huía.", "Tras 17 meses."},
			[]string{"Hasta 20 años de cárcel.", "Mientras que ella firmó.", "Firmó él.", "Nadie sabe cuándo."},
		},
		Causal: {
			[]string{"Porque huyó.", "Por eso huyó.", "Debido a la lluvia.", "A raíz de la fuga.", "Gracias a la Policía.", "Como resultado, huyó."},
			[]string{"El debido proceso.", "La causa penal sigue.", "Por Quito.", "Los resultados llegaron."},
		},
		Modal: {
			[]string{"Puede apelar.", "Podría apelar.", "Deberá salir.", "Debe salir.", "Lo firmará mañana.", "Lo firmarían mañana.", "Tiene que salir."},
			[]string{"Firmó ayer.", "La Cancillería calló.", "la cancillería calló", "El poder judicial.", "Viajó a Irán con María Terán.", "la secretaría de policía", "Lo requería el juez."},
		},
		Condition: {
			[]string{"Si acepta, sale.", "Salvo que apele.", "A menos que apele.", "Siempre que firme.", "En caso de duda."},
			[]string{"Sí, acepta.", "Si bien huyó, volvió.", "Está a salvo.", "Como si nada."},
		},
		Contrast: {
			[]string{"Aunque huyó, volvió.", "Pero volvió.", "Sin embargo, volvió.", "Pese a la lluvia.", "Si bien huyó."},
			[]string{"Un perro.", "Salió sin él.", "Todo lo contrario."},
		},
	},
}

func TestEveryClassFindsItsSentencesAndNoNearMisses(t *testing.T) {
	for l, classes := range classSentences {
		for c := range LegalStage {
			s := classes[c]
			if len(s.found) < 3 || len(s.missed) < 3 {
				t.Errorf("%s: %v has too few sentences", l, c)
			}
			for _, text := range s.found {
				if !Has(text, l, c) {
					t.Errorf("%s: %q has no %v", l, text, c)
				}
			}
			for _, text := range s.missed {
				if m := Find(text, l, c); m != nil {
					t.Errorf("%s: %q has the %v %q", l, text, c, m[0].Text)
				}
			}
		}
	}
}

func TestClassNames(t *testing.T) {
	for c := range classCount {
		if c.String() == "" || c.String() == classCount.String() {
			t.Errorf("class %d has no name", c)
		}
	}
}
