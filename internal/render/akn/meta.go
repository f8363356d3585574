package akn

import (
	"cmp"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
)

// meta writes the metadata of the document.
func (d *document) meta() {
	d.open("meta")
	d.line()
	d.identification("main")
	d.publication()
	d.classification()
	events := d.events()
	d.lifecycle(events)
	d.analysis()
	d.temporal(events)
	d.references(events)
	d.proprietary()
	d.close("meta")
	d.line()
}

// componentMeta writes the metadata of a component: its name.
func (d *document) componentMeta(component string) {
	d.open("meta")
	d.identification(component)
	d.close("meta")
	d.line()
}

// identification names work, expression and manifestation (FRBR).
func (d *document) identification(component string) {
	e, doc := d.e, d.e.Document
	work, text := d.work(e), d.expression(e)
	d.open("identification", "source", "#gongbao")
	d.line()
	d.open("FRBRWork")
	d.names(work+"/!"+component, work)
	if component == "main" {
		d.alias("发文字号", doc.Number)
		d.alias("索引号", doc.Index)
		d.alias("登记号", doc.Registration)
		d.alias("address", d.address())
	}
	d.dated(d.workDate(), "成文日期")
	d.authors()
	d.empty("FRBRcountry", "value", "cn")
	if component == "main" {
		if e.Number.Serial > 0 {
			d.empty("FRBRnumber", "value", itoa(e.Number.Serial))
		}
		d.empty("FRBRname", "value", doc.Title)
		d.empty("FRBRprescriptive", "value", yes(isAct(e)))
	}
	d.close("FRBRWork")
	d.line()
	d.open("FRBRExpression")
	d.names(text+"/!"+component, text)
	d.dated(textDate(e), "文本日期")
	d.authors()
	d.empty("FRBRlanguage", "language", d.language)
	d.close("FRBRExpression")
	d.line()
	d.open("FRBRManifestation")
	d.names(text+"/!"+component+".akn.xml", text+".akn.xml")
	on := doc.Published.Date.String()
	if on == "" {
		on = textDate(e)
	}
	d.dated(on, "上网发布日期")
	d.empty("FRBRauthor", "href", "#gongbao")
	d.empty("FRBRformat", "value", "application/akn+xml")
	d.close("FRBRManifestation")
	d.line()
	d.close("identification")
	d.line()
}

