// Package corpus makes gazettes of any size from a seed, for benchmarks and for
// tests that need many documents. The same options give the same files.
//
// Lengths follow the 1,132 laws that we measured: the median is 4,644
// characters, a tenth have less than 1,814, a tenth more than 10,099, one in a
// hundred more than 20,375. Everything in the texts is invented.
package corpus

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Options say what to make.
type Options struct {
	Seed      uint64
	Documents int // with interpretations; at least 10
}

// A Corpus is what was made: content paths, from the oldest to the newest.
type Corpus struct {
	Documents       []string
	Interpretations []string
	Issues          []string
}

// A document is what others need to know of one.
type document struct {
	path, title, number string
	department          int
	year, month, day    int
	repealed            bool
}

const (
	first, last = 2004, 2026
	departments = 36
	inIssue     = 12 // documents printed in an issue, at most
)

// Write makes a site in the folder root: config.toml and content/.
func Write(root string, o Options) (*Corpus, error) {
	w := &writer{root: root, rand: rand.New(rand.NewPCG(o.Seed, 9)), numbers: map[[2]int]int{}, titles: map[string]int{}}
	w.write("config.toml", config)
	w.registers()
	months := (last-first)*12 + 10
	c := &Corpus{}
	made := 0
	for m := range months {
		start := len(w.documents)
		for ; made < o.Documents*(m+1)/months; made++ {
			if n := len(w.documents); w.rand.IntN(10) == 0 && n > 0 {
				c.Interpretations = append(c.Interpretations, w.interpretation(w.documents[n-1-w.rand.IntN(min(n, 20))], made))
				continue
			}
			c.Documents = append(c.Documents, w.document(first+m/12, m%12+1))
		}
		if n := len(w.documents); n > start && m%12 != 11 || n-start > inIssue {
			c.Issues = append(c.Issues, w.issue(first+m/12, m%12+1, w.documents[start:min(n, start+inIssue)]))
		}
	}
	return c, w.err
}

type writer struct {
	root      string
	rand      *rand.Rand
	documents []*document
	numbers   map[[2]int]int // department and year → numbers given
	titles    map[string]int
	running   int
	err       error
}

func (w *writer) write(name, text string) {
	if w.err != nil {
		return
	}
	name = filepath.Join(w.root, filepath.FromSlash(name))
	if w.err = os.MkdirAll(filepath.Dir(name), 0o755); w.err == nil {
		w.err = os.WriteFile(name, []byte(text), 0o644)
	}
}

func (w *writer) registers() {
	var issuers, series, topics strings.Builder
	for i := range departments {
		parent := ""
		if i > 0 {
			parent = "parent = \"示范市人民政府\"\n"
		}
		body := "部门"
		if i == 0 {
			body = "政府"
		}
		fmt.Fprintf(&issuers, "[[issuer]]\nname = %q\ncode = \"d%02d\"\nlevel = \"市\"\nbody = %q\n%s\n", issuer(i), i, body, parent)
		fmt.Fprintf(&series, "[[series]]\nname = %q\ncode = \"s%02d\"\nissuer = %q\n\n", seriesOf(i), i, issuer(i))
	}
	for i, t := range fields {
		fmt.Fprintf(&topics, "[[topic]]\nname = %q\ncode = \"t%02d\"\n\n", t, i)
	}
	w.write("content/data/issuers.toml", issuers.String())
	w.write("content/data/series.toml", series.String())
	w.write("content/data/topics.toml", topics.String())
}

func issuer(i int) string {
	switch i {
	case 0:
		return "示范市人民政府"
	case 1:
		return "示范市人民政府办公室"
	}
	return "示范市" + offices[(i-2)%len(offices)] + "局"
}

func seriesOf(i int) string {
	switch i {
	case 0:
		return "示府发"
	case 1:
		return "示府办发"
	}
	return "示" + offices[(i-2)%len(offices)] + "规"
}

