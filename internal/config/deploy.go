package config

import (
	"net/url"
	"slices"
	"strings"

	"gongbao/internal/toml"
)

// A Deploy is a [[deploy]] table: a place to which the site goes. Secrets have no
// place in it.
type Deploy struct {
	Name     string   // how the command calls it
	To       string   // a folder, or an address sftp://… or s3://…
	Compress []string // of Compressions(): texts also, or on storage only, in these forms
}

// Compressions are the forms of compressed files, as their names end.
func Compressions() []string { return []string{"br", "gz"} }

func (p parser) deploy(root *toml.Table) (out []Deploy) {
	for _, t := range p.Tables(root, "deploy") {
		var d Deploy
		p.Require(t, "name", "to")
		p.String(t, "name", &d.Name)
		p.String(t, "to", &d.To)
		p.Strings(t, "compress", &d.Compress)
		if slices.ContainsFunc(d.Compress, func(c string) bool { return !slices.Contains(Compressions(), c) }) {
			p.Report(t, "compress", "config-value", "compress", strings.Join(Compressions(), " | "))
			d.Compress = nil
		}
		if u, err := url.Parse(d.To); strings.Contains(d.To, "://") && (err != nil || hasPassword(u)) {
			p.Report(t, "to", "deploy-secret")
			d.To = ""
		}
		p.Unknown(t)
		out = append(out, d)
	}
	return out
}

func hasPassword(u *url.URL) bool {
	_, has := u.User.Password()
	return has
}
