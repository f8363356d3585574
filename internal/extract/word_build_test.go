package extract

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

const (
	wordTransitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	wordNamespaces   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + wordTransitional + `"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"`
)

// A wordFile builds a Word file out of pieces of XML.
type wordFile struct {
	body  string
	parts map[string]string // kind of relationship and name of part to content: "styles styles.xml"
	links map[string]string // ID to address outside
	other map[string]string // further files
}

func (w wordFile) bytes(t testing.TB) []byte {
	t.Helper()
	files := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":         wordRelations(fmt.Sprintf(`<Relationship Id="rId1" Type="%s/officeDocument" Target="word/document.xml"/>`, wordTransitional)),
		"word/document.xml":   "<w:document " + wordNamespaces + "><w:body>" + w.body + "</w:body></w:document>",
	}
	rels := ""
	for _, key := range slices.Sorted(maps.Keys(w.parts)) {
		kind, name, _ := strings.Cut(key, " ")
		rels += fmt.Sprintf(`<Relationship Id="%s" Type="%s/%s" Target="%s"/>`, strings.ReplaceAll(name, "/", "_"), wordTransitional, kind, name)
		files["word/"+name] = w.parts[key]
	}
	for _, id := range slices.Sorted(maps.Keys(w.links)) {
		kind := "hyperlink"
		if strings.HasPrefix(id, "image") {
			kind = "image"
		}
		rels += fmt.Sprintf(`<Relationship Id="%s" Type="%s/%s" Target="%s" TargetMode="External"/>`, id, wordTransitional, kind, w.links[id])
	}
	files["word/_rels/document.xml.rels"] = wordRelations(rels)
	maps.Copy(files, w.other)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wordRelations(s string) string {
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + s + `</Relationships>`
}

// wordElement is a part with all wordNamespaces.
func wordElement(name, s string) string {
	return "<w:" + name + " " + wordNamespaces + ">" + s + "</w:" + name + ">"
}

func wordPara(props, s string) string { return "<w:p><w:pPr>" + props + "</w:pPr>" + s + "</w:p>" }

func wordText1(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }

func wordRead(t testing.TB, w wordFile, o Options) *Document {
	t.Helper()
	d, err := readWord(w.bytes(t), o)
	if err != nil {
		t.Fatalf("readWord: %v", err)
	}
	return d
}

// wordShown writes blocks so that tests can compare them.
func wordShown(d *Document) string {
	var b strings.Builder
	for i, block := range d.Blocks {
		if i > 0 {
			b.WriteString(" | ")
		}
		if block.Break {
			b.WriteString("↡")
		}
		switch {
		case block.Kind == PictureBlock:
			b.WriteString("picture " + block.Picture)
		case block.Kind == TableBlock:
			for j, row := range block.Rows {
				if j > 0 {
					b.WriteString(" / ")
				}
				for k, c := range row {
					if k > 0 {
						b.WriteString(",")
					}
					b.WriteString(wordShownRuns(c.Runs))
					if c.Cols > 1 || c.Rows > 1 {
						fmt.Fprintf(&b, "(%d×%d)", max(c.Cols, 1), max(c.Rows, 1))
					}
				}
			}
		case block.Kind == Heading:
			fmt.Fprintf(&b, "#%d ", block.Level)
		}
		if block.Center {
			b.WriteString("><")
		}
		if block.Right {
			b.WriteString(">>")
		}
		b.WriteString(wordShownRuns(block.Runs))
	}
	return b.String()
}

func wordShownRuns(runs []Run) string {
	s := ""
	for _, r := range runs {
		text := strings.NewReplacer("\n", "⏎", "\t", "⇥").Replace(r.Text)
		switch {
		case r.Note > 0:
			text = fmt.Sprintf("[%d]", r.Note)
		case r.Bold:
			text = "*" + text + "*"
		}
		if r.Link != "" {
			text += "<" + r.Link + ">"
		}
		s += text
	}
	return s
}
