package catalog

import (
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// externals are the documents of external.toml by each of their names: numbers
// are keys, titles folded.
type externals struct{ byID, byNumber, byTitle map[string]*source.External }

// elsewhere enters the documents that are not the site's own: of external.toml, then
// of mounts.
func (c *Catalog) elsewhere() {
	c.external = externals{map[string]*source.External{}, map[string]*source.External{}, map[string]*source.External{}}
	for i := range c.Data.External {
		x := &c.Data.External[i]
		c.external.byID[x.ID] = x
		c.external.byTitle[titleKey(zh.Fold(x.Title))] = x
		if n := numberKey(x); n != "" {
			c.external.byNumber[n] = x
		}
	}
	c.mounted()
}

// mounted enters documents of mounts among those that are known elsewhere. Of several
// with one number the first is as good as any; a title that several have means none
// of them, and what the site's own register says of one stays, unless it means the
// same document.
func (c *Catalog) mounted() {
	var all []*source.External
	for _, m := range c.Mounts {
		all = append(all, m.Externals...)
	}
	titles := map[string]*source.External{} // nil: of several
	for _, x := range all {
		if c.external.byID[x.ID] == nil {
			c.external.byID[x.ID] = x
		}
		if n := numberKey(x); n != "" {
			if y := c.external.byNumber[n]; y == nil || y.Address == "" {
				c.external.byNumber[n] = x
			}
		}
		for _, k := range []string{titleKey(zh.Fold(x.Title)), titleKey(x.Inner)} {
			y, taken := titles[k]
			switch {
			case k == "" || anonymous(k):
			case !taken:
				titles[k] = x
			case y != nil && y != x && (numberKey(y) == "" || numberKey(y) != numberKey(x)):
				titles[k] = nil
			}
		}
	}
	for k, x := range titles {
		if y := c.external.byTitle[k]; x != nil && (y == nil || sameDocument(y, x)) {
			c.external.byTitle[k] = x
		}
	}
}

// anonymous reports whether a title says nothing of who issued the document: whoever
// cites a 关于…的通知 without a number hardly means that of another government.
func anonymous(title string) bool { return strings.HasPrefix(title, "关于") }

// sameDocument reports whether an entry of external.toml means a document of a mount
// that has its title.
func sameDocument(own, mounted *source.External) bool {
	if n := numberKey(own); n != "" {
		return n == numberKey(mounted)
	}
	return own.Issuer != "" && own.Issuer == mounted.Issuer
}

func numberKey(x *source.External) string {
	if n, ok := gazette.ParseNumber(x.Number); ok {
		return n.Key()
	}
	return ""
}
