package bot

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/state"
)

// What can be exported, and as what.
const (
	exportFeedback = "feedback"
	exportAnswers  = "answers"
	exportAudit    = "audit"
	formatCSV      = "csv"
	formatJSON     = "jsonl"
)

// maxExport is the largest file: what Discord takes in any server, less some room for the rest of the request; Discord docs,
// reference, "Uploading Files".
const maxExport = 10<<20 - 64<<10

// record is a line of an export: its cells, in the order of the columns.
type record []any

// exportColumns are the columns of what can be exported. Nobody's name or id is in them but those of admins and of whoever tried
// to be one, in the record of that.
var exportColumns = map[string][]string{
	exportFeedback: {"at", "answer", "guild", "channel", "up", "why", "text", "question", "said", "facts", "facts_version"},
	exportAnswers: {"id", "at", "guild", "channel", "link", "private", "question", "language", "outcome", "mode", "answer", "facts",
		"facts_version", "corrected", "unreachable", "up", "down"},
	exportAudit: {"at", "user", "guild", "action", "detail", "allowed", "failed"},
}

// export sends what is kept as a file.
func (b *Bot) export(ctx context.Context, u use) done {
	what, format := u.text(optionWhat), u.text(optionFormat)
	columns := exportColumns[what]
	if columns == nil {
		return failedWith(errors.New("nothing of that name can be exported"), "", u.lang)
	}
	if format != formatJSON {
		format = formatCSV
	}
	records := map[string]func(context.Context, use) iter.Seq2[record, error]{
		exportFeedback: b.feedbackRecords, exportAnswers: b.answerRecords, exportAudit: b.auditRecords,
	}[what](ctx, u)
	data, lines, left, err := fileOf(records, columns, format, maxExport)
	if err != nil {
		return failedWith(err, what, u.lang)
	}
	if lines == 0 {
		return done{parts: renderNotice(wordExportNone.In(u.lang)), detail: what + ", nothing"}
	}
	text := number(wordLines, lines, u.lang)
	if left > 0 {
		text += " " + fmt.Sprintf(wordExportShort.In(u.lang), left)
	}
	if !b.operates(u) {
		text += "\n" + wordHereOnly.In(u.lang)
	}
	contentType := map[string]string{formatCSV: "text/csv; charset=utf-8", formatJSON: "application/x-ndjson"}[format]
	name := fmt.Sprintf("enlace-%s-%s.%s", what, b.now().UTC().Format(time.DateOnly), format)
	file := &discordgo.File{Name: name, ContentType: contentType, Reader: bytes.NewReader(data)}
	return done{parts: []Part{{Content: text, Files: []*discordgo.File{file}}}, detail: fmt.Sprintf("%s %s, %d lines", what, format, lines)}
}

// fileOf writes records, oldest first, as a file of at most most bytes: where they are more, the oldest are left out. It holds no more
// than that at a time.
func fileOf(records iter.Seq2[record, error], columns []string, format string, most int) (file []byte, lines, left int, err error) {
	var head []byte
	if format == formatCSV {
		head = csvLine(columns)
	}
	var kept [][]byte
	size := len(head)
	for r, err := range records {
		if err != nil {
			return nil, 0, 0, err
		}
		line := jsonLine(columns, r)
		if format == formatCSV {
			line = csvLine(cells(r))
		}
		kept, size = append(kept, line), size+len(line)
		for size > most && len(kept) > 0 {
			size -= len(kept[0])
			kept[0] = nil
			kept, left = kept[1:], left+1
		}
	}
	return append(head, bytes.Join(kept, nil)...), len(kept), left, nil
}

func csvLine(cells []string) []byte {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	_ = w.Write(cells) // into memory
	w.Flush()
	return buf.Bytes()
}

// cells are a record as texts that no spreadsheet takes for formulas.
func cells(r record) []string {
	out := make([]string, len(r))
	for i, v := range r {
		switch v := v.(type) {
		case time.Time:
			out[i] = v.UTC().Format(time.RFC3339)
		case bool:
			out[i] = strconv.FormatBool(v)
		case int:
			out[i] = strconv.Itoa(v)
		case []string:
			out[i] = harmless(strings.Join(v, " "))
		case string:
			out[i] = harmless(v)
		}
	}
	return out
}

// inside is where a formula would begin in the middle of a cell if a spreadsheet parted cells at other signs than commas, as those for
// Spanish do: then our quotation marks do not count either.
var inside = regexp.MustCompile(`([;|\t\r\n]\s*)([=+\-@＝＋－＠])`)

