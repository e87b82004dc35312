package facts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// expressible are the loader's rules that a schema can state too.
var expressible = []string{ruleUnknownKey, ruleMissing, ruleType, ruleEmpty, ruleTooLong, ruleTooMany, ruleTooFew, ruleRepeated, ruleRange, ruleChoice, ruleID, ruleDate, ruleURL, ruleLanguage}

func compiled(t testing.TB) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("facts.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("facts.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSchemaDescribesEveryKey(t *testing.T) {
	var check func(path string, v any)
	check = func(path string, v any) {
		m, ok := v.(map[string]any)
		if !ok {
			return
		}
		if props, ok := m["properties"].(map[string]any); ok {
			for name, p := range props {
				if d, _ := p.(map[string]any)["description"].(string); d == "" {
					t.Errorf("%s.%s has no description", path, name)
				}
			}
		}
		for name, child := range m {
			check(path+"."+name, child)
		}
	}
	var schema map[string]any
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	check("", schema)
}

// TestSchemaAndLoaderAgree makes many documents, sound ones and ones with a few mistakes, and holds the two judgements equal.
func TestSchemaAndLoaderAgree(t *testing.T) {
	schema := compiled(t)
	verdicts := map[bool]int{}
	for seed := range uint64(3000) {
		g := generator{rand.New(rand.NewPCG(seed, 1))}
		doc := g.value(fileShape, 0)
		for range g.IntN(3) {
			g.spoil(doc)
		}
		data, err := yaml.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		if plain(data) {
			agree(t, "generated", data)
		}
		bySchema := schema.Validate(instance(t, doc))
		byLoader := agreed(take(fstest.MapFS{"a.yaml": {Data: data}}).load().problems)
		if (bySchema == nil) != (len(byLoader) == 0) {
			t.Fatalf("seed %d: schema says %v\nloader says %v\n%s", seed, bySchema, byLoader, data)
		}
		verdicts[bySchema == nil]++
	}
	if verdicts[true] < 300 || verdicts[false] < 300 {
		t.Errorf("%d good and %d bad documents: the generator is lopsided", verdicts[true], verdicts[false])
	}
}

func agreed(ps Problems) Problems {
	return slices.DeleteFunc(slices.Clone(ps), func(p Problem) bool { return !slices.Contains(expressible, p.Rule) })
}

// instance returns a document as a JSON validator sees it.
func instance(t *testing.T, doc any) any {
	t.Helper()
	data, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// generator makes documents from the table of shapes.
type generator struct{ *rand.Rand }

func (g generator) value(s *shape, depth int) any {
	switch s.kind {
	case object:
		m := map[string]any{}
		for _, k := range s.keys {
			if k.required || g.IntN(3) > 0 {
				m[k.name] = g.value(k.shape, depth+1)
			}
		}
		if s.some && len(m) == 0 {
			m["en"] = g.value(s.keys[0].shape, depth+1)
		}
		return m
	case list:
		out := []any{}
		for range s.min + g.IntN(3) {
			if v := g.value(s.item, depth+1); !s.unique || !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
		for i := 0; len(out) < s.min; i++ {
			if v := any(fmt.Sprintf("id-%d", i)); !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
		return out
	case text:
		return strings.TrimSpace(strings.Repeat("palabra ñ ", 1+g.IntN(max(min(s.max/10, 30), 1))))
	case date:
		return []any{"2025-07-31", "2025-07", "2025", 2025}[g.IntN(4)]
	case link:
		return []string{"https://www.dhs.gov/a", "http://host.example", "https://host.example:8080/x?q=(1)"}[g.IntN(3)]
	case choice:
		return s.options[g.IntN(len(s.options))]
	case code:
		return "en"
	case whole:
		return s.min + g.IntN(s.max-s.min+1)
	}
	return fmt.Sprintf("id-%d", g.IntN(5))
}

// oddities are values that fit few places.
var oddities = []any{nil, true, 3.5, 7, -1, 2025, 999999, "", " ", "\n", "x", "2025-13", "2025-1-1", "20250731", "Ñandú", "a--b", "-a", "UPPER", "https://", "https://1.2.3.4/x", "https://a@b.ec",
	"https://host.example/a b", "HTTPS://host.example", "https://host.example:0/", "official", "person", "e", "eng", []any{}, []any{"x", "x"}, []any{nil}, []any{[]any{}}, map[string]any{}, map[string]any{"en": "x"}, map[string]any{"fr": "x"},
	strings.Repeat("a", 65), strings.Repeat("w ", 60), strings.Repeat("w ", 61), strings.Repeat("ñ", 81), strings.Repeat("ñ", 701), strings.Repeat("y", 2500), slices.Repeat([]any{"z"}, 400)}

// spoil changes one place somewhere below v.
func (g generator) spoil(v any) {
	switch v := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		if len(keys) == 0 || g.IntN(12) == 0 {
			v["colour"] = "blue"
			return
		}
		k := keys[g.IntN(len(keys))]
		switch g.IntN(6) {
		case 0:
			delete(v, k)
		case 1, 2:
			v[k] = oddities[g.IntN(len(oddities))]
		default:
			g.spoil(v[k])
		}
	case []any:
		if len(v) == 0 {
			return
		}
		i := g.IntN(len(v))
		if g.IntN(2) == 0 {
			v[i] = oddities[g.IntN(len(oddities))]
			return
		}
		g.spoil(v[i])
	}
}
