package main

import (
	"os"
	"path/filepath"
	"strings"

	"gongbao/internal/build"
	"gongbao/internal/compare"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/render/synopsis"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

type diffCmd struct {
	Old    string `arg:"" name:"a" help:"help.diff-old"`
	New    string `arg:"" name:"b" help:"help.diff-new"`
	Format string `enum:"text,html,docx" default:"text" help:"help.format"`
	Output string `short:"o" placeholder:"FILE" help:"help.diff-output"`
}

func (c *diffCmd) Run(a *app) error {
	if c.Format == "docx" && c.Output == "" {
		return usageError{"usage.diff-docx", nil}
	}
	f := &finder{app: a}
	defer f.close()
	in := synopsis.Input{Texts: a.strings, Lang: a.Lang}
	var old, fresh compare.Text
	var err error
	if old, in.Old, err = f.text(c.Old); err != nil {
		return err
	}
	if fresh, in.New, err = f.text(c.New); err != nil {
		return err
	}
	in.Table = compare.Texts(old, fresh)
	out := []byte(nil)
	switch c.Format {
	case "html":
		out, err = synopsis.HTML(in)
	case "docx":
		out, err = synopsis.Docx(in)
	default:
		out = []byte(synopsis.Text(in))
	}
	if err != nil {
		return err
	}
	if c.Output == "" {
		_, err = a.stdout.Write(out)
		return err
	}
	return os.WriteFile(c.Output, out, 0o644)
}

// A finder gets texts: files by their names, and documents of the site, which
// is loaded only where one is asked for.
type finder struct {
	app  *app
	site *build.Site
}

func (f *finder) close() {
	if f.site != nil {
		f.site.Close()
	}
}

// text returns a text by the name of its file, else as status finds it.
func (f *finder) text(name string) (compare.Text, synopsis.Head, error) {
	if info, err := os.Stat(name); err == nil && !info.IsDir() {
		shown := filepath.ToSlash(name)
		if !filepath.IsLocal(name) {
			shown = filepath.Base(name) // folders of this machine do not belong into a table
		}
		return f.read(name, shown)
	}
	if f.site == nil {
		s, err := f.app.load("", true)
		if err != nil {
			return compare.Text{}, synopsis.Head{}, err
		}
		f.site = s
	}
	e, err := f.app.findOne(f.site.Catalog, name)
	if err != nil {
		return compare.Text{}, synopsis.Head{}, err
	}
	shown := source.Name(e.Path)
	return f.read(filepath.Join(f.app.Dir, filepath.FromSlash(shown)), shown)
}

// read reads one text; shown is its name for people.
func (f *finder) read(name, shown string) (compare.Text, synopsis.Head, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return compare.Text{}, synopsis.Head{}, err
	}
	file := source.Read("documents/a.md", raw)
	p := markup.NewParser()
	tree := p.Parse(file.Body, markup.Options{Official: true, Title: file.Document.Title})
	doc := file.Document
	if !file.Front {
		doc = source.Derive(tree).Document
		tree = p.Parse(file.Body, markup.Options{Official: true, Title: doc.Title})
	}
	title := zh.CollapseSpace(doc.Title)
	if title == "" {
		title = strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	}
	date := source.TextDate(tree)
	for _, d := range []gazette.Date{doc.Signed, doc.Promulgated, doc.Printed} {
		if date.IsZero() {
			date = d
		}
	}
	return compare.Text{Title: title, Tree: tree}, synopsis.Head{Title: title, Number: doc.Number, Date: date.String(), Name: shown}, nil
}
