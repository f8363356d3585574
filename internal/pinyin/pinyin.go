// Package pinyin makes short ASCII names out of Chinese titles, for file names
// and addresses. It is the home of the go-pinyin dictionary.
//
//	pinyin.Initials("示范市公共停车场管理办法") // sfsggtccglbf
//	pinyin.Slug("示范市公共停车场管理办法")     // sfsggtccglbf-…, eight hexadecimal digits
package pinyin

import (
	"crypto/sha256"
	"encoding/hex"

	gopinyin "github.com/mozillazg/go-pinyin"

	"gongbao/internal/zh"
)

// maxInitials keeps addresses readable and file names far below the limits of
// file systems.
const maxInitials = 24

// Initials returns the lower-case pinyin initials of the Han characters of
// title, with its ASCII letters and digits, full-width ones too, in their
// places; everything else is dropped, and so is what follows the 24th
// character. A character with several readings counts by its first, out of
// context (重庆 gives zq): the result is a name, not a transcription. It
// is "" if nothing of title can be written so.
func Initials(title string) string {
	out := make([]byte, 0, maxInitials)
	for _, r := range title {
		if len(out) == maxInitials {
			break
		}
		if c := initial(r); c != 0 {
			out = append(out, c)
		}
	}
	return string(out)
}

// initial returns the character that stands for r, or 0.
func initial(r rune) byte {
	if r >= 0xFF01 && r <= 0xFF5E { // full-width ASCII
		r -= 0xFEE0
	}
	switch {
	case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
		return byte(r)
	case r >= 'A' && r <= 'Z':
		return byte(r - 'A' + 'a')
	case !zh.IsHan(r):
		return 0
	}
	for _, first := range gopinyin.PinyinDict[int(r)] {
		return plainLetter(first)
	}
	return 0
}

// plainLetter removes the tone from the first letter of a reading. Only
// vowels and the syllabic nasals can carry one there.
func plainLetter(r rune) byte {
	switch r {
	case 'ā', 'á', 'ǎ', 'à':
		return 'a'
	case 'ē', 'é', 'ě', 'è', 'ê', 'ế', 'ề':
		return 'e'
	case 'ō', 'ó', 'ǒ', 'ò':
		return 'o'
	case 'ḿ':
		return 'm'
	case 'ń', 'ň', 'ǹ':
		return 'n'
	}
	if r >= 'a' && r <= 'z' {
		return byte(r)
	}
	return 0
}

// Slug returns a name for title that is the same on every run and differs for
// titles that differ under [zh.Fold]: the initials, a hyphen, and the
// first eight hexadecimal digits of the SHA-256 of the folded title. Without
// initials it is the digits alone.
func Slug(title string) string {
	sum := sha256.Sum256([]byte(zh.Fold(title)))
	tail := hex.EncodeToString(sum[:4])
	if in := Initials(title); in != "" {
		return in + "-" + tail
	}
	return tail
}
