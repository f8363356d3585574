package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/cleanup"
	"gongbao/internal/diag"
	"gongbao/internal/docx"
	"gongbao/internal/sheet"
)

type cleanupCmd struct {
	Legal legalCmd `cmd:"" help:"help.cleanup-legal"`
	Web   webCmd   `cmd:"" help:"help.cleanup-web"`
}

type legalCmd struct {
	AsOf     string   `name:"as-of" placeholder:"DATE" help:"help.cleanup-as-of"`
	Format   string   `enum:"text,json,csv,xlsx,md,docx" default:"text" help:"help.format"`
	Output   string   `short:"o" placeholder:"DIR" help:"help.cleanup-output"`
	Years    int      `default:"5" placeholder:"N" help:"help.cleanup-years"`
	From     []string `sep:"none" placeholder:"SHEET" help:"help.cleanup-from"`
	Apply    []string `sep:"none" placeholder:"SHEET" help:"help.cleanup-apply-legal"`
	Decision string   `placeholder:"NUMBER" help:"help.cleanup-decision"`
}

// Run lists the candidates, or writes what a sheet says about them. Nothing of
// it reaches the site but what a published decision states.
func (c *legalCmd) Run(a *app) error {
	if (len(c.Apply) == 0) != (c.Decision == "") {
		return usageError{"usage.cleanup-decision", nil}
	}
	if c.Years < 1 || c.Years > 100 {
		return usageError{"usage.value", []string{"--years", "1–100", strconv.Itoa(c.Years)}}
	}
	s, err := a.load(c.AsOf, false)
	if err != nil {
		return err
	}
	defer s.Close()
	w, err := a.words()
	if err != nil {
		return err
	}
	if len(c.Apply) > 0 {
		return c.apply(a, s, w)
	}
	cs := cleanup.Legal(s.Catalog, cleanup.Options{Years: c.Years})
	if len(c.From) > 0 {
		if cs, err = a.decided(s.Catalog, c.From, w); err != nil {
			return err
		}
	}
	name := "legal-" + s.Catalog.AsOf.String()
	var files []file
	switch c.Format {
	case "json":
		objects := make([]any, len(cs))
		for i, x := range cs {
			objects[i] = cleanup.ObjectOf(x, w)
		}
		files, err = ndjson(name, objects)
	case "csv":
		files, err = csvFile(name, cleanup.Work(cs, w))
	case "md":
		files = []file{{name + ".md", []byte(cleanup.Draft(cs, s.Catalog.AsOf, w).Markdown())}}
	case "docx":
		var b []byte
		b, err = decisionDocx(cleanup.Draft(cs, s.Catalog.AsOf, w))
		files = []file{{name + ".docx", b}}
	case "xlsx":
		files, err = workbooks(name, cs, w)
	default:
		files = []file{{name + ".txt", legalText(cs, w)}}
	}
	if err != nil {
		return err
	}
	if !a.Quiet {
		n := map[cleanup.Disposition]int{}
		for _, x := range cs {
			n[x.Disposition]++
		}
		fmt.Fprintln(a.stderr, w.T("cleanup.count", strconv.Itoa(len(cs)), strconv.Itoa(n[cleanup.Keep]), strconv.Itoa(n[cleanup.Amend]), strconv.Itoa(n[cleanup.Lapse]), strconv.Itoa(n[cleanup.Repeal])))
	}
	return a.deliver(files, c.Output, c.Format)
}

func legalText(cs []cleanup.Candidate, w cleanup.Words) []byte {
	var b bytes.Buffer
	for i, group := range cleanup.ByDrafter(cs) {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s\n", group[0].Drafter())
		for _, c := range group {
			fmt.Fprintf(&b, "  %s  %s  %s  content/%s\n", w.T("cleanup.disposition."+string(c.Disposition)), c.Entry.Title(), c.Entry.Document.Number, c.Entry.Path)
			for _, r := range c.Reasons {
				fmt.Fprintf(&b, "      %s\n", r.Text(w))
				if r.Path != "" && r.Line > 0 {
					fmt.Fprintf(&b, "        content/%s:%d\n", r.Path, r.Line)
				}
			}
		}
	}
	return b.Bytes()
}

