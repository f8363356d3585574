package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/check"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/press"
	"gongbao/internal/render/pdf"
	"gongbao/internal/source"
)

type issueCmd struct {
	Seal sealCmd `cmd:"" help:"help.issue-seal"`
}

type sealCmd struct {
	Issue  string `arg:"" placeholder:"YYYY-NN" help:"help.seal-issue"`
	PDF    string `name:"pdf" placeholder:"FILE" help:"help.seal-pdf"`
	Cover  string `placeholder:"FILE" help:"help.seal-cover"`
	AsOf   string `name:"as-of" placeholder:"DATE" help:"help.seal-as-of"`
	Format string `enum:"text,json" default:"text" help:"help.format"`
	DryRun bool   `help:"help.seal-dry-run"`
}

// A sealObject is what was sealed, for machines.
type sealObject struct {
	Issue       string         `json:"issue"`
	Sealed      string         `json:"sealed"`
	Lock        string         `json:"lock"` // path in the site
	PDF         string         `json:"pdf"`
	SHA256      string         `json:"sha256"` // of the pages, as in the lock
	Cover       string         `json:"cover"`
	CoverSHA256 string         `json:"cover_sha256"`
	Pages       int            `json:"pages"`
	Documents   []sealDocument `json:"documents"`
	DryRun      bool           `json:"dry_run"`
}

type sealDocument struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	First int    `json:"first"`
	Last  int    `json:"last"`
}

// Run writes the files for the printing house, and the lock last: it promises
// that they are there. What is not right to be printed is not sealed.
func (c *sealCmd) Run(a *app) error {
	if c.PDF != "" && c.PDF == c.Cover {
		return usageError{"usage.seal-files", nil}
	}
	s, err := a.loadPrinted(c.AsOf, false)
	if err != nil {
		return err
	}
	defer s.Close()
	e, err := c.sealable(a, s.Catalog)
	if err != nil {
		return err
	}
	p, fonts, findings := s.Press()
	findings = slices.Concat(findings, onlyErrors(s.Findings), check.Sealing(s.Catalog, e))
	if err := a.refuse(findings); err != nil {
		return err
	}
	laid, found, err := p.Issue(e, press.Options{Purpose: press.Print})
	if err != nil {
		return err
	}
	findings = append(findings, found...)
	if err := a.refuse(findings); err != nil {
		return err
	}
	a.print(a.stderr, diag.Sort(findings), false)
	pages, err := pdf.Write(laid.Book, fonts)
	if err != nil {
		return err
	}
	cover, err := pdf.Write(laid.Cover, fonts)
	if err != nil {
		return err
	}
	lock := lockOf(s, e, laid, build.FontSum(fonts), sum(pages))
	if len(lock.Documents) == 0 {
		fmt.Fprintln(a.stderr, a.strings.T("seal.empty", e.Digest.Issue.Number()))
		return errFindings
	}
	out := c.object(e, lock)
	out.CoverSHA256 = sum(cover)
	if !c.DryRun {
		if err := writeSealed(a.Dir, out, lock, pages, cover); err != nil {
			return err
		}
	}
	return c.tell(a, e, out)
}

// sealable finds the issue and says why it cannot be sealed, if so.
func (c *sealCmd) sealable(a *app, cat *catalog.Catalog) (*catalog.Entry, error) {
	refuse := func(key string, args ...string) error {
		fmt.Fprintln(a.stderr, a.strings.T(key, args...))
		return errFindings
	}
	e := issueNamed(cat, c.Issue)
	if e == nil {
		for _, d := range cat.Skipped {
			switch {
			case !isIssue(d, c.Issue):
			case d.Draft():
				return nil, refuse("seal.draft", d.Issue.Number())
			default:
				return nil, refuse("seal.future", d.Issue.Number(), d.Issue.Date.String())
			}
		}
		return nil, refuse("pdf.no-issue", c.Issue)
	}
	number := e.Digest.Issue.Number()
	lock := source.Name(source.LockName(e.Path))
	switch {
	case e.Lock != nil:
		_ = refuse("seal.sealed", number, e.Lock.Sealed.String())
		return nil, refuse("seal.sealed-hint", lock)
	case e.Scanned():
		return nil, refuse("seal.scan", number)
	case len(e.Digest.Issue.Sections) == 0:
		return nil, refuse("seal.empty", number)
	}
	return e, nil
}

// isIssue is issueNamed for a file that is not in the catalog.
func isIssue(d *digest.Digest, name string) bool {
	if d.Type != gazette.TypeIssue {
		return false
	}
	only := &catalog.Catalog{Issues: []*catalog.Entry{{Digest: d}}}
	name = strings.TrimPrefix(filepath.ToSlash(name), "content/")
	return issueNamed(only, name) != nil || strings.TrimSuffix(name, ".md") == strings.TrimSuffix(d.Path, ".md")
}

