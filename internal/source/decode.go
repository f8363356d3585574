package source

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

// decoder reads front matter (design §3) into the words of gazette and keeps
// the position of each value.
type decoder struct {
	*toml.Decoder
	file *File
}

func (d *decoder) mark(t *toml.Table, prefix string, keys ...string) {
	for _, k := range keys {
		if e := t.Entry(k); e != nil {
			d.file.Positions[prefix+k] = e.Value.Pos
		}
	}
}

func (d *decoder) finding(rule string, pos diag.Pos, args ...string) {
	d.Findings = append(d.Findings, diag.New(rule, pos, args...))
}

func (d *decoder) date(t *toml.Table, key string, dst *gazette.Date) {
	text, pos, ok := d.Date(t, key)
	if !ok {
		return
	}
	v, err := gazette.ParseDate(text)
	if err != nil {
		d.finding("date-impossible", pos, text)
		return
	}
	*dst = v
}

func (d *decoder) dateTime(t *toml.Table, key string, dst *gazette.DateTime) {
	text, pos, ok := d.DateTime(t, key)
	if !ok {
		return
	}
	v, err := gazette.ParseDateTime(text)
	if err != nil {
		d.finding("date-impossible", pos, text)
		return
	}
	*dst = v
}

// word reads a string that must be one of a closed list.
func (d *decoder) word(t *toml.Table, key string, words []string) string {
	var v string
	d.String(t, key, &v)
	if v != "" && !slices.Contains(words, v) {
		d.finding("key-value", t.KeyPos(key), key, v, strings.Join(words, " "))
		return ""
	}
	return v
}

// words reads a list of strings that must all be of a closed list; the others
// are left out.
func (d *decoder) words(t *toml.Table, key string, known []string) []string {
	var all []string
	d.Strings(t, key, &all)
	e := t.Entry(key)
	if e == nil {
		return nil
	}
	for _, v := range e.Value.Array {
		if v.Kind == toml.String && !slices.Contains(known, v.Text) {
			d.finding("key-value", v.Pos, key, v.Text, strings.Join(known, " "))
		}
	}
	return slices.DeleteFunc(all, func(w string) bool { return !slices.Contains(known, w) })
}

// kinds are the 文种 as front matter and registers may write them.
func kinds() []string { return append(gazette.Kinds(), "令", "命令（令）") }

// plainKind is the one spelling of 命令.
func plainKind(kind string) string {
	if strings.HasSuffix(kind, "令") || strings.HasSuffix(kind, "令）") {
		return "命令"
	}
	return kind
}

func words[T ~string](xs []T) []string {
	out := make([]string, len(xs))
	for i, x := range xs {
		out[i] = string(x)
	}
	return out
}

