package mutate

import (
	"regexp"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/literal"
)

var parenthesis = regexp.MustCompile(` \([^)]*\)`)

// drops leaves parentheses and whole second clauses out.
func (w *rewriter) drops(f *source) {
	if f.fact.Status == knowledge.Disputed {
		return
	}
	if parenthesis.MatchString(f.text) {
		w.add(Parenthesis, f, parenthesis.ReplaceAllString(f.text, ""))
	}
	if first, rest, ok := strings.Cut(f.text, "; "); ok && f.fact.Status != knowledge.Alleged && !w.caveat(rest) && !w.caveat(first) && !strings.Contains(rest, "confirm") {
		w.add(ClauseAlone, f, first+".")
	}
}

// caveat reports whether a clause has a condition or a but.
func (w *rewriter) caveat(s string) bool {
	for _, c := range []string{"but ", "although ", "though ", "if ", "unless ", "pero ", "aunque ", "si ", "salvo ", "However", "no obstante", "sin embargo", "while", "mientras"} {
		if strings.HasPrefix(strings.ToLower(s), c) || strings.Contains(s, " "+c) {
			return true
		}
	}
	return false
}

// front and tail are the time phrases that open and close a fact.
var (
	front = map[knowledge.Lang]*regexp.Regexp{
		knowledge.English: regexp.MustCompile(`^((?:On|In) (?:(?:January|February|March|April|May|June|July|August|September|October|November|December) )?(?:[0-9]{1,2}, )?[0-9]{4}),? (.+)\.$`),
		knowledge.Spanish: regexp.MustCompile(`^((?:El [0-9]{1,2} de|En) \p{L}+ de [0-9]{4}), (.+)\.$`),
	}
	tail = map[knowledge.Lang]*regexp.Regexp{
		knowledge.English: regexp.MustCompile(`^(.+) ((?:on|in) (?:January|February|March|April|May|June|July|August|September|October|November|December) (?:[0-9]{1,2}, )?[0-9]{4})\.$`),
		knowledge.Spanish: regexp.MustCompile(`^(.+),? ((?:el [0-9]{1,2} de|en) (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre) de [0-9]{4})\.$`),
	}
)

// times moves the time phrase of a fact with one main clause.
func (w *rewriter) times(f *source) {
	if strings.ContainsAny(f.text, ";:") || w.caveat(f.text) {
		return
	}
	if m := front[w.lang].FindStringSubmatch(f.text); m != nil && !secondVerb(m[2]) {
		w.add(TimeMoved, f, capitalised(m[2])+" "+strings.ToLower(m[1][:2])+m[1][2:]+".")
		w.add(TimeMoved, f, capitalised(m[2])+", "+strings.ToLower(m[1][:2])+m[1][2:]+".")
	}
	if m := tail[w.lang].FindStringSubmatch(f.text); m != nil && !secondVerb(m[1]) && w.dateCount(m[1]) == 0 && !reduced.MatchString(m[1]) {
		w.add(TimeMoved, f, capitalised(m[2])+", "+uncapitalised(strings.TrimSuffix(m[1], ","))+".")
	}
}

// subordinate words begin a clause of their own, which a time at the end would belong to.
var subordinate = regexp.MustCompile(` (?:who|which|that|when|where|because|said|says|after|before|que|quien|cuando|porque|donde|tras|was still|and [a-z]+ed|y [a-z]+ó|told|informó|announced|anunció) `)

// reduced clauses date themselves: ", designated a terrorist organisation in …".
var reduced = regexp.MustCompile(`, (?:\p{L}+ed|\p{L}+[ai]d[oa]) `)

func (w *rewriter) dateCount(s string) (n int) {
	for _, v := range literal.Parse(s, w.lang) {
		if v.Kind == literal.Date {
			n++
		}
	}
	return n
}

func secondVerb(s string) bool { return subordinate.MatchString(s) }

