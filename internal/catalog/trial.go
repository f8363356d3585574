package catalog

import (
	"strings"

	"gongbao/internal/markup"
)

// Trial reports whether the title calls its own text 试行 or 暂行, and not that of
// a document it acts on (关于延长《…（试行）》有效期的通知).
func (e *Entry) Trial() bool {
	title := e.Document.Title
	if inner := markup.InnerTitle(title); inner != "" {
		title = inner
	} else if strings.Contains(title, "《") {
		return false
	}
	return strings.Contains(title, "试行") || strings.Contains(title, "暂行")
}
