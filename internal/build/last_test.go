package build

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gongbao/internal/corpus"
)

func TestNothingChanged(t *testing.T) {
	root := t.TempDir()
	made, err := corpus.Write(root, corpus.Options{Seed: 3, Documents: 12})
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Root: root, Output: filepath.Join(root, "public"), AsOf: benchDay, NoPDF: true}
	first, err := Build(t.Context(), o)
	if err != nil || !first.Published {
		t.Fatalf("Build = %v, %v", first.Findings, err)
	}
	// Files are a moment old: the next run takes the whole pass.
	unchanged := func(o Options, now time.Time) (last, bool) {
		t.Helper()
		w, err := walkContent(o.Root, now)
		if err != nil {
			t.Fatal(err)
		}
		out, err := o.folders(now)
		if err != nil {
			t.Fatal(err)
		}
		return o.unchanged(w, out)
	}
	if _, ok := unchanged(o, time.Now()); ok {
		t.Error("files that are a moment old are told by their stamps")
	}
	later := time.Now().Add(time.Hour)
	remember := func() {
		t.Helper()
		time.Sleep(tick) // later is none
		out, err := o.folders(later)
		if err != nil {
			t.Fatal(err)
		}
		names, err := out.look()
		if err != nil {
			t.Fatal(err)
		}
		w, err := walkContent(o.Root, later)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.remember(&first, []string{"徽标.png"}, causes{}, names, w); err != nil {
			t.Fatal(err)
		}
		l, ok := unchanged(o, later)
		if !ok {
			t.Fatal("nothing changed, and it is not seen")
		}
		if l.Summary != first.Summary || len(l.Findings) != len(first.Findings) || l.Kept != first.Written {
			t.Errorf("last = %+v with %d findings, want %+v with %d", l.Summary, len(l.Findings), first.Summary, len(first.Findings))
		}
	}
	remember()
	again, err := Build(t.Context(), o)
	if err != nil || !again.Published || again.Written+again.Deleted > 0 {
		t.Errorf("the run after wrote %d and deleted %d: %v", again.Written, again.Deleted, err)
	}
	for name, with := range map[string]Options{
		"day":      {AsOf: o.AsOf.AddDays(1), NoPDF: true},
		"drafts":   {AsOf: o.AsOf, NoPDF: true, Drafts: true},
		"PDFs":     {AsOf: o.AsOf},
		"strict":   {AsOf: o.AsOf, NoPDF: true, Strict: true},
		"no cache": {AsOf: o.AsOf, NoPDF: true, NoCache: true},
	} {
		with.Root, with.Output = o.Root, o.Output
		remember()
		if _, ok := unchanged(with, later); ok {
			t.Errorf("%s: another run counts as the same", name)
		}
	}
	document := filepath.Join(root, "content", made.Documents[3])
	for _, c := range []struct{ name, file, text string }{
		{"config", filepath.Join(root, "config.toml"), "\n"},
		{"a document", document, "\n补一句。\n"},
		{"a new document", filepath.Join(filepath.Dir(document), "new.md"), "+++\ntitle = \"新\"\n+++\n"},
		{"a layout", filepath.Join(root, "layouts", "partials", "footer.html"), "x"},
		{"a font", filepath.Join(root, "fonts", "x.ttf"), "x"},
		{"the emblem", filepath.Join(root, "徽标.png"), "x"},
		{"the output, another name", filepath.Join(root, "public", "x.html"), "x"},
	} {
		remember()
		if err := os.MkdirAll(filepath.Dir(c.file), 0o755); err != nil {
			t.Fatal(err)
		}
		f, err := os.OpenFile(c.file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.WriteString(c.text)
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
		if _, ok := unchanged(o, later); ok {
			t.Errorf("%s changed, and it is not seen", c.name)
		}
	}
	remember()
	if err := os.Remove(filepath.Join(root, "public", "index.html")); err != nil {
		t.Fatal(err)
	}
	if _, ok := unchanged(o, later); ok {
		t.Error("the home page is gone, and it is not seen")
	}
}
