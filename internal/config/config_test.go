package config_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

func rules(fs []diag.Finding) string {
	var out []string
	for _, f := range fs {
		out = append(out, fmt.Sprintf("%d:%d %s", f.Pos.Line, f.Pos.Col, f.Rule))
	}
	return strings.Join(out, "; ")
}

func TestEmptyConfigHasDefaults(t *testing.T) {
	c, fs := config.Parse(nil)
	if len(fs) > 0 {
		t.Errorf("findings: %s", rules(fs))
	}
	if c.Site.Language != "zh-CN" || c.Site.Kind != "gazette" || c.Site.ListSize != 50 || !c.Site.Embed || !c.Site.Offline || c.Feeds.Limit != 30 || !c.Feeds.Documents ||
		c.Validity.Read != "certain" || c.Validity.EffectiveDefault != "unknown" || c.BaseURL != "" ||
		c.PDF.Documents != "normative" || c.PDF.Paper != "A4" || c.PDF.Columns != 1 || c.PDF.Binding != "saddle" || len(c.PDF.Fonts) > 0 {
		t.Errorf("Parse(nil) = %+v", c)
	}
}

const full = `base_url = "https://gongbao.example.gov.cn/sub"

[site]
title = "示范市人民政府公报"
short_title = "示范市公报"
language = "en"
kind = "portal"
issuers = ["示范市人民政府", "示范市人民政府办公室"]
site_id = "0000000000"
icp = "示ICP备00000000号"
police = "示公网安备00000000000000号"
sponsor = "示范市人民政府办公室"
organizer = "示范市政务信息中心"
contact = "0000-1234567"
report_url = "https://example.gov.cn/"
emblem = "emblem.svg"
expiring = true
list_size = 20
embed = false
offline = false
menu = [{ title = "公报", to = "issues/" }, { title = "外", to = "https://example.gov.cn/" }]
params = { hall = "政务大厅", seats = 30, open = true }

[gazette]
name = "示范市人民政府公报"
frequency = "双月刊"
imprint = "permit"
printer = "示范市印刷厂"
copies = 500
supervisor = "示范市人民政府"

[validity]
read = "never"
effective_default = "signed"
[[validity.rules]]
years = 5

[check]
since = 2020-01-01
disable = ["number-form"]

[gate]
since = 2026-01-01
review = ["保密审查"]
diversified = "interpreted"

[feeds]
limit = 10
documents = false

[share]
channels = ["微信公众号"]
since = 2026-09-01
classes = ["规章", "行政规范性文件"]
days = 1

[pdf]
documents = "none"
paper = "16K"
columns = 2
binding = "perfect"
[pdf.fonts]
song = "fonts/song.ttf"
kai = "楷体"
[search]
[serve]
[[mounts]]
code = "shifanxian"
title = "示范县人民政府公报"
from = "https://xian.example.gov.cn/"
[[deploy]]
name = "web"
to = "sftp://gazette@web.example.gov.cn/srv/www"
compress = ["gz", "br"]
[[deploy]]
name = "share"
to = "../web"
`