func (d *decoder) document(t *toml.Table, doc *gazette.Document) {
	d.Require(t, "title")
	d.String(t, "title", &doc.Title)
	d.String(t, "number", &doc.Number)
	doc.Class = gazette.Class(d.word(t, "class", words(gazette.Classes())))
	doc.Kind = plainKind(d.word(t, "kind", kinds()))
	d.String(t, "form", &doc.Form)
	d.Strings(t, "issuers", &doc.Issuers)
	d.date(t, "signed", &doc.Signed)
	d.date(t, "printed", &doc.Printed)
	d.date(t, "promulgated", &doc.Promulgated)
	d.dateTime(t, "published", &doc.Published)
	d.date(t, "effective", &doc.Effective)
	d.date(t, "expires", &doc.Expires)
	d.period(t, "valid_for", &doc.ValidFor)
	doc.Disclosure = gazette.Disclosure(d.word(t, "disclosure",
		[]string{string(gazette.Public), string(gazette.OnRequest), string(gazette.NotPublic)}))
	d.String(t, "registration", &doc.Registration)
	d.String(t, "index", &doc.Index)
	d.Strings(t, "topics", &doc.Topics)
	doc.Level = d.word(t, "level", gazette.Levels())
	d.Strings(t, "addressees", &doc.Addressees)
	d.Strings(t, "copy_to", &doc.CopyTo)
	d.String(t, "signer", &doc.Signer)
	d.String(t, "drafter", &doc.Drafter)
	d.String(t, "contact", &doc.Contact)
	d.String(t, "summary", &doc.Summary)
	d.Strings(t, "keywords", &doc.Keywords)
	d.Strings(t, "tags", &doc.Tags)
	d.attachments(t, &doc.Attachments)
	if o := d.Table(t, "origin"); o != nil {
		d.String(o, "name", &doc.Origin.Name)
		d.String(o, "url", &doc.Origin.URL)
		d.Unknown(o)
	}
	d.Strings(t, "aliases", &doc.Aliases)
	d.String(t, "slug", &doc.Slug)
	d.String(t, "version_of", &doc.VersionOf)
	doc.TextNone = d.word(t, "text", []string{"none"}) == "none"
	d.Bool(t, "reprinted", &doc.Reprinted)
	d.Bool(t, "abridged", &doc.Abridged)
	d.Bool(t, "draft", &doc.Draft)
	d.date(t, "archived", &doc.Archived)
	if w := d.Table(t, "withdrawn"); w != nil {
		d.Require(w, "date", "reason")
		d.date(w, "date", &doc.Withdrawn.Date)
		d.String(w, "reason", &doc.Withdrawn.Reason)
		d.Unknown(w)
	}
	d.imported(t)
	d.relations(t, doc)
	d.corrections(t, doc)
	d.reviews(t, doc)
	d.reply(t, doc)
	d.Strings(t, "ignore", &doc.Ignore)
	d.mark(t, "", "title", "number", "class", "issuers", "signed", "printed", "promulgated", "published",
		"effective", "expires", "topics", "slug", "version_of", "disclosure", "withdrawn", "attachments")
	d.aliases(t, doc.Aliases)
	d.slug(t, doc.Slug)
}

func (d *decoder) period(t *toml.Table, key string, dst *gazette.Period) {
	var v string
	d.String(t, key, &v)
	if v == "" {
		return
	}
	p, err := gazette.ParsePeriod(v)
	if err != nil {
		d.finding("key-value", t.KeyPos(key), key, v, "5y 18m 90d")
		return
	}
	*dst = p
}

// count reads a number between two bounds.
func (d *decoder) count(t *toml.Table, key string, dst *int, least, most int) {
	e := t.Entry(key)
	d.Int(t, key, dst)
	if e != nil && e.Value.Kind == toml.Integer && (*dst < least || *dst > most) {
		d.finding("key-value", e.Value.Pos, key, e.Value.Text, strconv.Itoa(least)+"–"+strconv.Itoa(most))
		*dst = 0
	}
}

func (d *decoder) attachments(t *toml.Table, dst *[]gazette.Attachment) {
	for _, a := range d.Tables(t, "attachments") {
		var x gazette.Attachment
		d.Require(a, "file")
		d.String(a, "file", &x.File)
		d.String(a, "title", &x.Title)
		d.Unknown(a)
		if x.File == "" {
			continue
		}
		if !SafePath(x.File) {
			d.finding("path-unsafe", a.KeyPos("file"), x.File)
			continue
		}
		d.file.Positions["attachments."+strconv.Itoa(len(*dst))+".file"] = a.KeyPos("file")
		*dst = append(*dst, x)
	}
}

// SafePath reports whether a path from front matter stays inside its folder.
func SafePath(p string) bool {
	if p == "" || strings.HasPrefix(p, "/") || strings.ContainsAny(p, "\\:*?\"<>|%#") || strings.ContainsFunc(p, unicode.IsControl) {
		return false
	}
	for _, part := range strings.Split(p, "/") {
		if part == ".." || part == "." || part == "" {
			return false
		}
	}
	return true
}

// aliases keeps the place of each old address and checks that it is one of the
// site: /old/a.html.
func (d *decoder) aliases(t *toml.Table, aliases []string) {
	e := t.Entry("aliases")
	if e == nil {
		return
	}
	n := 0
	for _, v := range e.Value.Array {
		if v.Kind != toml.String {
			continue // reported, and not among aliases
		}
		d.file.Positions["aliases."+strconv.Itoa(n)] = v.Pos
		if !SafePath(strings.Trim(aliases[n], "/")) {
			d.finding("path-unsafe", v.Pos, v.Text)
		}
		n++
	}
}

