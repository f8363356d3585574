package html_test

import (
	"html/template"

	"gongbao/internal/render/html"
)

// The fixtures are invented: place names, numbers and texts of 示范市.

func fixtureChrome(root string) *html.Chrome {
	return &html.Chrome{
		Lang: "zh-CN", SiteTitle: "示范市人民政府公报", ShortTitle: "示范公报", SiteKind: "gazette",
		Home: html.Link{Text: "示范市人民政府公报", Href: root + "index.html"},
		Menu: []html.Link{
			{Text: "首页", Href: root + "index.html"}, {Text: "历期公报", Href: root + "issues/index.html"},
			{Text: "政策文件", Href: root + "documents/index.html"}, {Text: "现行有效", Href: root + "in-force/index.html"},
			{Text: "政策解读", Href: root + "interpretations/index.html"}, {Text: "政策问答", Href: root + "questions/index.html"},
			{Text: "意见征集", Href: root + "consultations/index.html"}, {Text: "回应关切", Href: root + "responses/index.html"},
		},
		CSS: root + "assets/site.css", JS: root + "assets/site.js", Root: root,
		Search: html.Link{Text: "搜索", Href: root + "search/index.html"},
		Feeds:  []html.Feed{{Title: "订阅（Atom）", Type: "application/atom+xml", Href: root + "atom.xml"}},
		SiteID: "0000000001", ICP: "示ICP备00000001号-1", Police: "示公网安备00000000000001号",
		Sponsor: "示范市人民政府办公室", Organizer: "示范市大数据中心",
		Contact: "0000-1234567", ContactTel: "tel:0000-1234567", ReportURL: "https://example.org/report",
		SiteMap: html.Link{Text: "站点地图", Href: root + "sitemap/index.html"},
		About:   html.Link{Text: "关于本站", Href: root + "pages/about/index.html"},
	}
}

func badge(class, label string) *html.Badge { return &html.Badge{Class: class, Label: label} }

var fixtureDocs = []html.DocLink{
	{Title: "示范市人民政府关于印发示范市城市更新三年行动方案（2023—2025年）的通知", Href: "a/index.html", Number: "示府发〔2023〕9号", Date: "2023-06-30", Issuer: "示范市人民政府", Badge: badge("in-force", "现行有效")},
	{Title: "示范市人民政府办公室关于进一步规范户外广告设置管理的通知", Href: "b/index.html", Number: "示府办发〔2023〕14号", Date: "2023-06-12", Issuer: "示范市人民政府办公室", Badge: badge("pending", "尚未施行")},
	{Title: "示范市机动车停放服务收费管理暂行办法", Href: "c/index.html", Number: "示府办发〔2018〕12号", Date: "2018-05-02", Issuer: "示范市人民政府办公室", Badge: badge("repealed", "已废止"), Note: "自2023-06-18起"},
	{Title: "关于调整城镇土地使用税等级范围的公告", Href: "d/index.html", Number: "示府公告〔2017〕3号", Date: "2017-11-20", Issuer: "示范市人民政府", Badge: badge("unknown", "待核实")},
	{Title: "中华人民共和国道路交通安全法", Note: "外部文件 · 第三十三条"},
}

