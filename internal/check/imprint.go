package check

import (
	"slices"
	"strconv"

	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// Sealing returns what the law asks of the imprint of an issue and what is not
// so: errors, since a sealed issue is a printed one. A site without [gazette]
// imprint gets a warning, for nobody knows what its imprint must say. The places need the
// details of the digests.
func Sealing(cat *catalog.Catalog, issue *catalog.Entry) []diag.Finding {
	c := &checker{cat: cat}
	if cat.Config.Gazette.Imprint == "" {
		return []diag.Finding{diag.New("imprint-missing", diag.Pos{File: config.Name}, "kind.imprint-imprint", "[gazette] imprint")}
	}
	c.siteWords()
	c.imprint(issue)
	for i := range c.findings {
		c.findings[i].Severity = diag.Error
	}
	return diag.Sort(c.findings)
}

// imprints checks the imprint of every issue by the rule set of the site.
func (c *checker) imprints() {
	if c.cat.Config.Gazette.Imprint == "" {
		return
	}
	c.siteWords()
	for _, s := range c.cat.Issues {
		c.imprint(s)
	}
}

// imprint reports lines that are missing (imprint-missing) or have not the form
// of their standard (imprint-number), and words that the issue must not use of
// itself (imprint-word). A scan carries its imprint on paper: only the words
// around it count.
func (c *checker) imprint(s *catalog.Entry) {
	rules := c.cat.Config.Gazette.Imprint
	if rules == gazette.ImprintPermit {
		for i, w := range s.Digest.Issue.Words {
			c.report(diag.New("imprint-word", s.Pos("words."+strconv.Itoa(i)), w))
		}
	}
	if s.Scanned() || s.Lock != nil && len(s.Lock.Imprint) > 0 {
		return
	}
	lines := map[string]string{}
	for _, l := range c.cat.Imprint(s) {
		lines[l.Key] = l.Text
	}
	for _, key := range gazette.RequiredImprint(rules) {
		if lines[key] == "" && !(key == "sponsor" && lines["publisher"] != "") {
			c.report(diag.New("imprint-missing", c.home(s, key), "kind.imprint-"+key, key))
		}
	}
	if rules != gazette.ImprintCN {
		return
	}
	if v := lines["cn"]; v != "" && !gazette.ValidCN(v) {
		c.report(diag.New("imprint-number", c.line(s, "cn"), "kind.imprint-cn", v, "CN 51-1727/D"))
	}
	if v := lines["issn"]; v != "" && !gazette.ValidISSN(v) {
		c.report(diag.New("imprint-number", c.line(s, "issn"), "kind.imprint-issn", v, "ISSN 1004-3438"))
	}
}

// home is where a missing line would stand: days and numbers of copies in the
// issue, all else in config.toml, where one line serves every issue.
func (c *checker) home(s *catalog.Entry, key string) diag.Pos {
	if slices.Contains([]string{"date", "printed_on", "copies"}, key) {
		return s.Pos("imprint")
	}
	pos := c.cat.Config.Gazette.Positions["imprint"]
	if key == "name" {
		pos = c.cat.Config.Gazette.Positions["name"]
	}
	return pos
}

// line is where a line of the imprint stands.
func (c *checker) line(s *catalog.Entry, key string) diag.Pos {
	if slices.ContainsFunc(s.Digest.Issue.Imprint, func(l gazette.ImprintLine) bool { return l.Key == key }) {
		return s.Pos("imprint." + key)
	}
	return c.cat.Config.Gazette.Positions[key]
}

// siteWords looks for the words that a serial for internal use must not use of
// itself in its name and in what the site sets of the imprint.
func (c *checker) siteWords() {
	g := c.cat.Config.Gazette
	if g.Imprint != gazette.ImprintPermit {
		return
	}
	for _, l := range append([]gazette.ImprintLine{{Key: "name", Text: g.Name}, {Key: "frequency", Text: g.Frequency}}, g.Fields...) {
		for _, m := range gazette.PeriodicalWords(l.Text) {
			c.report(diag.New("imprint-word", source.Within(g.Positions[l.Key], l.Text, m), m.Word))
		}
	}
}
