package verify

import (
	"slices"
	"testing"

	"enlace/knowledge"
)

// told is a sentence with the facts that it cites and the checks that may refuse it; no check means that it is proved.
type told struct {
	lang   knowledge.Lang
	text   string
	facts  []knowledge.FactID
	checks []Check
}

func ids(list ...knowledge.FactID) []knowledge.FactID { return list }

// expect decides each sentence by itself against the shipped facts.
func expect(t *testing.T, cases ...told) {
	t.Helper()
	v, _ := verifier(t)
	for _, c := range cases {
		got := decide(v, c.lang, c.text, c.facts...)
		switch {
		case len(c.checks) == 0 && !got.OK:
			t.Errorf("refused: %s\n\t%v", c.text, got)
		case len(c.checks) > 0 && got.OK:
			t.Errorf("proved: %s\n\t%v", c.text, got)
		case len(c.checks) > 0 && !slices.Contains(c.checks, got.Check):
			t.Errorf("refused by %s, want %v: %s\n\t%v", got.Check, c.checks, c.text, got)
		}
	}
}

func TestCatalogueA01NumberChangedByOne(t *testing.T) {
	expect(t,
		told{"en", "Ecuador's government said the July 2025 agreement with the United States runs for 19 months.", ids("mou-duration-18-months"), []Check{Number}},
		told{"es", "El Gobierno ecuatoriano informó que el acuerdo de julio de 2025 con Estados Unidos tiene una vigencia de 17 meses.", ids("mou-duration-18-months"), []Check{Number}})
}

func TestCatalogueA02NumberWordChanged(t *testing.T) {
	expect(t,
		told{"en", "Seven prison guards were charged on January 8, 2024, over the escape of 'Fito'.", ids("fito-and-choneros-2024-guards"), []Check{Number}},
		told{"es", "Siete guías penitenciarios fueron procesados el 8 de enero de 2024 por la fuga de Fito.", ids("fito-and-choneros-2024-guards"), []Check{Number}})
}

func TestCatalogueA03Magnitude(t *testing.T) {
	expect(t,
		told{"en", "On September 4, 2025, Rubio announced 13.5 billion dollars in security assistance.", ids("mou-rel-2025-rubio-aid"), []Check{Number}},
		told{"en", "Ecuador offered a one-billion-dollar reward for information leading to the capture of 'Fito'.", ids("fito-and-choneros-reward"), []Check{Number}},
		told{"es", "El 4 de septiembre de 2025, Rubio anunció 13,5 mil millones de dólares en asistencia de seguridad.", ids("mou-rel-2025-rubio-aid"), []Check{Number}},
		told{"es", "Ecuador ofreció una recompensa de un billón de dólares por información que llevara a la captura de Fito.", ids("fito-and-choneros-reward"), []Check{Number}})
}

func TestCatalogueA04UnitOrCurrencySwapped(t *testing.T) {
	expect(t,
		told{"en", "Ecuador's government said the July 2025 agreement with the United States runs for 18 years.", ids("mou-duration-18-months"), []Check{Unit}},
		told{"en", "On September 4, 2025, Rubio announced 13.5 million euros in security assistance.", ids("mou-rel-2025-rubio-aid"), []Check{Unit}},
		told{"es", "El Gobierno ecuatoriano informó que el acuerdo de julio de 2025 con Estados Unidos tiene una vigencia de 18 años.", ids("mou-duration-18-months"), []Check{Unit}},
		told{"es", "El 4 de septiembre de 2025, Rubio anunció 13,5 millones de euros en asistencia de seguridad.", ids("mou-rel-2025-rubio-aid"), []Check{Unit}})
}

func TestCatalogueA05LocaleTrap(t *testing.T) {
	expect(t,
		told{"en", "In fiscal 2015 CBP made 11.589 such recommendations.", ids("ntc-liaison-gao-no-board"), []Check{Number, Unit, NovelWord, Omission, Name, Date}},
		told{"es", "En un video, Noem dijo que más de 272,000 ecuatorianos fueron interceptados en la frontera sur de EE. UU. entre 2022 y 2024, frente a 3.428 en el período reciente.", ids("mou-migration-noem-figures"), []Check{Number, Unit}})
}

