package press_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/press"
)

// TestFoliosNeverLie makes issues whose contents grow and shrink with the
// numbers in them: on the page that is said to be a text's stands its title,
// and that page carries the number.
func TestFoliosNeverLie(t *testing.T) {
	for n := 1; n <= 61; n += 3 {
		for _, length := range []int{8, 33, 36} {
			files := []txtar.File{
				{Name: "config.toml", Data: []byte("[site]\ntitle = \"公报\"\n")},
				{Name: "content/data/series.toml", Data: []byte("[[series]]\nname = \"示府发\"\ncode = \"sff\"\n")},
			}
			var list []string
			for i := range n {
				title := strings.Repeat("甲", length-3) + fmt.Sprintf("%02d", i) + "办法"
				files = append(files, txtar.File{Name: fmt.Sprintf("content/documents/2023/%02d.md", i), Data: fmt.Appendf(nil,
					"+++\ntitle = %q\nsigned = 2023-05-08\ndisclosure = \"主动公开\"\n+++\n%s", title, strings.Repeat("第一条 文字文字文字。\n\n", 1+i%7))})
				list = append(list, fmt.Sprintf("\"documents/2023/%02d.md\"", i))
			}
			files = append(files, txtar.File{Name: "content/issues/2023-01.md", Data: []byte(
				"+++\nyear = 2023\nno = 1\ndate = 2023-06-30\nsections = [{ title = \"文件\", documents = [" + strings.Join(list, ", ") + "] }]\n+++\n")})
			p := site(t, files)
			laid, findings := lay(t, p, "issue issues/2023-01.md")
			for _, f := range findings {
				t.Errorf("%s: %s %v", f.Pos, f.Rule, f.Args)
			}
			checkFolios(t, p, laid)
		}
	}
}

func checkFolios(t *testing.T, p *press.Press, laid *press.Laid) {
	t.Helper()
	for i, page := range laid.Book.Pages {
		for _, m := range page.Marks {
			var k int
			if n, _ := fmt.Sscanf(m.Name, "d%d.", &k); n == 0 || m.Name != fmt.Sprintf("d%d.", k) {
				continue
			}
			e := p.Catalog.Issues[0].Printed()[k]
			folio := ""
			for _, r := range page.Runs {
				if r.Y > page.Height*9/10 {
					folio = r.Text
				}
			}
			if first := laid.Pages[e][0]; first != i || folio != fmt.Sprint(i) {
				t.Errorf("%d texts: %s stands on page %d, with folio %s, and is said to be on %d", len(laid.Pages), e.Title(), i, folio, first)
			}
		}
	}
}
