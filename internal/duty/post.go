package duty

import (
	"slices"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
)

// post: a document that came out stands on every channel of [share] on the same
// day, or as many working days later as the site allows.
func (s *survey) post(e *catalog.Entry) {
	share, on := s.cat.Config.Share, e.Document.Published.Date
	if share.Since.IsZero() || on.IsZero() || on.Before(share.Since) || !own(s.cat, e) || !share.Asks(e.Document.Class) {
		return
	}
	posts := s.cat.Ledger.Posts(e.ID)
	for _, channel := range share.Channels {
		d := Duty{Kind: Post, Entry: e, Name: e.Title(), By: channel, From: on, Due: on}
		if share.Days > 0 {
			d = s.working(d, share.Days)
		}
		if i := slices.IndexFunc(posts, func(p ledger.Post) bool { return p.Channel == channel && p.Event == ledger.Posted }); i >= 0 {
			d.Done, d.Answer = posts[i].Day(), e
		}
		s.add(d)
	}
}

// unpost: what is withdrawn does not stand elsewhere, on whatever channel. What
// was taken down is no duty any more.
func (s *survey) unpost(e *catalog.Entry) {
	if e.Shelf != gazette.Withdrawn {
		return
	}
	on := e.Document.Withdrawn.Date
	if on.IsZero() {
		on = s.cat.AsOf
	}
	for _, p := range s.cat.Ledger.Standing(e.ID) {
		s.add(Duty{Kind: Unpost, Entry: e, Name: e.Title(), By: p.Channel, From: on, Due: on})
	}
}

// posted reports what stands on new media and should not stand there as it is:
// withdrawn documents, texts that were changed since, documents that are not in
// content/ any more, and channels that the site does not know.
func (r *reporter) posted() {
	byID := map[string]*catalog.Entry{}
	for _, e := range r.cat.Documents {
		byID[e.ID] = e
	}
	channels := r.cat.Config.Share.Channels
	for _, id := range r.cat.Ledger.PostedIDs() {
		e := byID[id]
		for _, p := range r.cat.Ledger.Standing(id) {
			var f diag.Finding
			switch {
			case e == nil:
				f = diag.New("post-unknown", p.Pos, id, p.Channel)
			case e.Shelf == gazette.Withdrawn:
				f = diag.New("post-withdrawn", e.Pos("withdrawn"), p.Channel, p.At)
			case p.TextHash != "" && p.TextHash != e.TextHash.String():
				f = diag.New("post-outdated", e.Start(), p.Channel, p.Day().String())
			case len(channels) > 0 && !slices.Contains(channels, p.Channel):
				f = diag.New("post-channel", p.Pos, p.Channel)
			default:
				continue
			}
			if e != nil && f.Pos != p.Pos {
				f.Related = []diag.Related{{Pos: p.Pos}}
			}
			r.report(f)
		}
	}
}
