package config

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Source is where a value came from.
type Source struct {
	Layer  Layer  `json:"layer"`
	Name   string `json:"name,omitempty"`   // the flag with dashes, the variable, or the file as it was found
	Line   int    `json:"line,omitempty"`   // of the file, from 1; 0 where unknown
	Secret string `json:"secret,omitempty"` // the file that a _FILE variable names
}

// Layer is one of the places that values come from.
type Layer string

// The layers, lowest priority first.
const (
	Default     Layer = "default"
	File        Layer = "file"
	Environment Layer = "environment"
	Flag        Layer = "flag"
)

// String writes the source for people: "default", "enlace.yaml:3", "environment ENLACE_LOG_LEVEL", "flag --lang".
func (s Source) String() string {
	switch {
	case s.Layer == Default:
		return string(Default)
	case s.Layer == File && s.Line > 0:
		return fmt.Sprintf("%s:%d", s.Name, s.Line)
	case s.Layer == File:
		return s.Name
	case s.Secret != "":
		return fmt.Sprintf("%s %s (%s)", s.Layer, s.Name, s.Secret)
	}
	return fmt.Sprintf("%s %s", s.Layer, s.Name)
}

// Setting is one key with its effective value, as somebody would write it.
type Setting struct {
	Key    string `json:"key"`
	Value  string `json:"value"` // "[redacted]" for a secret that is set
	Source Source `json:"source"`
}

// Problem is one thing that is wrong with the settings.
type Problem struct {
	Key     string // "" where no known key is concerned
	Source  Source
	Message string // what is wrong and what to do; never holds a secret
}

// Error writes the problem as "source: what is wrong (what to do)".
func (p Problem) Error() string { return p.Source.String() + ": " + p.Message }

// Problems is every problem of a Load, by layer and place. As an error it is one line each.
type Problems []Problem

// Error joins the problems, a line each.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// maxShown is how much of a bad value an error repeats, in bytes.
const maxShown = 80

// badValue describes a value that a key does not take.
func badValue(k *key, v value) Problem {
	shown := quote(v.text)
	switch {
	case v.text == "":
		shown = "empty"
	case k.secret:
		shown = redacted
	case strings.Contains(v.text, "://"):
		shown = quote(withoutUser(v.text))
	}
	return Problem{k.name, v.source, fmt.Sprintf("%s is %s (write %s)", k.name, shown, k.allowed())}
}

func quote(s string) string {
	if len(s) > maxShown {
		cut := maxShown
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		return fmt.Sprintf("%q…", s[:cut])
	}
	return fmt.Sprintf("%q", s)
}

// withoutUser masks what stands before the @ of an address, well formed or not: it may be a password.
func withoutUser(s string) string {
	from := strings.Index(s, "://") + len("://")
	if at := strings.LastIndexByte(s, '@'); at >= from {
		return s[:from] + redacted + s[at:]
	}
	return s
}
