package check_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
)

// office is a Word file with one paragraph. Arguments add what an author leaves
// in it: author=NAME, comment, deleted.
func office(t *testing.T, text string, args []string) []byte {
	t.Helper()
	const w = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	body, core, comments := `<w:r><w:t>`+strings.TrimSpace(text)+`</w:t></w:r>`, "", ""
	for _, a := range args {
		name, value, _ := strings.Cut(a, "=")
		switch name {
		case "author":
			core = `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>` + value + `</dc:creator></cp:coreProperties>`
		case "comment":
			comments = `<w:comments ` + w + `><w:comment w:id="0"><w:p><w:r><w:t>这里再斟酌</w:t></w:r></w:p></w:comment></w:comments>`
			body += `<w:r><w:commentReference w:id="0"/></w:r>`
		case "deleted":
			body += `<w:del w:id="1"><w:r><w:delText>删去的话</w:delText></w:r></w:del>`
		}
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range map[string]string{
		"word/document.xml": `<w:document ` + w + `><w:body><w:p>` + body + `</w:p></w:body></w:document>`,
		"docProps/core.xml": core, "word/comments.xml": comments,
	} {
		if data == "" {
			continue
		}
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// photo is the head of a JPEG file. With a place it says where it was taken.
func photo(place bool) []byte {
	le := binary.LittleEndian
	tag := uint16(0x0112) // orientation
	if place {
		tag = 0x8825
	}
	tiff := []byte("II*\x00\x08\x00\x00\x00\x01\x00")
	tiff = le.AppendUint16(tiff, tag)
	tiff = le.AppendUint16(tiff, 4)
	tiff = le.AppendUint32(tiff, 1)
	tiff = le.AppendUint32(tiff, 26) // where the directory of positions stands
	tiff = append(tiff, 0, 0, 0, 0)
	tiff = append(tiff, "\x01\x00\x02\x00\x05\x00\x03\x00\x00\x00\x00\x00\x00\x00"...)
	exif := append([]byte("Exif\x00\x00"), tiff...)
	size := len(exif) + 2
	return append(append([]byte("\xff\xd8\xff\xe1"), byte(size>>8), byte(size)), append(exif, "\xff\xd9"...)...)
}
