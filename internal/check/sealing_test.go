package check_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/build"
	"gongbao/internal/check"
)

const onlyIssue = `
-- config.toml --
[site]
title = "示范市人民政府公报"
[gazette]
CONFIG
-- content/issues/2023-06.md --
+++
year = 2023
no = 6
date = 2023-06-30
title = "杂志"
sections = []
+++
`

func TestSealingRefusesWhatTheImprintLacks(t *testing.T) {
	const all = "imprint = \"permit\"\npublisher = \"甲\"\npermit = \"乙\"\nprinter = \"丙\"\nrecipients = \"丁\"\n"
	for _, c := range []struct{ config, want string }{
		{"", "config.toml imprint-missing warning"},
		{all, "content/issues/2023-06.md:1:1 imprint-missing error; content/issues/2023-06.md:5:10 imprint-word error"},
		{all + "copies = 500\n[check]\ndisable = [\"imprint-word\"]", "content/issues/2023-06.md:5:10 imprint-word error"},
		{"name = \"公报\"\nimprint = \"cn\"\npublisher = \"甲\"\neditor = \"乙\"\ncn = \"CN 51-0000/D\"\nissn = \"2434-561X\"", ""},
		{"name = \"公报\"\nimprint = \"cn\"\neditor = \"乙\"\ncn = \"CN 51-0000/D\"\nissn = \"0000-0001\"",
			"config.toml:5:11 imprint-missing error; config.toml:8:8 imprint-number error"},
	} {
		root := t.TempDir()
		writeSite(t, root, txtar.Parse([]byte(strings.Replace(onlyIssue, "CONFIG", c.config, 1))))
		s, err := build.Load(t.Context(), build.Options{Root: root, AsOf: asOf, NoCache: true, Details: true})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range check.Sealing(s.Catalog, s.Catalog.Entry("issues/2023-06.md")) {
			got = append(got, fmt.Sprintf("%s %s %s", f.Pos, f.Rule, f.Severity))
		}
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("with %q: %s, want %s", c.config, text, c.want)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