// forms rewrites words without changing what they say.
func (w *rewriter) forms(f *source) {
	if w.lang == knowledge.English {
		w.replaceAll(Contraction, f, changes(`
			did not > didn't
			does not > doesn't
			was not > wasn't
			is not > isn't
			had not > hadn't
			will not > won't
			do not > don't
			were not > weren't
			has not > hasn't
			cannot > can't`))
	}
	for _, group := range map[knowledge.Lang][][]string{
		knowledge.English: lists("US, U.S., United States\nUnited States, US, U.S., USA"),
		knowledge.Spanish: lists("EE. UU., Estados Unidos, EEUU\nEstados Unidos, EE. UU., EE.UU."),
	}[w.lang] {
		for n, at := range occurrences(f.text, group[0]) {
			for _, other := range group[1:] {
				if n < 2 && !partOfTitle(f.text, at+len(group[0])) {
					w.add(Country, f, edit(f.text, at, at+len(group[0]), other))
				}
			}
		}
	}
	if !strings.Contains(f.text, "Oficina de Operaciones") && !strings.Contains(f.text, "Office of Field") && !strings.Contains(f.text, "Globales") {
		w.replaceAll(Agreement, f, agreements[w.lang])
	}
	w.voice(f)
	w.attribution(f)
	marks := strings.NewReplacer("'Fito'", "“Fito”", "«", "\"", "»", "\"", "’", "'")
	w.add(Punctuation, f, marks.Replace(f.text))
}

// partOfTitle reports whether a capital follows, as in "US Justice Department" or "United States v. …".
func partOfTitle(text string, at int) bool {
	rest := strings.TrimLeft(text[at:], " .")
	return strings.HasPrefix(rest, "v.") || strings.HasPrefix(rest, "contra José")
}

func (w *rewriter) replaceAll(k Kind, f *source, changes [][2]string) {
	for _, c := range changes {
		for _, at := range occurrences(f.text, c[0]) {
			w.add(k, f, edit(f.text, at, at+len(c[0]), matchCase(f.text[at:], c[1])))
		}
	}
}

// agreements are a noun and its verb in the other number.
var agreements = map[knowledge.Lang][][2]string{
	knowledge.English: changes(`
		governments > government
		officers > officer
		travellers > traveller
		reports > report
		shipments > shipment
		prosecutors allege > prosecutor alleges
		prosecutors argued > prosecutor argued
		Reports differ > Report differs
		Sources differ > Source differs
		relatives > relative
		findings > finding
		operations > operation
		associates > associate
		threats > threat
		was > were
		were > was`),
	knowledge.Spanish: changes(`
		oficiales > oficial
		viajeros > viajero
		terroristas > terrorista
		enlaces > enlace
		bienes > bien
		amenazas > amenaza
		operaciones > operación
		vínculos > vínculo
		cargamentos > cargamento
		fue > fueron
		firmaron > firmó
		era > eran
		difieren > difiere
		dijo > dijeron
		informó > informaron
		anunció > anunciaron`),
}

var passives = map[knowledge.Lang]*regexp.Regexp{
	knowledge.English: regexp.MustCompile(`^([^,;]+?) (was|were) (signed|announced|created|approved|recaptured|captured|designated|received|assassinated|ordered|held|attached) by ([^,;]+?)\.$`),
	knowledge.Spanish: regexp.MustCompile(`^([^,;]+?) (fue|fueron) (\p{L}+[aio]d[oa]s?) por ([^,;]+?)\.$`),
}

var actives = map[knowledge.Lang]*regexp.Regexp{
	knowledge.English: regexp.MustCompile(`^((?:(?:In|On) [^,]+, )?)((?:[A-Z][\p{L}.']*|the|and|of|US|Court|Secretary|State) ?(?:[\p{L}.']+ ){0,6}?)(signed|authorised|received|announced|approved|ratified|designated|sanctioned|ordered|offered|declared|moved|repealed|stormed|recognised|convicted|charged|extradited|bombed|described|listed|launched) ((?:[^,;.]|[0-9],[0-9]|[0-9], [0-9]{4}|U\.S\.)+)\.$`),
	knowledge.Spanish: regexp.MustCompile(`^((?:(?:En|El) [^,]+, )?)((?:[\p{L}.]+ ){1,6}?)(firmó|firmaron|autorizó|recibió|aprobó|ratificó|designó|sancionó|ordenó|ofreció|declaró|constató|condenó|extraditó) ((?:[^,;.]|[0-9],[0-9])+)\.$`),
}

