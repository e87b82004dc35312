package verify

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// checkTexts are sentences that people might paste, with what the shipped facts say about them.
var checkTexts = map[knowledge.Lang]map[Finding][]string{
	knowledge.English: {
		Supported: {
			"Fito was recaptured on June 25, 2025.",
			"The National Targeting Center is based in Sterling, Virginia.",
			"Fito pleaded not guilty to all counts.",
			"The US–Ecuador extradition treaty was signed in Quito in 1872.",
			"Noem landed in Quito on 30 July 2025.",
			"In January 2024, Noboa declared a 60-day state of exception.",
			"According to DHS, the memorandum was signed by Kristi Noem and John Reimberg.",
			"On July 8, 2025, Ecuador's National Court of Justice received the formal US request to extradite Fito.",
			"John Reimberg signed the July 2025 memorandum, according to DHS.",
			"US prosecutors allege that Los Choneros attacked police, politicians, lawyers, prosecutors and civilians.",
			"Ecuador's government said that the agreement with the United States runs for 18 months.",
			"Markwayne Mullin was confirmed as Homeland Security secretary on March 23, 2026.",
			"OFAC sanctioned Los Choneros in February 2024.",
			"The NTC covers air, land and sea movements.",
			"Fito escaped from La Roca prison in 2013 along with seventeen other inmates.",
			"José Suing resigned on January 12, 2026.",
		},
		Contradicted: {
			"Fito was recaptured on June 26, 2025.",
			"The National Targeting Center is based in Sterling, Colombia.",
			"Fito pleaded guilty to all counts on July 21, 2025.",
			"The US–Ecuador extradition treaty was signed in Quito in 1972.",
			"Noem landed in Manta on July 30, 2025.",
			"In January 2024, Noboa declared a 90-day state of exception.",
			"Ecuador's government said that the agreement with the United States runs for 24 months.",
			"Fito was convicted by a federal court in Brooklyn.",
			"Los Choneros attacked police, politicians, lawyers, prosecutors and civilians.",
			"Fito conspired to distribute cocaine internationally.",
			"The July 2025 memorandum establishes a military base and deploys troops.",
			"The July 2025 memorandum was signed by Kristi Noem and Daniel Noboa, according to DHS.",
			"Fito was deported to the United States on July 20, 2025, and handed to US officials.",
			"Fito pleaded not guilty before Judge Frederic Block on July 21, 2025.",
			"The United States and Ecuador signed the police-liaison treaty on Thursday, July 31, 2025.",
			"Fito escaped from La Roca in 2013 along with 27 other inmates.",
			"The NTC was set up under the FBI's Office of Field Operations.",
		},
		NotCovered: {
			"Quito is the capital of Ecuador.",
			"The liaison officer earns four thousand dollars a month.",
			"Noem had dinner with the mayor of Guayaquil.",
			"Ecuador exported more bananas than any other country in 2024.",
			"The memorandum will reduce cocaine prices in Europe.",
			"Fito has three children who live in Argentina.",
			"Colombia and Peru signed a trade agreement in Lima.",
			"The weather in Quito was rainy.",
			"Reimberg studied law in Madrid.",
			"The liaison officer will receive a diplomatic passport.",
			"Tourism to the Galápagos fell sharply.",
			"I think this is a great deal for everyone.",
			"The officers will be trained in Georgia for six weeks.",
			"Interpol has its seat in Lyon.",
			"Noboa plays the guitar.",
		},
	},
	knowledge.Spanish: {
		Supported: {
			"Fito fue recapturado el 25 de junio de 2025.",
			"El NTC tiene su sede en Sterling.",
			"Fito se declaró no culpable de todos los cargos.",
			"El tratado de extradición entre Estados Unidos y Ecuador se firmó en Quito en 1872.",
			"Noem llegó a Quito el 30/07/2025.",
			"Noboa declaró un estado de excepción de 60 días el 8 de enero de 2024.",
			"El Gobierno ecuatoriano informó que el acuerdo con EE. UU. tiene una vigencia de dieciocho meses.",
			"La Corte Nacional de Justicia recibió el pedido formal de EE. UU. para extraditar a Fito.",
			"Según la Fiscalía de EE. UU., Los Choneros habrían atacado a policías, políticos, abogados, fiscales y civiles.",
			"Según el DHS, el memorando lo firmaron Kristi Noem y John Reimberg.",
			"La OFAC sancionó a Los Choneros en febrero de 2024.",
			"José Suing renunció el 12 de enero de 2026.",
			"El 11 de febrero de 2013, Fito se fugó de la cárcel La Roca junto con otros 17 reos.",
			"Alexei Schacht es el abogado de Nueva York que defiende a Fito.",
			"Los Choneros surgieron en la provincia de Manabí.",
			"Estados Unidos y Ecuador firmaron el memorando de entendimiento sobre enlaces policiales en julio de 2025.",
		},
		Contradicted: {
			"Fito fue recapturado el 25 de julio de 2025.",
			"Fito se declaró culpable de todos los cargos.",
			"El tratado de extradición entre Estados Unidos y Ecuador se firmó en Quito en 1939.",
			"Noem llegó a Guayaquil el 30 de julio de 2025.",
			"Noboa declaró un estado de excepción de 90 días el 8 de enero de 2024.",
			"El Gobierno ecuatoriano informó que el acuerdo con EE. UU. tiene una vigencia de 24 meses.",
			"Los Choneros atacaron a policías, políticos, abogados, fiscales y civiles.",
			"Fito fue condenado por la corte federal de Brooklyn.",
			"El memorando de julio de 2025 instala una base militar y despliega tropas.",
			"Según el DHS, el memorando lo firmaron Kristi Noem y Daniel Noboa.",
			"El 11 de febrero de 2013, Fito se fugó de la cárcel La Roca junto con otros 7 reos.",
			"El 20 de julio de 2025, Fito fue sacado de La Roca y deportado a Estados Unidos.",
			"Fito se declaró no culpable ante el juez Frederic Block el 21 de julio de 2025.",
			"Estados Unidos y Ecuador firmaron el tratado sobre enlaces policiales el 31 de julio de 2025.",
			"La OFAC sancionó a Los Lobos el 7 de febrero de 2024.",
			"La DEA sancionó a Los Choneros el 7 de febrero de 2024.",
		},
		NotCovered: {
			"Quito es la capital del Ecuador.",
			"El oficial de enlace gana cuatro mil dólares al mes.",
			"Noem cenó con el alcalde de Guayaquil.",
			"Ecuador exportó más banano que cualquier otro país en 2024.",
			"El memorando bajará el precio de la cocaína en Europa.",
			"Fito tiene tres hijos que viven en Argentina.",
			"Colombia y Perú firmaron un acuerdo comercial en Lima.",
			"Llovió mucho en Quito.",
			"Reimberg estudió Derecho en Madrid.",
			"El turismo en las Galápagos cayó.",
			"Creo que es un buen acuerdo para todos.",
			"Los oficiales recibirán cursos en Georgia durante seis semanas.",
			"Interpol tiene su sede en Lyon.",
			"Noboa toca la guitarra.",
			"La inflación subió en agosto.",
		},
	},
}

