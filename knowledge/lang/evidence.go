package lang

import "strings"

// weighted returns the words of several lists with the weight of their list.
func weighted(lists map[float64]string) map[string]float64 {
	m := map[string]float64{}
	for w, list := range lists {
		for word := range strings.FieldsSeq(list) {
			m[word] = w
		}
	}
	return m
}

// evidence weighs folded words: above 0 for English, below 0 for Spanish. Question words count most, since a question
// is asked in their language even where the rest is quoted; then function words; then common words of our topics.
// Words of both languages (no, me, son, solo, a, real, ...) stay out or count little.
var evidence = weighted(map[float64]string{
	3: `who whom whose what which when where why how whos whats wheres hows wat wut does did is are was were`,
	2: `the of and to in that it this these those they them their there he she his him her its not you your we our us
		with from by for on at an as if or but about after before because been being be has have had do don't dont didn't
		didnt doesn't doesnt isn't isnt wasn't wasnt aren't i'm im it's will would can could should must might shall
		any all every many much some only also just still than then now into over under between during until while
		since against without through both each other another more most such so too very 's u ur
		tell give show explain list name say says said please pls plz thanks hello hi hey yes ok
		who'd who'll what're they're i've won't can't couldn't wouldn't ever never nothing anything something someone
		anyone idk lol wtf gonna wanna bc cuz thx`,
	1.2: `agreement deal sign signs signed signing signature charge charges charged sentence sentenced trial court judge
		prison jail police officer officers law lawyer treaty memo extradite extradited extradition
		arrest arrested recaptured captured caught escape escaped fugitive guilty plead pleaded plea convicted
		indictment indicted drug drugs gang gangs leader leaders boss border customs weapons guns money years year
		months month days day date time summary summarize news update status happened happen happens mean means
		meaning know known true false really old age born man men people person wife brother family country
		minister president government law sources source fact facts first last next new where's what's who's
		office job place center centre targeting sharing share data biometric liaison send sent get got make made
		go going went come came think said work works working talk back here long full vote votes referendum
		dangerous ship seized extraditing lawyers kingpin lord cartels killed murder trafficking smuggling
		against troops war party parties secret public allowed allow versus difference latest cell`,
	0.4: `i r`,
	-3: `que quien quienes cual cuales cuando donde adonde cuanto cuanta cuantos cuantas como porque porq xq pq xk porke
		ke qe kien kienes qien qn kn dnd`,
	-2: `el los las un una unos unas de del al y en por para con sin sobre segun se lo la le les su sus que este esta
		estos estas ese esa esos esas esto eso aquel es fue era eran fueron ser estan estaba esta estuvo hay habia
		han ha hace hizo pero si ya muy mas tambien tampoco nunca nada nadie algo alguien algun alguna hasta desde
		entre durante mientras aunque contra ante tras q k x d tb tmb pa tiene tenia tienen puede pueden podria
		dime dame dijo dicen dice explica explicame resumen cuentame sabe sabes saben significa quiere hola gracias
		porfa oye ellos ella nosotros ustedes usted yo mi mis tu te nos cada todo todos toda todas otro otra mismo
		ahora entonces cuales donde cuyo lq sale va van son va eres soy estoy sabemos va verdad cierto falso`,
	-1.2: `acuerdo acuerdos convenio firma firmo firman firmar firmado firmaron cargo cargos acusado acusan acusa
		condena condenado condenaron sentencia juicio juez corte carcel prision policia policias oficial oficiales ley
		tratado extradicion extraditado extraditar extraditaron preso presos captura capturaron capturado detenido
		detuvieron recapturado escapo escaparon fuga fugado profugo culpable droga drogas banda bandas jefe lider
		frontera aduana aduanas armas dinero ano anos mes meses dia dias fecha hora noticias paso pasa ocurrio
		mujer hombre hombres gente esposa hermano familia pais presidente ministro gobierno fuentes hechos
		primero ultimo nuevo oficina puesto trabajo trabaja centro datos compartir biometricos enlace intercambio
		enviar envio manda mandaron gringos gringo abogado abogados defensa fiscalia declaro
		estado estados unidos plazo dura cuerpo hablan habla nombre llama llaman vive esta votos voto consulta
		popular asamblea jueces corte pruebas delito delitos asesinato narcos narcotrafico trafico nave`,
	-0.4: `o sera`,
})