func TestCatalogueA06DateChanged(t *testing.T) {
	expect(t,
		told{"en", "Noem landed in Quito on July 31, 2025.", ids("mou-arrival"), []Check{Date}},
		told{"en", "Noem landed in Quito on June 30, 2025.", ids("mou-arrival"), []Check{Date}},
		told{"en", "Noem landed in Quito on July 30, 2024.", ids("mou-arrival"), []Check{Date}},
		told{"en", "Judge Marco Rodríguez took office on 8/7/2025.", ids("extradition-request"), []Check{Date, Name, NovelWord}},
		told{"es", "La Corte Nacional de Justicia recibió el pedido formal de EE. UU. para extraditar a Fito el 07/08/2025.", ids("extradition-request"), []Check{Date}},
		told{"es", "La Corte Nacional de Justicia recibió el pedido formal de EE. UU. para extraditar a Fito el 08/07/2025.", ids("extradition-request"), nil},
		told{"es", "Noem llegó a Quito el 31 de julio de 2025.", ids("mou-arrival"), []Check{Date}})
}

func TestCatalogueA07DatePrecision(t *testing.T) {
	expect(t,
		told{"en", "Marco Rubio was U.S. Secretary of State when he visited Quito on September 4, 2025.", ids("people-and-bodies-rubio"), []Check{Date}},
		told{"en", "Noem landed in Quito in July 2025.", ids("mou-arrival"), nil},
		told{"es", "Marco Rubio era secretario de Estado de Estados Unidos cuando visitó Quito el 4 de septiembre de 2025.", ids("people-and-bodies-rubio"), []Check{Date}},
		told{"es", "Noem llegó a Quito en julio de 2025.", ids("mou-arrival"), nil})
}

func TestCatalogueA08Approximator(t *testing.T) {
	expect(t,
		told{"en", "On August 12, 2023, 4,000 police and soldiers moved 'Fito' from the Regional prison to La Roca.", ids("fito-and-choneros-aug-2023-transfer"), []Check{Unit, Number}},
		told{"en", "Ecuador's government said the July 2025 agreement with the United States runs for about 18 months.", ids("mou-duration-18-months"), []Check{Unit, Number}},
		told{"es", "El 12 de agosto de 2023, 4.000 policías y militares trasladaron a Fito de la cárcel Regional a La Roca.", ids("fito-and-choneros-aug-2023-transfer"), []Check{Unit, Number}},
		told{"es", "El Gobierno ecuatoriano informó que el acuerdo de julio de 2025 con Estados Unidos tiene una vigencia de unos 18 meses.", ids("mou-duration-18-months"), []Check{Unit, Number}})
}

func TestCatalogueA09NumberOfASibling(t *testing.T) {
	expect(t,
		told{"en", "On January 8, 2024, Noboa declared a 60-day state of exception with a night curfew, through decree 111.", ids("fito-and-choneros-2024-emergency", "fito-and-choneros-2024-conflict"), []Check{Number, SingleFact, Omission, Order, Unit}},
		told{"es", "El 8 de enero de 2024, Noboa declaró con el decreto 111 un estado de excepción de 60 días con toque de queda nocturno.", ids("fito-and-choneros-2024-emergency", "fito-and-choneros-2024-conflict"), []Check{Number, SingleFact, Omission, Order, Unit}})
}

func TestCatalogueA10NameOfASibling(t *testing.T) {
	expect(t,
		told{"en", "José Suing took office as acting president of Ecuador's National Court of Justice on January 15, 2026.", ids("people-and-bodies-marco-rodriguez"), []Check{Name}},
		told{"es", "José Suing asumió como presidente encargado de la Corte Nacional de Justicia del Ecuador el 15 de enero de 2026.", ids("people-and-bodies-marco-rodriguez"), []Check{Name}})
}

func TestCatalogueA11TwoNamesSwapped(t *testing.T) {
	expect(t,
		told{"en", "Los Choneros is an Ecuadorian gang, a rival of Los Lobos, designated a terrorist organisation by the US in September 2025.", ids("people-and-bodies-lobos"), []Check{Order}},
		told{"es", "Los Choneros es una banda ecuatoriana, rival de Los Lobos, designada organización terrorista por EE. UU. en septiembre de 2025.", ids("people-and-bodies-lobos"), []Check{Order}})
}

