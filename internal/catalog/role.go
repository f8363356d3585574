package catalog

import (
	"regexp"
	"slices"
	"strings"

	"gongbao/internal/gazette"
)

// speaks reports whether a document can change others: published law, not a
// draft put up for comment, and the newest text of its work.
func speaks(e *Entry) bool {
	return e.Shelf != gazette.Withdrawn && e.Newest() == e && e.Document.Class != gazette.Reprint && !draftTitle(e.Document.Title)
}

func draftTitle(title string) bool {
	for _, w := range []string{"征求", "征集", "意见稿", "草案", "送审稿", "讨论稿", "公示"} {
		if strings.Contains(title, w) {
			return true
		}
	}
	return false
}

// zones are words for a part of a place with rules of its own.
var zones = [...]string{"新区", "开发区", "试验区", "示范区", "合作区", "自贸区", "保税区", "园区"}

var zone = regexp.MustCompile(`\p{Han}{2,8}?(?:` + strings.Join(zones[:], "|") + `)`)

// zoneOf is the zone that a title names, "" for none.
func zoneOf(title string) string {
	if !strings.Contains(title, "区") { // most titles, and patterns are slow
		return ""
	}
	return zone.FindString(title)
}

// elsewhere reports whether the author's title limits it to a zone which neither
// its makers nor its target are of.
func elsewhere(r *ReadEffect) bool {
	z := zoneOf(r.By.Document.Title)
	if z == "" {
		return false
	}
	for _, w := range zones {
		if strings.HasSuffix(z, w) && (strings.Contains(r.Target.Entry.Document.Title, w) || slices.ContainsFunc(issuersOf(r.By), func(i string) bool { return strings.Contains(i, w) })) {
			return false
		}
	}
	return true
}

// A role is what readEffects takes from the title of a document, whether it is an
// author or may be meant, but for the names under which it is found.
type role struct {
	draft   bool
	zone    string
	zones   [len(zones)]bool
	issuers string
}

func roleOf(e *Entry) role {
	title := e.Document.Title
	r := role{draft: draftTitle(title), zone: zoneOf(title), issuers: strings.Join(issuersOf(e), "\x00")}
	for i, w := range zones {
		r.zones[i] = strings.Contains(title, w)
	}
	return r
}

// sameRole reports whether readEffects makes of an entry under another title what
// it made of it, if the names lead to the same entries.
func (c *Catalog) sameRole(e, after *Entry) bool {
	if roleOf(e) != roleOf(after) {
		return false
	}
	place := placeOf(e.Document.Title) == placeOf(after.Document.Title) // namedIssuer asks for it
	return !slices.ContainsFunc(c.Read, func(r *ReadEffect) bool {
		return !place && r.By == e && r.Issuer != "" || r.Reason == "unlisted" && r.Target.Entry == e // that one bears the title
	})
}
