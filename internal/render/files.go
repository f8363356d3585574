package render

import (
	"path"
	"strconv"
	"strings"
)

// A Format is a form in which a document stands beside its page.
type Format struct {
	Name  string // in [data] formats
	File  string
	Media string // media type
}

// The forms of documents.
var (
	JSON       = Format{"json", "index.json", "application/json"}
	AkomaNtoso = Format{"akn", "index.akn.xml", "application/akn+xml"}
	Markdown   = Format{"md", "index.md", "text/markdown"}
	PlainText  = Format{"txt", "index.txt", "text/plain"}
)

// EPUB is the form of an issue for readers of books.
var EPUB = Format{"epub", "issue.epub", "application/epub+zip"}

// IssuePDF is the public print of an issue beside its page.
const IssuePDF = "issue.pdf"

// PDFFile is the public print of a document beside its page.
const PDFFile = "document.pdf"

// The files of the whole gazette for programs.
const (
	DataCSV    = "data/documents.csv"        // the catalogue
	DataSheet  = "data/documents.xlsx"       // the catalogue for people
	DataSQLite = "data/documents.sqlite"     // the catalogue with its relations
	DataSchema = "data/document.schema.json" // what index.json holds
	DataWords  = "data/dictionary.csv"       // what its fields mean
	DataIndex  = "data/index.json"           // of all these, with their hashes

	DataIssues  = "data/issues.ndjson" // index.json of every issue, one a line
	DataGazette = "data/gazette.json"  // who publishes, and the registers
)

// ChangesFolder is where the change log stands.
const ChangesFolder = "changes/"

// ChangesHead says how far the change log goes and where its lines stand.
const ChangesHead = ChangesFolder + "head.json"

// ChangesMonth is the file of the change log for what was recorded at a time
// (RFC 3339).
func ChangesMonth(at string) string {
	year, rest, _ := strings.Cut(at, "-")
	month, _, _ := strings.Cut(rest, "-")
	if len(year) != 4 || len(month) != 2 || strings.Trim(year+month, "0123456789") != "" {
		return ChangesFolder + "undated.ndjson"
	}
	return ChangesFolder + year + "/" + month + ".ndjson"
}

// Formats are all forms, in the order in which pages show them.
func Formats() []Format { return []Format{JSON, AkomaNtoso, Markdown, PlainText} }

// DataYear is the file of the documents of a year, by the day on which lists order
// them: index.json of each, one a line. Year 0 is of those without a day.
func DataYear(year int) string {
	if year == 0 {
		return "data/documents/undated.ndjson"
	}
	return "data/documents/" + strconv.Itoa(year) + ".ndjson"
}

// mediaTypes are those that all systems agree on; what the system knows besides
// would differ from machine to machine.
var mediaTypes = map[string]string{
	".xml": "application/xml", ".md": "text/markdown", ".txt": "text/plain", ".pdf": "application/pdf", ".json": "application/json",
	".csv": "text/csv", ".epub": EPUB.Media, ".ndjson": "application/x-ndjson", ".sqlite": "application/vnd.sqlite3", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".svg": "image/svg+xml", ".webp": "image/webp",
	".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".zip": "application/zip", ".ofd": "application/ofd", ".wps": "application/vnd.ms-works",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".mp3":  "audio/mpeg", ".mp4": "video/mp4", ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".webmanifest": "application/manifest+json",
}

// MediaType is the media type of a file by its name.
func MediaType(name string) string {
	if strings.HasSuffix(name, ".akn.xml") {
		return "application/akn+xml"
	}
	if t, ok := mediaTypes[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}