func TestCatalogueA12Alias(t *testing.T) {
	expect(t,
		told{"en", "José Adolfo Macías Villamar escaped from La Roca prison in Guayaquil along with 17 other inmates on February 11, 2013.", ids("fito-and-choneros-2013-escape"), nil},
		told{"en", "On February 11, 2013, Darío Macías escaped from La Roca prison.", ids("fito-and-choneros-2013-escape"), []Check{Name}},
		told{"es", "El 11 de febrero de 2013, Adolfo Macías se fugó de la cárcel La Roca, en Guayaquil, junto con otros 17 reos.", ids("fito-and-choneros-2013-escape"), nil},
		told{"es", "El 11 de febrero de 2013, Darío Macías se fugó de la cárcel La Roca.", ids("fito-and-choneros-2013-escape"), []Check{Name}})
}

func TestCatalogueA13Negation(t *testing.T) {
	expect(t,
		told{"en", "Noem did not land in Quito on July 30, 2025.", ids("mou-arrival"), []Check{Negation, NovelWord}},
		told{"en", "The DHS release consulted on Noem's July 2025 visit describes the liaison memorandum and describes a separate biometric agreement.", ids("mou-biometric-not-in-dhs-release"), []Check{Negation, Tense}},
		told{"es", "Noem no llegó a Quito el 30 de julio de 2025.", ids("mou-arrival"), []Check{Negation}},
		told{"es", "El memorando del 31 de julio de 2025 fue la base de la extradición de Fito, entregado once días antes.", ids("mou-not-basis-of-fito-extradition"), []Check{Negation, Tense}},
		told{"es", "Fuente consultada da el nombre o el grado del oficial ecuatoriano asignado al NTC.", ids("ntc-liaison-identity-unknown"), []Check{Negation}})
}

func TestCatalogueA14OnlyAllFirst(t *testing.T) {
	expect(t,
		told{"en", "Only SNAI runs Ecuador's prisons.", ids("people-and-bodies-snai"), []Check{GuardWord}},
		told{"en", "On January 9, 2024, decree 111 labelled all groups, including Los Choneros, as terrorist organisations.", ids("fito-and-choneros-2024-conflict"), []Check{GuardWord}},
		told{"en", "Ecuador was the final stop of Noem's July 2025 South American tour.", ids("mou-tour-last-stop"), nil},
		told{"en", "With about 75 percent counted in the April 2024 referendum, Sucumbíos was one of 24 provinces where No led on extradition.", ids("legal-background-2024-sucumbios"), []Check{GuardWord, Number, Omission}},
		told{"es", "Solo el SNAI administra las cárceles del Ecuador.", ids("people-and-bodies-snai"), []Check{GuardWord}},
		told{"es", "El 9 de enero de 2024, el decreto 111 calificó como terroristas a todos los grupos, incluidos Los Choneros.", ids("fito-and-choneros-2024-conflict"), []Check{GuardWord}},
		told{"es", "Sucumbíos era la primera de las 24 provincias donde el No ganaba en extradición.", ids("legal-background-2024-sucumbios"), []Check{GuardWord, Number}})
}

func TestCatalogueA15TimeAndMood(t *testing.T) {
	expect(t,
		told{"en", "Before 2024, Article 79 of Ecuador's 2008 Constitution barred extraditing Ecuadorians under any circumstances.", ids("legal-background-art79-before"), []Check{GuardWord}},
		told{"en", "Noem will land in Quito on July 30, 2025.", ids("mou-arrival"), []Check{GuardWord, NovelWord}},
		told{"en", "Ecuador's 2025 extradition bill suspends the limitation periods of Ecuadorian cases and sentences while an extradited person is tried or jailed abroad.", ids("legal-background-bill-prescription"), []Check{GuardWord, NovelWord, Hedge}},
		told{"es", "Desde 2024, el artículo 79 de la Constitución del Ecuador de 2008 prohibía en todo caso la extradición de ecuatorianos.", ids("legal-background-art79-before"), []Check{GuardWord}},
		told{"es", "Noem llegará a Quito el 30 de julio de 2025.", ids("mou-arrival"), []Check{GuardWord, NovelWord}},
		told{"es", "La Fiscalía de EE. UU. sostiene que Los Choneros han atacado a policías, políticos, abogados, fiscales y civiles.", ids("extradition-allege-targets"), []Check{Tense, Hedge, GuardWord}})
}

