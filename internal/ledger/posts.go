package ledger

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

// PostsFile is where it is on record what was posted on new media (政务新媒体), from
// the site's root. Nothing of it is published.
const PostsFile = "content/data/ledger/posts.ndjson"

// The events of a line in PostsFile.
const (
	Posted  = "posted"
	Deleted = "deleted" // there, by hand
)

// A Post is what happened to a document on one channel. Lines are only added: a
// document that is posted anew has another line.
//
//	{"v":1,"at":"2026-11-27T10:30:00+08:00","event":"posted","id":"documents/2026/sfbf-3","number":"示府办发〔2026〕3号",
//	 "channel":"微信公众号","url":"https://mp.weixin.qq.com/s/…","text_hash":"…"}
type Post struct {
	V        int      `json:"v"`
	At       string   `json:"at"` // when it was posted or deleted: RFC 3339, +08:00; a day where the time is not known
	Event    string   `json:"event"`
	ID       string   `json:"id"` // of the document, as in the other files
	Number   string   `json:"number,omitempty"`
	Channel  string   `json:"channel"`
	URL      string   `json:"url,omitempty"`
	TextHash string   `json:"text_hash,omitempty"` // of the text on that day
	Pos      diag.Pos `json:"-"`
}

// Day returns the day of an event at UTC+8.
func (p Post) Day() gazette.Date {
	at, err := gazette.ParseDateTime(p.At)
	if err != nil {
		return gazette.Date{}
	}
	return at.Date
}

// Posts returns what happened to a document on new media, as it stands in the file.
// A nil Ledger has none.
func (l *Ledger) Posts(id string) []Post {
	if l == nil {
		return nil
	}
	return l.posts[id]
}

// Standing returns the newest post of each channel on which a document stands.
func (l *Ledger) Standing(id string) []Post {
	var out []Post
	for _, p := range l.Posts(id) {
		out = slices.DeleteFunc(out, func(o Post) bool { return o.Channel == p.Channel })
		if p.Event == Posted {
			out = append(out, p)
		}
	}
	return out
}

// PostedIDs returns the ids of all documents that were ever posted, in order.
func (l *Ledger) PostedIDs() []string {
	if l == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(l.posts))
}

// readPost takes a line of PostsFile; it returns what is wrong with it, or "".
func (l *Ledger) readPost(raw []byte, pos diag.Pos) string {
	var p Post
	if err := json.Unmarshal(raw, &p); err != nil {
		return err.Error()
	}
	if p.V != 1 || p.ID == "" || p.Channel == "" || p.Day().IsZero() || p.Event != Posted && p.Event != Deleted {
		return "v, at, event, id, channel"
	}
	p.Pos = pos
	if l.posts == nil {
		l.posts = map[string][]Post{}
	}
	l.posts[p.ID] = append(l.posts[p.ID], p)
	return ""
}

// AppendPosts returns the text to append to PostsFile for the given events.
func AppendPosts(posts []Post) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, p := range posts {
		p.V = 1
		if err := enc.Encode(p); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}
