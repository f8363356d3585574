package scan

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"io"
	"regexp"
	"strings"

	"gongbao/internal/extract"
)

// Bounds of the parts of a packed file that are looked at beside its text.
const (
	maxPart  = 8 << 20
	maxParts = 200
)

var (
	// Headers and footers, comments, shapes of sheets: text that stands beside the text.
	beside    = regexp.MustCompile(`^(?:word/(?:header|footer|comments)\d*\.xml|xl/(?:comments\d*|drawings/drawing\d+)\.xml|xl/threadedComments/.*\.xml)$`)
	remarks   = regexp.MustCompile(`^(?:word/comments\.xml|xl/comments\d*\.xml|xl/threadedComments/.*\.xml)$`)
	embedded  = regexp.MustCompile(`^(?:word|xl|ppt)/embeddings/`)
	paragraph = map[string]bool{"p": true, "comment": true, "text": true, "threadedComment": true}
)

// parts looks at the parts of an office file that are not its text.
func (r *Report) parts(raw []byte) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return
	}
	n := 0
	for _, f := range z.File {
		name := f.Name
		switch {
		case embedded.MatchString(name):
			r.skip(string(extract.Embedded))
		case strings.HasPrefix(name, "word/media/"), strings.HasPrefix(name, "xl/media/"):
			r.skip(Picture)
			if n++; n > maxParts {
				r.skip(string(extract.Large))
				return
			}
			r.Position = r.Position || position(r.part(f))
		case name == "docProps/core.xml":
			for _, l := range plainXML(r.part(f), map[string]bool{"creator": true, "lastModifiedBy": true}) {
				r.author(l)
			}
		case beside.MatchString(name):
			if n++; n > maxParts {
				r.skip(string(extract.Large))
				return
			}
			lines := plainXML(r.part(f), paragraph)
			for _, h := range Lines(lines, 0) {
				r.add([]Hit{h}, 0)
			}
			if remarks.MatchString(name) {
				r.Comments = max(r.Comments, len(lines))
			}
		}
	}
}

// part unpacks a part; what is longer than a part of a document is cut, and said
// to be.
func (r *Report) part(f *zip.File) []byte {
	rc, err := f.Open()
	if err != nil {
		return nil
	}
	defer rc.Close()
	b, _ := io.ReadAll(io.LimitReader(rc, maxPart)) // what is damaged ends early
	if len(b) == maxPart {
		r.skip(string(extract.Large))
	}
	return b
}

// plainXML returns the text of an XML file, a line for each of the elements.
func plainXML(b []byte, ends map[string]bool) []string {
	var out []string
	var text strings.Builder
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	for {
		tok, err := d.Token()
		if err != nil {
			if s := strings.TrimSpace(text.String()); s != "" {
				out = append(out, s)
			}
			return out
		}
		switch t := tok.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			if ends[t.Name.Local] {
				if s := strings.TrimSpace(text.String()); s != "" {
					out = append(out, s)
				}
				text.Reset()
			}
		}
	}
}

// position reports whether a picture says where it was taken: the GPS directory
// of Exif (CIPA DC-008 4.6.6) in a JPEG or PNG file.
func position(b []byte) bool {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8")):
		for i := 2; i+4 <= len(b) && b[i] == 0xff; {
			size := int(b[i+2])<<8 | int(b[i+3])
			if b[i+1] == 0xda || size < 2 {
				return false
			}
			end := min(i+2+size, len(b))
			if b[i+1] == 0xe1 && bytes.HasPrefix(b[i+4:end], []byte("Exif\x00\x00")) {
				return gps(b[i+10 : end])
			}
			i = end
		}
	case bytes.HasPrefix(b, []byte("\x89PNG")):
		if i := bytes.Index(b, []byte("eXIf")); i > 0 {
			return gps(b[i+4:])
		}
	}
	return false
}

// gps reports whether the first directory of a TIFF leads to one of positions
// that has entries.
func gps(b []byte) bool {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(b, []byte("II")):
		order = binary.LittleEndian
	case bytes.HasPrefix(b, []byte("MM")):
		order = binary.BigEndian
	default:
		return false
	}
	if len(b) < 8 {
		return false
	}
	entries := func(at uint32) []byte {
		if uint64(at)+2 > uint64(len(b)) {
			return nil
		}
		n := int(order.Uint16(b[at:]))
		return b[at+2 : min(len(b), int(at)+2+12*n)]
	}
	for dir := entries(order.Uint32(b[4:])); len(dir) >= 12; dir = dir[12:] {
		if order.Uint16(dir) == 0x8825 {
			for g := entries(order.Uint32(dir[8:])); len(g) >= 12; g = g[12:] {
				if tag := order.Uint16(g); tag == 2 || tag == 4 { // latitude, longitude
					return true
				}
			}
		}
	}
	return false
}
