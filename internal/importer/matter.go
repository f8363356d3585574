package importer

import (
	"path"
	"regexp"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

// A matter is front matter in the making.
type matter struct{ strings.Builder }

func (m *matter) text(key, v string) {
	if v != "" {
		m.WriteString(key + " = " + toml.Quote(v) + "\n")
	}
}

func (m *matter) date(key string, v gazette.Date) {
	if !v.IsZero() {
		m.WriteString(key + " = " + v.String() + "\n")
	}
}

func (m *matter) moment(key string, v gazette.DateTime) {
	switch {
	case v.Date.IsZero():
	case v.Clock == "":
		m.date(key, v.Date)
	default:
		m.WriteString(key + " = " + v.Date.String() + "T" + v.Clock + "+08:00\n")
	}
}

func (m *matter) list(key string, vs []string) {
	if len(vs) == 0 {
		return
	}
	q := make([]string, len(vs))
	for i, v := range vs {
		q[i] = toml.Quote(v)
	}
	m.WriteString(key + " = [" + strings.Join(q, ", ") + "]\n")
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
	m.text("title", d.Title)
	m.text("number", d.Number)
	m.text("class", string(d.Class))
	m.text("kind", d.Kind)
	m.text("form", d.Form)
	if im.unsure("issuers") {
		m.WriteString("# ")
	}
	m.list("issuers", d.Issuers)
	m.date("signed", d.Signed)
	m.date("printed", d.Printed)
	m.date("promulgated", d.Promulgated)
	m.moment("published", d.Published)
	m.date("effective", d.Effective)
	m.text("disclosure", string(d.Disclosure))
	m.text("index", d.Index)
	m.list("keywords", d.Keywords)
	m.list("addressees", d.Addressees)
	m.list("copy_to", d.CopyTo)
	m.text("signer", d.Signer)
	m.text("contact", d.Contact)
	m.text("slug", d.Slug)
	m.text("version_of", d.VersionOf)
	if d.Abridged {
		m.WriteString("abridged = true\n")
	}
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
	m.text("title", d.Title)
	var about []string
	for _, t := range inTitle.FindAllStringSubmatch(d.Title, -1) {
		about = append(about, "《"+t[1]+"》")
	}
	m.list("about", about)
	if im.Type == gazette.TypeInterpretation {
		m.list("forms", []string{"文字"})
		m.text("author", strings.Join(d.Issuers, "、"))
	}
	m.moment("published", d.Published)
	m.text("slug", d.Slug)
	m.source(im)
	m.WriteString("+++\n")
	return m.String()
}

// source says where a text came from: by its hash the next import knows it.
func (m *matter) source(im *Imported) {
	m.WriteString("source = { file = " + toml.Quote(path.Base(strings.ReplaceAll(im.Name, "\\", "/"))) + ", sha256 = " + toml.Quote(im.SHA256) + " }\n")
}