// neutral are folded words that tell nothing though their form might: names, places, and words of both languages.
var neutral = set(`
	fito macias villamar jose adolfo noboa daniel noem kristi reimberg john jhon penafiel veronica munoz bermudez
	choneros lobos chonero ecuador ecuadorian quito guayaquil manta manabi montecristi guayas esmeraldas cuenca loja
	usa eeuu dhs cbp ntc doj fbi dea onu brooklyn york virginia sterling washington miami florida colombia mexico
	peru panama venezuela trump rubio biden petro correa lasso donald marco washington sommerfeld zuniga
	reuters cnn primicias expreso teleamazonas ecuavisa telesur semana extra universo comercio
	no a me memorandum plan total general final real central federal nacional regional global social legal criminal local
	capital animal hospital social error control director doctor actor factor sector color terror horror motor
	normal penal principal moral rural oral radio video audio zona extra visa drama crisis virus base fiscal
	interpol narco cartel internet google twitter facebook tiktok whatsapp discord bot online info chat post
	roca modelo oro rios lobos choneros tiguerones latin kings salvador angeles vegas`)

// nameArticles are Spanish articles that begin a name, with the words that follow them there.
var nameArticles = map[string]map[string]struct{}{
	"los": set("choneros lobos tiguerones lagartos rios angeles zetas aguilas fatales"),
	"las": set("vegas americas aguilas malvinas"),
	"el":  set("salvador oro universo comercio chapo pais mercurio telegrafo nacional paso"),
	"la":  set("roca modelo regional republica fm hora posta fuente guaira"),
	"de":  set("guzman janeiro souza la"),
}

// endings weighs what folded words end in; the longest one counts.
var endings = map[string]float64{
	"ing": .7, "ings": .6, "tion": .7, "tions": .7, "sion": .1, "ness": .7, "ment": .6, "ments": .6, "ence": .6, "ance": .5,
	"ship": .6, "ight": .7, "ough": .7, "ful": .5, "less": .6, "ly": .5, "ed": .5, "ty": .4, "y": .3, "ck": .5, "th": .5,
	"sh": .5, "ch": .3, "er": .2, "ers": .5, "ous": .6, "ive": .4, "ist": .5, "t": .3, "k": .3, "ll": .4, "nd": .4, "rd": .4, "rk": .4,
	"nt": .4, "ss": .4, "ee": .4, "ey": .4, "w": .4, "d": .2, "m": .2, "p": .2, "g": .3, "f": .3, "h": .3,
	"cion": -.8, "iones": -.8, "idad": -.8, "dades": -.8, "ando": -.7, "iendo": -.8, "endo": -.6, "mente": -.8, "aron": -.8,
	"ieron": -.8, "ado": -.7, "ada": -.6, "ados": -.7, "adas": -.7, "ido": -.6, "ida": -.5, "idos": -.6, "idas": -.6, "aba": -.5,
	"aban": -.6, "ito": -.3, "ita": -.3, "ias": -.4, "ia": -.3, "io": -.4, "ios": -.5, "iva": -.5, "ivo": -.5, "oso": -.5, "osa": -.5,
	"ero": -.5, "era": -.4, "eros": -.5, "eza": -.6, "anza": -.6, "ario": -.6, "aria": -.5, "ores": -.5, "ales": -.5,
	"ar": -.4, "ir": -.5, "o": -.4, "os": -.4, "a": -.3, "as": -.35, "an": -.1, "en": -.05, "on": 0, "es": 0, "ez": -.3,
}

// grams weighs groups of letters that one of the two languages hardly has.
var grams = map[string]float64{
	"th": .4, "sh": .4, "wh": .6, "ck": .4, "gh": .4, "ph": .4, "ee": .3, "oo": .4, "ea": .15, "ou": .3, "ow": .4, "aw": .4, "ew": .4,
	"tt": .4, "ss": .3, "ff": .3, "pp": .3, "mm": .3, "dd": .3, "gg": .3, "kn": .4, "wr": .4, "ay": .1, "oy": .1, "ke": .3, "ki": .2,
	"ght": .4, "tch": .4, "sch": .2, "igh": .3,
	"qu": -.1, "que": -.4, "qui": -.2, "rr": -.1, "ue": -.15, "ie": -.05, "ij": -.4, "aj": -.3, "ej": -.3, "ga": -.05, "cci": -.4, "zo": -.3,
	"za": -.2, "uel": -.2, "uer": -.2, "ien": -.1, "nci": -.15, "ju": -.1,
}