func TestCatalogueA16HedgeRemoved(t *testing.T) {
	expect(t,
		told{"en", "Los Choneros attacked police, politicians, lawyers, prosecutors and civilians.", ids("extradition-allege-targets"), []Check{Hedge}},
		told{"en", "The July 2025 agreement with the United States runs for 18 months.", ids("mou-duration-18-months"), []Check{Hedge}},
		told{"es", "Los Choneros habrían atacado a policías, políticos, abogados, fiscales y civiles.", ids("extradition-allege-targets"), []Check{Hedge}},
		told{"es", "El cargo cinco de la acusación de EE. UU. atribuye a Fito el uso de armas de fuego para promover el narcotráfico.", ids("extradition-count-5"), []Check{Hedge}})
}

func TestCatalogueA17HedgeMoved(t *testing.T) {
	expect(t,
		told{"en", "A superseding indictment of June 27, 2025, two days after the alleged recapture of 'Fito', added associates 'Topo' and 'Churrón' as co-defendants.", ids("extradition-superseding"), []Check{HedgeScope}},
		told{"es", "El presunto cargo cinco de la acusación de EE. UU. atribuye a Fito el uso de armas de fuego para promover el narcotráfico.", ids("extradition-count-5"), []Check{HedgeScope}})
}

func TestCatalogueA18AllegationUpgraded(t *testing.T) {
	expect(t,
		told{"en", "US prosecutors proved that Los Choneros attacked police, politicians, lawyers, prosecutors and civilians.", ids("extradition-allege-targets"), []Check{Upgrade, Hedge}},
		told{"es", "La Fiscalía de EE. UU. demostró que Los Choneros habrían atacado a policías, políticos, abogados, fiscales y civiles.", ids("extradition-allege-targets"), []Check{Upgrade}})
}

func TestCatalogueA19LegalStageShifted(t *testing.T) {
	expect(t,
		told{"en", "Two prison guards were convicted on January 8, 2024, over the escape of 'Fito'.", ids("fito-and-choneros-2024-guards"), []Check{Upgrade, LegalStage}},
		told{"en", "The United States and Ecuador signed the police-liaison treaty of understanding on Thursday, July 31, 2025.", ids("mou-signing-date"), []Check{LegalStage}},
		told{"es", "Dos guías penitenciarios fueron condenados el 8 de enero de 2024 por la fuga de Fito.", ids("fito-and-choneros-2024-guards"), []Check{Upgrade, LegalStage}},
		told{"es", "Estados Unidos y Ecuador firmaron el tratado sobre enlaces policiales el jueves 31 de julio de 2025.", ids("mou-signing-date"), []Check{LegalStage}},
		told{"es", "El presidente Noboa ordenó la entrega de Fito.", ids("extradition-noboa-authorised"), []Check{LegalStage}})
}

func TestCatalogueA20DisputedFactWithOneVersion(t *testing.T) {
	expect(t,
		told{"en", "Interpol's notice says that 'Fito' was born in Santa Ana, Manabí.", ids("fito-and-choneros-birthplace"), []Check{VerbatimRequired, NovelWord, Omission, Name}},
		told{"es", "Según la difusión de Interpol, el lugar de nacimiento de Fito es Santa Ana, Manabí.", ids("fito-and-choneros-birthplace"), []Check{VerbatimRequired, Hedge, Omission, Order, HedgeScope, Tense}},
		told{"es", "La Policía aclaró que la recaptura de Fito, el 25 de junio de 2025, fue en el cantón Montecristi.", ids("extradition-recapture-place"), []Check{VerbatimRequired, Omission, GuardWord, Hedge}})
}

func TestCatalogueA21ConditionDropped(t *testing.T) {
	expect(t,
		told{"en", "The July 2025 US–Ecuador agreement would lapse around January 31, 2027.", ids("mou-expiry-inference"), []Check{VerbatimRequired, Omission, GuardWord, Hedge, Order}},
		told{"es", "El acuerdo de julio de 2025 entre EE. UU. y Ecuador vencería hacia el 31 de enero de 2027.", ids("mou-expiry-inference"), []Check{VerbatimRequired, Omission, GuardWord, Hedge, Order}})
}

