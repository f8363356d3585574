// Package html renders the pages of the site.
//
// A page is rendered from a view: a plain struct in which everything is
// decided. Templates (layouts/*.html) only place what a view holds: they know
// if, range and with, and the function t, which looks a word up in the strings
// file of the site's language. Hrefs in views are relative to the page that
// shows them and end in index.html, so the site runs under any sub-path and
// from plain files (design §6).
//
// The key of a page is the hash of its view. Bodies stand in views as hashes;
// the template receives the body's HTML beside the view (Page.Body).
package html

import (
	"bytes"
	"html/template"
)

// A Link is a text with an address. Href is "" where there is nothing to go to:
// then templates must show the text alone.
type Link struct {
	Text string
	Href string
}

// A Chrome is what every page shares at one depth of the site: head and foot of
// 国办发〔2017〕47号, annex. Fields that are not configured are empty and must
// leave no trace on the page.
type Chrome struct {
	Lang       string // BCP 47, e.g. "zh-CN"
	SiteTitle  string
	ShortTitle string
	SiteKind   string // "gazette", "library" or "portal"
	Home       Link   // text: the site's title
	Menu       []Link // in order, from config or computed
	CSS        string // href of the style sheet
	JS         string // href of the enhancement script
	Speak      string // href of the script that reads aloud; "" for none
	Root       string // href prefix of the site's root, "" or "../../"; the script reads Root + "status.json"
	Search     Link   // the search page, or empty
	OpenSearch string // href of the search's description for browsers, or ""
	Emblem     string // href of the site's own emblem file (徽标), or ""
	Feeds      []Feed // discoverable feeds
	Follow     string // href of the feed that the foot offers, or ""
	SiteID     string // 网站标识码
	ICP        string // ICP备案编号
	Police     string // 公安机关备案
	Sponsor    string // 主办单位
	Organizer  string // 承办单位
	Contact    string // 联系方式, as configured
	ContactTel string // href tel:… where Contact is a telephone number
	ReportURL  string // 我为政府网站找错
	Worker     string // href of the service worker, "" where none is to be registered
	Offline    Link   // what is on the device, or empty
	Icon       string // href of the site's icon, or ""
	Themes     []Meta // theme-color: Name is the media query
	SiteMap    Link   // 站点地图
	About      Link   // 关于本站, or empty
	Params     map[string]string
}

// A Feed is an entry of <link rel="alternate">. Text is that of the link on the
// page, where there is one.
type Feed struct {
	Title, Type, Href, Text string
}

// A Meta is one <meta name content> tag (国办发〔2017〕47号 page tags).
type Meta struct {
	Name, Content string
}

// A Page is what a layout is executed with. Exactly one of the pointers below
// Body is set; it is the one that Layout's name says.
type Page struct {
	Layout    string // "home", "document", "issue", "list", "terms", "items", "item", "project", "bodies", "article", "sitemap", "data", "search", "offline", "notfound", "redirect", "withdrawn"
	Title     string // <title>; never a status word (design §4)
	Canonical string // absolute address, "" without base_url
	NoIndex   bool   // redirects, tombstones
	Metas     []Meta
	// Work is the address of the work whose text the page is; Properties are what the
	// page says of both in RDFa. Alternates are its other forms.
	Work       string
	Properties []Property
	Alternates []Feed
	Crumbs     []Link // from home to the page's parent; the page itself last, without Href
	Chrome     *Chrome
	Feed       Feed // what this page can be followed by; Href "" for none
	Embed      bool // head- and footless form for the portal's app

	Body    template.HTML       // HTML from markup, never from elsewhere
	body    func(*bytes.Buffer) // writes it, where Body only stands for it
	Outline template.HTML       // nested list of links to anchors, "" for short documents
	Data    template.JS         // JSON-LD of the page, from json.Marshal only; "" for none
	Aids    *Aids               // of documents and articles, else nil

	Home      *Home
	Document  *Document
	Issue     *Issue
	List      *List
	Terms     *Terms
	Directory *Directory
	Complete  *Complete
	Items     *Items
	Item      *Item
	Project   *Project
	Bodies    *Bodies
	Article   *Article
	SiteMap   *SiteMap
	Search    *Search
	Offline   *Offline
	Figures   *Data
	Redirect  *Redirect
	Withdrawn *Withdrawn
}

