package literal

var spanish = newSpanish()

func newSpanish() *vocabulary {
	v := newVocabulary(true, '.', ',')
	spanishNumbers(v)
	spanishOrdinals(v)
	spanishCalendar(v)
	spanishUnits(v)
	spanishLabels(v)
	spanishApproximators(v)
	spanishFunctions(v)
	return v
}

func spanishNumbers(v *vocabulary) {
	v.cardinals(0, 1, "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve")
	v.cardinals(1, 0, "un una")
	v.cardinals(21, 0, "veintiun veintiuna")
	v.cardinals(20, 10, "_ treinta cuarenta cincuenta sesenta setenta ochenta noventa")
	v.cardinals(100, 100, "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos")
	v.cardinals(100, 100, "ciento doscientas trescientas cuatrocientas quinientas seiscientas setecientas ochocientas novecientas")
	v.mark(isArticle, "un una uno")
	v.each("mil", func(w *word, _ int) { w.power = 3 })
	v.each("millon millones", func(w *word, _ int) { w.power = 6 })
	v.each("millardo millardos", func(w *word, _ int) { w.power = 9 })
	v.each("billon billones", func(w *word, _ int) { w.power = 12 })
	v.each("trillon trillones", func(w *word, _ int) { w.power = 18 })
	v.each("docena docenas", func(w *word, _ int) { w.dozen = 12 })
	v.each("decena veintena treintena centenar", func(w *word, i int) { w.dozen = [...]int64{10, 20, 30, 100}[i] })
}

func spanishOrdinals(v *vocabulary) {
	for _, ending := range [...]string{"o", "a", "os", "as"} {
		for i, stem := range [...]string{"primer", "segund", "tercer", "cuart", "quint", "sext", "septim", "octav", "noven", "decim", "undecim", "duodecim", "decimotercer", "decimocuart", "decimoquint", "decimosext", "decimoseptim", "decimoctav", "decimonoven", "vigesim"} {
			v.entry(stem + ending).ordinal = int64(i) + 1
		}
		v.entry("trigesim" + ending).ordinal = 30
		v.entry("centesim" + ending).ordinal = 100
	}
	v.ordinals(1, 2, "primer tercer")
	v.mark(isSuffix|isSuffixed, "er ro ra do da to ta mo ma vo va no na os as")
	v.each("mitad", func(w *word, _ int) { w.denom = 2 })
	v.each("_ tercio cuarto quinto sexto septimo octavo noveno decimo", func(w *word, i int) { w.denom = int64(i) + 2 })
	v.each("_ tercios cuartos quintos sextos septimos octavos novenos decimos", func(w *word, i int) { w.denom, w.plural = int64(i)+2, true })
	v.each("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", func(w *word, i int) { w.decade = 20 + 10*int64(i) })
	v.each("parte partes medio media siglo siglos", func(*word, int) {})
}

