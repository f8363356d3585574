package gazette_test

import (
	"strings"
	"testing"

	"gongbao/internal/gazette"
)

// TestOverrulesTellWhatDidNotDecide names for each effect what became of it.
func TestOverrulesTellWhatDidNotDecide(t *testing.T) {
	for _, c := range []struct{ effects, want string }{
		{"effective 2018-01-01; expires ..2022-12-31", ","},
		{"effective 2018-01-01; expires ..2022-12-31; extends 2022-06-01..2024-12-31", ",prolonged,"},
		{"effective 2018-01-01; expires ..2022-12-31; extends 2022-06-01..2024-12-31; extends 2024-06-01..2026-12-31", ",prolonged,prolonged,"},
		{"effective 2018-01-01; expires ..2022-12-31; extends 2023-06-01..2024-12-31", ",,too-late"},
		{"effective 2018-01-01; repeals 2020-01-01; lapses 2021-01-01", ",,too-late"},
		{"effective 2018-01-01; expires ..2022-12-31; repeals 2024-01-01", ",,too-late"},
		{"effective 2018-01-01; expires ..2025-12-31; repeals 2020-01-01", ",,"},
		{"effective 2018-01-01; repeals 2020-01-01; continues 2021-01-01", ",,too-late"},
		{"effective 2018-01-01; expires ..2022-12-31; extends 2022-06-01..2024-12-31 proposed", ",,"},
	} {
		var effects []gazette.Effect
		for _, s := range parts(c.effects) {
			effects = append(effects, parseEffect(t, s))
		}
		var got []string
		for _, o := range gazette.Overrules(effects) {
			got = append(got, string(o))
		}
		if strings.Join(got, ",") != c.want {
			t.Errorf("%s: %q, want %q", c.effects, strings.Join(got, ","), c.want)
		}
	}
}
