package dataset

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/render"
)

// A Field is a field of an object of the data: the data dictionary is the list of
// all, made of the types.
type Field struct {
	Object   string // "document", "interval" …
	Name     string
	Type     string // "string", "integer", "boolean", "map" of strings by name, or the name of an object
	Many     bool   // a list
	Required bool   // always there
	Words    string // values of a closed list, with spaces; "" for any
}

// Key is the key of the field's description in the strings of the site; has tells
// which keys there are. A field that means the same everywhere has one without its
// object.
func (f Field) Key(has func(key string) bool) string {
	if own := "field." + f.Object + "." + f.Name; has(own) {
		return own
	}
	return "field." + f.Name
}

// A root is an object that a file of the data holds, once or line by line. It has a
// schema of its own.
type root struct {
	t      reflect.Type
	schema string // the file of the schema
	title  string // key of what it is called
}

var roots = []root{
	{reflect.TypeFor[Document](), render.DataSchema, "data.document"},
	{reflect.TypeFor[Issue](), "data/issue.schema.json", "data.issue"},
	{reflect.TypeFor[Gazette](), "data/gazette.schema.json", "data.gazette"},
	{reflect.TypeFor[Change](), "data/change.schema.json", "data.change"},
	{reflect.TypeFor[Head](), "data/head.schema.json", "data.head"},
}

// SchemaFiles are the files of all schemas, that of documents first.
func SchemaFiles() []string {
	var out []string
	for _, r := range roots {
		out = append(out, r.schema)
	}
	return out
}

// Fields returns the fields of all objects, each object behind the one that it
// stands in first.
func Fields() []Field {
	var out []Field
	seen := map[reflect.Type]bool{}
	for _, r := range roots {
		out = append(out, fieldsOf(r.t, seen)...)
	}
	return out
}

// fieldsOf are the fields of an object and of those in it that were not seen.
func fieldsOf(t reflect.Type, seen map[reflect.Type]bool) []Field {
	if seen[t] {
		return nil
	}
	seen[t] = true
	var out []Field
	var inner []reflect.Type
	for i := range t.NumField() {
		name, rest, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		f := Field{Object: objectName(t), Name: name, Required: rest != "omitempty"}
		ft := t.Field(i).Type
		if ft.Kind() == reflect.Slice {
			f.Many, ft = true, ft.Elem()
		}
		if ft.Kind() == reflect.Pointer {
			ft = ft.Elem()
		}
		switch ft.Kind() {
		case reflect.Struct:
			f.Type = objectName(ft)
			inner = append(inner, ft)
		case reflect.Int, reflect.Int64:
			f.Type = "integer"
		case reflect.Bool:
			f.Type = "boolean"
		case reflect.Map:
			f.Type = "map"
		default:
			f.Type = "string"
			f.Words = words[f.Object+"."+name]
		}
		out = append(out, f)
	}
	for _, x := range inner {
		out = append(out, fieldsOf(x, seen)...)
	}
	return out
}

func objectName(t reflect.Type) string { return strings.ToLower(t.Name()) }

// words are the closed lists.
var words = map[string]string{
	"document.class":      join(gazette.Classes()),
	"document.disclosure": join([]gazette.Disclosure{gazette.Public, gazette.OnRequest, gazette.NotPublic}),
	"document.text":       "none",
	"document.level":      join(gazette.Levels()),
	"reply.to":            join(gazette.Proposals()),
	"reply.result":        join(gazette.Results()),
	"status.force":        join(gazette.Forces()) + " none " + catalog.Superseded,
	"status.text":         join([]gazette.TextState{gazette.Original, gazette.Amended, gazette.Partial}),
	"status.shelf":        join([]gazette.Shelf{gazette.Online, gazette.Archived, gazette.Withdrawn}),
	"interval.force":      join(gazette.Forces()) + " none",
	"effect.kind":         join([]gazette.EffectKind{gazette.TakesEffect, gazette.Expires, gazette.NoDate}) + " " + join(gazette.RelationKinds()),
	"effect.strength":     join([]string{gazette.Declared.String(), gazette.Own.String(), gazette.Read.String(), gazette.ByRule.String()}),
	"relation.kind":       join(gazette.RelationKinds()),
	"inverse.kind":        join(gazette.RelationKinds()),
	"change.event":        join(ledger.Events()),
	"part.unit":           "annex part subpart chapter section article paragraph point indent level heading",
}

func join[T ~string](list []T) string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return strings.Join(out, " ")
}

// Schema returns the JSON Schema (draft 2020-12) of an object of the data. describe is
// the text of a field. Fields that are not named are allowed: some will be added.
func Schema(t reflect.Type, title string, describe func(f Field) string) ([]byte, error) {
	type object struct {
		Type       string         `json:"type"`
		Required   []string       `json:"required,omitempty"`
		Properties map[string]any `json:"properties"`
	}
	defs := map[string]*object{}
	for _, f := range fieldsOf(t, map[reflect.Type]bool{}) {
		o := defs[f.Object]
		if o == nil {
			o = &object{Type: "object", Properties: map[string]any{}}
			defs[f.Object] = o
		}
		p := map[string]any{}
		switch f.Type {
		case "string", "integer", "boolean":
			p["type"] = f.Type
		case "map":
			p["type"], p["additionalProperties"] = "object", map[string]any{"type": "string"}
		default:
			p["$ref"] = "#/$defs/" + f.Type
		}
		if f.Words != "" {
			p["enum"] = strings.Fields(f.Words)
		}
		if f.Many {
			p = map[string]any{"type": "array", "items": p}
		}
		p["description"] = describe(f)
		o.Properties[f.Name] = p
		if f.Required {
			o.Required = append(o.Required, f.Name)
		}
	}
	whole := defs[objectName(t)]
	delete(defs, objectName(t))
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(struct {
		Schema string `json:"$schema"`
		Title  string `json:"title"`
		*object
		Defs map[string]*object `json:"$defs"`
	}{"https://json-schema.org/draft/2020-12/schema", title, whole, defs})
	return b.Bytes(), err
}