// A Badge is a status in words. Class is the code of gazette.Force
// ("in-force", "repealed", …); there is no badge where the status is none.
type Badge struct {
	Class  string
	Label  string // 现行有效, 已废止 …
	Detail string // 自2023-06-18起，已知至2028-06-17; "" where nothing is known
	Reason string // one sentence: where the status comes from
	By     Link   // the document that causes it, or empty

	Ask    string // whom to ask where the status is to be verified, else ""
	AskTel string // href tel:… where Ask is a telephone number
	Text   string // what happened to the wording: 部分条款失效, 已修改; "" for nothing

	// In lists, what follows this status and the last day before each change, so
	// that a list read years after its build says nothing untrue:
	// 2027-01-31|in-force|现行有效;2027-03-31|expired|期满失效. Empty where no end is known.
	Steps string
}

// A Notice is a sentence above the text: 本文件已被…废止, 尚未施行, 已归档 ….
// Kind is "danger", "warning" or "info".
type Notice struct {
	Kind string
	Text string // complete sentence; Link, where set, follows it
	Link Link

	// Lasting says that the sentence does not depend on the day (已归档,
	// 有删减). Only lasting notices are printed (design §4), and only the others
	// give way when the reader's browser picks another status interval.
	Lasting bool
}

// A Row is one line of the metadata table (standards.md §6.1).
type Row struct {
	Key    string // strings key of the label, e.g. "meta.number"
	Values []Link
}

// A DocLink is a document as lists and relations show it.
type DocLink struct {
	Title  string
	Href   string // "" for a target outside the catalog
	Number string
	Date   string // signed, "2006-01-02" or ""
	Issuer string
	Badge  *Badge // nil where there is no status
	Note   string // articles, "自…起", 外部 …; or ""
}

// A Group is a titled list of documents, e.g. one kind of relation.
type Group struct {
	Key   string // strings key, e.g. "relation.repeals" or "relation.repeals.inverse"
	Items []DocLink
}

// A File is an attachment.
type File struct {
	Title string
	Href  string
	Type  string // upper-case extension, "XLSX"
	Size  string // "12 KB"
}

// A Document is the page of one official document.
type Document struct {
	Title       string
	TitleParts  []string // Title, cut where its lines like to end
	Number      string   // as written
	Badge       *Badge
	Intervals   string // JSON of the status intervals, for the browser
	Notices     []Notice
	Why         []Reason // the chain that leads to the status
	Marks       []Mark   // what others have done to articles
	Answers     []Row    // what it is to the reader, and whom to ask
	Rows        []Row
	Attachments []File
	Formats     []File // the document itself in other forms: PDF, TXT, Markdown …
	Corrections []Correction
	Related     []Group // interpretations, questions, consultations, responses about this document
	Relations   []Group // what it does to others, then what others do to it
	CitedBy     []DocLink
	CitedByMore Link // where CitedBy is cut, all of them
	History     []Event
	Near        []DocLink // of the same subject, nearest in time
	NearMore    Link      // all of the subject
	Versions    []DocLink
	Issue       Link // 2023年第6期
	IssuePage   string
	IssueAt     string // the page in the issue's PDF, "" where there is none
	Prev, Next  Link   // neighbours in the issue, else in the series
	Old         bool   // a newer text of the work has superseded this one
	Stub        bool   // text = "none": there is no text at hand
	Graph       *Graph // nil where there is no picture
}

// A Correction is one 更正.
type Correction struct {
	Date, What string
}

// A Complete shows whether the gazette is whole: tables, and what waits for an
// issue.
type Complete struct {
	Title, Intro string
	Tables       []CompleteTable
	Pending      []DocLink
	More         int // documents that wait, beyond those in Pending
}

// A CompleteTable is one of its tables. Cells are numbers but for the first.
type CompleteTable struct {
	Caption, Note string
	Head          []string
	Rows          [][]Link
}

