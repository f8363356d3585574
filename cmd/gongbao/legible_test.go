package main

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/extract"
	"gongbao/internal/search"
	"gongbao/internal/zh"
)

// legible is all that can be read in a file: its name, its bytes, what is packed
// in it, the words of a PDF.
func legible(t *testing.T, name string, b []byte) string {
	t.Helper()
	var text strings.Builder
	text.WriteString(name + "\n")
	text.Write(b)
	switch {
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			inner, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			text.WriteString(legible(t, f.Name, inner))
		}
	case path.Ext(name) == ".bin":
		for at := range b { // of a sealed file: compressed lines stand behind the sum
			if b[at] != 0x78 {
				continue
			}
			if r, err := zlib.NewReader(bytes.NewReader(b[at:])); err == nil {
				inner, _ := io.ReadAll(r)
				text.Write(inner)
			}
		}
	case path.Ext(name) == ".pdf":
		c := exec.Command("pdftotext", "-raw", "-", "-")
		c.Stdin = bytes.NewReader(b)
		out, err := c.Output()
		if err != nil {
			t.Fatalf("pdftotext %s: %v", name, err)
		}
		text.WriteString(strings.Join(strings.Fields(string(out)), ""))
	}
	return text.String()
}

// where returns the files of an output in which each of the words can be read.
func where(t *testing.T, public string, words ...string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := fs.WalkDir(os.DirFS(public), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(p)))
		if err != nil {
			return err
		}
		text := legible(t, p, b)
		for _, w := range words {
			if strings.Contains(text, w) || strings.Contains(text, asciiJSON(w)) || strings.Contains(text, zh.Stream(w)) {
				found[w] = append(found[w], p)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// asciiJSON is a word as JSON in ASCII has it.
func asciiJSON(w string) string {
	var b strings.Builder
	for _, r := range w {
		b.WriteString(`\u`)
		const hex = "0123456789abcdef"
		for shift := 12; shift >= 0; shift -= 4 {
			b.WriteByte(hex[r>>shift&15])
		}
	}
	return b.String()
}

// siteSearch is the search that stands in an output.
func siteSearch(t *testing.T, public string) *search.Reader {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(public, "search", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	r := &search.Reader{Fetch: func(name string, from, size int) ([]byte, error) {
		b, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(name)))
		if err == nil && size >= 0 {
			b = b[min(from, len(b)):min(from+size, len(b))]
		}
		return b, err
	}}
	for tags := extract.NewTags(page); tags.Next(); {
		if text := tags.Attr("data-config"); text != "" {
			if err := json.Unmarshal([]byte(text), &r.Config); err != nil {
				t.Fatal(err)
			}
			return r
		}
	}
	t.Fatal("the page of the search has no config")
	return nil
}

// hits are the addresses of what a search finds.
func hits(t *testing.T, public, typed string) []string {
	t.Helper()
	found, err := siteSearch(t, public).Search(typed, 20)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, x := range found.Top {
		out = append(out, x.Meta.Address)
	}
	return out
}
