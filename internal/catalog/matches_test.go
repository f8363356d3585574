package catalog_test

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
)

const named = `
-- content/documents/2020/old.md --
+++
title = "示范市停车场管理办法"
number = "示府办发〔2020〕5号"
issuers = ["示范市人民政府办公室"]
signed = 2020-01-01
effective = 2020-02-01
+++
第一条 正文。
-- content/documents/2023/new.md --
+++
title = "示范市停车场管理办法"
number = "示府办发〔2020〕5号"
issuers = ["示范市人民政府办公室"]
signed = 2023-01-01
effective = 2023-02-01
version_of = "documents/2020/old.md"
+++
第一条 正文二。
-- content/documents/2023/notice.md --
+++
title = "示范市人民政府办公室关于印发《示范市集市管理办法》的通知"
number = "示府办发〔2023〕6号"
issuers = ["示范市人民政府办公室"]
signed = 2023-03-01
+++
正文。
-- content/interpretations/2023/x.md --
+++
title = "示范市停车场管理办法"
published = 2023-01-01
+++
正文。
`

func paths(es []*catalog.Entry) string {
	var out []string
	for _, e := range es {
		out = append(out, strings.TrimPrefix(e.Path, "documents/"))
	}
	return strings.Join(out, " ")
}

// TestMatchesFindsWhatPeopleType covers the ways of naming a document.
func TestMatchesFindsWhatPeopleType(t *testing.T) {
	c := resolve(t, txtar.Parse([]byte(named)).Files)
	for name, want := range map[string]string{
		"示府办发〔2020〕5号":                  "2023/new.md",
		" 示府办发(2023) 第6号 ":              "2023/notice.md",
		"《示范市停车场管理办法》":                  "2023/new.md",
		"示范市 停车场管理办法":                   "2023/new.md",
		"documents/2020/old.md":         "2020/old.md",
		"content/documents/2020/old.md": "2020/old.md",
		"documents/2023/notice":         "2023/notice.md",
		"示范市集市管理办法":                     "2023/notice.md",
		"关于印发《示范市集市管理办法》的通知":            "2023/notice.md",
		"interpretations/2023/x.md":     "",
		"停车场":                           "",
		"":                              "",
	} {
		if got := paths(c.Matches(name)); got != want {
			t.Errorf("Matches(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestNearOffersWhatHoldsTheNameFirst(t *testing.T) {
	c := resolve(t, txtar.Parse([]byte(named)).Files)
	for name, want := range map[string]string{
		"集市管理办法": "2023/notice.md 2023/new.md",
		"停车场管理":  "2023/new.md",
		"毫不相干":   "",
		"办":      "",
	} {
		if got := paths(c.Near(name, 5)); got != want {
			t.Errorf("Near(%q) = %q, want %q", name, got, want)
		}
	}
	if got := len(c.Near("管理办法", 1)); got != 1 {
		t.Errorf("Near gives %d, want 1", got)
	}
}

func TestTextOnIsTheNewestInEffect(t *testing.T) {
	c := resolve(t, txtar.Parse([]byte(named)).Files)
	e := c.Entry("documents/2023/new.md")
	for year, want := range map[int]string{2019: "2020/old.md", 2022: "2020/old.md", 2024: "2023/new.md"} {
		on := gazette.NewDate(year, 6, 1)
		text := e.TextOn(on)
		if got := paths([]*catalog.Entry{text}); got != want {
			t.Errorf("TextOn(%s) = %q, want %q", on, got, want)
		}
	}
	if s, _ := c.StatusOn(c.Entry("documents/2020/old.md"), gazette.NewDate(2022, 1, 1)); s.Force != gazette.InForce {
		t.Errorf("the old text was %q in 2022", s.Force)
	}
	if s, _ := c.StatusOn(c.Entry("documents/2020/old.md"), gazette.NewDate(2024, 1, 1)); s.Force != gazette.NoForce {
		t.Errorf("the old text was %q in 2024", s.Force)
	}
}
