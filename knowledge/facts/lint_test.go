package facts

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"enlace/knowledge"
	"enlace/knowledge/facts/data"
)

// lintHead is what every case of the tables below may refer to.
const lintHead = `sources: [{id: s, publisher: P, title: Ecuador signs agreement with the United States, kind: press, language: en}]
entities:
  - {id: noem, kind: person, name: Kristi Noem, aliases: [Noem, Secretary Noem]}
  - {id: reimberg, kind: person, name: John Reimberg, aliases: [Reimberg]}
  - {id: palencia, kind: person, name: Mónica Palencia, aliases: [Palencia]}
  - {id: fito, kind: person, name: José Adolfo Macías Villamar, aliases: [Fito, Macías]}
  - {id: ecuador, kind: place, name: Ecuador}
  - {id: us, kind: place, name: United States, aliases: [US, U.S., EE. UU., Estados Unidos]}
  - {id: quito, kind: place, name: Quito}
  - {id: manta, kind: place, name: Manta}
  - {id: cbp, kind: organisation, name: U.S. Customs and Border Protection, aliases: [CBP]}
  - {id: ntc, kind: organisation, name: National Targeting Center, aliases: [CBP's National Targeting Center, NTC, Centro Nacional de Focalización]}
facts:
  - {id: all, text: {en: Everything is used here., es: Aquí se usa todo.}, status: official, sources: [s], as_of: 2026-03-01, entities: [noem, reimberg, palencia, fito, ecuador, us, quito, manta, cbp, ntc]}
`

// lintFacts checks facts, each a line of keys, and returns the rules that find something, in order.
func lintFacts(t *testing.T, o LintOptions, facts ...string) []string {
	t.Helper()
	var b strings.Builder
	b.WriteString(lintHead)
	for i, f := range facts {
		if !strings.Contains(f, "as_of:") {
			f += ", as_of: 2026-03-01"
		}
		if !strings.Contains(f, "status:") {
			f += ", status: official"
		}
		fmt.Fprintf(&b, "  - {id: f%d, %s, sources: [s]}\n", i, f)
	}
	_, problems := CheckWith(fstest.MapFS{"a.yaml": {Data: []byte(b.String())}}, o)
	var rules []string
	for _, p := range problems {
		rules = append(rules, p.Rule)
		if p.Fix == "" || p.Pos.Line == 0 {
			t.Errorf("%+v", p)
		}
	}
	return rules
}

