package facts

import (
	"fmt"
	"strings"
	"testing/fstest"
)

// synthetic returns a valid base of n facts in the given number of files, with asks phrasings of each fact in both languages
// together: the size and shape of the shipped base.
func synthetic(n, files, asks int) fstest.MapFS {
	fsys := fstest.MapFS{}
	for file := range files {
		var b strings.Builder
		fmt.Fprintf(&b, "# Facts about matter %d\ntopic:\n  id: matter-%d\n  order: %d\n  title: {en: Matter %d, es: Asunto %d}\n  aliases: [affair %d]\n", file, file, file, file, file, file)
		fmt.Fprintf(&b, "sources:\n  - id: source-%d\n    publisher: U.S. Department of Homeland Security\n    title: \"Release %d: the secretary visits Quito\"\n    url: https://www.dhs.gov/news/2025/07/31/release-%d\n    published: 2025-07-31\n    language: en\n    kind: primary\n", file, file, file)
		fmt.Fprintf(&b, "entities:\n  - id: person-%d\n    kind: person\n    name: John Example %d\n    aliases: [Secretary Example %d, la secretaria Ejemplo %d]\nfacts:\n", file, file, file, file)
		for i := file; i < n; i += files {
			writeSynthetic(&b, i, file, asks)
		}
		fsys[fmt.Sprintf("matter-%d.yaml", file)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return fsys
}

func writeSynthetic(b *strings.Builder, i, file, asks int) {
	fmt.Fprintf(b, "  - id: fact-%d\n    text:\n      en: \"The United States and Ecuador signed police-liaison memorandum number %d in Quito on Thursday, July 31, 2025.\"\n      es: \"Estados Unidos y Ecuador firmaron en Quito el memorando número %d sobre enlaces policiales el jueves 31 de julio de 2025.\"\n", i, i, i)
	fmt.Fprintf(b, "    status: official\n    dates: [2025-07-31]\n    entities: [person-%d]\n    sources: [source-%d]\n    as_of: 2026-03-23\n    note: {en: \"DHS gives Quito as the dateline.\", es: \"El DHS fecha el comunicado en Quito.\"}\n    asks:\n      en:\n", file, file)
	for a := range asks / 2 {
		fmt.Fprintf(b, "        - when did the two countries put their names on paper number %d of %d\n", i, a)
	}
	b.WriteString("      es:\n")
	for a := range asks - asks/2 {
		fmt.Fprintf(b, "        - cuándo pusieron los dos países su firma en el papel número %d de %d\n", i, a)
	}
}
