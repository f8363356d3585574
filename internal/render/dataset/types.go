// Package dataset writes the gazette as data: index.json beside every document,
// the catalogue of all, and what describes both. Fields carry the names of front
// matter (design §3); they are added, never renamed.
//
// index.json is lossless: from it the content file can be written again, but for
// what is never published: the reviews, what the file silences, and comments and
// whatever else of the text no reader of the page sees.
package dataset

import "gongbao/internal/ledger"

// A Document is index.json of a document. Days are "2006-01-02"; what is absent
// in front matter is absent here, also where the site derives it: what follows
// from the text stands in Intervals and Effects.
type Document struct {
	Schema       string       `json:"$schema"`
	ID           string       `json:"id"`
	Path         string       `json:"path"`
	Address      string       `json:"address"`
	URL          string       `json:"url,omitempty"`
	Title        string       `json:"title"`
	Number       string       `json:"number,omitempty"`
	Class        string       `json:"class,omitempty"`
	Kind         string       `json:"kind,omitempty"`
	Form         string       `json:"form,omitempty"`
	Issuers      []string     `json:"issuers,omitempty"`
	Signed       string       `json:"signed,omitempty"`
	Printed      string       `json:"printed,omitempty"`
	Promulgated  string       `json:"promulgated,omitempty"`
	Published    string       `json:"published,omitempty"`
	Effective    string       `json:"effective,omitempty"`
	Expires      string       `json:"expires,omitempty"`
	ValidFor     string       `json:"valid_for,omitempty"`
	Disclosure   string       `json:"disclosure,omitempty"`
	Registration string       `json:"registration,omitempty"`
	Index        string       `json:"index,omitempty"`
	Topics       []string     `json:"topics,omitempty"`
	Level        string       `json:"level,omitempty"`
	Addressees   []string     `json:"addressees,omitempty"`
	CopyTo       []string     `json:"copy_to,omitempty"`
	Signer       string       `json:"signer,omitempty"`
	Drafter      string       `json:"drafter,omitempty"`
	Contact      string       `json:"contact,omitempty"`
	Summary      string       `json:"summary,omitempty"`
	Keywords     []string     `json:"keywords,omitempty"`
	Tags         []string     `json:"tags,omitempty"`
	Origin       *Origin      `json:"origin,omitempty"`
	Aliases      []string     `json:"aliases,omitempty"`
	Slug         string       `json:"slug,omitempty"`
	VersionOf    string       `json:"version_of,omitempty"`
	Text         string       `json:"text,omitempty"`
	Reprinted    bool         `json:"reprinted,omitempty"`
	Abridged     bool         `json:"abridged,omitempty"`
	Archived     string       `json:"archived,omitempty"`
	Reply        *Reply       `json:"reply,omitempty"`
	Corrections  []Correction `json:"corrections,omitempty"`
	Status       Status       `json:"status"`
	Intervals    []Interval   `json:"intervals,omitempty"`
	Effects      []Effect     `json:"effects,omitempty"`
	Relations    []Relation   `json:"relations,omitempty"`
	AffectedBy   []Inverse    `json:"affected_by,omitempty"`
	Cites        []Citation   `json:"cites,omitempty"`
	About        []Reference  `json:"about,omitempty"`
	Versions     []Version    `json:"versions,omitempty"`
	Issue        *Printed     `json:"issue,omitempty"`
	Attachments  []Attachment `json:"attachments,omitempty"`
	Files        []File       `json:"files,omitempty"`
	TextHash     string       `json:"text_hash"`
	Parts        []Part       `json:"parts,omitempty"`
	Markdown     string       `json:"markdown"`
}

// An Origin (来源) is where a reprint comes from.
type Origin struct {
	Name string `json:"name,omitempty"`
	URL  string `json:"url,omitempty"`
}

// A Reply (建议提案答复) says what proposal a document answers.
type Reply struct {
	To         string   `json:"to,omitempty"`
	Session    string   `json:"session,omitempty"`
	No         string   `json:"no,omitempty"`
	Undertaker []string `json:"undertaker,omitempty"`
	Result     string   `json:"result,omitempty"`
}

// A Correction (更正) of a published text.
type Correction struct {
	Date string `json:"date"`
	What string `json:"what"`
}

// A Status (状态) is the interval that holds the day of the build. Whoever asks of
// another day takes it from the intervals.
type Status = ledger.Status

// An Interval is a stretch of days with one force. From and To are its first and
// last day; absent means that none is known.
type Interval struct {
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
	Force string `json:"force"`
	Cause *int   `json:"cause,omitempty"` // index of the effect that begins it
}

