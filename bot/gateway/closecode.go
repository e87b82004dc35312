package gateway

import (
	"fmt"
	"time"
)

// FatalError ends Run: trying again cannot help.
type FatalError struct {
	Code   int    // the gateway's close code, 401 for a token that REST refuses, 0 otherwise
	Reason string // what is wrong and what to do
}

// Error returns one line without any secret.
func (e *FatalError) Error() string {
	if e.Code == 0 {
		return "discord: " + e.Reason
	}
	return fmt.Sprintf("discord (%d): %s", e.Code, e.Reason)
}

// fatalCodes are the close codes after which a client must not reconnect (Discord docs,
// topics/opcodes-and-status-codes, "gateway close event codes").
var fatalCodes = map[int]string{
	4004: "the token is refused; put the bot's current token into discord.token",
	4010: "invalid shard; set discord.shards to auto",
	4011: "the bot is in too many servers for this number of shards; set discord.shards to auto",
	4012: "this version of the gateway is gone; update the program",
	4013: "invalid intents; update the program",
	4014: "a privileged intent is not enabled; turn on Message Content for the bot in Discord's developer portal, or remove discord.channels.auto_answer",
}

var errRefusedToken = &FatalError{Code: 401, Reason: fatalCodes[4004]}

// cause says how a connection ended.
type cause uint8

const (
	lost        cause = iota // network error, end of stream, failure before the websocket stood
	closedBy                 // Discord closed it with a code
	asked                    // opcode 7
	invalidated              // opcode 9 false
	retryLater               // opcode 9 true
	zombie                   // a heartbeat was not acknowledged
	silent                   // nothing came within the phase's deadline
	broken                   // frames or messages that make no sense
	refused                  // the upgrade was answered with an HTTP error
	wedged                   // the watchdog gave up on the attempt
	stopped                  // we ended it
)

var causeNames = [...]string{
	lost: "connection lost", closedBy: "closed by Discord", asked: "Discord asked to reconnect",
	invalidated: "session invalid", retryLater: "session to be resumed again", zombie: "heartbeat not acknowledged",
	silent: "silence", broken: "protocol error", refused: "connection refused", wedged: "attempt wedged", stopped: "stopped",
}

// ending is how a connection ended, and when to come back at the earliest.
type ending struct {
	cause cause
	code  int // close code or HTTP status
	text  string
	after time.Duration
}

func (e ending) String() string {
	s := causeNames[e.cause]
	if e.code != 0 {
		s += fmt.Sprintf(" (%d)", e.code)
	}
	if e.text != "" {
		s += ": " + e.text
	}
	return s
}

// fatal returns why nobody should reconnect, nil otherwise.
func (e ending) fatal() *FatalError {
	if e.cause != closedBy {
		return nil
	}
	if why, ok := fatalCodes[e.code]; ok {
		return &FatalError{Code: e.code, Reason: why}
	}
	return nil
}

// endsSession reports whether the session is gone, so that the next connection must identify: opcode
// 9 false; 4007 (bad sequence) and 4009 (timed out) by the table; 4003, which Discord also sends for
// a session that it has invalidated.
func (e ending) endsSession() bool {
	switch e.cause {
	case invalidated:
		return true
	case closedBy:
		return e.code == 4003 || e.code == 4007 || e.code == 4009
	}
	return false
}
