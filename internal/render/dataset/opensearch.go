package dataset

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"strings"
	"unicode"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/render"
	"gongbao/internal/zh"
)

// A SearchDocument is a document in an OpenSearch index. It carries all intervals of
// its force and no status of today: the index is asked long after it was filled, and
// a query names the day.
type SearchDocument struct {
	ID          string           `json:"id"`
	Address     string           `json:"address"`
	URL         string           `json:"url,omitempty"`
	Title       string           `json:"title"`
	Number      string           `json:"number,omitempty"`
	Class       string           `json:"class,omitempty"`
	Kind        string           `json:"kind,omitempty"`
	Form        string           `json:"form,omitempty"`
	Issuers     []string         `json:"issuers,omitempty"`
	Level       string           `json:"level,omitempty"`
	Topics      []string         `json:"topics,omitempty"`
	Keywords    []string         `json:"keywords,omitempty"`
	Index       string           `json:"index,omitempty"`
	Disclosure  string           `json:"disclosure,omitempty"`
	Summary     string           `json:"summary,omitempty"`
	Signed      string           `json:"signed,omitempty"`
	Printed     string           `json:"printed,omitempty"`
	Promulgated string           `json:"promulgated,omitempty"`
	Published   string           `json:"published,omitempty"` // the day
	Issue       *SearchIssue     `json:"issue,omitempty"`
	Current     bool             `json:"current"` // the newest text of its work
	Intervals   []SearchInterval `json:"intervals,omitempty"`
	Parts       []SearchPart     `json:"parts,omitempty"`
	Text        []string         `json:"text,omitempty"` // paragraph by paragraph
	TextHash    string           `json:"text_hash"`
}

// A SearchIssue says where a document stands in print.
type SearchIssue struct {
	Year int `json:"year"`
	No   int `json:"no"`
	Page int `json:"page,omitempty"`
}

// A SearchInterval is a stretch of days with one force.
type SearchInterval struct {
	Force string    `json:"force"`
	Days  DateRange `json:"days"`
}

// A DateRange holds its first and its last day; one that is absent has no bound.
type DateRange struct {
	From string `json:"gte,omitempty"`
	To   string `json:"lte,omitempty"`
}

// A SearchPart is a unit of the text, with the anchor that it has on the page.
type SearchPart struct {
	ID   string `json:"id"`
	Unit string `json:"unit"`
	Num  string `json:"num,omitempty"`
	Text string `json:"text,omitempty"`
}

// SearchDocumentOf is what is said of a document, with its text.
func (s *Source) SearchDocumentOf(e *catalog.Entry, l render.Loader) (SearchDocument, error) {
	text, err := l.Text(e.Path)
	if err != nil {
		return SearchDocument{}, err
	}
	d := s.about(e)
	published, _, _ := strings.Cut(d.Published, "T")
	o := SearchDocument{
		ID: d.ID, Address: d.Address, URL: d.URL, Title: d.Title, Number: d.Number, Class: d.Class, Kind: d.Kind, Form: d.Form, Issuers: d.Issuers,
		Level: d.Level, Topics: d.Topics, Keywords: d.Keywords, Index: d.Index, Disclosure: d.Disclosure, Summary: d.Summary, Signed: d.Signed,
		Printed: d.Printed, Promulgated: d.Promulgated, Published: published, Current: e == e.Newest(), TextHash: e.TextHash.String(),
	}
	if d.Issue != nil {
		o.Issue = &SearchIssue{d.Issue.Year, d.Issue.No, d.Issue.Page}
	}
	for _, iv := range d.Intervals {
		o.Intervals = append(o.Intervals, SearchInterval{iv.Force, DateRange{iv.From, iv.To}})
	}
	var flat func(ps []Part)
	flat = func(ps []Part) {
		for _, p := range ps {
			o.Parts = append(o.Parts, SearchPart{p.ID, p.Unit, p.Num, p.Text})
			flat(p.Parts)
		}
	}
	flat(parts(text.Tree.Blocks))
	text.Tree.Walk(func(b *markup.Block) {
		if t := b.PlainText(); t != "" {
			o.Text = append(o.Text, t)
		}
	})
	return o, nil
}

// SearchActions writes the actions of OpenSearch's bulk format, one JSON object a
// line: {"index":…} and the document behind it, or {"delete":…}.
type SearchActions struct {
	enc   *json.Encoder
	index string
}

// NewSearchActions writes actions for an index.
func NewSearchActions(w io.Writer, index string) *SearchActions {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &SearchActions{enc, index}
}

type searchTarget struct {
	Index string `json:"_index"`
	ID    string `json:"_id"`
}

