package effect

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

// endAt reads what follows 有效期: 为五年, 5年, 至2028年6月30日(止), 自…至….
func (s *sentence) endAt(p int) (ending, bool) {
	t := s.mask[p:]
	u := strings.TrimLeft(t, " \t　：:，,")
	for n := startsWith(u, "暂定为", "暂定", "定为", "设定为", "设为", "确定为", "限为", "均为", "原则上为", "共", "为期", "为", "是", "限", "规定为", "延续", "即", "：", "均", "统一为"); n > 0; n = startsWith(u, "暂定为", "暂定", "定为", "为期", "为", "是", "共", "即", "均", "期间") {
		u = strings.TrimLeft(u[n:], " \t　：:")
	}
	q := p + len(t) - len(u)
	if e, ok := s.rangeAt(q); ok {
		return e, true
	}
	if e, ok := s.untilAt(q); ok {
		return e, true
	}
	// 有效期自印发之日起五年; 自2020年1月1日起计算，有效期三年
	if startsWith(u, "自", "从") > 0 {
		if i := strings.Index(u, "起"); i > 0 && i < 90 {
			rest := strings.TrimLeft(u[i+len("起"):], " \t　，,计算为期共")
			if e, ok := s.untilAt(q + len(u) - len(rest)); ok {
				return e, true
			}
			if strings.Contains(u[:i], "\n") {
				return ending{}, false
			}
			if per, size := periodAt(rest); size > 0 && closesSpan(rest[size:]) {
				return ending{end: End{For: per}}, true
			}
		}
		return ending{}, false
	}
	// 有效期为印发之日起两年
	if w, n, ok := countedFrom(u); ok {
		if per, size := periodAt(u[n:]); size > 0 && closesSpan(u[n+size:]) {
			return ending{end: End{For: per}, start: w}, true
		}
		return ending{}, false
	}
	if e, ok := s.yearsAt(q); ok {
		return e, true
	}
	per, size := periodAt(u)
	if size == 0 || !closesSpan(u[size:]) {
		return ending{}, false
	}
	// 有效期五年，自2023年12月1日起至2028年11月30日止, （2023年12月1日至…）
	bare := strings.TrimLeft(s.mask[q+size:], " \t　，,（(")
	if startsWith(bare, "自", "从", "由", "即", "\x01") > 0 || bare != "" && bare[0] >= '0' && bare[0] <= '9' {
		if e, ok := s.rangeAt(len(s.mask) - len(bare) + startsWith(bare, "即")); ok {
			return e, true
		}
		if inner, ok := s.bracketRange(q + size); ok {
			return inner, true
		}
	}
	// 有效期五年，至2028年6月17日: the day says it best.
	rest := s.text[q+size:]
	inner := strings.TrimLeft(rest, " \t　，,（(即")
	if startsWith(inner, "至", "到", "截至", "截止") > 0 {
		if e, ok := s.untilAt(q + size + len(rest) - len(inner)); ok {
			return e, true
		}
	}
	return ending{end: End{For: per}}, true
}

// countedFrom reads 印发之日起, where the length follows.
func countedFrom(u string) (When, int, bool) {
	i := strings.Index(u, "之日起")
	if i <= 0 || i > 30 {
		return When{}, 0, false
	}
	for _, e := range events {
		if u[:i] == e.word {
			n := i + len("之日起")
			return When{Event: e.event}, n, e.event != OwnStart
		}
	}
	return When{}, 0, false
}

// yearsAt reads 2024年至2026年, 2024—2026年 at p: to the end of the last year.
func (s *sentence) yearsAt(p int) (ending, bool) {
	m := wholeYears.FindStringSubmatch(s.mask[p:])
	if m == nil || !closesSpan(s.mask[p+len(m[0]):]) {
		return ending{}, false
	}
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[2])
	last := gazette.NewDate(b, 12, 31)
	return ending{end: End{Date: last}}, a < b && !last.IsZero()
}

var wholeYears = regexp.MustCompile(`^\s*(\d{4})年?(?:度)?(?:至|到|—|－|-|~|～|——)(\d{4})年(?:度|底|末)?`)

// bracketRange reads （2023年12月20日至2028年12月19日） at p; what a bracket holds is
// blotted out of the mask.
func (s *sentence) bracketRange(p int) (ending, bool) {
	end := bracketAfter(s.mask, p)
	if end == p {
		return ending{}, false
	}
	inner := strings.Trim(s.text[p:end], "（）() 　")
	sub := &sentence{text: inner, mask: inner}
	sub.parse()
	e, ok := sub.rangeAt(0)
	e.start = When{} // the own clause says when it begins
	return e, ok
}

// closesSpan tells 有效期五年。 from 有效期五年以上的许可证, 有效期5年内.
func closesSpan(after string) bool {
	t := trimLeft(after)
	if t == "" {
		return true
	}
	if n := startsWith(t, "整"); n > 0 {
		t = t[n:]
	}
	return startsWith(t, "。", "，", "；", ",", ";", ".", "！", "）", ")", "（", "(", "\n", "由", "”", "届满", "期满", "到期", "后", "[", "止", "、") > 0
}

// untilAt reads 至 D (止) at p.
func (s *sentence) untilAt(p int) (ending, bool) {
	t := s.mask[p:]
	u := strings.TrimLeft(t, " \t　，,（(")
	n := startsWith(u, "暂至", "截止到", "截止至", "截至", "截止", "延至", "至", "到", "止于")
	if n == 0 {
		return ending{}, false
	}
	q := p + len(t) - len(u) + n
	d, ok := s.dateFrom(q)
	if !ok {
		return ending{}, false
	}
	return ending{end: End{Date: d}}, true
}

