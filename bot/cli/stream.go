package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"enlace/knowledge"
)

// maxLine bounds a line of a stream, in bytes. A longer one is skipped with an error object in its place.
const maxLine = 1 << 20

// maxWorkers bounds how many lines of a stream are worked on at the same time.
const maxWorkers = 8

var errLongLine = fmt.Errorf("the line is longer than %d bytes", maxLine)

// malformed stands in the output in place of a line that could not be understood.
type malformed struct {
	ID    *string `json:"id"` // null where none could be read
	Error string  `json:"error"`
	Line  int     `json:"line"` // from 1
}

func (a *app) askStream(cmd *cobra.Command) error {
	service, _, c, err := a.service(cmd)
	if err != nil {
		return err
	}
	return a.stream(cmd.Context(), func(line []byte) (any, *string, error) {
		q, id, err := parseQuestion(line)
		if err != nil {
			return nil, id, err
		}
		if q.Lang == "" {
			q.Lang = asked(c)
		}
		return service.Answer(cmd.Context(), q), id, nil
	})
}

// work turns a line into what stands in the output for it, or gives an error and the line's id, nil where it has none.
type work func(line []byte) (result any, id *string, err error)

// stream works on every line of stdin and writes one JSON line for each, in order and as soon as it and all before it are
// done.
func (a *app) stream(ctx context.Context, do work) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	slots := make(chan chan any, min(runtime.GOMAXPROCS(0), maxWorkers)) // its capacity bounds the work under way
	ended := make(chan error, 1)
	go func() { // a read cannot be interrupted; the process ends with it
		ended <- a.readLines(ctx, do, slots)
		close(slots)
	}()
	for {
		select {
		case slot, open := <-slots:
			if !open {
				return <-ended
			}
			if err := writeJSON(a.out, <-slot, false); err != nil {
				return fmt.Errorf("writing the output: %w", err)
			}
			if err := a.out.Flush(); err != nil {
				return fmt.Errorf("writing the output: %w", err)
			}
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// readLines starts the work on each line of stdin and sends where its result will be, in order.
func (a *app) readLines(ctx context.Context, do work, slots chan<- chan any) error {
	in := bufio.NewReaderSize(a.Stdin, 64<<10)
	for n := 1; ; n++ {
		line, err := readLine(in)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil && !errors.Is(err, errLongLine):
			return fmt.Errorf("reading stdin: %w", err)
		}
		slot := make(chan any, 1)
		select {
		case slots <- slot:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		go func() { slot <- lineResult(n, line, err, do) }()
	}
}

// lineResult is what stands in the output for line n.
func lineResult(n int, line []byte, err error, do work) any {
	var got any
	var id *string
	if err == nil {
		got, id, err = do(line)
	}
	if err != nil {
		return malformed{id, err.Error(), n}
	}
	return got
}

// readLine returns the next line without its end, which is a line feed or the end of input. After a line that is too long
// it stands at the next one.
func readLine(in *bufio.Reader) (line []byte, err error) {
	for read := false; ; read = true {
		part, err := in.ReadSlice('\n')
		if len(line) <= maxLine {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && (read || len(part) > 0):
		case err != nil:
			return nil, err
		}
		line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
		if len(line) > maxLine {
			return nil, errLongLine
		}
		return line, nil
	}
}

// parseQuestion reads a line of a stream of questions: an object, a JSON string, or plain text. The id is returned even with
// an error where it could be read.
func parseQuestion(line []byte) (q knowledge.Question, id *string, err error) {
	line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff")))
	switch {
	case len(line) > 0 && strings.ContainsRune("{[", rune(line[0])):
		return parseObject(line)
	case len(line) > 0 && line[0] == '"':
		err = json.Unmarshal(line, &q.Text)
		return q, nil, broken(err)
	case json.Valid(line): // a number, true, false or null
		return q, nil, errors.New("not a question (write a text or an object with a question)")
	}
	q.Text = strings.ToValidUTF8(string(line), "\ufffd")
	return q, nil, nil
}

func parseObject(line []byte) (q knowledge.Question, id *string, err error) {
	var in struct {
		ID       json.RawMessage  `json:"id"`
		Question *string          `json:"question"`
		Lang     string           `json:"lang"`
		History  []knowledge.Turn `json:"history"`
	}
	err = json.Unmarshal(line, &in)
	if err != nil {
		return q, salvageID(line), broken(err)
	}
	id, bad := parseID(in.ID)
	switch {
	case bad:
		return q, nil, errors.New("id is neither a text nor a number")
	case in.Question == nil:
		return q, id, errors.New("question is missing")
	case in.Lang != "" && in.Lang != "auto" && in.Lang != "en" && in.Lang != "es":
		return q, id, fmt.Errorf("lang is %.20q (write en, es or auto)", in.Lang)
	}
	q = knowledge.Question{Text: *in.Question, History: in.History}
	if in.Lang != "auto" {
		q.Lang = knowledge.Lang(in.Lang)
	}
	if id != nil {
		q.ID = *id
	}
	return q, id, nil
}

// parseID takes a text or a number as it stands; null is no id.
func parseID(raw json.RawMessage) (id *string, bad bool) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, false
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return &text, false
	}
	var number json.Number
	if json.Unmarshal(raw, &number) == nil {
		text = number.String()
		return &text, false
	}
	return nil, true
}

// salvageID returns the id of an object that is broken behind it, nil where it cannot be read.
func salvageID(line []byte) *string {
	d := json.NewDecoder(bytes.NewReader(line))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil
	}
	for {
		var raw json.RawMessage
		key, err := d.Token()
		if err != nil || d.Decode(&raw) != nil {
			return nil
		}
		if key == "id" {
			id, _ := parseID(raw)
			return id
		}
	}
}

// broken words an error of the JSON decoder for whoever wrote the line.
func broken(err error) error {
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &wrong) && wrong.Field == "":
		return errors.New("not a question (write a text or an object with a question)")
	case errors.As(err, &wrong):
		return fmt.Errorf("%s cannot be %s", wrong.Field, wrong.Value)
	}
	return fmt.Errorf("not valid JSON: %w", err)
}