// A Directory is the catalogue of documents in force as a table.
type Directory struct {
	Title, Intro string
	Head         []string
	Rows         [][]Link
	Files        []File
}

// A List is one page of a list of documents or other content, newest first.
type List struct {
	Title    string
	Intro    string
	Count    int // of the whole list
	Items    []DocLink
	Pager    Pager
	Take     *Take     // nil where it cannot be taken along
	Siblings []Link    // e.g. the other years; the current one without Href
	Calendar *Calendar // of the issues, or nil
}

// A Pager names the pages of a list. Page 1 holds the oldest entries, so that
// an old page never changes; the newest page is the list's index.html.
type Pager struct {
	Newer, Older Link
	First, Last  Link
	Range        string // first and last date of the page: unlike a page number it never changes
}

// Terms is the page of a taxonomy: its terms with counts.
type Terms struct {
	Title string
	Terms []Term
	More  []Link // pages that show the same otherwise
}

// A Term is an entry of a taxonomy.
type Term struct {
	Name  string
	Href  string
	Count int
	Note  string
	Level int // 1 for a child (综合政务/政务公开)
}

// An Issue is the page of one gazette issue (期).
type Issue struct {
	Title      string // 2023年第6期
	Running    string // 总第42期 or ""
	Date       string
	Note       bool // there is a 编者按 in Page.Body
	PDF        File // Href "" where there is none
	Formats    []File
	Take       *Take
	Sections   []Section
	Imprint    []Row // 版权页 lines
	Prev, Next Link
}

// A Section is a 栏目 of an issue.
type Section struct {
	Title   string
	Entries []Entry
}

// An Entry is a line of an issue's contents.
type Entry struct {
	DocLink
	Page string
	At   string // the page in the issue's PDF, "" where there is none
}

// Home is the first page.
type Home struct {
	Issue    *Issue // the newest, or nil
	Cover    Link   // to it
	Issues   []Link // a few earlier ones
	Latest   List
	Columns  []HomeColumn
	Entrance []Term // ways in: years, kinds, issuers, topics … with counts
}

// A HomeColumn is a column's newest entries.
type HomeColumn struct {
	Title Link
	Items []DocLink
}

// An Article is an interpretation, question, consultation, response or page.
type Article struct {
	Type    string // "interpretation", "question", "consultation", "response", "page"
	Title   string
	Notices []Notice
	Rows    []Row
	Files   []File
	Figures *Figures  // of a month of answers
	About   []DocLink // the documents it is about
	Related []Group   // its siblings for the same documents
	Prev    Link
	Next    Link
}

// Figures are the answers of a month by channel (渠道), with their sum where there
// are several. Rates are empty where not all channels say them.
type Figures struct {
	Rows  []FigureRow
	Rates [2]bool // on time, satisfied: is there any?
}

// A FigureRow is one channel.
type FigureRow struct {
	Name              string // "" for the sum
	Received, Closed  int
	OnTime, Satisfied string // 98.4%
}

// A SiteMap lists the ways through the site.
type SiteMap struct {
	Groups []SiteMapGroup
}

// A SiteMapGroup is a heading with its links.
type SiteMapGroup struct {
	Title Link
	Links []Link
}

// A Search is the page of the search. Its script finds Config and Words, both
// JSON, on the form; without it the Ways lead to every document.
type Search struct {
	Config string
	Words  string
	JS     string // href of the script
	Device string // href of the script that searches what is on the device, or ""
	Ways   []Link
}

// Take offers to take an issue or a list along. Its script finds the pack and
// Words, which is JSON, and shows it where the browser can.
type Take struct {
	JS, Pack string // hrefs
	Words    string
	Offline  string // href of the page of what is on the device
}

// Offline is the page of what is on the device, and the page that stands in for
// one that is not there while there is no network.
type Offline struct {
	JS    string
	Words string // JSON, for the script
}

// A Redirect is left at an address that moved.
type Redirect struct {
	To Link
}

// Withdrawn is the tombstone of a document (已撤下).
type Withdrawn struct {
	Title      string
	TitleParts []string // Title, cut where its lines like to end
	Number     string
	Date       string
	Reason     string
}
