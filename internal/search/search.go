// Package search is the search of a published site: the files under search/
// that a reader's browser looks things up in, and a reader of them in Go, which
// measures and audits what the browser's client (layouts/assets/search.js) does
// in the same way. Nothing runs on the server.
//
// # Files
//
// Documents have numbers, in the order of catalog.Searchable: those of closed
// years come first and keep theirs. All files but the page are sealed by a sum
// (gram.Seal, gram.Params), so that a damaged file is noticed.
//
//	search/index.html             the page; holds Config as JSON
//	search/archive/body/HH/LL.bin  grams of the texts of closed years (package gram)
//	search/archive/meta/HH/LL.bin  what results show of them: Config.Meta documents a file, one a line
//	search/recent/body/HH/LL.bin   grams of the texts since
//	search/recent/meta/HH/LL.bin   what results show of those
//	search/recent/heads/HH/LL.bin  grams of titles and numbers of all documents
//	search/recent/exact/HH/LL.bin  lookups of whole numbers and titles, one a line
//	search/recent/state.bin        force of all documents, and what is known to come
//	search/recent/issues/YYYY.bin  what each issue of a year printed
//	search/recent/facets/NAME.bin  the documents of each value of a facet; of the year only those
//	                              that are of another year than that in which they came out;
//	                              gazette only where a site shows others
//	search/hant.bin               lines: a simplified character, and the traditional ones it stands for
//
// A file number is two bytes, HH and LL, in hexadecimal. What is under archive/ is a
// function of its documents only: a new document leaves it alone, and so does a
// change of status. Of recent/ it changes what holds it.
//
// meta, exact, issues and hant are lines, compressed (zlib, RFC 1950) because servers do
// not compress what they do not know, and a page of results needs several. A line ends
// in U+000A; fields are parted by U+0009. A file of meta begins with a line of the issuers
// in it; then comes one for each document: title, number, address without documents/
// before and the stroke behind (other addresses begin with a stroke), place of the
// issuers in their line, day as eight digits, and type ("" for a document); what is
// empty at the end is left out. A line of exact is key, series (a stream), document, then
// for numbers title, number, address, issuers, day, type in full. Keys are 2023-36 for
// a number and t with the eight hexadecimal digits of FNV-1a over UTF-8 for the
// stream of a title. A line of issues is issue number, address, title, and
// document:first:last page for each document, parted by spaces.
//
// state.bin and the facets are
//
//	n uvarint | names uvarint | names times: length uvarint, name, df uvarint, list (gram.AppendList over n)
//
// and state.bin begins with Config.Build as a uvarint, so that a page of another build is
// noticed, and goes on with the changes that are known
//
//	documents uvarint | times: gap uvarint | steps uvarint | times: last day before it uvarint, index of name uvarint
//
// where a day is counted from 2000-01-01.
//
// # A lookup
//
// All readings of a query (package query) are looked up at once, in three
// rounds: the heads of files (gram.Params.Head, read by Range; a server that sends
// the whole file does no harm), the pages of lists that were not in them, and
// the meta of what is shown. Body hits that a list does not prove are candidates
// until the text of the page itself has been read.
package search

import (
	"encoding/json"
	"fmt"
	"math/bits"

	"gongbao/internal/gram"
)

// Version is that of the format. Raise it with every change.
const Version = 1

// A Config is what a reader must know before it reads.
type Config struct {
	V       int         `json:"v"`
	Build   uint32      `json:"build"`   // of the documents and their numbers
	N       int         `json:"n"`       // documents
	A       int         `json:"a"`       // those of closed years, numbers 0 to A-1
	Archive gram.Params `json:"archive"` // grams of 0 to A-1
	Recent  gram.Params `json:"recent"`  // grams of A to N-1, counted from 0
	Heads   gram.Params `json:"heads"`   // grams of titles and numbers of all
	Exact   int         `json:"exact"`   // files of exact lookups
	Meta    int         `json:"meta"`    // documents in a file of meta
	Years   [][2]int    `json:"years"`   // year, the first document that came out in it; ascending
	Issues  []int       `json:"issues"`  // years with issues
	Facets  []string    `json:"facets"`  // in the order in which they are shown; issuer is the fourth
}

