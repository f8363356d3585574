package effect_test

import (
	"os"
	"strings"
	"testing"

	"gongbao/internal/effect"
	"gongbao/internal/markup"
)

// whenText is the form of the case files: 2023-06-01, pub, print+30d, -.
func whenText(w effect.When) string {
	out := ""
	switch {
	case w.NoYear:
		out = w.Date.String()[5:]
	case !w.Date.IsZero():
		out = w.Date.String()
	default:
		out = map[effect.Event]string{effect.Publication: "pub", effect.Printing: "print", effect.Adoption: "adopt", effect.OwnStart: "start"}[w.Event]
	}
	if !w.After.IsZero() {
		out += "+" + w.After.String()
	}
	if out == "" {
		return "-"
	}
	return out
}

func endText(e effect.End) string {
	switch {
	case !e.Date.IsZero():
		return e.Date.String()
	case !e.For.IsZero():
		return e.For.String()
	}
	return "-"
}

// TestOwnForceIsReadAndOthersIsNot runs the lines of testdata/validity.txt:
// wordings of standards §5.3 A and B, and the traps of §5.4.
func TestOwnForceIsReadAndOthersIsNot(t *testing.T) {
	raw, err := os.ReadFile("testdata/validity.txt")
	if err != nil {
		t.Fatal(err)
	}
	p := markup.NewParser()
	n := 0
	for i, line := range strings.Split(string(raw), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		want, text, ok := strings.Cut(line, "\t")
		if !ok {
			t.Errorf("validity.txt:%d: no tab", i+1)
			continue
		}
		n++
		text, _, _ = strings.Cut(text, " # ")
		const title = "示范市人民政府办公室关于印发示范市停车场管理办法的通知"
		body := strings.ReplaceAll(text, `\n`, "\n\n")
		tree := p.Parse([]byte(body), markup.Options{Official: true, Title: title})
		r := effect.Read(tree, title)
		got := whenText(r.Effective) + " " + endText(r.Expires)
		if got != want {
			t.Errorf("validity.txt:%d: %s\n got  %s\n want %s", i+1, text, got, want)
		}
		if !r.Expires.IsZero() && !strings.Contains(strings.ReplaceAll(body, "**", ""), r.ExpiresP.Quote) {
			t.Errorf("validity.txt:%d: the quote %q is not in the text", i+1, r.ExpiresP.Quote)
		}
	}
	if n < 200 {
		t.Errorf("%d cases, want at least 200", n)
	}
}

// TestWhatADocumentIsAboutIsTheDocument: who says from when all of its matter
// holds says from when it is in force itself. A part of the matter does not.
func TestWhatADocumentIsAboutIsTheDocument(t *testing.T) {
	p := markup.NewParser()
	for _, c := range []struct{ title, text, want string }{
		{"关于扩大住房保障范围的通知", "三、扩大的住房保障范围从2016年1月1日起实施。", "2016-01-01"},
		{"示范市民政局关于调整低保标准的通知", "调整低保标准自2016年1月1日起执行。", "2016-01-01"},
		{"关于扩大住房保障范围的通知", "三、住房保障范围从2016年1月1日起实施。", "-"},
		{"关于扩大住房保障范围的通知", "三、扩大的住房保障从2016年1月1日起实施。", "-"},
		{"关于扩大住房保障范围等三项工作的通知", "三、扩大的住房保障范围从2016年1月1日起实施。", "-"},
	} {
		tree := p.Parse([]byte(c.text), markup.Options{Official: true, Title: c.title})
		if got := whenText(effect.Read(tree, c.title).Effective); got != c.want {
			t.Errorf("%s: %s: got %s, want %s", c.title, c.text, got, c.want)
		}
	}
}
