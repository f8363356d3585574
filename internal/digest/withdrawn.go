package digest

import (
	"gongbao/internal/effect"
	"gongbao/internal/gazette"
)

// Withdrawn returns what of a withdrawn document (撤下) may be used at all: what
// names it, its days, and what it did to others. Of its text, of what its front
// matter tells of the text, and of its files there is nothing left in the digest,
// so that no output can show them, whatever still stands in content/.
//
// What its front matter says that it did to others stays: a repeal does not end
// because a page is gone. TextHash stays, by which ledger and locks know the text
// that was published.
//
// It is always the same one, of a document whose front matter has a day on which it
// is withdrawn; nil of others.
func (d *Digest) Withdrawn() *Digest { return d.withdrawn }

// withdraw makes what Withdrawn returns.
func (d *Digest) withdraw() {
	if d.Document.Withdrawn.Date.IsZero() {
		return
	}
	w, doc := *d, d.Document
	w.Document = &gazette.Document{
		Title: doc.Title, Number: doc.Number, Class: doc.Class, Kind: doc.Kind, Form: doc.Form, Issuers: doc.Issuers, Level: doc.Level,
		Signed: doc.Signed, Printed: doc.Printed, Promulgated: doc.Promulgated, Published: doc.Published,
		Effective: doc.Effective, Expires: doc.Expires, ValidFor: doc.ValidFor, Disclosure: doc.Disclosure,
		Registration: doc.Registration, Index: doc.Index, Aliases: doc.Aliases, Slug: doc.Slug, VersionOf: doc.VersionOf,
		TextNone: true, Reprinted: doc.Reprinted, Draft: doc.Draft, Archived: doc.Archived, Withdrawn: doc.Withdrawn,
		Relations: doc.Relations, Ignore: doc.Ignore,
	}
	w.Outline, w.HasBody, w.Answers, w.Size, w.Articles = false, false, false, 0, 0
	w.Links, w.Files, w.BodyHash = nil, nil, Hash{}
	w.bare = w.isBare()
	said := d.Reading()
	said = effect.Reading{Effective: said.Effective, Expires: said.Expires} // without the sentences
	w.reading, w.Speaks = packReading(said), false
	w.detail = (&detail{Positions: unpack(d.detail).Positions}).pack()
	w.face()
	w.ties(said)
	d.withdrawn = &w
}
