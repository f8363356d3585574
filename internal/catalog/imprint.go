package catalog

import (
	"strconv"
	"strings"

	"gongbao/internal/gazette"
)

// Imprint returns the lines of the 版权页 of an issue in printed order, the same
// for page and print. Lines of the issue replace those of the site; 印数 and
// 发送对象 come from data/distribution.toml where neither says them, 印刷日期 is
// the issue's date. Keys are those of gazette.ImprintKeys, and name, no, date,
// frequency, internal; each once. It returns nil where the site has no imprint.
//
// Of a sealed issue they are what was printed. What the site says today is not
// said of a scan: its own lines alone count.
func (c *Catalog) Imprint(e *Entry) []gazette.ImprintLine {
	if e.Lock != nil && len(e.Lock.Imprint) > 0 {
		return e.Lock.Imprint
	}
	g, is := c.Config.Gazette, e.Digest.Issue
	own, site := fields(is.Imprint), fields(g.Fields)
	if g.Imprint == "" && len(own)+len(site) == 0 || e.Scanned() && len(own) == 0 {
		return nil
	}
	lines := map[string]string{"name": g.Name, "no": is.Number(), "date": is.Date.Zh(), "frequency": g.Frequency}
	if g.Imprint != "" {
		lines["printed_on"] = is.Date.Zh()
		lines["copies"] = c.copies()
		lines["recipients"] = c.recipients()
	}
	if e.Scanned() {
		lines, site = map[string]string{"no": is.Number(), "date": is.Date.Zh()}, nil
	}
	var out []gazette.ImprintLine
	for _, key := range append([]string{"name", "no", "date", "frequency"}, gazette.ImprintKeys()...) {
		if key == "permit" && g.Imprint == gazette.ImprintPermit && !e.Scanned() {
			out = append(out, gazette.ImprintLine{Key: "internal"})
		}
		for _, text := range []string{own[key], site[key], lines[key]} {
			if text != "" {
				out = append(out, gazette.ImprintLine{Key: key, Text: text})
				break
			}
		}
	}
	return out
}

func fields(lines []gazette.ImprintLine) map[string]string {
	out := map[string]string{}
	for _, l := range lines {
		out[l.Key] = l.Text
	}
	return out
}

// copies is the sum of what the places receive, "" for none.
func (c *Catalog) copies() string {
	n := 0
	for _, p := range c.Data.Places {
		n += p.Copies
	}
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// recipients are what the register says in words, else the places by name.
func (c *Catalog) recipients() string {
	if c.Data.Recipients != "" {
		return c.Data.Recipients
	}
	var names []string
	for _, p := range c.Data.Places {
		if p.Name != "" && p.Copies > 0 {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, "、")
}
