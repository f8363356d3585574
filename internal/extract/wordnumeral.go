package extract

import (
	"fmt"
	"strconv"
	"strings"

	"gongbao/internal/zh"
)

// wordNumeral prints a number in a format of ST_NumberFormat. Formats that do
// not reach as far as the number go on in decimal digits, as Word does; so do
// those of other languages.
func wordNumeral(format string, n int) string {
	if n < 0 {
		return strconv.Itoa(n)
	}
	switch format {
	case "none", "bullet":
		return ""
	case "chineseCounting", "taiwaneseCounting":
		if n > 99 {
			return zh.Digits(n)
		}
		return zh.Numeral(n)
	case "chineseCountingThousand", "taiwaneseCountingThousand", "koreanDigital2":
		return zh.Numeral(n)
	case "japaneseCounting":
		return japaneseNumeral(n)
	case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital":
		return zh.Digits(n)
	case "chineseLegalSimplified":
		return formalNumerals.Replace(zh.Numeral(n))
	case "ideographLegalTraditional", "japaneseLegal":
		return formalTraditionalNumerals.Replace(zh.Numeral(n))
	case "ideographTraditional":
		return nthOf("甲乙丙丁戊己庚辛壬癸", n)
	case "ideographZodiac":
		return nthOf("子丑寅卯辰巳午未申酉戌亥", n)
	case "ideographZodiacTraditional":
		if n >= 1 && n <= 60 {
			return nthOf("甲乙丙丁戊己庚辛壬癸", (n-1)%10+1) + nthOf("子丑寅卯辰巳午未申酉戌亥", (n-1)%12+1)
		}
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return nthOf("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", n)
	case "decimalEnclosedParen":
		return nthOf("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", n)
	case "decimalEnclosedFullstop":
		return nthOf("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", n)
	case "ideographEnclosedCircle":
		return nthOf("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉", n)
	case "decimalFullWidth", "decimalFullWidth2":
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(n))
	case "decimalZero":
		return fmt.Sprintf("%02d", n)
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -"
	case "hex":
		return strings.ToUpper(strconv.FormatInt(int64(n), 16))
	case "lowerLetter":
		return letterNumeral('a', n)
	case "upperLetter":
		return letterNumeral('A', n)
	case "lowerRoman":
		return strings.ToLower(romanNumeral(n))
	case "upperRoman":
		return romanNumeral(n)
	case "ordinal":
		return strconv.Itoa(n) + ordinalEnd(n)
	}
	return strconv.Itoa(n)
}

var (
	formalNumerals = strings.NewReplacer("一", "壹", "二", "贰", "三", "叁", "四", "肆", "五", "伍",
		"六", "陆", "七", "柒", "八", "捌", "九", "玖", "十", "拾", "百", "佰", "千", "仟")
	formalTraditionalNumerals = strings.NewReplacer("一", "壹", "二", "貳", "三", "參", "四", "肆", "五", "伍",
		"六", "陸", "七", "柒", "八", "捌", "九", "玖", "十", "拾", "百", "佰", "千", "仟", "万", "萬", "亿", "億")
)

// nthOf is the nth of the characters.
func nthOf(chars string, n int) string {
	i := 0
	for _, r := range chars {
		if i++; i == n {
			return string(r)
		}
	}
	return strconv.Itoa(n)
}

// japaneseNumeral counts without zeros, and without 一 before 百 and 千: 百一.
func japaneseNumeral(n int) string {
	if n >= 10_000 || n == 0 {
		return zh.Numeral(n)
	}
	s := strings.ReplaceAll(zh.Numeral(n), "零", "")
	s = strings.Replace(s, "一千", "千", 1)
	s = strings.Replace(s, "一百", "百", 1)
	return strings.Replace(s, "一十", "十", 1)
}

// letterNumeral goes on after z with aa, bb.
func letterNumeral(first rune, n int) string {
	const most = 26 * 30
	if n < 1 || n > most {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func romanNumeral(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	s := ""
	for _, d := range []struct {
		value int
		text  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			s += d.text
		}
	}
	return s
}

func ordinalEnd(n int) string {
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			return "st"
		case 2:
			return "nd"
		case 3:
			return "rd"
		}
	}
	return "th"
}