// Put writes a document into the index, in the place of what it has under its id.
func (a *SearchActions) Put(d *SearchDocument) error {
	action := struct {
		Index searchTarget `json:"index"`
	}{searchTarget{a.index, searchID(d.ID)}}
	if err := a.enc.Encode(action); err != nil {
		return err
	}
	return a.enc.Encode(d)
}

// Delete takes a document out of the index.
func (a *SearchActions) Delete(id string) error {
	return a.enc.Encode(struct {
		Delete searchTarget `json:"delete"`
	}{searchTarget{a.index, searchID(id)}})
}

// longestID is how many bytes an _id has at most.
const longestID = 512

// searchID is the _id of a document: its id, or the SHA-256 of one that OpenSearch
// would refuse, as a path of long Chinese names may be.
func searchID(id string) string {
	if len(id) <= longestID {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:])
}

// IsIndexName reports whether OpenSearch takes a name for an index: lower case, not
// beginning with _, - or +, without spaces and what paths and patterns are made of, and
// at most 255 bytes long.
func IsIndexName(name string) bool {
	return name != "" && name != "." && name != ".." && len(name) <= 255 && strings.ToLower(name) == name &&
		!strings.ContainsRune("_-+", rune(name[0])) && !strings.ContainsAny(name, " ,:\"*/\\|?#><") &&
		!strings.ContainsFunc(name, unicode.IsControl)
}

// longestTerm is how many characters a term has at most: Lucene refuses more than
// 32,766 bytes.
const longestTerm = 8191

// SearchIndex is the body with which the index is created: settings and mapping.
// Texts are cut into pairs of characters after the folding of zh.Stream, so that a
// phrase is found as it is in the search of the site; one character alone, in the
// fields that end in .character.
func SearchIndex() ([]byte, error) {
	type object = map[string]any
	var folds []string
	zh.StreamEachChange(func(from rune, to string) { folds = append(folds, string(from)+" => "+to) })
	folding := []string{"gongbao_fold", "gongbao_marks"}
	analyzer := func(tokenizer string) object {
		return object{"type": "custom", "char_filter": folding, "tokenizer": tokenizer}
	}
	ngram := func(n int) object { return object{"type": "ngram", "min_gram": n, "max_gram": n} }
	text := object{
		"type": "text", "analyzer": "gongbao_pairs",
		"fields": object{"character": object{"type": "text", "analyzer": "gongbao_characters"}},
	}
	name := object{"type": "keyword", "normalizer": "gongbao_name", "ignore_above": longestTerm}
	word, day, number := object{"type": "keyword", "ignore_above": longestTerm}, object{"type": "date", "format": "strict_date"}, object{"type": "integer"}
	stored := object{"type": "keyword", "index": false, "doc_values": false}
	properties := object{
		"id": word, "address": word, "url": stored, "text_hash": stored, "number": name, "index": name, "summary": text, "text": text,
		"title": object{"type": "text", "analyzer": "gongbao_pairs", "fields": object{
			"character": object{"type": "text", "analyzer": "gongbao_characters"}, "whole": name,
		}},
		"class": word, "kind": word, "form": word, "issuers": word, "level": word, "topics": word, "keywords": word, "disclosure": word,
		"signed": day, "printed": day, "promulgated": day, "published": day, "current": object{"type": "boolean"},
		"issue": object{"properties": object{"year": number, "no": number, "page": number}},
		"intervals": object{"type": "nested", "properties": object{
			"force": word, "days": object{"type": "date_range", "format": "strict_date"},
		}},
		"parts": object{"type": "nested", "properties": object{"id": word, "unit": word, "num": word, "text": text}},
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(object{
		"settings": object{"analysis": object{
			"char_filter": object{
				"gongbao_fold":  object{"type": "mapping", "mappings": folds},
				"gongbao_marks": object{"type": "pattern_replace", "pattern": `[^\p{L}\p{N}]+`, "replacement": ""},
			},
			"tokenizer":  object{"gongbao_pairs": ngram(2), "gongbao_characters": ngram(1)},
			"analyzer":   object{"gongbao_pairs": analyzer("gongbao_pairs"), "gongbao_characters": analyzer("gongbao_characters")},
			"normalizer": object{"gongbao_name": object{"type": "custom", "char_filter": folding}},
		}},
		"mappings": object{"dynamic": "strict", "properties": properties},
	})
	return b.Bytes(), err
}

// Searched reports whether a document is in a search of others: it is not withdrawn.
func Searched(e *catalog.Entry) bool {
	return e.Type == gazette.TypeDocument && e.Shelf != gazette.Withdrawn
}
