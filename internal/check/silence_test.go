package check_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/build"
	"gongbao/internal/diag"
)

// site has a document of 2018 with a warning (issuer-unknown), a remark
// (withdrawn-missing) and an error (series-unpinned).
const site = `
-- config.toml --
[site]
title = "示范市人民政府公报"
CONFIG
-- content/documents/2018/a.md --
+++
title = "示范市城市管理局关于示范路停车的通知"
number = "示城发〔2018〕3号"
class = "其他文件"
issuers = ["示范市城市管理局"]
signed = 2018-03-01
disclosure = "主动公开"
withdrawn = { date = 2020-01-01, reason = "内容有误" }
FRONT
+++
BODY
`

func TestSilence(t *testing.T) {
	for _, c := range []struct{ name, config, front, want string }{
		{"nothing is silenced", "", "", "issuer-unknown series-unpinned withdrawn-missing"},
		{"a rule for the site", "[check]\ndisable = [\"issuer-unknown\"]", "", "series-unpinned withdrawn-missing"},
		{"a rule for the file", "", "ignore = [\"withdrawn-missing\"]", "issuer-unknown series-unpinned"},
		{"warnings before since", "[check]\nsince = 2018-03-02", "", "series-unpinned withdrawn-missing"},
		{"since is the first day that counts", "[check]\nsince = 2018-03-01", "", "issuer-unknown series-unpinned withdrawn-missing"},
		{"errors cannot be silenced", "[check]\nsince = 2026-01-01\ndisable = [\"series-unpinned\"]", "ignore = [\"series-unpinned\"]", "series-unpinned withdrawn-missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			writeSite(t, root, txtar.Parse([]byte(strings.NewReplacer("CONFIG", c.config, "FRONT", c.front, "BODY", "").Replace(site))))
			s, err := build.Load(t.Context(), build.Options{Root: root, AsOf: asOf, NoCache: true})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			var rules []string
			for _, f := range s.Findings {
				rules = append(rules, f.Rule)
			}
			slices.Sort(rules)
			if got := strings.Join(rules, " "); got != c.want {
				t.Errorf("rules = %s, want %s", got, c.want)
			}
		})
	}
}

// TestDisclosureFromTheGateOn holds that a document of the day on which the gate
// closes, and later, must say who may see it.
func TestDisclosureFromTheGateOn(t *testing.T) {
	for since, want := range map[string]diag.Severity{"2018-03-01": diag.Error, "2018-03-02": diag.Warning} {
		root := t.TempDir()
		text := strings.NewReplacer("CONFIG", "[gate]\nsince = "+since, "FRONT", "", "disclosure = \"主动公开\"\n", "", "BODY", "").Replace(site)
		writeSite(t, root, txtar.Parse([]byte(text)))
		s, err := build.Load(t.Context(), build.Options{Root: root, AsOf: asOf, NoCache: true})
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		i := slices.IndexFunc(s.Findings, func(f diag.Finding) bool { return f.Rule == "disclosure-missing" })
		if i < 0 || s.Findings[i].Severity != want {
			t.Errorf("since %s: %v", since, s.Findings)
		}
	}
}

// A line with data of a person is shown for no finding, whatever the rule.
func TestLinesWithSecretsAreNeverShown(t *testing.T) {
	root := t.TempDir()
	writeSite(t, root, txtar.Parse([]byte(strings.NewReplacer("CONFIG", "", "FRONT", "", "withdrawn = ", "archived = 2020-01-01 # ", "BODY", "\n见[说明](none.md)，联系13800000000。\n\n见[说明](none.md)。").Replace(site))))
	s, err := build.Load(t.Context(), build.Options{Root: root, AsOf: asOf, NoCache: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var masked []bool
	for _, f := range s.Findings {
		if f.Rule == "link-broken" {
			masked = append(masked, f.Masked)
		}
	}
	if !slices.Equal(masked, []bool{true, false}) {
		t.Errorf("link-broken on a line with a telephone and on one without: masked = %v", masked)
	}
}
