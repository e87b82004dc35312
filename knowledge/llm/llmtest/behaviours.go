package llmtest

import "slices"

// Behaviours returns every behaviour: the good ones first, then lies, puppets and faults, each in the catalogue's order.
func Behaviours() []Behaviour {
	return slices.Concat(good(), lies(), puppets(), faults())
}

// Names returns the names of all behaviours, in their order.
func Names() []string {
	var names []string
	for _, b := range Behaviours() {
		names = append(names, b.Name)
	}
	return names
}

// Of returns the behaviours of a kind, in their order.
func Of(k Kind) []Behaviour {
	return slices.DeleteFunc(Behaviours(), func(b Behaviour) bool { return b.Kind != k })
}

// Named returns the behaviour with the name. It panics for an unknown one: for tests, where names are constants.
func Named(name string) Behaviour {
	b, ok := find(name)
	if !ok {
		panic("llmtest: no behaviour " + name)
	}
	return b
}

func find(name string) (Behaviour, bool) {
	all := Behaviours()
	i := slices.IndexFunc(all, func(b Behaviour) bool { return b.Name == name })
	if i < 0 {
		return Behaviour{}, false
	}
	return all[i], true
}

func good() []Behaviour {
	return []Behaviour{
		{Name: "honest", About: "copies the facts that answer best", Kind: Good, serve: task(honest)},
		{Name: "paraphrase", About: "rewords them in ways that change nothing", Kind: Good, serve: task(paraphrase)},
		{Name: "verbose", About: "copies all facts of the prompt", Kind: Good, serve: task(verbose)},
		{Name: "nothing", About: "finds that no fact answers", Entry: 32, Kind: Good, serve: task(func(Request) []Sentence { return nil })},
	}
}

// verbose copies the first facts of the prompt, as many as a draft may have.
func verbose(q Request) []Sentence {
	var out []Sentence
	for _, f := range q.Facts[:min(len(q.Facts), 12)] {
		out = append(out, Sentence{Text: f.Text, Facts: []string{f.Handle}})
	}
	return out
}
