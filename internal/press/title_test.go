package press_test

import (
	"slices"
	"testing"

	"gongbao/internal/press"
)

func TestTitleLinesKeepWordsTogether(t *testing.T) {
	for _, c := range []struct {
		title   string
		issuers []string
		want    []string
	}{
		{"示范市养犬登记实施细则", nil, []string{"示范市养犬登记实施细则"}},
		{
			"示范市人民政府办公室关于印发示范市公共停车场管理办法的通知", []string{"示范市人民政府办公室"},
			[]string{"示范市人民政府办公室关于印发", "示范市公共停车场管理办法的通知"},
		},
		{
			"示范市财政局 示范市民政局 示范市人力资源和社会保障局关于提高最低生活保障标准的通知",
			[]string{"示范市财政局", "示范市民政局", "示范市人力资源和社会保障局"},
			[]string{"示范市财政局 示范市民政局", "示范市人力资源和社会保障局", "关于提高最低生活保障标准的通知"},
		},
		{"一二三四五六七八九十一二三四五六七八九十一二三", nil, []string{"一二三四五六七八九十一二三四五六七八九十一二三"}},
	} {
		if got := press.TitleLines(c.title, c.issuers, 20); !slices.Equal(got, c.want) {
			t.Errorf("%s becomes %q, want %q", c.title, got, c.want)
		}
	}
}
