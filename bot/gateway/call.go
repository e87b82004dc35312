package gateway

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// call is a request made ready: encoded once, sent up to three times.
type call struct {
	method, route, path string
	key                 string // method and route: one limit
	major               string // channel, guild or interaction token
	place               string // what a 403 cools down; "" = nothing
	token               bool   // the route carries an interaction token instead of our own
	essential           bool   // sent although the brake is on
	once                bool
	contentType         string
	body                []byte
	within              time.Duration
	secrets             []string // kept out of every text
	failures            int
}

func newCall(req Request, token string) (*call, error) {
	c := &call{
		method: req.Method, route: req.Method + " " + req.Route, path: req.Path, major: req.Bucket,
		once: req.Once, within: attemptWithin, secrets: []string{token},
	}
	c.key = c.route
	seg := strings.Split(strings.TrimPrefix(req.Path, "/"), "/")
	c.token = len(seg) > 2 && (seg[0] == "interactions" || seg[0] == "webhooks")
	c.essential = c.token || req.Path == gatewayBotPath
	switch {
	case c.token:
		c.major = seg[2]
		c.secrets = append(c.secrets, seg[2])
	case c.major == "" && len(seg) > 1 && (seg[0] == "channels" || seg[0] == "guilds"):
		c.major = seg[1]
	}
	if len(seg) > 1 && seg[0] == "channels" {
		c.place = c.route + "\x00" + seg[1]
	}
	if req.Query != "" {
		c.path += "?" + req.Query
	}
	return c, c.encode(req, seg)
}

// encode makes the body, under the rules for messages where it is one.
func (c *call) encode(req Request, seg []string) error {
	if req.Body == nil && len(req.Files) == 0 {
		return nil
	}
	body, err := encodeBody(req, seg)
	if err != nil {
		return fmt.Errorf("discord %s: the body cannot be encoded: %w", c.route, err)
	}
	if len(req.Files) == 0 {
		c.body, c.contentType = body, "application/json"
		return nil
	}
	c.within = uploadWithin
	if body, err = describe(body, req.Files, isCallback(req.Method, seg)); err != nil {
		return fmt.Errorf("discord %s: the files cannot be described: %w", c.route, err)
	}
	c.body, c.contentType, err = encodeFiles(body, req.Files)
	if err != nil {
		return fmt.Errorf("discord %s: %w", c.route, err)
	}
	return nil
}

// encodeFiles makes a multipart body: payload_json and files[n] (Discord docs, reference, "uploading
// files"). The files are read once, since an attempt may be repeated.
func encodeFiles(payload []byte, files []*discordgo.File) ([]byte, string, error) {
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	part, err := w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="payload_json"`}, "Content-Type": {"application/json"},
	})
	if err != nil {
		return nil, "", err
	}
	if _, err := part.Write(payload); err != nil {
		return nil, "", err
	}
	for i, f := range files {
		kind := f.ContentType
		if kind == "" {
			kind = "application/octet-stream"
		}
		part, err := w.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {fmt.Sprintf(`form-data; name="files[%d]"; filename="%s"`, i, fileName(f.Name))},
			"Content-Type":        {kind},
		})
		if err != nil {
			return nil, "", err
		}
		if _, err := io.Copy(part, io.LimitReader(f.Reader, maxUpload+1)); err != nil {
			return nil, "", fmt.Errorf("file %s cannot be read: %w", fileName(f.Name), err)
		}
		if buf.Len() > maxUpload {
			return nil, "", errors.New("the files are larger than 25 MiB together")
		}
	}
	if err := w.Close(); err != nil {
		return nil, "", err
	}
	return buf.Bytes(), w.FormDataContentType(), nil
}

// fileName keeps a name from breaking out of its header.
func fileName(name string) string {
	return strings.NewReplacer(`\`, "_", `"`, "_", "\r", "_", "\n", "_").Replace(name)
}

func (c *call) local(kind error, status int, message string) *APIError {
	return &APIError{Route: c.route, Status: status, Message: message, Local: true, kind: kind}
}

func (c *call) limited(wait time.Duration) *APIError {
	e := c.local(ErrRateLimited, http.StatusTooManyRequests, "the limit is used up")
	e.RetryAfter = wait
	return e
}

// held explains why a request was not sent.
func (c *call) held(wait time.Duration, err error) error {
	if err != nil {
		return err
	}
	return c.limited(wait)
}

func (c *call) unavailable(err error) *APIError {
	return &APIError{Route: c.route, Message: plain(err, c.secrets...), kind: ErrUnavailable}
}

// path joins escaped segments: path("channels", id, "typing").
func path(segments ...string) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteString("/" + url.PathEscape(s))
	}
	return b.String()
}
