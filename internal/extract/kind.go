package extract

import (
	"path"
	"strings"
)

// IsText reports whether a file is plain text or Markdown, by its bytes and,
// where these do not decide, by the ending of its name.
func IsText(name string, b []byte) bool {
	kind := sniff(strings.ToLower(path.Ext(strings.ReplaceAll(name, "\\", "/"))), b)
	return kind == "txt" || kind == "md"
}