func TestLintRules(t *testing.T) {
	for name, c := range map[string]struct{ fact, want string }{
		// status and wording
		"alleged, hedged":                  {`status: alleged, text: {en: Macías is accused of leading the gang., es: Macías es acusado de dirigir la banda.}`, ""},
		"alleged, flat in English":         {`status: alleged, text: {en: Macías led the gang., es: Macías habría dirigido la banda.}`, "hedge"},
		"alleged, flat in Spanish":         {`status: alleged, text: {en: Macías allegedly led the gang., es: Macías dirigió la banda.}`, "hedge"},
		"reported with a stage word":       {`status: reported, text: {en: Macías was accused of leading the gang., es: Macías fue acusado de dirigir la banda.}`, ""},
		"official and flat":                {`status: official, text: {en: Macías pleaded not guilty., es: Macías se declaró no culpable.}`, ""},
		"alleged and charged with a crime": {`status: alleged, text: {en: Macías is charged with murder and confirmed as a suspect., es: Macías es acusado de asesinato y de ser sospechoso.}`, ""},
		"alleged, yet confirmed":           {`status: alleged, text: {en: "Police proved the crimes of the gang, of which Macías is accused.", es: "La Policía investigó los delitos de la banda, de los que Macías es acusado."}`, "upgrade"},
		"alleged, not convicted":           {`status: alleged, text: {en: Macías has not been convicted and is accused of leading the gang., es: Macías no ha sido condenado y es acusado de dirigir la banda.}`, ""},
		"disputed, both versions":          {`status: disputed, text: {en: Noem says it was signed but Reimberg denies it., es: Noem dice que se firmó pero Reimberg lo niega.}`, ""},
		"disputed, one version":            {`status: disputed, text: {en: Noem signed it in Quito., es: Noem lo firmó en Quito.}`, "dispute,dispute"},

		// two languages
		"values agree":                     {`dates: [2025-07-31], text: {en: "Noem paid $13.5 million at 2 p.m. on July 31, 2025.", es: "Noem pagó 13,5 millones de dólares a las 14:00 del 31 de julio de 2025."}`, ""},
		"number differs":                   {`text: {en: Noem visited seven ports., es: Noem visitó ocho puertos.}`, "numbers-differ"},
		"number missing":                   {`text: {en: Noem visited seven ports., es: Noem visitó los puertos.}`, "numbers-differ"},
		"magnitude differs":                {`text: {en: Noem counted two billion dollars., es: Noem contó dos millones de dólares.}`, "numbers-differ"},
		"day differs":                      {`dates: [2025-07-31, 2025-07-30], text: {en: "Noem came on July 31, 2025.", es: Noem vino el 30 de julio de 2025.}`, "dates-differ"},
		"decades agree":                    {`text: {en: Noem recalled the 1990s., es: Noem recordó los años noventa.}`, ""},
		"person missing":                   {`text: {en: Noem and Reimberg signed the text., es: Noem y el ministro firmaron el texto.}`, "names-differ"},
		"person under an alias":            {`text: {en: Fito fled., es: Macías huyó.}`, ""},
		"other person":                     {`text: {en: Noem signed the text with Palencia., es: Noem firmó el texto con Reimberg.}`, "names-differ,names-differ"},
		"other place":                      {`text: {en: Noem landed in Quito., es: Noem aterrizó en Manta.}`, "names-differ,names-differ"},
		"country as an adjective":          {`text: {en: Ecuador's law allows the visit of Noem., es: La ley ecuatoriana permite la visita de Noem.}`, ""},
		"country as an abbreviation":       {`text: {en: A U.S. judge heard Macías., es: Un juez federal escuchó a Macías.}`, ""},
		"name inside a longer name":        {`text: {en: The officer works at CBP's National Targeting Center., es: El oficial trabaja en el Centro Nacional de Focalización de la CBP.}`, ""},
		"negation in one language":         {`text: {en: Noem did not sign the text., es: Noem firmó el texto.}`, "negation-differs"},
		"double negation":                  {`text: {en: Noem signed no text., es: Noem no firmó ningún texto.}`, ""},
		"without and sin":                  {`text: {en: Noem left without signing., es: Noem se fue sin firmar.}`, ""},
		"negation in a quotation":          {`text: {en: Noem wrote 'Hasta nunca' to Macías., es: Noem escribió «Hasta nunca» a Macías.}`, ""},
		"quotation translated":             {`text: {en: Noem wrote “see you” to Macías., es: Noem escribió «Hasta nunca» a Macías.}`, ""},
		"one language":                     {`text: {en: Noem signed the text.}`, "missing-language"},
		"note in one language":             {`text: {en: Noem signed., es: Noem firmó.}, note: {es: Según el comunicado.}`, "missing-language"},
		"languages swapped":                {`text: {en: El acuerdo fue firmado por la secretaria en la capital del país., es: El acuerdo fue firmado por la secretaria en la capital.}`, "text-language"},
		"Spanish names in an English text": {`text: {en: The Asamblea Nacional approved the report of the Corte Nacional de Justicia., es: La Asamblea Nacional aprobó el informe de la Corte Nacional de Justicia.}`, ""},

		// form
		"near the limit":             {`text: {en: "` + strings.TrimSpace(strings.Repeat("the word ", 28)) + `.", es: La palabra.}`, "length"},
		"two sentences":              {`text: {en: Noem came. Noem signed the text., es: Noem vino y firmó el texto.}`, "one-sentence"},
		"abbreviations end nothing":  {`text: {en: The U.S. paid Sr. Reimberg No. 5 of Washington D.C. in full., es: EE. UU. pagó al Sr. Reimberg el n.º 5 de Washington D. C. por completo.}`, ""},
		"no full stop":               {`text: {en: Noem signed the text, es: Noem firmó el texto.}`, "full-stop"},
		"full stop in a quotation":   {`text: {en: "Noem said: “we signed.”", es: "Noem dijo: «hemos firmado»."}`, ""},
		"pronoun":                    {`text: {en: She signed the text., es: Ella firmó el texto.}`, "pronoun,pronoun"},
		"possessive":                 {`text: {en: Their plan failed., es: Su plan fracasó.}`, "pronoun,pronoun"},
		"article, not a pronoun":     {`text: {en: The plan failed., es: El plan fracasó.}`, ""},
		"pronoun with an accent":     {`text: {en: Noem signed the text., es: Él firmó el texto.}`, "names-differ,pronoun"},
		"it is not known":            {`text: {en: It is not publicly known who came., es: No se sabe públicamente quién vino.}`, ""},
		"weekday":                    {`dates: [2025-07-31], text: {en: "Noem came on Friday, July 31, 2025.", es: Noem vino el 31 de julio de 2025.}`, "weekday"},
		"right weekday":              {`dates: [2025-07-31], text: {en: "Noem came on Thursday, July 31, 2025.", es: Noem vino el jueves 31 de julio de 2025.}`, ""},
		"open quotation":             {`text: {en: Noem said “we signed., es: Noem dijo «firmamos».}`, "unbalanced"},
		"open question":              {`text: {en: Noem asked who came., es: "Noem preguntó: ¿quién vino."}`, "unbalanced"},
		"apostrophes":                {`text: {en: "Noem's aides' plan 'A' failed.", es: El plan de Noem fracasó.}`, ""},
		"double space":               {`text: {en: Noem  signed the text., es: Noem firmó el texto.}`, "spacing"},
		"space before a comma":       {`text: {en: "Noem , it is said, signed.", es: "Noem, se dice, firmó."}`, "spacing"},
		"calibre":                    {`text: {en: Noem saw a .38 revolver., es: Noem vio un revólver .38.}`, ""},
		"day not in dates":           {`dates: [2025-07-30], text: {en: "Noem came on July 31, 2025.", es: Noem vino el 31 de julio de 2025.}`, "date-missing,date-missing"},
		"day within a partial date":  {`dates: [2025-07], text: {en: "Noem came on July 31, 2025.", es: Noem vino el 31 de julio de 2025.}`, ""},
		"year in passing":            {`dates: [2025-07-31], text: {en: The law dates from 1945., es: La ley es de 1945.}`, ""},
		"no check":                   {`text: {en: Noem signed., es: Noem firmó.}, as_of: 2025-03-01`, "as-of"},
		"checked in the future":      {`text: {en: Noem signed., es: Noem firmó.}, as_of: 2027`, "as-of"},
		"checked this month":         {`text: {en: Noem signed., es: Noem firmó.}, as_of: 2026-03`, ""},
		"phrasing copies the fact":   {`text: {en: Noem and Reimberg signed the text in the capital., es: Firmaron.}, asks: {en: ["Noem and Reimberg signed the text in?"]}`, "ask-copies,names-differ,names-differ"},
		"phrasing in its own words":  {`text: {en: The two signed the text in the capital., es: Los dos firmaron el texto en la capital.}, asks: {en: [where did they sign the text in the end]}`, ""},
		"phrasing twice":             {`text: {en: Noem signed., es: Noem firmó.}, asks: {en: ["who signed?", "Who signed"]}`, "ask-shared"},
		"misstatement is the fact":   {`text: {en: Noem signed., es: Noem firmó.}, corrects: {en: [Noem signed], es: [Reimberg firmó]}`, "corrects-itself"},
		"withdrawn is left in peace": {`status: alleged, text: {en: he led the gang}, withdrawn: Wrong.`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			now := knowledge.Date{Year: 2026, Month: 3, Day: 23}
			got := lintFacts(t, LintOptions{Now: now}, c.fact)
			slices.Sort(got)
			if g := strings.Join(got, ","); g != c.want {
				t.Errorf("got %q, want %q", g, c.want)
			}
		})
	}
}