func onlyErrors(fs []diag.Finding) []diag.Finding {
	var out []diag.Finding
	for _, f := range fs {
		if f.Severity == diag.Error {
			out = append(out, f)
		}
	}
	return out
}

// refuse prints findings and ends the command where one of them is an error.
func (a *app) refuse(findings []diag.Finding) error {
	if wrong, _ := diag.Count(findings); wrong == 0 {
		return nil
	}
	a.print(a.stderr, diag.Sort(findings), false)
	fmt.Fprintln(a.stderr, a.strings.T("seal.refused"))
	return errFindings
}

// lockOf writes down what was laid out.
func lockOf(s *build.Site, e *catalog.Entry, laid *press.Laid, fonts, digest string) *gazette.Lock {
	l := &gazette.Lock{
		Sealed: s.Catalog.AsOf, Paper: s.Config.PDF.Paper, Pages: len(laid.Book.Pages), PDF: digest, Fonts: fonts,
		Imprint: s.Catalog.Imprint(e),
	}
	for _, d := range e.Printed() {
		if p, ok := laid.Pages[d]; ok {
			l.Documents = append(l.Documents, gazette.LockedDocument{
				ID: d.ID, Title: d.Title(), First: p[0], Last: p[1], Text: d.TextHash.String(),
			})
		}
	}
	return l
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

func (c *sealCmd) object(e *catalog.Entry, l *gazette.Lock) sealObject {
	is := e.Digest.Issue
	o := sealObject{
		Issue: fmt.Sprintf("%d-%02d", is.Year, is.No), Sealed: l.Sealed.String(), Lock: source.Name(source.LockName(e.Path)),
		PDF: c.PDF, SHA256: l.PDF, Cover: c.Cover, Pages: l.Pages, DryRun: c.DryRun,
	}
	if o.PDF == "" {
		o.PDF = o.Issue + ".pdf"
	}
	if o.Cover == "" {
		ext := filepath.Ext(o.PDF)
		o.Cover = strings.TrimSuffix(o.PDF, ext) + "-cover" + ext
	}
	for _, x := range l.Documents {
		o.Documents = append(o.Documents, sealDocument{x.ID, x.Title, x.First, x.Last})
	}
	return o
}

// writeSealed writes all files under other names before any gets its own. A
// lock that would not be read back is not written.
func writeSealed(root string, o sealObject, l *gazette.Lock, pages, cover []byte) (err error) {
	b := source.EncodeLock(l)
	if _, findings := source.ReadLock(strings.TrimPrefix(o.Lock, "content/"), b); len(findings) > 0 {
		return fmt.Errorf("the lock %s would not be read back: %s %v", o.Lock, findings[0].Rule, findings[0].Args)
	}
	lock := filepath.Join(root, filepath.FromSlash(o.Lock))
	if _, err := os.Lstat(lock); err == nil {
		return fmt.Errorf("write %s: %w", o.Lock, os.ErrExist)
	}
	files := []struct {
		name string
		text []byte
	}{{o.PDF, pages}, {o.Cover, cover}, {lock, b}}
	const part = ".new"
	defer func() {
		if err != nil {
			for _, f := range files {
				_ = os.Remove(f.name + part)
			}
		}
	}()
	for _, f := range files {
		if err := os.WriteFile(f.name+part, f.text, 0o644); err != nil {
			return err
		}
	}
	for _, f := range files {
		if err := os.Rename(f.name+part, f.name); err != nil {
			return err
		}
	}
	return nil
}

// tell says what was written: names and sums to stdout, advice to stderr.
func (c *sealCmd) tell(a *app, e *catalog.Entry, o sealObject) error {
	number, pages := e.Digest.Issue.Number(), strconv.Itoa(o.Pages)
	var err error
	if c.Format == "json" {
		err = json.NewEncoder(a.stdout).Encode(o)
	} else {
		_, err = fmt.Fprintf(a.stdout, "%s\t%s\n%s\t%s\n%s\n", o.PDF, o.SHA256, o.Cover, o.CoverSHA256, o.Lock)
	}
	switch {
	case a.Quiet:
	case o.DryRun:
		fmt.Fprintln(a.stderr, a.strings.T("seal.dry-run", number, pages))
	default:
		fmt.Fprintln(a.stderr, a.strings.T("seal.done", number, pages))
		fmt.Fprintln(a.stderr, a.strings.T("seal.keep", o.Lock))
	}
	return err
}
