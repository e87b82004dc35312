package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// openAPIEnv names the file of Discord's OpenAPI description (specs/openapi.json of discord/discord-api-spec, MIT).
const openAPIEnv = "DISCORD_OPENAPI"

func openAPIFromEnv() string { return os.Getenv(openAPIEnv) }

// findOpenAPI looks beside the working directory and beside every folder above it.
func findOpenAPI() string {
	if file := openAPIFromEnv(); file != "" {
		return file
	}
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for {
		file := filepath.Join(dir, "..", "shared", "discord", "openapi.json")
		if _, err := os.Stat(file); err == nil {
			return file
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// Violation is a request that breaks Discord's OpenAPI description.
type Violation struct {
	Route   string
	Problem string
	Body    string // cut to 2,000 bytes
}

func (v Violation) String() string {
	return fmt.Sprintf("%s breaks Discord's OpenAPI description: %s\nbody: %s", v.Route, v.Problem, v.Body)
}

// Violations returns the requests that broke the description, oldest first; without a description there are none.
func (r *REST) Violations() []Violation {
	r.d.mu.Lock()
	defer r.d.mu.Unlock()
	return append([]Violation(nil), r.violations...)
}

// Described reports whether requests are validated against Discord's OpenAPI description.
func (r *REST) Described() bool { return r.d.schema != nil }

// violate records a violation and tells of it; the lock is not held, so that whoever is told may look around.
func (r *REST) violate(v Violation, record *Request) {
	record.Violation = v.Problem
	r.d.mu.Lock()
	if len(r.violations) < r.d.opts.Keep {
		r.violations = append(r.violations, v)
	}
	r.d.emit(Event{Kind: EventViolation, Request: record})
	r.d.mu.Unlock()
	if told := r.d.opts.OnViolation; told != nil {
		told(v)
	}
}

// openAPI compiles the schema of a request body when it is first needed.
type openAPI struct {
	mu       sync.Mutex
	compiler *jsonschema.Compiler
	paths    map[string]map[string]any
	compiled map[string]*jsonschema.Schema
}

// openAPIs keeps what has been read, by file: the description has more than a megabyte, and a test program starts
// hundreds of local Discords.
var openAPIs sync.Map

func loadOpenAPI(file string) (*openAPI, error) {
	if known, found := openAPIs.Load(file); found {
		return known.(*openAPI), nil
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("cannot read Discord's OpenAPI description: %w", err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%s is not JSON: %w", file, err)
	}
	top, _ := doc.(map[string]any)
	paths, _ := top["paths"].(map[string]any)
	if len(paths) == 0 {
		return nil, fmt.Errorf("%s is not an OpenAPI description: it has no paths", file)
	}
	a := &openAPI{compiler: jsonschema.NewCompiler(), paths: map[string]map[string]any{}, compiled: map[string]*jsonschema.Schema{}}
	for template, operations := range paths {
		a.paths[template], _ = operations.(map[string]any)
	}
	if err := a.compiler.AddResource("discord.json", doc); err != nil {
		return nil, err
	}
	openAPIs.Store(file, a)
	return a, nil
}

// body returns the schema of an operation's JSON body, nil if it has none.
func (a *openAPI) body(method, template string) (*jsonschema.Schema, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	key := method + " " + template
	if s, found := a.compiled[key]; found {
		return s, nil
	}
	operation, _ := a.paths[template][strings.ToLower(method)].(map[string]any)
	if operation == nil {
		return nil, fmt.Errorf("the description has no operation %s", key)
	}
	if _, hasBody := operation["requestBody"]; !hasBody {
		a.compiled[key] = nil
		return nil, nil
	}
	pointer := "/paths/" + pointerToken(template) + "/" + strings.ToLower(method) + "/requestBody/content/application~1json/schema"
	s, err := a.compiler.Compile("discord.json#" + (&url.URL{Path: pointer}).EscapedPath())
	if err != nil {
		return nil, err
	}
	a.compiled[key] = s
	return s, nil
}

func pointerToken(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "~", "~0"), "/", "~1")
}

// checkDescription compares the call's body with the description.
func (d *Discord) checkDescription(c *call) *Violation {
	if d.schema == nil {
		return nil
	}
	v := &Violation{Route: c.method + " " + c.route.template, Body: string(c.raw[:min(len(c.raw), 2000)])}
	s, err := d.schema.body(c.method, c.route.template)
	switch {
	case err != nil:
		v.Problem = err.Error()
		return v
	case s == nil:
		return nil
	}
	if err := s.Validate(asDescribed(c.body)); err != nil {
		v.Problem = err.Error()
		return v
	}
	return nil
}

// asDescribed removes two differences between the description and the documentation, which clients follow: permission
// sets and attachment ids are strings of digits in one and numbers in the other.
func asDescribed(body any) any {
	switch body := body.(type) {
	case []any:
		list := make([]any, len(body))
		for i, item := range body {
			list[i] = asDescribed(item)
		}
		return list
	case object:
		o := make(object, len(body))
		for key, value := range body {
			o[key] = describedField(key, value)
		}
		return o
	}
	return body
}

func describedField(key string, value any) any {
	switch key {
	case "default_member_permissions":
		if digits, isString := value.(string); isString {
			return json.Number(digits)
		}
	case "data":
		return asDescribed(value)
	case "attachments":
		list, _ := value.([]any)
		out := make([]any, len(list))
		for i, item := range list {
			out[i] = item
			if o, isObject := item.(object); isObject {
				out[i] = merge(merge(object{}, o), stringID(o["id"]))
			}
		}
		return out
	}
	return value
}

func stringID(id any) object {
	if n, isNumber := id.(json.Number); isNumber {
		return object{"id": n.String()}
	}
	return nil
}
