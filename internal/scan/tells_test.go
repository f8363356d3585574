package scan

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// check reports a line on which a pattern matches that a cheap look passes over.
func check(t *testing.T, s string) {
	t.Helper()
	if hits := named(s); hits != nil && !tells(s) {
		t.Errorf("%q: %v is passed over", s, hits)
	}
	for name, found := range map[string][2]bool{
		"home":  {homeValue.MatchString(s), find(homeValue, s, "址", "家庭所在地") != nil},
		"lives": {lives.MatchString(s), find(lives, s, "住", "户籍") != nil},
	} {
		if found[0] != found[1] {
			t.Errorf("%q: %s is passed over", s, name)
		}
	}
}

// TestCheapLooksPassOverNothing tries every line of the real texts.
func TestCheapLooksPassOverNothing(t *testing.T) {
	for _, s := range []string{
		"学生张小明，男，2014年5月出生", "张小明（肺结核），住院", "王芳，监护人李四", "未成年人 王小花，就读三年级", "张三，驾驶川A12345小型汽车",
		"李强，电子邮箱 a@b.cn", "赵一，残疾二级", "家庭所在地：某区某路5号", "户籍地址：示范市东岭区示范路1号", "家住东岭区示范路3号2单元",
		"王五，低收入户", "陈六，重残", "周七，建档立卡", "吴八，因灾致贫", "郑九，刑满释放", "孙十，患有尿毒症",
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
	f.Add("学生张小明，男，2014年5月出生。家住东岭区示范路3号2单元，患病，建档立卡")
	f.Fuzz(check)
}
