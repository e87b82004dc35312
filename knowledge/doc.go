// Package knowledge holds the words that the whole program speaks in: facts with their sources, questions, and answers whose
// every sentence is proved by a cited fact.
//
// # A tour, from the facts to an answer
//
// A curator writes fact files. Package [enlace/knowledge/facts] loads a directory of them into one [Base]: all problems at
// once, each with its place and remedy, or a base whose Version is a hash of its content. The same package lints what a
// careful editor would question, prints the JSON Schema that editors use, tells what changed between two bases, and watches a
// directory. The shipped files are in knowledge/facts/data and are part of the binary.
//
// Four packages know about words and nothing about facts. [enlace/knowledge/lang] cuts text into tokens and sentences, tells
// English from Spanish, folds accents and stems. [enlace/knowledge/literal] reads dates, numbers, money, times and their
// units in both languages as typed values. [enlace/knowledge/wording] holds the closed word lists: allegation, dispute,
// negation, legal stages and the like. They serve the linter, the search and the proof alike, so that all three agree on what
// a number or a hedge is.
//
// Package [enlace/knowledge/search] turns a base into an immutable Index and finds the facts for a question, with the
// evidence for them; one that was asked after others it also searches together with what they said. Its Live holds the index
// in service behind one atomic pointer: a question loads it once, so an answer never mixes two versions.
//
// Package [enlace/knowledge/answer] goes from question to [Answer]: it searches, decides whether the facts answer at all,
// corrects a false premise, chooses the smallest set of facts that answers, and quotes them with their citations. Every question ends in exactly one [Outcome]. Summaries and timelines come from there too.
//
// Where a language model is configured, it may word what was chosen. Package [enlace/knowledge/draft] is what service and model
// say to each other, [enlace/knowledge/llm] the client of any OpenAI-compatible endpoint, and llm/llmtest a scripted one that is
// honest, lies or breaks. Nothing that a model writes is shown before [enlace/knowledge/verify] has proved it: every sentence
// against one cited fact, unit by unit. Its subpackage mutate turns the facts into lies that must not pass. The same package
// checks texts of other people.
//
// Package [enlace/knowledge/thesaurus] knows what everyday words mean, in both languages, so that a question reaches facts that use
// other words; search/train learns the search's weights and its classifier from the phrasings of the facts and from the questions and
// conversations in eval/training.
//
// Package [enlace/knowledge/eval] asks the questions of a suite and scores the answers; its floors are part of the gate.
//
// Outside this folder, package config reads the configuration, and bot and the packages below it are the edges to people: bot/cli
// is the terminal, bot/gateway the connection to Discord, bot/discordtest a local Discord to test and play with.
//
// Everything here is free of clocks, networks and global state, except where a package comment says otherwise.
package knowledge
