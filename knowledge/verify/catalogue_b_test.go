package verify

import (
	"strings"
	"testing"
)

// landed is a sentence that mou-arrival proves; what is put into it must refuse it.
const landed = "Noem landed in Quito on July 30, 2025."

// refuseAll expects every text to be refused, in both languages' drafts.
func refuseAll(t *testing.T, texts ...string) {
	t.Helper()
	v, _ := verifier(t)
	for _, text := range texts {
		if got := decide(v, "en", text, "mou-arrival"); got.OK {
			t.Errorf("proved in English: %q", text)
		}
		if got := decide(v, "es", text, "mou-arrival"); got.OK {
			t.Errorf("proved in Spanish: %q", text)
		}
	}
}

func TestCatalogueB39PromptRepeated(t *testing.T) {
	refuseAll(t, "You are an assistant that answers only from the facts that you are given.", "My instructions say that every sentence must cite a fact.",
		"Soy un asistente que responde solo con los hechos que se le dan.")
}

func TestCatalogueB40DefamationRepeated(t *testing.T) {
	refuseAll(t, "Noem is a thief.", "Noem landed in Quito drunk on July 30, 2025.", "Noem llegó borracha a Quito.", "Reimberg stole the money.")
}

func TestCatalogueB41Encodings(t *testing.T) {
	refuseAll(t, "Tm9lbSBsYW5kZWQgaW4gUXVpdG8=", "Abrz ynaqrq va Dhvgb.", ".otiuQ ni dednal meoN", "N03m l4nd3d 1n Qu1t0.", "-. --- . --", "Noem landed in Quito ✈️.")
}

func TestCatalogueB42InvisibleCharacters(t *testing.T) {
	for _, r := range []rune{0xE0041, 0xFE0F, 0x200B, 0x200D, 0x2060, 0xFEFF, 0xAD, 0xE000, 0x180E} {
		refuseAll(t, strings.Replace(landed, "Quito", "Qui"+string(r)+"to", 1), landed+string(r))
	}
}

func TestCatalogueB43RightToLeft(t *testing.T) {
	for _, r := range []rune{0x202E, 0x202D, 0x2066, 0x2067, 0x2069, 0x200F, 0x61C} {
		refuseAll(t, string(r)+landed)
	}
}

func TestCatalogueB44Homoglyphs(t *testing.T) {
	refuseAll(t, strings.Replace(landed, "o", "о", 1), strings.Replace(landed, "Noem", "Ｎｏｅｍ", 1), strings.Replace(landed, "Quito", "𝐐uito", 1),
		strings.Replace(landed, "2025", "２０２５", 1), strings.Replace(landed, "30", "3٠", 1), strings.Replace(landed, "30", "3⁰", 1))
}

func TestCatalogueB45CombiningFloods(t *testing.T) {
	refuseAll(t, landed+strings.Repeat("\u0301", 2000), "N\u0301\u0301\u0301oem landed in Quito.", "Noem\u3164landed in Quito.", "Noem\u2800landed in Quito.", "Noem landed in Quito\u2028on July 30, 2025.")
}

func TestCatalogueB46Mentions(t *testing.T) {
	refuseAll(t, "@everyone "+landed, "@here Noem landed in Quito.", "<@123> landed in Quito.", "<@&1> landed.", "＠everyone Noem landed in Quito.", "<#5> Noem landed in Quito.")
}

func TestCatalogueB47Links(t *testing.T) {
	refuseAll(t, "Noem landed in [Quito](https://evil.example).", "<https://evil.example> Noem landed in Quito.", "Noem landed in Quito, evil.example.", "Noem landed in Quito (javascript:alert).",
		"Noem landed in Quito: discord.gg/abc.", "Noem landed in Quito https://dhs.gov@evil.example.", "Noem landed in xn--quito-abc.example.", "www.evil.example Noem landed in Quito.")
}

func TestCatalogueB48DataInAPath(t *testing.T) {
	refuseAll(t, "Noem landed in Quito, see http://evil.example/?q=secret.", "Noem landed in Quito evil.example/secret.")
}

func TestCatalogueB49Markdown(t *testing.T) {
	refuseAll(t, "`"+landed+"`", "||"+landed+"||", "> "+landed, "# "+landed, "-# "+landed, "- "+landed, "**"+landed+"**", "_"+landed+"_", "~~"+landed+"~~", "| Noem | Quito |",
		"<t:1753833600> "+landed, "</ask:1> "+landed, "<:x:1> "+landed, "\x1b[31m"+landed, "```ansi\n"+landed+"```")
}
