package duty

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/compare"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// changing are titles of documents that only end or change others: there is
// nothing to explain beside what they change.
var changing = regexp.MustCompile(`关于(?:公布|宣布)?[^《]{0,12}(?:废止|修改)|(?:宣布|公布)[^《]{0,16}失效|继续有效|延长.*有效期|有效期的(?:通知|公告|决定)|(?:文件|规章)[^《]{0,6}清理|清理(?:结果|行政规范性文件|规范性文件|规章)`)

// NeedsExplaining reports whether a document has to be explained: the site's own
// 规章 and 行政规范性文件 do, unless they only change others.
func NeedsExplaining(c *catalog.Catalog, e *catalog.Entry) bool {
	class := e.Document.Class
	return own(c, e) && (class == gazette.Rule || class == gazette.Normative) && !changing.MatchString(e.Title())
}

// Governmental reports whether a document was made in the name of a government or
// its office: those are explained both in writing and with pictures.
func Governmental(c *catalog.Catalog, e *catalog.Entry) bool {
	return slices.ContainsFunc(e.Document.Issuers, func(name string) bool {
		if i := c.Issuer(name); i != nil && i.Body == "政府" {
			return true
		}
		name = strings.TrimSuffix(strings.TrimSuffix(name, "办公室"), "办公厅")
		return strings.HasSuffix(name, "人民政府") || strings.HasSuffix(name, "行政公署") || name == "国务院"
	})
}

// Interpretations returns what explains any text of a work, the earliest first.
func Interpretations(e *catalog.Entry) []*catalog.Entry {
	var out []*catalog.Entry
	for _, t := range append([]*catalog.Entry{e}, e.Versions...) {
		for _, a := range t.AboutBy {
			if a.Type == gazette.TypeInterpretation && !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *catalog.Entry) int { return a.Published().Compare(b.Published()) })
	return out
}

// Forms returns the forms in which a work is explained, in the order of the
// contract. An interpretation that does not say its form is a text.
func Forms(e *catalog.Entry) []string {
	has := map[string]bool{}
	for _, a := range Interpretations(e) {
		for _, f := range a.Article.Forms {
			has[f] = true
		}
		if len(a.Article.Forms) == 0 {
			has["文字"] = true
		}
	}
	return slices.DeleteFunc(gazette.InterpretationForms(), func(f string) bool { return !has[f] })
}

// A Share is how many of some documents are explained otherwise than in writing
// (多元化解读比例). What it is a share of no rule says: [gate] diversified does.
type Share struct {
	Of        string           // "due", "interpreted" or "all"
	Documents []*catalog.Entry // of which
	Diverse   []*catalog.Entry // explained with pictures, films, by leaders …
	Plain     []*catalog.Entry // explained, in writing only
	Silent    []*catalog.Entry // not explained
}

// Reached reports whether the share is half or more, or is of nothing.
func (s Share) Reached() bool { return 2*len(s.Diverse) >= len(s.Documents) }

// Percent is the share, rounded down.
func (s Share) Percent() int {
	if len(s.Documents) == 0 {
		return 0
	}
	return 100 * len(s.Diverse) / len(s.Documents)
}

// ShareOf counts the documents that went online between two days, both of which
// count. If the last is the catalog's day, what nobody has explained yet and need
// not have is left out.
func ShareOf(c *catalog.Catalog, from, to gazette.Date) Share {
	s := Share{Of: c.Config.Gate.Diversified}
	for _, e := range c.Documents {
		on := e.Document.Published.Date
		if e != oldest(e) || !own(c, e) || on.Before(from) || on.After(to) {
			continue
		}
		forms := Forms(e)
		switch s.Of {
		case "all":
		case "interpreted":
			if len(forms) == 0 {
				continue
			}
		default:
			if !NeedsExplaining(c, e) {
				continue
			}
		}
		if len(forms) == 0 && c.AsOf.Before(c.Data.Calendar.Add(on, explainDays+1)) && to == c.AsOf {
			continue // its time is not over
		}
		s.Documents = append(s.Documents, e)
		switch {
		case len(forms) == 0:
			s.Silent = append(s.Silent, e)
		case slices.ContainsFunc(forms, func(f string) bool { return f != "文字" }):
			s.Diverse = append(s.Diverse, e)
		default:
			s.Plain = append(s.Plain, e)
		}
	}
	return s
}

// oldest is the first text of a work.
func oldest(e *catalog.Entry) *catalog.Entry {
	if n := len(e.Versions); n > 0 {
		return e.Versions[n-1]
	}
	return e
}

// The copied part of an interpretation above which it is no explanation
// (不得简单复制摘抄文件内容), in hundredths, and the letters below which its text is the
// caption of a picture or a film.
const (
	CopiedPercent = 60
	shortText     = 200
)

// Copied reports an interpretation that repeats the text of its document. Both are
// the bodies of the files; first is the line of the file on which each begins.
func Copied(e, of *catalog.Entry, text, ofText string, first, ofFirst int) (diag.Finding, bool) {
	if len(zh.Stream(text)) < len("字")*shortText {
		return diag.Finding{}, false
	}
	share, ps := compare.Copied(text, ofText, names(of), 3)
	percent := int(100 * share)
	if percent <= CopiedPercent || len(ps) == 0 {
		return diag.Finding{}, false
	}
	place := func(e *catalog.Entry, line, col, end int) diag.Pos {
		return diag.Pos{File: source.Name(e.Path), Line: line, Col: col, End: end}
	}
	f := diag.New("interpretation-copied", place(e, first+ps[0].Line-1, ps[0].Col, ps[0].End), strconv.Itoa(percent), of.Title())
	f.Related = []diag.Related{{Pos: place(of, ofFirst+ps[0].SourceLine-1, ps[0].SourceCol, 0)}}
	for _, p := range ps[1:] {
		f.Related = append(f.Related, diag.Related{Pos: place(e, first+p.Line-1, p.Col, p.End)})
	}
	return f, true
}

// names are what a document is called: whoever writes of it repeats them.
func names(e *catalog.Entry) []string {
	out := []string{e.Title()}
	rest := e.Title()
	for {
		_, after, ok := strings.Cut(rest, "《")
		if !ok {
			break
		}
		if name, _, ok := strings.Cut(after, "》"); ok {
			out = append(out, name)
		}
		rest = after
	}
	if _, name, ok := strings.Cut(e.Title(), "关于印发"); ok {
		name = strings.TrimSuffix(name, "的通知")
		out = append(out, strings.Trim(name, "《》"))
	}
	return append(out, e.Document.Issuers...)
}
