package zh

import (
	_ "embed"
	"strings"
	"unicode"
)

// CommonTable is the 通用规范汉字表 (国发〔2013〕23号): its three levels, a line
// each, in the order of code points. It is made of the property kTGH of the
// Unihan database (Unicode 15.0, file Unihan_OtherMappings), whose numbers 1 to
// 3500, 3501 to 6500 and 6501 to 8105 are the levels.
//
//go:embed common.txt
var CommonTable string

const commonFirst, commonLast = 0x3400, 0x9FFF

// common has a bit for each character of the table that is in the Basic
// Multilingual Plane, commonRare the others.
var common, commonRare = func() (t [(commonLast - commonFirst + 64) / 64]uint64, rare map[rune]bool) {
	rare = map[rune]bool{}
	for _, r := range strings.ReplaceAll(CommonTable, "\n", "") {
		if r < commonFirst || r > commonLast {
			rare[r] = true
			continue
		}
		t[(r-commonFirst)/64] |= 1 << ((r - commonFirst) % 64)
	}
	return t, rare
}()

// IsUncommon reports whether a character is Han and stands outside the
// 通用规范汉字表, which also radicals and compatibility forms do. Signs that are
// no words (〇, 々, 〆, 〡) are not meant.
func IsUncommon(r rune) bool {
	switch {
	case r < 0x2E80, r >= 0x3000 && r < commonFirst, r >= 0xFB00 && r <= 0xFFFF:
		return false
	case r >= commonFirst && r <= commonLast:
		return common[(r-commonFirst)/64]&(1<<((r-commonFirst)%64)) == 0 && unicode.Is(unicode.Han, r)
	}
	return unicode.Is(unicode.Han, r) && !commonRare[r]
}
