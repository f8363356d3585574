package extract

import (
	"path"
	"strings"
)

// Sniff returns the format of a file, by its bytes and, where these do not
// decide, by the ending of its name: "docx", "html", "mht", "pdf", "xlsx",
// "csv", "md", "txt", "empty", and what Read does not read: "doc", "wps", "rtf",
// "odt", "ofd", "xls", "picture", "zip", …
func Sniff(name string, b []byte) string {
	return sniff(strings.ToLower(path.Ext(strings.ReplaceAll(name, "\\", "/"))), b)
}

// IsText reports whether a file is plain text or Markdown, by its bytes and,
// where these do not decide, by the ending of its name.
func IsText(name string, b []byte) bool {
	kind := Sniff(name, b)
	return kind == "txt" || kind == "md"
}
