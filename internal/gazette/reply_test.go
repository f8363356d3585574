package gazette_test

import (
	"testing"

	"gongbao/internal/gazette"
)

func TestParseReply(t *testing.T) {
	for _, x := range []struct{ title, to, session, no string }{
		{"关于市十四届人大三次会议第123号建议的答复", "建议", "十四届人大三次会议", "123"},
		{"示范市教育局关于市政协十三届二次会议第045号提案的答复", "提案", "十三届政协二次会议", "045"},
		{"关于政协第十三届示范市委员会第二次会议第45号提案的答复", "提案", "十三届政协二次会议", "45"},
		{"对示范市第十四届人民代表大会第三次会议第１５号代表建议的答复", "建议", "十四届人大三次会议", "15"},
		{"关于示范市第15届人民代表大会第4次会议第1052号建议答复的函", "建议", "十五届人大四次会议", "1052"},
		{"关于对市政协十三届二次会议第20230045号委员提案的答复", "提案", "十三届政协二次会议", "20230045"},
		{"市民政局关于市政协十三届三次会议提案第66号的复函", "提案", "十三届政协三次会议", "66"},
		{"关于市十四届人大三次会议第7号议案办理情况的报告", "议案", "十四届人大三次会议", "7"},
		{"关于第88号提案的答复", "提案", "", "88"},
		// none of these answers a numbered proposal
		{"关于做好市十四届人大三次会议代表建议和市政协十三届二次会议提案办理工作的通知", "", "", ""},
		{"关于示范市轨道交通建设规划的答复", "", "", ""},
		{"关于征集市十四届人大三次会议建议的公告", "", "", ""},
		{"市十四届人大三次会议第123号建议", "", "", ""},
		{"关于第3号建议书格式的答复", "", "", ""},
	} {
		r, ok := gazette.ParseReply(x.title)
		if ok != (x.to != "") {
			t.Errorf("%s: ok = %v", x.title, ok)
			continue
		}
		if ok && (r.To != x.to || r.Session != x.session || r.No != x.no) {
			t.Errorf("%s: %s, %s, %s", x.title, r.To, r.Session, r.No)
		}
	}
}

func TestAnsweredPrefersFrontMatter(t *testing.T) {
	d := gazette.Document{
		Title: "关于市十四届人大三次会议第123号建议的答复", Issuers: []string{"示范市教育局"},
		Reply: gazette.Reply{No: "124", Result: "B"},
	}
	r, ok := d.Answered()
	if !ok || r.No != "124" || r.Result != "B" || r.Session != "十四届人大三次会议" || len(r.Undertaker) != 1 || r.Undertaker[0] != "示范市教育局" {
		t.Errorf("%v %+v", ok, r)
	}
	if _, ok := (&gazette.Document{Title: "关于示范路改造的通知"}).Answered(); ok {
		t.Error("a notice answers")
	}
}
