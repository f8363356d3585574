package source

import (
	"bytes"
	"strconv"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

// LockName returns the path in content/ of the lock of an issue.
func LockName(issuePath string) string { return strings.TrimSuffix(issuePath, ".md") + lockEnd }

const lockEnd = ".lock.toml"

// LockedIssue returns the path in content/ of the issue to which a lock
// belongs, or "" for a file that is no lock.
func LockedIssue(contentPath string) string {
	issue, ok := strings.CutSuffix(contentPath, lockEnd)
	if issue += ".md"; !ok || TypeOf(issue) != gazette.TypeIssue {
		return ""
	}
	return issue
}

// lockHead stands above every lock.
const lockHead = "# 由 gongbao issue seal 写入；已付印，不得手工修改\n"

// EncodeLock writes a lock: same lock, same bytes.
func EncodeLock(l *gazette.Lock) []byte {
	var b bytes.Buffer
	put := func(key, value string) { b.WriteString(key + " = " + value + "\n") }
	b.WriteString(lockHead)
	put("sealed", l.Sealed.String())
	put("paper", toml.Quote(l.Paper))
	put("pages", strconv.Itoa(l.Pages))
	put("pdf", toml.Quote(l.PDF))
	put("fonts", toml.Quote(l.Fonts))
	if len(l.Imprint) > 0 {
		b.WriteString("\n[imprint]\n")
		for _, line := range l.Imprint {
			put(line.Key, toml.Quote(line.Text))
		}
	}
	for _, x := range l.Documents {
		b.WriteString("\n[[document]]\n")
		put("id", toml.Quote(x.ID))
		put("title", toml.Quote(x.Title))
		put("first", strconv.Itoa(x.First))
		put("last", strconv.Itoa(x.Last))
		put("text", toml.Quote(x.Text))
	}
	return b.Bytes()
}

// ReadLock reads the lock of an issue; contentPath is its own path. A lock with
// an error is nil: half of it would say that documents are missing.
func ReadLock(contentPath string, raw []byte) (*gazette.Lock, []diag.Finding) {
	name := Name(contentPath)
	if len(raw) > MaxSize {
		return nil, []diag.Finding{diag.New("file-large", diag.Pos{File: name}, strconv.Itoa(len(raw)>>20)+" MB")}
	}
	root, findings := toml.ParseFile(name, raw)
	d := &decoder{Decoder: &toml.Decoder{Findings: findings}, file: &File{Path: contentPath, Positions: map[string]diag.Pos{}}}
	l := &gazette.Lock{}
	d.Require(root, "sealed", "pages")
	d.date(root, "sealed", &l.Sealed)
	if l.Paper = d.word(root, "paper", gazette.Papers()); l.Paper == "" {
		l.Paper = gazette.Papers()[0]
	}
	d.count(root, "pages", &l.Pages, 1, maxPage)
	d.String(root, "pdf", &l.PDF)
	d.String(root, "fonts", &l.Fonts)
	if im := d.Table(root, "imprint"); im != nil {
		for _, e := range im.Entries {
			line := gazette.ImprintLine{Key: e.Key}
			d.String(im, e.Key, &line.Text)
			l.Imprint = append(l.Imprint, line)
		}
	}
	for _, t := range d.Tables(root, "document") {
		l.Documents = append(l.Documents, d.locked(t))
	}
	d.Unknown(root)
	d.lockPages(name, l)
	if wrong, _ := diag.Count(d.Findings); wrong > 0 {
		return nil, d.Findings
	}
	return l, d.Findings
}

func (d *decoder) locked(t *toml.Table) gazette.LockedDocument {
	x := gazette.LockedDocument{Line: t.Pos.Line}
	d.Require(t, "id", "first", "last", "text")
	d.String(t, "id", &x.ID)
	d.String(t, "title", &x.Title)
	d.count(t, "first", &x.First, 1, maxPage)
	d.count(t, "last", &x.Last, 1, maxPage)
	d.String(t, "text", &x.Text)
	if x.Text != "" && !isSum(x.Text) {
		d.finding("key-value", t.KeyPos("text"), "text", x.Text, "SHA-256")
	}
	d.Unknown(t)
	return x
}

// isSum reports whether s is a SHA-256 sum in hexadecimal.
func isSum(s string) bool {
	const size = 64
	return len(s) == size && !strings.ContainsFunc(s, func(r rune) bool { return (r < '0' || r > '9') && (r < 'a' || r > 'f') })
}

// lockPages checks that documents follow each other inside the file. One may
// begin on the page on which the one before it ends, but not before it.
func (d *decoder) lockPages(name string, l *gazette.Lock) {
	at, seen := 1, map[string]bool{}
	for _, x := range l.Documents {
		pos := diag.Pos{File: name, Line: x.Line, Col: 1}
		if x.First > 0 && x.Last > 0 && (x.First < at || x.Last < x.First || l.Pages > 0 && x.Last > l.Pages) {
			d.finding("lock-pages", pos, x.Title, gazette.Span(x.First, x.Last), strconv.Itoa(at), strconv.Itoa(l.Pages))
		}
		if seen[x.ID] {
			d.finding("key-duplicate", pos, x.ID)
		}
		seen[x.ID] = true
		at = max(at, x.Last)
	}
}