var fixtureRows = []html.Row{
	{Key: "meta.index", Values: []html.Link{{Text: "000014349/2023-00036"}}},
	{Key: "meta.class", Values: []html.Link{{Text: "行政规范性文件", Href: "classes/index.html"}}},
	{Key: "meta.kind", Values: []html.Link{{Text: "通知", Href: "kinds/index.html"}}},
	{Key: "meta.form", Values: []html.Link{{Text: "办法", Href: "forms/index.html"}}},
	{Key: "meta.number", Values: []html.Link{{Text: "示府办发〔2023〕12号"}}},
	{Key: "meta.issuers", Values: []html.Link{{Text: "示范市人民政府办公室", Href: "i/index.html"}, {Text: "示范市发展和改革委员会", Href: "j/index.html"}}},
	{Key: "meta.signed", Values: []html.Link{{Text: "2023-05-18"}}},
	{Key: "meta.published", Values: []html.Link{{Text: "2023-05-22 10:30"}}},
	{Key: "meta.effective", Values: []html.Link{{Text: "2023-06-18"}}},
	{Key: "meta.expires", Values: []html.Link{{Text: "2028-06-17"}}},
	{Key: "meta.disclosure", Values: []html.Link{{Text: "主动公开"}}},
	{Key: "meta.registration", Values: []html.Link{{Text: "示府规〔2023〕5号"}}},
	{Key: "meta.topics", Values: []html.Link{{Text: "城乡建设、环境保护/城乡建设（含住房）", Href: "t/index.html"}}},
	{Key: "meta.addressees", Values: []html.Link{{Text: "各县（市、区）人民政府，市政府各部门、各直属机构"}}},
	{Key: "meta.drafter", Values: []html.Link{{Text: "市城市管理局"}}},
}

const fixtureBody = template.HTML(`<p class="num">示府办发〔2023〕12号</p>
<p class="addr">各县（市、区）人民政府，市政府各部门、各直属机构：</p>
<p>《示范市公共停车场管理办法》已经市政府第28次常务会议审议通过，现印发给你们，请认真组织实施。《示范市机动车停放服务收费管理暂行办法》（<a class="ref" href="c/index.html">示府办发〔2018〕12号</a>）同时废止<sup class="fn"><a id="fnref_1" href="#fn_1">[1]</a></sup>。</p>
<p class="attach">附件：1. 公共停车场建设任务分解表</p>
<p class="sign">示范市人民政府办公室</p>
<p class="date">2023年5月18日</p>
<p class="note">（此件公开发布）</p>
<h2 class="title" id="att_1">示范市公共停车场管理办法</h2>
<h3 class="chapter" id="att_1__chp_1">第一章　总则</h3>
<p class="art" id="att_1__art_1"><b>第一条</b>　为了加强公共停车场规划、建设和管理，规范机动车停放秩序，改善道路交通环境，根据《中华人民共和国道路交通安全法》《四川省〈中华人民共和国道路交通安全法〉实施办法》等法律、法规，结合本市实际，制定本办法。</p>
<p class="art" id="att_1__art_2"><b>第二条</b>　本市行政区域内公共停车场的规划、建设、使用和监督管理，适用本办法。</p>
<p class="item">（一）独立建设的停车场；</p>
<p class="item">（二）建筑物配建的、向社会开放的停车场；</p>
<h3 class="chapter" id="att_1__chp_2">第二章　规划与建设</h3>
<h4 class="l1" id="l1">一、工作目标</h4>
<p>到2025年底，全市新增公共停车泊位2.4万个，中心城区停车供需矛盾明显缓解。</p>
<h5 class="l2" id="l2">（一）优化布局</h5>
<p class="l3">1. 编制专项规划。由市自然资源和规划局牵头，2023年9月底前完成。</p>
<p class="l4">（1）开展停车设施普查。</p>
<div class="table"><table><caption>公共停车场建设任务分解表</caption><thead><tr><th>序号</th><th>责任单位</th><th>新增泊位（个）</th><th>完成时限</th><th>备注</th></tr></thead><tbody><tr><td>1</td><td>示范区人民政府</td><td>8000</td><td>2024年12月</td><td>含立体停车楼3座</td></tr><tr><td>2</td><td>高新技术产业开发区管理委员会</td><td>3500</td><td>2024年6月</td><td></td></tr></tbody></table></div>
<section class="footnotes"><ol><li id="fn_1"><p>自本办法施行之日起。</p></li></ol></section>`)

