package catalog

import (
	"slices"
	"strings"

	"gongbao/internal/gazette"
)

// Competent reports whether the author of one document may end another: its
// own issuer, a successor, or a superior (design §4; 立法法第一百零七条).
func (c *Catalog) Competent(by, to *Entry) bool { return c.competentOver(by, issuersOf(to)) }

// UnderOwn reports whether an issuer is a department or office of one of the
// site's own issuers.
func (c *Catalog) UnderOwn(issuer string) bool {
	return slices.ContainsFunc(c.Config.Site.Issuers, func(own string) bool { return own != issuer && c.governs(own, issuer) })
}

// alone reports whether the author is one of several makers of its target, with
// none of the others.
func (c *Catalog) alone(by, to *Entry) bool {
	return slices.ContainsFunc(to.Document.Issuers, func(t string) bool {
		return !slices.ContainsFunc(by.Document.Issuers, func(a string) bool { return c.governs(a, t) })
	})
}

func (c *Catalog) competentOver(by *Entry, issuers []string) bool {
	for _, a := range issuersOf(by) {
		for _, t := range issuers {
			if c.governs(a, t) {
				return true
			}
		}
	}
	return false
}

// issuersOf are the issuers of a document; where it names none, the one that
// its name allows: only the State Council and people's congresses make 条例
// (行政法规制定程序条例第五条, 规章制定程序条例第七条). They are for judging competence
// and are never shown.
func issuersOf(e *Entry) []string {
	if len(e.Document.Issuers) > 0 || e.Document.Class != gazette.Statute || !strings.HasSuffix(e.Document.Title, "条例") {
		return e.Document.Issuers
	}
	title := e.Document.Title
	for _, w := range []string{"人民代表大会", "常务委员会", "解放军", "军队", "武装警察", "自治条例"} {
		if strings.Contains(title, w) {
			return nil
		}
	}
	if p := placeOf(title); p != "" {
		return []string{p + "人民代表大会常务委员会"}
	}
	return []string{"国务院"}
}

// department returns the government that a department is of, by its name: 示范市教育局
// of 示范市人民政府, 卫生部 of 国务院; "" for what is no department.
func department(name string) string {
	for _, w := range []string{"人民政府", "人民代表大会", "法院", "检察院", "国务院", "军事委员会"} {
		if strings.Contains(name, w) {
			return ""
		}
	}
	for _, w := range []string{"部", "委员会", "委", "总局", "局", "厅", "署", "办公室", "银行", "中心"} {
		if strings.HasSuffix(name, w) {
			if p := placeOf(name); p != "" {
				return p + "人民政府"
			}
			return "国务院"
		}
	}
	return ""
}

// placeOf returns the place that a title or name begins with: 上海市, 内蒙古自治区;
// "" for none.
func placeOf(s string) string {
	if strings.HasPrefix(s, "中华人民共和国") {
		return ""
	}
	for _, suffix := range []string{"自治区", "自治州", "自治县", "特别行政区", "经济特区", "省", "市", "县"} {
		i := strings.Index(s, suffix)
		if i < len("北京") || i > 5*len("京") {
			continue
		}
		p := s[:i+len(suffix)]
		if !strings.ContainsAny(p, "的和与关于及、") && !strings.HasSuffix(p, "城市") && !strings.HasSuffix(p, "直辖市") {
			return p
		}
	}
	return ""
}

// namedIssuer is who the statement says made its target. 市人民政府 is that of the
// author's own place.
func namedIssuer(r *ReadEffect) []string {
	if r.Issuer == "" {
		return nil
	}
	name := r.Issuer // 市政府 is 市人民政府
	if !strings.Contains(name, "人民政府") {
		name = strings.Replace(name, "政府", "人民政府", 1)
	}
	for _, a := range append(slices.Clone(issuersOf(r.By)), r.By.Document.Title) {
		p := placeOf(a)
		for _, level := range []string{"省", "市", "县", "自治区"} {
			if p != "" && strings.HasSuffix(p, level) && strings.HasPrefix(name, level) {
				return []string{strings.TrimSuffix(p, level) + name}
			}
		}
	}
	return []string{name}
}

// governs reports whether a may act on what t issued. Names carry much of it:
// the office of a government acts for it no further than on its own papers,
// but the government acts on its office's.
func (c *Catalog) governs(a, t string) bool {
	a, t = bodyName(a), bodyName(t)
	return a == t || c.succeeded(a, t, 0) || c.above(a, t, 0)
}

// bodyName drops 原 and 中华人民共和国 before the name of a body.
func bodyName(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "原"), "中华人民共和国")
	return strings.Replace(s, "人大常委会", "人民代表大会常务委员会", 1)
}

// succeeded reports whether a took over the duties of t.
func (c *Catalog) succeeded(a, t string, depth int) bool {
	i := c.issuers[a]
	if i == nil || depth > 8 {
		return false
	}
	for _, s := range i.Succeeds {
		if s = bodyName(s); s == t || c.succeeded(s, t, depth+1) {
			return true
		}
	}
	return false
}

// above reports whether a stands above t in issuers.toml or by its name.
func (c *Catalog) above(a, t string, depth int) bool {
	if depth > 8 {
		return false
	}
	for _, p := range c.parents(t) {
		if p = bodyName(p); p == a || c.succeeded(a, p, 0) || c.above(a, p, depth+1) {
			return true
		}
	}
	return false
}

// parents are the bodies right above one: what issuers.toml says, and what
// follows from the name.
func (c *Catalog) parents(t string) []string {
	var out []string
	if i := c.issuers[t]; i != nil && i.Parent != "" {
		out = append(out, i.Parent)
	}
	if p := department(t); p != "" {
		out = append(out, p)
	}
	for _, x := range []struct{ suffix, parent string }{
		{"人民政府办公厅", "人民政府"}, {"人民政府办公室", "人民政府"}, {"国务院办公厅", "国务院"},
		{"人民代表大会常务委员会", "人民代表大会"}, {"人民政府", "人民代表大会常务委员会"}, {"人民政府", "人民代表大会"},
		{"国务院", "全国人民代表大会常务委员会"},
	} {
		if place, ok := strings.CutSuffix(t, x.suffix); ok {
			if p := place + x.parent; !slices.Contains(out, p) && p != t {
				out = append(out, p)
			}
		}
	}
	return out
}
