package scaffold_test

import (
	"strings"
	"testing"

	"gongbao/internal/config"
	"gongbao/internal/scaffold"
	"gongbao/layouts"
)

// TestPresetsAreRulesWithSourceAndDate reads the config of a new site of each
// jurisdiction.
func TestPresetsAreRulesWithSourceAndDate(t *testing.T) {
	names := scaffold.Jurisdictions(layouts.FS)
	if len(names) < 3 {
		t.Fatalf("presets %q, want at least three", names)
	}
	for _, name := range append(names, "") {
		files, err := scaffold.Site(layouts.FS, "示范市公报", name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.Path != "config.toml" {
				continue
			}
			c, findings := config.Parse(f.Bytes)
			if len(findings) > 0 {
				t.Errorf("%s: %v", name, findings)
			}
			if name == "" {
				if len(c.Validity.Rules) != 0 || !strings.Contains(string(f.Bytes), "待核") {
					t.Errorf("a site without jurisdiction has rules %v, or no commented example", c.Validity.Rules)
				}
				continue
			}
			if len(c.Validity.Rules) != 1 {
				t.Fatalf("%s: %d rules", name, len(c.Validity.Rules))
			}
			if r := c.Validity.Rules[0]; r.Years == 0 || r.Source == "" || r.CheckedOn.IsZero() || r.Name == "" {
				t.Errorf("%s: %+v lacks years, name, source or date", name, r)
			}
		}
	}
	if _, err := scaffold.Site(layouts.FS, "", "nowhere"); err == nil {
		t.Error("an unknown jurisdiction is taken")
	}
}
