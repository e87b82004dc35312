package knowledge

// The identifiers of the blocks of a fact file. Each is unique over its whole base.
type (
	FactID   string
	SourceID string
	EntityID string
	TopicID  string
	ListID   string
)

// Status says how firmly a fact is known, and so how it must be worded.
type Status string

// Official facts rest on the issuing body, reported ones on the press; alleged ones are accusations, and disputed ones
// tell several versions. The last two are never worded as certain.
const (
	Official Status = "official"
	Reported Status = "reported"
	Alleged  Status = "alleged"
	Disputed Status = "disputed"
)

// Statuses lists every status, firmest first.
var Statuses = [...]Status{Official, Reported, Alleged, Disputed}

// Position is the place in a fact file where something stands. Line and Column count from 1; the column counts characters.
type Position struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Fact is one checkable statement with its sources: the unit that a curator edits and an answer cites.
type Fact struct {
	ID       FactID
	Topic    TopicID // "" for facts of a file without a topic
	Text     Text    // at least one language
	Status   Status
	Dates    []Date // when it happened, in file order
	Entities []EntityID
	Sources  []SourceID // at least one, best first
	AsOf     Date       // when a curator last checked it; may be absent
	Note     Text
	Corrects Texts // known misstatements that this fact answers
	Asks     Texts // phrasings that people use
	Replaces []FactID
	// Withdrawn is why the fact is kept for history only; "" for a fact in service.
	Withdrawn string
	// Key is how much a summary of the topic needs the fact: 0 = not marked, 1 = most, 9 = least.
	Key int
	// ReplacedBy is the fact that supersedes this one, "" for none. It is derived from Replaces.
	ReplacedBy FactID
	Pos        Position
}

// InService reports whether answers may use the fact: neither withdrawn nor superseded.
func (f *Fact) InService() bool { return f.Withdrawn == "" && f.ReplacedBy == "" }

// SourceKind says how close a source is to the event.
type SourceKind string

// Primary sources are the issuing body's own texts; an aggregator copies or retells others.
const (
	Primary    SourceKind = "primary"
	Wire       SourceKind = "wire"
	Press      SourceKind = "press"
	Aggregator SourceKind = "aggregator"
)

// SourceKinds lists every kind, closest to the event first.
var SourceKinds = [...]SourceKind{Primary, Wire, Press, Aggregator}

// Source is where a fact can be checked.
type Source struct {
	ID        SourceID
	Publisher string
	Title     string
	URL       string // http or https with a host name; "" where there is no trustworthy address
	Published Date   // may be partial or absent
	Language  Lang   // "" where unknown
	Kind      SourceKind
	Pos       Position
}

// EntityKind says what sort of thing an entity is.
type EntityKind string

// The kinds of entity.
const (
	Person       EntityKind = "person"
	Organisation EntityKind = "organisation"
	Place        EntityKind = "place"
	Document     EntityKind = "document"
	Program      EntityKind = "program"
	Event        EntityKind = "event"
)

// EntityKinds lists every kind.
var EntityKinds = [...]EntityKind{Person, Organisation, Place, Document, Program, Event}

// Entity is somebody or something that facts speak of, with the names that people use for it.
type Entity struct {
	ID      EntityID
	Kind    EntityKind
	Name    string
	Aliases []string // names in either language
	About   Text
	Pos     Position
}

// Topic is a group of facts: the facts of the files that declare it.
type Topic struct {
	ID      TopicID
	Order   int
	Title   Text
	Aliases []string
	Pos     Position
}

// List is facts that together answer a question for several things, such as every charge of an indictment.
type List struct {
	ID    ListID
	Title Text
	Facts []FactID // at least two, in the order in which they are told
	Asks  Texts    // phrasings that people use to ask for the whole list
	Pos   Position
}
