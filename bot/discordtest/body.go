package discordtest

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"strings"
	"unicode/utf16"
)

const maxFile = 10 << 20 // bytes; Discord docs, reference, "Uploading Files"

// decode reads the body: JSON, or multipart with payload_json and files.
func (c *call) decode() reply {
	if len(c.raw) == 0 {
		return reply{}
	}
	kind, params, err := mime.ParseMediaType(c.header.Get("Content-Type"))
	if err != nil {
		return fail(http.StatusBadRequest, 50035, "Invalid Form Body")
	}
	payload := c.raw
	if kind == "multipart/form-data" {
		if payload, err = c.multipart(params["boundary"]); err != nil {
			return fail(http.StatusBadRequest, 50035, "Invalid Form Body")
		}
	} else if kind != "application/json" {
		return fail(http.StatusUnsupportedMediaType, 0, "415: Unsupported Media Type")
	}
	if len(payload) > 0 {
		if c.body, err = decodeJSON(payload); err != nil {
			return fail(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
		}
	}
	c.obj, _ = c.body.(object)
	return reply{}
}

func (c *call) multipart(boundary string) (payload []byte, err error) {
	r := multipart.NewReader(bytes.NewReader(c.raw), boundary)
	for {
		part, err := r.NextPart()
		if err == io.EOF {
			return payload, nil
		}
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		if part.FormName() == "payload_json" {
			payload = data
			continue
		}
		c.files = append(c.files, upload{part.FormName(), path.Base(part.FileName()), part.Header.Get("Content-Type"), data})
	}
}

// formErrors collects what is wrong with a body, by field; Discord answers 400 50035 with the tree of them.
type formErrors struct{ tree object }

// add notes a problem at a path such as "embeds.0.title".
func (f *formErrors) add(at, code, message string) {
	if f.tree == nil {
		f.tree = object{}
	}
	node := f.tree
	for _, step := range strings.Split(at, ".") {
		child, _ := node[step].(object)
		if child == nil {
			child = object{}
			node[step] = child
		}
		node = child
	}
	list, _ := node["_errors"].([]object)
	node["_errors"] = append(list, object{"code": code, "message": message})
}

func (f *formErrors) required(at string) {
	f.add(at, "BASE_TYPE_REQUIRED", "This field is required")
}

// length checks a text's length in UTF-16 units: the stricter reading of Discord's undocumented unit.
func (f *formErrors) length(at, s string, least, most int) {
	switch n := units(s); {
	case n > most:
		f.add(at, "BASE_TYPE_MAX_LENGTH", "Must be "+itoa(most)+" or fewer in length.")
	case n < least:
		f.add(at, "BASE_TYPE_BAD_LENGTH", "Must be between "+itoa(least)+" and "+itoa(most)+" in length.")
	}
}

func (f *formErrors) count(at string, n, least, most int) {
	if n < least || n > most {
		f.add(at, "BASE_TYPE_BAD_LENGTH", "Must be between "+itoa(least)+" and "+itoa(most)+" in length.")
	}
}

func (f *formErrors) bad() bool { return len(f.tree) > 0 }

func (f *formErrors) reply() reply {
	return reply{status: http.StatusBadRequest, body: object{"message": "Invalid Form Body", "code": 50035, "errors": f.tree}}
}

func invalidForm(at, code, message string) reply {
	var f formErrors
	f.add(at, code, message)
	return f.reply()
}

// units is the length of s in UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
