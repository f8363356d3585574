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
	overruled := gazette.Overrules(e.Effects)
	for i, x := range e.Effects {
		by := s.cat.Entry(x.By)
		if by == nil || x.Proposed || overruled[i] != gazette.NotOverruled || x.From.IsZero() || x.From.After(s.cat.AsOf) || x.From.Before(e.TextDay()) {
			continue
		}
		for _, a := range x.Articles {
			number, _, ok := strings.Cut(a, "条")
			if !ok || !strings.HasPrefix(number, "第") || !s.holds(e, x, a) {
				continue
			}
			m := Mark{number + "条", s.strings.T("mark."+string(x.Kind), a, x.From.String()), link(file, by, by.Cited())}
			if x.Anchor != "" {
				m.Link.Href += "#" + x.Anchor
			}
			if !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	return out
}

// holds reports whether what an effect did to an article holds on the day of the
// build: an end and a change do, a suspension until its own day or until another
// document lifts it.
func (s *Site) holds(e *catalog.Entry, x gazette.Effect, article string) bool {
	switch gazette.RelationKind(x.Kind) {
	case gazette.Repeals, gazette.Lapses, gazette.Replaces, gazette.Amends:
		return true
	case gazette.Suspends:
		return !(!x.Until.IsZero() && s.cat.AsOf.After(x.Until)) && !slices.ContainsFunc(e.Effects, func(r gazette.Effect) bool {
			return gazette.RelationKind(r.Kind) == gazette.Resumes && !r.Proposed && !r.From.Before(x.From) && !r.From.After(s.cat.AsOf) &&
				(len(r.Articles) == 0 && !r.Part || slices.Contains(r.Articles, article))
		})
	}
	return false
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
