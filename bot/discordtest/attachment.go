package discordtest

import (
	"mime"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// attach stores the files of a draft; their addresses work on this server.
func (d *Discord) attach(ch *Channel, b *draft) []Attachment {
	var list []Attachment
	for _, file := range b.files {
		a := Attachment{ID: d.newID(), Name: file.name, ContentType: file.contentType, Data: file.data, Description: b.describe(file.key)}
		if byName := mime.TypeByExtension(filepath.Ext(a.Name)); byName != "" && (a.ContentType == "" || a.ContentType == "application/octet-stream") {
			a.ContentType = byName
		}
		a.URL = d.base + "/attachments/" + ch.ID + "/" + a.ID + "/" + a.Name
		list = append(list, a)
	}
	return list
}

// describe returns the alt text that the attachments list gives to the file of a form field "files[n]".
func (b *draft) describe(key string) string {
	if b.Attachments == nil {
		return ""
	}
	n := strings.TrimSuffix(strings.TrimPrefix(key, "files["), "]")
	for _, a := range *b.Attachments {
		if idText(a.ID) == n {
			return a.Description
		}
	}
	return ""
}

func idText(id any) string {
	switch id := id.(type) {
	case string:
		return id
	case float64:
		return strconv.FormatFloat(id, 'f', -1, 64)
	}
	return ""
}

// serveAttachment is the CDN: the files of messages.
func (d *Discord) serveAttachment(w http.ResponseWriter, r *http.Request) {
	parts := strings.Split(r.URL.Path, "/")
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(parts) == 5 && d.channels[parts[2]] != nil {
		for _, id := range d.channels[parts[2]].messages {
			for _, a := range d.messages[id].Attachments {
				if a.ID == parts[3] {
					w.Header().Set("Content-Type", a.ContentType)
					w.Header().Set("X-Content-Type-Options", "nosniff")
					_, _ = w.Write(a.Data)
					return
				}
			}
		}
	}
	http.NotFound(w, r)
}

// kept are the attachments that stay at an edit: those listed; without a list all, except that from API v10 on new files replace them.
func (b *draft) kept(have []Attachment, version int) []Attachment {
	if b.Attachments == nil {
		if version >= 10 && len(b.files) > 0 {
			return nil
		}
		return have
	}
	return slices.DeleteFunc(slices.Clone(have), func(a Attachment) bool {
		return !slices.ContainsFunc(*b.Attachments, func(listed attachmentDraft) bool { return idText(listed.ID) == a.ID })
	})
}
