package importer

import (
	"path"
	"regexp"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

// A matter is front matter in the making.
type matter struct{ toml.Writer }

func (m *matter) date(key string, v gazette.Date) {
	m.Bare(key, v.String())
}

func (m *matter) moment(key string, v gazette.DateTime) {
	switch {
	case v.Date.IsZero():
	case v.Clock == "":
		m.date(key, v.Date)
	default:
		m.Bare(key, v.Date.String()+"T"+v.Clock+"+08:00")
	}
}

// sure is the confidence from which a value is written; below it stands as a
// comment, for a person to decide.
const sure = 0.7

// unsure reports values that only a person can confirm.
func (im *Imported) unsure(key string) bool {
	e, ok := im.Derived.Evidence[key]
	return ok && e.Confidence < sure
}

// frontMatter writes what was read, in the order of design §3. What is unsure is
// a comment; what a document ought to have and this one has not is listed.
func frontMatter(d *gazette.Document, im *Imported) string {
	m := &matter{}
	m.WriteString("+++\n")
	m.Text("title", d.Title)
	m.Text("number", d.Number)
	m.Text("class", string(d.Class))
	m.Text("kind", d.Kind)
	m.Text("form", d.Form)
	if im.unsure("issuers") {
		m.WriteString("# ")
	}
	m.List("issuers", d.Issuers)
	m.date("signed", d.Signed)
	m.date("printed", d.Printed)
	m.date("promulgated", d.Promulgated)
	m.moment("published", d.Published)
	m.date("effective", d.Effective)
	m.Text("disclosure", string(d.Disclosure))
	m.Text("index", d.Index)
	m.List("keywords", d.Keywords)
	m.List("addressees", d.Addressees)
	m.List("copy_to", d.CopyTo)
	m.Text("signer", d.Signer)
	m.Text("contact", d.Contact)
	m.Text("slug", d.Slug)
	m.Text("version_of", d.VersionOf)
	m.Bool("abridged", d.Abridged)
	m.source(im)
	if missing := im.Unread(); len(missing) > 0 {
		m.WriteString("# 没有读出，请核对补充：" + strings.Join(missing, "、") + "\n")
	}
	for _, key := range []string{"effective", "expires"} {
		if v := im.Listed[key]; !v.IsZero() {
			m.WriteString("# 原页面列有 " + key + " = " + v.String() + "，正文没有写明，请核对\n")
		}
	}
	if len(d.Topics) > 0 { // they must be those of data/topics.toml
		m.WriteString("# 原页面的分类：" + strings.ReplaceAll(strings.Join(d.Topics, "、"), "\n", " ") + "\n")
	}
	if d.Reply.Result != "" { // the rest stands in the title
		m.WriteString("\n[reply]\nresult = \"" + d.Reply.Result + "\"\n")
	}
	m.WriteString("+++\n")
	return m.String()
}

// Unread are the facts that a document ought to have and that could not be read,
// or only unsurely, in the words of the front matter. Laws have no kind and
// carry their dates in the 题注: of them nothing is asked.
func (im *Imported) Unread() []string {
	d := &im.Derived.Document
	if im.Type != gazette.TypeDocument || d.Class == gazette.Statute || d.Kind == "" {
		return nil
	}
	var out []string
	for _, f := range []struct {
		key   string
		empty bool
	}{
		{"number", d.Number == ""}, {"issuers", len(d.Issuers) == 0 || im.unsure("issuers")},
		{"signed", d.Signed.IsZero()}, {"disclosure", d.Disclosure == ""},
		{"effective", !im.Listed["effective"].IsZero()}, {"expires", !im.Listed["expires"].IsZero()},
	} {
		if f.empty {
			out = append(out, f.key)
		}
	}
	return out
}

var inTitle = regexp.MustCompile(`《([^《》]+(?:《[^《》]+》[^《》]*)*)》`)

// articleMatter is the front matter of an interpretation, question or
// consultation.
func articleMatter(im *Imported) string {
	d := &im.Derived.Document
	m := &matter{}
	m.WriteString("+++\n")
	m.Text("title", d.Title)
	var about []string
	for _, t := range inTitle.FindAllStringSubmatch(d.Title, -1) {
		about = append(about, "《"+t[1]+"》")
	}
	m.List("about", about)
	if im.Type == gazette.TypeInterpretation {
		m.List("forms", []string{"文字"})
		m.Text("author", strings.Join(d.Issuers, "、"))
	}
	m.moment("published", d.Published)
	m.Text("slug", d.Slug)
	m.source(im)
	m.WriteString("+++\n")
	return m.String()
}

// source says where a text came from: by its hash the next import knows it.
func (m *matter) source(im *Imported) {
	m.WriteString("source = { file = " + toml.Quote(path.Base(strings.ReplaceAll(im.Name, "\\", "/"))) + ", sha256 = " + toml.Quote(im.SHA256) + " }\n")
}
