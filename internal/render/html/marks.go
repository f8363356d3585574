package html

import (
	"html"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
)

// A Mark says above an article what another document has done to it: who reads
// or prints the article alone must not take it for what holds.
type Mark struct {
	Article string // as written: 第九条
	Text    string // 本条已于2024-11-20废止，见
	Link    Link
}

// marks are what others have done to articles of this text by the day of the
// build. A text that was made later has it in its words already.
func (s *Site) marks(file string, e *catalog.Entry) []Mark {
	var out []Mark
	text := e.TextDay()
	for _, x := range e.Effects {
		by := s.cat.Entry(x.By)
		kind := string(x.Kind)
		switch gazette.RelationKind(x.Kind) {
		case gazette.Repeals, gazette.Lapses, gazette.Replaces, gazette.Amends:
		case gazette.Suspends:
			if !x.Until.IsZero() && s.cat.AsOf.After(x.Until) {
				continue
			}
		default:
			continue
		}
		if by == nil || x.Proposed || x.From.IsZero() || x.From.After(s.cat.AsOf) || x.From.Before(text) {
			continue
		}
		for _, a := range x.Articles {
			if i := strings.Index(a, "条"); i > 0 && strings.HasPrefix(a, "第") {
				m := Mark{a[:i+len("条")], s.strings.T("mark."+kind, a, x.From.String()), link(file, by, "《"+by.Title()+"》")}
				if x.Anchor != "" {
					m.Link.Href += "#" + x.Anchor
				}
				if !slices.Contains(out, m) {
					out = append(out, m)
				}
			}
		}
	}
	return out
}

var articleHead = regexp.MustCompile(`<div class="art" id="[^"]+">\n<p id="[^"]+"><b>([^<]+)</b>`)

// marked puts marks into a body, each before the article whose number it names,
// where just one article of the body has it.
func marked(body template.HTML, marks []Mark) template.HTML {
	if len(marks) == 0 {
		return body
	}
	src := string(body)
	found := articleHead.FindAllStringSubmatchIndex(src, -1)
	at := map[string]int{}
	for _, m := range found {
		if name := src[m[2]:m[3]]; at[name] == 0 {
			at[name] = m[0] + strings.Index(src[m[0]:], ">") + 1
		} else {
			at[name] = -1
		}
	}
	type insert struct {
		at   int
		text string
	}
	var inserts []insert
	for _, m := range marks {
		if i := at[m.Article]; i > 0 {
			text := `<p class="art-mark">` + html.EscapeString(m.Text) + `<a href="` + html.EscapeString(m.Link.Href) + `">` + html.EscapeString(m.Link.Text) + "</a></p>"
			inserts = append(inserts, insert{i, text})
		}
	}
	slices.SortStableFunc(inserts, func(a, b insert) int { return a.at - b.at })
	var b strings.Builder
	last := 0
	for _, in := range inserts {
		b.WriteString(src[last:in.at])
		b.WriteString(in.text)
		last = in.at
	}
	b.WriteString(src[last:])
	return template.HTML(b.String())
}
