package playground

import (
	"mime"
	"net/http"
	"strings"
	"time"
)

// pictures are the types that are shown as pictures; everything else is offered as a file to save.
var pictures = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true}

func mediaType(contentType string) string {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return kind
}

// file is an attachment of a message that somebody sees.
func (p *Playground) file(w http.ResponseWriter, r *http.Request) {
	who, ok := p.people.who(r.URL.Query().Get("session"), time.Now())
	if !ok {
		refuse(w, http.StatusUnauthorized, "unknown")
		return
	}
	m, err := p.message(who, r.PathValue("message"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	for _, a := range m.Attachments {
		if a.ID != r.PathValue("file") {
			continue
		}
		h, kind := w.Header(), mediaType(a.ContentType)
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
		if pictures[kind] {
			h.Set("Content-Type", kind)
		} else {
			h.Set("Content-Type", "application/octet-stream")
			h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": saveAs(a.Name)}))
		}
		_, _ = w.Write(a.Data) // whoever asked is gone
		return
	}
	http.NotFound(w, r)
}

// saveAs is a name that a file may be saved under.
func saveAs(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, cleanName(name))
	if strings.Trim(name, ".") == "" {
		return "file"
	}
	return name
}
