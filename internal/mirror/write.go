package mirror

import (
	"encoding/json"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/render/dataset"
	"gongbao/internal/toml"
)

// A matter is TOML in the making out of data that somebody else wrote: what ought
// to be a date and is none is left out.
type matter struct{ toml.Writer }

func (m *matter) date(key, v string) {
	if t, err := gazette.ParseDateTime(v); err == nil {
		m.Bare(key, t.String())
	}
}

// contentOf is the content file of a document.
func contentOf(d *dataset.Document) []byte {
	m := &matter{}
	m.WriteString("+++\n")
	m.Text("title", d.Title)
	m.Text("number", d.Number)
	m.Text("class", d.Class)
	m.Text("kind", d.Kind)
	m.Text("form", d.Form)
	m.List("issuers", d.Issuers)
	m.date("signed", d.Signed)
	m.date("printed", d.Printed)
	m.date("promulgated", d.Promulgated)
	m.date("published", d.Published)
	m.date("effective", d.Effective)
	m.date("expires", d.Expires)
	m.Text("valid_for", d.ValidFor)
	m.Text("disclosure", d.Disclosure)
	m.Text("registration", d.Registration)
	m.Text("index", d.Index)
	m.List("topics", d.Topics)
	m.Text("level", d.Level)
	m.List("addressees", d.Addressees)
	m.List("copy_to", d.CopyTo)
	m.Text("signer", d.Signer)
	m.Text("drafter", d.Drafter)
	m.Text("contact", d.Contact)
	m.Text("summary", d.Summary)
	m.List("keywords", d.Keywords)
	m.List("tags", d.Tags)
	m.List("aliases", d.Aliases)
	m.Text("slug", d.Slug)
	m.Text("version_of", d.VersionOf)
	m.Text("text", d.Text)
	m.Bool("reprinted", d.Reprinted)
	m.Bool("abridged", d.Abridged)
	m.date("archived", d.Archived)
	if o := d.Origin; o != nil {
		m.WriteString("\n[origin]\n")
		m.Text("name", o.Name)
		m.Text("url", o.URL)
	}
	if r := d.Reply; r != nil {
		m.WriteString("\n[reply]\n")
		m.Text("to", r.To)
		m.Text("session", r.Session)
		m.Text("no", r.No)
		m.List("undertaker", r.Undertaker)
		m.Text("result", r.Result)
	}
	for _, a := range d.Attachments {
		m.WriteString("\n[[attachments]]\n")
		m.Text("file", a.File)
		m.Text("title", a.Title)
	}
	for _, r := range d.Relations {
		if r.Read {
			continue // the text says it
		}
		m.WriteString("\n[[relations]]\n")
		m.Text("kind", r.Kind)
		m.Text("target", r.Target)
		m.date("from", r.From)
		m.date("until", r.Until)
		m.List("articles", r.Articles)
	}
	for _, c := range d.Corrections {
		m.WriteString("\n[[corrections]]\n")
		m.date("date", c.Date)
		m.Text("what", c.What)
	}
	m.WriteString("+++\n")
	m.WriteString(d.Markdown)
	return []byte(m.String())
}

// issueOf is the content file of an issue.
func issueOf(i *dataset.Issue) []byte {
	m := &matter{}
	m.WriteString("+++\n")
	m.Text("title", i.Title)
	m.Int("year", i.Year)
	m.Int("no", i.No)
	m.Int("running", i.Running)
	m.date("date", i.Date)
	for _, s := range i.Sections {
		m.WriteString("\n[[sections]]\n")
		m.Text("title", s.Title)
		names := make([]string, len(s.Documents))
		for k, p := range s.Documents {
			names[k] = p.Name
		}
		m.List("documents", names)
	}
	m.WriteString("+++\n")
	return []byte(m.String())
}

