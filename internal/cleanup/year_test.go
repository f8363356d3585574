package cleanup

import (
	"testing"

	"gongbao/internal/catalog"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
)

// TestTitlesOfPastYears tells what is for one year, or until one, from what only
// names a year.
func TestTitlesOfPastYears(t *testing.T) {
	on := gazette.NewDate(2026, 11, 24)
	for title, want := range map[string]string{
		"示范市人民政府办公室关于印发2022年度重点工作安排的通知": "2022",
		"二〇二二年政务公开工作要点":                 "2022",
		"示范市“十三五”人才规划":                  "2020",
		"示范市“十四五”人才规划":                  "2025",
		"示范市“十五五”人才规划":                  "",
		"示范市2021—2025年人才规划":             "2025",
		"示范市2026—2030年人才规划":             "",
		"2023-2024学年校历":                 "2024",
		"关于做好2023年度项目申报工作的通知":           "2023",
		"2023年示范市事业单位公开招聘公告":            "2023",
		"2026年示范市事业单位公开招聘公告":            "",
		"关于2020年春节放假安排的通知":              "2020",
		"示范市城市总体规划（2016—2035年）":         "",
		"示范市城市总体规划（2006—2020年）":         "2020",
		"示范市停车管理办法":                     "",
		"关于公布2023年废止文件的决定":              "",
		"示范市2023年统计公报":                  "",
		"关于2023年1号文件有关问题的解释":            "",
		"示范市人民政府关于修改《2019年办法》的决定":       "",
	} {
		d := &digest.Digest{Type: gazette.TypeDocument, Document: &gazette.Document{Title: title}}
		got := ""
		for _, s := range staleYear(&catalog.Entry{Digest: d}, on) {
			got = s.Reason.Args[0]
		}
		if got != want {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
}
