package wording

// Stage is a step of a case, of a handover, of a document or of custody. Stages are never synonyms of each other: charged
// is not convicted, approved is not ordered, extradited is not deported, a memorandum is not a treaty.
type Stage uint8

// The stages. NoStage is the stage of matches of other classes.
const (
	NoStage Stage = iota
	// A case.
	Investigated
	Suspected
	Accused
	Charged
	Indicted
	OnTrial
	PleadedGuilty
	PleadedNotGuilty
	Convicted
	Sentenced
	Acquitted
	Dismissed
	// A request or a decision.
	Requested
	Proposed
	Consented
	Approved
	Granted
	Ordered
	Rejected
	// A handover.
	Surrendered
	Extradited
	Deported
	Expelled
	// A document.
	Announced
	Agreed
	Signed
	Ratified
	InForce
	Memorandum
	Agreement
	Treaty
	// Custody.
	Arrested
	Captured
	Recaptured
	Detained
	Imprisoned
	Escaped
	Fugitive
	Released
	// A list of a government.
	Designated
	Sanctioned
	stageCount
)

var stageNames = [stageCount]string{
	"", "investigated", "suspected", "accused", "charged", "indicted", "on trial", "pleaded guilty", "pleaded not guilty",
	"convicted", "sentenced", "acquitted", "dismissed", "requested", "proposed", "consented", "approved", "granted",
	"ordered", "rejected", "surrendered", "extradited", "deported", "expelled", "announced", "agreed", "signed", "ratified",
	"in force", "memorandum", "agreement", "treaty", "arrested", "captured", "recaptured", "detained", "imprisoned", "escaped",
	"fugitive", "released", "designated", "sanctioned",
}

// String returns the name of the stage in lower case; NoStage is "".
func (s Stage) String() string {
	if s < stageCount {
		return stageNames[s]
	}
	return "unknown stage"
}
