package effect

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// conflict reads 《A》与本办法不一致的，以本办法为准: a part of A ends, and which one
// nobody can tell, so it never counts without a person.
func (r *reader) conflict(s *sentence) {
	i := strings.Index(s.mask, "为准")
	if i < 0 {
		return
	}
	j := strings.LastIndex(s.mask[:i], "以本")
	if j < 0 || selfAt(s.mask[j+len("以"):]) == 0 {
		return
	}
	for k, t := range s.targets() {
		if t.end > j || s.based(k) {
			continue
		}
		gap := s.mask[t.end:j]
		if n, _ := firstOf(gap, []string{"不一致", "抵触", "不符", "不相符", "冲突", "有出入", "不同"}); n < 0 || strings.ContainsAny(gap[:n], "，,；;") {
			continue // 《A》同时废止，此前规定与本办法不一致的: not of A
		}
		r.add(Statement{Place: s.place(), Kind: gazette.Repeals, Title: t.title, Number: t.number, Issued: t.issued, Issuer: t.issuer, Year: t.year, Part: true, Via: "以本…为准"})
	}
}

// amends reads 将《A》第三条修改为, 对《A》作如下修改, 《A》第五条修改为.
func (r *reader) amends(s *sentence) {
	i, via := firstOf(s.mask, []string{"修改为", "作如下修改", "作出如下修改", "作以下修改", "作出修改", "予以修改", "进行修改", "修订为", "删去", "删除", "修改如下", "作相应修改"})
	if i < 0 {
		return
	}
	ts := s.targets()
	for k, t := range ts {
		if t.start > i && via != "删去" && via != "删除" || s.based(k) {
			continue
		}
		next := len(s.mask)
		if k+1 < len(ts) {
			next = ts[k+1].start
		}
		gap := s.mask[t.end:next]
		if instrument(gap) && !strings.HasPrefix(trimLeft(gap), "修改为") {
			continue
		}
		head := trimSpace(s.mask[clauseStart(s.mask, t.start):t.start])
		if endsIn(trimNumber(head), "将", "对", "把", "删去", "删除", "、", "和") == 0 && trimNumber(head) != "" || r.isOwn(t.title) {
			continue
		}
		end := max(i, t.end)
		if i < t.start { // 删去《A》第十二条
			end = clauseEnd(s.mask, t.end)
		}
		articles := articlesIn(s.mask[t.end:min(next, end)])
		r.add(Statement{Place: s.place(), Kind: gazette.Amends, Title: t.title, Number: t.number, Articles: articles, Via: via, Closed: true})
		if !r.amending {
			return
		}
	}
}

// basis reads 根据《A》、《B》，制定本办法: the ground on which the document stands.
func (r *reader) basis(s *sentence) {
	end := -1
	for _, w := range []string{"制定本", "制订本", "出台本", "特制定", "制定以下", "提出本", "结合", "现就", "提出以下", "提出如下", "现将", "现决定", "通知如下", "公告如下", "通告如下"} {
		if i := strings.Index(s.mask, w); i >= 0 && (end < 0 || i < end) {
			end = i
		}
	}
	if end < 0 {
		return
	}
	start, word := firstOf(s.mask[:end], []string{"根据", "依据", "依照", "按照", "贯彻落实", "贯彻", "落实"})
	if start < 0 {
		return
	}
	kind := gazette.BasedOn
	if strings.HasPrefix(word, "贯彻") || word == "落实" {
		kind = gazette.Implements
	}
	for _, t := range s.targets() {
		if t.start < start || t.start > end || r.isOwn(t.title) {
			continue
		}
		if utf8.RuneCountInString(t.title) < 3 && t.number == "" {
			continue
		}
		k := kind
		if kind == gazette.Implements && strings.Contains(s.mask[start:t.start], "根据") {
			k = gazette.BasedOn
		}
		r.add(Statement{Place: s.place(), Kind: k, Title: t.title, Number: t.number, Via: word})
	}
}

// unlisted reads 凡未纳入继续有效目录的文件，一律废止: it ends what it does not name, so it
// only gives a list of proposals.
func (r *reader) unlisted(s *sentence) {
	if !r.r.Unlisted.isZero() {
		return
	}
	i, _ := firstOf(s.mask, []string{"未列入", "未纳入", "未在目录", "未列明", "未保留", "不在目录", "未在本", "不在本", "未编入", "未公布继续有效", "未列"})
	if i < 0 {
		return
	}
	rest := s.mask[i:]
	if j, _ := firstOf(rest, []string{"废止", "失效", "停止执行", "不再执行", "不得作为"}); j >= 0 && !conditional(rest) {
		r.r.Unlisted = s.place()
	}
}

func (p Place) isZero() bool { return p == Place{} }

// amendment reads a line of the 题注: 根据2018年9月7日…《关于修改…的决定》第一次修正.
func (r *reader) amendment(b *markup.Block, anchor string) {
	text := b.PlainText()
	titles := markup.FindTitles(text)
	dates := zh.FindDates(text)
	for i, d := range dates {
		end := len(text)
		if i+1 < len(dates) {
			end = dates[i+1].Start
		}
		act := text[d.End:end]
		for _, t := range titles {
			if t.Start >= d.End && t.End <= end {
				act = strings.Replace(act, t.Title, "", 1)
			}
		}
		if n, _ := firstOf(act, []string{"修正", "修订", "修改"}); n < 0 {
			continue
		}
		date := gazette.FromZh(d)
		if date.IsZero() {
			continue
		}
		a := Amendment{Place: Place{Quote: trimSpace(text[d.Start:end]), Line: b.Line, Anchor: anchor}, Date: date}
		for _, t := range titles {
			if t.Start >= d.End && t.End <= end {
				a.By = t.Title
			}
		}
		if !slices.ContainsFunc(r.r.Amendments, func(x Amendment) bool { return x.Date == a.Date && x.By == a.By }) {
			r.r.Amendments = append(r.r.Amendments, a)
		}
	}
}