// rangeAt reads (自) D1 (起) 至 D2 at p.
func (s *sentence) rangeAt(p int) (ending, bool) {
	t := s.mask[p:]
	u := strings.TrimLeft(t, " \t　自从由")
	q := p + len(t) - len(u)
	for _, d := range s.dates {
		if d.Start != q || d.Month == 0 {
			continue
		}
		rest := strings.TrimLeft(s.mask[d.End:], " \t　起")
		n := startsWith(rest, "至", "到", "—", "-", "－", "——", "~", "～")
		if n == 0 {
			return ending{}, false
		}
		rest2 := strings.TrimLeft(rest[n:], "—-－ ")
		last, ok := s.dateFrom(len(s.mask) - len(rest2))
		if !ok {
			return ending{}, false
		}
		first := d
		if first.Day == 0 {
			first.Day = 1
		}
		return ending{end: End{Date: last}, start: When{Date: gazette.FromZh(first)}}, true
	}
	return ending{}, false
}

// diesAt reads D (自动)失效, D 废止, 自 D 起废止 at p.
func (s *sentence) diesAt(p int) (ending, bool) {
	t := s.mask[p:]
	u := strings.TrimLeft(t, " \t　，,并于自从在")
	q := p + len(t) - len(u)
	for _, d := range s.dates {
		if d.Start != q || d.Day == 0 {
			continue
		}
		rest := strings.TrimLeft(s.mask[d.End:], " \t　")
		from := false
		if v, ok := strings.CutPrefix(rest, "起"); ok {
			rest, from = v, true
		}
		rest = skipWords(rest, "自动", "自行", "同时", "即行", "即", "予以", "后", "24时", "止", "，")
		n := startsWith(rest, "废止", "失效", "停止执行", "停止施行", "终止", "停止实施", "终止执行", "期满", "到期", "届满")
		if n == 0 || !closesSpan(rest[n:]) {
			return ending{}, false
		}
		last := gazette.FromZh(d)
		if from {
			last = last.AddDays(-1)
		}
		return ending{end: End{Date: last}}, !last.IsZero()
	}
	return ending{}, false
}

// dateFrom reads the date at q; a month stands for its last day, a year for
// the 31st of December: 有效期至2025年.
func (s *sentence) dateFrom(q int) (gazette.Date, bool) {
	q += len(s.mask[q:]) - len(trimLeft(s.mask[q:]))
	for _, d := range s.dates {
		if d.Start != q {
			continue
		}
		switch {
		case d.Day == 0 && goesOn(s.mask[d.End:]):
			return gazette.Date{}, false // 至2023年供暖期结束
		case d.Month == 0:
			return gazette.NewDate(d.Year, 12, 31), true
		case d.Day == 0:
			first := gazette.NewDate(d.Year, d.Month, 1)
			return first.AddMonths(1).AddDays(-1), true
		}
		g := gazette.FromZh(d)
		return g, !g.IsZero()
	}
	return gazette.Date{}, false
}

// goesOn reports whether more of a day's name follows a year or month.
func goesOn(after string) bool {
	r, _ := utf8.DecodeRuneInString(trimLeft(after))
	return unicode.Is(unicode.Han, r) && !strings.ContainsRune("止底末的期前后内间起有并且由施执生", r)
}

// periodAt reads 五年, 18个月, 30日, 一年半 at the start of s. Working days are no
// period.
func periodAt(s string) (gazette.Period, int) {
	t := trimLeft(s)
	skipped := len(s) - len(t)
	n := 0
	for n < len(t) {
		_, size := zh.ParseNumeral(t[n:])
		if size == 0 {
			if n == 0 && startsWith(t, "半年") > 0 {
				n = len("半年")
			}
			break
		}
		rest := trimLeft(t[n+size:])
		w := startsWith(rest, "周年", "年", "个月", "月", "日", "天")
		if w == 0 || strings.HasPrefix(rest, "月份") {
			break
		}
		n = len(t) - len(rest) + w
		if h := startsWith(t[n:], "半", "零", "又"); h > 0 {
			if strings.HasPrefix(t[n:], "半") {
				n += h
				break
			}
			n += h
		}
	}
	if n == 0 {
		return gazette.Period{}, 0
	}
	p, err := gazette.ParsePeriod(strings.Replace(t[:n], "周年", "年", 1))
	if err != nil || p.Years > 99 || p.Months > 600 {
		return gazette.Period{}, 0
	}
	return p, skipped + n
}

// periodEnding reads a period at the end of s.
func periodEnding(s string) (gazette.Period, string, bool) {
	t := strings.TrimRight(s, " \t　")
	for n := 1; n <= 8; n++ {
		i := len(t)
		for range n {
			_, w := utf8.DecodeLastRuneInString(t[:i])
			i -= w
		}
		if i <= 0 {
			break
		}
		p, size := periodAt(t[i:])
		if size == len(t)-i && size > 0 {
			r, w := utf8.DecodeLastRuneInString(t[:i])
			if _, more := zh.ParseNumeral(string(r)); more > 0 && w > 0 {
				continue // 三十日: not 十日
			}
			return p, t[:i], true
		}
	}
	return gazette.Period{}, s, false
}

func trimLeft(s string) string { return strings.TrimLeft(s, " \t　") }
