package extract

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// encrypted returns the files of testdata/pdf by name: one text, encrypted by
// qpdf in the ways of PDF 1.1 to 2.0, with an owner's password only; locked.pdf
// asks for one to be read.
func encrypted(t testing.TB) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	names, _ := filepath.Glob("testdata/pdf/*.pdf")
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(name)] = b
	}
	if len(out) < 6 {
		t.Fatalf("%d files", len(out))
	}
	return out
}

func TestFilesThatOpenWithoutPasswordAreRead(t *testing.T) {
	for name, b := range encrypted(t) {
		d, err := readPDF(b, Options{})
		if name == "locked.pdf" {
			if p := (*Problem)(nil); !errors.As(err, &p) || p.Kind != Encrypted {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		text := ""
		for _, b := range d.Blocks {
			text += PlainText(b.Runs)
		}
		if text != "示范市人民政府公报创刊。" {
			t.Errorf("%s: %q", name, text)
		}
		if !slices.ContainsFunc(d.Fields, func(f Field) bool { return f.Label == "title" && f.Value == "公报" }) {
			t.Errorf("%s: %v", name, d.Fields)
		}
	}
}

// A damaged key or stream is a problem, never a panic.
func TestDamagedEncryption(t *testing.T) {
	for name, b := range encrypted(t) {
		s := string(b)
		for _, c := range [][2]string{{"/CFM", "/CFX"}, {"/StmF", "/StmG"}, {"/U ", "/W "}, {"/UE", "/UF"}, {"/O ", "/Q "}, {"/V 5", "/V 9"}, {"/Standard", "/Strange"}, {"/Encrypt", "/Encrypt null /X"}, {"stream\n", "stream\nx"}} {
			if _, err := readPDF([]byte(strings.Replace(s, c[0], c[1], 1)), Options{}); err == nil && strings.Contains(s, c[0]) && c[0] == "/U " {
				t.Errorf("%s without %s was read", name, c[0])
			}
		}
	}
}
