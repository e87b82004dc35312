package playground

import (
	"bytes"
	"embed"
	"encoding/json"
	"html/template"
	"net/http"
	"path"
	"slices"
	"strings"
)

//go:embed assets
var assets embed.FS

var pageTemplate = template.Must(template.ParseFS(assets, "assets/page.html"))

// assetTypes are the files that the page is made of.
var assetTypes = map[string]string{".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}

// pageData is what the page is made from. Its methods are for the template.
type pageData struct {
	Locale, Lang     string
	Words, Questions string // JSON
	words            map[string]string
}

// T is a text of the page.
func (d pageData) T(key string) string { return d.words[key] }

func (p *Playground) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.page)
	mux.HandleFunc("GET /events", p.events)
	mux.HandleFunc("GET /inspect", p.inspect)
	mux.HandleFunc("GET /files/{message}/{file}", p.file)
	mux.HandleFunc("POST /session", p.enter)
	mux.HandleFunc("POST /act/{deed}", p.act)
	list, err := assets.ReadDir("assets")
	if err != nil {
		panic(err) // embedded
	}
	for _, f := range list {
		if kind := assetTypes[path.Ext(f.Name())]; kind != "" {
			mux.HandleFunc("GET /"+f.Name(), asset(f.Name(), kind))
		}
	}
	return mux
}

// asset serves an embedded file.
func asset(name, kind string) http.HandlerFunc {
	data, err := assets.ReadFile("assets/" + name)
	if err != nil {
		panic(err) // embedded
	}
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write(data) // whoever asked is gone
	}
}

// page is the page in the language that is asked for, or that the browser prefers. Who is on it, it tells itself.
func (p *Playground) page(w http.ResponseWriter, r *http.Request) {
	locale := r.URL.Query().Get("locale")
	if !slices.Contains(locales, locale) {
		locale = preferred(r.Header.Get("Accept-Language"))
	}
	d := pageData{Locale: locale, Lang: locale, words: pageWords(locale)}
	d.Words, d.Questions = asJSON(d.words), asJSON(map[string][]string{"en": p.questions.EN, "es": p.questions.ES})
	var out bytes.Buffer
	if err := pageTemplate.Execute(&out, d); err != nil {
		http.Error(w, "the page cannot be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(out.Bytes()) // whoever asked is gone
}

// preferred is the locale of ours that a browser would rather have: the first language that is English or Spanish decides. Browsers write
// them best first.
func preferred(accept string) string {
	for tag := range strings.SplitSeq(accept, ",") {
		tag, _, _ = strings.Cut(strings.TrimSpace(tag), ";")
		switch base, region, _ := strings.Cut(tag, "-"); {
		case base == "en":
			return "en-US"
		case base == "es" && (region == "" || region == "ES"):
			return "es-ES"
		case base == "es":
			return "es-419"
		}
	}
	return "en-US"
}

func asJSON(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // texts
	}
	return string(data)
}