// An Effect (效力事件) is one change to the document from one day, with its reason.
type Effect struct {
	Kind     string     `json:"kind"`
	From     string     `json:"from,omitempty"`
	Until    string     `json:"until,omitempty"`
	Articles []string   `json:"articles,omitempty"`
	Part     bool       `json:"part,omitempty"`
	Strength string     `json:"strength"`
	By       *Reference `json:"by,omitempty"`
	Quote    string     `json:"quote,omitempty"`
	Anchor   string     `json:"anchor,omitempty"`
	Computed bool       `json:"computed,omitempty"`
	Basis    string     `json:"basis,omitempty"`
	Proposed bool       `json:"proposed,omitempty"`
	Overrule string     `json:"overrule,omitempty"`
}

// A Reference is another document: of this site, with its address, or of the
// register of documents elsewhere, with its source.
type Reference struct {
	Type    string `json:"type,omitempty"` // of content that is no document
	ID      string `json:"id,omitempty"`
	Address string `json:"address,omitempty"`
	Title   string `json:"title"`
	Number  string `json:"number,omitempty"`
	Source  string `json:"source,omitempty"`
}

// A Relation (关系) is what the document does to another. Target is as the front
// matter has it; Read says that it was read out of the text.
type Relation struct {
	Kind     string     `json:"kind"`
	Target   string     `json:"target"`
	From     string     `json:"from,omitempty"`
	Until    string     `json:"until,omitempty"`
	Articles []string   `json:"articles,omitempty"`
	Works    string     `json:"works,omitempty"` // the day from which it works
	Read     bool       `json:"read,omitempty"`
	Document *Reference `json:"document,omitempty"`
}

// An Inverse is what another document does to this one.
type Inverse struct {
	Kind     string    `json:"kind"`
	By       Reference `json:"by"`
	Articles []string  `json:"articles,omitempty"`
	From     string    `json:"from,omitempty"`
}

// A Citation (引用) is a mention in the text, as written, and what it means.
type Citation struct {
	Title    string     `json:"title,omitempty"`
	Number   string     `json:"number,omitempty"`
	Article  string     `json:"article,omitempty"`
	Document *Reference `json:"document,omitempty"`
}

// A Version is one text of the work.
type Version struct {
	Address string `json:"address"`
	Date    string `json:"date,omitempty"`
	Current bool   `json:"current,omitempty"`
}

// A Printed says where the document stands in print.
type Printed struct {
	Address  string `json:"address"`
	Year     int    `json:"year"`
	No       int    `json:"no"`
	Running  int    `json:"running,omitempty"`
	Page     int    `json:"page,omitempty"`
	LastPage int    `json:"last_page,omitempty"`
}

// An Attachment (附件) is a file that the front matter names, in files/ beside the
// page.
type Attachment struct {
	File  string `json:"file"`
	Title string `json:"title,omitempty"`
}

// A File is a file of the document, by its address in the site.
type File struct {
	Path   string `json:"path"`
	Type   string `json:"type"` // media type
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// A Part is a unit of the text with its anchor: 编 章 节 条 款 项 目, 一、（一）1., an
// annex or a heading. Text is its own, without its number and without its parts.
type Part struct {
	ID    string `json:"id"`
	Unit  string `json:"unit"`
	Num   string `json:"num,omitempty"`
	Text  string `json:"text,omitempty"`
	Parts []Part `json:"parts,omitempty"`
}

// An Issue (期) is index.json of an issue: its contents with their pages.
type Issue struct {
	ID       string    `json:"id"`
	Address  string    `json:"address"`
	URL      string    `json:"url,omitempty"`
	Title    string    `json:"title,omitempty"`
	Year     int       `json:"year"`
	No       int       `json:"no"`
	Running  int       `json:"running,omitempty"`
	Date     string    `json:"date,omitempty"`
	Sealed   bool      `json:"sealed,omitempty"`
	Sections []Section `json:"sections"`
	Files    []File    `json:"files,omitempty"`
}

// A Section (栏目) of an issue.
type Section struct {
	Title     string  `json:"title,omitempty"`
	Documents []Place `json:"documents"`
}

// A Place is a document in an issue. Name is as the issue lists it; Document is absent
// where nobody has it.
type Place struct {
	Name     string     `json:"name"`
	Page     int        `json:"page,omitempty"`
	LastPage int        `json:"last_page,omitempty"`
	Document *Reference `json:"document,omitempty"`
}
