// Package render is the contract of everything that is written into the site.
//
// A Unit is one output file. Its key is the hash of its view, a plain struct in
// which everything is decided and in which bodies stand as hashes. A unit with
// an unchanged key is neither rendered nor written; there is no dependency
// tracking (design §5). The many units of single documents also have Inputs, by
// which most of their views need not even be made.
package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/markup"
)

// A Key is the hash of a unit's view.
type Key [sha256.Size]byte

// A Loader gives a rendering unit the bytes it needs, and nothing else.
type Loader interface {
	// Fragment returns the HTML of a content file's body.
	Fragment(contentPath string) (*markup.Fragment, error)
	// Text returns the body of a content file and its tree. Both count until Text
	// is asked for another file.
	Text(contentPath string) (*Text, error)
	// File returns a file of content/ or layouts/ as it is, by its path from
	// the site's root.
	File(path string) ([]byte, error)
	// Buffer returns an empty buffer for the unit's output. What it holds, and
	// what Fragment returned, counts until the Loader is given to another unit.
	Buffer() *bytes.Buffer
}

// A Text is the body of a content file as it was written, and its tree.
type Text struct {
	Path string // in content/
	Body []byte
	Line int // of the body's first line in the file
	Tree *markup.Tree
}

// An Output is a rendered unit.
type Output struct {
	Bytes []byte
	Facts Facts
}

// Facts are what units of a later wave say about a file: they are kept in the
// manifest, so that a file need not be made again to be spoken of.
type Facts struct {
	Pages int // of a PDF
	Size  int // in bytes
	Sum   Sum // of the bytes
}

// A Sum is the SHA-256 of a file.
type Sum [sha256.Size]byte

// SumOf returns the sum of a file's bytes.
func SumOf(b []byte) Sum { return sha256.Sum256(b) }

// String writes a sum in hexadecimal.
func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// Short is the beginning of a sum in hexadecimal: enough to tell one file from its
// next version, and short in lists of thousands.
func (s Sum) Short() string { return hex.EncodeToString(s[:6]) }

// With returns the facts with what can be read off the bytes.
func (f Facts) With(b []byte) Facts {
	f.Size, f.Sum = len(b), SumOf(b)
	return f
}

// Options are what the forms of entries depend on besides the catalog.
type Options struct {
	Version string
	Content func(contentPath string) digest.Hash // of a content file
	Inputs  func(e *catalog.Entry) catalog.Print // see Unit; may be nil
}

// A Pack is what a reader can take along in one go: an issue, or a list of
// documents. Paths are those of units of earlier waves.
type Pack struct {
	Path  string // of its own file
	Page  string // the page that offers it
	Title string
	Count int             // documents
	Pages func() []string // pages and the pictures in them
	Extra func() []string // attachments and PDFs
}

// A Unit is one output file. Waves run one after the other: 1 for what others
// hold facts of, 2 for pages, 3 for what lists the pages.
type Unit struct {
	Path string // in the site, with slashes
	Wave int
	// Follows says that the unit speaks of those before it in the list and in its
	// wave: they are rendered first, and by the same Loader.
	Follows bool
	// Inputs is a fingerprint of more than the view is made of: where it is what
	// it was the key is, too, and the view need not be made to know. nil, or the
	// zero Print, where there is none. Pure, may be called from any goroutine.
	Inputs func() catalog.Print
	Key    func() Key // pure, may be called from any goroutine
	// Stays reports whether the file that stands in the output under another key
	// has the bytes that Render would make; nil where nobody knows. It is asked
	// before Render.
	Stays  func(key Key) bool
	Render func(Loader) (Output, []diag.Finding)
	// Make is Key and Render out of one view, for where nothing stands that the
	// key would be compared with; nil where it saves nothing.
	Make func(Loader) (Key, Output, []diag.Finding)
}

// IconFile is the icon of a site whose emblem is no drawing.
const IconFile = "assets/icon-192.png"

// Icon is the file that browsers show for a site: its emblem where that is a
// drawing (SVG), good at every size, else IconFile.
func Icon(emblem string) string {
	if strings.EqualFold(path.Ext(emblem), ".svg") {
		return "assets/" + path.Base(emblem)
	}
	return IconFile
}
