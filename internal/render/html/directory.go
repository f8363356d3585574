package html

import (
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// directoryAddress is where the catalogue of documents in force stands.
const directoryAddress = "in-force/catalogue/"

// DirectoryName is the path of the catalogue's files without their endings.
const DirectoryName = directoryAddress + "catalogue"

// directoryUnits are the catalogue of 规章 and 行政规范性文件 in force (standards §5.5); none
// where there is none.
func (s *Site) directoryUnits() []render.Unit {
	if len(s.cat.InForce()) == 0 {
		return nil
	}
	file := directoryAddress + "index.html"
	return []render.Unit{s.unit(file, func() *Page { return s.directoryPage(file) })}
}

func (s *Site) directoryPage(file string) *Page {
	name := s.strings.T("directory.title")
	p := s.page("directory", file, name)
	s.columnMetas(p, name)
	p.Crumbs = s.crumbs(file, s.listCrumb(file, "in-force"), name)
	es := s.cat.InForce()
	v := &Directory{Title: name, Intro: s.strings.T("directory.intro", s.cat.InForceSince().String(), itoa(len(es)))}
	for _, key := range directoryColumns {
		v.Head = append(v.Head, s.strings.T("directory."+key))
	}
	for i, e := range es {
		row := []Link{{Text: strconv.Itoa(i + 1)}, link(file, e, e.Title())}
		for _, cell := range s.directoryCells(e)[1:] {
			row = append(row, Link{Text: cell})
		}
		v.Rows = append(v.Rows, row)
	}
	for _, kind := range []string{"docx", "xlsx", "csv"} {
		v.Files = append(v.Files, File{Title: s.strings.T("directory.file-" + kind), Type: strings.ToUpper(kind), Href: rel(file, DirectoryName+"."+kind)})
	}
	p.Directory = v
	return p
}

// directoryColumns are the columns of the catalogue (standards §5.5) by their
// strings keys.
var directoryColumns = []string{"no", "name", "number", "registration", "promulgated", "effective", "expires", "drafter"}

// directoryCells are the cells of a row from the title on.
func (s *Site) directoryCells(e *catalog.Entry) []string {
	doc := e.Document
	day := doc.Promulgated
	for _, d := range []gazette.Date{doc.Printed, doc.Signed} {
		if day.IsZero() {
			day = d
		}
	}
	first, counted := e.FirstDay()
	last, countedLast := e.LastDay()
	unit := doc.Drafter
	if unit == "" {
		unit = join(doc.Issuers, "、")
	}
	return []string{e.Title(), doc.Number, doc.Registration, day.String(), s.counted(first, counted), s.counted(last, countedLast), unit}
}

// counted marks a day that was counted and not written (推算).
func (s *Site) counted(day gazette.Date, computed bool) string {
	if computed && !day.IsZero() {
		return s.strings.T("directory.computed", day.String())
	}
	return day.String()
}

// DirectoryTable is the catalogue as rows of text, the head first, for its
// files. The last column is the page's address.
func (s *Site) DirectoryTable() (title, intro string, rows [][]string) {
	es := s.cat.InForce()
	if len(es) == 0 {
		return "", "", nil
	}
	head := make([]string, 0, len(directoryColumns)+1)
	for _, key := range directoryColumns {
		head = append(head, s.strings.T("directory."+key))
	}
	rows = append(rows, append(head, s.strings.T("directory.link")))
	for i, e := range es {
		row := append([]string{strconv.Itoa(i + 1)}, s.directoryCells(e)...)
		rows = append(rows, append(row, s.cat.Config.BaseURL+e.Address))
	}
	return s.strings.T("directory.title"), s.strings.T("directory.intro", s.cat.InForceSince().String(), itoa(len(es))), rows
}
