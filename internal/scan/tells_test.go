package scan

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// check reports a line on which a pattern matches that a cheap look passes over.
func check(t *testing.T, s string) {
	t.Helper()
	if hits := named(s); hits != nil && !(tells(s) && mayName(s)) {
		t.Errorf("%q: %v is passed over", s, hits)
	}
	all, want := "", ""
	for _, g := range groups(s) {
		all += g.digits
	}
	for _, r := range s {
		if d, _ := digit(string(r)); d != 0 {
			want += string(rune(d))
		}
	}
	flags, got := looksOf(s)
	if all != want || got != len(want) {
		t.Errorf("%q has the digits %q, not %q, and counts %d", s, want, all, got)
	}
	if want := flagsByRune(s); flags != want {
		t.Errorf("%q has the flags %b, want %b", s, flags, want)
	}
	if got, want := typedGaps(s), typed.FindAllStringIndex(s, -1); !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%q has the gaps %v, want %v", s, got, want)
	}
	if typed.MatchString(s) && !hasGap(s, typed) || printed.MatchString(s) && !hasGap(s, printed) {
		t.Errorf("%q: a gap is passed over", s)
	}
	if got, want := isBlank(s), strings.TrimSpace(s) == ""; got != want {
		t.Errorf("isBlank(%q) = %v", s, got)
	}
	cell := compact(s)
	for name, found := range map[string][2]bool{
		"home":     {homeValue.MatchString(s), findHomes(s) != nil},
		"label":    {homeLabel.MatchString(s), saysHome(s) && homeLabel.MatchString(s)},
		"lives":    {lives.MatchString(s), mayLive(s) && lives.MatchString(s)},
		"level":    {labelled.MatchString(s), mayLabel(s) && labelled.MatchString(s)},
		"free":     {free.MatchString(s), mayFree(s) && free.MatchString(s)},
		"passport": {passport.MatchString(s), got >= fewestDigits && passport.MatchString(s)},
		"urgency":  {cell != "" && urgency.MatchString(cell), isUrgency(s)},
	} {
		if found[0] != found[1] {
			t.Errorf("%q: %s is passed over", s, name)
		}
	}
}

// flagsByRune is the flags of looksOf in the plainest way.
func flagsByRune(s string) uint8 {
	var f uint8
	last := rune(0)
	for _, r := range s {
		if r < 0x10000 {
			f |= triggers[r] &^ isDigit
			if personal[uint32(last)<<16|uint32(r)] {
				f |= hasPerson
			}
		}
		last = r & 0xffff
	}
	return f
}

// TestCheapLooksPassOverNothing tries every line of the real texts.
func TestCheapLooksPassOverNothing(t *testing.T) {
	for _, s := range []string{
		"学生张小明，男，2014年5月出生", "张小明（肺结核），住院", "王芳，监护人李四", "未成年人 王小花，就读三年级", "张三，驾驶川A12345小型汽车",
		"李强，电子邮箱 a@b.cn", "赵一，残疾二级", "家庭所在地：某区某路5号", "户籍地址：示范市东岭区示范路1号", "家住东岭区示范路3号2单元",
		"王五，低收入户", "陈六，重残", "周七，建档立卡", "吴八，因灾致贫", "郑九，刑满释放", "孙十，患有尿毒症",
		"张三(甲病)", "本校学生　赵博，监护人钱一", "低保户孙小二 ，患病", "专家李四（北京）：a@b.cn", "12．欧阳娜娜、20岁", "职工王五 确诊", "户籍为示范市东岭区5单元", "住示范市东岭区第十 栋",
		"密 级 ： 秘 密", "保密级别:机密 ", "护照E１２３４５６７８", "𝟏𝟑𝟖𝟎𝟎𝟎𝟎𝟎𝟎𝟎𝟎", "特　急", "第 12 期", "№ 12", "2024 年 3 月 1 日", "急 件", "甲\t\t乙 丙\u00a0 丁　戊　　己  ", "免费赠阅", " \t", "\u2003", "　",
	} {
		check(t, s)
	}
	const dir = "../../../shared/corpus/laws"
	n := 0
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if n++; n%8 != 0 {
			return nil
		}
		b, err := os.ReadFile(p)
		for line := range strings.Lines(string(b)) {
			check(t, line)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the rest is skipped: the shared corpus is not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
}

func FuzzCheapLooks(f *testing.F) {
	for _, s := range []string{"学生张小明，男，2014年5月出生。家住东岭区示范路3号2单元，患病，建档立卡", "密级：机密", "护照 E１2345678 𝟏x", "特 急", "甲\t乙  丙　丁 \u00a0", "户籍地址：示范路3号", "张三（甲病）、李四(乙病)，"} {
		f.Add(s)
	}
	f.Fuzz(check)
}
