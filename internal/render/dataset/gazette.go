package dataset

import (
	"bytes"
	"encoding/json"

	"gongbao/internal/config"
	"gongbao/internal/render"
	"gongbao/internal/source"
)

// A Gazette is data/gazette.json: who publishes, by which rules first and last days
// are told where texts do not say them, and the registers that documents are named
// by. With it and the documents another site finds the same addresses, relations and
// statuses. What a register holds for the editors alone is not in it.
type Gazette struct {
	Name     string     `json:"name,omitempty"`
	Title    string     `json:"title,omitempty"` // of the site
	URL      string     `json:"url,omitempty"`
	SiteID   string     `json:"site_id,omitempty"`
	Language string     `json:"language"`
	Issuers  []string   `json:"issuers,omitempty"` // the site's own
	Validity Validity   `json:"validity"`
	Bodies   []Body     `json:"bodies,omitempty"`
	Series   []Series   `json:"series,omitempty"`
	Topics   []Topic    `json:"topics,omitempty"`
	External []External `json:"external,omitempty"`
}

// Validity is how days are told that texts do not say: [validity] of config.toml.
type Validity struct {
	Read             string         `json:"read"`
	EffectiveDefault string         `json:"effective_default"`
	Rules            []ValidityRule `json:"rules,omitempty"`
}

// A ValidityRule is a rule of the jurisdiction.
type ValidityRule struct {
	Name        string   `json:"name,omitempty"`
	AppliesTo   []string `json:"applies_to"`
	Issuers     []string `json:"issuers,omitempty"`
	Kinds       []string `json:"kinds,omitempty"`
	Since       string   `json:"since,omitempty"`
	Before      string   `json:"before,omitempty"`
	Years       int      `json:"years,omitempty"`
	TrialYears  int      `json:"trial_years,omitempty"`
	NoticeYears int      `json:"notice_years,omitempty"`
	From        string   `json:"from"`
	OnExpiry    string   `json:"on_expiry"`
	Source      string   `json:"source,omitempty"`
	CheckedOn   string   `json:"checked_on,omitempty"`
}

// A Body (发文机关) is an issuer of the register.
type Body struct {
	Name     string   `json:"name"`
	Code     string   `json:"code,omitempty"`
	Short    string   `json:"short,omitempty"`
	Level    string   `json:"level,omitempty"`
	Parent   string   `json:"parent,omitempty"`
	Body     string   `json:"body,omitempty"`
	Succeeds []string `json:"succeeds,omitempty"`
	Until    string   `json:"until,omitempty"`
}

// A Series (机关代字) has the code that stands in addresses.
type Series struct {
	Name   string `json:"name"`
	Code   string `json:"code"`
	Issuer string `json:"issuer,omitempty"`
	Gaps   []Gap  `json:"gaps,omitempty"`
}

// A Gap is a stretch of serials that were never used.
type Gap struct {
	Year   int    `json:"year,omitempty"`
	From   int    `json:"from"`
	To     int    `json:"to"`
	Reason string `json:"reason"`
}

// A Topic (主题分类).
type Topic struct {
	Name string `json:"name"`
	Code string `json:"code,omitempty"`
}

// An External document is known to the gazette and not published by it.
type External struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Number    string `json:"number,omitempty"`
	Issuer    string `json:"issuer,omitempty"`
	Force     string `json:"force,omitempty"`
	Source    string `json:"source,omitempty"`
	CheckedOn string `json:"checked_on,omitempty"`
	Amended   string `json:"amended,omitempty"`
}

// GazetteOf is what a site says of itself.
func GazetteOf(c *config.Config, data *source.Data) Gazette {
	g := Gazette{
		Name: c.GazetteName(), Title: c.Site.Title, URL: c.BaseURL, SiteID: c.Site.SiteID, Language: c.Site.Language, Issuers: c.Site.Issuers,
		Validity: Validity{Read: c.Validity.Read, EffectiveDefault: c.Validity.EffectiveDefault},
	}
	for _, r := range c.Validity.Rules {
		x := ValidityRule{
			Name: r.Name, Issuers: r.Issuers, Kinds: r.Kinds, Since: r.Since.String(), Before: r.Before.String(), Years: r.Years, TrialYears: r.TrialYears,
			NoticeYears: r.NoticeYears, From: r.From, OnExpiry: r.OnExpiry, Source: r.Source, CheckedOn: r.CheckedOn.String(),
		}
		for _, class := range r.Classes {
			x.AppliesTo = append(x.AppliesTo, string(class))
		}
		g.Validity.Rules = append(g.Validity.Rules, x)
	}
	for _, i := range data.Issuers {
		g.Bodies = append(g.Bodies, Body{i.Name, i.Code, i.Short, i.Level, i.Parent, i.Body, i.Succeeds, i.Until.String()})
	}
	for _, s := range data.Series {
		x := Series{Name: s.Name, Code: s.Code, Issuer: s.Issuer}
		for _, gap := range s.Gaps {
			x.Gaps = append(x.Gaps, Gap(gap))
		}
		g.Series = append(g.Series, x)
	}
	for _, t := range data.Topics {
		g.Topics = append(g.Topics, Topic{t.Name, t.Code})
	}
	for _, x := range data.External {
		g.External = append(g.External, External{x.ID, x.Title, x.Number, x.Issuer, x.Force, x.Source, x.CheckedOn.String(), x.Amended.String()})
	}
	return g
}

// gazette is the unit of data/gazette.json.
func (b *Bulk) gazette() render.Unit {
	return whole(render.DataGazette, b.Version, func() ([]byte, error) {
		var out bytes.Buffer
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		err := enc.Encode(GazetteOf(&b.Catalog.Config, b.Catalog.Data))
		return out.Bytes(), err
	})
}
