package digest

import (
	"path"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/effect"
	"gongbao/internal/extract"
	"gongbao/internal/source"
)

// IsAttachment reports whether a file of content/ may hold a list of documents
// beside a document: then it has a digest of its own, without a type.
func IsAttachment(contentPath string) bool {
	if !strings.HasPrefix(contentPath, "documents/") {
		return false
	}
	switch strings.ToLower(path.Ext(contentPath)) {
	case ".docx", ".csv", ".xlsx":
		return true
	}
	return false
}

// attachment reads the lists of documents in a file beside a document. What
// cannot be read is a warning: the file is still there for people.
func attachment(contentPath string, raw []byte) *Digest {
	d := &Digest{Path: contentPath, Document: noDocument, Article: noArticle, Issue: noIssue}
	pos := diag.Pos{File: source.Name(contentPath)}
	if len(raw) > source.MaxSize {
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
	d.reading = packReading(effect.Reading{Statements: effect.ReadSheets(sheets, contentPath)})
	return d
}