// decisionDocx is the draft as Word. The names of documents keep their places in
// the lists; the title is the file's own.
func decisionDocx(d cleanup.Decision) ([]byte, error) {
	blocks := []docx.Block{{Runs: docx.Text(d.Intro)}}
	for _, l := range d.Lists {
		blocks = append(blocks, docx.Block{Level: 1, Runs: docx.Text(l.Heading)})
		for _, item := range l.Items {
			blocks = append(blocks, docx.Block{Runs: docx.Text(item)})
		}
	}
	return docx.Write(docx.Document{Title: d.Title, Blocks: append(blocks, docx.Block{Runs: docx.Text(d.End)})})
}

// workbooks are one for each drafter and one of all.
func workbooks(name string, cs []cleanup.Candidate, w cleanup.Words) ([]file, error) {
	groups := cleanup.ByDrafter(cs)
	files := make([]file, 0, len(groups)+1)
	add := func(name string, cs []cleanup.Candidate) error {
		b, err := sheet.XLSX(cleanup.WorkTable(cs, w))
		files = append(files, file{name + ".xlsx", b})
		return err
	}
	err := add(name, cs)
	for i, g := range groups {
		err = errors.Join(err, add(fmt.Sprintf("%s-%02d-%s", name, i+1, fileName(g[0].Drafter())), g))
	}
	return files, err
}

// fileName drops from a name what files may not be called.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`\/:*?"<>|`, r) {
			return -1
		}
		return r
	}, s)
	if rs := []rune(s); len(rs) > 40 {
		s = string(rs[:40])
	}
	return strings.Trim(s, ". ")
}

// decided are the documents of filled-in sheets, with what people say of them.
func (a *app) decided(c *catalog.Catalog, names []string, w cleanup.Words) ([]cleanup.Candidate, error) {
	var out []cleanup.Candidate
	var findings []diag.Finding
	for _, name := range names {
		rows, err := a.readSheet(name)
		if err != nil {
			return nil, err
		}
		cs, found := cleanup.Decided(c, filepath.ToSlash(name), rows, w)
		out, findings = append(out, cs...), append(findings, found...)
	}
	if a.refused(findings) {
		return nil, errFindings
	}
	return out, nil
}

type webCmd struct {
	AsOf   string `name:"as-of" placeholder:"DATE" help:"help.cleanup-as-of"`
	Format string `enum:"text,json,csv,xlsx,md" default:"text" help:"help.format"`
	Output string `short:"o" placeholder:"DIR" help:"help.cleanup-web-output"`
	Apply  string `placeholder:"SHEET" help:"help.cleanup-apply"`
}

// Run lists what is out of date online, or archives what a sheet names.
func (c *webCmd) Run(a *app) error {
	s, err := a.load(c.AsOf, false)
	if err != nil {
		return err
	}
	defer s.Close()
	w, err := a.words()
	if err != nil {
		return err
	}
	if c.Apply != "" {
		return c.apply(a, s, w)
	}
	stale := cleanup.Web(s.Catalog)
	name := "web-" + s.Catalog.AsOf.String()
	var files []file
	switch c.Format {
	case "json":
		objects := make([]any, len(stale))
		for i, x := range stale {
			objects[i] = cleanup.StaleObjectOf(x, w)
		}
		files, err = ndjson(name, objects)
	case "csv":
		files, err = csvFile(name, cleanup.WebSheet(stale, w))
	case "md":
		files = []file{{name + ".md", []byte(cleanup.WebList(stale, s.Catalog.AsOf, w))}}
	case "xlsx":
		var b []byte
		b, err = sheet.XLSX(cleanup.WebTable(stale, w))
		files = []file{{name + ".xlsx", b}}
	default:
		var b bytes.Buffer
		for _, x := range stale {
			fmt.Fprintf(&b, "%s  %s  content/%s\n    %s\n", w.T("cleanup.action."+string(x.Action)), x.Entry.Title(), x.Path(), x.Reason.Text(w))
		}
		files = []file{{name + ".txt", b.Bytes()}}
	}
	if err != nil {
		return err
	}
	if !a.Quiet {
		fmt.Fprintln(a.stderr, w.T("cleanup.web-count", strconv.Itoa(len(stale))))
	}
	return a.deliver(files, c.Output, c.Format)
}