func (d *decoder) slug(t *toml.Table, slug string) {
	if slug != "" && (!SafePath(slug) || strings.ContainsAny(slug, "/#% ")) {
		d.finding("path-unsafe", t.KeyPos("slug"), slug)
	}
}

func (d *decoder) relations(t *toml.Table, doc *gazette.Document) {
	for _, r := range d.Tables(t, "relations") {
		x := gazette.Relation{}
		d.Require(r, "kind", "target")
		x.Kind = gazette.RelationKind(d.word(r, "kind", words(gazette.RelationKinds())))
		d.String(r, "target", &x.Target)
		d.date(r, "from", &x.From)
		d.date(r, "until", &x.Until)
		d.Strings(r, "articles", &x.Articles)
		d.Unknown(r)
		if x.Kind == "" || x.Target == "" {
			continue
		}
		prefix := "relations." + strconv.Itoa(len(doc.Relations)) + "."
		d.mark(r, prefix, "kind", "target", "from", "until")
		doc.Relations = append(doc.Relations, x)
	}
}

func (d *decoder) corrections(t *toml.Table, doc *gazette.Document) {
	for _, c := range d.Tables(t, "corrections") {
		x := gazette.Correction{}
		d.Require(c, "date", "what")
		d.date(c, "date", &x.Date)
		d.String(c, "what", &x.What)
		d.Unknown(c)
		doc.Corrections = append(doc.Corrections, x)
	}
}

func (d *decoder) reviews(t *toml.Table, doc *gazette.Document) {
	for _, r := range d.Tables(t, "review") {
		x := gazette.Review{}
		d.Require(r, "step")
		d.String(r, "step", &x.Step)
		d.String(r, "by", &x.By)
		d.date(r, "on", &x.On)
		d.Unknown(r)
		doc.Reviews = append(doc.Reviews, x)
	}
}

// imported reads where a file was imported from.
func (d *decoder) imported(t *toml.Table) {
	if s := d.Table(t, "source"); s != nil {
		d.Skip(s, "file")
		d.String(s, "sha256", &d.file.Imported)
		d.Unknown(s)
	}
}

func (d *decoder) article(t *toml.Table, a *gazette.Article, typ gazette.Type) {
	d.Require(t, "title")
	d.String(t, "title", &a.Title)
	d.Strings(t, "about", &a.About)
	d.String(t, "author", &a.Author)
	d.Strings(t, "issuers", &a.Issuers)
	d.dateTime(t, "published", &a.Published)
	d.String(t, "contact", &a.Contact)
	d.String(t, "summary", &a.Summary)
	d.Strings(t, "keywords", &a.Keywords)
	d.Strings(t, "tags", &a.Tags)
	d.attachments(t, &a.Attachments)
	d.Strings(t, "aliases", &a.Aliases)
	d.String(t, "slug", &a.Slug)
	d.Bool(t, "draft", &a.Draft)
	d.date(t, "archived", &a.Archived)
	d.imported(t)
	d.Strings(t, "ignore", &a.Ignore)
	switch typ {
	case gazette.TypeInterpretation:
		d.Strings(t, "forms", &a.Forms)
		for i, f := range a.Forms {
			if !slices.Contains(gazette.InterpretationForms(), f) {
				d.finding("key-value", t.Entry("forms").Value.Array[i].Pos, "forms", f, strings.Join(gazette.InterpretationForms(), " "))
			}
		}
	case gazette.TypeConsultation:
		d.date(t, "opens", &a.Opens)
		d.date(t, "closes", &a.Closes)
		d.String(t, "feedback", &a.Feedback)
		if !a.Opens.IsZero() && !a.Closes.IsZero() && a.Closes.Before(a.Opens) {
			d.Report(t, "closes", "consultation-dates")
		}
	case gazette.TypeResponse:
		d.month(t, "period", &a.Period)
		d.channels(t, a)
	}
	if e := t.Entry("about"); e != nil {
		for i := range a.About {
			d.file.Positions["about."+strconv.Itoa(i)] = e.Value.Array[min(i, len(e.Value.Array)-1)].Pos
		}
	}
	d.mark(t, "", "title", "published", "slug", "feedback")
	d.aliases(t, a.Aliases)
	d.slug(t, a.Slug)
}
