package facts

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"enlace/knowledge"
)

func (w *walker) scalar(n *yaml.Node, s *shape, dst reflect.Value) bool {
	if n.Kind != yaml.ScalarNode {
		return w.wrongType(n, s)
	}
	switch s.kind {
	case date:
		return w.date(n, dst)
	case whole:
		return w.whole(n, s, dst)
	}
	if n.Tag != "!!str" {
		return w.wrongType(n, s)
	}
	switch s.kind {
	case text:
		return w.text(n, s, dst)
	case choice:
		if !slices.Contains(s.options, n.Value) {
			fix := "allowed: " + strings.Join(s.options, ", ")
			if near := nearest(n.Value, s.options); near != "" {
				fix = "did you mean " + near + "? " + fix
			}
			w.report(n, ruleChoice, fix, "is %q, not %s", short(n.Value), s.name)
			return false
		}
	case link:
		if fix := badURL(n.Value); fix != "" {
			w.report(n, ruleURL, fix, "is %q, not a web address", short(n.Value))
			return false
		}
		if _, err := url.Parse(n.Value); err != nil {
			w.report(n, ruleAddress, "copy it again from the browser", "is %q, not a web address: %v", short(n.Value), err.(*url.Error).Err)
			return false
		}
	case code:
		if !s.pattern.MatchString(n.Value) {
			w.report(n, ruleLanguage, "two lower-case letters, such as en or es", "is %q, not a language code", short(n.Value))
			return false
		}
	default:
		if fix := badID(n.Value); fix != "" {
			w.report(n, ruleID, fix, "is %q, not an id", short(n.Value))
			return false
		}
		if s.kind == ref {
			w.refs = append(w.refs, reference{to: s.block, id: n.Value, label: w.label(), pos: w.pos(n), fact: knowledge.FactID(w.id)})
		}
	}
	dst.SetString(n.Value)
	return true
}

func (w *walker) date(n *yaml.Node, dst reflect.Value) bool {
	// A year reads as a number and a day as a time stamp in YAML; what counts is what is written.
	if n.Tag != "!!str" && n.Tag != "!!int" && n.Tag != "!!timestamp" && n.Tag != "!!float" {
		return w.wrongType(n, dateShape)
	}
	const form = "write YYYY-MM-DD, YYYY-MM or YYYY"
	d, err := knowledge.ParseDate(n.Value)
	switch {
	case err != nil && !datePattern.MatchString(n.Value):
		w.report(n, ruleDate, form, "is %q, not a date", short(n.Value))
		return false
	case err != nil:
		w.report(n, ruleCalendar, "correct the day or leave it out", "is %q, not a day of the calendar", n.Value)
		return false
	}
	dst.Set(reflect.ValueOf(d))
	return true
}

func (w *walker) whole(n *yaml.Node, s *shape, dst reflect.Value) bool {
	if n.Tag != "!!int" {
		return w.wrongType(n, s)
	}
	v, err := strconv.Atoi(n.Value)
	if err != nil || v < s.min || v > s.max {
		w.report(n, ruleRange, fmt.Sprintf("write a whole number from %d to %d", s.min, s.max), "is %q, which is out of range", short(n.Value))
		return false
	}
	dst.SetInt(int64(v))
	return true
}

// isID reports whether s is what idPattern matches, in a tenth of its time.
func isID(s string) bool {
	last := byte('-')
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && (c != '-' || last == '-') {
			return false
		}
		last = c
	}
	return last != '-'
}

// badID says how to mend an id, "" for a good one.
func badID(s string) string {
	switch {
	case len(s) > maxID:
		return fmt.Sprintf("at most %d characters", maxID)
	case !isID(s):
		return "lower-case letters a-z, digits and single hyphens between them"
	}
	return ""
}

// badURL says how to mend a web address, "" for a good one.
func badURL(s string) string {
	if utf8.RuneCountInString(s) > maxURL {
		return fmt.Sprintf("at most %d characters", maxURL)
	}
	if urlPattern.MatchString(s) {
		return ""
	}
	u, err := url.Parse(s)
	switch {
	case strings.ContainsAny(s, " \t\r\n"):
		return "remove the white space; a space inside is written %20"
	case err != nil:
		return "copy it again from the browser"
	case u.Scheme != "http" && u.Scheme != "https":
		return "it begins with https:// or http://, all lower case"
	case u.User != nil:
		return "remove the user name before the @"
	case u.Host == "":
		return "add the host name"
	case strings.HasSuffix(u.Host, ":"):
		return "remove the colon after the host name"
	}
	return "it needs a public host name such as www.dhs.gov, not an address in numbers; leave the key out where there is no trustworthy address"
}
