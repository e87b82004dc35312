package verify

import "strings"

// countries are the names of countries with the adjectives made of them, both languages together: name, then adjectives.
// The name comes as the surface or id that it has in fact bases.
const countries = `
	ecuador: ecuadorian ecuatoriano
	united states: american estadounidense
	colombia: colombian colombiano
	mexico: mexican mexicano
	chile: chilean chileno
	argentina: argentinian argentine argentino
	venezuela: venezuelan venezolano
	peru: peruvian peruano
	paraguay: paraguayan paraguayo
	spain: spanish español`

// adjectives maps a singular adjective, folded, to its country's English name in lower case.
var adjectives = func() map[string]string {
	m := map[string]string{}
	for line := range strings.SplitSeq(countries, "\n") {
		name, words, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		for w := range strings.FieldsSeq(words) {
			m[w] = name
		}
	}
	return m
}()

// countryNames are the countries of the table.
var countryNames = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range adjectives {
		m[name] = true
	}
	return m
}()

// countryOf returns the country that an adjective in any number and gender belongs to, or "".
func countryOf(exact string) string {
	for _, w := range [...]string{exact, strings.TrimSuffix(exact, "s"), strings.TrimSuffix(exact, "as") + "o", strings.TrimSuffix(exact, "a") + "o", strings.TrimSuffix(exact, "s")} {
		if c, ok := adjectives[w]; ok {
			return c
		}
	}
	return ""
}
