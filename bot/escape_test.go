package bot

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
)

func TestEscapeShowsTextAsItIs(t *testing.T) {
	for in, want := range map[string]string{
		"Plain text, with 41 metres (and 13.5%): fine.": "Plain text, with 41 metres (and 13.5%): fine.",
		"**bold** _it_ ~~no~~ `code` ||spoiler||":       "\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~ \\`code\\` \\|\\|spoiler\\|\\|",
		"@everyone and @here":                           "\\@everyone and \\@here",
		"＠everyone ＜＠１＞":                                "\\@everyone \\<\\@1\\>",
		"<@123> <@&4> <#5> </x:1> <t:0:R> <:a:1>":       "\\<\\@123\\> \\<\\@&4\\> \\<#5\\> \\</x:1\\> \\<t:0:R\\> \\<:a:1\\>",
		"[dhs.gov](https://evil.example)":               "\\[dhs.gov\\](https\\://evil.example)",
		"https://dhs.gov@evil.example/x":                "https\\://dhs.gov\\@evil.example\\/x",
		"discord.gg/abc and Reuters/AP and 24/7":        "discord.gg\\/abc and Reuters/AP and 24/7",
		"# heading":                                     "\\# heading",
		"-# small":                                      "\\-# small",
		"- item":                                        "\\- item",
		"1. item":                                       "1\\. item",
		"2025. A year":                                  "2025\\. A year",
		"1.5 metres":                                    "1.5 metres",
		"> quote":                                       "\\> quote",
		"two\nlines\u2028and three":                     "two lines and three",
		"r\u202eevil\u2066 z\u200bero \U000e0041tag":    "revil zero tag",
		`a \* b`:  `a \* b`,
		`C:\dir\`: `C:\\dir\\`,
		"":        "",
	} {
		if got := Escape(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

var (
	pairs  = regexp.MustCompile("\\\\[!-/:-@\\[-`{-~]")
	active = regexp.MustCompile("[\\\\`*_~|\\[\\]<>@\n]|://|[-\\pL\\pN]\\.[-\\pL\\pN]+/|^(?:[#+-]|\\d+[.)](?: |$))")
)

// inert says what of an escaped text Discord would still act on.
func inert(escaped string) string { return active.FindString(pairs.ReplaceAllString(escaped, "\x00")) }

func FuzzEscape(f *testing.F) {
	for _, s := range []string{
		"**b** @everyone", "＠ｅveryone", "[a](https://x)", "discord.gg/abc", `\`, `\\*`, `\\\*x*`, "1. a", "1) a", "-# x", "```ansi\nx```", "<t:1:R>",
		"a\u0301\u0301\u0301\u0301", "\U000e0061", "﹫here", "x.y/z.w/q", "h\u200bttps:\u200b//x", "\xff<", "https:\\//x", "．a.b／c",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Escape(s)
		if again := Escape(got); again != got {
			t.Errorf("not idempotent: %q → %q → %q", s, got, again)
		}
		if bad := inert(got); bad != "" {
			t.Errorf("%q → %q: %q works", s, got, bad)
		}
		if i := strings.IndexFunc(got, func(r rune) bool { return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) }); i >= 0 {
			t.Errorf("%q → %q: an invisible character at %d", s, got, i)
		}
	})
}

func FuzzCut(f *testing.F) {
	f.Add("plain words here", 5)
	f.Add(`\*\*\*\*`, 3)
	f.Add("🙂🙂🙂🙂", 3)
	f.Add("e\u0301e\u0301e\u0301", 3)
	f.Fuzz(func(t *testing.T, s string, n int) {
		n = 4 + abs(n)%3000
		s = Escape(s)
		for rest := s; rest != ""; {
			var head string
			before := rest
			head, rest = cut(rest, n)
			if length(head) > n || len(rest) >= len(before) {
				t.Fatalf("%q at %d: %q, %q", s, n, head, rest)
			}
			if bad := regexp.MustCompile("[`*_~|<>@]").FindString(pairs.ReplaceAllString(head, "")); bad != "" || strings.HasSuffix(pairs.ReplaceAllString(head, ""), `\`) {
				t.Fatalf("%q at %d: %q has a cut escape", s, n, head)
			}
		}
	})
}

func abs(n int) int { return max(n, -(n + 1)) }
