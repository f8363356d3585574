package scan

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A group is a run of digits in a line; x says that an X ends it.
type group struct {
	digits     string // ASCII
	start, end int    // bytes of the line
	x          bool
	gap        string // between it and the group before, "" at the start or where it is no separator
	glued      bool   // letters or other digits stand right before or behind it
}

// fewestDigits is the fewest digits of any number that is looked for: a passport's.
const fewestDigits = 7

// groups reads the runs of digits of a line, full-width ones as ASCII.
func groups(s string) []group {
	var out []group
	for i := 0; i < len(s); {
		d, size := digit(s[i:])
		if d == 0 {
			if n := len(out); n > 0 && !out[n-1].x && isX(s[i:]) && !wordAt(s[i+size:]) {
				if gap := separator(s[out[n-1].end:i]); gap != "" {
					out = append(out, group{start: i, end: i + size, x: true, gap: gap})
				}
			}
			i += size
			continue
		}
		g := group{start: i}
		var b []byte // unless they are ASCII
		for i < len(s) {
			if d, size = digit(s[i:]); d == 0 {
				break
			}
			if size > 1 && b == nil {
				b = append(b, s[g.start:i]...)
			}
			if i += size; b != nil || size > 1 {
				b = append(b, d)
			}
		}
		if g.digits, g.end = s[g.start:i], i; b != nil {
			g.digits = string(b)
		}
		if len(g.digits) <= 17 {
			if _, size := utf8.DecodeRuneInString(s[i:]); isX(s[i:]) && !wordAt(s[i+size:]) {
				g.x, i, g.end = true, i+size, i+size
			}
		}
		g.glued = wordBefore(s[:g.start]) || wordAt(s[g.end:])
		if n := len(out); n > 0 {
			g.gap = separator(s[out[n-1].end:g.start])
		}
		out = append(out, g)
	}
	return out
}

func isX(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == 'X' || r == 'x' || r == 'Ｘ' || r == 'ｘ'
}

// digit returns the digit at the start of s, or 0, and the size of what stands
// there.
func digit(s string) (byte, int) {
	if c := s[0]; c >= '0' && c <= '9' {
		return c, 1
	} else if c < utf8.RuneSelf {
		return 0, 1
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r >= '０' && r <= '９':
		return byte(r-'０') + '0', size
	case r >= 0x1D7CE && r <= 0x1D7FF: // mathematical digits
		return byte((r-0x1D7CE)%10) + '0', size
	}
	return 0, size
}

// separator is a gap between two parts of one number, as it counts: a tab parts
// cells. Anything else parts numbers and gives "".
func separator(s string) string {
	t := strings.Trim(s, "\u200b\u200c\u200d\ufeff\u00ad\u2060")
	switch t {
	case "":
		return "|" // nothing that is seen
	case " ", "\u00a0", "\u3000", "\u2002", "\u2003", "\u2009", "-", "－", "–", "—", "‑", "·", "  ", ".":
		return " "
	case "\t":
		return "\t"
	}
	return ""
}

// wordBefore and wordAt report a letter or what joins a number to a longer one.
func wordBefore(s string) bool {
	if s == "" {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return latin(r) || r == '_' || r == '*' || r == '＊'
}

func wordAt(s string) bool {
	if s == "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s)
	return latin(r) || r == '_' || r == '*' || r == '＊' || r == '%'
}

func latin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ'
}

// forms are the ways to write a number of 11 (telephone) to 19 (card) digits in
// groups. One group, and groups of one digit each, are always one.
var forms = map[string]bool{
	"6 8 4": true, "6 4 4 4": true, "6 4 2 2 4": true, "3 3 4 4 4": true, "4 4 4 4 2": true, "6 12": true, "14 4": true, "6 8 3 1": true, "17 1": true,
	"10 8": true, "9 9": true, "6 6 6": true, "3 3 3 3 3 3": true, "6 8 2 2": true,
	"3 4 4": true, "3 8": true, "7 4": true, "4 4 3": true, "3 3 5": true,
	"4 4 4 4": true, "4 4 4 4 3": true, "4 4 4 4 1": true, "6 13": true, "6 10": true, "6 4 4 4 1": true, "5 5 5 4": true,
	"6 6 3": true, "6 9": true,
}

