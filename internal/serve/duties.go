package serve

import (
	"bytes"
	"html/template"
	"io"
	"net"
	"net/http"
	"strconv"

	"gongbao/internal/build"
	"gongbao/internal/complete"
	"gongbao/internal/diag"
	"gongbao/internal/duty"
	"gongbao/internal/source"
)

// dutiesName is where the working ledger (工作台账) stands. No page of a site begins
// with a hyphen, and build never writes it: it names what is not public.
const dutiesName = "-duties"

var dutiesPage = template.Must(template.New("duties").Parse(`<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{{.Title}}</title>
<style>
body{margin:0 auto;max-width:60rem;padding:1rem;font:1rem/1.6 sans-serif;color:#222;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}
p{margin:.3rem 0;color:#555}
ul{list-style:none;margin:0;padding:0}li{border-top:1px solid #ddd;padding:.6rem 0}
b{display:inline-block;min-width:7.5em;font-variant-numeric:tabular-nums}
.late b{color:#9a2318}.what{margin-right:.6em}.by{color:#555}
a{color:#1a4b84}code{color:#666;font-size:.85em}
</style></head><body>
<h1>{{.Title}}</h1><p>{{.Intro}}</p>
{{range .Groups}}<h2>{{.Title}}</h2>
<ul class="{{.Class}}">{{range .Rows}}<li><b>{{.Due}}</b> <span class="what">{{.What}}</span> <span class="by">{{.By}}</span><br>
{{if .Href}}<a href="{{.Href}}">{{.Name}}</a>{{else}}{{.Name}}{{end}}{{if .File}} <code>{{.File}}</code>{{end}}</li>
{{end}}</ul>
{{end}}</body></html>`))

// local reports whether a request comes from this machine.
func local(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	return err == nil && ip != nil && ip.IsLoopback()
}

type dutyRow struct{ Due, What, By, Name, Href, File string }

type dutyGroup struct {
	Title, Class string
	Rows         []dutyRow
}

// duties shows what is late, what is due, what waits for an issue and how many
// findings there are.
func (s *server) duties(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	var b bytes.Buffer
	s.site.Read(func(site *build.Site) { s.writeDuties(&b, site) })
	_, _ = b.WriteTo(w)
}

func (s *server) writeDuties(w io.Writer, site *build.Site) {
	c, t := site.Catalog, s.o.Words
	late := dutyGroup{Title: t("duty.list.late"), Class: "late"}
	open := dutyGroup{Title: t("duty.list.open")}
	for _, d := range duty.Pending(c) {
		r := dutyRow{Due: d.Due.String(), What: t("duty." + string(d.Kind)), By: d.By, Name: d.Name}
		if d.Entry != nil {
			r.Href, r.File = "/"+d.Entry.Address+"index.html", source.Name(d.Entry.Path)
		}
		if d.State(c.AsOf) == duty.Late {
			late.Rows = append(late.Rows, r)
		} else {
			open.Rows = append(open.Rows, r)
		}
	}
	waiting := dutyGroup{Title: t("duty.list.unprinted")}
	for _, e := range complete.Pending(c) {
		waiting.Rows = append(waiting.Rows, dutyRow{Due: e.Date.String(), What: e.Document.Number, Name: e.Title(), Href: "/" + e.Address + "index.html", File: source.Name(e.Path)})
	}
	errors, warnings := diag.Count(site.Findings)
	v := struct {
		Title, Intro string
		Groups       []dutyGroup
	}{Title: t("duty.list.title"), Intro: t("duty.list.intro", c.AsOf.String(), strconv.Itoa(errors), strconv.Itoa(warnings))}
	for _, g := range []dutyGroup{late, open, waiting} {
		g.Title += "（" + strconv.Itoa(len(g.Rows)) + "）"
		v.Groups = append(v.Groups, g)
	}
	_ = dutiesPage.Execute(w, v)
}
