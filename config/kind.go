package config

import (
	"encoding/hex"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// kind says which texts a key takes.
type kind struct {
	allowed string // completes "write …"
	ok      func(string) bool
}

var (
	boolean   = oneOf("true", "false")
	line      = kind{"a text of one line", isLine}
	path      = kind{"a path", isLine}
	directory = kind{"the path of a directory that exists, or nothing for the embedded fact base", isLine}
	token     = kind{"a text without spaces", isToken}
	span      = kind{"a duration from 1ms to 1h, such as 500ms, 30s or 2m", isSpan}
	webURL    = kind{"an http or https address with a host and without a user, query or fragment", isWebURL}
	natsURLs  = kind{"nats://host:port (or tls, ws, wss), several separated by commas", isNATS}
	address   = kind{"host:port, such as 127.0.0.1:8080 or :8080, or nothing to turn it off", isAddress}
	snowflake = kind{"Discord ids of 17 to 20 digits", isSnowflake}
	publicKey = kind{"the 64 hexadecimal digits of the developer portal's public key", isPublicKey}
)

func oneOf(words ...string) kind {
	last := len(words) - 1
	return kind{strings.Join(words[:last], ", ") + " or " + words[last], func(s string) bool { return slices.Contains(words, s) }}
}

func either(word string, k kind) kind {
	return kind{word + " or " + k.allowed, func(s string) bool { return s == word || k.ok(s) }}
}

// whole takes decimal numbers without sign, separators or leading zeros: 0123 could be meant as octal.
func whole(least, most int64) kind {
	return kind{fmt.Sprintf("a whole number from %d to %d", least, most), func(s string) bool {
		n, err := strconv.ParseInt(s, 10, 64)
		return err == nil && strconv.FormatInt(n, 10) == s && n >= least && n <= most
	}}
}

func isLine(s string) bool {
	return utf8.ValidString(s) && strings.TrimSpace(s) == s && !strings.ContainsFunc(s, unicode.IsControl)
}

func isToken(s string) bool {
	return isLine(s) && !strings.ContainsFunc(s, unicode.IsSpace)
}

func isSpan(s string) bool {
	d, err := time.ParseDuration(s)
	return err == nil && d >= time.Millisecond && d <= time.Hour
}

func isWebURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && isToken(s) && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && isPort(u.Port(), true) &&
		u.User == nil && u.RawQuery == "" && u.Fragment == ""
}

func isNATS(s string) bool {
	for one := range strings.SplitSeq(s, ",") {
		u, err := url.Parse(one)
		if err != nil || !isToken(one) || !slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme) || u.Hostname() == "" || !isPort(u.Port(), true) {
			return false
		}
	}
	return true
}

func isAddress(s string) bool {
	host, port, err := net.SplitHostPort(s)
	return err == nil && isToken(host) && isPort(port, false)
}

// isPort takes 0 to 65535; 0 lets the system choose.
func isPort(s string, emptyIsOK bool) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return s == "" && emptyIsOK || err == nil && strconv.FormatUint(n, 10) == s
}

// isSnowflake takes the ids that Discord gives out: 64-bit numbers since 2015 (Discord docs, reference, "Snowflakes").
func isSnowflake(s string) bool {
	n, err := strconv.ParseUint(s, 10, 64)
	return err == nil && len(s) >= 17 && strconv.FormatUint(n, 10) == s
}

func isPublicKey(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 32
}
