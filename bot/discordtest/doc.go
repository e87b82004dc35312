// Package discordtest is a local Discord for the tests of bots, and for playgrounds: the REST API, the gateway and
// signed HTTP interactions of platform version 9 and 10, in one process, with no network and no token.
//
// A test starts one, lets people do things, and looks at what they see:
//
//	d := discordtest.New(t)
//	guild := d.Guild("Library")
//	ana := guild.Member("ana")
//	general := guild.Channel("general")
//	// … start the bot against d.URL(), or with d.Transport() and d.Dial …
//	d.Gateway().WaitReady(1)
//	ana.Asks(general, "Who signed the memorandum?").Answer()
//	got := general.Transcript(ana.User)
//
// # Connecting a bot
//
// [Discord.URL] takes the place of https://discord.com. A client that cannot change its addresses gets [Discord.Transport]
// as its http.RoundTripper and [Discord.Dial] as its websocket dialer; both reach the local Discord whatever the address
// says. With discordgo that is Session.Client and Session.Dialer, without touching package variables, so tests may run
// in parallel.
//
// # People
//
// [Discord.Guild], [Guild.Channel], [Guild.Member] and [Guild.Role] return what has that name and make it when it is new.
// A [User] speaks, replies, edits, reacts, opens threads, uses commands ([User.Slash], [User.UseOn], [User.Completes]),
// presses buttons ([User.Clicks], [User.Selects]) and fills in forms ([User.Submits]), always only what the client
// would allow; [User.Sends] forges what it would not. Permissions work as in Discord: [Role.Set], [Channel.Deny].
//
// What the bot does is awaited ([Message.Answer], [Interaction.Reply], [Channel.WaitFor]…) and read: a [Message] is an
// immutable snapshot with its versions, pings and previews, and [Channel.Transcript] is the channel as text, as a given
// reader sees it. Nothing sleeps: every wait ends when the state changes.
//
// # Rules
//
// Requests are held to the documented limits (400 50035 with the tree of errors), to the three seconds and fifteen
// minutes of interactions, to rate limits, permissions, nonces, intents with their blank contents, identify limits and
// close codes. Each body is also validated against Discord's OpenAPI description, where its file is found (see
// Options.OpenAPI); a violation fails the test.
//
// # Faults
//
// [Gateway.Next] scripts what goes wrong with coming connections, and the Gateway's other methods what goes wrong now:
//
//	d.Gateway().Next(discordtest.CloseCode(4004))
//	d.Gateway().Reconnect()
//	d.REST().Fail("POST /channels/{id}/messages", 429, discordtest.RetryAfter(1500*time.Millisecond))
//	d.REST().Cut("POST /channels/{id}/messages", discordtest.AfterEffect())
//
// # Time
//
// Options.Clock takes a [ManualClock], on which fifteen minutes are a method call. Inside a testing/synctest bubble the
// system clock is virtual; Options.Memory then keeps everything on in-memory connections. (A bubble's time begins in 2000,
// before Discord's ids do; ids then carry the year 2015.)
//
// A bubble's time stands still while any goroutine waits for a mutex, and discordgo v0.29.0 sleeps and makes requests with
// locks held: its Close for a second, a rate-limit bucket during a whole request. Call synctest.Wait before Close and
// before faults that end a connection, and do not let two requests of one bucket wait for each other in a bubble where requests take time.
//
// # Standing alone
//
// [Start] needs no test: errors are returned where a method has an error ([User.Send], [User.Use], [User.Press]), and
// [Discord.Observe] tells of everything that happens, in order. All methods are safe for concurrent use. Memory is bounded by
// Options.Keep.
//
// # What it does not do
//
// Voice, stickers, polls, scheduled events, moderation, monetisation, OAuth and presences do not exist; requests of their
// routes are answered 404. Gateway frames are never compressed, which clients have to accept.
package discordtest
