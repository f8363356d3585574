package extract

import (
	"archive/zip"
	"bytes"
	"errors"
	"path"
	"strings"
	"unicode/utf16"

	"gongbao/internal/sheet"
	"gongbao/internal/zh"
)

// Read reads a file of any format, told by its bytes; name serves only where
// these do not decide (.csv, .md), and is compared with them: a file that lies
// has the Problem Mislabelled. An error is a *Problem. The Detail of
// Unsupported is the usual ending of the format: doc, wps, xls, ppt, ofd, rtf,
// zip, rar.
func Read(name string, b []byte, o Options) (*Document, error) {
	ext := strings.ToLower(path.Ext(strings.ReplaceAll(name, "\\", "/")))
	kind := sniff(ext, b)
	d, err := readAs(kind, b, o)
	if err != nil {
		if _, ok := errors.AsType[*Problem](err); !ok {
			err = &Problem{Kind: Broken, Detail: err.Error()}
		}
		return nil, err
	}
	if kinds, ok := endings[ext]; ok && !strings.Contains(kinds, kind) {
		d.Problems = append([]Problem{{Kind: Mislabelled, Detail: kind}}, d.Problems...)
	}
	return d, nil
}

// endings are the kinds that files with an ending hold.
var endings = map[string]string{
	".docx": "docx", ".docm": "docx", ".dotx": "docx", ".doc": "doc", ".wps": "wps", ".wpt": "wps", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls",
	".csv": "csv", ".tsv": "csv", ".pdf": "pdf", ".htm": "html", ".html": "html", ".shtml": "html", ".aspx": "html", ".jsp": "html",
	".mht": "mht", ".mhtml": "mht", ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".ofd": "ofd", ".rtf": "rtf", ".ppt": "ppt", ".pptx": "pptx",
}

func readAs(kind string, b []byte, o Options) (*Document, error) {
	switch kind {
	case "docx":
		return readWord(b, o)
	case "pdf":
		return readPDF(b, o)
	case "html":
		return readWeb(b, o)
	case "mht":
		return readMIME(b, o)
	case "xlsx", "csv":
		return readSheets(kind, b)
	case "txt", "md":
		return readText(b, kind == "md", o)
	case "picture":
		return nil, &Problem{Kind: Scanned, Detail: "picture"}
	case "encrypted":
		return nil, &Problem{Kind: Encrypted}
	case "broken", "empty":
		return nil, &Problem{Kind: Broken, Detail: kind}
	}
	return nil, &Problem{Kind: Unsupported, Detail: kind}
}

// magic are the first bytes of formats that they tell.
var magic = []struct{ head, kind string }{
	{"%PDF", "pdf"}, {"{\\rtf", "rtf"}, {"Rar!", "rar"}, {"7z\xBC\xAF", "7z"}, {"\x1F\x8B", "gz"},
	{"\x89PNG", "picture"}, {"\xFF\xD8\xFF", "picture"}, {"GIF8", "picture"}, {"BM", "bmp"}, {"II*\x00", "picture"}, {"MM\x00*", "picture"},
}