// document writes one document of a month and returns its content path.
func (w *writer) document(year, month int) string {
	d := &document{year: year, month: month, day: 1 + w.rand.IntN(27)}
	if w.rand.IntN(3) > 0 {
		d.department = 2 + w.rand.IntN(departments-2)
	} else {
		d.department = w.rand.IntN(2)
	}
	w.numbers[[2]int{d.department, year}]++
	n := w.numbers[[2]int{d.department, year}]
	d.number = fmt.Sprintf("%s〔%d〕%d号", seriesOf(d.department), year, n)
	form := forms[w.rand.IntN(len(forms))]
	subject := w.pick(places) + w.pick(subjects) + w.pick(deeds)
	d.title = issuer(d.department) + "关于印发" + subject + form + "的通知"
	if w.titles[d.title]++; w.titles[d.title] > 1 {
		d.title = fmt.Sprintf("%s关于印发%s%s（%d年第%d次）的通知", issuer(d.department), subject, form, year, w.titles[d.title])
	}
	d.path = fmt.Sprintf("documents/%d/s%02d-%d.md", year, d.department, n)

	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %q\nnumber = %q\nclass = \"行政规范性文件\"\nkind = \"通知\"\nissuers = [%q]\n", d.title, d.number, issuer(d.department))
	day := fmt.Sprintf("%04d-%02d-%02d", year, month, d.day)
	fmt.Fprintf(&b, "signed = %s\npublished = %s\ndisclosure = \"主动公开\"\ntopics = [%q]\n+++\n\n", day, day, fields[w.rand.IntN(len(fields))])
	fmt.Fprintf(&b, "各县（区）人民政府，市级各部门：\n\n《%s%s》已经同意，现印发给你们，请遵照执行。\n\n", subject, form)
	b.WriteString(w.body(subject, form))
	b.WriteString(w.ending(d, form))
	fmt.Fprintf(&b, "\n\n%s\n\n%d年%d月%d日\n", issuer(d.department), year, month, d.day)
	w.write("content/"+d.path, b.String())
	w.documents = append(w.documents, d)
	return d.path
}

