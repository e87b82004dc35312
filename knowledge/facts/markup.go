package facts

import (
	"regexp"
	"strings"
)

// markup returns the part of a text that a chat program or a terminal would not show as plain text, and how to say it plainly; or
// "", "". Facts are plain text: links, mentions and marks are the renderer's alone.
func markup(s string) (found, fix string) {
	for _, m := range markups {
		if strings.Contains(s, m.hint) {
			if at := m.pattern.FindString(s); at != "" {
				return strings.TrimSpace(at), m.fix
			}
		}
	}
	return "", ""
}

const plainText = "write plain text"

// markups holds what is refused. The hint is a cheap test before the pattern.
var markups = []struct {
	hint    string
	pattern *regexp.Regexp
	fix     string
}{
	{"://", regexp.MustCompile(`[A-Za-z][A-Za-z0-9+.-]*://\S*`), "addresses belong in the url of a source"},
	{"www.", regexp.MustCompile(`(?i)\bwww\.\S+`), "addresses belong in the url of a source"},
	{":", regexp.MustCompile(`(?i)\b(javascript|data|mailto|tel):\S+`), "addresses belong in the url of a source"},
	{"discord.", regexp.MustCompile(`(?i)\bdiscord(app)?\.(gg|com)\S*`), "addresses belong in the url of a source"},
	{"@", regexp.MustCompile(`(?i)@(everyone|here)\b`), "a fact mentions nobody on a server: remove it"},
	{"<", regexp.MustCompile(`<[@#:/!?|A-Za-z][^\s>]*>?`), plainText + ", without < and >"},
	{"`", regexp.MustCompile("`+"), plainText + ", with quotation marks instead of backticks"},
	{"](", regexp.MustCompile(`\[[^\]]*\]\([^)]*\)?`), "write the words without the link; addresses belong in the url of a source"},
	{"[", regexp.MustCompile(`\[\[|\[\d+\]`), "citation marks are set by the program: remove it"},
	{"**", regexp.MustCompile(`\*\*`), plainText + ", without marks for bold or italics"},
	{"__", regexp.MustCompile(`__`), plainText + ", without marks for bold or italics"},
	{"~~", regexp.MustCompile(`~~`), plainText + ", without marks for struck-out text"},
	{"||", regexp.MustCompile(`\|\|`), plainText + ", without marks for hidden text"},
	{"#", regexp.MustCompile(`^(-?#{1,3}) `), plainText + ", without a heading mark at the start"},
	{">", regexp.MustCompile(`^>+ `), plainText + ", without a quotation mark > at the start"},
}

// control returns the part of a text that speaks to a language model instead of telling something, or "".
func control(s string) string {
	for i := 0; i+1 < len(s); i++ {
		for _, h := range controlHints[s[i]|0x20] {
			if s[i+1]|0x20 == h[1]|0x20 && len(s)-i >= len(h) && strings.EqualFold(s[i:i+len(h)], h) {
				return controlPattern.FindString(s)
			}
		}
	}
	return ""
}

// controlHints are words of which every control phrase has at least one, by their first byte: a cheap test before the pattern, since
// this check runs over every phrasing of a base.
var controlHints = byFirstByte("instruc", "prompt", "you are now", "eres ahora", "ahora eres", "jailbreak", "dan mode", "anything now", "developer mode", "modo desarrollador",
	"<|", "[inst", "[/inst", "system:", "assistant:", "sistema:", "as an ai", "modelo de lenguaje")

// byFirstByte groups words by their first byte with bit 0x20 set, which is the same for both cases of a letter.
func byFirstByte(words ...string) (table [256][]string) {
	for _, w := range words {
		table[w[0]|0x20] = append(table[w[0]|0x20], w)
	}
	return table
}

// controlPattern matches instructions to a model in English and Spanish, as the collections of garak and PurpleLlama have them.
// A fact may speak of instructions ("she gave instructions to the police"): only orders to set them aside or show them are refused.
var controlPattern = regexp.MustCompile(`(?i)` + strings.Join([]string{
	`\b(ignore|disregard|forget|override|bypass|skip)\b.{0,30}\b(instructions?|prompts?)\b`,
	`\b(ignora|ignore|ignorad|ignoren|olvida|olvide|olviden|omite|omita|desobedece|no sigas|no siga|haz caso omiso de|haga caso omiso de)\b.{0,30}\b(instrucci[oó]n(es)?|prompts?)\b`,
	`\b(reveal|print|show|repeat|output|muestra|muestre|revela|revele|repite|repita|imprime)\b.{0,30}\b(system prompt|prompt|your instructions|(tus|sus) instrucciones)\b`,
	`\b(system|developer) prompt\b`, `\bprompt del sistema\b`,
	`\b(new|updated) instructions:`, `\b(nuevas) instrucciones:`,
	`\byou are now (an? |the |in )`, `\b(eres ahora|ahora eres) (un|una|el|la)\b`,
	`\bjailbreak (mode|prompt|yourself|the (bot|model|assistant))\b`, `\bdan mode\b`, `\bdo anything now\b`, `\b(enable|enter|activate) developer mode\b`, `\b(activa|activar) (el )?modo desarrollador\b`,
	`<\|`, `\[/?inst\]`, `^\s*(system|assistant|sistema):`, `\bas an ai( language)? model\b`, `\bcomo modelo de lenguaje\b`,
}, "|"))