func TestLintComparesFacts(t *testing.T) {
	const noRule = ""
	for name, c := range map[string]struct {
		a, b, want string
	}{
		"same of another value":             {`text: {en: Macías faces seven counts., es: Macías enfrenta siete cargos.}`, `text: {en: Macías faces eight counts., es: Macías enfrenta ocho cargos.}`, "contradiction"},
		"the same with a date of its own":   {`text: {en: Macías faced seven counts in April 2025., es: Macías enfrentaba siete cargos en abril de 2025.}`, `text: {en: Macías faced eight counts in May 2025., es: Macías enfrentaba ocho cargos en mayo de 2025.}`, noRule},
		"disputed may differ":               {`status: disputed, text: {en: Some say Macías faces seven counts but others differ., es: Unos dicen que Macías enfrenta siete cargos pero otros difieren.}`, `text: {en: Some say Macías faces eight counts but others differ., es: Unos dicen que Macías enfrenta ocho cargos pero otros difieren.}`, noRule},
		"replaced may differ":               {`text: {en: Macías faces seven counts., es: Macías enfrenta siete cargos.}`, `text: {en: Macías faces eight counts., es: Macías enfrenta ocho cargos.}, replaces: [f0]`, noRule},
		"one office, two holders":           {`text: {en: Reimberg was interior minister in July 2025., es: Reimberg era ministro del Interior en julio de 2025.}`, `text: {en: Palencia was interior minister in July 2025., es: Palencia era ministra del Interior en julio de 2025.}`, "contradiction"},
		"one office at two times":           {`text: {en: Reimberg was interior minister in July 2025., es: Reimberg era ministro del Interior en julio de 2025.}`, `text: {en: Palencia was interior minister in July 2024., es: Palencia era ministra del Interior en julio de 2024.}`, noRule},
		"two people did the same":           {`text: {en: Reimberg signed the memorandum text., es: Reimberg firmó el texto del memorando.}`, `text: {en: Noem signed the memorandum text., es: Noem firmó el texto del memorando.}`, noRule},
		"different matters, different sums": {`text: {en: Macías faces seven counts., es: Macías enfrenta siete cargos.}`, `text: {en: Macías spent eight years in prison., es: Macías pasó ocho años en prisión.}`, noRule},
		"the same text":                     {`text: {en: Macías faces seven counts., es: Macías enfrenta siete cargos.}`, `text: {en: "Macías faces seven counts.", es: Sobre Macías pesan siete cargos.}`, "same-text"},
		"a phrasing under two facts":        {`text: {en: Noem came., es: Noem vino.}, asks: {es: ["¿quién vino?"]}`, `text: {en: Reimberg stayed., es: Reimberg se quedó.}, asks: {es: [quien vino]}`, "ask-shared"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(lintFacts(t, LintOptions{}, c.a, c.b), ","); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestLintAsksForPhrasings(t *testing.T) {
	fact := `text: {en: Noem came., es: Noem vino.}, asks: {en: [who came, who visited], es: [quién vino]}`
	got := lintFacts(t, LintOptions{MinAsks: 2}, fact)
	if want := []string{"few-asks", "few-asks", "few-asks"}; !slices.Equal(got, want) { // the fact "all" has none
		t.Errorf("got %v", got)
	}
}

func TestLintLooksAtSourcesAndEntities(t *testing.T) {
	_, problems := Check(fstest.MapFS{"a.yaml": {Data: []byte(`sources:
  - {id: s, publisher: P, title: Ecuador firma un acuerdo de seguridad con los Estados Unidos de América, kind: press, language: en}
  - {id: idle, publisher: P, title: T, kind: press}
entities:
  - {id: fito, kind: person, name: José Macías, aliases: [Fito]}
  - {id: other, kind: person, name: Adolfo Macías, aliases: [Adolfo, FITO]}
facts:
  - {id: f, text: {en: Fito fled., es: Fito huyó.}, status: official, sources: [s], entities: [fito], as_of: 2026-01-01}
`)}})
	want := `a.yaml:2:130: warning: source s: language is en, but the title reads as es (correct the language, or the title if it was translated) [source-language]
a.yaml:3:5: warning: source idle: no fact cites it (cite it or remove it) [unused]
a.yaml:6:5: warning: entity other: no fact has it among its entities (add it to the entities of the facts that speak of it, or remove it) [unused]
a.yaml:6:70: warning: entity other: "FITO" is a name of fito too (leave it with the one that people mean) [alias-shared]`
	if got := problems.Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFindingsAreAllowedWithAReason(t *testing.T) {
	for _, a := range archives(t, "lint") {
		t.Run(a.name(), func(t *testing.T) {
			_, problems := Check(a.fsys())
			a.expect(t, "findings", problems.Error()+"\n")
		})
	}
}

func TestLintOfABaseUsesTheFactsPlaces(t *testing.T) {
	b := mustLoad(t, strings.Replace(claim("She signed it."), "status: official", "status: official, as_of: 2026", 1))
	ps := Lint(b)
	if len(ps) != 2 || ps[0].Pos.Line != 3 || ps.Err() != nil {
		t.Errorf("got %v", ps)
	}
}

// TestShippedBaseHasNoErrors holds the shipped facts to the loader and to the rules that are errors.
func TestShippedBaseHasNoErrors(t *testing.T) {
	if _, problems := Check(data.FS); problems.Err() != nil {
		t.Error(problems.Only(Error))
	}
}

// TestLintFindsAChangedDigit changes a digit of the Spanish text of each shipped fact that has one, and expects a finding.
func TestLintFindsAChangedDigit(t *testing.T) {
	b, err := Load(data.FS)
	if err != nil {
		t.Skip("the shipped base does not load; TestShippedBaseHasNoErrors says why")
	}
	changed, found := 0, 0
	var missed []knowledge.FactID
	for i := range b.Facts {
		f := b.Facts[i]
		at := strings.IndexAny(f.Text.ES, "123456789")
		if at < 0 || f.Text.EN == "" || !f.InService() {
			continue
		}
		changed++
		digit := "1"
		if f.Text.ES[at] == '1' {
			digit = "2"
		}
		f.Text.ES = f.Text.ES[:at] + digit + f.Text.ES[at+1:]
		one := knowledge.NewBase("", nil, b.Sources, b.Entities, []knowledge.Fact{f})
		if slices.ContainsFunc(Lint(one), func(p Problem) bool { return p.Rule == "numbers-differ" || p.Rule == "dates-differ" }) {
			found++
		} else {
			missed = append(missed, f.ID)
		}
	}
	t.Logf("%d of %d changed digits found; missed: %v", found, changed, missed)
	if found < changed*95/100 {
		t.Errorf("%d of %d changed digits found; missed: %v", found, changed, missed)
	}
}

func BenchmarkCheckShippedBase(b *testing.B) {
	for b.Loop() {
		Check(data.FS)
	}
}