// harmless puts an apostrophe before a text that a spreadsheet would take for a formula: one that begins with a sign that begins
// formulas, full-width ones included, or with white space that hides it.
func harmless(cell string) string {
	cell = inside.ReplaceAllString(cell, "$1'$2")
	if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}

func jsonLine(columns []string, r record) []byte {
	var buf bytes.Buffer
	buf.WriteByte('{')
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	for i, v := range r {
		if t, ok := v.(time.Time); ok {
			v = t.UTC().Format(time.RFC3339)
		}
		if list, ok := v.([]string); ok && list == nil {
			v = []string{}
		}
		if i > 0 {
			buf.WriteByte(',')
		}
		fmt.Fprintf(&buf, "%q:", columns[i])
		_ = enc.Encode(v) // texts, numbers and lists of texts
		buf.Truncate(buf.Len() - 1)
	}
	buf.WriteString("}\n")
	return buf.Bytes()
}

// answerRecords are the answers that are kept.
func (b *Bot) answerRecords(ctx context.Context, u use) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		up, down := map[string]int{}, map[string]int{}
		for v, err := range b.store.Votes(ctx, time.Time{}) {
			if err != nil {
				yield(nil, err)
				return
			}
			if v.Up {
				up[v.Answer]++
			} else {
				down[v.Answer]++
			}
		}
		for a, err := range b.store.Since(ctx, time.Time{}) {
			if err == nil && !b.sees(u, a.Guild, a.Private) {
				continue
			}
			r := record{
				a.ID, a.At, a.Guild, a.Channel, jumpLink(&a), a.Private, a.Asked, string(a.Answer.Language), string(a.Answer.Outcome), string(a.Answer.Mode), saidIn(&a), citedIn(&a),
				versionIn(&a), len(a.Corrections), a.Unreachable, up[a.ID], down[a.ID],
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// jumpLink leads to an answer's first message, "" where there is none that others see.
func jumpLink(a *state.Answer) string {
	if a.Guild == "" || a.Private || len(a.Messages) == 0 {
		return ""
	}
	return "https://discord.com/channels/" + a.Guild + "/" + a.Channel + "/" + a.Messages[0]
}

// feedbackRecords are the votes that are kept, oldest first, with what they are about.
func (b *Bot) feedbackRecords(ctx context.Context, u use) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		var votes []state.Vote
		for v, err := range b.store.Votes(ctx, time.Time{}) {
			if err != nil {
				yield(nil, err)
				return
			}
			votes = append(votes, v)
		}
		slices.SortFunc(votes, func(x, y state.Vote) int {
			return cmp.Or(x.At.Compare(y.At), strings.Compare(x.Answer, y.Answer), strings.Compare(x.User, y.User))
		})
		for _, v := range votes {
			a, known, err := b.store.Answer(ctx, b.now(), v.Answer)
			if err == nil && !b.sees(u, v.Guild, !known || a.Private) { // what is not known any more may have been private
				continue
			}
			if !yield(record{v.At, v.Answer, v.Guild, v.Channel, v.Up, v.Why, v.Text, a.Asked, saidIn(&a), citedIn(&a), versionIn(&a)}, err) || err != nil {
				return
			}
		}
	}
}

// auditRecords are what admins did.
func (b *Bot) auditRecords(ctx context.Context, u use) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		for a, err := range b.store.Audits(ctx, time.Time{}) {
			if err == nil && !b.operates(u) && (a.Guild == "" || a.Guild != u.guild) {
				continue
			}
			if !yield(record{a.At, a.User, a.Guild, a.Action, a.Detail, a.Allowed, a.Failed}, err) || err != nil {
				return
			}
		}
	}
}

// saidIn is what an answer says, or which verdicts it gives.
func saidIn(a *state.Answer) string {
	if a.Checked == nil {
		return a.Answer.Text
	}
	var lines []string
	for _, s := range a.Checked.Sentences {
		lines = append(lines, string(s.Verdict)+": "+s.Text)
	}
	return strings.Join(lines, "\n")
}

func citedIn(a *state.Answer) (ids []string) {
	list := a.Answer.Citations
	if a.Checked != nil {
		list = a.Checked.Citations
	}
	for _, c := range list {
		ids = append(ids, string(c.ID))
	}
	return ids
}

func versionIn(a *state.Answer) string {
	if a.Checked != nil {
		return a.Checked.FactsVersion
	}
	return a.Answer.FactsVersion
}
