package scan

import (
	"slices"
	"strings"
)

// What a line may hold, by its characters: looking at each once is cheap, the
// patterns are not.
const (
	hasDigit = 1 << iota
	hasHome
	hasDoor
	hasPerson
	hasMark
)

// triggers has the flags of each character without which a pattern cannot match.
var triggers = func() *[0x10000]uint8 {
	var t [0x10000]uint8
	for flag, chars := range map[uint8]string{
		hasDigit:  "0123456789０１２３４５６７８９",
		hasHome:   "住址籍在",
		hasDoor:   "号栋幢室组座楼弄层附元",
		hasPerson: "患残低特致障救诊刑戒病症癌护读级幼学童孤班@牌车驾",
		hasMark:   "密份内仅注妥不严请后工商传阅限依",
	} {
		for _, r := range chars {
			t[r] |= flag
		}
	}
	return &t
}()

// personal are words without which nothing that persons looks for is said.
var personal = strings.Fields(`患 残疾 低保 特困 致贫 保障金 救助 确诊 服刑 刑满 戒毒 症 癌 炎 病） 病) 病， 监护人 未成年 就读 年级 学生 儿童 幼儿 小班 中班 大班 小学 初中 孤儿
	@ 车牌 号牌 牌照 机动车 小型汽车 驾驶`)

func speaksOfPersons(s string) bool {
	return slices.ContainsFunc(personal, func(w string) bool { return strings.Contains(s, w) })
}

// flagsOf returns what a line may hold.
func flagsOf(s string) uint8 {
	var f uint8
	for _, r := range s {
		if r < 0x10000 {
			f |= triggers[r]
		} else if r >= 0x1D7CE && r <= 0x1D7FF { // mathematical digits
			f |= hasDigit
		}
	}
	return f
}