const fixtureOutline = template.HTML(`<ul><li><a href="#att_1">示范市公共停车场管理办法</a><ul><li><a href="#att_1__chp_1">第一章　总则</a></li><li><a href="#att_1__chp_2">第二章　规划与建设</a><ul><li><a href="#l1">一、工作目标</a></li></ul></li></ul></li></ul>`)

func fixtureIssue() *html.Issue {
	entries := []html.Entry{{DocLink: fixtureDocs[0], Page: "1"}, {DocLink: fixtureDocs[1], Page: "12"}}
	return &html.Issue{
		Title: "2023年第6期", Running: "总第42期", Date: "2023-06-30", Note: true,
		PDF: html.File{Title: "2023年第6期", Href: "issue.pdf", Type: "PDF", Size: "2.3 MB"},
		Sections: []html.Section{{Title: "市政府文件", Entries: entries[:1]}, {Title: "市政府办公室文件", Entries: entries[1:]},
			{Title: "人事任免", Entries: []html.Entry{{DocLink: html.DocLink{Title: "示范市人民政府关于王某某等同志职务任免的通知", Href: "r/index.html", Number: "示府人〔2023〕4号"}, Page: "31"}}}},
		Imprint: []html.Row{{Key: "imprint.authority", Values: []html.Link{{Text: "示范市人民政府"}}}, {Key: "imprint.sponsor", Values: []html.Link{{Text: "示范市人民政府办公室"}}},
			{Key: "imprint.permit", Values: []html.Link{{Text: "川KX00-000"}}}, {Key: "imprint.distribution", Values: []html.Link{{Text: "各县（市、区）人民政府，市政府各部门，各社区、公共图书馆"}}}},
		Prev: html.Link{Text: "2023年第5期", Href: "../05/index.html"}, Next: html.Link{Text: "2023年第7期", Href: "../07/index.html"},
	}
}

func fixtureDocument() *html.Document {
	file := html.File{Title: "公共停车场建设任务分解表", Href: "files/f.xlsx", Type: "XLSX", Size: "12 KB"}
	return &html.Document{
		Title: "示范市人民政府办公室关于印发示范市公共停车场管理办法的通知", Number: "示府办发〔2023〕12号",
		Badge: &html.Badge{Class: "in-force", Label: "现行有效", Detail: "自2023-06-18起，已知至2028-06-17", Reason: "本文件写明：“本办法自2023年6月18日起施行，有效期5年。”", By: html.Link{Text: "第三十二条", Href: "#att_1__art_2"}},
		Intervals: `[{"from":"","to":"2023-06-17","force":"pending","label":"尚未施行","detail":"将于2023-06-18施行"},` +
			`{"from":"2023-06-18","to":"2028-06-17","force":"in-force","label":"现行有效","detail":"自2023-06-18起，已知至2028-06-17"},` +
			`{"from":"2028-06-18","to":"","force":"expired","label":"期满失效","detail":"自2028-06-18起"}]`,
		Notices: []html.Notice{{Kind: "warning", Text: "本文件部分条款已被下列文件废止：", Link: html.Link{Text: "示府办发〔2024〕3号", Href: "x/index.html"}},
			{Kind: "info", Text: "本文有删减。", Lasting: true}},
		Rows: fixtureRows, Attachments: []html.File{file},
		Formats:     []html.File{{Title: "PDF", Href: "document.pdf", Size: "320 KB"}, {Title: "纯文本", Href: "index.txt", Type: "TXT", Size: "8 KB"}},
		Corrections: []html.Correction{{Date: "2023-07-01", What: "第三条“五日”应为“五个工作日”。"}},
		Related:     []html.Group{{Key: "related.interpretations", Items: []html.DocLink{{Title: "《示范市公共停车场管理办法》政策解读", Href: "z/index.html", Date: "2023-05-22", Note: "文字、图文"}}}},
		Relations:   []html.Group{{Key: "relation.repeals", Items: fixtureDocs[2:3]}, {Key: "relation.based-on", Items: fixtureDocs[4:]}, {Key: "relation.amends.inverse", Items: fixtureDocs[:1]}},
		CitedBy:     fixtureDocs[:2], CitedByMore: html.Link{Text: "查看全部17件", Href: "cited/index.html"}, Versions: fixtureDocs[3:4],
		Issue: html.Link{Text: "2023年第6期", Href: "issues/2023/06/index.html"}, IssuePage: "12",
		Prev: html.Link{Text: fixtureDocs[0].Title, Href: "p/index.html"}, Next: html.Link{Text: fixtureDocs[1].Title, Href: "n/index.html"},
		Answers: []html.Row{{Key: "answers.interpretations", Values: []html.Link{{Text: "一图读懂", Href: "a.html"}}}, {Key: "answers.contact", Values: []html.Link{{Text: "0000-1234567", Href: "tel:0000-1234567"}}}},
		History: []html.Event{{Date: "2023-05-18", What: "成文日期"}, {Date: "2023-06-18", What: "修改", By: []html.Link{{Text: "《决定》", Href: "b.html"}}}},
		Near:    fixtureDocs[:1], NearMore: html.Link{Text: "全部", Href: "c.html"}, Graph: fixtureGraph(),
	}
}

