package audit

import (
	"bytes"
	"regexp"
)

// Words that a test or a template leaves behind. A title is one only as a whole:
// 核酸检测, 压力测试 and 示范文本 are titles of documents.
var (
	emptyTitle = regexp.MustCompile(`(?i)^["']*[《“]?(?:(?:测试|试验|样例|示例|新建|临时)(?:用)?(?:文章|标题|文件|文档|公文|通知|数据|内容|页面|栏目|信息|新闻|稿件|文本文档)?|无标题|未命名|标题|文章标题|公文标题|此处填写标题|请输入标题|test(?:ing)?|sample|untitled|todo|tbd|lorem ipsum|[xX×Ｘ]{2,})[\s（(]*\d*[)）]*[》”]?["']*$`)
	dummy      = regexp.MustCompile(`(?i)lorem ipsum|dolor sit amet|\bTODO\b\s*[:：]|\bFIXME\b|\bTBD\b`)
	fillIn     = regexp.MustCompile(`[（(【\[〔]\s*(?:内容|此处|此项|正文|附件|数据|日期|文号)?(?:待补充|待完善|待填写|待定稿|待插入)\s*[)）】\]〕]|^\s*(?:内容|正文|此处)?待补充[。.…]*\s*$|(?:单击|点击)此处(?:输入|添加|编辑|键入)|[（(【\[](?:请)?(?:在)?此处(?:填写|输入|插入|粘贴)[^）)】\]]{0,20}[)）】\]]`)
	noName     = regexp.MustCompile(`〔(?:[×xXＸ*]{2,4}|20[×xXＸ*]{2})〕\s*(?:第)?[×xXＸ*\d]+号|(?:20)?[×XＸ]{2,4}年[×XＸ]{1,2}月|[×XＸ]{2,4}(?:自治区|自治州|省|市|县|区|乡|镇)人民政府`)
	noTitle    = regexp.MustCompile(`[×Ｘ]{2,}|X{2,}[\p{Han}〔〕]|[\p{Han}〔]X{2,}`)
	anyOf      = [][]byte{[]byte("待"), []byte("此处"), []byte("orem"), []byte("OREM"), []byte("TODO"), []byte("FIXME"), []byte("TBD"), []byte("dolor"), []byte("〔*"), []byte("〔20*"), []byte("〔x"), []byte("〔20x"), []byte("××"), []byte("XX"), []byte("ＸＸ")}
	annex      = regexp.MustCompile(`^[#\s*]*附\s*[件录表图](?:\s*[\d一二三四五六七八九十]+)?[\s*：:]*$`)
	formWords  = regexp.MustCompile(`式样|样式|格式|样本|范本|文本|模板|例如|示例|形式为|编号为|文号为|如[“（]`)
)

// placeholder reports what a template or a test left in a text
// (audit-placeholder). Forms and tables have blanks on purpose.
func (r *reading) placeholder() {
	if r.title {
		t := bytes.Trim(r.text, "\x00")
		if emptyTitle.Match(t) || noTitle.Match(t) && !formWords.Match(t) {
			from := bytes.Index(r.text, t)
			r.a.add("audit-placeholder", r.place(from, from+len(t)), r.entry, string(t))
		}
		return
	}
	if bytes.Contains(r.text, []byte("附")) && annex.Match(r.text) {
		r.form = true
	}
	found := false
	for _, k := range anyOf {
		if found = bytes.Contains(r.text, k); found {
			break
		}
	}
	if !found {
		return
	}
	for _, p := range []*regexp.Regexp{dummy, fillIn, noName} {
		if p != dummy && (r.form || r.table || formWords.Match(r.text)) {
			continue
		}
		if at := p.FindIndex(r.text); at != nil {
			r.a.add("audit-placeholder", r.place(at[0], at[1]), r.entry, string(r.text[at[0]:at[1]]))
			return
		}
	}
}
