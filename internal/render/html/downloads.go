package html

import (
	"maps"
	"path"
	"slices"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// dataFiles are the files of the whole gazette for programs, as a page offers them.
func (s *Site) dataFiles(file string) []File {
	if !s.cat.Config.Data.Has(render.JSON.Name) || s.in.Preview {
		return nil
	}
	t := s.strings.T
	var out []File
	add := func(name, title string) {
		out = append(out, File{Title: title, Href: rel(file, name), Type: strings.ToUpper(strings.TrimPrefix(path.Ext(name), "."))})
	}
	add(render.DataSheet, t("data.file.xlsx"))
	add(render.DataCSV, t("data.file.csv"))
	add(render.DataSQLite, t("data.file.sqlite"))
	years := map[int]bool{}
	for _, e := range s.cat.Documents {
		if e.Shelf != gazette.Withdrawn {
			years[int(e.Date.Year)] = true
		}
	}
	for _, year := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		if year == 0 {
			add(render.DataYear(0), t("data.file.undated"))
		} else {
			add(render.DataYear(year), t("data.file.year", year))
		}
	}
	if len(s.cat.Issues) > 0 {
		add(render.DataIssues, t("data.file.issues"))
	}
	add(render.DataGazette, t("data.file.gazette"))
	add(render.DataWords, t("data.file.dictionary"))
	add(render.DataSchema, t("data.file.schema"))
	add(render.DataIndex, t("data.file.index"))
	add(render.ChangesHead, t("data.file.changes"))
	return out
}