func yes(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

func (d *document) names(this, uri string) {
	d.empty("FRBRthis", "value", this)
	d.empty("FRBRuri", "value", uri)
}

func (d *document) alias(name, value string) {
	if value != "" {
		d.empty("FRBRalias", "value", value, "name", name)
	}
}

// dated says what is not known in the name of the date.
func (d *document) dated(date, name string) {
	if date == noDate {
		name = "日期不明"
	}
	d.empty("FRBRdate", "date", date, "name", name)
}

// workDate is the day of the oldest text.
func (d *document) workDate() string { return textDate(d.e.Oldest()) }

func (d *document) authors() {
	for i := range d.e.Document.Issuers {
		d.empty("FRBRauthor", "href", "#issuer_"+itoa(i+1), "as", "#author")
	}
	if len(d.e.Document.Issuers) == 0 {
		d.empty("FRBRauthor", "href", "#issuer_unknown")
	}
}

// address is that of the page: absolute where the site has an address.
func (d *document) address() string { return d.Catalog.Config.BaseURL + d.e.Address }

// publication says where it was printed.
func (d *document) publication() {
	issue := d.e.Issue
	if issue == nil {
		return
	}
	on := issue.Digest.Issue.Date
	if on.IsZero() {
		return
	}
	i := issue.Digest.Issue
	d.empty("publication", "date", on.String(), "name", d.publisher(), "showAs", d.issueName(issue),
		"number", itoa(i.Year)+"-"+itoa(i.No))
	d.line()
}

// issueName is 2023年第6期（总第123期）, or the title that the issue has.
func (s Source) issueName(e *catalog.Entry) string {
	i := e.Digest.Issue
	name := i.Title
	if name == "" {
		name = s.Words("issue.title", itoa(i.Year), itoa(i.No))
	}
	if i.Running > 0 {
		name += "（" + s.Words("issue.running", itoa(i.Running)) + "）"
	}
	return name
}

func (d *document) classification() {
	doc := d.e.Document
	if len(doc.Topics)+len(doc.Keywords) == 0 {
		return
	}
	d.open("classification", "source", "#gongbao")
	for _, t := range doc.Topics {
		d.empty("keyword", "value", t, "showAs", t, "dictionary", "#topics")
	}
	for _, k := range doc.Keywords {
		d.empty("keyword", "value", k, "showAs", k, "dictionary", "#keywords")
	}
	d.close("classification")
	d.line()
}

// A modification is how Akoma Ntoso calls what a relation does.
type modification struct{ element, kind string }

var modifications = map[gazette.RelationKind]modification{
	gazette.Repeals:    {"textualMod", "repeal"},
	gazette.Replaces:   {"textualMod", "replacement"},
	gazette.Lapses:     {"forceMod", "endOfEnactment"},
	gazette.Amends:     {"textualMod", "substitution"},
	gazette.Corrects:   {"textualMod", "substitution"},
	gazette.Extends:    {"forceMod", "prorogationOfForce"},
	gazette.Continues:  {"forceMod", "reEnactment"},
	gazette.Suspends:   {"efficacyMod", "inapplication"},
	gazette.Resumes:    {"efficacyMod", "entryIntoEfficacy"},
	gazette.Implements: {"legalSystemMod", "implementation"},
	gazette.Transmits:  {"legalSystemMod", "application"},
}

// analysis writes what the document does to others and others to it. What the
// schema has no modification for, or no address, is in index.json only.
func (d *document) analysis() {
	self := d.work(d.e)
	mark := len(d.writer.b)
	d.open("analysis", "source", "#gongbao")
	d.line()
	any := d.modifications("activeModifications", func(each func(kind gazette.RelationKind, source, target string, articles []string)) {
		for _, r := range d.e.Relations {
			each(r.Kind, self, d.target(catalog.Target{Entry: r.Entry, External: r.External}), r.Articles)
		}
	})
	any = d.modifications("passiveModifications", func(each func(kind gazette.RelationKind, source, target string, articles []string)) {
		for _, r := range d.e.Inverse {
			if r.By.Type == gazette.TypeDocument {
				each(r.Kind, d.work(r.By), self, r.Articles)
			}
		}
	}) || any
	any = d.others() || any
	if !any {
		d.writer.b = d.writer.b[:mark]
		return
	}
	d.close("analysis")
	d.line()
}

func (d *document) modifications(tag string, all func(each func(kind gazette.RelationKind, source, target string, articles []string))) bool {
	any := false
	all(func(kind gazette.RelationKind, source, target string, articles []string) {
		m, ok := modifications[kind]
		if !ok || target == "" {
			return
		}
		if !any {
			d.open(tag)
			d.line()
			any = true
		}
		d.open(m.element, "type", m.kind)
		d.empty("source", "href", source)
		d.empty("destination", "href", target)
		d.close(m.element)
		d.line()
	})
	if any {
		d.close(tag)
		d.line()
	}
	return any
}

// others writes the relations that modify nothing: 依据, 引用, 解读, 答复.
func (d *document) others() bool {
	any := false
	for _, r := range d.e.Relations {
		to := d.target(catalog.Target{Entry: r.Entry, External: r.External, Article: r.Target.Article})
		if _, modifies := modifications[r.Kind]; modifies || to == "" {
			continue
		}
		if !any {
			d.open("otherReferences", "source", "#gongbao")
			d.line()
			any = true
		}
		d.empty("implicitReference", "href", to, "showAs", d.Words("relation."+string(r.Kind)))
		d.line()
	}
	if any {
		d.close("otherReferences")
		d.line()
	}
	return any
}

// references declares all that others refer to.
func (d *document) references(events []event) {
	doc := d.e.Document
	d.open("references", "source", "#gongbao")
	d.line()
	d.declare("original", "original", d.work(d.e), shown(d.e))
	for _, x := range events {
		if x.interval >= 0 && x.source != "original" {
			by := d.Catalog.Entry(d.e.Effects[d.e.Intervals[x.interval].Cause].By)
			d.declare("passiveRef", x.source, d.work(by), shown(by))
		}
	}
	d.declare("TLCOrganization", "gongbao", "/ontology/organization/gongbao", d.publisher())
	for i, name := range doc.Issuers {
		code := name
		if x := d.Catalog.Issuer(name); x != nil && x.Code != "" {
			code = x.Code
		}
		d.declare("TLCOrganization", "issuer_"+itoa(i+1), "/ontology/organization/"+uri(code), name)
	}
	if len(doc.Issuers) == 0 {
		d.declare("TLCOrganization", "issuer_unknown", "/ontology/organization/unknown", "发文机关不明")
	}
	d.declare("TLCRole", "author", "/ontology/role/author", "发文机关")
	if len(doc.Topics) > 0 {
		d.declare("TLCConcept", "topics", "/ontology/concept/topics", "主题")
	}
	if len(doc.Keywords) > 0 {
		d.declare("TLCConcept", "keywords", "/ontology/concept/keywords", "关键词")
	}
	said := map[gazette.Force]bool{gazette.NoForce: true}
	for _, iv := range d.e.Intervals {
		if !said[iv.Force] {
			said[iv.Force] = true
			d.declare("TLCConcept", string(iv.Force), "/ontology/concept/"+string(iv.Force), d.Words("force."+string(iv.Force)))
		}
	}
	d.close("references")
	d.line()
}

func (d *document) declare(tag, id, href, name string) {
	d.empty(tag, "eId", id, "href", href, "showAs", name)
	d.line()
}

// shown is how lists call a document.
func shown(e *catalog.Entry) string {
	if e.Document.Number != "" {
		return e.Document.Number
	}
	return e.Title()
}

// publisher is who puts the file online.
func (s Source) publisher() string { return cmp.Or(s.Catalog.Config.GazetteName(), "gongbao") }

// proprietary writes what Akoma Ntoso has no word for, and the intervals with
// their last days, as the page has them.
func (d *document) proprietary() {
	e, doc := d.e, d.e.Document
	d.open("proprietary", "source", "#gongbao")
	d.line()
	pages := [2]string{}
	if e.Issue != nil && e.IssuePage > 0 {
		pages = [2]string{itoa(e.IssuePage), itoa(max(e.IssuePage, e.IssueLast))}
	}
	d.open("gb:document", "id", e.ID, "class", string(doc.Class), "kind", doc.Kind, "form", doc.Form, "disclosure", string(doc.Disclosure),
		"level", e.Level, "signed", doc.Signed.String(), "printed", doc.Printed.String(), "promulgated", doc.Promulgated.String(),
		"published", doc.Published.String(), "drafter", doc.Drafter, "signer", doc.Signer, "pageFrom", pages[0], "pageTo", pages[1])
	d.line()
	for _, iv := range e.Intervals {
		if iv.Force != gazette.NoForce {
			d.empty("gb:interval", "force", string(iv.Force), "from", iv.From.String(), "to", iv.To.String())
			d.line()
		}
	}
	d.close("gb:document")
	d.line()
	d.close("proprietary")
	d.line()
}
