package importer

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

var (
	numberLabel = regexp.MustCompile(`^(?:发文字号|文[\s　]*号)[\s　]*[：:][\s　]*(\S+)`)
	titleLabel  = regexp.MustCompile(`^(?:标[\s　]*题|名[\s　]*称)[\s　]*[：:][\s　]*`)
)

// near is how many lines away parts of a head stand.
const near = 4

// loneNumber reports whether a line is the number of a document and no more.
func loneNumber(text string) bool {
	if m := numberLabel.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	n, ok := gazette.ParseNumber(strings.Trim(text, "（）() "))
	return ok && n.Series != ""
}

// several reports a second document in the file, under text that is long enough
// to be one and with text under it: a number that stands on a line of its own,
// with a title in the next lines or the last; or a title under the date of the
// first and over those it is sent to. What is attached has 附件 above it and
// belongs to the first. Nothing is cut: where one document ends and the next
// begins is for a person to say.
func (d *document) several(im *Imported) {
	const text = 120 // characters of running text
	for _, f := range im.Findings {
		if f.Rule == "import-several-texts" {
			return
		}
	}
	var lines []line
	all := 0
	for _, b := range d.blocks {
		for _, from := range b.from {
			for _, l := range from {
				lines = append(lines, l)
				all += utf8.RuneCountInString(l.text)
			}
		}
	}
	above := 0
	for i, l := range lines {
		above += utf8.RuneCountInString(l.text)
		if above < text || all-above < text/2 || !loneNumber(l.text) && !secondTitle(lines, i) {
			continue
		}
		var title string
		attached := false
		for k := max(0, i-near); k < min(i+near+1, len(lines)); k++ {
			s := titleLabel.ReplaceAllString(lines[k].text, "")
			attached = attached || k < i && strings.HasPrefix(s, "附件")
			if title == "" && utf8.RuneCountInString(s) < 100 && strings.Contains(s, "关于") && endsTitle(s) {
				title = s
			}
		}
		if title != "" && !attached {
			im.Findings = append(im.Findings, diag.New("import-several-texts", diag.Pos{File: im.Name, Line: l.n}, " ("+title+")"))
			return
		}
	}
}

// secondTitle reports whether line i is a title under the date of a document and
// over those that the next is sent to.
func secondTitle(lines []line, i int) bool {
	if kind, _ := source.KindAndForm(lines[i].text); kind == "" || utf8.RuneCountInString(lines[i].text) > 100 || !strings.Contains(lines[i].text, "关于") {
		return false
	}
	dated := slices.ContainsFunc(lines[max(0, i-near):i], func(l line) bool {
		m, ok := zh.ScanDate(l.text)
		return ok && m.Start == 0 && m.Day > 0 && m.End == len(l.text)
	})
	return dated && slices.ContainsFunc(lines[i+1:min(i+near, len(lines))], func(l line) bool {
		return (strings.HasSuffix(l.text, "：") || strings.HasSuffix(l.text, ":")) && markup.IsAddressees(l.text)
	})
}
