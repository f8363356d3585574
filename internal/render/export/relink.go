package export

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/markup"
)

// inlineLink is where a Markdown link or picture names what it leads to.
var inlineLink = regexp.MustCompile(`(\]\(<?)([^()<>\s]+)`)

// relinked is a body whose links and pictures lead from the page's folder: to files/
// and to other pages. first is the line of the body in its file. Only lines on which
// the tree has such links are looked at.
func relinked(body []byte, first int, tree *markup.Tree, e *catalog.Entry) []byte {
	if len(tree.Files)+len(tree.Links) == 0 {
		return body
	}
	at := map[int]bool{}
	to := map[string]string{}
	for _, f := range tree.Files {
		at[int(f.At.Line)] = true
		to[f.Path] = "files/" + f.Path
	}
	up := strings.Repeat("../", strings.Count(e.Address, "/"))
	for i, l := range tree.Links {
		if i < len(e.Links) && e.Links[i] != "" {
			at[int(l.At.Line)] = true
			if to[l.Dest] = e.Links[i]; !strings.HasPrefix(e.Links[i], "#") {
				to[l.Dest] = up + e.Links[i]
			}
		}
	}
	var out bytes.Buffer
	n := max(first, 1)
	for line := range bytes.Lines(body) {
		if at[n] {
			line = inlineLink.ReplaceAllFunc(line, func(m []byte) []byte {
				i := bytes.IndexByte(m, '(') + 1
				if i < len(m) && m[i] == '<' {
					i++
				}
				dest := string(m[i:])
				if with, ok := to[dest]; ok {
					return append(m[:i:i], with...)
				}
				if with, ok := to[path.Clean(dest)]; ok {
					return append(m[:i:i], with...)
				}
				return m
			})
		}
		out.Write(line)
		n++
	}
	return out.Bytes()
}