func TestCatalogueA22TwoFactsJoined(t *testing.T) {
	both := ids("mou-arrival", "people-and-bodies-snai-attached")
	expect(t,
		told{"en", "Noem landed in Quito on July 30, 2025, and by executive decree 98 of August 2025, Ecuador's prison service SNAI was attached to the Interior Ministry while keeping its legal personality.", both, nil},
		told{"en", "Noem landed in Quito on July 30, 2025, because by executive decree 98 of August 2025, Ecuador's prison service SNAI was attached to the Interior Ministry.", both, []Check{GuardWord, Date, Name, Number}},
		told{"es", "Noem llegó a Quito el 30 de julio de 2025 y mediante el decreto ejecutivo 98, de agosto de 2025, el servicio de cárceles del Ecuador, SNAI, quedó adscrito al Ministerio del Interior y conservó su personería jurídica.", both, nil},
		told{"es", "Noem llegó a Quito el 30 de julio de 2025 porque, mediante el decreto ejecutivo 98, de agosto de 2025, el SNAI quedó adscrito al Ministerio del Interior.", both, []Check{GuardWord, Date, Name, Number}})
}

func TestCatalogueA23Quotes(t *testing.T) {
	expect(t,
		told{"en", "In the DHS statement of July 2025, Noem called information “our strongest weapon” against drugs and crime.", ids("mou-noem-quote-information"), nil},
		told{"en", "In the DHS statement of July 2025, Noem called information 'our best weapon' against drugs and crime.", ids("mou-noem-quote-information"), []Check{Quote}},
		told{"en", "In the DHS statement of July 2025, Reimberg called information 'our strongest weapon' against drugs and crime.", ids("mou-noem-quote-information"), []Check{Name}},
		told{"es", "En el comunicado del DHS de julio de 2025, Noem llamó a la información \"nuestra arma más fuerte\" contra las drogas y el crimen.", ids("mou-noem-quote-information"), nil},
		told{"es", "En el comunicado del DHS de julio de 2025, Noem llamó a la información «nuestra mejor arma» contra las drogas y el crimen.", ids("mou-noem-quote-information"), []Check{Quote}})
}

func TestCatalogueA24InventedAdjunctAndEvaluation(t *testing.T) {
	expect(t,
		told{"en", "Noem landed in Quito on July 30, 2025, after pressure from Washington.", ids("mou-arrival"), []Check{Name, GuardWord, NovelWord}},
		told{"en", "The controversial memorandum was signed in Quito.", ids("mou-place"), []Check{NovelWord}},
		told{"es", "Noem llegó a Quito el 30 de julio de 2025 tras la presión de Washington.", ids("mou-arrival"), []Check{Name, GuardWord, NovelWord}},
		told{"es", "El histórico memorando se firmó en Quito.", ids("mou-place"), []Check{NovelWord}})
}

func TestCatalogueA25WrongMissingAndUnknownIDs(t *testing.T) {
	v, b := verifier(t)
	text := b.Fact("mou-arrival").Text.EN
	expect(t,
		told{"en", text, ids("mou-place"), []Check{Name, NovelWord, Date}},
		told{"en", text, nil, []Check{Structure}},
		told{"en", text, ids("no-such-fact"), []Check{UnknownFact}})
	got := v.Verify(Draft{Lang: "en", Facts: ids("mou-place"), Sentences: []Sentence{{Text: text, Facts: ids("mou-arrival")}}}).Verdicts[0]
	if got.Check != UnknownFact {
		t.Errorf("a fact that was not retrieved: %v", got)
	}
	facts := []knowledge.Fact{
		{ID: "old", Text: knowledge.Text{EN: text}, Withdrawn: "it was wrong"},
		{ID: "older", Text: knowledge.Text{EN: text}, ReplacedBy: "new"},
	}
	w := New(knowledge.NewBase("", nil, nil, nil, facts))
	for _, f := range facts {
		if got := decide(w, "en", text, f.ID); got.Check != Withdrawn {
			t.Errorf("%s: %v", f.ID, got)
		}
	}
}

