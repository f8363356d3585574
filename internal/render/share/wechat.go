package share

import (
	"bytes"
	_ "embed"
	"html/template"
	"regexp"
	"strings"

	"gongbao/internal/markup"
)

//go:embed wechat.html
var wechatText string

//go:embed preview.html
var previewText string

var wechatPage, previewPage = template.Must(template.New("wechat").Parse(wechatText)), template.Must(template.New("preview").Parse(previewText))

// A view is what the templates get.
type view struct {
	Gazette, Number string
	Title           []string // cut where its lines like to end
	Facts           []fact
	Body            template.HTML
	Attachments     []string
	Words           map[string]string
	Origin          string // 来源
	Code            string // the picture of the code; "" without an address
}

type fact struct{ Label, Text string }

// A dress is the tag that stands in an article on WeChat for one of the page, and
// its style. What the editor does not keep (classes, anchors, links to other sites,
// style sheets, div) has no place in it.
type dress struct{ tag, style string }

const (
	paragraph = "margin:0 0 10px;text-indent:2em"
	flush     = "margin:0 0 10px"
	centred   = "margin:18px 0 10px;text-align:center;font-weight:bold"
	cell      = "border:1px solid #bbb;padding:5px 6px;line-height:1.5;text-align:"
)

// dresses are the tags of a page's text (markup.Fragment) by name and class; a tag
// whose class is not here is dressed by its name alone.
var dresses = map[string]dress{
	"p": {"p", paragraph}, "p addr": {"p", flush},
	"p sign": {"p", "margin:14px 0 0;text-align:right"}, "p date": {"p", "margin:0 0 14px;text-align:right"},
	"p num": {"p", "margin:0 0 10px;text-align:center"}, "p amend": {"p", "margin:0 0 14px;text-align:center;color:#595959"},
	"p title": {"p", centred}, "p note": {"p", paragraph}, "p copy": {"p", flush + ";font-size:14px;color:#595959"},
	"h": {"p", "margin:14px 0 8px;text-indent:2em;font-weight:bold"}, "h chapter": {"p", centred}, "h part": {"p", centred + ";font-size:18px"},
	"h section": {"p", centred}, "h title": {"p", centred + ";font-size:18px"}, "h att": {"p", "margin:28px 0 8px;font-weight:bold"},
	"div": {"section", ""}, "section": {"section", "margin:20px 0 0;padding:10px 0 0;border-top:1px solid #d9d9d9;font-size:14px"},
	"div table": {"section", "margin:0 0 12px;overflow-x:auto"},
	"table":     {"table", "border-collapse:collapse;width:100%;font-size:14px"}, "wide": {"table", "border-collapse:collapse;font-size:13px;min-width:"},
	"thead": {"thead", ""}, "tbody": {"tbody", ""}, "tr": {"tr", ""},
	"th": {"td", cell + "center;font-weight:bold;background-color:#f5f5f5"},
	"td": {"td", cell + "left"}, "td center": {"td", cell + "center"}, "td right": {"td", cell + "right"},
	"ul": {"ul", "margin:0 0 10px;padding:0 0 0 1.5em"}, "ol": {"ol", "margin:0;padding:0 0 0 1.5em"}, "li": {"li", "margin:0 0 6px"},
	"blockquote": {"section", "margin:0 0 10px;padding:0 0 0 12px;border-left:3px solid #d9d9d9;color:#404040"},
	"pre":        {"p", flush + ";white-space:pre-wrap;font-size:14px"},
	"b":          {"strong", ""}, "strong": {"strong", ""}, "em": {"em", ""}, "code": {"span", ""}, "sup": {"sup", ""},
	"figure": {"section", "margin:0 0 12px;text-align:center"}, "figcaption": {"section", "font-size:14px;color:#595959"},
}

var (
	tag       = regexp.MustCompile(`<(/?)([a-z]+)([1-6]?)((?: [a-z-]+="[^"]*")*)>`)
	class     = regexp.MustCompile(` class="([^"]*)"`)
	span      = regexp.MustCompile(` (?:col|row)span="[0-9]+"`)
	source    = regexp.MustCompile(` src="[^"]*"`)
	alternate = regexp.MustCompile(` alt="[^"]*"`)
	backlink  = regexp.MustCompile(` <a href="#fnref_[^>]*>↩</a>`)
)

// wide is the number of columns from which a table is scrolled, and not squeezed
// into the width of a phone.
const wide = 5

// article is the text of a document in the tags that the editor keeps. The words
// are those of the page: only tags change.
func article(f *markup.Fragment) template.HTML {
	body := backlink.ReplaceAll([]byte(f.Fill(func(markup.Slot) string { return "" })), nil)
	var out bytes.Buffer
	at := 0
	for _, m := range tag.FindAllSubmatchIndex(body, -1) {
		out.Write(body[at:m[0]])
		at = m[1]
		closing, name, attributes := m[3] > m[2], string(body[m[4]:m[5]]), string(body[m[8]:m[9]])
		if closing {
			out.WriteString(end(name))
		} else {
			out.WriteString(start(name, attributes, func() int { return columns(body[m[1]:]) }))
		}
	}
	out.Write(body[at:])
	return template.HTML(bytes.TrimSpace(out.Bytes()))
}

// end closes a tag; links have none.
func end(name string) string {
	if d, ok := dresses[name]; ok {
		return "</" + d.tag + ">"
	}
	return ""
}

// start opens a tag with the style of its dress. columns counts those of the table
// that it opens.
func start(name, attributes string, columns func() int) string {
	switch name {
	case "br":
		return "<br>"
	case "hr":
		return `<section style="margin:16px 0;border-top:1px solid #d9d9d9"></section>`
	case "img":
		src := strings.Replace(source.FindString(attributes), `"files/`, `"`+Folder, 1)
		return "<img" + src + alternate.FindString(attributes) + ` style="max-width:100%;height:auto">`
	}
	d, ok := dresses[name]
	if m := class.FindStringSubmatch(attributes); m != nil {
		if by, known := dresses[name+" "+m[1]]; known {
			d, ok = by, true
		}
	}
	if !ok {
		return "" // a link: articles carry none to other sites
	}
	style := d.style
	if name == "table" {
		if n := columns(); n >= wide {
			style = dresses["wide"].style + itoa(n*84) + "px"
		}
	}
	tag := "<" + d.tag + strings.Join(span.FindAllString(attributes, -1), "")
	if style != "" {
		tag += ` style="` + style + `"`
	}
	return tag + ">"
}

// columns are those of the table that follows, by its first row.
func columns(body []byte) int {
	row, _, _ := bytes.Cut(body, []byte("</tr>"))
	n := 0
	for _, m := range cellTag.FindAllSubmatch(row, -1) {
		n += max(1, atoi(string(m[1])))
	}
	return n
}

var cellTag = regexp.MustCompile(`<t[hd](?: class="[^"]*")?(?: colspan="([0-9]+)")?[ >]`)
