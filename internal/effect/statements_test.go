package effect_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/effect"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
)

var update = flag.Bool("update", false, "rewrite the case files with what is read")

func statementText(s effect.Statement) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", s.Kind)
	if s.Part {
		b.WriteString(" part")
	}
	if s.Title != "" {
		fmt.Fprintf(&b, " 《%s》", s.Title)
	}
	if s.Number != "" {
		fmt.Fprintf(&b, " %s", s.Number)
	}
	if len(s.Articles) > 0 {
		fmt.Fprintf(&b, " [%s]", strings.Join(s.Articles, " "))
	}
	if !s.Issued.IsZero() {
		fmt.Fprintf(&b, " of=%s", s.Issued)
	}
	if s.Issuer != "" {
		fmt.Fprintf(&b, " by=%s", s.Issuer)
	}
	if !s.From.IsZero() {
		fmt.Fprintf(&b, " from=%s", whenText(s.From))
	}
	if !s.Until.IsZero() {
		fmt.Fprintf(&b, " until=%s", endText(s.Until))
	}
	fmt.Fprintf(&b, " %s", s.Via)
	if s.Closed {
		b.WriteString(" closed")
	}
	if s.Listed {
		b.WriteString(" listed")
	}
	return b.String()
}

// TestStatementsOnOthers runs testdata/*.cases: "> text" (\n for paragraphs, "# "
// before it the title of the document), then one line for each statement.
func TestStatementsOnOthers(t *testing.T) {
	files, err := filepath.Glob("testdata/*.cases")
	if err != nil || len(files) < 4 {
		t.Fatal(files, err)
	}
	p := markup.NewParser()
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		title := ""
		for _, line := range strings.Split(strings.TrimRight(string(raw), "\n"), "\n") {
			switch {
			case strings.HasPrefix(line, "# "):
				title = line[2:]
			case !strings.HasPrefix(line, "> "):
				if line != "" && !strings.HasPrefix(line, "//") {
					continue // an expectation: made anew
				}
			}
			out.WriteString(line + "\n")
			if text, ok := strings.CutPrefix(line, "> "); ok {
				body := strings.ReplaceAll(text, `\n`, "\n\n")
				body = "正文如下。\n\n" + strings.ReplaceAll(body, "|\n\n|", "|\n|")
				r := effect.Read(p.Parse([]byte(body), markup.Options{Official: true, Title: title}), title)
				if len(r.Statements) == 0 && strings.HasSuffix(name, "offices.cases") {
					t.Errorf("%s: %q says nothing", name, text)
				}
				if r.Unlisted.Quote != "" {
					out.WriteString("unlisted " + r.Unlisted.Quote + "\n")
				}
				for _, s := range r.Statements {
					out.WriteString(statementText(s) + "\n")
					base := strings.TrimSuffix(filepath.Base(name), ".cases")
					if s.Closed && ends(s) && (base == "not-certain" || base == "titles" || base == "one-of-two" && strings.Contains(s.Title, "乙")) {
						t.Errorf("%s: %q may count without a person: %s", name, text, statementText(s))
					}
					if !s.Closed && ends(s) && (base == "plain" || base == "offices") {
						t.Errorf("%s: %q needs a person: %s", name, text, statementText(s))
					}
					if base == "days" && s.Closed && s.From.Date.IsZero() && strings.Contains(text, "2026年") && !strings.Contains(s.Title, "乙") {
						t.Errorf("%s: %q ends on another day: %s", name, text, statementText(s))
					}
					if !strings.Contains(body, s.Quote) && !s.Listed {
						t.Errorf("%s: the quote %q is not in the text", name, s.Quote)
					}
				}
			}
		}
		if *update {
			if err := os.WriteFile(name, []byte(out.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, got := strings.Split(string(raw), "\n"), strings.Split(out.String(), "\n")
		for i := range max(len(want), len(got)) {
			w, g := "", ""
			if i < len(want) {
				w = want[i]
			}
			if i < len(got) {
				g = got[i]
			}
			if w != g {
				t.Errorf("%s:%d:\n got  %s\n want %s", name, i+1, g, w)
				break
			}
		}
	}
}

// ends reports whether a statement ends a document; a wrong extension does less
// harm.
func ends(s effect.Statement) bool {
	return s.Kind == gazette.Repeals || s.Kind == gazette.Lapses || s.Kind == gazette.Replaces || s.Kind == gazette.Suspends
}

func TestAmendmentsOfTheHeading(t *testing.T) {
	body := "（1998年5月1日示范市人民政府令第5号公布　根据2010年9月7日《示范市人民政府关于修改部分规章的决定》第一次修正　根据2018年6月1日第二次修订）\n\n第一条　为了测试，制定本办法。\n"
	r := effect.Read(markup.NewParser().Parse([]byte(body), markup.Options{Official: true, Title: "示范市停车办法"}), "示范市停车办法")
	var got []string
	for _, a := range r.Amendments {
		got = append(got, a.Date.String()+" "+a.By)
	}
	want := "2010-09-07 示范市人民政府关于修改部分规章的决定; 2018-06-01 "
	if strings.Join(got, "; ") != want {
		t.Errorf("amendments = %q, want %q", strings.Join(got, "; "), want)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"本办法自2023年6月1日起施行，有效期五年。《示范市停车办法》（示府发〔2012〕3号）同时废止。", "| 文件名称 | 清理意见 |\n|---|---|\n| 甲办法 | 废止 |", "一、废止下列文件：\n\n1. 《甲》\n", "有效期延长至", "自起施行", "《《》》同时废止", "（废止", "第一条、第三条至第九十条废止"} {
		f.Add(s)
	}
	p := markup.NewParser()
	f.Fuzz(func(t *testing.T, body string) {
		const title = "示范市人民政府关于公布规范性文件清理结果的通知"
		for _, s := range effect.Read(p.Parse([]byte(body), markup.Options{Official: true, Title: title}), title).Statements {
			if s.Title == "" && s.Number == "" {
				t.Errorf("a statement without a target: %+v", s)
			}
			if s.Kind == gazette.RelationKind("") {
				t.Errorf("a statement without a kind: %+v", s)
			}
		}
	})
}