// body is a text with chapters and articles, of a length as laws have it.
func (w *writer) body(subject, form string) string {
	size := int(math.Exp(math.Log(3650) + 0.66*w.rand.NormFloat64()))
	size = min(max(size, 200), 54_000)
	var b strings.Builder
	fmt.Fprintf(&b, "# %s%s\n\n", subject, form)
	chapter, article, written := 0, 0, 0
	for written < size {
		if article%9 == 0 && size > 2500 {
			chapter++
			fmt.Fprintf(&b, "## 第%s章　%s\n\n", numeral(chapter), w.pick(deeds))
		}
		article++
		fmt.Fprintf(&b, "第%s条　", numeral(article))
		for range 1 + w.rand.IntN(3) {
			s := w.sentence()
			written += len(s) / 3
			b.WriteString(s)
		}
		b.WriteString("\n\n")
		if w.rand.IntN(6) == 0 {
			for i := range 2 + w.rand.IntN(5) {
				s := w.clause()
				written += len(s)/3 + 4
				fmt.Fprintf(&b, "（%s）%s；\n\n", numeral(i+1), s)
			}
		}
		if w.rand.IntN(9) == 0 {
			s := w.citation()
			written += len(s) / 3
			b.WriteString(s + "\n\n")
		}
	}
	if w.rand.IntN(30) == 0 {
		b.WriteString("| 序号 | 任务 | 责任单位 |\n|---|---|---|\n")
		for i := range 5 + w.rand.IntN(30) {
			fmt.Fprintf(&b, "| %d | %s | 市%s局 |\n", i+1, w.clause(), w.pick(offices))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// citation names another document, or a law that the gazette does not have.
func (w *writer) citation() string {
	if n := len(w.documents); n > 0 && w.rand.IntN(3) > 0 {
		d := w.documents[w.rand.IntN(n)]
		return fmt.Sprintf("前款规定的事项，按照《%s》（%s）办理。", d.title, d.number)
	}
	return "法律、法规另有规定的，依照《中华人民共和国" + w.pick(subjects) + "法》执行。"
}

// ending says from when and until when, and what it ends.
func (w *writer) ending(d *document, form string) string {
	s := fmt.Sprintf("本%s自%d年%d月%d日起施行", form, d.year, d.month, 28)
	if w.rand.IntN(2) == 0 {
		s += fmt.Sprintf("，有效期%d年", 2+w.rand.IntN(4))
	}
	s += "。"
	if n := len(w.documents); n > 0 && w.rand.IntN(12) == 0 {
		for range 40 { // of the same issuer, older, standing
			old := w.documents[w.rand.IntN(n)]
			if old.department == d.department && !old.repealed && old.year < d.year {
				old.repealed = true
				return s + fmt.Sprintf("《%s》（%s）同时废止。", old.title, old.number)
			}
		}
	}
	return s
}

func (w *writer) interpretation(d *document, n int) string {
	name := fmt.Sprintf("interpretations/%d/j%d.md", d.year, n)
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = \"%s政策解读之%d\"\nabout = [%q]\nforms = [\"文字\"]\nauthor = %q\npublished = %04d-%02d-%02d\n+++\n\n", d.number, n, d.number, issuer(d.department), d.year, d.month, d.day)
	for range 3 + w.rand.IntN(8) {
		fmt.Fprintf(&b, "**%s。** %s%s\n\n", w.clause(), w.sentence(), w.sentence())
	}
	w.write("content/"+name, b.String())
	return name
}

func (w *writer) issue(year, month int, documents []*document) string {
	w.running++
	name := fmt.Sprintf("issues/%d-%02d.md", year, month)
	var b strings.Builder
	fmt.Fprintf(&b, "+++\nyear = %d\nno = %d\nrunning = %d\ndate = %04d-%02d-28\n[[sections]]\ntitle = \"文件\"\ndocuments = [\n", year, month, w.running, year, month)
	for _, d := range documents {
		fmt.Fprintf(&b, "  %q,\n", d.number)
	}
	b.WriteString("]\n+++\n")
	w.write("content/"+name, b.String())
	return name
}

// pick chooses by Zipf's law: the first words are in nearly every text.
func (w *writer) pick(words []string) string {
	return words[int(float64(len(words))*math.Pow(w.rand.Float64(), 1.8))]
}

func (w *writer) clause() string {
	s := w.pick(subjects) + w.pick(deeds)
	if w.rand.IntN(2) == 0 {
		s = w.pick(adverbs) + w.pick(verbs) + s
	}
	if w.rand.IntN(3) == 0 {
		s = w.pick(places) + s
	}
	return s
}

func (w *writer) sentence() string {
	var b strings.Builder
	b.WriteString("市" + w.pick(offices) + "部门")
	for i := range 1 + w.rand.IntN(4) {
		if i > 0 {
			b.WriteString("，")
		}
		b.WriteString(w.pick(adverbs) + w.pick(verbs) + w.pick(subjects) + w.pick(deeds))
		if w.rand.IntN(3) == 0 {
			b.WriteString("和" + w.pick(subjects) + w.pick(deeds))
		}
	}
	if w.rand.IntN(4) == 0 {
		fmt.Fprintf(&b, "，期限不超过%d日", 5+w.rand.IntN(60))
	}
	b.WriteString("。")
	return b.String()
}

var digits = []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// numeral writes 1 to 999 in Chinese.
func numeral(n int) string {
	s := ""
	if n >= 100 {
		s = digits[n/100] + "百"
		if n%100 > 0 && n%100 < 10 {
			s += "零"
		}
	}
	if t := n / 10 % 10; t > 1 || t == 1 && n >= 100 {
		s += digits[t] + "十"
	} else if t == 1 {
		s += "十"
	}
	if n%10 > 0 {
		s += digits[n%10]
	}
	return s
}