func TestEveryKeyIsRead(t *testing.T) {
	c, fs := config.Parse([]byte(full))
	if len(fs) > 0 {
		t.Fatalf("findings: %s", rules(fs))
	}
	if want := "https://gongbao.example.gov.cn/sub/"; c.BaseURL != want {
		t.Errorf("BaseURL = %q, want %q", c.BaseURL, want)
	}
	if len(c.Mounts) != 1 || c.Mounts[0].Code != "shifanxian" || c.Mounts[0].Title == "" || c.Mounts[0].From == "" {
		t.Errorf("Mounts = %+v", c.Mounts)
	}
	s := c.Site
	if s.Title != "示范市人民政府公报" || s.ShortTitle != "示范市公报" || s.Language != "en" || s.Kind != "portal" || len(s.Issuers) != 2 ||
		s.SiteID != "0000000000" || s.ICP == "" || s.Police == "" || s.Sponsor == "" || s.Organizer == "" || s.Contact == "" ||
		s.ReportURL == "" || s.Emblem != "emblem.svg" || !s.Expiring || s.ListSize != 20 || s.Embed || s.Offline {
		t.Errorf("Site = %+v", s)
	}
	if len(s.Menu) != 2 || s.Menu[0].Title != "公报" || s.Menu[0].To != "issues/" || s.Menu[0].Pos.Line != 21 {
		t.Errorf("Menu = %+v", s.Menu)
	}
	if s.Params["hall"] != "政务大厅" || s.Params["seats"] != "30" || s.Params["open"] != "true" {
		t.Errorf("Params = %v", s.Params)
	}
	// The imprint comes in the order of print, not of the file.
	want := []gazette.ImprintLine{{Key: "supervisor", Text: "示范市人民政府"}, {Key: "printer", Text: "示范市印刷厂"}, {Key: "copies", Text: "500"}}
	if pos := c.Gazette.Positions; pos["name"].Line != 25 || pos["supervisor"].Line != 30 || pos["copies"].Col != 10 {
		t.Errorf("Positions = %v", pos)
	}
	if !slices.Equal(c.Gazette.Fields, want) || c.Gazette.Imprint != "permit" {
		t.Errorf("Gazette = %+v, want the fields %v", c.Gazette, want)
	}
	if v := c.Validity; v.Read != "never" || v.EffectiveDefault != "signed" || len(v.Rules) != 1 || v.Rules[0].Years != 5 || v.Rules[0].OnExpiry != "verify" {
		t.Errorf("Validity = %+v", c.Validity)
	}
	if p := c.PDF; p.Documents != "none" || p.Paper != "16K" || p.Columns != 2 || p.Binding != "perfect" ||
		len(p.Fonts) != 2 || p.Fonts["song"] != "fonts/song.ttf" || p.Fonts["kai"] != "楷体" {
		t.Errorf("PDF = %+v", p)
	}
	if c.Check.Since != gazette.NewDate(2020, 1, 1) || !slices.Equal(c.Check.Disable, []string{"number-form"}) ||
		c.Gate.Since != gazette.NewDate(2026, 1, 1) || !slices.Equal(c.Gate.Review, []string{"保密审查"}) || c.Feeds.Limit != 10 || c.Feeds.Documents {
		t.Errorf("Check, Gate, Feeds = %+v %+v %+v", c.Check, c.Gate, c.Feeds)
	}
	if s := c.Share; !slices.Equal(s.Channels, []string{"微信公众号"}) || s.Since != gazette.NewDate(2026, 9, 1) || s.Days != 1 ||
		!s.Asks(gazette.Normative) || s.Asks(gazette.Reprint) {
		t.Errorf("Share = %+v", c.Share)
	}
	if d := c.Deploy; len(d) != 2 || d[0].Name != "web" || d[0].To != "sftp://gazette@web.example.gov.cn/srv/www" || !slices.Equal(d[0].Compress, []string{"gz", "br"}) ||
		d[1].Name != "share" || d[1].To != "../web" || len(d[1].Compress) > 0 {
		t.Errorf("Deploy = %+v", d)
	}
}

