package facts

import (
	"encoding/json"
	"fmt"
	"maps"
)

// Schema returns the JSON Schema (draft 2020-12) of a fact file, indented. It is made of the table that the loader works by. What
// goes beyond one value (ids, references, characters, markup) is the loader's alone.
func Schema() []byte {
	defs := map[string]any{}
	root := fileShape.schema(defs, true)
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Enlace fact file"
	root["description"] = "Facts with their sources, entities and topic. Every block may be left out; ids are unique over the whole directory."
	root["$defs"] = defs
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic(err) // maps, strings and numbers always encode
	}
	return append(out, '\n')
}

// schema returns the schema of a shape; in place or, where the shape has a definition of its own, as a reference to it.
func (s *shape) schema(defs map[string]any, inPlace bool) map[string]any {
	if s.def != "" && !inPlace {
		if _, ok := defs[s.def]; !ok {
			defs[s.def] = nil // taken, while the shape is worked out
			defs[s.def] = s.schema(defs, true)
		}
		return map[string]any{"$ref": "#/$defs/" + s.def}
	}
	out := map[string]any{}
	if s.doc != "" {
		out["description"] = s.doc
	}
	switch s.kind {
	case object:
		maps.Copy(out, s.objectSchema(defs))
	case list:
		maps.Copy(out, map[string]any{"type": "array", "items": s.item.schema(defs, false), "maxItems": s.max})
		if s.min > 0 {
			out["minItems"] = s.min
		}
		if s.unique {
			out["uniqueItems"] = true
		}
	case whole:
		maps.Copy(out, map[string]any{"type": "integer", "minimum": s.min, "maximum": s.max})
	case date:
		// A year is a number in YAML and as good as a text.
		out["anyOf"] = []any{
			map[string]any{"type": "string", "pattern": s.pattern.String()},
			map[string]any{"type": "integer", "minimum": s.min, "maximum": s.max},
		}
	default:
		maps.Copy(out, s.stringSchema())
	}
	return out
}

func (s *shape) objectSchema(defs map[string]any) map[string]any {
	properties, required := map[string]any{}, []string{}
	for _, k := range s.keys {
		p := k.shape.schema(defs, false)
		p["description"] = k.doc
		properties[k.name] = p
		if k.required {
			required = append(required, k.name)
		}
	}
	out := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		out["required"] = required
	}
	if s.some {
		out["minProperties"] = 1
	}
	return out
}

func (s *shape) stringSchema() map[string]any {
	out := map[string]any{"type": "string"}
	if s.max > 0 {
		out["maxLength"] = s.max
	}
	switch {
	case s.kind == choice:
		out["enum"] = s.options
	case s.pattern != nil:
		out["pattern"] = s.pattern.String()
	case s.words > 0:
		out["pattern"] = fmt.Sprintf(`^\s*(\S+\s+){0,%d}\S+\s*$`, s.words-1)
		out["patternErrorMessage"] = fmt.Sprintf("one claim of at most %d words", s.words) // yaml-language-server and VS Code
	case s.min > 0:
		out["pattern"] = `\S`
		out["patternErrorMessage"] = "write a text or remove the key"
	}
	return out
}
