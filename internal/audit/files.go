package audit

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"gongbao/internal/extract"
	"gongbao/internal/zh"
)

// headSize is how much of a file tells what it is.
const headSize = 64 << 10

const ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// heads are the first bytes of the formats whose files begin alike. RIFF and the
// boxes of MP4 have their sign behind.
var heads = map[string][]string{
	".pdf": {"%PDF-"}, ".png": {"\x89PNG\r\n\x1a\n"}, ".jpg": {"\xFF\xD8\xFF"}, ".jpeg": {"\xFF\xD8\xFF"}, ".gif": {"GIF87a", "GIF89a"},
	".bmp": {"BM"}, ".webp": {"RIFF"}, ".tif": {"II*\x00", "MM\x00*"}, ".tiff": {"II*\x00", "MM\x00*"},
	".doc": {ole}, ".xls": {ole}, ".ppt": {ole}, ".wps": {ole, "PK\x03\x04"}, ".et": {ole, "PK\x03\x04"}, ".dps": {ole, "PK\x03\x04"}, ".rtf": {"{\\rtf"},
	".rar": {"Rar!\x1a\x07"}, ".7z": {"7z\xBC\xAF\x27\x1C"}, ".mp3": {"ID3", "\xFF\xFB", "\xFF\xF3", "\xFF\xF2"}, ".wav": {"RIFF"},
}

// parts are what must stand in a file that is a zip archive; "" for any.
var parts = map[string]string{".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/", ".ofd": "OFD.xml", ".zip": ""}

// plainTexts are formats that must be text which can be read.
var plainTexts = map[string]bool{".txt": true, ".csv": true, ".md": true}

var pages = map[string]bool{".html": true, ".htm": true, ".shtml": true}

// known reports whether the ending of a file says what it is.
func known(p string) bool {
	ext := strings.ToLower(path.Ext(p))
	_, zipped := parts[ext]
	return heads[ext] != nil || zipped || plainTexts[ext] || pages[ext] || ext == ".mp4" || ext == ".m4a"
}

// attachment holds what is in a file against its name (audit-attachment).
func (a *auditor) attachment(p string) error {
	f, err := a.in.Output.Open(p)
	if err != nil {
		return fmt.Errorf("audit the output: %w", err)
	}
	defer f.Close()
	head := make([]byte, headSize)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && err != io.EOF {
		return fmt.Errorf("audit the output: %w", err)
	}
	head = head[:n]
	if n == 0 {
		a.add("audit-attachment-empty", a.file(p), a.entryOf(p))
		return nil
	}
	ext := strings.ToLower(path.Ext(p))
	fits, err := a.fits(f, p, ext, head)
	if err != nil || fits {
		return err
	}
	a.add("audit-attachment", a.file(p), a.entryOf(p), strings.TrimPrefix(ext, "."), extract.Sniff(p, head))
	return nil
}

func (a *auditor) fits(f fs.File, p, ext string, head []byte) (bool, error) {
	part, zipped := parts[ext]
	switch {
	case ext == ".pdf":
		return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")), nil // readers look that far
	case zipped:
		return hasPart(f, head, part)
	case plainTexts[ext]:
		return isText(head), nil
	case pages[ext]:
		return isText(head) && extract.Sniff(p, head) == "html", nil
	case ext == ".mp4" || ext == ".m4a":
		return len(head) > 12 && string(head[4:8]) == "ftyp", nil
	case ext == ".webp":
		return len(head) > 12 && bytes.HasPrefix(head, []byte("RIFF")) && string(head[8:12]) == "WEBP", nil
	}
	for _, h := range heads[ext] {
		if bytes.HasPrefix(head, []byte(h)) {
			return true, nil
		}
	}
	return false, nil
}

// hasPart reports whether a zip archive can be opened and has a part whose name
// begins so. A file that can be read at any place is not read as a whole.
func hasPart(f fs.File, head []byte, part string) (bool, error) {
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) && !bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return false, nil
	}
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	r, ok := f.(io.ReaderAt)
	if !ok {
		rest, err := io.ReadAll(f)
		if err != nil {
			return false, err
		}
		r = bytes.NewReader(append(bytes.Clone(head), rest...))
	}
	z, err := zip.NewReader(r, info.Size())
	if err != nil {
		return false, nil
	}
	for _, x := range z.File {
		if strings.HasPrefix(strings.TrimPrefix(x.Name, "/"), part) {
			return true, nil
		}
	}
	return part == "", nil
}

// isText reports whether the beginning of a file can be read as text. The last
// character may be cut.
func isText(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")) {
		return true // UTF-16
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	if len(head) == headSize {
		head = head[:len(head)-utf8.UTFMax]
		for len(head) > 0 && head[len(head)-1] >= utf8.RuneSelf {
			head = head[:len(head)-1]
		}
	}
	_, _, bad := zh.Decode(head)
	return bad < 0
}
