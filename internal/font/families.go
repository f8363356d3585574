package font

import (
	"slices"
	"strings"
)

// families are the families of each role, the preferred ones first: what
// Windows has and most offices print with, Founder, macOS, then what is free.
var families = [][]string{
	Song: {
		"SimSun", "宋体", "方正书宋简体", "方正书宋_GBK", "FZShuSong-Z01", "FZShuSong-Z01S",
		"Songti SC", "宋体-简", "STSong", "华文宋体",
		"Source Han Serif SC", "思源宋体", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif CN",
		"FandolSong", "AR PL UMing CN", "AR PL SungtiL GB", "NSimSun", "新宋体", "cwTeXMing",
	},
	Fangsong: {
		"FangSong_GB2312", "仿宋_GB2312", "SimFang", "FangSong", "仿宋",
		"方正仿宋简体", "方正仿宋_GBK", "方正仿宋_GB2312", "FZFangSong-Z02", "FZFangSong-Z02S", "FZFSK--GBK1-0", "FZFSJW--GB1-0",
		"STFangsong", "华文仿宋", "FandolFang", "FandolFang R", "cwTeXFangSong",
	},
	Hei: {
		"SimHei", "黑体", "方正黑体简体", "方正黑体_GBK", "FZHei-B01", "FZHei-B01S", "FZHTK--GBK1-0", "FZHTJW--GB1-0",
		"Heiti SC", "黑体-简", "STHeiti", "华文黑体",
		"Source Han Sans SC", "思源黑体", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans CN",
		"FandolHei", "Microsoft YaHei", "微软雅黑", "WenQuanYi Zen Hei", "文泉驿正黑", "WenQuanYi Micro Hei", "cwTeXHei",
	},
	Kai: {
		"KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "SimKai",
		"方正楷体简体", "方正楷体_GBK", "方正楷体_GB2312", "FZKai-Z03", "FZKai-Z03S", "FZKTK--GBK1-0", "FZKTJW--GB1-0",
		"Kaiti SC", "楷体-简", "STKaiti", "华文楷体",
		"LXGW WenKai GB", "LXGW WenKai", "霞鹜文楷", "FandolKai", "AR PL KaitiM GB", "AR PL UKai CN", "cwTeXKai",
	},
	Biaosong: {
		"方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "FZXBSK--GBK1-0", "FZXBSJW--GB1-0", "小标宋",
	},
}

// marks are the parts of names by which an unlisted family is known. They are
// asked in this order: 小标宋 and 仿宋 hold 宋.
var marks = []struct {
	role  Role
	parts []string
}{
	{Biaosong, []string{"小标宋", "xiaobiaosong"}},
	{Fangsong, []string{"仿宋", "fangsong", "simfang"}},
	{Kai, []string{"楷", "kaiti", "wenkai"}},
	{Hei, []string{"黑体", "heiti", "雅黑", "yahei", "正黑", "zenhei", "microhei", "思源黑"}},
	{Song, []string{"宋体", "宋體", "songti", "书宋", "思源宋"}},
}

// foreign are the parts of names of faces that draw shared characters as
// Japan, Korea, Taiwan or Hong Kong do, or as code.
var foreign = []string{
	"cjkjp", "cjkkr", "cjktc", "cjkhk", "serifjp", "serifkr", "seriftc", "serifhk", "sansjp", "sanskr", "sanstc", "sanshk",
	"umingtw", "uminghk", "umingtwmbe", "ukaitw", "ukaihk", "ukaitwmbe", "heititc", "songtitc", "kaititc", "mono",
}

// fold makes spellings of a font's name equal.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '_' {
			return -1
		}
		return r
	}, strings.ToLower(name))
}

// A trait is what a face's names say.
type trait struct {
	role    Role
	known   bool // the names tell a role
	place   int  // in families; its length for what is not listed
	foreign bool
}

// traits is families by folded name.
func listed() map[string]trait {
	m := map[string]trait{}
	for role, names := range families {
		for i, n := range names {
			m[fold(n)] = trait{Role(role), true, i, false}
		}
	}
	return m
}

// traitOf reads a face's names.
func traitOf(f *Face, list map[string]trait) trait {
	names := make([]string, len(f.families))
	for i, n := range f.families {
		names[i] = fold(n)
	}
	has := func(parts []string) bool {
		return slices.ContainsFunc(names, func(n string) bool {
			return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(n, p) })
		})
	}
	t := trait{foreign: has(foreign)}
	for _, n := range names {
		if l, ok := list[n]; ok && (!t.known || l.place < t.place) {
			l.foreign = t.foreign
			t = l
		}
	}
	if t.known {
		return t
	}
	for _, m := range marks {
		if has(m.parts) {
			return trait{m.role, true, len(families[m.role]), t.foreign}
		}
	}
	return t
}
