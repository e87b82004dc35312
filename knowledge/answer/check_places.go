package answer

import (
	"strings"

	"enlace/knowledge/lang"
)

// geography is what lies in what: a place with its other names, then the place around it. Places that are not listed are held
// against no other.
const geography = `
	ecuador
	united states, us, usa, u.s., eeuu, ee uu, estados unidos, america
	colombia; peru; chile; argentina; paraguay; venezuela; bolivia; brazil, brasil; mexico; panama; spain, españa; italy, italia
	france, francia; germany, alemania; russia, rusia; china; cuba; el salvador; costa rica; canada; england, inglaterra
	quito < ecuador; guayaquil < ecuador; cuenca < ecuador; salinas < ecuador; tena < ecuador; sucumbios < ecuador
	esmeraldas < ecuador; manabi < ecuador; galapagos < ecuador
	manta < manabi; montecristi < manabi; santa ana < manabi; chone < manabi; portoviejo < manabi
	carondelet, carondelet palace, palacio de carondelet < quito
	la roca < guayaquil; regional prison, carcel regional < guayaquil
	virginia < united states; texas < united states; florida < united states; california < united states
	minnesota < united states; new york, nueva york < united states; arizona < united states; georgia < united states
	washington < united states
	sterling < virginia; miami < florida; doral < florida; houston < texas; los angeles < california
	brooklyn < new york; manhattan < new york; long island < new york; macarthur airport, aeropuerto macarthur < long island
	mdc brooklyn, metropolitan detention center, centro de detencion metropolitano < brooklyn
	bogota < colombia; medellin < colombia; lima < peru; santiago < chile; buenos aires < argentina; madrid < spain
	caracas < venezuela; mexico city, ciudad de mexico < mexico`

// placeNames maps the folded name of a place to its key, placeAround a key to the place around it.
var placeNames, placeAround = func() (map[string]string, map[string]string) {
	names, around := map[string]string{}, map[string]string{}
	for _, entry := range strings.FieldsFunc(geography, func(r rune) bool { return r == '\n' || r == ';' }) {
		inner, outer, _ := strings.Cut(entry, "<")
		key := ""
		for name := range strings.SplitSeq(inner, ",") {
			name = nameKey(name)
			if name == "" {
				continue
			}
			if key == "" {
				key = name
			}
			names[name] = key
		}
		if key != "" && strings.TrimSpace(outer) != "" {
			around[key] = nameKey(outer)
		}
	}
	return names, around
}()

// nameKey folds a name to its words with single blanks.
func nameKey(name string) string {
	var words []string
	for _, t := range lang.Tokens(nil, name) {
		if t.Kind != lang.Punct {
			words = append(words, t.Folded)
		}
	}
	return strings.Join(words, " ")
}

// lies reports whether a place is another one or lies in it.
func lies(in, place string) bool {
	for ; in != ""; in = placeAround[in] {
		if in == place {
			return true
		}
	}
	return false
}

// apart reports whether one cannot be in both places.
func apart(a, b string) bool { return !lies(a, b) && !lies(b, a) }
