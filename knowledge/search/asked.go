package search

import (
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// Asked is a set of the kinds of thing that a question asks for, and also of the kinds that a fact states.
type Asked uint16

// The kinds. A question may ask for several; 0 is a question that only names its subject.
const (
	AskedWho     Asked = 1 << iota // a person or body
	AskedWhen                      // a date or time
	AskedWhere                     // a place
	AskedHowMany                   // a number
	AskedHowLong                   // a duration or an age
	AskedMoney                     // an amount of money
	AskedWhy                       // a reason
	AskedHow
	AskedWhat
	AskedYesNo
	AskedList   // several things at once
	AskedNow    // the newest state: now, latest, still
	AskedDefine // what a word means
)

// Has reports whether a holds any kind of b.
func (a Asked) Has(b Asked) bool { return a&b != 0 }

// answerable are the kinds that show in a fact and tell phrasings apart.
const answerable = AskedWho | AskedWhen | AskedWhere | AskedHowMany | AskedHowLong | AskedMoney | AskedWhy

// askPatterns are runs of folded words that ask for something, by language; a leading ^ binds one to the start.
var askPatterns = map[knowledge.Lang]map[Asked]string{
	knowledge.English: {
		AskedWho:     "who, whom, whose, whos, who's, name of, named, names of, what is the name, what's the name, which judge, what judge, which minister, which president, which person, which people, which official, which officials, what person, by whom, whose names, which guy, what guy",
		AskedWhen:    "when, whens, what day, what date, what year, what month, what time, which day, which date, which year, which month, how recently, since when, how far back, what days, which days, on what day, how early",
		AskedWhere:   "where, wheres, whereabouts, what town, which town, what state, which state, what province, which province, what building, which building, what part of, which part of, what place, what city, what country, which place, which city, which country, which prison, which airport, what airport, what prison, what jail, which jail, what region, what street, location",
		AskedHowMany: "how many, number of, how often, what number, what percent, what percentage, how big, how large",
		AskedMoney:   "how much, how much money, what price, cost, costs, reward, bounty, budget",
		AskedHowLong: "how long, how old, what age, duration, how soon, how soon after, how quickly, how fast, how many weeks, how many years, how many months, how many days, how many hours",
		AskedWhy:     "why, whys, what for, how come, how comes, reason, reasons, what caused, cause, what made, what's the point of, on what grounds",
		AskedHow:     "how, hows",
		AskedWhat:    "what, whats, what's, which, wat",
		AskedYesNo:   "^is, ^are, ^was, ^were, ^do, ^does, ^did, ^has, ^have, ^had, ^can, ^could, ^will, ^would, ^should, ^isn't, ^wasn't, ^didn't, ^doesn't, ^didnt, ^isnt, ^wasnt, ^doesnt, is it true, true that",
		AskedList:    "list, all the, what are, which are, who are, who were, name the, name all, what charges, which charges, what crimes, which countries, what countries, everyone, everybody, all of them, all of it, every, each, walk me through, walk us through, run through, run me through, take me through, step by step, the steps, every step, steps from, steps to, stages of, what else, who else, which others, what others, rundown, run down, timeline, one by one, name them, the others, every single, everything, complete list, full list, the full, sequence, in order, order of events, what things, what all, all his, all its, all those, all these, both",
		AskedNow:     "now, latest, still, current, currently, today, nowadays, so far, newest, recent, recently, yet, anymore, these days, at the moment, right now, last, status, update, updates, news",
		AskedDefine:  "^what is a, ^what is an, ^what's a, ^what's an, ^whats a, ^whats an, mean, means, meaning, meaning of, definition, define, explain, explained, stand for, stands for, eli5",
	},
	knowledge.Spanish: {
		AskedWho:     "quien, quienes, quiens, qien, kien, a quien, a quienes, de quien, con quien, por quien, como se llama, como se llaman, como se llamaba, el nombre de, nombre de, nombre del, que juez, que jueza, que ministro, que presidente, que fiscal, que abogado, que persona, que personas, cual funcionario, que funcionario, que funcionarios",
		AskedWhen:    "cuando, cuand, cdo, que dia, que fecha, que ano, que mes, que hora, en que fecha, desde cuando, hace cuanto, a que hora, en que ano, en que mes, que dias, fecha",
		AskedWhere:   "donde, adonde, dnd, dond, onde, que lugar, que ciudad, que pais, que carcel, que prision, que aeropuerto, en que parte, en que sitio, que sitio, que pueblo, que canton, que provincia, en que ciudad, en que pais, en que lugar, en que carcel, por que aeropuerto, por que pais, por que paises, por que ciudad, por que lugar, a que pais, a que carcel, a que ciudad, de que pais, de que ciudad, de que provincia, que edificio, ubicacion, lugar",
		AskedHowMany: "cuantos, cuantas, numero de, cada cuanto, que porcentaje, que tan grande, que numero, cantidad",
		AskedMoney:   "cuanto, cuanta plata, cuanto dinero, cuanto cuesta, cuanto vale, recompensa, presupuesto, costo",
		AskedHowLong: "cuanto tiempo, cuanto dura, cuanto duro, que edad, cuantos anos, cuantos meses, cuantos dias, cuantas horas, hasta cuando, duracion",
		AskedWhy:     "por que, porque, porq, xq, pq, xk, porke, por q, x q, motivo, motivos, razon, razones, para que, a que se debe, como asi, como es que, causa",
		AskedHow:     "como, de que manera, de que forma",
		AskedWhat:    "que, q, ke, qe, cual, cuales",
		AskedYesNo:   "es cierto, es cierto que, es verdad, es verdad que, sera que, acaso, verdad que, de verdad, de verdad que, cierto que",
		AskedList:    "lista, todos los, todas las, cuales son, cuales fueron, quienes son, quienes fueron, que cargos, cuales cargos, que delitos, que paises, enumera, nombra, menciona, paso a paso, los pasos, pasos de, pasos desde, pasos para, etapas, cada, todo lo que, todos, todas, que mas, quien mas, quienes mas, a quien mas, a quienes mas, que otros, que otras, cuales otros, que otro, uno por uno, una por una, recuento, cronologia, listado, enlista, enlistame, dame los, dame las, ambos, ambas, los demas, las demas, los otros, las otras, que cosas, en orden, secuencia, recorrido, completa, completo",
		AskedNow:     "ahora, actual, actualmente, todavia, aun, sigue, siguen, hoy, ultimo, ultima, ultimos, ultimas, reciente, recientes, recientemente, ya no, hasta ahora, al momento, ahorita, en este momento, hoy en dia, hoy por hoy, en que va, en que anda, como va, estado, novedades, noticias",
		AskedDefine:  "que es un, que es una, que es la, que es el, que es eso, que significa, significado, que quiere decir, definicion, definir, define, explica, explicame, explique, expliqueme, explicar, en que consiste, que viene a ser",
	},
}

// asking recognises what texts of one language ask for.
type asking struct {
	patterns [][]pattern     // by first surface
	joins    map[uint32]bool // surfaces after which a question goes on
}

// interrogative are the kinds of the words that ask.
const interrogative = AskedWho | AskedWhen | AskedWhere | AskedHowMany | AskedHowLong | AskedMoney | AskedWhy | AskedHow | AskedWhat

// joining are the words after which a second question follows: who and when.
var joining = map[knowledge.Lang]string{knowledge.English: "and or", knowledge.Spanish: "y o e"}

// pattern is a run of surfaces that asks for something.
type pattern struct {
	surfaces []uint32
	asked    Asked
	first    bool // only at the start
}

func newAsking(x *lexicon) *asking {
	a := &asking{joins: map[uint32]bool{}}
	for w := range strings.FieldsSeq(joining[x.lang]) {
		a.joins[x.learn([]byte(w), lang.Word)] = true
	}
	for asked := Asked(1); asked <= AskedDefine; asked <<= 1 { // not a range over the map: surfaces are numbered in order
		for p := range strings.SplitSeq(askPatterns[x.lang][asked], ", ") {
			words, bound := strings.CutPrefix(p, "^")
			if words == "" {
				continue
			}
			made := pattern{asked: asked, first: bound}
			for w := range strings.FieldsSeq(words) {
				made.surfaces = append(made.surfaces, x.learn([]byte(w), lang.Word))
			}
			first := made.surfaces[0]
			a.patterns = append(a.patterns, make([][]pattern, max(0, int(first)+1-len(a.patterns)))...)
			a.patterns[first] = append(a.patterns[first], made)
		}
	}
	return a
}

// kinds returns what a text asks for. Longer patterns take the place of the shorter ones that they begin with: how many
// is not how. After a word that asks, a lone when, where or who only relates: "what did he say when he came".
func (a *asking) kinds(surfaces []uint32) (asked Asked) {
	for i := 0; i < len(surfaces); {
		kinds, length := a.longest(surfaces[i:], i == 0)
		if length == 1 && asked.Has(interrogative) && !a.joins[surfaces[i-1]] {
			kinds &^= AskedWho | AskedWhen | AskedWhere
		}
		asked |= kinds
		i += max(1, length)
	}
	return asked
}

// longest returns all kinds of the longest patterns that a text begins with, and their length.
func (a *asking) longest(surfaces []uint32, start bool) (kinds Asked, length int) {
	if int64(surfaces[0]) >= int64(len(a.patterns)) {
		return 0, 0
	}
	for _, p := range a.patterns[surfaces[0]] {
		n := len(p.surfaces)
		if n < length || n > len(surfaces) || p.first && !start || !slices.Equal(p.surfaces, surfaces[:n]) {
			continue
		}
		if n > length {
			kinds, length = 0, n
		}
		kinds |= p.asked
	}
	return kinds, length
}
