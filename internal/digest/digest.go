// Package digest makes the digest of one content file: all that anyone but a
// renderer needs of it. A digest depends on the file's bytes and the tool's
// version, nothing else; Encode and Decode keep it on disk, so that a file that
// did not change is not read again.
//
// The HTML of the body is the digest's companion, not its part: the catalog
// holds digests, and its memory must not grow with text.
package digest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongbao/internal/diag"
	"gongbao/internal/effect"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/scan"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// Version is part of the key of every stored digest: raise it whenever what a
// digest or a fragment holds changes.
const Version = 59

// A Digest is what the catalog knows of one content file. It is immutable, but
// for Release.
type Digest struct {
	Path    string // in content/
	Type    gazette.Type
	Bundle  bool
	Front   bool // there was front matter
	Outline bool
	HasBody bool

	// Never nil. Exactly the part that Type names is filled; the others are
	// shared and empty, because a document has no use for their memory.
	Document *gazette.Document
	Article  *gazette.Article
	Issue    *gazette.Issue

	Folded   string // zh.Fold of the title
	Inner    string // zh.Fold of the title of what the document prints; "" where it prints nothing
	Number   gazette.Number
	Speaks   bool // the text says what is to become of other documents
	Answers  bool // the document is a reply (gazette.Document.Answered)
	Links    []markup.ContentLink
	Files    []markup.FileRef
	Size     int          // runes of the body's text
	Articles int          // 条 of the text itself, without annexes
	TextDate gazette.Date // of this text of the work: the newest date of its 题注
	TextHash Hash         // of title and text, white space folded: what silent-edit compares
	BodyHash Hash         // of the fragment: what the key of a page holds
	Face     [16]byte     // of what others show of the file: all but its text
	Ties     [16]byte     // of that and of what Resolve reads of the text
	Width    int          // of a picture beside a text, in pixels; 0 where it is none or not known
	Height   int
	Findings []diag.Finding

	numberKey string
	printed   []string // of an issue: TargetKey of the documents that it lists, in their order
	bare      bool     // see Bare
	detail    string   // a detail in its stored form
	reading   string   // an effect.Reading in its stored form, a third of its size; "" for none
	withdrawn *Digest  // see Withdrawn; nil of what never will be
}

// The empty parts that digests of other types share.
var (
	noDocument = &gazette.Document{}
	noArticle  = &gazette.Article{}
	noIssue    = &gazette.Issue{}
)

// The words that digests share.
var (
	types   = gazette.Types()
	classes = gazette.Classes()
)

// A Hash is a SHA-256 sum.
type Hash [sha256.Size]byte

// String returns the sum in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Start returns the file as a place.
func (d *Digest) Start() diag.Pos { return diag.Pos{File: source.Name(d.Path), Line: 1, Col: 1} }

// Place returns a place of the body as one of the file.
func (d *Digest) Place(p markup.Place) diag.Pos { return p.In(source.Name(d.Path)) }

// Quoted returns the place of a sentence that was read out of the text; col is
// 0 where it is not known.
func (d *Digest) Quoted(line, col int) diag.Pos {
	return diag.Pos{File: source.Name(d.Path), Line: line, Col: col}
}

// Title returns the title, whatever the type.
func (d *Digest) Title() string {
	switch d.Type {
	case gazette.TypeDocument:
		return d.Document.Title
	case gazette.TypeIssue:
		return d.Issue.Title
	}
	return d.Article.Title
}

// Published returns when the file was put online, zero where it does not say.
func (d *Digest) Published() gazette.DateTime {
	switch d.Type {
	case gazette.TypeDocument:
		return d.Document.Published
	case gazette.TypeIssue:
		return gazette.DateTime{Date: d.Issue.Date}
	}
	return d.Article.Published
}

// Draft reports whether the file is a draft.
func (d *Digest) Draft() bool { return d.Document.Draft || d.Article.Draft || d.Issue.Draft }

// Aliases returns the old addresses of the file.
func (d *Digest) Aliases() []string {
	switch d.Type {
	case gazette.TypeDocument:
		return d.Document.Aliases
	case gazette.TypeIssue:
		return d.Issue.Aliases
	}
	return d.Article.Aliases
}

