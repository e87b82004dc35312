package playground

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

// read decodes the body of a request, which must be JSON and nothing else.
func read(w http.ResponseWriter, r *http.Request, into any) bool {
	if kind := mediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		refuse(w, http.StatusUnsupportedMediaType, "not_json")
		return false
	}
	dec := json.NewDecoder(r.Body)
	dec.UseNumber()
	err := dec.Decode(into)
	if err == nil {
		_, err = dec.Token()
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		refuse(w, http.StatusRequestEntityTooLarge, "too_long")
	case !errors.Is(err, io.EOF):
		refuse(w, http.StatusBadRequest, "not_json")
	default:
		return true
	}
	return false
}

func tell(w http.ResponseWriter, v any) {
	if v == nil {
		v = struct{}{}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(v) // whoever asked is gone
}

// refuse answers with why not: a word that the page has a text for, or what the local Discord says.
func refuse(w http.ResponseWriter, status int, why string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": why})
}
