package train

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

// Choices for the classifier, found by cross-validation.
const (
	featureSeen  = 4 // questions that a feature must stand in
	classRounds  = 12
	classStep    = 0.1
	classStepEnd = 0.005
	dropped      = 0.3 // share of the features that a question is read without, at random
	// voters is how many classifiers are learned, alike but for chance. The mean of their logits errs less than each, a third one adds
	// nothing; with their hidden layers side by side they are one classifier.
	voters = 2
	units  = search.ClassifierUnits / voters
)

// classed is a text of which it is known what it asks for.
type classed struct {
	features []uint32 // hashes
	context  []uint32 // of what was said before
	class    int
	fold     int // none = in every training
}

// classes collects what a classifier learns from: the texts of the facts, their phrasings, spans of their own words, the lists, and the
// questions with and without an answer.
func (t *trainer) classes() (list []classed, facts []uint64) {
	number := map[string]int{}
	for i := range t.base.Facts {
		f := &t.base.Facts[i]
		if !f.InService() {
			continue
		}
		class := search.FirstClass + len(facts)
		number[string(f.ID)] = class
		facts = append(facts, search.Fingerprint(f.ID))
		list = append(list, classed{features: search.ClassifierFeatures(f.Text.EN, "en"), class: class, fold: none}, classed{features: search.ClassifierFeatures(f.Text.ES, "es"), class: class, fold: none})
	}
	listed := map[knowledge.ListID]int{}
	for i := range t.base.Lists {
		l := &t.base.Lists[i]
		class := search.FirstClass + len(facts)
		listed[l.ID] = class
		facts = append(facts, search.ListFingerprint(l.ID))
		for _, lang := range knowledge.Langs {
			for _, text := range append([]string{l.Title.In(lang)}, l.Asks.In(lang)...) {
				list = append(list, classed{features: search.ClassifierFeatures(text, lang), class: class, fold: none})
			}
		}
	}
	random := rand.New(rand.NewPCG(seed, 9))
	add := func(text string, l knowledge.Lang, class, fold int) {
		list = append(list, classed{features: search.ClassifierFeatures(text, l), class: class, fold: fold})
		if random.IntN(again) == 0 {
			list = append(list, classed{features: search.ClassifierFeatures(preambled(text, l, random), l), class: class, fold: fold})
		}
	}
	for _, h := range slices.Concat(t.all, t.asked, t.copied) {
		add(h.text, h.lang, number[string(h.fact)], h.fold)
	}
	for _, h := range t.listed {
		if class, ok := listed[h.list]; ok {
			add(h.text, h.lang, class, h.fold)
		}
	}
	for i, q := range t.questions {
		add(q.Text, q.Lang, ending(q.Outcome), i%folds)
	}
	follow := func(f *followUp, copies int) {
		class := ending(f.outcome)
		if f.outcome == knowledge.Answered {
			class = number[string(f.facts[0])]
		}
		for range copies {
			list = append(list, classed{search.ClassifierFeatures(f.text, f.lang), search.ClassifierContext(t.base, f.after, f.lang), class, f.fold})
		}
	}
	for i := range t.following {
		follow(&t.following[i], followCopies)
	}
	imagined := t.imagined(random)
	for i := range imagined {
		follow(&imagined[i], 1)
	}
	return list, facts
}

// ending returns the class of the questions that no fact answers.
func ending(o knowledge.Outcome) int {
	if o == knowledge.OffTopic {
		return search.ClassOffTopic
	}
	return search.ClassNearMiss
}

// again is how many questions are asked again with a preamble: one in so many.
const again = 6

// learnClassifiers trains the classifier of every fold and the one of all, two at a time.
func (t *trainer) learnClassifiers() {
	list, facts := t.classes()
	turns := make(chan bool, 2)
	var wg sync.WaitGroup
	for k := range t.classifier {
		wg.Go(func() {
			turns <- true
			defer func() { <-turns }()
			fold := k
			if k == folds {
				fold = none
			}
			t.classifier[k] = learnClassifier(list, facts, fold)
		})
	}
	wg.Wait()
}

// classLearner is one run of stochastic gradient descent with steps that shrink by weight (AdaGrad).
type classLearner struct {
	number  map[uint32]int32
	names   []uint32
	idf     []float32
	rows    []float32 // by feature
	classes []float32 // by class: units weights and a bias
	// The sums of the squared slopes of both.
	rowSlopes, classSlopes []float32

	hidden, back [units]float32
	p            []float32
	kept         []int32
	worth        []float32
}

const perClass = units + 1

// learnClassifier trains on the texts outside a fold.
func learnClassifier(list []classed, facts []uint64, without int) *search.Classifier {
	var own []*classed
	for i := range list {
		if list[i].fold != without || without == none {
			own = append(own, &list[i])
		}
	}
	var all [voters]*classLearner
	for v := range all {
		l := &classLearner{}
		if v == 0 {
			l.count(own)
		} else {
			l.names, l.idf, l.number = all[0].names, all[0].idf, all[0].number
		}
		l.learn(own, search.FirstClass+len(facts), rand.New(rand.NewPCG(seed, 8+uint64(v)<<32)))
		all[v] = l
	}
	return together(all[:], facts)
}

