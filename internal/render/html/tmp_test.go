package html_test
import ("testing";"gongbao/internal/render/html";"gongbao/layouts")
func BenchmarkTmp(b *testing.B) {
	tmpl := parse(b, layouts.FS)
	full := fullPages()[1]
	for _, c := range []struct{n string; f func(p *html.Page, d *html.Document)}{
		{"full", func(p *html.Page, d *html.Document){ }},
		{"nodoc", func(p *html.Page, d *html.Document){ *d = html.Document{} }},
		{"nodoc-nohead", func(p *html.Page, d *html.Document){ *d = html.Document{}; p.Metas=nil;p.Crumbs=nil;p.Data="";p.Canonical="" }},
		{"nolists", func(p *html.Page, d *html.Document){ d.Rows=nil;d.Related=nil;d.Relations=nil;d.CitedBy=nil;d.Versions=nil }},
		{"norows", func(p *html.Page, d *html.Document){ d.Rows=nil }},
		{"nogroups", func(p *html.Page, d *html.Document){ d.Related=nil;d.Relations=nil;d.CitedBy=nil;d.Versions=nil }},
		{"nofiles", func(p *html.Page, d *html.Document){ d.Attachments=nil;d.Formats=nil}},
		{"nostatus", func(p *html.Page, d *html.Document){ d.Badge=nil;d.Notices=nil}},
		{"notail", func(p *html.Page, d *html.Document){ d.Issue=html.Link{};d.Contact="";d.Prev=html.Link{};d.Next=html.Link{}}},
	} {
		p := *full; d := *full.Document; p.Document=&d; c.f(&p,&d)
		b.Run(c.n, func(b *testing.B){ b.ReportAllocs(); for b.Loop() { tmpl.Render(&p) } })
	}
}
