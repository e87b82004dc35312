// Package bot answers questions in Discord.
//
// An event becomes a decision (ignore it, refuse it with a text, or answer it), a decision that answers becomes a stream of
// drafts (the facts in their own words first, a model's wording when it is proved), and one place, the board of the answer, sends
// what is to be seen. Nothing else sends, so that what Discord demands holds everywhere: no message pings anybody, none has more
// than 2,000 characters, none is edited faster than people can read, and everything that comes from facts, models or people is
// escaped.
//
// Answers are remembered with the facts that they cite as these stood, and a button names the answer that it is about. So buttons
// work after a restart and in every process that shares the store, and what a button claims is believed only as far as the store
// knows it.
//
// The package knows discordgo's types and nothing of connections: it is given events, and sends through the interfaces that it
// declares.
package bot