// A number is a run of groups that may be one number.
type number struct {
	digits     string
	x          bool
	start, end int
	glued      bool
}

// numbersOf returns what may be numbers of n digits (an X counts as one).
func numbersOf(gs []group, n int) []number {
	var out []number
	for i := range gs {
		total, form := 0, ""
		single := true
		var digits strings.Builder
		for j := i; j < len(gs); j++ {
			g := &gs[j]
			size := len(g.digits)
			if g.x {
				size++
			}
			if j > i {
				switch g.gap {
				case "":
					size = n + 1 // parted
				case "|":
				case " ":
					form += " "
				case "\t":
					if !single || size > 2 {
						size = n + 1
					}
					form += " "
				}
				if gs[j-1].x {
					size = n + 1
				}
			}
			if total += size; total > n {
				break
			}
			single = single && size <= 1
			if j > i && g.gap == "|" && form != "" {
				k := strings.LastIndexByte(form, ' ') + 1
				last, _ := strconv.Atoi(form[k:])
				form = form[:k] + strconv.Itoa(last+size)
			} else {
				form += strconv.Itoa(size)
			}
			digits.WriteString(g.digits)
			if total == n {
				if !strings.Contains(form, " ") || single && !longer(gs, i, j) || forms[form] {
					out = append(out, number{
						digits: digits.String(), x: g.x, start: gs[i].start, end: g.end,
						glued: gs[i].glued || g.glued,
					})
				}
				break
			}
		}
	}
	return out
}

// longer reports whether groups i to j of one digit each are part of a longer row
// of such.
func longer(gs []group, i, j int) bool {
	return i > 0 && gs[i].gap != "" && len(gs[i-1].digits) <= 1 || j+1 < len(gs) && gs[j+1].gap != "" && len(gs[j+1].digits) <= 1
}

var (
	saysIdentity = regexp.MustCompile(`身[\s\p{Z}]*份[\s\p{Z}]*证|身份号码|证件号|证[\s\p{Z}]*件[\s\p{Z}]*号[\s\p{Z}]*码|公民身份`)
	saysCard     = regexp.MustCompile(`卡[\s\p{Z}]*号|账[\s\p{Z}]*[号户]|帐[\s\p{Z}]*[号户]|开户|银行|一卡通|社保卡|惠农卡`)
	saysPassport = regexp.MustCompile(`护照|通行证`)
	// What a number is, right before it.
	otherNumber = regexp.MustCompile(`(?:编[\s\p{Z}]*号|代[\s\p{Z}]*码|编[\s\p{Z}]*码|单[\s\p{Z}]*号|流[\s\p{Z}]*水[\s\p{Z}]*号|条[\s\p{Z}]*码|文[\s\p{Z}]*号|许可证号?|登记号|注册号|证书号|批准文号|案[\s\p{Z}]*号|标[\s\p{Z}]*号|宗地号?|图[\s\p{Z}]*号|批[\s\p{Z}]*号|合同号|凭证号|发票号|型[\s\p{Z}]*号|项目号|[Nn][Oo]\.?|№|ISBN|ISSN|QQ|[Qq]{2}群?)[号码]?[\s\p{Z}]*[（(]?[：:为是]?[\s\p{Z}]*$`)
	amount      = regexp.MustCompile(`^[\s\p{Z}]*(?:\.\d|元|万|亿|千|人|户|件|吨|公斤|千克|平方|立方|公里|米|㎡|%|％|kW|度)`)
	amountHead  = regexp.MustCompile(`[（(](?:万|亿|千)?(?:元|吨|人|户|平方米|公里|度)[）)]|金额|产值|产量|预算|决算|收入|支出|合计|总计|面积|人口|数量|余额|投资|经费|资金`)
	creditCode  = regexp.MustCompile(`信用代码|税[\s\p{Z}]*号|纳税人识别号|组织机构代码|机构代码`)
	passport    = regexp.MustCompile(`(?:^|[^A-Za-z0-9])([EGDSPHeg][A-HJ-NP-Z]?[0-9０-９]{7,8})(?:[^A-Za-z0-9]|$)`)
)

