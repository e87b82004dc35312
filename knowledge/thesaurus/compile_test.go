package thesaurus

import (
	"fmt"
	"strconv"
	"strings"
)

// compile writes a thesaurus as load reads it.
func compile(t *Thesaurus) string {
	var b strings.Builder
	fmt.Fprintln(&b, len(t.concepts))
	for _, c := range t.concepts {
		b.WriteString(c.Name + column)
		writeIDs(&b, c.Near)
		b.WriteByte('\n')
	}
	for i := range t.tables {
		tab := &t.tables[i]
		writeDict(&b, &tab.words, nil)
		writeDict(&b, &tab.stems, nil)
		writeDict(&b, &tab.phrases, tab.rest)
	}
	return b.String()
}

func writeIDs(b *strings.Builder, ids []ID) {
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(int(id)))
	}
}

func writeDict(b *strings.Builder, d *dict, rest []string) {
	fmt.Fprintln(b, len(d.keys))
	for i, key := range d.keys {
		s := d.senses[i]
		b.WriteString(key + column)
		writeIDs(b, s.ids[:s.n])
		if s.base {
			b.WriteString(baseMark)
		}
		if rest != nil {
			b.WriteString(column + rest[i])
		}
		b.WriteByte('\n')
	}
}
