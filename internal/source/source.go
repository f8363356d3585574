// Package source reads one content file: decodes its bytes, tells its type
// from its folder, takes the front matter apart with the position of every
// key, and hands out the body. It reads nothing but the bytes it is given, so
// what it returns depends on one file alone.
//
//	f := source.Read("documents/2023/sfbf-12.md", raw)
//
// A document without front matter is a document too: Derive reads title,
// number, issuers, dates and disclosure out of its text.
package source

import (
	"bytes"
	"fmt"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/toml"
	"gongbao/internal/zh"
)

// MaxSize is the size in bytes above which a content file is refused: a text
// of ten million bytes is data in the wrong place.
const MaxSize = 10 << 20

// A File is one content file. Exactly the part that Type names is filled.
type File struct {
	Path     string // in content/, with slashes
	Type     gazette.Type
	Bundle   bool // index.md of a folder of its own
	Front    bool // there is front matter
	Encoding zh.Encoding

	Document gazette.Document
	Article  gazette.Article
	Issue    gazette.Issue

	// Positions of values by key; elements of arrays are "relations.0.target",
	// "attachments.1.file", "sections.0.documents.3".
	Positions map[string]diag.Pos

	Text     []byte // the whole file as zh.Decode returns it; nil for one that is too large
	Imported string // hash of the file that it was imported from, see import
	Body     []byte
	BodyLine int // line of the body's first line
	Findings []diag.Finding
}

// Name returns the file as findings show it: its path from the site's root.
func Name(contentPath string) string { return "content/" + contentPath }

// TypeOf returns the type of a file in content/ by its folder, or "" for a file
// that is not content.
func TypeOf(contentPath string) gazette.Type {
	if path.Ext(contentPath) != ".md" {
		return ""
	}
	folder, _, ok := strings.Cut(contentPath, "/")
	if !ok {
		return ""
	}
	for _, t := range gazette.Types() {
		if t.Folder() == folder {
			return t
		}
	}
	return ""
}

// Read takes a file apart. It never fails: what is wrong is a finding.
func Read(contentPath string, raw []byte) *File {
	f := &File{
		Path: contentPath, Type: TypeOf(contentPath), Bundle: path.Base(contentPath) == "index.md",
		Positions: map[string]diag.Pos{}, BodyLine: 1,
	}
	name := Name(contentPath)
	if len(raw) > MaxSize {
		f.report("file-large", diag.Pos{File: name}, fmt.Sprintf("%.1f MB", float64(len(raw))/(1<<20)))
		return f
	}
	text, enc, badAt := zh.Decode(raw)
	f.Text, f.Encoding = text, enc
	if badAt >= 0 {
		start := bytes.LastIndexByte(text[:badAt], '\n') + 1
		line, col := 1+bytes.Count(text[:start], []byte{'\n'}), 1+utf8.RuneCount(text[start:badAt])
		f.report("encoding-broken", diag.Pos{File: name, Line: line, Col: col, End: col + 1}, strconv.Itoa(badAt+1))
	} else if enc != zh.UTF8 && enc != zh.UTF8BOM {
		f.report("encoding", diag.Pos{File: name}, string(enc))
	}
	if len(bytes.TrimSpace(text)) == 0 {
		f.report("file-empty", diag.Pos{File: name})
		return f
	}
	front, line, ok := f.split(text)
	if !ok {
		return f
	}
	if f.Front {
		f.decode(front, line)
	}
	if f.Type == gazette.TypeIssue {
		f.note()
	}
	return f
}

// Body returns the body of a file that Read has read, and the line that it begins
// on. Nothing is reported.
func Body(contentPath string, raw []byte) (body []byte, line int) {
	text, _, _ := zh.Decode(raw)
	f := &File{Path: contentPath, BodyLine: 1}
	f.split(text)
	return f.Body, f.BodyLine
}

func (f *File) report(rule string, pos diag.Pos, args ...string) {
	f.Findings = append(f.Findings, diag.New(rule, pos, args...))
}

// TextPos returns the place of a text on a line of the body: of the whole line
// where the text does not stand on it as it is.
func (f *File) TextPos(line int, text string) diag.Pos {
	pos := diag.Pos{File: Name(f.Path), Line: line}
	n := f.BodyLine
	for b := range bytes.Lines(f.Body) {
		if n++; n <= line {
			continue
		}
		s := strings.TrimRightFunc(string(b), zh.IsSpace)
		at := strings.Index(s, text)
		if at < 0 || text == "" {
			text = strings.TrimLeftFunc(s, zh.IsSpace)
			at = len(s) - len(text)
		}
		pos.Col = 1 + utf8.RuneCountInString(s[:at])
		pos.End = pos.Col + utf8.RuneCountInString(text)
		break
	}
	return pos
}

// split cuts the text into front matter and body at the +++ lines.
func (f *File) split(text []byte) (front []byte, line int, ok bool) {
	start := 0
	for start < len(text) && (text[start] == '\n' || text[start] == ' ') {
		start++
	}
	if !bytes.HasPrefix(text[start:], []byte("+++")) || !blankToEnd(text[start+3:]) {
		f.Body = text
		return nil, 0, true
	}
	f.Front = true
	first := 1 + bytes.Count(text[:start], []byte{'\n'})
	at := start + lineLength(text[start:])
	frontStart := at
	for at < len(text) {
		n := lineLength(text[at:])
		if bytes.HasPrefix(text[at:], []byte("+++")) && blankToEnd(text[at+3:]) {
			f.Body = text[at+n:]
			f.BodyLine = 1 + bytes.Count(text[:at+n], []byte{'\n'})
			return text[frontStart:at], first + 1, true
		}
		at += n
	}
	f.report("front-matter-open", diag.Pos{File: Name(f.Path), Line: first, Col: 1, End: 4})
	return nil, 0, false
}

func lineLength(b []byte) int {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return i + 1
	}
	return len(b)
}

func blankToEnd(b []byte) bool {
	return len(bytes.TrimSpace(b[:lineLength(b)])) == 0
}

func (f *File) decode(front []byte, line int) {
	root, findings := toml.Parse(Name(f.Path), front, line)
	d := &decoder{Decoder: &toml.Decoder{Findings: findings}, file: f}
	broken := len(findings) > 0
	switch f.Type {
	case gazette.TypeDocument:
		d.document(root, &f.Document)
	case gazette.TypeIssue:
		d.issue(root, &f.Issue)
	default:
		d.article(root, &f.Article, f.Type)
	}
	d.Unknown(root)
	if broken {
		// Keys after a syntax error were never seen: missing ones mean nothing.
		d.Findings = dropMissing(d.Findings)
	}
	f.Findings = append(f.Findings, d.Findings...)
}

func dropMissing(fs []diag.Finding) []diag.Finding {
	kept := fs[:0]
	for _, x := range fs {
		if x.Rule != "key-missing" {
			kept = append(kept, x)
		}
	}
	return kept
}