func TestCatalogueA26CitationMarksAndAddresses(t *testing.T) {
	expect(t,
		told{"en", "Noem landed in Quito on July 30, 2025 [1].", ids("mou-arrival"), []Check{Structure}},
		told{"en", "Noem landed in Quito on July 30, 2025 [[mou-arrival]].", ids("mou-arrival"), []Check{Structure}},
		told{"en", "Noem landed in Quito on July 30, 2025 (https://dhs.gov).", ids("mou-arrival"), []Check{Render}},
		told{"es", "Noem llegó a Quito el 30 de julio de 2025 (dhs.gov).", ids("mou-arrival"), []Check{Render}},
		told{"es", "Noem llegó a Quito el 30 de julio de 2025, según Reuters.", ids("mou-arrival"), []Check{Name, Hedge}})
}

func TestCatalogueA27OtherLanguage(t *testing.T) {
	expect(t,
		told{"en", "Noem llegó a Quito el 30 de julio de 2025 y fue recibida en el aeropuerto por el viceministro Alejandro Dávalos.", ids("mou-arrival"), []Check{Language}},
		told{"es", "Noem landed in Quito on July 30, 2025, and was met at the airport by vice-minister Alejandro Dávalos.", ids("mou-arrival"), []Check{Language}},
		told{"en", "Noem landed in Quito on July 30, 2025, y fue recibida por Alejandro Dávalos.", ids("mou-arrival"), []Check{NovelWord, Language, Date, Number}},
		told{"es", "Noem llegó a Quito y was met at the airport by Alejandro Dávalos.", ids("mou-arrival"), []Check{NovelWord, Language}})
}

// follow verifies two sentences of one draft and returns the verdict on the second.
func follow(t *testing.T, l knowledge.Lang, first string, a knowledge.FactID, second string, b knowledge.FactID) Verdict {
	t.Helper()
	v, _ := verifier(t)
	r := v.Verify(Draft{Lang: l, Facts: ids(a, b), Sentences: []Sentence{{first, ids(a)}, {second, ids(b)}}})
	if !r.Verdicts[0].OK {
		t.Fatalf("the first sentence: %v", r.Verdicts[0])
	}
	return r.Verdicts[1]
}

func TestCatalogueA28Pronouns(t *testing.T) {
	noem := "Noem landed in Quito on July 30, 2025."
	if got := follow(t, "en", noem, "mou-arrival", "She returned to Ecuador on November 5–6, 2025.", "mou-rel-2025-noem-return"); !got.OK {
		t.Errorf("she, Noem: %v", got)
	}
	if got := follow(t, "en", noem, "mou-arrival", "She was captured in Tena, Ecuador, on September 13, 2025.", "extradition-topo"); got.Check != Pronoun && got.Check != Order && got.Check != Name {
		t.Errorf("she, Topo: %v", got)
	}
	if got := follow(t, "en", noem, "mou-arrival", "He visited Quito on September 4, 2025.", "mou-rel-2025-rubio"); got.OK {
		t.Errorf("he, Rubio: %v", got)
	}
	if got := follow(t, "es", "Noem llegó a Quito el 30 de julio de 2025.", "mou-arrival", "Ella regresó a Ecuador el 5 y 6 de noviembre de 2025.", "mou-rel-2025-noem-return"); !got.OK {
		t.Errorf("ella, Noem: %v", got)
	}
	if got := follow(t, "es", "Noem llegó a Quito el 30 de julio de 2025.", "mou-arrival", "Él visitó Quito el 4 de septiembre de 2025.", "mou-rel-2025-rubio"); got.OK {
		t.Errorf("él, Rubio: %v", got)
	}
	if got := follow(t, "en", "The July 2025 memorandum was signed by Secretary Kristi Noem and Ecuador's interior minister, John Reimberg, according to DHS.", "mou-who-signed", "It sets up a liaison exchange programme for law-enforcement officers.", "mou-core-content"); !got.OK {
		t.Errorf("it, the memorandum: %v", got)
	}
}

func TestCatalogueA29CommonKnowledge(t *testing.T) {
	expect(t,
		told{"en", "Quito is the capital of Ecuador.", ids("mou-place"), []Check{Name, NovelWord}},
		told{"es", "Quito es la capital del Ecuador.", ids("mou-place"), []Check{Name, NovelWord}})
}

