package digest

import (
	"bytes"
	"image"
	_ "image/gif"  // the forms whose size is read
	_ "image/jpeg" // (others have none: their place is not kept)
	_ "image/png"
	"path"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/effect"
	"gongbao/internal/extract"
	"gongbao/internal/scan"
	"gongbao/internal/source"
)

// IsAttachment reports whether a file of content/ is published beside a text:
// then it has a digest of its own, without a type. It says what lists of
// documents the file holds, and what in it must not be published.
func IsAttachment(contentPath string) bool {
	folder, _, _ := strings.Cut(contentPath, "/")
	return source.TypeOf(contentPath) == "" && folder != "data" && folder != contentPath
}

// holdsList reports whether a file may hold a list of documents that a document
// ends or keeps.
func holdsList(contentPath string) bool {
	return strings.HasPrefix(contentPath, "documents/") && slices.Contains([]string{".docx", ".csv", ".xlsx"}, strings.ToLower(path.Ext(contentPath)))
}

// attachment reads a file beside a text. What cannot be read is a warning: the
// file is still there for people.
func attachment(contentPath string, raw []byte) *Digest {
	d := &Digest{Path: contentPath, Document: noDocument, Article: noArticle, Issue: noIssue, bare: true}
	pos := diag.Pos{File: source.Name(contentPath)}
	if len(raw) > source.MaxSize {
		return d
	}
	if c, _, err := image.DecodeConfig(bytes.NewReader(raw)); err == nil {
		d.Width, d.Height = c.Width, c.Height
	}
	d.screen(scan.File(contentPath, raw))
	if !holdsList(contentPath) {
		return d
	}
	tables, err := extract.Tables(contentPath, raw)
	if err != nil {
		d.Findings = append(d.Findings, diag.New("attachment-unread", pos, err.Error()))
		return d
	}
	sheets := make([]effect.Sheet, len(tables))
	for i, t := range tables {
		sheets[i] = effect.Sheet(t)
	}
	said := effect.Reading{Statements: effect.ReadSheets(sheets, contentPath)}
	d.reading, d.Speaks = packReading(said), speaks(said)
	return d
}

// Register returns what in a register of content/data/ must not be published: its
// texts stand on pages.
func Register(contentPath string, raw []byte) []diag.Finding {
	d := &Digest{Path: contentPath}
	d.screen(scan.File(contentPath+".txt", raw))
	return d.Findings
}

// screen reports what must not be published. The findings never repeat a value,
// and the line is not shown.
func (d *Digest) screen(r scan.Report) {
	file := source.Name(d.Path)
	report := func(rule string, at diag.Pos, args ...string) {
		f := diag.New(rule, at, args...)
		f.Masked = true
		d.Findings = append(d.Findings, f)
	}
	for _, h := range r.Hits {
		at := diag.Pos{File: file, Line: h.Line + 1}
		if d.Type != "" {
			at.Col, at.End = h.Col, h.ColEnd
		}
		report(h.Rule, at, h.Masked)
	}
	start := diag.Pos{File: file}
	if r.Author != "" {
		report("metadata-author", start)
	}
	if r.Comments > 0 {
		report("metadata-comments", start, strconv.Itoa(r.Comments))
	}
	if r.Changes > 0 {
		report("metadata-changes", start, strconv.Itoa(r.Changes))
	}
	if r.Position {
		report("metadata-position", start)
	}
	for _, why := range r.Skipped {
		f := diag.New("scan-skipped", start, "skipped."+why)
		if why == scan.Picture || strings.HasPrefix(d.Path, "issues/") { // a scan of an issue was public on paper
			f.Severity = diag.Info
		}
		d.Findings = append(d.Findings, f)
	}
}