func (l *classLearner) learn(list []*classed, classes int, random *rand.Rand) {
	l.scatter(classes, random)
	for round := range classRounds {
		rate := classStep*(1-float32(round)/classRounds) + classStepEnd
		for _, i := range random.Perm(len(list)) {
			l.read(list[i], random)
			if len(l.kept) > 0 {
				l.descend(list[i].class, rate)
			}
		}
	}
}

// count finds the features that stand in enough texts.
func (l *classLearner) count(list []*classed) {
	l.number = map[uint32]int32{}
	seen := map[uint32]int{}
	for _, c := range list {
		for _, f := range c.features {
			seen[f]++
		}
		for _, f := range c.context {
			seen[f]++
		}
	}
	for f, n := range seen {
		if n >= featureSeen {
			l.names = append(l.names, f)
		}
	}
	slices.Sort(l.names)
	for i, f := range l.names {
		l.number[f] = int32(i)
		l.idf = append(l.idf, float32(math.Log(float64(len(list)+1)/float64(seen[f]))))
	}
}

func (l *classLearner) scatter(classes int, random *rand.Rand) {
	fill := func(n int) []float32 {
		list := make([]float32, n)
		for i := range list {
			list[i] = float32(0.1 * random.NormFloat64())
		}
		return list
	}
	l.rows, l.rowSlopes = fill(len(l.names)*units), make([]float32, len(l.names)*units)
	l.classes, l.classSlopes = fill(classes*perClass), make([]float32, classes*perClass)
	for c := range classes {
		l.classes[c*perClass+units] = 0
	}
	l.p = make([]float32, classes)
}

// read chooses the features that count this time, and computes the hidden layer.
func (l *classLearner) read(c *classed, random *rand.Rand) {
	l.kept, l.worth, l.hidden = l.kept[:0], l.worth[:0], [units]float32{}
	l.add(c.features, 1, random)
	l.add(c.context, search.ContextScale, random)
}

func (l *classLearner) add(features []uint32, scale float32, random *rand.Rand) {
	from, squares := len(l.kept), float32(0)
	for _, f := range features {
		n, ok := l.number[f]
		if !ok || random.Float64() < dropped {
			continue
		}
		l.kept = append(l.kept, n)
		squares += l.idf[n] * l.idf[n]
	}
	scale *= search.ClassifierNorm(squares)
	for _, n := range l.kept[from:] {
		v := l.idf[n] * scale
		l.worth = append(l.worth, v)
		row := l.rows[int(n)*units : int(n+1)*units]
		for k := range l.hidden {
			l.hidden[k] += v * row[k]
		}
	}
}

// descend takes a step for a text of a class.
func (l *classLearner) descend(class int, rate float32) {
	l.softmax()
	l.back = [units]float32{}
	for c, p := range l.p {
		if c == class {
			p--
		}
		if p < 1e-4 && p > -1e-4 {
			continue
		}
		w, s := l.classes[c*perClass:(c+1)*perClass], l.classSlopes[c*perClass:(c+1)*perClass]
		for k := range l.back {
			l.back[k] += p * w[k]
			step(&w[k], &s[k], p*l.hidden[k], rate)
		}
		step(&w[units], &s[units], p, rate)
	}
	for i, n := range l.kept {
		row, s := l.rows[int(n)*units:int(n+1)*units], l.rowSlopes[int(n)*units:int(n+1)*units]
		for k, b := range l.back {
			step(&row[k], &s[k], b*l.worth[i], rate)
		}
	}
}

func step(w, slopes *float32, gradient, rate float32) {
	*slopes += gradient * gradient
	*w -= rate * gradient / float32(math.Sqrt(float64(*slopes)+1e-6))
}

// softmax computes the probability of every class.
func (l *classLearner) softmax() {
	for c := range l.p {
		w := l.classes[c*perClass : (c+1)*perClass]
		sum := w[units]
		for k := range l.hidden {
			sum += w[k] * l.hidden[k]
		}
		l.p[c] = sum
	}
	most, total := slices.Max(l.p), float32(0)
	for c := range l.p {
		l.p[c] = float32(math.Exp(float64(l.p[c] - most)))
		total += l.p[c]
	}
	for c := range l.p {
		l.p[c] /= total
	}
}

// together returns the classifier of all voters, rows in bytes.
func together(all []*classLearner, facts []uint64) *search.Classifier {
	c := &search.Classifier{Features: all[0].names, Weights: all[0].idf, Facts: facts}
	rows, row := make([]byte, 0, len(c.Features)*search.ClassifierUnits), make([]float32, 0, search.ClassifierUnits)
	for n := range c.Features {
		row = row[:0]
		for _, l := range all {
			row = append(row, l.rows[n*units:(n+1)*units]...)
		}
		most := slices.MaxFunc(row, func(a, b float32) int { return cmp.Compare(abs(a), abs(b)) })
		scale := max(abs(most), 1e-9) / 127
		c.Scales = append(c.Scales, scale)
		for _, v := range row {
			rows = append(rows, byte(int8(math.Round(float64(v/scale)))))
		}
	}
	c.Rows = string(rows)
	for class := range search.FirstClass + len(facts) {
		bias := float32(0)
		for _, l := range all {
			w := l.classes[class*perClass : (class+1)*perClass]
			for _, v := range w[:units] {
				c.Classes = append(c.Classes, v/float32(len(all)))
			}
			bias += w[units] / float32(len(all))
		}
		c.Classes = append(c.Classes, bias)
	}
	return c
}

func abs(v float32) float32 { return max(v, -v) }
