package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// What init asks and says.
var (
	wordOwnFacts = knowledge.Text{EN: "Begin a directory for your own facts, too?", ES: "¿Empezar también un directorio para tus propios hechos?"}
	wordWhere    = knowledge.Text{EN: "Directory", ES: "Directorio"}
	wordLanguage = knowledge.Text{EN: "Language of the facts, en or es", ES: "Idioma de los hechos, en o es"}
	wordTopic    = knowledge.Text{EN: "Topic", ES: "Tema"}
	wordOneFact  = knowledge.Text{EN: "A fact about it, in one sentence", ES: "Un hecho sobre el tema, en una frase"}
	wordAnswers  = knowledge.Text{EN: "A question that it answers", ES: "Una pregunta que responde"}
	wordSaysWho  = knowledge.Text{EN: "Who published it", ES: "Quién lo publicó"}
	wordAddress  = knowledge.Text{EN: "Its address, if there is one", ES: "Su dirección, si la tiene"}
	wordNext     = knowledge.Text{EN: "Next:", ES: "Ahora:"}
	wordUnmet    = knowledge.Text{
		EN: "Note: that fact alone does not answer %s (a when needs a date or a time, a who a name). It is kept among the phrasings.",
		ES: "Nota: ese hecho por sí solo no responde %s (un cuándo pide una fecha o una hora, un quién un nombre). Queda entre las formas de preguntar.",
	}
	wordAgain = knowledge.Text{EN: "That does not work yet. Once more:", ES: "Así no funciona todavía. Otra vez:"}
)

// questions asks a person who sits at a terminal. What is asked goes to stderr.
type questions struct {
	ctx context.Context
	in  *bufio.Reader
	out io.Writer
	now time.Time
}

func newQuestions(ctx context.Context, a *app) *questions {
	return &questions{ctx, bufio.NewReader(a.Stdin), a.Stderr, a.Now()}
}

// line asks for a line; an empty one means the standard.
func (q *questions) line(what, standard string) (string, error) {
	shown := ""
	if standard != "" {
		shown = " [" + clean(standard) + "]"
	}
	fmt.Fprintf(q.out, "%s%s: ", what, shown)
	type read struct {
		text string
		err  error
	}
	got := make(chan read, 1)
	go func() { // a read cannot be interrupted; the process ends with it
		text, err := q.in.ReadString('\n')
		got <- read{text, err}
	}()
	select {
	case r := <-got:
		text := lang.Normalize(r.text)
		if r.err != nil && text == "" {
			fmt.Fprintln(q.out)
			if errors.Is(r.err, io.EOF) {
				return "", errors.New("the answers ended, and nothing was written (--yes asks nothing)")
			}
			return "", r.err
		}
		if text == "" {
			text = standard
		}
		return text, nil
	case <-q.ctx.Done():
		fmt.Fprintln(q.out)
		return "", context.Cause(q.ctx)
	}
}

// yes asks a question whose standard answer is no.
func (q *questions) yes(what string) (bool, error) {
	text, err := q.line(what+" (y/N)", "")
	text = lang.Fold(text)
	return strings.HasPrefix(text, "y") || strings.HasPrefix(text, "s"), err
}

// firstWords is the first fact of a directory in somebody's words. What is empty gets an example's.
type firstWords struct {
	lang                                 knowledge.Lang
	topic, fact, question, source, where string
}

// wordsOf returns what the flags say.
func wordsOf(cmd *cobra.Command, l knowledge.Lang) *firstWords {
	say := func(name string) string { return lang.Normalize(cmd.Flag(name).Value.String()) }
	return &firstWords{l, say("topic"), say("fact"), say("question"), say("source"), say("url")}
}

// any reports whether somebody has said anything.
func (w *firstWords) any() bool { return w.topic+w.fact+w.question+w.source+w.where != "" }

// ask asks for what is missing, until it makes a fact.
func (w *firstWords) ask(q *questions, langGiven bool) error {
	if !langGiven {
		for {
			l, err := q.line(wordLanguage.In(w.lang), string(w.lang))
			if err != nil {
				return err
			}
			if l := knowledge.Lang(lang.Fold(l)); l == knowledge.English || l == knowledge.Spanish {
				w.lang = l
				break
			}
		}
	}
	said := *w
	for {
		if err := w.askOnce(q, said); err != nil {
			return err
		}
		_, err := w.directory(".", q.now)
		if err == nil {
			return nil
		}
		fmt.Fprintf(q.out, "%v\n%s\n", err, wordAgain.In(w.lang))
		said = firstWords{lang: w.lang} // flags may be what does not work
	}
}

// askOnce asks for every word that was not said before, with those of the example, or of the last time, as standards.
func (w *firstWords) askOnce(q *questions, said firstWords) error {
	for _, one := range []struct {
		what knowledge.Text
		said string
		word *string
	}{
		{wordTopic, said.topic, &w.topic}, {wordOneFact, said.fact, &w.fact}, {wordAnswers, said.question, &w.question},
		{wordSaysWho, said.source, &w.source}, {wordAddress, said.where, &w.where},
	} {
		if one.said != "" {
			continue
		}
		shown := *w
		shown.complete()
		standard := map[*string]string{&w.topic: shown.topic, &w.fact: shown.fact, &w.question: shown.question, &w.source: shown.source, &w.where: shown.where}[one.word]
		text, err := q.line(one.what.In(w.lang), standard)
		if err != nil {
			return err
		}
		*one.word = text
	}
	return nil
}

