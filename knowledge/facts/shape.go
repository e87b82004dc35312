package facts

import (
	"reflect"
	"regexp"

	"enlace/knowledge"
)

// Bounds of a fact file. They are far above what a curator writes by hand and far below what would hurt the program that reads it.
const (
	maxFileBytes  = 2 << 20  // the whole shipped base is under 1 MiB
	maxFiles      = 500      // one file for each topic; a directory with more is the wrong directory
	maxTotalBytes = 64 << 20 // about 30,000 facts with all their phrasings
	maxDepth      = 12       // the deepest value of the format (a phrasing) stands at depth 6
	maxLinks      = 16       // symbolic links on the way to one file; a ConfigMap has two

	maxWords    = 60   // contract, section 1: one checkable claim
	maxText     = 700  // characters of a fact; 60 long Spanish words with room to spare
	maxNote     = 1500 // a note is shown below its citation and has to fit one message
	maxPhrase   = 300  // a phrasing is a question that somebody types
	maxTitle    = 400  // the longest headlines of the dossier have 200 characters
	maxName     = 150  // official names of offices in Spanish reach 100
	maxTopic    = 80   // titles of topics and lists; Discord shows at most 100 characters of a choice
	maxURL      = 2000 // what browsers and Discord accept
	maxID       = 64   // ids travel in Discord's custom_id, 100 characters at most
	maxPhrases  = 300  // phrasings of one fact in one language
	maxCorrects = 60   // misstatements that one fact answers
	maxList     = 40   // sources, entities, dates and replaced facts of one fact
	maxAliases  = 60   // names of one entity or topic
	maxItems    = 5000 // sources, entities or facts of one file
	maxOrder    = 9999 // places of topics
	maxKey      = 9    // steps of a fact's weight in a summary
)

// kind is the sort of value that a shape accepts.
type kind uint8

const (
	object kind = iota
	list
	text   // free text, shown to people: characters, markup and control phrases are checked
	ident  // the id of the thing itself
	ref    // the id of another thing
	date   // ISO 8601, may be partial
	link   // an http or https address
	choice // one of a few words
	code   // a language code
	whole  // an integer
)

// block names one of the things that have ids.
type block uint8

const (
	noBlock block = iota
	topicBlock
	sourceBlock
	entityBlock
	factBlock
	listBlock
)

// String returns the block's name in messages.
func (b block) String() string {
	return [...]string{"", "topic", "source", "entity", "fact", "list"}[b]
}

// shape describes one sort of value: what the loader accepts, and so what the schema says.
type shape struct {
	kind     kind
	name     string // in messages: "a date", "a list of ids"; its schema definition where def is set
	def      string // "" = written in place
	doc      string
	keys     []key // object
	block    block // object: what it is; ref: what it points to
	some     bool  // object: at least one key
	item     *shape
	unique   bool // list: no item twice
	min, max int  // text: characters; list: items; whole: value
	words    int  // text: at most so many words; 0 = no limit
	options  []string
	pattern  *regexp.Regexp
}

// key is one key of an object and the struct field that its value goes to.
type key struct {
	name, field string
	required    bool
	shape       *shape
	doc         string
	index       int // of the field
}

// The patterns of the schema are the loader's own. They are written for both dialects, Go's and ECMAScript's.
var (
	idPattern   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	datePattern = regexp.MustCompile(`^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$`)
	langPattern = regexp.MustCompile(`^[a-z]{2}$`)
	// A host name whose last part begins with a letter, so neither an IP address nor a bare word; no user, no odd port.
	urlPattern = regexp.MustCompile(`^https?://([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])(:[1-9][0-9]{0,4})?([/?#][^ \t\r\n<>"\\^{|}` + "`" + `]*)?$`)
)

func mk(name, field string, required bool, s *shape, doc string) key {
	return key{name: name, field: field, required: required, shape: s, doc: doc}
}

func textOf(name string, most int, doc string) *shape {
	return &shape{kind: text, name: name, min: 1, max: most, doc: doc}
}

func listOf(item *shape, least, most int, unique bool) *shape {
	return &shape{kind: list, name: "a list", item: item, min: least, max: most, unique: unique}
}

