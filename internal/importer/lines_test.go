package importer_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/diag"
	"gongbao/internal/importer"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

func inspect(t *testing.T, name, text string) importer.Object {
	t.Helper()
	texts, err := diag.LoadStrings("en")
	if err != nil {
		t.Fatal(err)
	}
	return importer.Inspect(markup.NewParser(), name, []byte(text), texts)
}

// TestEvidenceStandsOnTheLineOfTheFile checks that evidence names lines of the
// file as given, not of the Markdown that it becomes.
func TestEvidenceStandsOnTheLineOfTheFile(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       map[string]int
	}{
		{"broken lines", `示范市人民政府办公室文件

示府办函〔2023〕36号

示范市人民政府办公室关于做好
清点工作的通知


各县（市、区）人民政府，
市政府各部门：
  为了做好清点，
现将有关事项
通知如下。



  一、清点范围
全部停车场。
  示范市人民政府办公室
  2023年5月6日
（此件公开发布）
`, map[string]int{"title": 5, "number": 3, "issuers": 19, "addressees": 9, "signed": 20, "disclosure": 21}},
		{"CRLF", "示范市人民政府办公室关于甲的通知\r\n各县人民政府：\r\n一、甲。\r\n2023年5月6日\r\n",
			map[string]int{"title": 1, "issuers": 1, "addressees": 2, "signed": 4}},
		{"Markdown", `

# 示范市停车条例
2019年3月1日 示范市人民代表大会常务委员会通过
2021年4月2日 修正


<!-- INFO END -->


第一条 甲。
第二条 乙。

（此件公开发布）
`, map[string]int{"title": 3, "signed": 4, "issuers": 4, "disclosure": 14}},
		{"front matter", "+++\ntitle = \"示范市人民政府办公室关于甲的通知\"\nsigned = 2023-05-06\n+++\n\n甲。\n", map[string]int{"title": 2}},
	} {
		got := inspect(t, "a.txt", c.text).Evidence
		for key, line := range c.want {
			if e, ok := got[key]; !ok || e.Line != line {
				t.Errorf("%s: evidence of %s %+v, want line %d", c.name, key, e, line)
			}
		}
	}
}

// TestEvidenceOfTheCorpus checks it over real texts: the line of each evidence
// begins as its text does.
func TestEvidenceOfTheCorpus(t *testing.T) {
	const dir = "../../../shared/corpus/realdocs"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("skipped: the shared corpus of real documents is not beside the repository")
	}
	total := 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".txt" && filepath.Ext(name) != ".md" {
			return err
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		text, _, _ := zh.Decode(raw)
		lines := strings.Split(string(text), "\n")
		for key, e := range inspect(t, name, string(raw)).Evidence {
			total++
			if e.Line < 1 || e.Line > len(lines) {
				t.Errorf("%s: %s at line %d of %d", name, key, e.Line, len(lines))
				continue
			}
			line := zh.Fold(lines[e.Line-1])
			want := []rune(zh.Fold(e.Text))
			if head := string(want[:min(4, len(want))]); !strings.Contains(line, head) && !strings.Contains(string(want), line) {
				t.Errorf("%s:%d: %s is %q, the line %q", name, e.Line, key, e.Text, lines[e.Line-1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d pieces of evidence", total)
}
