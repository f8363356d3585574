package akn

import (
	"slices"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
)

// gazetteWork is the URI of an issue as a work.
func (s scheme) gazetteWork(issue *catalog.Entry) string {
	return "/akn/" + s.country + "/officialGazette/" + tail(issue)
}

// Issue writes an issue as an officialGazette: its contents with pages, and each
// document by reference. nil for an issue that lists nothing.
func (s Source) Issue(issue *catalog.Entry) []byte {
	if len(slices.Concat(issue.IssueEntries...)) == 0 {
		return nil
	}
	d := &document{Source: s, scheme: schemeOf(s.Catalog.Config.Site), e: issue, tree: &markup.Tree{}}
	d.head()
	d.open("officialGazette", "name", s.publisher(), "contains", "originalVersion")
	d.line()
	d.issueMeta()
	d.contents()
	d.components()
	d.close("officialGazette")
	d.line()
	d.close("akomaNtoso")
	d.line()
	return d.writer.b
}

// issueMeta writes the metadata of an issue.
func (d *document) issueMeta() {
	i := d.e.Digest.Issue
	on := i.Date.String()
	if on == "" {
		on = noDate
	}
	work := d.gazetteWork(d.e)
	text := work + "/" + d.language + "@" + on
	d.open("meta")
	d.line()
	d.open("identification", "source", "#gongbao")
	d.line()
	for _, level := range []struct{ tag, this, uri string }{
		{"FRBRWork", work + "/!main", work},
		{"FRBRExpression", text + "/!main", text},
		{"FRBRManifestation", text + "/!main.akn.xml", text + ".akn.xml"},
	} {
		d.open(level.tag)
		d.names(level.this, level.uri)
		if level.tag == "FRBRWork" {
			if i.Running > 0 {
				d.alias("总期号", itoa(i.Running))
			}
			d.alias("address", d.address())
		}
		d.dated(on, "出版日期")
		d.empty("FRBRauthor", "href", "#publisher")
		switch level.tag {
		case "FRBRWork":
			d.empty("FRBRcountry", "value", "cn")
			d.empty("FRBRnumber", "value", itoa(i.No))
			d.empty("FRBRname", "value", d.issueName(d.e))
		case "FRBRExpression":
			d.empty("FRBRlanguage", "language", d.language)
		default:
			d.empty("FRBRformat", "value", "application/akn+xml")
		}
		d.close(level.tag)
		d.line()
	}
	d.close("identification")
	d.line()
	d.empty("publication", "date", on, "name", d.publisher(), "showAs", d.issueName(d.e), "number", itoa(i.Year)+"-"+itoa(i.No))
	d.line()
	d.open("references", "source", "#gongbao")
	d.line()
	d.declare("TLCOrganization", "gongbao", "/ontology/organization/gongbao", d.publisher())
	sponsor := d.Catalog.Config.Site.Sponsor
	if sponsor == "" {
		sponsor = d.publisher()
	}
	d.declare("TLCOrganization", "publisher", "/ontology/organization/publisher", sponsor)
	d.close("references")
	d.line()
	d.close("meta")
	d.line()
}

// each calls f for everything that the issue lists, in its order; e is nil for
// what is not in the catalog. n counts from 1.
func (d *document) each(section func(title string, n int), f func(n int, e *catalog.Entry, name string, pages [2]int)) {
	n := 1
	for i, entries := range d.e.IssueEntries {
		s := d.e.Digest.Issue.Sections[i]
		if len(entries) > 0 {
			section(s.Title, n)
		}
		for j, e := range entries {
			f(n, e, s.Documents[j].Document, d.e.IssuePages[i][j])
			n++
		}
	}
}

func (d *document) contents() {
	d.open("coverPage")
	d.line()
	d.open("toc")
	d.line()
	d.each(func(title string, n int) {
		if title != "" {
			d.whole("tocItem", title, "href", "#component_"+itoa(n), "level", "1")
			d.line()
		}
	}, func(n int, e *catalog.Entry, name string, pages [2]int) {
		if e != nil {
			name = e.Title()
		}
		if pages[0] > 0 {
			name += " " + itoa(pages[0])
		}
		d.whole("tocItem", name, "href", "#component_"+itoa(n), "level", "2")
		d.line()
	})
	d.close("toc")
	d.line()
	d.close("coverPage")
	d.line()
}

func (d *document) components() {
	d.open("collectionBody")
	d.line()
	d.each(func(string, int) {}, func(n int, e *catalog.Entry, name string, _ [2]int) {
		d.open("component", "eId", "component_"+itoa(n))
		switch {
		case e != nil && e.Type == gazette.TypeDocument:
			d.empty("documentRef", "href", d.expression(e), "showAs", shown(e))
		default: // its text is not at hand, or it is no document
			if e != nil {
				name = e.Title()
			}
			d.open("interstitial")
			d.whole("p", name)
			d.close("interstitial")
		}
		d.close("component")
		d.line()
	})
	d.close("collectionBody")
	d.line()
}
