package main

import (
	"fmt"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
)

// facetValues is how many values of a facet are shown; JSON has them all.
const facetValues = 8

// printSearch writes results for people:
//
//	共 23 件，以下是前 10 件
//
//	1. 示范市【停车场】管理办法
//	   示府办发〔2021〕3号  现行有效  2021-05-01  示范市人民政府办公室
//	   content/documents/b.md#art_2
//	   第二条 【停车场】应当…
//
//	效力：现行有效 12，已废止 3
func (a *app) printSearch(o searchObject, facets []catalog.Facet) {
	if o.Total == 0 {
		return
	}
	key := "search.total"
	if len(o.Results) < o.Total {
		key = "search.total-first"
	}
	fmt.Fprintln(a.stdout, a.strings.T(key, strconv.Itoa(o.Total), strconv.Itoa(len(o.Results))))
	for i, h := range o.Results {
		fmt.Fprintf(a.stdout, "\n%d. %s\n", i+1, a.marked(h.Title, h.TitleMarks))
		facts := []string{h.Number, a.standing(h), h.Date, strings.Join(h.Issuers, "、"), h.Gazette}
		a.searchLine(strings.Join(nonempty(facts), "  "))
		place := h.Path
		if h.Anchor != "" {
			place += "#" + h.Anchor
		}
		a.searchLine(place)
		a.searchLine(a.marked(h.Passage.Text, h.Passage.Marks))
	}
	fmt.Fprintln(a.stdout)
	for _, f := range facets {
		a.printFacet(string(f), o.Facets[string(f)])
	}
}

func (a *app) searchLine(text string) {
	if text != "" {
		fmt.Fprintln(a.stdout, "   "+text)
	}
}

// standing is the status of a document today; of what is no document, what it
// is.
func (a *app) standing(h hitObject) string {
	if h.Type != string(gazette.TypeDocument) {
		return a.strings.T("type." + h.Type)
	}
	return a.strings.T("force." + h.Force)
}

func (a *app) printFacet(name string, values []facetObject) {
	if len(values) == 0 {
		return
	}
	t := a.strings
	var words []string
	for i, v := range values {
		if i == facetValues {
			words = append(words, "…")
			break
		}
		word := v.Value
		for _, key := range []string{"force." + word, "type." + word} {
			if (name == "force" || name == "class") && t.Has(key) {
				word = t.T(key)
			}
		}
		words = append(words, word+" "+strconv.Itoa(v.Count))
	}
	fmt.Fprintln(a.stdout, t.T("search.facet", t.T("facet."+name), strings.Join(words, t.T("search.comma"))))
}

// marked shows marks in a text: by colour, or between 【 and 】.
func (a *app) marked(text string, marks [][2]int) string {
	open, end := "【", "】"
	if a.colored(a.stdout) {
		open, end = "\x1b[1;31m", "\x1b[0m"
	}
	var b strings.Builder
	runes, last := []rune(text), 0
	for _, m := range marks {
		b.WriteString(string(runes[last:m[0]]) + open + string(runes[m[0]:m[1]]) + end)
		last = m[1]
	}
	return b.String() + string(runes[last:])
}

func nonempty(words []string) []string {
	var out []string
	for _, w := range words {
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}