func TestCatalogueA30Arithmetic(t *testing.T) {
	expect(t,
		told{"en", "Noem returned to Ecuador on November 5–6, 2025, three months later.", ids("mou-rel-2025-noem-return"), []Check{Number, GuardWord}},
		told{"en", "64.34 percent and 35.66 percent make 100 percent.", ids("legal-background-2024-result"), []Check{Number, NovelWord}},
		told{"es", "Noem regresó a Ecuador el 5 y 6 de noviembre de 2025, tres meses después.", ids("mou-rel-2025-noem-return"), []Check{Number, GuardWord}})
}

// TestCatalogueA31TwoTrueSentences: each is proved by itself; whether the two mislead together is not for the proof.
func TestCatalogueA31TwoTrueSentences(t *testing.T) {
	if got := follow(t, "en", "Noem landed in Quito on July 30, 2025.", "mou-arrival", "Two prison guards were charged on January 8, 2024, over the escape of 'Fito'.", "fito-and-choneros-2024-guards"); !got.OK {
		t.Error(got)
	}
	if got := follow(t, "en", "Noem landed in Quito on July 30, 2025.", "mou-arrival", "Therefore two prison guards were charged on January 8, 2024, over the escape of 'Fito'.", "fito-and-choneros-2024-guards"); got.OK {
		t.Error("therefore: proved")
	}
}

func TestCatalogueA32EmptyGreetingsAndMetaTalk(t *testing.T) {
	for _, text := range []string{"", "  ", ".", "Hello!", "Sure, here is the answer.", "As an AI, I cannot answer this.", "I'm sorry, I can't help with that.", "Yes.", "No."} {
		expect(t, told{"en", text, ids("mou-arrival"), []Check{Structure, NovelWord, Negation, Pronoun, GuardWord, Name, Language, Omission}})
	}
	for _, text := range []string{"", "¡Hola!", "Claro, aquí está la respuesta.", "Como IA, no puedo responder.", "Sí."} {
		expect(t, told{"es", text, ids("mou-arrival"), []Check{Structure, NovelWord, Negation, Pronoun, GuardWord, Name, Language, Omission}})
	}
	v, _ := verifier(t)
	if v.Verify(Draft{Lang: "en"}).OK() {
		t.Error("a draft without sentences is no answer")
	}
}

func TestCatalogueA33FalsePremise(t *testing.T) {
	expect(t,
		told{"en", "'Fito' was convicted in the US case.", ids("extradition-presumption"), []Check{Negation, Tense, Omission, Order}},
		told{"es", "Fito fue condenado en el caso de EE. UU.", ids("extradition-presumption"), []Check{Negation, Tense, Omission, Order, GuardWord}})
}

func TestCatalogueA34SomebodyElse(t *testing.T) {
	v, _ := verifier(t)
	r := v.Verify(Draft{Lang: "en", Question: "When was Gustavo Petro captured?", Facts: ids("extradition-topo"),
		Sentences: []Sentence{{"Darío Peñafiel Nieto, 'Topo', was captured in Tena, Ecuador, on September 13, 2025.", ids("extradition-topo")}}})
	if !r.OK() || !slices.Contains(r.NamesMissing, "gustavo-petro") {
		t.Errorf("%v, missing %v", r.Verdicts, r.NamesMissing)
	}
	r = v.Verify(Draft{Lang: "es", Question: "¿Cuándo fue capturado Topo?", Facts: ids("extradition-topo"),
		Sentences: []Sentence{{"Topo fue capturado en Tena, Ecuador, el 13 de septiembre de 2025.", ids("extradition-topo")}}})
	if !r.OK() || len(r.NamesMissing) > 0 {
		t.Errorf("%v, missing %v", r.Verdicts, r.NamesMissing)
	}
	expect(t, told{"en", "Darío Noboa was captured in Tena, Ecuador, on September 13, 2025.", ids("extradition-topo"), []Check{Name}})
}

func TestCatalogueA35BareYes(t *testing.T) {
	expect(t,
		told{"en", "Yes, Los Choneros attacked police.", ids("extradition-allege-targets"), []Check{NovelWord, Hedge}},
		told{"en", "Yes, US prosecutors allege that Los Choneros attacked police, politicians, lawyers, prosecutors and civilians.", ids("extradition-allege-targets"), []Check{NovelWord}},
		told{"es", "Sí, Los Choneros atacaron a policías.", ids("extradition-allege-targets"), []Check{NovelWord, GuardWord, Hedge, Name}})
}