func refTo(b block) *shape {
	return &shape{kind: ref, name: "an id", def: b.String() + "-ref", block: b, max: maxID, pattern: idPattern,
		doc: "The id of a " + b.String() + " of this base, in this file or another."}
}

func optionsOf[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// bilingual is an object with a value for each language.
func bilingual(def string, item *shape, some bool, doc string) *shape {
	return &shape{kind: object, name: "a mapping {en: …, es: …}", def: def, doc: doc, some: some, keys: []key{
		mk("en", "EN", false, item, "In English."),
		mk("es", "ES", false, item, "In Spanish."),
	}}
}

var (
	idShape   = &shape{kind: ident, name: "an id", def: "id", max: maxID, pattern: idPattern, doc: "Lower-case letters a-z, digits and single hyphens; unique over the whole directory."}
	dateShape = &shape{kind: date, name: "a date", def: "date", pattern: datePattern, min: 1000, max: 9999, doc: "YYYY-MM-DD, YYYY-MM or YYYY."}
	urlShape  = &shape{kind: link, name: "a web address", def: "url", max: maxURL, pattern: urlPattern, doc: "An http or https address with a host name."}
	langShape = &shape{kind: code, name: "a language code", def: "language", pattern: langPattern, doc: "A two-letter language code such as en, es or pt."}

	nameShape   = textOf("a name", maxName, "")
	namesShape  = listOf(nameShape, 0, maxAliases, false)
	phraseShape = textOf("a text", maxPhrase, "")
	claimShape  = &shape{kind: text, name: "a text", def: "claim", min: 1, max: maxText, words: maxWords, doc: "One checkable claim of at most 60 words, as plain text."}
	noteText    = bilingual("note", textOf("a text", maxNote, ""), true, "A text in at least one language.")
	claimText   = bilingual("text", claimShape, true, "The claim in at least one language.")
	titleText   = bilingual("title", textOf("a text", maxTopic, ""), true, "A name in at least one language.")
	asksShape   = bilingual("asks", listOf(phraseShape, 0, maxPhrases, false), false, "Phrasings for each language.")
	wrongShape  = bilingual("corrects", listOf(phraseShape, 0, maxCorrects, false), false, "Misstatements for each language.")

	topicShape = &shape{kind: object, name: "a mapping", def: "topic", block: topicBlock, doc: "The topic that the facts of this file belong to.", keys: []key{
		mk("id", "ID", true, idShape, "The topic's id."),
		mk("order", "Order", false, &shape{kind: whole, name: "a whole number", max: maxOrder}, "Place among the topics, smallest first."),
		mk("title", "Title", true, titleText, "What readers see as the topic's name."),
		mk("aliases", "Aliases", false, namesShape, "Other names that people use for the topic, in either language."),
	}}
	sourceShape = &shape{kind: object, name: "a mapping", def: "source", block: sourceBlock, doc: "Where facts can be checked.", keys: []key{
		mk("id", "ID", true, idShape, "The source's id."),
		mk("publisher", "Publisher", true, textOf("a text", maxName, ""), "Who published it."),
		mk("title", "Title", true, textOf("a text", maxTitle, ""), "Its title as published."),
		mk("url", "URL", false, urlShape, "Its address; leave the key out where there is no trustworthy one, then no link is shown."),
		mk("published", "Published", false, dateShape, "When it was published, as precisely as known."),
		mk("language", "Language", false, langShape, "The language that it is written in."),
		mk("kind", "Kind", true, &shape{kind: choice, name: "a kind of source", options: optionsOf(knowledge.SourceKinds[:])}, "How close it is to the event: primary = the issuing body's own text, wire = a news agency, press, aggregator = copies or retells others."),
	}}
	entityShape = &shape{kind: object, name: "a mapping", def: "entity", block: entityBlock, doc: "Somebody or something that facts speak of.", keys: []key{
		mk("id", "ID", true, idShape, "The entity's id."),
		mk("kind", "Kind", true, &shape{kind: choice, name: "a kind of entity", options: optionsOf(knowledge.EntityKinds[:])}, "What sort of thing it is."),
		mk("name", "Name", true, nameShape, "Its full name."),
		mk("aliases", "Aliases", false, namesShape, "Other names that people use for it, in either language."),
		mk("about", "About", false, noteText, "Who or what it is, in a few words."),
	}}
	factShape = &shape{kind: object, name: "a mapping", def: "fact", block: factBlock, doc: "One checkable statement with its sources.", keys: []key{
		mk("id", "ID", true, idShape, "The fact's id. It stays when the wording changes."),
		mk("text", "Text", true, claimText, "The claim, in both languages where possible."),
		mk("status", "Status", true, &shape{kind: choice, name: "a status", options: optionsOf(knowledge.Statuses[:])}, "How firmly it is known: official = by the issuing body, reported = by the press, alleged = an accusation, disputed = told in several versions."),
		mk("dates", "Dates", false, listOf(dateShape, 0, maxList, false), "When it happened; may be partial."),
		mk("entities", "Entities", false, listOf(refTo(entityBlock), 0, maxList, true), "Who and what it speaks of."),
		mk("sources", "Sources", true, listOf(refTo(sourceBlock), 1, maxList, true), "Where it can be checked, best first."),
		mk("as_of", "AsOf", false, dateShape, "When a curator last checked it."),
		mk("note", "Note", false, noteText, "What a careful reader must know; shown with the citation."),
		mk("corrects", "Corrects", false, wrongShape, "Known misstatements that this fact answers."),
		mk("asks", "Asks", false, asksShape, "Phrasings that people use to ask for it."),
		mk("replaces", "Replaces", false, listOf(refTo(factBlock), 0, maxList, true), "Facts that this one supersedes."),
		mk("withdrawn", "Withdrawn", false, &shape{kind: text, name: "a text", max: maxTitle}, "Why the fact is kept for history only and never used in answers; empty = in service."),
		mk("key", "Key", false, &shape{kind: whole, name: "a whole number", max: maxKey}, "How much a summary of the topic needs it: 1 = most, 9 = least, 0 or absent = not marked."),
	}}
	listShape = &shape{kind: object, name: "a mapping", def: "list", block: listBlock, doc: "Facts that together answer a question for several things, such as every charge.", keys: []key{
		mk("id", "ID", true, idShape, "The list's id."),
		mk("title", "Title", true, titleText, "What is listed."),
		mk("facts", "Facts", true, listOf(refTo(factBlock), 2, maxList, true), "The facts, in the order in which they are told."),
		mk("asks", "Asks", false, asksShape, "Phrasings that people use to ask for the whole list."),
	}}
	fileShape = bind(&shape{kind: object, name: "a mapping", keys: []key{
		mk("topic", "Topic", false, topicShape, "The topic of this file's facts; at most one in a file."),
		mk("sources", "Sources", false, listOf(sourceShape, 0, maxItems, false), "Sources, for the facts of every file."),
		mk("entities", "Entities", false, listOf(entityShape, 0, maxItems, false), "Entities, for the facts of every file."),
		mk("facts", "Facts", false, listOf(factShape, 0, maxItems, false), "The facts."),
		mk("lists", "Lists", false, listOf(listShape, 0, maxItems, false), "Facts that answer together."),
	}}, reflect.TypeFor[content]())
)

// content is what a fact file holds; the field names of the table above are resolved in it and in the types of knowledge.
type content struct {
	Topic    *knowledge.Topic
	Sources  []knowledge.Source
	Entities []knowledge.Entity
	Facts    []knowledge.Fact
	Lists    []knowledge.List
}

// bind finds the struct fields of a shape's keys in t and below. A key without its field is a mistake in the table and panics, which
// every test of this package would show.
func bind(s *shape, t reflect.Type) *shape {
	switch s.kind {
	case list:
		bind(s.item, t.Elem())
	case object:
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		for i := range s.keys {
			k := &s.keys[i]
			f, ok := t.FieldByName(k.field)
			if !ok {
				panic("facts: " + t.String() + " has no field " + k.field)
			}
			k.index = f.Index[0]
			bind(k.shape, f.Type)
		}
	}
	return s
}
