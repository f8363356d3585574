package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongbao/internal/markup"
	"gongbao/internal/press"
	"gongbao/internal/render/pdf"
	"gongbao/internal/typeset"
)

// need skips a test for a program that is not installed.
func need(tb testing.TB, program string) {
	tb.Helper()
	if _, err := exec.LookPath(program); err != nil {
		tb.Skipf("skipped: %s is not installed", program)
	}
}

// textOnPaper reads the text area of pages of a PDF back, with poppler.
func textOnPaper(tb testing.TB, file string, first, last int, g typeset.Geometry) string {
	tb.Helper()
	var text bytes.Buffer
	for n := first; n <= last; n++ {
		mm := func(l typeset.Length) string { return strconv.Itoa(int(l.Points())) }
		page := strconv.Itoa(n)
		c := exec.Command("pdftotext", "-raw", "-nopgbrk", "-r", "72", "-f", page, "-l", page,
			"-x", "0", "-W", mm(g.Width), "-y", mm(g.Top-5*typeset.Point), "-H", mm(g.Depth+12*typeset.Point), file, "-")
		b, err := c.Output()
		if err != nil {
			tb.Fatalf("pdftotext %s: %v", file, err)
		}
		text.Write(b)
	}
	return text.String()
}

// TestPaperAndPageAgree builds the sample and reads its issues back: on the
// pages that the site names for a document stands its text, whole and in order.
func TestPaperAndPageAgree(t *testing.T) {
	need(t, "pdftotext")
	public := buildSample(t)
	p := openPrinter(t, "../..")
	documents := 0
	for _, is := range p.site.Catalog.Issues {
		file := filepath.Join(public, filepath.FromSlash(is.Address), pdf.IssueName)
		if _, err := os.Stat(file); err != nil {
			t.Errorf("%s has no PDF", is.Path)
			continue
		}
		c := p.site.Config.PDF
		g := press.IssueStyle(c.Paper, c.Columns).Geometry
		for _, e := range is.Printed() {
			if e.Issue != is {
				continue
			}
			if e.IssuePage < 1 || e.IssueLast < e.IssuePage {
				t.Errorf("%s: pages %d to %d of %s", e.Path, e.IssuePage, e.IssueLast, is.Path)
				continue
			}
			page, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(e.Address), "index.html"))
			if err != nil {
				t.Fatal(err)
			}
			if link := fmt.Sprintf("issue.pdf#page=%d", e.IssuePage+1); !bytes.Contains(page, []byte(link)) {
				t.Errorf("%s does not lead to %s", e.Address, link)
			}
			got := pressed(textOnPaper(t, file, e.IssuePage+1, e.IssueLast+1, g)) // behind the cover
			for _, want := range pieces(t, "../..", e.Path, sourceText(t, "../..", e, markup.CopyTo, markup.PrintedBy)) {
				if !strings.Contains(got, want) {
					t.Errorf("%s: not on pages %d to %d of %s:\n%s\nthere stands\n%s", e.Path, e.IssuePage, e.IssueLast, is.Path, want, got)
					break
				}
			}
			documents++
		}
	}
	t.Logf("%d documents", documents)
}

// pieces is the text of a document in the order of print: whole, or in pieces
// where footnotes, pictures or repeated heads of tables stand between.
func pieces(t *testing.T, root, path, text string) []string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, "content", filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(raw, []byte("[^")) && !bytes.Contains(raw, []byte("![")) && !bytes.Contains(raw, []byte("\n|")) {
		return []string{text}
	}
	var out []string
	tree := markup.NewParser().Parse(raw, markup.Options{})
	tree.Walk(func(b *markup.Block) {
		s := pressed(b.PlainText())
		if b.Kind == markup.Paragraph && len(s) > 0 && len(b.Inlines) == 1 && !strings.Contains(s, "=") {
			out = append(out, s)
		}
		merged := slices.ContainsFunc(b.Rows, func(row []markup.Cell) bool {
			return slices.ContainsFunc(row, func(c markup.Cell) bool { return c.Covered() })
		})
		for _, row := range b.Rows {
			if merged { // what stands in the middle of several rows is read between them
				for _, c := range row {
					cell := markup.Block{Inlines: c.Inlines}
					out = append(out, pressed(cell.PlainText()))
				}
				continue
			}
			cells := markup.Block{Kind: markup.Table, Rows: [][]markup.Cell{row}}
			out = append(out, pressed(cells.PlainText()))
		}
	})
	return out
}

// TestIssuesAreSoundFiles prints an issue of the sample for every purpose: the
// file for the archive is PDF/A-1b, and no other has an error.
func TestIssuesAreSoundFiles(t *testing.T) {
	p := openPrinter(t, "../..")
	issue := p.site.Catalog.Issues[len(p.site.Catalog.Issues)-1]
	for _, purpose := range []press.Purpose{press.Screen, press.Print, press.Archive, press.Proof} {
		laid, findings, err := p.press.Issue(issue, press.Options{Purpose: purpose, Crop: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			if f.Rule != "picture-coarse" {
				t.Errorf("%s: %s: %s %v", purpose, f.Pos, f.Rule, f.Args)
			}
		}
		for _, b := range []*press.Book{laid.Book, laid.Cover} {
			if b == nil {
				continue
			}
			out, err := pdf.Write(b, p.fonts)
			if err != nil {
				t.Fatal(err)
			}
			name := filepath.Join(t.TempDir(), string(purpose)+".pdf")
			if err := os.WriteFile(name, out, 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := exec.LookPath("qpdf"); err == nil {
				if said, err := exec.Command("qpdf", "--check", name).CombinedOutput(); err != nil {
					t.Errorf("%s: qpdf: %v\n%s", purpose, err, said)
				}
			}
			if purpose == press.Archive {
				preflight(t, name)
			}
		}
	}
}

// preflight asks Apache PDFBox, where it is installed, whether a file is PDF/A-1b.
func preflight(t *testing.T, name string) {
	t.Helper()
	var path []string
	for _, jar := range []string{"preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "jaxb-api", "javax.activation"} {
		file := "/usr/share/java/" + jar + ".jar"
		if _, err := os.Stat(file); err != nil {
			t.Logf("%s is not installed: PDF/A is not checked", file)
			return
		}
		path = append(path, file)
	}
	said, err := exec.Command("java", "-cp", strings.Join(path, ":"), "org.apache.pdfbox.preflight.Validator_A1b", name).CombinedOutput()
	if !bytes.Contains(said, []byte("is a valid PDF/A-1b file")) {
		t.Errorf("preflight: %v\n%s", err, said)
	}
}
