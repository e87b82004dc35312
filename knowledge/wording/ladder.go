package wording

// words are the entries of a stage in one language. told say that the step was taken, or is: verb forms, participles and
// the nouns of documents. named only name it: other nouns and infinitives.
type words struct{ told, named string }

// rung is one stage in both languages.
type rung struct{ en, es words }

// ladder holds the words of every stage. A word belongs to one stage, except where it says two things at once: a
// Spanish condena with its length is a conviction and a sentence.
var ladder = [stageCount]rung{
	Investigated: {
		words{`investigat(es|ed|ing), under investigation, prob(es|ed|ing)`, `investigat(e|ion|ions), probe, inquir(y|ies), !bureau of investigation(|s)`},
		words{`investiga(|n|ba|ban|ndo|ron), investigo, investigad(o|a|os|as), indaga(|n|ba), indagad(o|a|os|as)`,
			`investigacion(|es), investigar, indagacion(|es), !buro (federal |)de investigacion(|es)`},
	},
	Suspected: {
		words{`suspect(s|ed|ing), suspect`, `suspicion(|s)`},
		words{`sospech(an|aba|aban|o), se sospecha, sospechos(o|a|os|as)`, `sospecha(|s), sospechar`},
	},
	Accused: {
		words{`accus(es|ed|ing)`, `accuse, accusation(|s)`},
		words{`acusa(|n|ba|ban|ndo|ron), acuso, acusad(o|a|os|as), señalad(o|a|os|as) de, sindicad(o|a|os|as),
			!acusad(o|a|os|as) formalmente, !formalmente acusad(o|a|os|as), !acus(o|aron|a|an) formalmente, !(un|una) acusad(o|a) (descenso|aumento|caida|diferencia|contraste|incremento)`,
			`acusar, acusacion(|es), !acusacion(|es) formal(|es)`},
	},
	Charged: {
		words{`charg(ed|ing), charges, !charge(|s|d) a fee`,
			`charge, !in charge, !free of charge, !take(|s|n) charge, !took charge, !charge d'affaires`},
		words{`imput(a|an|o|aba|aron|ando), imputad(o|a|os|as), procesad(o|a|os|as), !(datos|alimentos|productos) procesados, formul(o|aron) cargos, cargos, !cargos (publicos|electos|directivos), !altos cargos`,
			`imputar, imputacion(|es), procesamiento, procesar`},
	},
	Indicted: {
		words{`indict(s|ed|ing)`, `indict, indictment(|s)`},
		words{`acusad(o|a|os|as) formalmente, formalmente acusad(o|a|os|as), acus(o|aron|a|an) formalmente`,
			`acusacion(|es) formal(|es), acusacion(|es) sustitutiva(|s), acta de acusacion, pliego de acusacion, auto de llamamiento a juicio`},
	},
	OnTrial: {
		words{`on trial, st(ands|ood|anding) trial, tried (for|in|on|by|before)`, `trial(|s), stand trial, be tried, !trial and error, !clinical trial(|s)`},
		words{`juzgad(o|a|os|as), juzg(a|an|o|aron), enjuici(a|an|o|ado|ada|ados|adas),
			!(un|el|del|al|este|ese|dicho|cada) juzgado, !(los|unos) juzgados, !juzgado (de|penal|federal|primero|segundo|tercero)`,
			`juicio(|s), juzgar, enjuiciamiento, enjuiciar, !a juicio de, !a mi juicio`},
	},
	PleadedGuilty: {
		words{`plead(ed|s|ing) guilty, pled guilty`, `plead guilty, guilty plea(|s), plea of guilty, !not-guilty plea(|s), !not guilty plea(|s)`},
		words{`se declar(o|a|an|aron|ara|aria) culpable(|s), se (ha|han|habia) declarado culpable(|s), declarandose culpable`, `declararse culpable, declaracion de culpabilidad`},
	},
	PleadedNotGuilty: {
		words{`plead(ed|s|ing) not guilty, pled not guilty, not guilty, !found not guilty`, `plead not guilty, not-guilty plea(|s), plea of not guilty, not guilty plea(|s)`},
		words{`se declar(o|a|an|aron|ara) (no culpable|inocente)(|s), no culpable(|s)`, `declararse (no culpable|inocente)`},
	},
	Convicted: {
		words{`convict(s|ed|ing), found guilty, guilty verdict(|s), !escaped convicts`, `convict, conviction(|s), find guilty`},
		words{`condenad(o|a|os|as), conden(o|aron|a a|an a), (hallad|declarad|encontrad)(o|a|os|as) culpable(|s), (hall|declar|encontr)(o|aron) culpable(|s), !se declar(o|aron) culpable(|s),
			!conden(o|aron|a|an) (el|la|los|las) (ataque|ataques|atentado|atentados|violencia|asesinato|asesinatos|hecho|hechos)`,
			`condena(|s), condenar, veredicto de culpabilidad, culpabilidad, !declaracion de culpabilidad`},
	},
	Sentenced: {
		words{`sentenced, sentences, serv(es|ed|ing) (a|his|her|their) <gap> (sentence|term)`, `sentence, sentencing(|s), prison term(|s), jail term(|s), life in prison, life imprisonment, !sentencing project`},
		words{`sentenciad(o|a|os|as), sentenci(o|aron), condenad(o|a|os|as) a <n>, conden(o|aron) a <gap> <n> (años|meses)`,
			`sentencia(|s), sentenciar, condena(|s) de <n>, pena(|s), cadena perpetua, !vale la pena, !pena de que`},
	},
	Acquitted: {
		words{`acquit(s|ted|ting), found not guilty, exonerat(es|ed), cleared of`, `acquit, acquittal(|s), exoneration`},
		words{`absuelt(o|a|os|as), absolv(io|ieron), absuelv(e|en), sobreseid(o|a|os|as), sobresey(o|eron), exonerad(o|a|os|as), exonero`, `absolver, absolucion, sobreseimiento, exonerar`},
	},
	Dismissed: {
		words{`dismiss(es|ed|ing), charges dropped, dropped (the |all |)(charges|case), charges were dropped`, `dismiss, dismissal(|s), drop (the |all |)(charges|case)`},
		words{`desestim(o|a|aron|ado|ada|ados|adas), =archivó, archiv(aron|ado|ada|ados|adas), retir(o|aron) los cargos`, `desestimar, desestimacion, archivo de la causa`},
	},
	Requested: {
		words{`request(s|ed|ing), ask(s|ed|ing) for, sought, seek(s|ing)`, `request, seek`},
		words{`solicit(o|a|an|aron|aba|ado|ada|ados|adas|ando), pidi(o|eron), pid(e|en), pedid(a|os|as), requirio, requirieron, requier(e|en), requerid(o|a|os|as)`,
			`solicitud(|es), solicitar, pedido, pedir, peticion(|es), requerimiento(|s)`},
	},
	Proposed: {
		words{`propos(es|ed|ing)`, `propose, proposal(|s)`},
		words{`propus(o|ieron), propon(e|en|ia), propuest(o|os), plante(o|a|aron)`, `propuesta(|s), proponer`},
	},
	Consented: {
		words{`consent(s|ed|ing), accept(s|ed|ing), waiv(es|ed|ing), voluntarily agreed`, `consent, acceptance, accept, waive, waiver(|s)`},
		words{`consinti(o|eron), consient(e|en), acept(o|a|an|aron|aba|ado|ada|ados|adas), se allan(o|a|aron) a, renunci(o|a) a`, `consentimiento, consentir, aceptacion, aceptar, allanarse`},
	},
	Approved: {
		words{`approv(es|ed|ing), authori(s|z)(es|ed|ing), cleared the way, ruled in favo(|u)r`, `approv(e|al|als), authori(s|z)(e|ation|ations), green light, !federal bureau`},
		words{`aprobo, aprueba(|n), aprobaron, aprobad(o|a|os|as), autoriz(o|a|an|aron|ado|ada|ados|adas), dio luz verde, avalo, avalaron, dio paso`,
			`aprobacion, aprobar, autorizacion(|es), autorizar, visto bueno, luz verde`},
	},
	Granted: {
		words{`grant(s|ed|ing)`, `grant`},
		words{`conced(io|e|en|ieron|ido|ida), otorg(o|a|an|aron|ado|ada)`, `conceder, concesion, otorgar`},
	},
	Ordered: {
		words{`order(ed|ing)`, `order, orders, court order(|s), !in order, !law and order, !order of`},
		words{`orden(o|aron|a a|a que|an que|ado|ada), dispus(o|ieron), dispon(e|en) que`, `orden, ordenes, ordenar, !orden publico, !orden del dia, !en orden`},
	},
	Rejected: {
		words{`reject(s|ed|ing), den(ies|ied) (the |a |an )(request|motion|appeal|bail)`, `reject, rejection(|s)`},
		words{`=rechazó, rechaz(a|an|aron|ado|ada|ados|adas), neg(o|aron) (el|la) (pedido|solicitud|recurso|apelacion)`, `=rechazo, rechazar, negativa`},
	},
	Surrendered: {
		words{`surrender(s|ed|ing), hand(s|ed|ing) (over|him over|her over|them over), turned (over|himself in|herself in)`, `surrender, handover, hand over, turn over`},
		words{`entreg(o|aron|ado|ada|ados|adas|an|ando)`, `entrega(|s), entregar, entregarse`},
	},
	Extradited: {
		words{`extradit(es|ed|ing)`, `extradit(e|ion|ions|able)`},
		words{`extradit(a|an|o|aron|aba|ado|ada|ados|adas|ando|ara|aran|aria)`, `extradicion(|es), extraditar(|lo|la|los|las), extraditable(|s)`},
	},
	Deported: {
		words{`deport(s|ed|ing)`, `deport, deportation(|s)`},
		words{`deport(a|an|o|aron|ado|ada|ados|adas)`, `deportacion(|es), deportar`},
	},
	Expelled: {
		words{`expel(s|led|ling)`, `expel, expulsion(|s)`},
		words{`expuls(a|an|o|aron|ado|ada|ados|adas)`, `expulsion(|es), expulsar`},
	},
	Announced: {
		words{`announc(es|ed|ing)`, `announc(e|ement|ements)`},
		words{`=anunció, anunci(a|an|aron|aba|ado|ada|ados|adas|ando)`, `=anuncio, anuncios, anunciar`},
	},
	Agreed: {
		words{`agree(s|d|ing)`, `agree`},
		words{`acord(o|aron|ado|ada|ados|adas), acuerda(|n), =pactó, pact(aron|ado|ada|ados|adas), convin(o|ieron), convenid(o|a)`, `acordar, pactar, convenir`},
	},
	Signed: {
		words{`sign(s|ed|ing), !sign(|s) of, !signs that`, `sign, signature(|s), signator(y|ies)`},
		words{`firm(o|aron|an|ado|ada|ados|adas|ando|ara|aran|aria), suscrib(io|e|en|ieron), suscrit(o|a|os|as), rubric(o|aron|ado|ada)`, `firma(|s), firmar, firmante(|s), suscripcion, suscribir`},
	},
	Ratified: {
		words{`ratif(ies|ied|ying)`, `ratif(y|ication|ications)`},
		words{`ratific(o|a|an|aron|ado|ada|ados|adas)`, `ratificacion(|es), ratificar`},
	},
	InForce: {
		words{`in force, in effect, into force, into effect, t(ook|akes|aking) effect, effective (on|from|as of|<n>), still (valid|active)`, `take effect`},
		words{`vigente(|s), en vigor, en vigencia, entr(o|a|ada) en (vigor|vigencia), rige(|n), surt(e|en|io) efecto`, `vigencia, entrar en vigor`},
	},
	Memorandum: {
		words{`memorandum(|s), memoranda, mou(|s)`, ``},
		words{`memorand(o|os|um|ums), mou`, ``},
	},
	Agreement: {
		words{`agreement(|s), accord(|s), deal, deals, pact(|s), !deal(|s) (with|in), !a (great|good) deal of`, ``},
		words{`acuerdo(|s), convenio(|s), pacto(|s), !de acuerdo`, ``},
	},
	Treaty: {
		words{`treat(y|ies)`, ``},
		words{`tratado(|s), !(ha|han|habia|habian|haber|hemos) tratado(|s), !tratado(|s) (como|con|por)`, ``},
	},
	Arrested: {
		words{`arrest(s|ed|ing), under arrest`, `arrest, arrest warrant(|s), house arrest`},
		words{`=arrestó, arrest(aron|ado|ada|ados|adas), aprehend(io|ieron|ido|ida|idos|idas)`, `arrestar, =arresto, arrestos, aprehension(|es), aprehender`},
	},
	Captured: {
		words{`captur(es|ed|ing), caught`, `capture`},
		words{`captur(o|aron|an|ado|ada|ados|adas)`, `captura(|s), capturar`},
	},
	Recaptured: {
		words{`recaptur(es|ed|ing)`, `recapture`},
		words{`recaptur(o|aron|an|ado|ada|ados|adas)`, `recaptura(|s), recapturar`},
	},
	Detained: {
		words{`detain(s|ed|ing), in custody, being held, held without, held (in|at) (a |the |)(prison|jail|custody|brooklyn|federal|metropolitan|detention), pretrial detention`, `detain, detention(|s), custody`},
		words{`detenid(o|a|os|as), detuv(o|ieron), detien(e|en), bajo custodia, en prision preventiva`, `detencion(|es), detener, custodia, prision preventiva`},
	},
	Imprisoned: {
		words{`imprisoned, jailed, incarcerated, behind bars, in (prison|jail)`, `imprisonment, !life imprisonment, incarceration`},
		words{`encarcelad(o|a|os|as), pres(o|a|os|as), encarcel(o|aron), recluid(o|a|os|as), en (prision|la carcel), tras las rejas, !en prision preventiva`, `encarcelamiento, reclusion`},
	},
	Escaped: {
		words{`escap(es|ed|ing), fle(d|es), fleeing, broke out`, `escape, flee, jailbreak(|s), prison break(|s)`},
		words{`escap(o|a|an|aron|aba|ado|ada|ados|adas), fug(o|aron|ado|ada|ados|adas), hu(yo|yeron|ye|yen|ido|ida), evadi(o|eron|do|da)`, `escape, escapar, fuga(|s), huida, huir, evasion, !evasion (fiscal|tributaria)`},
	},
	Fugitive: {
		words{`fugitive(|s), at large, on the run, wanted (by|for|man)`, ``},
		words{`profug(o|a|os|as), fugitiv(o|a|os|as), en fuga, buscad(o|a|os|as) por`, ``},
	},
	Released: {
		words{`freed, (was|were|been|is|be|being) released, released (from|on|him|her|them), releas(es|ed|ing) (the |)(prisoner|prisoners|detainee|suspect), !released (a|the) (statement|text|photo|photos|video|information|details)`, `release from, release on bail, his release, her release`},
		words{`liberad(o|a|os|as), liber(o|aron), (puest|dejad)(o|a|os|as) en libertad, excarcelad(o|a|os|as), recupero (la|su) libertad, quedo (libre|en libertad)`, `liberacion, excarcelacion, liberar`},
	},
	Designated: {
		words{`designat(es|ed|ing), blacklisted, added to the list`, `designat(e|ion|ions)`},
		words{`design(o|aron|ado|ada|ados|adas|an), incluid(o|a|os|as) en la lista`, `designacion(|es), designar`},
	},
	Sanctioned: {
		words{`sanctioned, impos(es|ed|ing) sanctions`, `sanction(|s), sanctioning`},
		words{`sancion(o|aron|ado|ada|ados|adas|an), impus(o|ieron) sanciones`, `sancion, sanciones, sancionar`},
	},
}