// words are the texts of the user's language and of the other one, in which
// a sheet may have been written.
func (a *app) words() (cleanup.Words, error) {
	w := cleanup.Words{a.strings}
	for _, lang := range []string{"zh-CN", "en"} {
		s, err := diag.LoadStrings(lang)
		if err != nil {
			return nil, err
		}
		w = append(w, s)
	}
	return w, nil
}

// A file is what a command writes beside the site.
type file struct {
	name string
	data []byte
}

func ndjson(name string, objects []any) ([]file, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, o := range objects {
		if err := enc.Encode(o); err != nil {
			return nil, err
		}
	}
	return []file{{name + ".ndjson", b.Bytes()}}, nil
}

func csvFile(name string, rows [][]string) ([]file, error) {
	b, err := sheet.CSV(rows)
	return []file{{name + ".csv", b}}, err
}

// deliver writes files into a folder, or the one file to stdout. A file that
// is there with other content was filled in by somebody and stays.
func (a *app) deliver(files []file, dir, format string) error {
	if dir == "" {
		if format == "xlsx" || format == "docx" {
			return usageError{"usage.cleanup-xlsx", []string{format}}
		}
		_, err := io.Copy(a.stdout, bytes.NewReader(files[0].data))
		return err
	}
	dir = a.output(dir)
	if err := a.besideSite(dir); err != nil {
		return err
	}
	var fresh []file
	for _, f := range files {
		old, err := os.ReadFile(filepath.Join(dir, f.name))
		switch {
		case err != nil:
			fresh = append(fresh, f)
		case !bytes.Equal(old, f.data):
			return errors.New(a.strings.T("cleanup.exists", filepath.Join(dir, f.name)))
		}
	}
	for _, f := range fresh {
		if err := create(filepath.Join(dir, f.name), f.data); err != nil {
			return err
		}
	}
	for _, f := range files {
		fmt.Fprintln(a.stdout, filepath.ToSlash(filepath.Join(dir, f.name)))
	}
	return nil
}

// besideSite refuses folders whose files are or become pages: candidates never
// reach the site.
func (a *app) besideSite(dir string) error {
	root, err := filepath.Abs(a.Dir)
	if err != nil {
		return err
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	for _, name := range []string{"content", "layouts", "public"} {
		if rel, err := filepath.Rel(filepath.Join(root, name), abs); err == nil && filepath.IsLocal(rel) {
			return errors.New(a.strings.T("cleanup.output", dir))
		}
	}
	if builtOn(abs) != "" {
		return errors.New(a.strings.T("cleanup.output", dir))
	}
	return nil
}

// readSheet reads a sheet that people filled in.
func (a *app) readSheet(name string) ([][]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, sheet.MaxSize+1))
	if err != nil {
		return nil, err
	}
	rows, err := sheet.Read(b)
	switch {
	case errors.Is(err, sheet.ErrLarge):
		return nil, errors.New(a.strings.T("cleanup.sheet-large", name))
	case err != nil:
		return nil, errors.New(a.strings.T("cleanup.sheet-broken", name))
	}
	return rows, nil
}

// refused prints the findings on a sheet and reports whether one is an error.
func (a *app) refused(findings []diag.Finding) bool {
	a.print(a.stderr, diag.Sort(findings), false)
	wrong, _ := diag.Count(findings)
	return wrong > 0
}