// configOf is config.toml of a mirror: what the documents' addresses and statuses
// depend on, and who they are of.
func configOf(g *dataset.Gazette) []byte {
	m := &matter{}
	m.Text("base_url", g.URL)
	m.WriteString("\n[site]\n")
	m.Text("title", g.Title)
	m.Text("language", g.Language)
	m.Text("site_id", g.SiteID)
	m.List("issuers", g.Issuers)
	m.WriteString("\n[gazette]\n")
	m.Text("name", g.Name)
	m.WriteString("\n[validity]\n")
	m.Text("read", g.Validity.Read)
	m.Text("effective_default", g.Validity.EffectiveDefault)
	for _, r := range g.Validity.Rules {
		m.WriteString("\n[[validity.rules]]\n")
		m.Text("name", r.Name)
		m.List("applies_to", r.AppliesTo)
		m.List("issuers", r.Issuers)
		m.List("kinds", r.Kinds)
		m.date("since", r.Since)
		m.date("before", r.Before)
		m.Int("years", r.Years)
		m.Int("trial_years", r.TrialYears)
		m.Int("notice_years", r.NoticeYears)
		m.Text("from", r.From)
		m.Text("on_expiry", r.OnExpiry)
		m.Text("source", r.Source)
		m.date("checked_on", r.CheckedOn)
	}
	return []byte(m.String())
}

// registersOf are the registers of a gazette in content/data/, by their paths in a
// mirror.
func registersOf(g *dataset.Gazette) map[string][]byte {
	var bodies, series, topics, external matter
	for _, b := range g.Bodies {
		bodies.WriteString("\n[[issuer]]\n")
		bodies.Text("name", b.Name)
		bodies.Text("code", b.Code)
		bodies.Text("short", b.Short)
		bodies.Text("level", b.Level)
		bodies.Text("parent", b.Parent)
		bodies.Text("body", b.Body)
		bodies.List("succeeds", b.Succeeds)
		bodies.date("until", b.Until)
	}
	for _, s := range g.Series {
		series.WriteString("\n[[series]]\n")
		series.Text("name", s.Name)
		series.Text("code", s.Code)
		series.Text("issuer", s.Issuer)
		for _, gap := range s.Gaps {
			series.WriteString("\n[[series.gaps]]\n")
			series.Int("year", gap.Year)
			series.Int("from", gap.From)
			series.Int("to", gap.To)
			series.Text("reason", gap.Reason)
		}
	}
	for _, t := range g.Topics {
		topics.WriteString("\n[[topic]]\n")
		topics.Text("name", t.Name)
		topics.Text("code", t.Code)
	}
	for _, x := range g.External {
		external.WriteString("\n[[document]]\n")
		external.Text("id", x.ID)
		external.Text("title", x.Title)
		external.Text("number", x.Number)
		external.Text("issuer", x.Issuer)
		external.Text("force", x.Force)
		external.Text("source", x.Source)
		external.date("checked_on", x.CheckedOn)
		external.date("amended", x.Amended)
	}
	files := map[string][]byte{}
	for name, m := range map[string]*matter{"issuers": &bodies, "series": &series, "topics": &topics, "external": &external} {
		files["content/data/"+name+".toml"] = []byte(strings.TrimPrefix(m.String(), "\n"))
	}
	return files
}

// ledgerFile is where a mirror keeps ids and addresses, and what was withdrawn.
const ledgerFile = "content/data/ledger/pulled.ndjson"

// ledgerOf is the ledger of a mirror: a line for each document, so that it has the
// id and the address that its origin gave it, and one for each that is gone.
func ledgerOf(s *state) ([]byte, error) {
	var lines []ledger.Line
	for _, id := range sorted(s.Documents) {
		d := s.Documents[id]
		line := ledger.Line{
			V: 1, At: d.At, Event: ledger.Published, ID: id, Address: d.Address, Number: d.Number, Published: d.Published, TextHash: d.TextHash,
		}
		if catalog.PathID(d.Path) != id {
			line.Path = d.Path
		}
		lines = append(append(lines, before(line, d.Before)...), line)
	}
	for _, id := range sorted(s.Withdrawn) {
		g := s.Withdrawn[id]
		line := ledger.Line{
			V: 1, At: g.At, Event: ledger.Withdrawn, ID: id, Address: g.Address, Number: g.Number, Published: g.Published, TextHash: g.TextHash,
		}
		lines = append(append(lines, before(line, g.Before)...), line)
	}
	return ledger.Append(lines)
}

// before are lines for the addresses that a document had before the one of a line.
func before(line ledger.Line, addresses []string) (out []ledger.Line) {
	line.Event = ledger.Published
	for _, a := range addresses {
		line.Address = a
		out = append(out, line)
	}
	return out
}

// decode reads what an origin gave, and refuses what is no object of the kind.
func decode[T any](b []byte) (*T, error) {
	v := new(T)
	if err := json.Unmarshal(b, v); err != nil {
		return nil, err
	}
	return v, nil
}
