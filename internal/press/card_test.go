package press_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/press"
	"gongbao/internal/typeset"
)

// lines are the lines of a card in reading order, as text.
func lines(p *typeset.Page) []string {
	var out []string
	last := typeset.Length(-1)
	for _, r := range p.Runs {
		if r.Y != last {
			out = append(out, "")
			last = r.Y
		}
		out[len(out)-1] += r.Text
	}
	return out
}

// Titles end their lines where titles do; joint documents go without their issuers
// in the title, and name them at the foot, or how many they are.
func TestCardsOfTitles(t *testing.T) {
	config := "base_url = \"https://gongbao.example.gov.cn/\"\n[site]\ntitle = \"示范市人民政府公报\"\n"
	for _, c := range []struct {
		title, number, issuers string
		want                   []string // of the card, in this order
		cover                  []string
	}{
		{
			"示范市人民政府办公室关于印发示范市公共停车场管理办法的通知", "示府办发〔2023〕12号", `"示范市人民政府办公室"`,
			[]string{"示范市人民政府公报", "示范市人民政府办公室关于印发", "示范市公共停车场管理办法的通知", "示府办发〔2023〕12号", "扫码查看本文件最新效力gongbao.example.gov.cn", "示范市人民政府办公室", "2023年5月18日"},
			[]string{"示范市人民政府公报", "示范市人民政府办公室关于印发", "示范市公共停车场管理办法的通知", "示府办发〔2023〕12号"},
		},
		{
			"示范市甲局 示范市乙局 示范市丙局 示范市丁局 示范市戊局关于加强管理的通知", "", `"示范市甲局", "示范市乙局", "示范市丙局", "示范市丁局", "示范市戊局"`,
			[]string{"示范市人民政府公报", "关于加强管理的通知", "扫码查看本文件最新效力gongbao.example.gov.cn", "示范市甲局", "等5个单位", "2023年5月18日"},
			[]string{"示范市人民政府公报", "关于加强管理的通知"},
		},
	} {
		p := site(t, document(config, c.title, c.number, c.issuers))
		cards, pictures, findings := p.Cards(p.Catalog.Documents[0])
		if len(findings) > 0 || len(cards) != 3 || len(pictures) != 1 {
			t.Fatalf("%s: %d cards, %d codes, %v", c.title, len(cards), len(pictures), findings)
		}
		if got := lines(&cards[0].Page); strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("card:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
		if got := lines(&cards[1].Page); strings.Join(got, "\n") != strings.Join(c.cover, "\n") {
			t.Errorf("cover:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(c.cover, "\n"))
		}
		if got := lines(&cards[2].Page); strings.Join(got, "\n") != "示范市\n人民政府\n公报" {
			t.Errorf("square: %q", got)
		}
	}
}

func document(config, title, number, issuers string) []txtar.File {
	text := fmt.Sprintf("+++\ntitle = %q\nnumber = %q\nissuers = [%s]\nsigned = 2023-05-18\ndisclosure = \"主动公开\"\nslug = \"a\"\n+++\n\n正文。\n", title, number, issuers)
	return []txtar.File{{Name: "config.toml", Data: []byte(config)}, {Name: "content/data/series.toml", Data: []byte("[[series]]\nname = \"示府办发\"\ncode = \"sfbf\"\n")}, {Name: "content/documents/a.md", Data: []byte(text)}}
}

// Whatever a title and a site are called, everything stands on its card.
func TestEverythingStandsOnItsCard(t *testing.T) {
	for _, title := range []string{"令", strings.Repeat("关于进一步加强管理的若干规定", 9), strings.Repeat("A", 90), "《" + strings.Repeat("甲", 60) + "》", "A 关于 B " + strings.Repeat("中文 mixed ", 12)} {
		for _, config := range []string{"", "[site]\ntitle = \"" + strings.Repeat("示范市人民政府公报", 5) + "\"\n", "base_url = \"https://" + strings.Repeat("long.", 20) + "gov.cn/\"\n[site]\ntitle = \"公报\"\n"} {
			p := site(t, document(config, title, "", `"`+strings.Repeat("示范市很长的委员会", 5)+`", "乙", "丙", "丁"`))
			cards, pictures, _ := p.Cards(p.Catalog.Documents[0])
			for _, c := range cards {
				onPage(t, p, c, pictures)
			}
		}
	}
}

func onPage(t *testing.T, p *press.Press, c press.Card, pictures map[string]press.Picture) {
	t.Helper()
	for _, r := range c.Page.Runs {
		width := typeset.Length(0)
		for _, x := range r.Text {
			width += typeset.Length(int(r.Size)*p.Fonts.Advance(0, x)/1000) + r.Track
		}
		if r.X < 0 || r.X+width > c.Page.Width || r.Y-r.Size < 0 || r.Y > c.Page.Height {
			t.Errorf("%s: %q from %d, %d, %d wide, leaves a page of %d × %d", c.Name, r.Text, r.X, r.Y, width, c.Page.Width, c.Page.Height)
		}
	}
	for _, x := range c.Page.Pictures {
		if code := pictures[x.Name].Code; code == nil || x.X < 0 || x.Y < 0 || x.X+x.Width > c.Page.Width || x.Y+x.Height > c.Page.Height || int(x.Width/typeset.Point)%code.Size != 0 {
			t.Errorf("%s: the code %+v", c.Name, x)
		}
	}
}
