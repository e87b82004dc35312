package lang

import "enlace/knowledge"

// IsStop reports whether a folded word says nothing about what a text is about: articles, pronouns, auxiliary verbs,
// prepositions, negations and question words, chat forms included. The word must be folded ("cual", not "cuál").
// The pronoun "us" is none, since it is also the country; "estado" is none, since it is also the state.
func IsStop(folded string, l knowledge.Lang) bool {
	if l == knowledge.Spanish {
		return has(stopSpanish, folded) || has(questionSpanish, folded)
	}
	return has(stopEnglish, folded) || has(questionEnglish, folded)
}

// IsQuestionWord reports whether a folded word asks: who, how, whats, quien, cuanto, xq …
func IsQuestionWord(folded string, l knowledge.Lang) bool {
	if l == knowledge.Spanish {
		return has(questionSpanish, folded)
	}
	return has(questionEnglish, folded)
}

var questionEnglish = set(`
	who whom whose what which when where why how whos who'd who'll who've whats whens wheres whys hows whats
	whatever whoever wherever whenever many much wat wut y`)

var questionSpanish = set(`
	que quien quienes cual cuales cuando donde adonde cuanto cuanta cuantos cuantas como porque porq xq pq xk porke
	q k ke qe qien kien kienes qn kn cdo dnd dond onde`)

// stopEnglish is Snowball's English list (snowballstem.org/algorithms/english/stop.txt) without question words, plus
// will, can, chat forms and contractions written without their apostrophe.
var stopEnglish = set(`
	i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
	it its itself they them their theirs themselves this that these those am is are was were be been being have has
	had having do does did doing would should could ought will can i'm you're we're they're i've you've
	we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll they'll isn't aren't wasn't weren't
	hasn't haven't hadn't doesn't don't didn't won't wouldn't shan't shouldn't can't cannot couldn't mustn't 's
	a an the and but if or because as until while of at by for with about against between into through during before
	after above below to from up down in out on off over under again further then once here there all any both each
	few more most other some such no nor not only own same so than too very
	u r ur im ive id hes shes theyre youre thats theres isnt arent wasnt werent hasnt havent hadnt doesnt dont didnt
	wont wouldnt cant couldnt shouldnt pls plz please ok hey hi hello`)

// stopSpanish is Snowball's Spanish list (snowballstem.org/algorithms/spanish/stop.txt), folded, without question words,
// estado(s), estada(s) and sentido, plus chat forms.
var stopSpanish = set(`
	de la el en y a los del se las por un para con no una su al lo mas pero sus le ya o este si ha me sin sobre
	muy tambien hasta hay desde todo nos durante todos uno les ni contra otros ese eso ante ellos e esto mi antes
	algunos unos yo otro otras otra el tanto esa estos mucho nada muchos poco ella estar estas algunas algo nosotros
	mis tu te ti tus ellas nosotras vosotros vosotras os mio mia mios mias tuyo tuya tuyos tuyas suyo suya suyos
	suyas nuestro nuestra nuestros nuestras vuestro vuestra vuestros vuestras esos esas es soy eres somos sois
	estoy esta estamos estais estan este estes estemos esteis esten estare estaras estara estaremos estareis estaran
	estaria estarias estariamos estariais estarian estaba estabas estabamos estabais estaban estuve estuviste estuvo
	estuvimos estuvisteis estuvieron estuviera estuvieras estuvieran estuviese estuvieses estuviesen estando
	he has hemos habeis han haya hayas hayamos hayan habre habras habra habremos habran habria habrias habriamos
	habrian habia habias habiamos habian hube hubo hubimos hubieron hubiera hubieras hubieran hubiese hubiesen
	habiendo habido haber sea seas seamos sean sere seras sera seremos seran seria serias seriamos serian era eras
	eramos eran fui fuiste fue fuimos fueron fuera fueras fueran fuese fuesen siendo sido ser
	tengo tienes tiene tenemos tienen tenga tengas tengan tendre tendra tendran tendria tendrian tenia tenias tenian
	tuve tuvo tuvieron tuviera tuvieran teniendo tenido tener
	cada entre aun asi mismo misma solo tan tampoco nunca ningun ninguna ninguno cuyo cuya cuyos cuyas aquel aquella
	d x xa tb tmb tbn toy ta pa porfa porfavor pls plis oye hola ok`)
