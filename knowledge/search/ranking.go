package search

// RankingInputs is how many features the score of a passage is a weighted sum of.
const RankingInputs = 28

// rankingNames are the fields of Features and of Weights, in the order of Ranking.
var rankingNames = [RankingInputs]string{
	"Pool", "Text", "Ask", "AskSecond", "Association", "SoftPool", "SoftText", "SoftAsk", "SoftAskSecond", "Profile", "Likelihood", "SoftLikely",
	"Trigram", "AskTrigram", "Surface", "AskSurface", "Bigram", "AskBigram", "Proximity", "Focus", "SoftFocus",
	"EntityShare", "LiteralShare", "AnswerType", "Key", "Recency", "Corrected", "Class",
}

// RankingNames returns the names of the features that Ranking returns.
func RankingNames() []string { return append([]string(nil), rankingNames[:]...) }

// Ranking returns the features that the score of a passage is a weighted sum of. What is left of the score is evidence
// that picks candidates: entities and literals by their rarity.
func Ranking(f *Features) [RankingInputs]float64 {
	return [...]float64{
		f.Pool, f.Text, f.Ask, f.AskSecond, f.Association, f.SoftPool, f.SoftText, f.SoftAsk, f.SoftAskSecond, f.Profile, f.Likelihood, f.SoftLikely,
		f.Trigram, f.AskTrigram, f.Surface, f.AskSurface, f.Bigram, f.AskBigram, f.Proximity, f.Focus, f.SoftFocus,
		f.Entity, f.Literal, f.AskedFor, f.Key, f.Recency, f.Corrects, f.Class,
	}
}

// ranking returns the weights of the same features.
func (w *Weights) ranking() [RankingInputs]*float64 {
	return [...]*float64{
		&w.Pool, &w.Text, &w.Ask, &w.AskSecond, &w.Association, &w.SoftPool, &w.SoftText, &w.SoftAsk, &w.SoftAskSecond, &w.Profile, &w.Likelihood, &w.SoftLikely,
		&w.Trigram, &w.AskTrigram, &w.Surface, &w.AskSurface, &w.Bigram, &w.AskBigram, &w.Proximity, &w.Focus, &w.SoftFocus,
		&w.EntityShare, &w.LiteralShare, &w.AnswerType, &w.Key, &w.Recency, &w.Corrected, &w.Class,
	}
}

// Ranking returns the weights of the features that Ranking returns, in the same order.
func (w *Weights) Ranking() (values [RankingInputs]float64) {
	for i, p := range w.ranking() {
		values[i] = *p
	}
	return values
}

// SetRanking changes the same weights.
func (w *Weights) SetRanking(values [RankingInputs]float64) {
	for i, p := range w.ranking() {
		*p = values[i]
	}
}