// says reports whether words stand in a text, in what heads it, or in the line
// before.
func (c context) says(words *regexp.Regexp, s string) bool {
	return words.MatchString(s) || words.MatchString(c.head) || words.MatchString(c.before)
}

// numbers finds numbers of persons: 公民身份号码 (GB 11643), mobile telephones,
// bank cards, passports. digits is how many digits s has.
func numbers(s string, digits int, c context) []Hit {
	var out []Hit
	if strings.ContainsAny(s, "EGDSPHeg") && c.says(saysPassport, s) {
		for _, m := range passport.FindAllStringSubmatchIndex(s, -1) {
			out = append(out, Hit{Rule: Identity, Start: m[2], End: m[3], Masked: mask(s[m[2]:m[3]])})
		}
	}
	if digits < 11 {
		return out
	}
	gs := groups(s)
	taken := func(n number) bool { return overlaps(out, n.start, n.end) }
	add := func(rule string, n number) {
		out = append(out, Hit{Rule: rule, Start: n.start, End: n.end, Masked: mask(n.digits)})
	}
	said := c.says(saysIdentity, s)
	for _, n := range numbersOf(gs, 18) {
		if n.glued || !citizen(n, said) {
			continue
		}
		if before := s[:n.start]; creditCode.MatchString(tail(before, 60)) || creditCode.MatchString(c.head) {
			continue
		}
		add(Identity, n)
	}
	if said {
		for _, n := range numbersOf(gs, 15) {
			if !n.glued && !n.x && !taken(n) && formerCitizen(n.digits) {
				add(Identity, n)
			}
		}
	}
	if c.says(saysCard, s) {
		for size := 19; size >= 16; size-- {
			for _, n := range numbersOf(gs, size) {
				if !n.glued && !n.x && !taken(n) && bankCard(n.digits) && !otherNumber.MatchString(tail(s[:n.start], 40)) {
					add(Card, n)
				}
			}
		}
	}
	for _, size := range []int{11, 13, 15} {
		for _, n := range numbersOf(gs, size) {
			digits := n.digits
			switch {
			case n.x || n.glued || taken(n):
				continue
			case size == 13:
				digits = strings.TrimPrefix(digits, "86")
			case size == 15:
				digits = strings.TrimPrefix(digits, "0086")
			}
			if len(digits) != 11 || digits[0] != '1' || digits[1] < '3' {
				continue
			}
			if inAddress(s[:n.start]) || amount.MatchString(s[n.end:]) || otherNumber.MatchString(tail(s[:n.start], 40)) || c.cell && (otherNumber.MatchString(c.head) || amountHead.MatchString(c.head)) {
				continue
			}
			add(Phone, n)
		}
	}
	if !strings.Contains(s, "86") {
		return out
	}
	for i := range gs { // +86 138 0000 0000
		if gs[i].digits == "86" && gs[i].end < len(s) {
			for _, n := range numbersOf(gs[i+1:], 11) {
				if n.start-gs[i].end < 6 && !taken(n) && n.digits[0] == '1' && n.digits[1] >= '3' {
					add(Phone, n)
				}
			}
		}
	}
	return out
}

// inAddress reports whether what stands before a number is the beginning of an
// address of the web: its numbers are those of pages.
func inAddress(before string) bool {
	i := strings.LastIndexFunc(before, func(r rune) bool { return r <= ' ' || r > 0x7e || strings.ContainsRune("\"<>()[]|", r) })
	token := before
	if i >= 0 {
		_, w := utf8.DecodeRuneInString(before[i:])
		token = before[i+w:]
	}
	return strings.Contains(token, "://") || strings.HasPrefix(token, "www.")
}

// tail is the last bytes of s, from a character on.
func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	for len(s) > 0 && !utf8.RuneStart(s[0]) {
		s = s[1:]
	}
	return s
}
