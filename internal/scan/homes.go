package scan

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// home is what a label of one's own home is called.
const home = `(?:家庭(?:详细)?(?:住址|地址)|(?:现|常|暂|实际)?居住地?(?:地址|址)|(?:现|家庭|常|暂)?住[\s\p{Z}]*址|户籍(?:所在地?|地址|地)?(?:详细)?地址|户口(?:所在地?)?地址|身份证(?:住址|地址)|家庭所在地)`

var (
	// 家庭住址：…
	homeLabel = regexp.MustCompile(home)
	homeValue = regexp.MustCompile(home + `[\s\p{Z}]*(?:为|是|在)?[\s\p{Z}]*[:：|]?[\s\p{Z}]*([^，,。；;|\s\p{Z}][^，,。；;|]{3,50})`)
	// 家住某区某路5号2单元301室
	lives = regexp.MustCompile(`(?:家住|现住|住在|住于|居住于|居住在|租住|户籍地?为|住)([^，,。；;：:“”]{4,40}?[0-9０-９一二三四五六七八九十]+[\s\p{Z}]*(?:号|栋|幢|单元|室|组|户)[^，,。；;“”]{0,20})`)
	// The end of an address: a door, or the group of a village.
	door = regexp.MustCompile(`[0-9０-９A-Za-z一二三四五六七八九十]+[\s\p{Z}]*[-－—]?[\s\p{Z}]*(?:号|栋|幢|单元|室|组|户|座|楼|弄|层|附)`)
	fine = regexp.MustCompile(`[0-9０-９]+[\s\p{Z}]*(?:室|户)|单元|[0-9０-９一二三四五六七八九十]+[\s\p{Z}]*(?:栋|幢|组)|[0-9０-９]+[\s\p{Z}]*[-－][\s\p{Z}]*[0-9０-９]+`)

	email = regexp.MustCompile(`[A-Za-z0-9._%+-]{2,40}@[A-Za-z0-9.-]+\.[A-Za-z]{2,8}`)
)

// shortCell is the most characters of a cell that is a value, not a sentence: what
// it says, the head of its column tells.
const shortCell = 15

// homes finds where persons live.
func homes(s string, c context) []Hit {
	var out []Hit
	if !c.cell || utf8.RuneCountInString(s) > shortCell {
		for _, m := range findHomes(s) {
			if v := s[m[2]:m[3]]; door.MatchString(v) && !blank(v) {
				out = append(out, Hit{Rule: Address, Start: m[2], End: m[3], Masked: maskAddress(v)})
			}
		}
		if !mayLive(s) {
			return out
		}
		for _, m := range lives.FindAllStringSubmatchIndex(s, -1) {
			v := s[m[2]:m[3]]
			if overlaps(out, m[2], m[3]) || !fine.MatchString(v) || notHome.MatchString(tail(s[:m[2]], 24)+v) {
				continue
			}
			out = append(out, Hit{Rule: Address, Start: m[2], End: m[3], Masked: maskAddress(v)})
		}
	}
	return out
}

// mayLive reports whether a line may have what lives matches: 住 or 户籍地为 and,
// before the next mark, a numeral with 号, 栋, 室 …. It is cheap, and lives is not.
func mayLive(s string) bool {
	opened := false
	last, solid := rune(0), rune(0) // the character before, and the last one that is no space
	for _, r := range s {
		switch r {
		case '住':
			opened = true
		case '为':
			opened = opened || last == '籍' || last == '地'
		case '，', ',', '。', '；', ';', '：', ':', '“', '”':
			opened = false
		case '号', '栋', '幢', '单', '室', '组', '户':
			if opened && isNumeral(solid) {
				return true
			}
		}
		last = r
		if !isSpace(r) {
			solid = r
		}
	}
	return false
}

// isNumeral reports a digit, of Arabic or Chinese numerals, as lives has them.
func isNumeral(r rune) bool {
	switch r {
	case '一', '二', '三', '四', '五', '六', '七', '八', '九', '十':
		return true
	}
	return r >= '0' && r <= '9' || r >= '０' && r <= '９'
}

// isSpace is [\s\p{Z}].
func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\f', '\r', 0x3000, 0xA0:
		return true
	}
	return r > 0xA0 && r < 0x3000 && unicode.Is(unicode.Z, r)
}

// findHomes finds all matches of homeValue.
func findHomes(s string) [][]int {
	if !saysHome(s) {
		return nil
	}
	return homeValue.FindAllStringSubmatchIndex(s, -1)
}

// saysHome reports whether a text may have what home matches.
func saysHome(s string) bool {
	return zh.Contains(s, "址") || zh.Contains(s, "家庭所在地")
}

// notHome are words that make of 住 something else: 住宅, 入住率, 住房公积金.
var notHome = regexp.MustCompile(`住(?:宅|房|户|院|建|宿|所地|持|保)|居民小区.{0,6}(?:改造|项目)|安置(?:点|房|小区)|建筑面积`)

func overlaps(hits []Hit, from, to int) bool {
	for _, h := range hits {
		if from < h.End && h.Start < to {
			return true
		}
	}
	return false
}

// blank reports a place to fill in: ____, ××.
func blank(s string) bool {
	return strings.Contains(s, "__") || strings.Contains(s, "××") || strings.Contains(s, "XX") || strings.Contains(s, "**")
}

// maskAddress keeps what an address begins with: a city, no street.
func maskAddress(s string) string {
	n := 0
	for i := range s {
		if n == 3 {
			return s[:i] + strings.Repeat("*", min(8, utf8.RuneCountInString(s[i:])))
		}
		n++
	}
	return strings.Repeat("*", n)
}