// voice tells simple passives actively and simple actives passively.
func (w *rewriter) voice(f *source) {
	if m := passives[w.lang].FindStringSubmatch(f.text); m != nil && w.lang == knowledge.English {
		w.add(Voice, f, capitalised(m[4])+" "+m[3]+" "+uncapitalised(m[1])+".")
	}
	m := actives[w.lang].FindStringSubmatch(f.text)
	if m == nil || strings.HasPrefix(m[4], "that ") || strings.HasPrefix(m[4], "que ") || strings.HasPrefix(m[4], "also ") || strings.Contains(m[4], " and the ") || strings.Contains(m[4], " y la ") || strings.Contains(m[2], " post") || strings.Contains(m[2], " also") || strings.Contains(m[4], " also ") {
		return
	}
	subject := strings.TrimSpace(m[2])
	object, rest := splitObject(m[4])
	if w.lang == knowledge.English {
		be := "was"
		if strings.HasSuffix(object, "s") {
			be = "were"
		}
		w.add(Voice, f, capitalised(m[1]+object)+" "+be+" "+m[3]+" by "+uncapitalised(subject)+rest+".")
		return
	}
	if pp := spanishParticiple(m[3], object); pp != "" {
		w.add(Voice, f, capitalised(m[1]+strings.TrimPrefix(object, "a "))+" "+pp+" por "+uncapitalised(subject)+rest+".")
	}
}

var nextPhrase = regexp.MustCompile(` (?:on|to|for|at|through|under|as|with|in|over|back|from|against|that|who|which|sobre|para|por|con|en|como|mediante|contra|bajo|desde|a|que|el [0-9])(?: |$)`)

// splitObject cuts an object off where the next phrase begins.
func splitObject(s string) (object, rest string) {
	if i := nextPhrase.FindStringIndex(s); i != nil && i[0] > 0 {
		return s[:i[0]], s[i[0]:]
	}
	return s, ""
}

// spanishParticiple makes the passive of a regular simple past for an object, in its gender and number.
func spanishParticiple(verb, object string) string {
	stem, ending := "", ""
	switch {
	case strings.HasSuffix(verb, "aron"):
		stem, ending = strings.TrimSuffix(verb, "aron"), "ad"
	case strings.HasSuffix(verb, "ió"):
		stem, ending = strings.TrimSuffix(verb, "ió"), "id"
	case strings.HasSuffix(verb, "ó"):
		stem, ending = strings.TrimSuffix(verb, "ó"), "ad"
	default:
		return ""
	}
	article, _, _ := strings.Cut(object, " ")
	switch strings.ToLower(article) {
	case "la", "una":
		return "fue " + stem + ending + "a"
	case "el", "un":
		return "fue " + stem + ending + "o"
	case "los":
		return "fueron " + stem + ending + "os"
	case "las":
		return "fueron " + stem + ending + "as"
	}
	return ""
}

// attribution moves "according to" between the front and the end of a fact with one clause.
func (w *rewriter) attribution(f *source) {
	if strings.ContainsAny(f.text, ";:") {
		return
	}
	by := map[knowledge.Lang]string{knowledge.English: "According to ", knowledge.Spanish: "Según "}[w.lang]
	if rest, ok := strings.CutPrefix(f.text, by); ok {
		if who, what, ok := strings.Cut(rest, ", "); ok && !strings.Contains(who, ",") && strings.Count(f.text, ", ") < 3 && !strings.HasPrefix(what, "in ") && !strings.HasPrefix(what, "en ") {
			w.add(Attribution, f, capitalised(strings.TrimSuffix(what, "."))+", "+strings.ToLower(by)+who+".")
		}
	}
	if i := strings.LastIndex(f.text, ", "+strings.ToLower(by)); i > 0 && !strings.Contains(f.text[i+2:], ",") {
		who := strings.TrimSuffix(f.text[i+2+len(by):], ".")
		w.add(Attribution, f, by+who+", "+uncapitalised(f.text[:i])+".")
	}
}
