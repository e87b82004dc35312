package verify

import (
	"testing"

	"enlace/knowledge"
)

// turned are facts told in the other voice, their roles kept.
var turned = []struct {
	lang knowledge.Lang
	fact knowledge.FactID
	text string
}{
	{"en", "fito-and-choneros-interpol", "An Interpol red notice was announced by Ecuador's police for 'Fito' on July 11, 2024."},
	{"en", "mou-signing-date", "The police-liaison memorandum of understanding was signed by the United States and Ecuador on Thursday, July 31, 2025."},
	{"en", "mou-who-signed", "According to DHS, Secretary Kristi Noem and Ecuador's interior minister, John Reimberg, signed the July 2025 memorandum."},
	{"en", "mou-argentina-vwp", "In Buenos Aires on July 28, 2025, a statement of intent on Argentina's return to the Visa Waiver Program was signed by Noem."},
	{"en", "mou-chile-bitmap", "In Santiago on July 30, 2025, a letter of intent with Chile on BITMAP, a biometric alert programme, was signed by Noem."},
	{"en", "mou-rel-2024-decrees", "On February 15, 2024, the status-of-forces and maritime agreements with the United States were ratified by Noboa through executive decrees 164 and 165."},
	{"en", "fito-and-choneros-ofac", "On February 7, 2024, Los Choneros and Macías Villamar were sanctioned by the US Treasury's OFAC under Executive Order 14059."},
	{"en", "extradition-request", "The formal US request to extradite 'Fito' was received by Ecuador's National Court of Justice on July 8, 2025, through the Foreign Ministry."},
	{"en", "fito-and-choneros-2024-emergency", "On January 8, 2024, a 60-day state of exception with a night curfew was declared by Noboa, through decree 110."},
	{"en", "mou-rel-2025-usaf-manta", "On December 17, 2025, a temporary US Air Force operation with Ecuador's air force in Manta was announced by the US Embassy."},
	{"en", "people-and-bodies-nocella", "According to Ecuadorian press, the July 2025 extradition request was signed by Joseph Nocella, of the Eastern District of New York."},
	{"en", "people-and-bodies-mullin", "The Senate confirmed Markwayne Mullin as Homeland Security secretary, 54 to 45, on March 23, 2026."},
	{"es", "mou-signing-date", "El memorando de entendimiento sobre enlaces policiales fue firmado por Estados Unidos y Ecuador el jueves 31 de julio de 2025."},
	{"es", "mou-who-signed", "Según el DHS, la secretaria Kristi Noem y el ministro del Interior de Ecuador, John Reimberg, firmaron el memorando de julio de 2025."},
	{"es", "mou-who-signed", "Según el DHS, el memorando de julio de 2025 fue firmado por la secretaria Kristi Noem y el ministro del Interior de Ecuador, John Reimberg."},
	{"es", "mou-rel-2024-decrees", "El 15 de febrero de 2024, los acuerdos de estatuto de fuerzas y marítimo con Estados Unidos fueron ratificados por Noboa mediante los decretos ejecutivos 164 y 165."},
	{"es", "fito-and-choneros-ofac", "El 7 de febrero de 2024, Los Choneros y Macías Villamar fueron sancionados por la OFAC del Tesoro de EE. UU. con base en la Orden Ejecutiva 14059."},
	{"es", "extradition-request", "El pedido formal de EE. UU. para extraditar a Fito fue recibido por la Corte Nacional de Justicia el 8 de julio de 2025, por vía de la Cancillería."},
	{"es", "people-and-bodies-mullin", "El Senado confirmó a Markwayne Mullin como secretario de Seguridad Nacional, 54 a 45, el 23 de marzo de 2026."},
	{"es", "fito-and-choneros-aug-2023-transfer", "El 12 de agosto de 2023, Fito fue trasladado por unos 4.000 policías y militares de la cárcel Regional a La Roca."},
}

func TestActiveAndPassiveAreOneWhereTheRolesStay(t *testing.T) {
	v, _ := verifier(t)
	refused := 0
	for _, x := range turned {
		if got := v.Pair(x.text, x.fact, x.lang); !got.OK {
			refused++
			t.Logf("%s: %v", x.text, got)
		}
	}
	if float64(refused) > (1-leastAccepted)*float64(len(turned)) {
		t.Errorf("%d of %d turned sentences are refused", refused, len(turned))
	}
}

func TestVoiceDoesNotSwapRoles(t *testing.T) {
	v, _ := verifier(t)
	for _, x := range []struct {
		lang knowledge.Lang
		fact knowledge.FactID
		text string
	}{
		{"en", "fito-and-choneros-ofac", "On February 7, 2024, the US Treasury's OFAC was sanctioned by Los Choneros and Macías Villamar under Executive Order 14059."},
		{"en", "people-and-bodies-mullin", "The Senate was confirmed by Markwayne Mullin as Homeland Security secretary, 54 to 45, on March 23, 2026."},
		{"en", "people-and-bodies-mullin", "Markwayne Mullin confirmed the Senate as Homeland Security secretary, 54 to 45, on March 23, 2026."},
		{"en", "mou-arrival", "Vice-minister Alejandro Dávalos landed in Quito on July 30, 2025, and was met at the airport by Noem."},
		{"es", "fito-and-choneros-ofac", "El 7 de febrero de 2024, la OFAC del Tesoro de EE. UU. fue sancionada por Los Choneros y Macías Villamar con base en la Orden Ejecutiva 14059."},
		{"es", "extradition-handover", "Funcionarios de EE. UU. fueron entregados a Fito en el aeropuerto de Guayaquil."},
		{"es", "mou-rel-2018-tciu", "La DEA y el ICE firmaron un memorando con Ecuador en abril de 2018."},
	} {
		if got := v.Pair(x.text, x.fact, x.lang); got.OK {
			t.Errorf("proved: %s", x.text)
		}
	}
}

func TestTimeOfSayingIsNotTimeOfTheEvent(t *testing.T) {
	expect(t,
		told{"en", "Reimberg said each country's liaison officer would be stationed permanently in the other country in July 2025.", ids("ntc-liaison-permanent"), []Check{Binding}},
		told{"es", "La vocera del Gobierno ecuatoriano dijo que en septiembre de 2025 Noem volvería para definir la ubicación de bases de Homeland Security.", ids("mou-rel-2025-homeland-bases"), []Check{Binding}},
		told{"es", "La vocera del Gobierno ecuatoriano dijo en septiembre de 2025 que Noem volvería para definir la ubicación de bases de Homeland Security.", ids("mou-rel-2025-homeland-bases"), nil})
}
