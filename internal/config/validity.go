package config

import (
	"slices"
	"strconv"

	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

// A ValidityRule is one [[validity.rules]] entry: how long a document is valid
// that does not say so itself, by the law of the jurisdiction (design §4). The
// tool knows no such rule of its own. Rules are tried in order; the first that
// applies counts.
type ValidityRule struct {
	Name        string          // the law that the rule rests on, shown to readers
	Classes     []gazette.Class // applies_to; empty: 行政规范性文件
	Issuers     []string        // empty: every issuer of the site
	Kinds       []string        // empty: every 文种
	Since       gazette.Date    // documents signed on or after this day
	Before      gazette.Date    // documents signed before this day
	Years       int             // of a document
	TrialYears  int             // of one whose title says 试行 or 暂行; 0: Years
	NoticeYears int             // of a 通告; 0: Years
	From        string          // counted from: "effective" (default), "signed" or "published"
	OnExpiry    string          // "expired" (届满自动失效) or "verify" (default)
	Source      string          // where the rule is written
	CheckedOn   gazette.Date    // when a person last compared it with its source
}

func (p parser) rules(t *toml.Table, v *Validity) {
	for _, r := range p.Tables(t, "rules") {
		x := ValidityRule{From: "effective", OnExpiry: "verify"}
		p.String(r, "name", &x.Name)
		if x.Classes = p.classes(r, "applies_to"); len(x.Classes) == 0 {
			x.Classes = []gazette.Class{gazette.Normative}
		}
		p.Strings(r, "issuers", &x.Issuers)
		p.Strings(r, "kinds", &x.Kinds)
		p.date(r, "since", &x.Since)
		p.date(r, "before", &x.Before)
		p.upTo(r, "years", 100, &x.Years)
		p.upTo(r, "trial_years", 100, &x.TrialYears)
		p.upTo(r, "notice_years", 100, &x.NoticeYears)
		p.oneOf(r, "from", &x.From, "effective", "signed", "published")
		p.oneOf(r, "on_expiry", &x.OnExpiry, "expired", "verify")
		p.String(r, "source", &x.Source)
		p.date(r, "checked_on", &x.CheckedOn)
		p.Unknown(r)
		v.Rules = append(v.Rules, x)
	}
}

// classes reads an array of classes; words that are none are reported and left out.
func (p parser) classes(t *toml.Table, key string) []gazette.Class {
	var words []string
	var out []gazette.Class
	p.Strings(t, key, &words)
	for _, w := range words {
		if !slices.Contains(gazette.Classes(), gazette.Class(w)) {
			p.Report(t, key, "config-value", key, joinClasses())
			continue
		}
		out = append(out, gazette.Class(w))
	}
	return out
}

// upTo reads a number from 0 to most; another is reported and counts as 0.
func (p parser) upTo(t *toml.Table, key string, most int, dst *int) {
	e := t.Entry(key)
	p.Int(t, key, dst)
	if e != nil && (*dst < 0 || *dst > most) {
		p.Report(t, key, "config-value", key, "0–"+strconv.Itoa(most))
		*dst = 0
	}
}

func joinClasses() string {
	out := ""
	for i, c := range gazette.Classes() {
		if i > 0 {
			out += " | "
		}
		out += string(c)
	}
	return out
}
