package extract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

const webRealDir = "../../../shared/corpus/realdocs"

// webNoise is what a person's text of a page holds besides the document: the
// lines of its tools and metadata, without spaces.
var webNoise = map[string][]string{
	"004": {"索引号：XM00100-02-02-2015-008文号：厦府〔2015〕36号发布机构：厦门市人民政府发文日期：20150213名称：厦门市人民政府关于调整我市投靠入户政策的通知内容概述：厦门市人民政府关于调整我市投靠入户政策的通知", "时间：2015-02-13[大中小]浏览次数："},
	"010": {"录入时间：2014-01-14来源：中山市人民政府办公室"},
	"012": {"—17—"},
	"016": {"当前位置：首页>政策法规>佛山市", "发布时间：2016-05-17"},
	"018": {"发布单位：市社保基金管理局发布时间：2013-07-01"},
	"020": {"来源：日期：2014-05-22【字号大中小】【内容纠错】"},
	"022": {"文号：深建规〔2016〕6号", "8$"},
	"032": {"来源：北京市住房和城乡建设委员会网站日期：2011-11-30【字号大中小】"},
	"048": {"作者：泉州市教育局来源：泉州市教育局发布时间：2016-2-2910:34:28访问次数："},
	"054": {"—22—"},
	"062": {"来源：日期：2016-04-14【字号大中小】【内容纠错】"},
	"064": {"主题分类：流动人口服务管理通知公告发布机构：中山市流动人口管理办公室名称：2016年度中山市积分入户入学入住公租房指标数公告发文日期：2016-04-29主题词：", "日期：2016-04-29浏览次数：24356"},
	"068": {"发布机构：深圳市人居环境网发布日期：2009-04-08信息索取号：000000-02-2009-029974字号：【大中小】", "信息索取号：000000-02-2009-029974公开类型：主动公开"},
	"074": {"住房保障首页登录系统帮助", "2012-07-16作者&来源：中山市住房保障办公室"},
	"080": {"发布时间:2016/9/20信息来源:重庆市政府网"},
}

// TestRealPagesLoseNothing compares saved pages with what a person says their
// text is: besides the noise not a character is lost or added.
func TestRealPagesLoseNothing(t *testing.T) {
	for _, d := range webRealPages(t) {
		if d.Title == "" {
			continue // a list
		}
		doc, err := Read(d.Original, d.page, Options{})
		if err != nil {
			t.Errorf("%s: %v", d.Original, err)
			continue
		}
		want := webLetters(d.text)
		id := d.File[:3]
		for _, n := range webNoise[id] {
			n, atEnd := strings.CutSuffix(n, "$")
			i := strings.Index(want, n)
			if atEnd {
				i = strings.LastIndex(want, n)
			}
			if i < 0 {
				t.Fatalf("%s: the text does not hold %q", d.File, n)
			}
			want = want[:i] + want[i+len(n):]
		}
		if id == "080" { // all of the site stands around it
			_, want, _ = strings.Cut(want, "浏览次数:2068")
			want, _, _ = strings.Cut(want, "来源：重庆市政府网编辑")
		}
		if got := webLetters(webBlockText(doc)); got != want {
			i := 0
			for i < min(len(got), len(want)) && got[i] == want[i] {
				i++
			}
			t.Errorf("%s: text differs at byte %d:\ngot  …%.90s\nwant …%.90s", d.Original, i, got[i:], want[i:])
		}
		if h := webTitleOf(doc); id != "012" && id != "022" && id != "054" && webLetters(h) != webLetters(d.Title) && !strings.HasPrefix(webLetters(h), webLetters(d.Title)) {
			t.Errorf("%s: heading %q, want %q", d.Original, h, d.Title)
		}
		for _, p := range doc.Problems {
			if p.Kind != PictureLost && !(p.Kind == Encoding && id == "004") {
				t.Errorf("%s: %v", d.Original, p.Error())
			}
		}
	}
}

// TestListPagesAreNoDocuments reads pages that list documents.
func TestListPagesAreNoDocuments(t *testing.T) {
	for _, d := range webRealPages(t) {
		if d.Title != "" {
			continue
		}
		doc, err := Read(d.Original, d.page, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(doc.Problems) == 0 || doc.Problems[0].Kind != NotDocument || len(doc.Blocks) < 100 {
			t.Errorf("%s: problems %v, %d blocks", d.Original, doc.Problems, len(doc.Blocks))
		}
	}
}

type webReal struct {
	File, Title, Original string
	page                  []byte
	text                  string
}

// webRealPages returns the web pages among the real documents.
func webRealPages(t testing.TB) (out []webReal) {
	t.Helper()
	index, err := os.ReadFile(filepath.Join(webRealDir, "index.jsonl"))
	if err != nil {
		t.Skip("the real documents are not here: ", webRealDir)
	}
	for line := range strings.SplitSeq(strings.TrimSpace(string(index)), "\n") {
		var d webReal
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(d.Original, ".htm") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(webRealDir, "text", d.File))
		if err != nil {
			t.Fatal(err)
		}
		d.text = string(text)
		if d.page, err = os.ReadFile(filepath.Join(webRealDir, "original", d.Original)); err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
	return out
}

// webLetters is a text without spaces and without the private characters that
// end its lines.
func webLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Co, r) {
			return -1
		}
		return r
	}, s)
}

func webBlockText(d *Document) string {
	var b strings.Builder
	for _, blk := range d.Blocks {
		if blk.Kind == TableBlock {
			b.WriteString(rowsText(blk.Rows))
		} else {
			b.WriteString(PlainText(blk.Runs))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func webTitleOf(d *Document) string {
	for _, b := range d.Blocks {
		if b.Kind == Heading {
			return PlainText(b.Runs)
		}
	}
	return ""
}

func BenchmarkWeb(b *testing.B) {
	docs := webRealPages(b)
	for b.Loop() {
		for _, d := range docs {
			if _, err := readWeb(d.page, Options{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(docs))/b.Elapsed().Seconds(), "docs/s")
}
