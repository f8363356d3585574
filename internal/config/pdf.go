package config

import (
	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

// PDF is the [pdf] table: what is printed, and on what.
type PDF struct {
	Documents string            // of which documents there are PDFs: "none", "normative" (规章 and 行政规范性文件) or "all"
	Paper     string            // "A4" or "16K" (大16开)
	Columns   int               // of an issue: 1 or 2
	Binding   string            // "saddle" (骑马订) or "perfect" (胶装)
	Fonts     map[string]string // file or family by role, for the roles that are set
}

// FontRoles are the faces that printing needs: 宋体, 仿宋, 黑体, 楷体, 小标宋.
func FontRoles() []string { return []string{"song", "fangsong", "hei", "kai", "biaosong"} }

func defaultPDF() PDF {
	return PDF{Documents: "normative", Paper: "A4", Columns: 1, Binding: "saddle"}
}

func (p parser) pdf(t *toml.Table, c *PDF) {
	p.oneOf(t, "documents", &c.Documents, "none", "normative", "all")
	p.oneOf(t, "paper", &c.Paper, gazette.Papers()...)
	p.oneOf(t, "binding", &c.Binding, "saddle", "perfect")
	p.columns(t, &c.Columns)
	if fonts := p.Table(t, "fonts"); fonts != nil {
		for _, role := range FontRoles() {
			var v string
			if p.String(fonts, role, &v); v == "" {
				continue
			}
			if c.Fonts == nil {
				c.Fonts = map[string]string{}
			}
			c.Fonts[role] = v
		}
		p.Unknown(fonts)
	}
	p.Unknown(t)
}

func (p parser) columns(t *toml.Table, dst *int) {
	n := *dst
	p.Int(t, "columns", &n)
	if n != 1 && n != 2 {
		p.Report(t, "columns", "config-value", "columns", "1 | 2")
		return
	}
	*dst = n
}
