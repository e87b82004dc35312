package gateway

import (
	"errors"
	"net"
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// tokenPaths are the paths that carry an interaction token.
var tokenPaths = regexp.MustCompile(`(/(?:webhooks|interactions)/[^/\s"?]+/)[^/\s"?]+`)

// redact takes the secrets out of a text for the log.
func redact(text string, secrets ...string) string {
	for _, s := range secrets {
		if s = strings.TrimPrefix(s, "Bot "); len(s) > 4 {
			text = strings.ReplaceAll(text, s, "[token]")
		}
	}
	return tokenPaths.ReplaceAllString(text, "$1[token]")
}

// plain is the text of a network error without the URL that net/http puts around it.
func plain(err error, secrets ...string) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var op *net.OpError
	if errors.As(err, &op) && op.Err != nil {
		return printable(redact(op.Op+": "+op.Err.Error(), secrets...))
	}
	return printable(redact(err.Error(), secrets...))
}

// printable keeps a text of others on one short line.
func printable(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
	if r := []rune(text); len(r) > 200 {
		text = string(r[:200]) + "…"
	}
	return strings.TrimSpace(text)
}