// fullPages is a page of every layout with every field set.
func fullPages() []*html.Page {
	terms := []html.Term{{Name: "综合政务", Href: "a/index.html", Count: 42}, {Name: "政务公开", Href: "b/index.html", Count: 12, Level: 1}, {Name: "应急管理", Href: "c/index.html", Count: 7, Level: 1},
		{Name: "城乡建设、环境保护", Href: "d/index.html", Count: 31}, {Name: "城市规划", Href: "e/index.html", Count: 9, Level: 1}, {Name: "城乡建设（含住房）", Href: "f/index.html", Count: 22, Level: 1}}
	years := []html.Link{{Text: "2024年", Href: "2024/index.html"}, {Text: "2023年"}, {Text: "2022年", Href: "2022/index.html"}, {Text: "2021年", Href: "2021/index.html"}}
	pager := html.Pager{Range: "2023-01-05—2023-06-30", Newer: html.Link{Href: "index.html"}, Older: html.Link{Href: "3/index.html"}, First: html.Link{Href: "index.html"}, Last: html.Link{Href: "1/index.html"}}
	pages := []*html.Page{
		{Layout: "home", Title: "示范市人民政府公报", Home: &html.Home{
			Issue: fixtureIssue(), Cover: html.Link{Href: "issues/2023/06/index.html"},
			Issues:  []html.Link{{Text: "2023年第5期", Href: "5/index.html"}, {Text: "2023年第4期", Href: "4/index.html"}, {Text: "2023年第3期", Href: "3/index.html"}},
			Latest:  html.List{Items: fixtureDocs[:4], Pager: html.Pager{Older: html.Link{Href: "documents/index.html"}}},
			Columns: []html.HomeColumn{{Title: html.Link{Text: "政策解读", Href: "i/index.html"}, Items: []html.DocLink{{Title: "《示范市公共停车场管理办法》政策解读", Href: "z/index.html", Date: "2023-05-22"}, {Title: "一图读懂城市更新三年行动方案", Href: "z/index.html", Date: "2023-07-03"}}}},
			Entrance: []html.Term{{Name: "现行有效文件", Href: "in-force/index.html", Count: 318}, {Name: "2023年", Href: "y/index.html", Count: 56}, {Name: "2022年", Href: "y/index.html", Count: 71},
				{Name: "通知", Href: "k/index.html", Count: 203}, {Name: "办法", Href: "f/index.html", Count: 44}, {Name: "综合政务", Href: "t/index.html", Count: 42}},
		}},
		{Layout: "document", Title: "示范市人民政府办公室关于印发示范市公共停车场管理办法的通知", Body: fixtureBody, Outline: fixtureOutline, Document: fixtureDocument()},
		{Layout: "issue", Title: "2023年第6期", Body: `<p>本期起增设“政策问答”栏目。</p>`, Issue: fixtureIssue()},
		{Layout: "list", Title: "政策文件", List: &html.List{Title: "政策文件（2023年）", Intro: "按成文日期排列，新的在前。", Count: 56, Items: fixtureDocs, Pager: pager, Siblings: years, Calendar: fixtureCalendar()}},
		{Layout: "terms", Title: "按主题", Terms: &html.Terms{Title: "按主题", Terms: terms}},
		{Layout: "article", Title: "《示范市公共停车场管理办法》政策解读", Body: fixtureBody, Outline: fixtureOutline, Article: &html.Article{
			Type: "interpretation", Title: "《示范市公共停车场管理办法》政策解读", Notices: []html.Notice{{Kind: "info", Text: "本页已归档，归档时间：2025-01-01。", Lasting: true}},
			Rows:  []html.Row{{Key: "meta.published", Values: []html.Link{{Text: "2023-05-22 10:30"}}}, {Key: "meta.forms", Values: []html.Link{{Text: "文字"}, {Text: "图文"}}}, {Key: "meta.author", Values: []html.Link{{Text: "市城市管理局"}}}},
			Files: []html.File{{Title: "一图读懂", Href: "files/a.png", Type: "PNG", Size: "480 KB"}}, About: fixtureDocs[:1],
			Related: []html.Group{{Key: "related.questions", Items: fixtureDocs[1:2]}}, Next: html.Link{Text: "一图读懂城市更新三年行动方案", Href: "n/index.html"}}},
		{Layout: "data", Title: "公报数据", Figures: fixtureData()},
		{Layout: "sitemap", Title: "站点地图", SiteMap: &html.SiteMap{Groups: []html.SiteMapGroup{{Title: html.Link{Text: "政策文件", Href: "d/index.html"}, Links: years}, {Title: html.Link{Text: "历期公报"}, Links: years[:2]}}}},
		{Layout: "notfound", Title: "没有找到这个页面"},
		{Layout: "redirect", Title: "页面已移动", NoIndex: true, Redirect: &html.Redirect{To: html.Link{Text: "示府办发〔2023〕12号", Href: "../12/index.html"}}},
		{Layout: "withdrawn", Title: "文件已撤下", NoIndex: true, Withdrawn: &html.Withdrawn{Title: "关于某事项的通知", Number: "示府办发〔2020〕5号", Date: "2024-03-01", Reason: "内容涉及个人信息"}},
	}
	chrome := fixtureChrome("")
	for _, p := range pages {
		p.Chrome = chrome
		p.Canonical = "https://www.example.gov.cn/x/index.html"
		p.Feed = html.Feed{Title: "本主题", Type: "application/atom+xml", Href: "atom.xml", Text: "订阅本主题"}
		p.Metas = []html.Meta{{Name: "SiteName", Content: "示范市人民政府公报"}, {Name: "ColumnName", Content: "政策文件"}}
		p.Data = `{"@context":"https://schema.org","name":"\u003cx\u003e"}`
		p.Crumbs = []html.Link{{Text: "首页", Href: "index.html"}, {Text: "政策文件", Href: "documents/index.html"}, {Text: p.Title}}
	}
	pages[0].Crumbs = nil
	return pages
}

// emptyPages is a page of every layout with nothing set.
func emptyPages() []*html.Page {
	var pages []*html.Page
	for _, p := range fullPages() {
		pages = append(pages, &html.Page{Layout: p.Layout, Chrome: &html.Chrome{}, Home: &html.Home{}, Document: &html.Document{}, Issue: &html.Issue{},
			List: &html.List{}, Terms: &html.Terms{}, Article: &html.Article{}, Figures: &html.Data{}, SiteMap: &html.SiteMap{}, Redirect: &html.Redirect{}, Withdrawn: &html.Withdrawn{}})
	}
	return pages
}
