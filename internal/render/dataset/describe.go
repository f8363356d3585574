package dataset

import (
	"gongbao/internal/diag"
	"gongbao/internal/render"
	"gongbao/internal/sheet"
)

// Words are the words of the site's language. Has tells which keys there are.
type Words struct {
	T   func(key string, args ...any) string
	Has func(key string) bool
}

// describe is the text of a field of the data dictionary.
func (w Words) describe(f Field) string { return w.T(f.Key(w.Has)) }

// Descriptions are the files that say what the data mean: JSON Schemas and the data
// dictionary, all made of the types.
func Descriptions(w Words, version string) []render.Unit {
	units := []render.Unit{whole(render.DataWords, version, func() ([]byte, error) { return sheet.CSV(w.dictionary()) })}
	for _, r := range roots {
		units = append(units, whole(r.schema, version, func() ([]byte, error) { return Schema(r.t, w.T(r.title), w.describe) }))
	}
	return units
}

// whole is a unit that is made whole for its key, too.
func whole(path, version string, make func() ([]byte, error)) render.Unit {
	return render.Unit{
		Path: path, Wave: 2,
		Key: func() render.Key {
			b, _ := make()
			return render.Hash(nil, b, []byte(version))
		},
		Render: func(render.Loader) (render.Output, []diag.Finding) { return made(path, make) },
	}
}

// dictionary is the data dictionary as a table, the head first.
func (w Words) dictionary() [][]string {
	t := w.T
	rows := [][]string{{t("data.object"), t("data.field"), t("data.type"), t("data.many"), t("data.required"), t("data.words"), t("data.meaning")}}
	mark := func(b bool) string {
		if b {
			return t("data.yes")
		}
		return ""
	}
	for _, f := range Fields() {
		rows = append(rows, []string{f.Object, f.Name, f.Type, mark(f.Many), mark(f.Required), f.Words, w.describe(f)})
	}
	return rows
}