// JSON is the config as the page holds it.
func (c Config) JSON() string {
	b, err := json.Marshal(c)
	if err != nil {
		panic("search: config is plain data: " + err.Error())
	}
	return string(b)
}

// Year is the year in which a document came out; 0 if not known.
func (c Config) Year(doc int) int {
	year := 0
	for _, y := range c.Years {
		if y[1] > doc {
			break
		}
		year = y[0]
	}
	return year
}

// How an index is cut, by its size (measured, see internal/README.md).
const (
	unitsPerFile = 3400 // of a file of grams that is about 4 KB
	maxArchive   = 5120
	maxRecent    = 768
	maxHeads     = 768
	maxExact     = 2048
	smallHead    = 8192 // nine of ten small files whole
	largeHead    = 2048 // of large files the directory and some pages: most of a file is of no use
	recentHead   = 4096
	depth        = 6
	headDepth    = 6
	headRare     = 8
	minRare      = 64
	maxRare      = 256
)

// bodyParams are those of the grams of docs texts with about units units in all.
func bodyParams(docs, units, maxFiles int, stamp uint32) gram.Params {
	p := gram.Params{
		Universe: max(docs, 1), Shards: max(1, min(coarse(units/unitsPerFile), maxFiles)),
		Rare: max(minRare, min(power(docs/20), maxRare)), Depth: depth, Head: smallHead, Stamp: stamp,
	}
	if units/p.Shards > 2*unitsPerFile {
		p.Head = largeHead
	}
	return p
}

// ArchiveParams are those of the texts of closed years.
func ArchiveParams(docs, units int, stamp uint32) gram.Params {
	return bodyParams(docs, units, maxArchive, stamp)
}

// RecentParams are those of the texts since.
func RecentParams(docs, units int, stamp uint32) gram.Params {
	p := bodyParams(docs, units, maxRecent, stamp)
	p.Head = recentHead
	// All of it changes with every new document: a year of a small site is precise,
	// one of a large site is kept lean.
	p.Rare = max(16, power(docs/4))
	if docs > 500 {
		p.Rare, p.Depth = min(power(docs/2), 512), 3
	}
	return p
}

// HeadParams are those of titles and numbers. They stay while the number of
// documents does not double, so that a new one leaves most files alone.
func HeadParams(docs int) gram.Params {
	u := power(max(docs, 16))
	return gram.Params{Universe: u, Shards: max(1, min(u/64, maxHeads)), Rare: headRare, Depth: headDepth, Head: recentHead, Stamp: Version}
}

// ExactFiles is the number of files of exact lookups.
func ExactFiles(docs int) int { return max(1, min(power(docs)/16, maxExact)) }

// MetaDocs is the number of documents in a file of meta.
func MetaDocs(docs int) int {
	switch {
	case docs < 4096: // ten results lie in few files
		return 128
	case docs < 16384:
		return 64
	}
	return 32
}

// coarse is n without its small digits, so that texts that grow a little leave
// the number of files alone.
func coarse(n int) int {
	low := max(bits.Len(uint(n))-4, 0)
	return n >> low << low
}

// power is the smallest power of two that is not less than n.
func power(n int) int {
	p := 1
	for p < n {
		p *= 2
	}
	return p
}

// Folders of the site.
const (
	Folder  = "search/"
	Archive = Folder + "archive/"
	Recent  = Folder + "recent/"
	State   = Recent + "state.bin"
)

// File is the path of a numbered file.
func File(folder string, n int) string {
	return fmt.Sprintf("%s%02x/%02x.bin", folder, n>>8, n&0xFF)
}

// MetaFile is the path of the file with a document's line of meta, and the line.
func (c Config) MetaFile(doc int) (path string, line int) {
	if doc < c.A {
		return File(Archive+"meta/", doc/c.Meta), doc % c.Meta
	}
	doc -= c.A
	return File(Recent+"meta/", doc/c.Meta), doc % c.Meta
}

// hash spreads keys over files: FNV-1a.
func hash(key string) uint32 { return gram.Sum(0, []byte(key)) }

// ExactFile is the number of the file that holds an exact key. files is a power
// of two.
func ExactFile(key string, files int) int {
	h := hash(key)
	return int(h^h>>15) & (files - 1)
}

// TitleKey is the exact key of a title's stream.
func TitleKey(stream string) string { return fmt.Sprintf("t%08x", hash(stream)) }
