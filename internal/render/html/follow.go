package html

import "gongbao/internal/catalog"

// feedFile is the file of the feed of a list or a document, in its folder.
const feedFile = "atom.xml"

func (s *Site) feed(file, folder, title, key string) Feed {
	return Feed{
		Title: s.strings.T("feed.of-site", title, s.cat.Config.Site.Title), Type: "application/atom+xml",
		Href: rel(file, folder+feedFile), Text: s.strings.T("feed.follow." + key),
	}
}

// listFeed is the feed of a list, for its first page.
func (s *Site) listFeed(file string, l *catalog.List) Feed {
	if !s.cat.Follows(l) {
		return Feed{}
	}
	key := l.Taxonomy
	if key == "" {
		key = "list"
	}
	return s.feed(file, l.Address, s.listName(l), key)
}

// documentFeed is the feed of what happens to a document: on the page of every
// text of a work that of the work.
func (s *Site) documentFeed(file string, e *catalog.Entry) Feed {
	to := s.cat.Followed(e)
	if to == nil {
		return Feed{}
	}
	return s.feed(file, to.Address, s.strings.T("feed.changes", to.Cited()), "document")
}