// likely names the facts that share the rarest words with a sentence: a plain search for tests.
func likely(b *knowledge.Base, l knowledge.Lang) func(string) []knowledge.FactID {
	stems := func(text string) map[string]bool {
		m := map[string]bool{}
		for _, t := range lang.Tokens(nil, text) {
			if t.Kind != lang.Punct && !lang.IsStop(t.Folded, l) {
				m[lang.Stem(t.Folded, l)] = true
			}
		}
		return m
	}
	seen := map[string]int{}
	facts := make([]map[string]bool, len(b.Facts))
	for i := range b.Facts {
		facts[i] = stems(b.Facts[i].Text.In(l))
		for s := range facts[i] {
			seen[s]++
		}
	}
	return func(sentence string) []knowledge.FactID {
		type hit struct {
			id    knowledge.FactID
			score float64
		}
		var hits []hit
		q := stems(sentence)
		for i := range b.Facts {
			score := 0.0
			for s := range q {
				if facts[i][s] {
					score += math.Log(float64(len(b.Facts)) / float64(seen[s]))
				}
			}
			hits = append(hits, hit{b.Facts[i].ID, score / math.Sqrt(float64(len(facts[i])+5))})
		}
		slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
		var out []knowledge.FactID
		for _, h := range hits[:8] {
			out = append(out, h.id)
		}
		return out
	}
}

func TestCheckTellsSupportedFromContradictedFromNotCovered(t *testing.T) {
	v, b := verifier(t)
	for _, l := range knowledge.Langs {
		right, all := 0, 0
		for want, texts := range checkTexts[l] {
			for _, text := range texts {
				got := v.Check(text, l, likely(b, l))
				if len(got) != 1 {
					t.Errorf("%q is cut into %d sentences", text, len(got))
					continue
				}
				all++
				if got[0].Finding == want {
					right++
					continue
				}
				t.Logf("%s: %s, want %s: %s\n\t%v %v %v", l, got[0].Finding, want, text, got[0].Verdict, got[0].Conflicts, got[0].Covered)
				if got[0].Finding == Supported {
					t.Errorf("%s: supported, but %s: %s (%v)", l, want, text, got[0].Verdict)
				}
			}
		}
		t.Logf("%s: %d of %d right", l, right, all)
		if right*10 < all*9 {
			t.Errorf("%s: only %d of %d right", l, right, all)
		}
	}
}

func TestCheckSplitsTextsAndNamesWhatIsCovered(t *testing.T) {
	v, b := verifier(t)
	text := "# Noem in Quito\n\n- Noem landed in Quito on July 30, 2025, and later she played tennis.\n- \"Fito was recaptured on June 25, 2025.\"\n"
	got := v.Check(text, knowledge.English, likely(b, knowledge.English))
	var findings []string
	for _, c := range got {
		findings = append(findings, string(c.Finding))
	}
	if f := strings.Join(findings, " "); f != "not_covered not_covered supported" {
		t.Errorf("findings %s: %v", f, got)
	}
	if len(got) == 3 && (len(got[1].Covered) != 1 || got[1].Covered[0].Text != "Noem landed in Quito on July 30, 2025" || got[1].Covered[0].Fact != "mou-arrival") {
		t.Errorf("covered %v", got[1].Covered)
	}
}