// sniff tells the format of a file.
func sniff(ext string, b []byte) string {
	for _, m := range magic {
		if bytes.HasPrefix(b, []byte(m.head)) {
			if m.kind == "bmp" {
				if len(b) < 16 || bytes.IndexByte(b[:16], 0) < 0 {
					continue // text
				}
				return "picture"
			}
			return m.kind
		}
	}
	switch {
	case len(bytes.TrimSpace(b)) == 0:
		return "empty"
	case bytes.HasPrefix(b, []byte("PK\x03\x04")), bytes.HasPrefix(b, []byte("PK\x05\x06")):
		return sniffZip(b)
	case bytes.HasPrefix(b, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return sniffOLE(ext, b)
	case bytes.Contains(b[:min(len(b), 1024)], []byte("%PDF-")) && bytes.IndexByte(b[:min(len(b), 1024)], '<') < 0:
		return "pdf" // behind bytes of a transfer
	case isMIME(b):
		return "mht"
	case isPage(ext, b):
		return "html"
	case ext == ".csv" || ext == ".tsv":
		return "csv"
	case ext == ".md" || ext == ".markdown":
		return "md"
	}
	return "txt"
}

func sniffZip(b []byte) string {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		// A truncated archive has no directory; the names of its parts still stand in it.
		if bytes.Contains(b, []byte("word/document.xml")) {
			return "docx"
		}
		return "broken"
	}
	for _, f := range z.File {
		switch name := strings.TrimPrefix(f.Name, "/"); {
		case strings.HasPrefix(name, "word/"):
			return "docx"
		case strings.HasPrefix(name, "xl/"):
			return "xlsx"
		case strings.HasPrefix(name, "ppt/"):
			return "pptx"
		case name == "OFD.xml":
			return "ofd"
		case name == "content.xml":
			return "odt"
		}
	}
	return "zip"
}

// sniffOLE tells the old formats of office programs by the streams of their
// directory, whose names are UTF-16.
func sniffOLE(ext string, b []byte) string {
	has := func(name string) bool {
		var w []byte
		for _, u := range utf16.Encode([]rune(name + "\x00")) {
			w = append(w, byte(u), byte(u>>8))
		}
		return bytes.Contains(b, w)
	}
	switch {
	case has("EncryptedPackage"):
		return "encrypted"
	case has("WordDocument"):
		if ext == ".wps" || ext == ".wpt" {
			return "wps"
		}
		return "doc"
	case has("Workbook"), has("Book"):
		return "xls"
	case has("PowerPoint Document"):
		return "ppt"
	}
	return "ole"
}

var (
	pageTags  = []string{"<!doctype html", "<html", "<head>", "<body", "<meta ", "<title>"}
	blockTags = []string{"<p>", "<p ", "</p>", "<br", "<div", "</div>", "<td", "<tr", "<span", "<table", "<font", "<a "}
)

// isPage reports whether a file is a web page, also a piece of one without
// head. Markdown may hold tags and stays what its name says.
func isPage(ext string, b []byte) bool {
	b = b[:min(len(b), 64<<10)]
	if bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF")) {
		b, _, _ = zh.Decode(b)
	}
	low := bytes.ToLower(b)
	for _, t := range pageTags[:2] {
		if i := bytes.Index(low, []byte(t)); i >= 0 && i < 4096 {
			return true
		}
	}
	if ext == ".md" || ext == ".markdown" {
		return false
	}
	for _, t := range pageTags[2:] {
		if i := bytes.Index(low, []byte(t)); i >= 0 && i < 1024 {
			return true
		}
	}
	count := 0
	for _, t := range blockTags {
		count += bytes.Count(low, []byte(t))
	}
	return count >= 6 || count >= 1 && strings.HasPrefix(ext, ".htm")
}

// readSheets reads the tables of a workbook or a CSV file, each under the name
// of its sheet where there are several.
func readSheets(kind string, b []byte) (*Document, error) {
	tables, err := sheets(b)
	switch {
	case errors.Is(err, sheet.ErrLarge):
		return nil, &Problem{Kind: Large}
	case err != nil:
		return nil, &Problem{Kind: Broken, Detail: err.Error()}
	}
	d := &Document{Format: Format(kind)}
	for i, t := range tables {
		if len(tables) > 1 && t.Above != "" {
			d.Blocks = append(d.Blocks, Block{Kind: Heading, Level: 1, Runs: []Run{{Text: t.Above}}, Line: i + 1})
		}
		rows := make([][]Cell, len(t.Rows))
		for k, row := range t.Rows {
			rows[k] = make([]Cell, len(row))
			for j, v := range row {
				rows[k][j] = Cell{Runs: []Run{{Text: v}}}
			}
		}
		d.Blocks = append(d.Blocks, Block{Kind: TableBlock, Rows: rows, Line: i + 1})
	}
	return d, nil
}
