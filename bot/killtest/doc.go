// Package killtest holds the tests in which processes are killed: the bot's, of which there are one or several, and those of the
// engine's cluster. People ask all the time, of a local Discord in the test's process; afterwards every question that was accepted
// must have been answered once, or have ended in a named outcome.
//
// A bot is the test's own binary, started anew, so that what is killed is the program as it is served. The tests take minutes:
// they run with -long, and -kills says how often something is killed.
package killtest