func spanishCalendar(v *vocabulary) {
	v.months(true, "ene feb mar abr may jun jul ago sep oct nov dic")
	v.months(true, "_ _ _ _ _ _ _ _ sept _ _ _")
	v.months(true, "_ _ _ _ _ _ _ _ set _ _ _")
	v.months(false, "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
	v.months(false, "_ _ _ _ _ _ _ _ setiembre")
	v.weekdays("lunes martes miercoles jueves viernes sabado domingo")
	v.mark(isPrefix, "pre post")
	v.mark(isMonthPrep, "en de desde hasta durante para a mediados")
	v.mark(isSuffix, "de")
	v.each("ano anos decada decadas del el la los las al fiscal p m a s pm am", func(*word, int) {})
	v.each("horas tarde noche manana madrugada mediodia medianoche menos media cuarto", func(*word, int) {})
}

func spanishUnits(v *vocabulary) {
	v.unit("year", "ano anos")
	v.unit("month", "mes meses")
	v.unit("week", "semana semanas")
	v.unit("day", "dia dias")
	v.unit("hour", "hora horas")
	v.unit("minute", "minuto minutos")
	v.unit("second", "segundo segundos")
	v.unit("decade", "decada decadas")
	v.unit("century", "siglo siglos")
	v.unit("km", "kilometro kilometros")
	v.unit("metre", "metro metros")
	v.unit("cm", "centimetro centimetros")
	v.unit("mile", "milla millas")
	v.unit("foot", "pie pies")
	v.unit("inch", "pulgada pulgadas")
	v.unit("hectare", "hectarea hectareas")
	v.unit("acre", "acre acres")
	v.unit("kg", "kilo kilos kilogramo kilogramos")
	v.unit("gram", "gramo gramos")
	v.unit("tonne", "tonelada toneladas")
	v.unit("litre", "litro litros")
	v.unit("percent", "porciento")
	v.unit("person", "persona personas")
	v.currency("usd", "dolar dolares")
	v.currency("eur", "euro euros")
	v.currency("gbp", "libra libras")
	v.currency("peso", "peso pesos")
	v.mark(isPerson, "personas persona policias militares soldados votos votantes reos presos agentes migrantes detenidos hombres mujeres efectivos uniformados")
	v.each("por ciento puntos punto porcentual porcentuales cuadrados cuadrado cuadradas cubicos otras otros mas y e o u entre contra voto votos", func(*word, int) {})
}

func spanishLabels(v *vocabulary) {
	v.label("article", "articulo art", "articulos arts")
	v.label("section", "seccion sec", "secciones")
	v.label("decree", "decreto", "decretos")
	v.label("order", "orden", "ordenes")
	v.label("law", "ley", "leyes")
	v.label("resolution", "resolucion", "resoluciones")
	v.label("count", "cargo", "cargos")
	v.label("chapter", "capitulo", "capitulos")
	v.label("page", "pagina pag", "paginas")
	v.label("paragraph", "parrafo", "parrafos")
	v.label("case", "caso", "casos")
	v.label("clause", "clausula", "clausulas")
	v.label("annex", "anexo", "anexos")
	v.label("number", "numero", "numeros")
	v.mark(isLabelLink, "numero num nro no n ejecutivo ejecutivos ejecutiva ejecutivas legislativo presidencial ley")
	v.mark(isStreet, "avenida av avda calle plaza parque carrera barrio ciudadela")
}

func spanishApproximators(v *vocabulary) {
	v.approximators(v.before, About, "unos|unas|cerca de|cerca del|alrededor de|alrededor del|aproximadamente|en torno a|en torno al|hacia|hacia el|circa|aprox")
	v.approximators(v.before, MoreThan, "mas de|mas del|poco mas de|algo mas de|por encima de|superior a|mas que")
	v.approximators(v.before, LessThan, "menos de|menos del|poco menos de|por debajo de|inferior a")
	v.approximators(v.before, AtLeast, "al menos|por lo menos|cuando menos|no menos de|un minimo de|minimo de|como minimo")
	v.approximators(v.before, AtMost, "a lo sumo|como maximo|como mucho|no mas de|un maximo de|maximo de")
	v.approximators(v.before, UpTo, "hasta|hasta el")
	v.approximators(v.before, Nearly, "casi|casi el")
	v.approximators(v.before, Early, "principios de|a principios de|principios del|a principios del|inicios de|a inicios de|inicios del|a inicios del|comienzos de|a comienzos de|comienzos del|a comienzos del")
	v.approximators(v.before, Mid, "mediados de|a mediados de|mediados del|a mediados del")
	v.approximators(v.before, Late, "finales de|a finales de|finales del|a finales del|fines de|a fines de|fines del|a fines del")
	v.approximators(v.after, About, "aproximadamente|mas o menos")
	v.approximators(v.after, AtLeast, "o mas|como minimo|al menos|por lo menos")
	v.approximators(v.after, AtMost, "o menos|como maximo|a lo sumo|como mucho")
}

func spanishFunctions(v *vocabulary) {
	v.mark(isFunction, "en el la los las de del para por a al con sin que cuando mientras quien y o u e pero aunque tras desde hasta entre contra fue fueron es son se su sus como si antes despues votos voto")
	v.each("antes despues tarde edad lugar del dia durante dentro tras desde alguno", func(*word, int) {})
}
