// Package playground is a web page that looks and behaves like a channel of Discord, in front of a local Discord in which a bot is
// at work.
//
// The bot is a real one: it is connected to a [discordtest.Discord] like to Discord itself, and the package knows nothing else of
// it. Each tab of a browser is a person ([session]), who speaks and clicks through the methods of [discordtest.User]; what happens
// comes back over server-sent events ([hub]). Beside the channel an inspector shows how an answer came about, from the traces that
// [Playground.Trace] is given.
//
// # Safety
//
// It serves loopback addresses only. Every request must name such an address as its host (no DNS rebinding) and come from the page
// itself (Origin and Sec-Fetch-Site), every action carries the tab's own token, bodies, rates, people and streams are bounded, and
// the content security policy forbids everything that is not a file of the page. What people and the bot write is data: it goes to the
// page as JSON and becomes text nodes there.
package playground
