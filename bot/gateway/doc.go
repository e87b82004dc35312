// Package gateway holds the connection to Discord: a supervisor around discordgo sessions and the
// REST client that every message of the bot goes through.
//
// # The connection
//
// A [Gateway] runs one shard loop per shard. Each connection of a shard gets a fresh discordgo
// session, opened in its own goroutine under a watchdog, and a [net.Conn] of ours below it (type
// wire), which reads the frames before discordgo does. discordgo v0.29.0 decodes the events, sends
// Identify and the heartbeats; the wire keeps from it what it handles badly:
//
//   - silence: every phase (upgrade, HELLO, READY, live) has a read deadline;
//   - opcode 7 or 11 in place of READY, which deadlock Session.Open;
//   - opcode 9, which v0.29.0 answers with an Identify at once, even when a resume is allowed;
//   - a heartbeat that nobody acknowledged: closed with 4000 at the next beat, so that the session
//     can be resumed, instead of with 1000 after five;
//   - frames that would crash it: `null`, null guilds or members, a heartbeat interval of zero, an
//     opcode 1 while it closes (the wire answers that itself);
//   - events that the bot does not use (they are never decoded).
//
// The wire also remembers session id, sequence and resume address, and turns the Identify of a fresh
// session into a Resume where one is possible. So a session object is never opened twice, and a
// wedged one is dropped and counted. The order of the close codes is Discord's table (topics/
// opcodes-and-status-codes): 4004 and 4010–4014 end [Gateway.Run] with a [FatalError].
//
// Events go through a bounded queue to a bounded number of workers; what finds no room or has waited
// too long is told to a [Shedder]. Panics stay in their event.
//
// # Replicas
//
// With [Options].Leases several processes share the shards. Each is told of by a lease replica.<id>, and runs the shards whose leases
// shard.<n> it has: free ones up to its fair share, ceil(shards/replicas), those with the fewest first. A replica that has at least
// two more than another one hands shards over, one at a time. It watches the leases and looks at them every second or two as well.
//
// A lease is renewed every 5 s and expires after 30 s; its holder closes the session by itself 22 s after it began the last renewal
// that worked, whatever the store does, so that a successor finds it gone ([LeaseTimes]). A lease is no fence: a process that was
// paused may handle a few more events before it notices; they carry their ids, and the bot knows which it has had.
//
// A lease tells of its shard's session, too: id, sequence and resume address. So a successor resumes it, after a hand-over as after
// a crash, and Discord replays what happened meanwhile; after a hand-over nothing comes twice, after a crash the events since the last
// renewal do. The handler gets a Ready with the bot's ids for such a session, before its events. Sessions with other intents or
// another number of shards are not resumed, and the resume address of one is only used within Discord's domain, because it gets the
// token. The last replica to stop closes its sessions with 1000: the bot is offline then.
//
// Identifies take turns over all replicas by leases identify.<shard modulo max_concurrency>, which are held until 5.25 s after the
// Identify. The number of shards is the one that the replicas use already, in the lease "shards", otherwise what Options.Shards or
// Discord says; to change it, stop all replicas and start them again.
//
// # REST
//
// [Rest] is one client for all shards, with bounded rate-limit buckets, a global gate, at most two
// retries, a counter of invalid requests with a brake, and a stop at the first 401. It forces empty
// allowed mentions into every message, and neither token nor interaction token is ever part of an
// error or a log line.
//
// # Time
//
// The package uses package time only and decides nothing by the wall clock, so its tests run in
// testing/synctest bubbles, where the network is net.Pipe behind [Options].Dial. discordgo does look
// at the wall clock: when that jumps forward by more than five heartbeat intervals, it gives its
// connection up at the next beat, and the shard resumes on a new one.
package gateway