func TestWrongValuesLeaveDefaults(t *testing.T) {
	for _, c := range []struct{ input, want string }{
		{"base_url = \"ftp://example.gov.cn/\"", "1:12 config-value"},
		{"base_url = 3", "1:12 key-type"},
		{"[site]\nlanguage = \"fr\"", "2:12 config-value"},
		{"[site]\nkind = \"blog\"", "2:8 config-value"},
		{"[site]\ntitel = \"甲\"", "2:1 key-unknown"},
		{"[site]\nlist_size = 0", ""},
		{"[site]\nmenu = [{ title = \"甲\" }]", "2:9 key-missing"},
		{"[site.params]\na = [\"甲\"]", "2:1 key-type"},
		{"[validity]\nread = \"always\"", "2:8 config-value"},
		{"[check]\nsince = 2023-02-30", "2:9 date-impossible"},
		{"[check]\nsince = \"2023\"", "2:9 key-type"},
		{"[pdf]\ndocuments = \"some\"", "2:13 config-value"},
		{"[pdf]\npaper = \"A5\"", "2:9 config-value"},
		{"[pdf]\ncolumns = 3", "2:11 config-value"},
		{"[pdf]\ncolumns = \"2\"", "2:11 key-type"},
		{"[pdf]\nbinding = \"glue\"", "2:11 config-value"},
		{"[pdf.fonts]\nming = \"宋体\"", "2:1 key-unknown"},
		{"[pdf.fonts]\nsong = 1", "2:8 key-type"},
		{"[share]\nclasses = [\"规定\", \"规章\"]", "2:1 config-value"},
		{"[share]\ndays = 21", "2:8 config-value"},
		{"[share]\ndays = -1", "2:8 config-value"},
		{"[share]\nchannels = \"微博\"", "2:12 key-type"},
		{"[gazette]\ncopies = true", "2:10 key-type"},
		{"[gazette]\nprinted_on = 2023-01-01", "2:1 key-unknown"},
		{"[[deploy]]\nname = \"web\"", "1:3 key-missing"},
		{"[[deploy]]\nname = \"web\"\nto = \"x\"\nkey = \"y\"", "4:1 key-unknown"},
		{"[[deploy]]\nname = \"web\"\nto = \"x\"\ncompress = [\"zip\"]", "4:1 config-value"},
		{"[[deploy]]\nname = \"web\"\nto = \"sftp://u:p@h/x\"", "3:6 deploy-secret"},
		{"[[deploy]]\nname = \"web\"\nto = \"sftp://u:%zz@h/x\"", "3:6 deploy-secret"},
		{"deploy = \"web\"", "1:10 key-type"},
		{"site = 1", "1:8 key-type"},
		{"color = 1", "1:1 key-unknown"},
		{"[site]\ntitle = 公报", "2:9 toml-syntax"},
	} {
		got, fs := config.Parse([]byte(c.input))
		if rules(fs) != c.want {
			t.Errorf("Parse(%q): %s, want %s", c.input, rules(fs), c.want)
		}
		if got.BaseURL != "" || got.Site.Language != "zh-CN" || got.Site.Kind != "gazette" || got.Site.ListSize != 50 || got.Validity.Read != "certain" || got.PDF.Paper != "A4" || got.PDF.Columns != 1 || !got.Check.Since.IsZero() {
			t.Errorf("Parse(%q) = %+v, want defaults", c.input, got)
		}
	}
}

// FuzzParse: no panic, places inside the file, and a config that can be used.
func FuzzParse(f *testing.F) {
	f.Add(full)
	f.Add("base_url = \"http://\"\nsite = []\n[site]\nmenu = [1, {}]\n")
	f.Add("[check]\nsince = 0000-00-00\n[feeds]\nlimit = -1\n[gazette]\nname = 3\n")
	f.Add("[site\n")
	f.Fuzz(func(t *testing.T, s string) {
		c, fs := config.Parse([]byte(s))
		lines := strings.Count(s, "\n") + 1
		for _, x := range fs {
			if x.Pos.File != config.Name || x.Pos.Line < 1 || x.Pos.Line > lines {
				t.Fatalf("%s at %v, outside of %d lines", x.Rule, x.Pos, lines)
			}
		}
		if c.Site.ListSize < 1 || c.BaseURL != "" && !strings.HasSuffix(c.BaseURL, "/") ||
			!slices.Contains([]string{"zh-CN", "en"}, c.Site.Language) {
			t.Fatalf("Parse(%q) = %+v", s, c)
		}
	})
}

// Formats that are not named are not made; none are named by [].
func TestDataFormats(t *testing.T) {
	for text, want := range map[string][]string{
		"": config.Formats(), "[data]\n": config.Formats(), "[data]\nformats = []\n": nil, "[data]\nformats = [\"json\", \"md\"]\n": {"json", "md"},
	} {
		if c, findings := config.Parse([]byte(text)); !slices.Equal(c.Data.Formats, want) || len(findings) > 0 {
			t.Errorf("%q: %q, %v", text, c.Data.Formats, findings)
		}
	}
	if _, findings := config.Parse([]byte("[data]\nformats = [\"pdf\"]\n")); len(findings) != 1 || findings[0].Rule != "config-value" {
		t.Errorf("an unknown form: %v", findings)
	}
}

func TestMountsAreFoldersOfTheirOwn(t *testing.T) {
	for _, bad := range []string{"", "../x", "a/b", "甲", "A", "-a", "a.b", "a b"} {
		c, fs := config.Parse([]byte("[[mounts]]\ncode = \"" + bad + "\"\n"))
		if len(fs) != 1 || len(c.Mounts) != 0 {
			t.Errorf("code %q: %s, %d mounts; want one finding and none", bad, rules(fs), len(c.Mounts))
		}
	}
	if c, fs := config.Parse([]byte("[[mounts]]\ncode = \"a\"\n[[mounts]]\ncode = \"a\"\n")); len(fs) != 1 || len(c.Mounts) != 1 {
		t.Errorf("a code twice: %s, %d mounts", rules(fs), len(c.Mounts))
	}
}