// Attachments returns the files that the front matter names.
func (d *Digest) Attachments() []gazette.Attachment {
	if d.Type == gazette.TypeDocument {
		return d.Document.Attachments
	}
	return d.Article.Attachments
}

// NumberKey returns Number.Key().
func (d *Digest) NumberKey() string {
	if d.numberKey == "" { // of a digest that was made by hand
		return d.Number.Key()
	}
	return d.numberKey
}

// TargetKey returns the key of the number by which front matter names a document;
// "" where it names it otherwise.
func TargetKey(target string) string {
	n, _ := gazette.ParseNumber(TargetName(target))
	return n.Key()
}

// TargetName returns the name of a document as front matter gives it, without
// what may stand before a path.
func TargetName(target string) string {
	return strings.TrimPrefix(strings.TrimSpace(target), "content/")
}

// PrintedKey returns TargetKey of name, the n-th of all documents that an issue
// lists.
func (d *Digest) PrintedKey(n int, name string) string {
	if n >= len(d.printed) { // of a digest that was made by hand
		return TargetKey(name)
	}
	return d.printed[n]
}

// Bare reports whether a file has no old addresses, names no other file, and other
// documents only where its text mentions them, like most.
func (d *Digest) Bare() bool { return d.bare }

func (d *Digest) isBare() bool {
	return len(d.Aliases())+len(d.Attachments())+len(d.Files)+len(d.Links)+len(d.Document.Relations)+len(d.Article.About) == 0 &&
		d.Article.Feedback == "" && d.Issue.PDF == ""
}

// Ignores reports whether the file silences a rule.
func (d *Digest) Ignores(rule string) bool {
	for _, list := range [][]string{d.Document.Ignore, d.Article.Ignore, d.Issue.Ignore} {
		for _, r := range list {
			if r == rule {
				return true
			}
		}
	}
	return false
}

// New reads a content file into its digest and the fragment of its body. Of raw
// nothing is kept; the fragment holds as long as p says of its trees.
func New(p *markup.Parser, path string, raw []byte) (*Digest, *markup.Fragment) {
	if source.TypeOf(path) == "" {
		return attachment(path, raw), &markup.Fragment{}
	}
	f := source.Read(path, raw)
	d := &Digest{
		Path: f.Path, Type: f.Type, Bundle: f.Bundle, Front: f.Front,
		Document: &f.Document, Article: &f.Article, Issue: &f.Issue,
		Findings: f.Findings,
	}
	if f.Text == nil { // a file that is too large is looked at all the same
		f.Text, _, _ = zh.Decode(raw)
	}
	text := string(f.Text)
	body := ""
	if bytes.HasSuffix(f.Text, f.Body) {
		body = text[len(text)-len(f.Body):]
	}
	tree := p.Parse(f.Body, markup.Options{
		File: source.Name(path), FirstLine: f.BodyLine, Text: body,
		Official: f.Type == gazette.TypeDocument, Title: f.Document.Title,
	})
	var said effect.Reading
	if f.Type == gazette.TypeDocument {
		complete(d, f, tree)
		d.TextDate = source.TextDate(tree)
		said = effect.Read(tree, d.Document.Title)
		said.Locate(f.Body, f.BodyLine)
		d.Articles = tree.Articles()
		_, d.Answers = d.Document.Answered()
	}
	d.detail = (&detail{packAnchors(tree), refs(tree.Refs), positions(f)}).pack()
	d.reading, d.Speaks = packReading(d.anchored(&said)), speaks(said)
	d.Findings = append(d.Findings, tree.Findings...)
	d.screen(scan.Report{Hits: scan.Decoded(text)})
	d.Links, d.Files = tree.Links, tree.Files
	fragment := tree.HTML(2)
	d.HasBody = len(fragment.HTML) > 0
	d.Outline = len(fragment.Outline) > 0
	if d.Type == gazette.TypeDocument && !d.HasBody && !d.Document.TextNone && d.Document.Withdrawn.Date.IsZero() && len(f.Findings) == 0 {
		d.Findings = append(d.Findings, diag.New("body-empty", d.Start()))
	}
	d.Folded, d.Inner = zh.Fold(d.Title()), zh.Fold(markup.InnerTitle(d.Document.Title))
	d.Number, _ = gazette.ParseNumber(d.Document.Number)
	d.numberKey = d.Number.Key()
	for _, s := range d.Issue.Sections {
		for _, x := range s.Documents {
			d.printed = append(d.printed, TargetKey(x.Document))
		}
	}
	d.hash(tree, &fragment)
	d.face()
	d.ties(said)
	d.compact()
	d.withdraw()
	return d, &fragment
}

