package config

import (
	"slices"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/toml"
)

// MirrorFolder is where the mirrors of other gazettes stand, from the site's root.
const MirrorFolder = "mirror"

// A Mount is a [[mounts]] entry: the documents of another gazette, which `pull`
// keeps in mirror/<code>/, shown as a series of their own under mirror/<code>/.
type Mount struct {
	Code  string
	Title string // "": what the gazette calls itself
	From  string // what pull takes it from: a folder, or an address
	Pos   diag.Pos
}

func (p parser) mounts(root *toml.Table, c *Config) {
	for _, t := range p.Tables(root, "mounts") {
		m := Mount{Pos: t.Pos}
		p.Require(t, "code")
		p.String(t, "code", &m.Code)
		p.String(t, "title", &m.Title)
		p.String(t, "from", &m.From)
		p.Unknown(t)
		switch {
		case t.Entry("code") == nil: // reported
		case !IsMountCode(m.Code):
			p.Report(t, "code", "config-value", "code", "a-z 0-9 -")
		case slices.ContainsFunc(c.Mounts, func(x Mount) bool { return x.Code == m.Code }):
			p.Report(t, "code", "key-duplicate", m.Code)
		default:
			c.Mounts = append(c.Mounts, m)
		}
	}
}

// IsMountCode reports whether a text may be the code of a mount: a folder of the
// site and of the web.
func IsMountCode(code string) bool {
	return code != "" && len(code) <= 60 && strings.Trim(code, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" && code[0] != '-'
}
