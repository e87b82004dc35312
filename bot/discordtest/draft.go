package discordtest

import (
	"encoding/json"
	"net/http"
	"strings"
	"unicode/utf8"
)

// Limits of messages (resources/message; components/reference).
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxEmbedText   = 6000
	maxRows        = 5
	maxV2          = 40
	maxV2Text      = 4000
	maxV2Bytes     = 10170 // observed, docs#8554; each text display counts 12 more
	maxAttachments = 10
	maxNonce       = 25
)

// draft is the body of a request that makes or changes a message.
type draft struct {
	Content         *string            `json:"content"`
	Embeds          []Embed            `json:"embeds"`
	Components      []Component        `json:"components"`
	Flags           *Flags             `json:"flags"`
	AllowedMentions *allowedMentions   `json:"allowed_mentions"`
	Reference       *reference         `json:"message_reference"`
	Nonce           any                `json:"-"`
	EnforceNonce    bool               `json:"enforce_nonce"`
	Attachments     *[]attachmentDraft `json:"attachments"`
	StickerIDs      []string           `json:"sticker_ids"`
	Poll            any                `json:"poll"`
	TTS             bool               `json:"tts"`

	has        func(key string) bool
	rawEmbeds  []any
	components []any
	files      []upload
}

type reference struct {
	MessageID string `json:"message_id"`
	ChannelID string `json:"channel_id"`
	Type      int    `json:"type"`
	MustExist *bool  `json:"fail_if_not_exists"`
}

type attachmentDraft struct {
	ID          any    `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description"`
}

// readDraft decodes the fields of a message from a request; a reply with a status is the error.
func (c *call) readDraft(o object) (*draft, reply) {
	m := &draft{files: c.files}
	if o == nil {
		o = object{}
	}
	if given, isList := o["components"].([]any); isList {
		o = merge(merge(object{}, o), object{"components": numbered(copied(given).([]any))})
	}
	if err := retype(o, m); err != nil {
		return nil, typeError(err)
	}
	m.has = func(key string) bool { _, found := o[key]; return found }
	m.Nonce = o["nonce"]
	m.rawEmbeds, _ = o["embeds"].([]any)
	m.components, _ = o["components"].([]any)
	return m, reply{}
}

func typeError(err error) reply {
	at := "_"
	if typed, isType := err.(*json.UnmarshalTypeError); isType && typed.Field != "" {
		at = typed.Field
	}
	return invalidForm(at, "BASE_TYPE_BAD_TYPE", "This field has the wrong type")
}

func (m *draft) text() string {
	if m.Content == nil {
		return ""
	}
	return strings.TrimSpace(*m.Content)
}

func (m *draft) flags() Flags {
	if m.Flags == nil {
		return 0
	}
	return *m.Flags
}

// nonce returns the nonce as text; it may be a number.
func (m *draft) nonce() string {
	switch n := m.Nonce.(type) {
	case string:
		return n
	case json.Number:
		return n.String()
	}
	return ""
}

// check compares the draft with Discord's limits; v2 says whether it counts as a message of components V2.
func (m *draft) check(v2 bool) reply {
	var f formErrors
	f.length("content", m.text(), 0, maxContent)
	m.checkEmbeds(&f)
	f.count("attachments", len(m.files), 0, maxAttachments)
	for i, file := range m.files {
		if len(file.data) > maxFile {
			return fail(http.StatusRequestEntityTooLarge, 40005, "Request entity too large")
		}
		if file.name == "" || file.name == "." {
			f.required("attachments." + itoa(i) + ".filename")
		}
	}
	if units(m.nonce()) > maxNonce {
		f.add("nonce", "BASE_TYPE_MAX_LENGTH", "Must be "+itoa(maxNonce)+" or fewer in length.")
	}
	m.checkMentions(&f)
	if v2 {
		m.checkV2(&f)
	} else {
		checkV1(&f, m.Components)
	}
	if f.bad() {
		return f.reply()
	}
	if v2 && m.tooManyBytes() {
		return fail(http.StatusInternalServerError, 0, "500: Internal Server Error")
	}
	return reply{}
}

func (m *draft) checkMentions(f *formErrors) {
	a := m.AllowedMentions
	if a == nil {
		return
	}
	for _, kind := range a.Parse {
		switch {
		case kind != "users" && kind != "roles" && kind != "everyone":
			f.add("allowed_mentions.parse", "BASE_TYPE_CHOICES", "Value must be one of {'users', 'roles', 'everyone'}.")
		case kind == "users" && len(a.Users) > 0 || kind == "roles" && len(a.Roles) > 0:
			f.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse and "+kind+" are mutually exclusive.")
		}
	}
	f.count("allowed_mentions.users", len(a.Users), 0, 100)
	f.count("allowed_mentions.roles", len(a.Roles), 0, 100)
}

func (m *draft) checkEmbeds(f *formErrors) {
	f.count("embeds", len(m.Embeds), 0, maxEmbeds)
	total := 0
	for i, e := range m.Embeds {
		at := "embeds." + itoa(i) + "."
		total += e.size()
		f.length(at+"title", e.Title, 0, 256)
		f.length(at+"description", e.Description, 0, 4096)
		f.length(at+"author.name", e.Author.Name, 0, 256)
		f.length(at+"footer.text", e.Footer.Text, 0, 2048)
		f.count(at+"fields", len(e.Fields), 0, 25)
		for j, field := range e.Fields {
			f.length(at+"fields."+itoa(j)+".name", field.Name, 1, 256)
			f.length(at+"fields."+itoa(j)+".value", field.Value, 1, 1024)
		}
		for name, address := range map[string]string{"url": e.URL, "image.url": e.Image.URL, "thumbnail.url": e.Thumbnail.URL, "author.url": e.Author.URL} {
			checkURL(f, at+name, address, 2048, name != "url" && name != "author.url")
		}
	}
	if total > maxEmbedText {
		f.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of "+itoa(maxEmbedText))
	}
}

func (e Embed) size() int {
	n := units(e.Title) + units(e.Description) + units(e.Author.Name) + units(e.Footer.Text)
	for _, field := range e.Fields {
		n += units(field.Name) + units(field.Value)
	}
	return n
}

// checkURL wants http(s), or attachment:// where files may be shown; "" is no address.
func checkURL(f *formErrors, at, address string, most int, file bool) {
	if address == "" {
		return
	}
	f.length(at, address, 0, most)
	known := strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "discord://") ||
		file && strings.HasPrefix(address, "attachment://")
	if !known || !utf8.ValidString(address) || strings.ContainsAny(address, " \n\t") {
		f.add(at, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
	}
}

func (m *draft) tooManyBytes() bool {
	n := 0
	walk(m.Components, func(c Component) {
		if c.Type == CompTextDisplay {
			n += len(c.Content) + 12
		}
	})
	return n > maxV2Bytes
}

// empty reports whether there is nothing to show.
func (m *draft) empty() bool {
	return m.text() == "" && len(m.Embeds) == 0 && len(m.Components) == 0 && len(m.files) == 0 && len(m.StickerIDs) == 0 && m.Poll == nil
}

var emptyMessage = fail(http.StatusBadRequest, 50006, "Cannot send an empty message")
