package search

// Options are choices for NewWith. The zero value is what New uses.
type Options struct {
	Weights *Weights // nil = DefaultWeights
	// The rest leaves one part out, to see what it earns.
	NoAsks        bool // asks and corrects are not indexed
	NoSecondStage bool // passages stay in the order of stage 1
	NoSpelling    bool // unknown words are not repaired
	NoConcepts    bool // words match by themselves only, not by what they mean
	NoLearned     bool // nothing that phrasings teach about words counts: associations and cues, nor what training made of their evidence: the reranker and the classifier
}

func (o Options) weights() Weights {
	if o.Weights != nil {
		return *o.Weights
	}
	return DefaultWeights()
}
