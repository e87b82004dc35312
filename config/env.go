package config

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// maxSecret bounds the file of a _FILE variable, in bytes.
const maxSecret = 64 << 10

// serviceLink matches the variables that Kubernetes puts into every container for a service named enlace
// (Kubernetes docs, "Accessing the Service", environment variables).
var serviceLink = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^ENLACE(_[A-Z0-9_]+)?(_SERVICE_HOST|_SERVICE_PORT(_[A-Z0-9_]+)?|_PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$`)
})

// environment reads the variables of all keys and complains about those of none.
func (l *loader) environment() layer {
	out, names := layer{}, []string{}
	for i := range keys {
		k := &keys[i]
		names = append(names, k.env())
		if k.secret {
			names = append(names, k.env()+"_FILE")
		}
		if v, ok := l.variable(k); ok {
			out[k.name] = v
		}
	}
	var unknown []string
	for name := range l.env {
		if strings.HasPrefix(name, envPrefix) && !slices.Contains(names, name) && !serviceLink().MatchString(name) {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	for _, name := range unknown {
		l.complain(Problem{Source: Source{Layer: Environment, Name: name}, Message: "no key has this variable (" + remedy(name, "_", names) + ")"})
	}
	return out
}

// variable returns what the environment says about a key: its own variable, its _FILE, its conventional name.
func (l *loader) variable(k *key) (value, bool) {
	from := Source{Layer: Environment, Name: k.env()}
	text, set := l.env[k.env()]
	if file := l.env[k.env()+"_FILE"]; k.secret && file != "" {
		from = Source{Layer: Environment, Name: k.env() + "_FILE", Secret: file}
		if set {
			l.complain(Problem{k.name, from, fmt.Sprintf("%s is set as well (unset one of the two)", k.env())})
			return value{}, false
		}
		return l.secretFile(k, from)
	}
	if set {
		return textValue(k, text, from, l.Dir), true
	}
	if text = l.env[k.also]; k.also != "" && text != "" {
		return textValue(k, text, Source{Layer: Environment, Name: k.also}, l.Dir), true
	}
	return value{}, false
}

// secretFile reads a secret from a file, without the white space around it.
func (l *loader) secretFile(k *key, from Source) (value, bool) {
	text, err := readBounded(l.absolute(value{text: from.Secret, base: l.Dir}), maxSecret)
	if err != nil {
		l.complain(Problem{k.name, from, fmt.Sprintf("%s cannot be read from the file: %v", k.name, err)})
		return value{}, false
	}
	secret := strings.TrimSpace(string(text))
	if secret == "" {
		l.complain(Problem{k.name, from, "the file is empty (write the secret into it, or unset the variable)"})
		return value{}, false
	}
	return textValue(k, secret, from, l.Dir), true
}

// readBounded reads a regular file of at most limit bytes.
func readBounded(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, cause(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("not a regular file")
	}
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, cause(err)
	}
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("longer than %d bytes", limit)
	}
	return b, nil
}