// complete fills in what nobody said: an example of its own, or words that are true of any topic.
func (w *firstWords) complete() {
	say := func(word *string, en, es string) {
		if *word == "" {
			*word = knowledge.Text{EN: en, ES: es}.In(w.lang)
		}
	}
	if w.topic == "" && w.fact == "" {
		say(&w.fact, "The reading room is open from 9 a.m. to 5 p.m., Monday to Saturday.", "La sala de lectura abre de 9:00 a 17:00, de lunes a sábado.")
		say(&w.question, "When is the reading room open?", "¿A qué hora abre la sala de lectura?")
		say(&w.source, "City Library", "Biblioteca Municipal")
	}
	say(&w.topic, "Reading room", "Sala de lectura")
	say(&w.fact, w.topic+" is the first topic of this fact base.", w.topic+" es el primer tema de esta base de hechos.")
	say(&w.question, w.known().EN, w.known().ES)
	say(&w.source, "Our own notes", "Nuestras propias notas")
	if end := []rune(strings.TrimRight(w.fact, `"'”’»)]`)); len(end) == 0 || !strings.ContainsRune(".!?…", end[len(end)-1]) {
		w.fact += "."
	}
}

// known is the question that a fact about the topic answers, whatever it says.
func (w *firstWords) known() knowledge.Text {
	return knowledge.Text{EN: "What is known about " + w.topic + "?", ES: "¿Qué se sabe sobre " + w.topic + "?"}
}

// directory completes the words and makes a fact directory of them, which the loader takes; the error says what it does not take.
func (w *firstWords) directory(dir string, at time.Time) (*factDirectory, error) {
	w.complete()
	y, m, d := at.UTC().Date()
	today := knowledge.Date{Year: y, Month: m, Day: d}
	name := slug(w.topic, "topic")
	text := w.yaml(name, today)
	base, err := checkFacts(name+".yaml", text, today)
	if err != nil {
		return nil, fmt.Errorf("the words do not make a fact:\n%w", err)
	}
	return &factDirectory{dir, name + ".yaml", text, base}, nil
}

// yaml writes the fact file.
func (w *firstWords) yaml(name string, today knowledge.Date) []byte {
	source := slug(w.source, "source")
	if source == name {
		source += "-source"
	}
	l := string(w.lang)
	address := "    # url: https://…\n"
	if w.where != "" {
		address = "    url: " + strconv.Quote(w.where) + "\n"
	}
	return fmt.Appendf(nil, factTemplate.In(w.lang), name, l, strconv.Quote(w.topic), source, strconv.Quote(w.source), strconv.Quote(w.topic), address, l,
		name, l, strconv.Quote(w.fact), source, today, l, strconv.Quote(w.question))
}

// factTemplate takes id, language and title of the topic; id, publisher, title, address and language of the source; id, language,
// text, source, day, language and question of the fact.
var factTemplate = knowledge.Text{
	EN: `# yaml-language-server: $schema=` + schemaFile + `
# A topic and what is known about it. One file for each topic; ` + "`enlace facts lint`" + ` finds what is wrong with them.
topic:
  id: %s
  title: {%s: %s}
sources:
  - id: %s
    publisher: %s
    title: %s
%s    language: %s
    kind: primary # the issuing body's own text; or wire (news agency), press, aggregator
facts:
  # One checkable claim in one sentence, with where it can be checked. Copy this block for the next one.
  - id: %s-1
    # lint: allow missing-language because this base has one language so far
    text:
      %s: %s
    status: official # or reported (by the press), alleged (an accusation), disputed (told in several versions)
    sources: [%s]
    as_of: %s # when somebody last checked it
    asks: # how people ask for it
      %s:
        - %s
`,
	ES: `# yaml-language-server: $schema=` + schemaFile + `
# Un tema y lo que se sabe de él. Un archivo por tema; ` + "`enlace facts lint`" + ` encuentra lo que está mal.
topic:
  id: %s
  title: {%s: %s}
sources:
  - id: %s
    publisher: %s
    title: %s
%s    language: %s
    kind: primary # el texto de quien lo emite; o wire (agencia de noticias), press (prensa), aggregator (quien repite a otros)
facts:
  # Una afirmación comprobable en una frase, y dónde se puede comprobar. Copia este bloque para la siguiente.
  - id: %s-1
    # lint: allow missing-language because esta base tiene un solo idioma por ahora
    text:
      %s: %s
    status: official # o reported (según la prensa), alleged (una acusación), disputed (se cuenta de varias maneras)
    sources: [%s]
    as_of: %s # cuándo lo comprobó alguien por última vez
    asks: # cómo pregunta la gente
      %s:
        - %s
`,
}

// slug makes an id of a text: folded words with hyphens, at most 40 characters; the other word where nothing is left.
func slug(text, otherwise string) string {
	var b strings.Builder
	for _, r := range lang.Fold(text) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 40 {
			break
		}
	}
	if s := strings.Trim(b.String(), "-"); s != "" {
		return s
	}
	return otherwise
}
