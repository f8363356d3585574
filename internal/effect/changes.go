package effect

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// longerWords say that validity goes on: 有效期延长至, 延续, 顺延.
var longerWords = []string{"延长执行", "延长", "延续", "延期", "顺延", "延至", "展期", "续期", "继续有效", "继续执行", "继续施行", "继续实施"}

// extends reads 《A》有效期延长至2025年12月31日, 将《A》的有效期延长两年, 《A》继续有效，有效期
// 至…. It reports whether the sentence was one.
func (r *reader) extends(s *sentence) bool {
	i, word := firstOf(s.mask, longerWords)
	if i < 0 {
		return false
	}
	ts := s.targets()
	if len(ts) == 0 && s.borrowed == nil {
		return false
	}
	end, via := r.newEnd(s, i, word)
	if end.IsZero() {
		return false
	}
	if len(ts) == 0 {
		for _, t := range s.borrowed {
			r.add(Statement{Place: s.place(), Kind: gazette.Extends, Title: t.title, Number: t.number, Issued: t.issued, Issuer: t.issuer, Until: end, Via: via, Closed: !conditional(s.mask)})
		}
		return true
	}
	lead := strings.TrimRight(s.mask[:ts[0].start], " 　")
	for n := endsIn(lead, "将", "把", "对", "决定", "延长", "延续", "继续执行", "现将"); n > 0; n = endsIn(lead, "将", "把", "对", "决定", "延长", "延续", "继续执行", "现将") {
		lead = trimSpace(lead[:len(lead)-n])
	}
	firm := !conditional(s.mask) && plain(lead) && len(articlesIn(s.mask)) == 0 && !strings.Contains(s.mask, "但") && !strings.Contains(s.mask, "除")
	var found []Statement
	for k, t := range ts {
		next := len(s.mask)
		if k+1 < len(ts) {
			next = ts[k+1].start
		}
		if r.based(s, ts, k) || instrument(s.mask[t.end:next]) {
			continue
		}
		if t.start > i && !aboutSpan(s.mask[t.end:]) {
			continue // 延长至…，《B》同时废止: another matter
		}
		if t.start < i && strings.ContainsAny(s.mask[t.end:i], "。；") {
			continue
		}
		st := Statement{Place: s.place(), Kind: gazette.Extends, Title: t.title, Number: t.number, Issued: t.issued, Issuer: t.issuer, Until: end, Via: via, Closed: firm}
		found = append(found, st)
	}
	for _, st := range found {
		r.add(st)
	}
	return len(found) > 0
}

// aboutSpan reports whether what follows a title is its time: 延长《A》有效期.
func aboutSpan(after string) bool {
	t := strings.TrimLeft(after, " 　的等")
	if n, ok := countAt(t); ok {
		t = strings.TrimLeft(t[n:], " 的")
	}
	if startsWith(t, "、", "和", "《", "及") > 0 {
		return true
	}
	i, _ := firstOf(t, append([]string{"期限", "有效"}, spanWords...))
	return i >= 0 && i < 60
}

// newEnd reads the new last day or the added length around 延长.
func (r *reader) newEnd(s *sentence, i int, word string) (End, string) {
	s.parse()
	rest := s.mask[i:]
	if hasSpan(s.mask) || strings.Contains(s.mask, "期限") || strings.HasPrefix(word, "继续") || word == "延长执行" {
		if e := s.lastDay(); !e.IsZero() {
			return e, word
		}
		if strings.HasPrefix(word, "延") || word == "顺延" || word == "展期" || word == "续期" {
			t := strings.TrimLeft(rest[len(word):], " 　为了的")
			if per, size := periodAt(t); size > 0 && closesSpan(t[size:]) {
				return End{For: per}, word
			}
			// 延长《A》有效期两年; 延长…有效期，期限为两年
			for _, w := range spanWords {
				if j := strings.LastIndex(rest, w); j >= 0 {
					u := strings.TrimLeft(rest[j+len(w):], " 　，,为限再至")
					if per, size := periodAt(u); size > 0 && closesSpan(u[size:]) {
						return End{For: per}, word
					}
				}
			}
		} else if j, w := firstOf(rest, spanWords); j >= 0 {
			if e, ok := s.endAt(i + j + len(w)); ok {
				return e.end, word
			}
		}
	}
	return End{}, ""
}

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
		if t.end > j || r.based(s, s.targets(), k) {
			continue
		}
		gap := s.mask[t.end:j]
		if n, _ := firstOf(gap, []string{"不一致", "抵触", "不符", "不相符", "冲突", "有出入", "不同"}); n < 0 || strings.ContainsAny(gap[:n], "，,；;") {
			continue // 《A》同时废止，此前规定与本办法不一致的: not of A
		}
		r.add(Statement{Place: s.place(), Kind: gazette.Repeals, Title: t.title, Number: t.number, Issued: t.issued, Issuer: t.issuer, Part: true, Via: "以本…为准"})
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
		if t.start > i && via != "删去" && via != "删除" || r.based(s, ts, k) {
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
		if !r.decides {
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
