package mutate

import (
	"fmt"
	"strings"

	"enlace/knowledge"
)

// words are what the generator exchanges and inserts in one language.
type words struct {
	numbers, months, weekdays, approximators []string
	withWeekday                              string // weekday, date
	magnitudes, units, temporal, modals      [][]string
	stages, antonyms, prepositions, roles    [][]string
	quantifiers                              [][2]string // from, to
	negations                                []string
	auxiliaries                              []string
	not                                      string
	only                                     []string
	adjuncts, evaluations, causes            []string
	future                                   [][2]string
	upgrades                                 [][2]string
	hedges                                   []string
	fullDate                                 func(knowledge.Date) string
}

func list(s string) (out []string) {
	for w := range strings.SplitSeq(s, ",") {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

func lists(s string) (out [][]string) {
	for line := range strings.SplitSeq(s, "\n") {
		if l := list(line); len(l) > 1 {
			out = append(out, l)
		}
	}
	return out
}

func changes(s string) (out [][2]string) {
	for line := range strings.SplitSeq(s, "\n") {
		if from, to, ok := strings.Cut(line, ">"); ok {
			out = append(out, [2]string{strings.TrimSpace(from), strings.TrimSpace(to)})
		}
	}
	return out
}

func wordsOf(l knowledge.Lang) *words {
	if l == knowledge.Spanish {
		return &spanish
	}
	return &english
}

var english = words{
	numbers:       list("two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fifteen, seventeen, twenty"),
	months:        list("January, February, March, April, May, June, July, August, September, October, November, December"),
	weekdays:      list("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday"),
	approximators: list("about, around, some, nearly, almost, over, more than, less than, at least, up to"),
	withWeekday:   "%s, %s",
	magnitudes:    lists("million, billion, thousand"),
	units: lists(`days, weeks, months, years, hours
		day, week, month, year
		dollars, euros, pesos
		percent, degrees`),
	temporal: lists(`before, after
		until, since, after
		during, before, after
		earlier, later
		still, no longer
		once, until`),
	modals: lists(`may, will, must
		would, will, did
		could, will, should
		can, must`),
	stages: lists(`charged, convicted, acquitted, sentenced
		charges, convictions
		accused, convicted, acquitted
		indictment, conviction, acquittal
		indicted, convicted
		extradited, deported, expelled
		extradition, deportation, expulsion
		memorandum, treaty, agreement, contract
		agreement, treaty, memorandum
		treaty, memorandum
		signed, ratified, rejected, announced
		ratified, signed, rejected
		approved, rejected, ordered, proposed
		ordered, requested, proposed
		requested, ordered, granted
		authorised, ordered, rejected
		announced, signed, ratified, denied
		recaptured, arrested, released
		captured, released, killed
		arrested, released, convicted
		escaped, was released
		designated, acquitted
		sanctioned, acquitted
		pleaded not guilty, pleaded guilty, was found guilty
		not-guilty plea, guilty plea
		accepted, rejected, requested
		surrender, deportation
		handover, escape
		received, rejected
		sentenced, charged, acquitted
		convicted, charged, acquitted
		fugitive, convict, witness
		arraigned, sentenced, convicted
		trial, sentencing
		handed, sold`),
	antonyms: lists(`approved, opposed
		allow, forbid
		allows, forbids
		excludes, includes
		landed, departed
		returned, left
		attended, skipped
		failed, succeeded
		passed, failed
		began, ended
		rival, ally
		against, for
		opened, closed
		near, far from
		includes, excludes
		bought, sold
		increased, fell
		temporary, permanent
		permanent, temporary
		first, last
		largest, smallest
		public, secret
		foreign, domestic
		north, south
		formal, informal
		new, old
		sent, received
		took office, left office
		closed, open
		maximum, minimum
		minimum, maximum
		more, fewer
		led, followed
		barred, permitted
		permit, forbid
		gives, denies
		kept, lifted
		supports, opposes
		with, without`),
	prepositions: lists(`to, from
		from, to
		by, against
		against, by
		into, out of
		under, against
		for, against`),
	roles: lists(`interior minister, defence minister, foreign minister
		Interior Minister, Defence Minister, Foreign Minister, Prime Minister
		president, vice president
		Secretary, Under Secretary, Ambassador
		prosecutors, judges, police
		judge, prosecutor
		Judge, Prosecutor
		lawyer, judge
		spokesperson, minister
		vice-minister, minister
		police, army
		government, opposition
		officers, soldiers
		guards, inmates`),
	quantifiers: changes(`
		some > all
		some > most
		several > all
		most > all
		many > all
		all > some
		only > 
		first > only
		first > last
		one of > 
		one of the > the
		both > neither of the
		each > some
		several > two
		principal > only
		most > few
		main > only
		at least > exactly
		third > second
		others > everybody
		two > only two`),
	negations:   list("not, no, never, without, neither, nor, none"),
	auxiliaries: list("was, were, is, are, had, has, have, will, would, can, could"),
	not:         "not",
	only:        list("only, all, always, first, never, exclusively"),
	adjuncts: list(`after pressure from Washington, in exchange for money, at the request of China, without consulting the Assembly, for the second time,
		in secret, despite protests, with great success, under duress, for political reasons, with the help of Russia`),
	evaluations: list("controversial, historic, illegal, corrupt, shameful, brilliant, unprecedented, notorious"),
	causes:      list("because, after, therefore, so, which led to the fact that, even though"),
	future: changes(`
		was > will be
		were > will be
		signed > will sign
		announced > will announce
		visited > will visit
		said > will say
		approved > will approve
		is > was once
		had > will have
		has > never has
		declared > will declare
		offered > will offer
		is to be > was
		would > did
		runs > ran
		extradited > will extradite
		ordered > will order
		recaptured > will recapture
		began > will begin
		took > will take
		held > will hold`),
	upgrades: changes(`
		said > confirmed
		says > proves
		alleges > proves
		allege > have proved
		alleged > proven
		reported > confirmed
		described > exposed
		argued > proved
		according to > as proved by
		accused > guilty
		suspected > guilty
		charged > found guilty
		attribute > prove`),
	hedges: list("alleged, allegedly, reportedly, suspected, presumed, probably, attributed to, widely described as, is reported as, are reported to, accused, described as, named as"),
	fullDate: func(d knowledge.Date) string {
		return fmt.Sprintf("%s %d, %d", d.Month, d.Day, d.Year)
	},
}

var spanish = words{
	numbers:       list("dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez, once, doce, trece, quince, diecisiete, veinte"),
	months:        list("enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre"),
	weekdays:      list("lunes, martes, miércoles, jueves, viernes, sábado, domingo"),
	approximators: list("unos, cerca de, cerca del, alrededor de, casi, más de, menos de, al menos, hasta"),
	withWeekday:   "%s %s",
	magnitudes:    lists("millones, mil millones, billones, miles"),
	units: lists(`días, semanas, meses, años, horas
		día, semana, mes, año
		dólares, euros, pesos
		%, grados
		por ciento, grados`),
	temporal: lists(`antes, después
		hasta, desde
		durante, antes de
		tras, antes de
		todavía, ya no
		luego, antes
		cuando, hasta que`),
	modals: lists(`puede, debe
		podría, puede, podrá
		sería, será, es
		estaría, está, estará
		habría, ha, había
		habrían, han, habían
		tendría, tiene, tendrá
		enfrentaría, enfrentará, enfrenta
		compartirían, comparten, compartieron
		vencería, vence, venció
		volvería, volvió
		garantizaría, garantizará
		suspendería, suspende
		será, fue`),
	stages: lists(`acusado, condenado, absuelto, sentenciado
		acusada, condenada, absuelta
		procesados, condenados, absueltos
		imputa, condena
		cargos, condenas
		acusación, condena
		extraditado, deportado, expulsado
		extradición, deportación, expulsión
		memorando, tratado, acuerdo, contrato
		acuerdo, tratado, memorando
		convenio, tratado
		tratado, memorando
		firmaron, ratificaron, rechazaron, anunciaron
		firmó, ratificó, rechazó, anunció
		ratificó, firmó, rechazó
		aprobó, rechazó, ordenó, propuso
		aprobaron, rechazaron, ordenaron
		ordenó, solicitó, propuso
		autorizó, ordenó, rechazó
		anunció, firmó, ratificó, negó
		recapturado, arrestado, liberado
		recaptura, liberación
		capturado, liberado
		detenidos, liberados, condenados
		fugó, entregó
		designó, absolvió
		sancionó, absolvió
		no culpable, culpable
		aceptó, rechazó, pidió
		entrega, deportación
		pedido, rechazo
		sentenciado, acusado, absuelto
		condenó, acusó, absolvió
		prófugo, condenado, testigo
		juicio, condena
		entregado, vendido
		solicitará, ordenará`),
	antonyms: lists(`aprobaron, rechazaron
		permite, prohíbe
		permitió, prohibió
		excluye, incluye
		llegó, salió
		regresó, se fue
		asistió, faltó
		fracasó, triunfó
		empezó, terminó
		rival, aliada
		contra, a favor de
		abrió, cerró
		cerca, lejos
		compraron, vendieron
		temporal, permanente
		permanente, temporal
		primera, última
		máxima, mínima
		pública, secreta
		extranjeras, nacionales
		formal, informal
		nueva, vieja
		envió, recibió
		recibió, envió
		prohibía, permitía
		impide, permite
		otorga, niega
		mantuvo, levantó
		con, sin
		dirigió, siguió`),
	prepositions: lists(`a, de
		desde, hacia
		por, contra
		contra, por
		bajo, contra
		con, contra
		para, contra`),
	roles: lists(`ministro del Interior, ministro de Defensa, ministro de Salud
		canciller, vicecanciller
		presidente, vicepresidente
		secretaria, subsecretaria, embajadora
		secretario, subsecretario, embajador
		fiscal, juez
		jueza, fiscal
		juez, fiscal
		abogado, juez
		vocera, ministra
		viceministro, ministro
		policías, soldados
		militares, bomberos
		Gobierno, Congreso
		guías, reos`),
	quantifiers: changes(`
		algunos > todos los
		algunos > la mayoría de los
		varias > todas las
		varios > todos los
		la mayoría de > todos
		la mayoría > todos
		muchos > todos los
		todos > algunos de
		solo > 
		primer > único
		primera > única
		primera > última
		uno de los > el
		ambos > ninguno de los
		cada > algún
		principal > único
		única > primera
		varios > dos
		tercera > segunda
		otros > todos
		dos > solo dos`),
	negations:   list("no, ni, sin, nunca, ninguna, ningún, tampoco"),
	auxiliaries: list("fue, fueron, es, son, está, había, ha, han, era, firmó, anunció, dijo, se, visitó, aprobó, ordenó, recibió, tiene, trabaja"),
	not:         "no",
	only:        list("solo, siempre, únicamente, todos, nunca"),
	adjuncts: list(`tras la presión de Washington, a cambio de dinero, a pedido de China, sin consultar a la Asamblea, por segunda vez, en secreto,
		pese a las protestas, con gran éxito, bajo coacción, por razones políticas, con ayuda de Rusia`),
	evaluations: list("polémico, histórico, ilegal, corrupto, vergonzoso, brillante, inédito, temible"),
	causes:      list("porque, después de que, por lo tanto, por lo que, lo que provocó que, a pesar de que"),
	future: changes(`
		fue > será
		fueron > serán
		firmó > firmará
		firmó > firmaría
		firmaron > firmarán
		anunció > anunciará
		visitó > visitará
		dijo > dirá
		aprobó > aprobará
		es > fue
		había > habrá
		ha > habrá
		declaró > declarará
		ofreció > ofrecerá
		será > fue
		va > fue
		extraditó > extraditará
		ordenó > ordenará
		empezó > empezará
		recibió > recibirá
		asumió > asumirá
		designó > designará
		trasladaron > trasladarán
		creó > creará
		llegó > llegará`),
	upgrades: changes(`
		dijo > confirmó
		dice > demuestra
		señala > demuestra
		sostiene > demostró
		atribuye > prueba
		atribuyen > prueban
		informó > confirmó
		describió > comprobó
		argumentó > probó
		según > como probó
		acusado > culpable
		presunto > comprobado
		presunta > comprobada
		presuntos > comprobados
		imputa > probó
		afirma > prueba`),
	hedges: list("presunto, presunta, presuntos, presuntas, supuesto, al parecer, probablemente, según reportes, acusado, acusada, atribuidas a"),
	fullDate: func(d knowledge.Date) string {
		months := list("enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre")
		return fmt.Sprintf("%d de %s de %d", d.Day, months[d.Month-1], d.Year)
	},
}
