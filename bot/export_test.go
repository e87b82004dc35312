package bot

// Inert says what of an escaped text Discord would still act on, "" for nothing.
var Inert = inert

// AnswerTime is how long an answer may take.
const AnswerTime = answerTime
