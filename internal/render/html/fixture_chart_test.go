package html_test

import (
	"gongbao/internal/chart"
	"gongbao/internal/render/html"
)

func fixtureData() *html.Data {
	rects := []html.Rect{{Class: "in-force", At: "0%", Size: "60%"}, {Class: "unknown", Fill: "url(#fill-unknown)", At: "60%", Size: "40%"}}
	bars := []html.Bar{{Year: html.Link{Text: "2023年", Href: "y/index.html"}, Count: "5件", Rects: rects, Words: "现行有效3件、待核实2件"}, {Year: html.Link{Text: "日期不详"}, Count: "1件"}}
	return &html.Data{
		Title: "公报数据", Intro: []string{"共6件。"}, CSS: "chart.css", Caption: "全部数字",
		Legend: []html.Series{{Class: "in-force", Name: "现行有效"}, {Class: "unknown", Name: "待核实", Fill: "url(#fill-unknown)"}},
		Overview: &html.Overview{Name: "2018年至2023年", Columns: []html.OverviewColumn{{X: "0%", W: "80%", Rects: rects}},
			Ticks: []html.OverviewTick{{Year: "2018", X: "0%", Anchor: "start"}, {Year: "2023", X: "100%", Anchor: "end"}}},
		Groups: []html.BarGroup{{Bars: bars}, {Name: "2010年至2019年，5件", Bars: bars}},
		Head:   []string{"年份", "合计"}, Rows: [][]html.Link{{{Text: "2023年", Href: "y/index.html"}, {Text: "5"}}, {{Text: "日期不详"}, {Text: "1"}}},
	}
}

func fixtureCalendar() *html.Calendar {
	years := []html.CalendarYear{{Name: "2023年", Count: "共2期，缺1期", Cells: []html.Cell{
		{Year: "2023年", Name: "第1期", Date: "01-15", Day: "2023-01-15", Href: "1/index.html"}, {Year: "2023年", Name: "第2期"}, {Year: "2023年", Name: "第3期", Href: "3/index.html"}}}}
	return &html.Calendar{CSS: "chart.css", Groups: []html.CalendarGroup{{Years: years}, {Name: "2010年至2019年，共2期", Years: years}}}
}

func fixtureGraph() *html.Graph {
	line := func(y int, text string) chart.Line { return chart.Line{X: 10, Y: y, Text: text} }
	return &html.Graph{W: 336, H: 200, Wide: "21em", High: "12.5em", DescribedBy: "related relations", Lines: "M168 50L168 71", Tips: "M168 71l-4 -7l8 0z", Boxes: []html.GraphBox{
		{Class: "me", X: 1, Y: 72, W: 334, H: 49, Label: line(92, "本文件"), Lines: []chart.Line{line(111, "停车…")}, Name: "本文件：停车管理办法"},
		{X: 1, Y: 1, W: 334, H: 49, Label: line(21, "依据"), Lines: []chart.Line{line(40, "条例")}, Href: "a/index.html", Name: "依据：条例"},
		{Class: "more", X: 1, Y: 140, W: 334, H: 44, Lines: []chart.Line{line(160, "其余3件…")}, Href: "#relations", Name: "其余3件"},
	}}
}
