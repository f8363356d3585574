package markup

import (
	"path"
	"strconv"
	"strings"
)

// link decides what a Markdown link is: an address elsewhere, a place on the
// page, another content file or a file beside this one.
func (c *converter) link(dest, title string, inside []Inline, at Place) Inline {
	in := Inline{Kind: Link, Dest: dest, Title: title, Inside: inside}
	scheme, _, hasScheme := strings.Cut(dest, ":")
	switch {
	case hasScheme && !strings.ContainsAny(scheme, "/?#"):
		switch strings.ToLower(scheme) {
		case "http", "https", "mailto", "tel":
		default:
			c.report("link-scheme", at, dest)
			in.Dest = ""
		}
	case strings.HasPrefix(dest, "//"):
		c.report("link-scheme", at, dest)
		in.Dest = ""
	case dest == "", strings.HasPrefix(dest, "#fn"): // footnotes have anchors of their own
	case strings.HasPrefix(dest, "#"), strings.HasPrefix(dest, "/"), strings.HasSuffix(cutFragment(dest), ".md"):
		c.tree.Links = append(c.tree.Links, ContentLink{dest, at})
		in.Ref = len(c.tree.Links)
	default:
		in.Dest = c.file(dest, false, at)
	}
	return in
}

func cutFragment(dest string) string {
	dest, _, _ = strings.Cut(dest, "#")
	return dest
}

func (c *converter) image(dest, title, alt string, at Place) Inline {
	in := Inline{Kind: Image, Text: alt, Title: title}
	switch {
	case strings.Contains(dest, ":") || strings.HasPrefix(dest, "//"):
		c.report("link-remote-image", at, dest)
	default:
		in.Dest = c.file(dest, true, at)
	}
	return in
}

// file returns the address, relative to the page, of a file beside the content
// file; "" with a finding where the path leaves its folder.
func (c *converter) file(dest string, image bool, at Place) string {
	name := cutFragment(dest)
	if unescaped, err := urlPath(name); err == nil {
		name = unescaped
	}
	clean := path.Clean(strings.TrimPrefix(name, "./"))
	if strings.HasPrefix(clean, "../") || clean == ".." || strings.HasPrefix(clean, "/") || strings.ContainsAny(clean, "\\\x00") {
		c.report("path-unsafe", at, dest)
		return ""
	}
	c.tree.Files = append(c.tree.Files, FileRef{clean, image, at})
	return "files/" + clean
}

// urlPath decodes %XX, which Markdown needs for spaces in file names.
func urlPath(s string) (string, error) {
	if !strings.Contains(s, "%") {
		return s, nil
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			n, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
			if err != nil {
				return "", err
			}
			b.WriteByte(byte(n))
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String(), nil
}
