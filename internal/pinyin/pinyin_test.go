package pinyin_test

import (
	"strings"
	"testing"

	"gongbao/internal/pinyin"
)

func TestInitialsKeepLettersAndDigits(t *testing.T) {
	for in, want := range map[string]string{
		"":             "",
		"示范市公共停车场管理办法": "sfsggtccglbf",
		"《示范市停车办法》（试行）":         "sfstcbfsx",
		"2023年政务公开工作要点":         "2023nzwgkgzyd",
		"２０２３年Ａ类":               "2023nal",
		"Open Data 开放":          "opendatakf",
		"阿饿哦嗯安恩欧二":              "aeonaeoe",
		"“”——，。 ":               "",
		"あ한":                    "",
		"重庆":                    "zq",
		"〇号":                    "lh",
		strings.Repeat("示", 30): strings.Repeat("s", 24),
	} {
		if got := pinyin.Initials(in); got != want {
			t.Errorf("Initials(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSlugFollowsTheFoldedTitle(t *testing.T) {
	slug := pinyin.Slug("示范市停车办法（试行）")
	if want := "sfstcbfsx-"; !strings.HasPrefix(slug, want) || len(slug) != len(want)+8 {
		t.Errorf("Slug = %q, want %s and eight digits", slug, want)
	}
	if same := pinyin.Slug("示范市 停车办法(试行)"); same != slug {
		t.Errorf("Slug of the same title = %q, want %q", same, slug)
	}
	if other := pinyin.Slug("示范市挺车办法（试行）"); other == slug {
		t.Errorf("Slug of another title = %q too", other)
	}
	if got, want := pinyin.Slug(""), "e3b0c442"; got != want {
		t.Errorf("Slug(%q) = %q, want %q", "", got, want)
	}
}

// TestSlugIsStable pins one address: a change would break links.
func TestSlugIsStable(t *testing.T) {
	if got, want := pinyin.Slug("示范市公共停车场管理办法"), "sfsggtccglbf-a52c3e7a"; got != want {
		t.Errorf("Slug = %q, want %q", got, want)
	}
}

func FuzzSlug(f *testing.F) {
	f.Add("示范市公共停车场管理办法")
	f.Add("Ａb1 ，\xff")
	f.Fuzz(func(t *testing.T, s string) {
		slug := pinyin.Slug(s)
		if len(slug) < 8 || len(slug) > 33 || strings.Trim(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Errorf("Slug(%q) = %q", s, slug)
		}
	})
}

func BenchmarkSlug(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		pinyin.Slug("示范市公共停车场管理办法")
	}
}