// complete fills what the front matter leaves out and the text or title says.
func complete(d *Digest, f *source.File, tree *markup.Tree) {
	doc := d.Document
	if !f.Front && len(f.Body) > 0 {
		got := source.Derive(tree)
		*doc = got.Document
		for _, key := range []string{"title", "number", "issuers", "signed", "disclosure"} {
			if e, ok := got.Evidence[key]; ok {
				d.Findings = append(d.Findings, diag.New("derived", f.TextPos(e.Line, e.Text), key, e.Text))
			}
		}
		if doc.Title == "" {
			d.Findings = append(d.Findings, diag.New("derived-missing", d.Start(), "title", "title"))
		}
	}
	kind, form := source.KindAndForm(doc.Title)
	if doc.Kind == "" && doc.Class != gazette.Statute {
		doc.Kind = kind
	}
	if doc.Form == "" {
		doc.Form = form
	}
	if doc.Disclosure == "" && f.Front {
		doc.Disclosure = source.Derive(tree).Document.Disclosure
	}
}

func (d *Digest) hash(tree *markup.Tree, fragment *markup.Fragment) {
	text := sha256.New()
	text.Write([]byte(d.Title() + "\n"))
	var buf []byte
	tree.Walk(func(b *markup.Block) {
		var n int
		buf, n = appendFolded(buf[:0], b.PlainText())
		d.Size += n
		text.Write(buf)
	})
	text.Sum(d.TextHash[:0])
	h := sha256.New()
	h.Write(fragment.HTML)
	h.Write([]byte{0})
	h.Write(fragment.Outline)
	buf = buf[:0]
	for _, s := range fragment.Slots {
		for _, n := range []int{s.Start, s.End, s.Index} {
			buf = append(strconv.AppendInt(buf, int64(n), 10), ' ')
		}
		buf = append(strconv.AppendBool(buf, s.Link), '\n')
	}
	h.Write(buf)
	h.Sum(d.BodyHash[:0])
}

// face sums up what others show of a file.
func (d *Digest) face() {
	own := *d
	own.TextHash, own.BodyHash, own.Size, own.Articles = Hash{}, Hash{}, 0, 0
	own.Links, own.Files, own.Findings = nil, nil, nil
	c := &codec{}
	own.code(c)
	h := sha256.Sum256(c.buf)
	copy(d.Face[:], h[:])
}

// ties sums up what Resolve reads of a file: what it says of other documents,
// of its force and of its own parts, wherever in the text that stands.
func (d *Digest) ties(said effect.Reading) {
	c := &codec{}
	c.fixed(d.Face[:])
	c.uint(&d.Articles)
	for _, l := range d.Links {
		str(c, &l.Dest)
	}
	for _, f := range d.Files {
		str(c, &f.Path)
		c.bool(&f.Image)
	}
	own := unpack(d.detail)
	own.Positions = nil
	own.code(c)
	said = unplaced(said)
	codeReading(c, &said)
	h := sha256.Sum256(c.buf)
	copy(d.Ties[:], h[:])
}

// appendFolded appends s without white space and returns the runes appended.
// It looks at single runes only where a byte may begin a space.
func appendFolded(dst []byte, s string) ([]byte, int) {
	n, start := 0, 0
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c > ' ' && c < utf8.RuneSelf:
			i++
			n++
			continue
		case c >= 0xe4 && c <= 0xe9 && i+3 <= len(s): // Han
			i += 3
			n++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if zh.IsSpace(r) {
			dst = append(dst, s[start:i]...)
			start = i + size
			n--
		}
		i += size
		n++
	}
	return append(dst, s[start:]...), n
}
