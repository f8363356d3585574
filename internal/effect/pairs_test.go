package effect

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// checkPairs reports a text that a pattern matches and its pairs pass over.
func checkPairs(t *testing.T, s string) {
	t.Helper()
	if undecided.MatchString(s) && !undecidedPairs.in(s) {
		t.Errorf("%q: undecided is passed over", s)
	}
	if extendVerb.MatchString(s) && !extendPairs.in(s) {
		t.Errorf("%q: extendVerb is passed over", s)
	}
	if got, want := isMarked(s), itemMark.MatchString(compactForm(s)); got != want {
		t.Errorf("isMarked(%q) = %v", s, got)
	}
	if c := "D" + s + "公布的T同时废止"; len(s) < 60 && commonClause.MatchString(c) && !officialClause.MatchString(c) {
		t.Errorf("%q has no form", c)
	}
	if got, want := signs(s), signsByRune(s); got != want && utf8.ValidString(s) {
		t.Errorf("signs(%q) = %b, want %b", s, got, want)
	}
	for i, a := range actions {
		if strings.Contains(s, a.word) && headsIn(s)&headOf[i] == 0 {
			t.Errorf("%q: %s is passed over", s, a.word)
		}
	}
	if got, want := breaks(s), strings.ContainsAny(s, "。，；《"); got != want {
		t.Errorf("breaks(%q) = %v", s, got)
	}
}

// signsByRune is signs in the plainest way.
func signsByRune(s string) sign {
	var out sign
	var p, pp rune
	for _, r := range s {
		switch r {
		case '《', '号':
			out |= nameSign
		default:
			out |= closer(r, p, pp)
		}
		pp, p = p, r
	}
	return out
}

// alternatives are the words of a pattern, with what is optional or one of several
// written out by hand.
var alternatives = strings.Fields(`征求意见 意见稿 草案 初稿 讨论稿 送审稿 报审稿 修订稿 审议稿 代拟稿 修改稿 听证会 听证稿 预公告 请示 议案 解读 图解 节选 样式 格式 示范文本 台账 工作计划 立法计划 制定计划
	整改任务 整改方案 任务分工 任务分解 重点任务 改革任务 听取各方意见 立法意见 立法协商 风险评估 评估报告 评估结果 评估情况 公示 公示的公告 公示的通知 起草的说明 修订说明 编制说明 有关说明 情况说明
	汇编 摘录 工作报告 年度报告 报告 会议纪要 纪要 年度情况 建设情况 工作情况 会议情况 执行情况 情况的通报 情况报告 情况的说明 通报 声明 要点 要点的通知 会议材料 有关材料 答复 复函 模板 期间 春节 国庆
	先行先试 暂时 关于更正 问答 废止计划 起草说明
	继续有效 继续执行 继续施行 继续实施 继续试行 继续适用 继续使用 继续沿用 延长执行 延长实施 延长施行 延期执行 延期实施 延期施行 续延 延续执行 延续实施 延续施行 顺延执行 延长 延续 延期 顺延 延至 展期 续期
	调整为至 调整为 调整至 变更为至 变更为 变更至`)

// TestPairsPassOverNothing tries every alternative, and every line of the real texts.
func TestPairsPassOverNothing(t *testing.T) {
	for _, w := range alternatives {
		if !undecided.MatchString(w) && !extendVerb.MatchString(w) {
			t.Errorf("%q: neither pattern matches", w)
		}
		checkPairs(t, w)
		checkPairs(t, "示范市"+w)
		checkPairs(t, "示范市"+w+"的通知")
	}
	bits := map[uint16]bool{}
	for i, a := range actions {
		bits[headOf[i]] = true
		checkPairs(t, "《甲》自即日起"+a.word+"。")
	}
	if len(bits) > 16 || bits[0] {
		t.Errorf("the first characters of actions have the bits %v", bits)
	}
	files, _ := filepath.Glob("../../../shared/corpus/*/*/*.*")
	for i, name := range files {
		if ext := filepath.Ext(name); i%4 != 0 || ext != ".md" && ext != ".txt" {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			checkPairs(t, strings.TrimSuffix(line, "\n"))
		}
	}
}

// TestCloserNeedsWhatSignsLooksFor tries all pairs of characters.
func TestCloserNeedsWhatSignsLooksFor(t *testing.T) {
	for r := rune(0); r < 0xa000; r++ {
		if closer(r, '延', 0)|closer(r, '施', '日') != 0 && !looks[r] {
			t.Errorf("%c is not looked at", r)
		}
		if !looks[r] || r == '延' || r == '暂' {
			continue
		}
		for p := rune(0); p < 0x10000; p++ {
			if befores[p] {
				continue
			}
			for _, pp := range "\x00起有止行施内间日" {
				if closer(r, p, pp) != 0 {
					t.Fatalf("%c%c%c is passed over", pp, p, r)
				}
			}
		}
	}
}

// TestCommonClausesHaveAForm guards that the list says nothing that the forms do not.
func TestCommonClausesHaveAForm(t *testing.T) {
	for c := range commonClauses {
		if !officialClause.MatchString(c) || unofficial.MatchString(c) || officialIntro.MatchString(c) {
			t.Errorf("%q has no form", c)
		}
	}
	for _, c := range []string{"D发布的T同时废止", "D国务院发布的T同时废止", "D市第十届人民代表大会常务委员会第三次会议通过的T同时废止", "D的令通过修正的T同时废止", "D甲乙丙印发的颁布的T同时废止"} {
		if !commonClause.MatchString(c) || !officialClause.MatchString(c) {
			t.Errorf("%q has no form", c)
		}
	}
}

func FuzzPairs(f *testing.F) {
	for _, w := range alternatives {
		f.Add("关于" + w + "的通知。")
	}
	for _, s := range []string{" １．甲", "　（一）甲", "第 十 条", "3.1甲", "(2)甲", "二、甲", "\u200b一、", "\u00a0"} {
		f.Add(s)
	}
	f.Fuzz(checkPairs)
}
