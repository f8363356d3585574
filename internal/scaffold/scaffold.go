// Package scaffold makes new things: an empty site that builds cleanly, and
// content files from archetypes. It returns what to write; the command writes.
//
// Archetypes are text/template files in layouts/archetypes/; a site overrides
// them file by file, as it does all layouts. Values come quoted for TOML.
package scaffold

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/pinyin"
	"gongbao/internal/source"
)

// A File is a file to write, by its path in the site.
type File struct {
	Path  string
	Bytes []byte
	Run   bool // a program
}

// values are what an archetype may use.
type values struct {
	Title, Slug string // quoted
	Date, Later string
	Issuers     []string // quoted
	Year, No    int
	Running     int
	Sections    []section
}

type section struct {
	Title     string
	Documents []document
}

type document struct{ Name, Title string }

// Jurisdictions returns the names of the presets of validity rules.
func Jurisdictions(layouts fs.FS) []string {
	names, err := fs.Glob(layouts, "presets/*.toml")
	if err != nil {
		return nil
	}
	for i, n := range names {
		names[i] = strings.TrimSuffix(path.Base(n), ".toml")
	}
	return names
}

// Site returns the files of an empty site with the given title. The validity
// rules of a jurisdiction, where one is named, are copied into its config.toml:
// nothing else holds rules (design §4).
func Site(layouts fs.FS, title, jurisdiction string) ([]File, error) {
	b, err := execute(layouts, "config.toml", values{Title: strconv.Quote(title)})
	if err != nil {
		return nil, err
	}
	if jurisdiction != "" {
		rules, err := fs.ReadFile(layouts, "presets/"+jurisdiction+".toml")
		if err != nil {
			return nil, fmt.Errorf("no preset %q: %w", jurisdiction, err)
		}
		b = slices.Concat(b, []byte("\n"), rules)
	}
	files := []File{{Path: "config.toml", Bytes: b}, {Path: ".gitignore", Bytes: []byte("/public/\n/.gongbao/\n/share/\n")},
		{Path: ".gitattributes", Bytes: []byte("/content/data/ledger/*.ndjson merge=union\n")}}
	for _, f := range []struct{ name, path string }{
		{"pre-commit", ".githooks/pre-commit"}, {"github.yml", ".github/workflows/gongbao.yml"}, {"gitlab.yml", ".gitlab-ci.yml"},
	} {
		b, err := fs.ReadFile(layouts, "archetypes/"+f.name)
		if err != nil {
			return nil, err
		}
		files = append(files, File{Path: f.path, Bytes: b, Run: f.name == "pre-commit"})
	}
	for _, t := range gazette.Types() {
		files = append(files, File{Path: "content/" + t.Folder() + "/.gitkeep"})
	}
	for _, name := range source.DataFiles() {
		b, err := fs.ReadFile(layouts, "archetypes/"+name+".toml")
		if err != nil {
			b = []byte("# " + name + ".toml\n")
		}
		files = append(files, File{Path: "content/data/" + name + ".toml", Bytes: b})
	}
	return files, nil
}

// Kinds returns what Content can make.
func Kinds() []string {
	var out []string
	for _, t := range gazette.Types() {
		out = append(out, string(t))
	}
	return out
}

// Content returns a new content file. An issue is filled with what is public
// and not yet printed; its title is not used.
func Content(layouts fs.FS, kind, title string, day gazette.Date, cat *catalog.Catalog) (File, error) {
	if !slices.Contains(Kinds(), kind) {
		return File{}, fmt.Errorf("no kind %q: use one of %s", kind, strings.Join(Kinds(), ", "))
	}
	t := gazette.Type(kind)
	v := values{
		Title: strconv.Quote(title), Slug: strconv.Quote(pinyin.Slug(title)),
		Date: day.String(), Later: day.AddDays(30).String(), Year: int(day.Year),
	}
	for _, i := range cat.Config.Site.Issuers[:min(1, len(cat.Config.Site.Issuers))] {
		v.Issuers = append(v.Issuers, strconv.Quote(i))
	}
	name := path.Join("content", t.Folder(), pinyin.Slug(title)+".md")
	switch t {
	case gazette.TypeDocument:
		name = path.Join("content", t.Folder(), strconv.Itoa(v.Year), pinyin.Slug(title)+".md")
	case gazette.TypeIssue:
		v.No, v.Running = next(cat, v.Year)
		v.Sections = unprinted(cat)
		name = fmt.Sprintf("content/issues/%d-%02d.md", v.Year, v.No)
	}
	b, err := execute(layouts, kind+".md", v)
	return File{Path: name, Bytes: b}, err
}

func execute(layouts fs.FS, name string, v values) ([]byte, error) {
	text, err := fs.ReadFile(layouts, "archetypes/"+name)
	if err != nil {
		return nil, fmt.Errorf("archetype %s: %w", name, err)
	}
	t, err := template.New(name).Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("archetype %s: %w", name, err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, v); err != nil {
		return nil, fmt.Errorf("archetype %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// next returns the number in the year and the running number of a new issue.
func next(cat *catalog.Catalog, year int) (no, running int) {
	no, running = 1, 1
	for _, e := range cat.Issues {
		is := e.Digest.Issue
		if is.Year == year {
			no = max(no, is.No+1)
		}
		running = max(running, is.Running+1)
	}
	return no, running
}

// unprinted sorts the own documents that no issue prints yet by issuer, oldest
// first.
func unprinted(cat *catalog.Catalog) []section {
	var out []section
	for _, e := range slices.Backward(cat.Documents) {
		if !cat.Own(e) || e.Issue != nil || e.Shelf != gazette.Online {
			continue
		}
		title := strconv.Quote(e.Document.Issuers[0] + "文件")
		i := slices.IndexFunc(out, func(s section) bool { return s.Title == title })
		if i < 0 {
			i = len(out)
			out = append(out, section{Title: title})
		}
		name := e.Document.Number
		if name == "" {
			name = e.Path
		}
		out[i].Documents = append(out[i].Documents, document{strconv.Quote(name), strings.ReplaceAll(e.Title(), "\n", " ")})
	}
	return out
}
