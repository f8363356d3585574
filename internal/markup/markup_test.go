package markup_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"gongbao/internal/diag"
	"gongbao/internal/markup"
)

var update = flag.Bool("update", false, "write the goldens")

var (
	kinds = [...]string{"p", "heading", "group", "list", "item", "quote", "code", "table", "figure", "rule"}
	units = [...]string{"", "component", "part", "subpart", "chapter", "section", "article", "clause", "point", "indent", "level1", "level2", "level3", "level4", "level5", "title"}
	roles = [...]string{"", "NUMBER", "TITLE", "AMENDMENT", "ADDRESSEES", "SIGNATURE", "DATE", "ATTACHMENTS", "ATTACHMENT", "NOTE", "DISCLOSURE", "COPY-TO", "PRINTED-BY"}
)

// dump writes a line for each block: line, kind, unit, ROLE, #id, text.
func dump(b *strings.Builder, bs []*markup.Block, indent string) {
	for _, x := range bs {
		words := []string{fmt.Sprintf("%d %s", x.Line, kinds[x.Kind])}
		for _, w := range []string{units[x.Unit], roles[x.Role]} {
			if w != "" {
				words = append(words, w)
			}
		}
		if x.ID != "" {
			words = append(words, "#"+x.ID)
		}
		if text := x.PlainText(); text != "" {
			words = append(words, fmt.Sprintf("%q", text))
		}
		b.WriteString(indent + strings.Join(words, " ") + "\n")
		dump(b, x.Blocks, indent+"  ")
	}
}

func place(p diag.Pos) string { return fmt.Sprintf("%s-%d", p, p.End) }

func dumpTree(tree *markup.Tree) string {
	var b strings.Builder
	dump(&b, tree.Blocks, "")
	for _, n := range tree.Footnotes {
		fmt.Fprintf(&b, "footnote %d", n.Number)
		if n.Unused {
			b.WriteString(" unused")
		}
		b.WriteByte('\n')
		dump(&b, n.Blocks, "  ")
	}
	for i, r := range tree.Refs {
		fmt.Fprintf(&b, "ref %d at %s title %q number %q article %q\n", i, place(r.At.In("")), r.Title, r.Number, r.Article)
	}
	for _, l := range tree.Links {
		fmt.Fprintf(&b, "link at %s %s\n", place(l.At.In("")), l.Dest)
	}
	for _, f := range tree.Files {
		fmt.Fprintf(&b, "file at %s image %v %s\n", place(f.At.In("")), f.Image, f.Path)
	}
	for _, f := range tree.Findings {
		fmt.Fprintf(&b, "%s %s %q\n", place(f.Pos), f.Rule, f.Args)
	}
	return b.String()
}

// mark shows slots: what a reference or a link to content will be.
func mark(s markup.Slot) string {
	if s.Link {
		return fmt.Sprintf("link:%d", s.Index)
	}
	return fmt.Sprintf("ref:%d", s.Index)
}

// options come from the comment of a case: lines "title: …" and "article", for
// a text that is not an official document.
func options(comment []byte) markup.Options {
	o := markup.Options{File: "a.md", FirstLine: 1, Official: true}
	for line := range strings.Lines(string(comment)) {
		if title, ok := strings.CutPrefix(line, "title: "); ok {
			o.Title = strings.TrimSpace(title)
		}
		if strings.TrimSpace(line) == "article" {
			o.Official = false
		}
	}
	return o
}

// TestTexts parses the input of each case file and compares tree, HTML (with
// every slot linked) and outline.
func TestTexts(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.txtar")
	if len(names) == 0 {
		t.Fatal("no cases")
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Files) != 4 {
				t.Fatalf("%s has %d files, want input, tree, html and outline", name, len(a.Files))
			}
			tree := markup.NewParser().Parse(a.Files[0].Data, options(a.Comment))
			f := tree.HTML(2)
			checkHTML(t, tree, f)
			got := []string{dumpTree(tree), string(f.Fill(mark)), string(f.Outline)}
			for i, g := range got {
				if g != "" && !strings.HasSuffix(g, "\n") {
					g += "\n"
				}
				want := &a.Files[i+1]
				if g == string(want.Data) {
					continue
				}
				if !*update {
					t.Errorf("%s:\n%s\nwant:\n%s", want.Name, g, want.Data)
				}
				want.Data = []byte(g)
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// schemes are what an address of another host or program may begin with.
var schemes = []string{"http", "https", "mailto", "tel"}

// void are the elements that have no end tag, of those that HTML writes.
var void = []string{"br", "hr", "img"}

// allowed are all elements that HTML writes.
var allowed = strings.Fields("a b blockquote br code div em figcaption figure h2 h3 h4 h5 h6 hr img li ol p pre section strong sub sup table tbody td th thead tr ul")

// checkHTML holds for any text: every tag is closed, no link stands in a link,
// anchors are unique, addresses are harmless, and what is not Markdown's stays.
func checkHTML(t *testing.T, tree *markup.Tree, f markup.Fragment) {
	t.Helper()
	ids := map[string]bool{}
	for _, part := range []string{string(f.HTML), string(f.Fill(mark))} {
		clear(ids)
		checkTags(t, part, ids)
	}
	for _, id := range tree.Anchors() {
		if id != "" && !ids[id] && !isTitle(tree, id) {
			t.Fatalf("anchor %q is not in the HTML", id)
		}
	}
	seen := map[string]bool{}
	for _, id := range tree.Anchors() {
		if seen[id] {
			t.Fatalf("anchor %q twice", id)
		}
		seen[id] = true
	}
	outline := map[string]bool{}
	checkTags(t, string(f.Outline), outline)
	var last markup.Slot // a slot may stand in the one before it, as a title in a title
	for _, s := range f.Slots {
		if s.Start < last.Start || s.End < s.Start || s.End > len(f.HTML) || s.Start < last.End && s.End > last.End {
			t.Fatalf("slot %+v after %+v, of %d", s, last, len(f.HTML))
		}
		if n := len(tree.Refs); !s.Link && s.Index >= n || s.Link && s.Index >= len(tree.Links) || s.Index < 0 {
			t.Fatalf("slot %+v of %d references and %d links", s, n, len(tree.Links))
		}
		if s.End > last.End {
			last = s
		}
	}
}

func isTitle(tree *markup.Tree, id string) bool {
	found := false
	tree.Walk(func(b *markup.Block) { found = found || b.ID == id && b.Role == markup.TitleLine })
	return found
}

func checkTags(t *testing.T, text string, ids map[string]bool) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Fatalf("%v never closed in\n%s", open, text)
			}
			return
		case html.CommentToken, html.DoctypeToken:
			t.Fatalf("a comment in\n%s", text)
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			if !slices.Contains(allowed, tok.Data) {
				t.Fatalf("element %s in\n%s", tok.Data, text)
			}
			if tok.Data == "a" && slices.Contains(open, "a") {
				t.Fatalf("a link in a link:\n%s", text)
			}
			for _, a := range tok.Attr {
				checkAttribute(t, a, ids)
			}
			if !slices.Contains(void, tok.Data) {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			tok := z.Token()
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				t.Fatalf("%v open, then </%s> in\n%s", open, tok.Data, text)
			}
			open = open[:len(open)-1]
		}
	}
}

func checkAttribute(t *testing.T, a html.Attribute, ids map[string]bool) {
	t.Helper()
	switch a.Key {
	case "id":
		if ids[a.Val] {
			t.Fatalf("id %q twice", a.Val)
		}
		ids[a.Val] = true
	case "href", "src":
		v := strings.ToLower(strings.Map(func(r rune) rune {
			if r <= ' ' {
				return -1
			}
			return r
		}, a.Val))
		if scheme, _, ok := strings.Cut(v, ":"); ok && !strings.ContainsAny(scheme, "/?#") && !slices.Contains(schemes, scheme) && !strings.HasPrefix(v, "ref:") && !strings.HasPrefix(v, "link:") {
			t.Fatalf("address %q", a.Val)
		}
		if strings.HasPrefix(v, "//") || a.Key == "src" && strings.Contains(v, "://") || slices.Contains(strings.Split(v, "/"), "..") && strings.HasPrefix(v, "files/") {
			t.Fatalf("address %q", a.Val)
		}
	case "class", "alt", "rel", "scope", "colspan", "rowspan", "tabindex", "loading", "aria-label":
	default:
		t.Fatalf("attribute %s", a.Key)
	}
}

// squeeze drops white space: the HTML may break lines as it likes.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u3000' {
			return -1
		}
		return r
	}, s)
}

func textOf(s string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.WriteString(z.Token().Data)
		}
	}
}

// specials are what Markdown gives a meaning, and what no text file holds.
const specials = "\\`*_{}[]<>()#+-.!|~:=&\"'\x00\r\v\f\ufffd\u0085\u2028\u2029"

func FuzzMarkup(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		o := options(a.Comment)
		f.Add(string(a.Files[0].Data), o.Title, o.Official)
	}
	for _, s := range []string{
		"[^1][^1]\n\n[^1]: 甲", "[[^1]](https://a)\n\n[^1]: 甲", "[甲 <https://a> 乙](b.md)", "[![图](a.png)](b.md)", "![图](<a b.png>)", "[甲](javascript&#58;alert(1))", "[甲](<java\tscript:x>)",
		"<!-- a --> 正文 <!-- b -->", "<scr<script>ipt>", "<a href='x' onclick=y>甲</a>", "![\"><script>](a.png \"\"><script>\")", "| 甲 |\n|---|\n| [乙](b.md) | 丙 |", "> - 第一条 甲\n>   # 乙",
		"第一条 甲\n第二条 乙。\n第三条 丙", "一、甲\n（一）乙。\n1.丙。\n（1）丁。\n①戊。", "附件1\n\n# 甲\n\n第一条 乙\n\n附件2\n\n第一条 丙", "# 甲\n\n[^1]: # 乙\n\n丙[^1]", "《甲《乙》丙》第三条、〔2023〕1号、示府发〔2023〕1号", "```\n《甲》<script>\n```", "**《甲》**第五条", "第一章 甲\n\n第一节 乙\n\n第一条 丙\n\n（一）丁；\n\n1. 戊；\n\n第二章 己",
	} {
		f.Add(s, "", true)
		f.Add(s, "示范市人民政府关于印发甲的通知", true)
		f.Add(s, "", false)
	}
	f.Fuzz(func(t *testing.T, s, title string, official bool) {
		s = strings.ToValidUTF8(s, "")
		tree := markup.NewParser().Parse([]byte(s), markup.Options{File: "a.md", FirstLine: 1, Official: official, Title: strings.ToValidUTF8(title, "")})
		fragment := tree.HTML(2)
		checkHTML(t, tree, fragment)
		lines := strings.Count(s, "\n") + 1
		tree.Walk(func(b *markup.Block) {
			if b.Line < 1 || b.Line > lines {
				t.Fatalf("block of line %d of %d", b.Line, lines)
			}
		})
		checkPlaces(t, tree, strings.Split(s, "\n"))
		if !strings.ContainsAny(s, specials) {
			if got, want := squeeze(textOf(string(fragment.HTML))), squeeze(s); got != want {
				t.Fatalf("text %q, want %q", got, want)
			}
		}
		if got, want := textOf(string(fragment.Fill(mark))), textOf(string(fragment.HTML)); got != want {
			t.Fatalf("text of the filled fragment %q, want %q", got, want)
		}
	})
}

// checkPlaces holds for any text: every place is inside its line.
func checkPlaces(t *testing.T, tree *markup.Tree, lines []string) {
	t.Helper()
	var places []diag.Pos
	for _, x := range tree.Findings {
		places = append(places, x.Pos)
	}
	for _, x := range tree.Links {
		places = append(places, x.At.In("link"))
	}
	for _, x := range tree.Files {
		places = append(places, x.At.In("file"))
	}
	for _, p := range places {
		if p.Col < 1 {
			t.Fatalf("%s has no column", p)
		}
	}
	for _, x := range tree.Refs {
		places = append(places, x.At.In("ref"))
	}
	for _, p := range places {
		if p.Line < 1 || p.Line > len(lines) {
			t.Fatalf("%s of %d lines", p, len(lines))
		}
		if n := utf8.RuneCountInString(lines[p.Line-1]); p.Col > n+1 || p.End > n+1 || p.End != 0 && p.End <= p.Col {
			t.Fatalf("%s-%d in a line of %d", p, p.End, n)
		}
	}
}

func TestFillLeavesUnknownTargetsAsText(t *testing.T) {
	tree := markup.NewParser().Parse([]byte("见《甲》和[乙](b.md)。\n"), markup.Options{Official: true})
	f := tree.HTML(2)
	if got, want := string(f.Fill(func(markup.Slot) string { return "" })), "<p>见《甲》和乙。</p>\n"; got != want {
		t.Errorf("Fill with nothing = %q, want %q", got, want)
	}
	if got, want := string(f.Fill(func(s markup.Slot) string {
		if s.Link {
			return `../"x"&y`
		}
		return ""
	})), "<p>见《甲》和<a class=\"ref\" href=\"../&#34;x&#34;&amp;y\">乙</a>。</p>\n"; got != want {
		t.Errorf("Fill = %q, want %q", got, want)
	}
}

func TestInnerTitle(t *testing.T) {
	for title, want := range map[string]string{
		"示范市人民政府办公室关于印发示范市公共停车场管理办法的通知":   "示范市公共停车场管理办法",
		"示范市人民政府关于印发《示范市停车条例〈试行〉实施办法》的通知": "示范市停车条例〈试行〉实施办法",
		"示范市人民政府办公室转发市教育局关于做好托育工作的意见的通知":  "市教育局关于做好托育工作的意见",
		"示范市人民政府关于公布《甲》的公告":               "甲",
		"示范市人民政府关于加强防汛工作的意见":              "",
		"示范市人民政府关于废止《示范市停车办法》的决定":         "",
		"": "",
	} {
		if got := markup.InnerTitle(title); got != want {
			t.Errorf("InnerTitle(%q) = %q, want %q", title, got, want)
		}
	}
}

func TestNumbered(t *testing.T) {
	for text, want := range map[string]bool{
		"第一条　甲": true, "第十二条之一 甲": true, "第 3 章 甲": true, "一、甲": true, "（一）甲": true, "(一)甲": true, "1.甲": true, "1．甲": true, "2、甲": true, "（1）甲": true, "①甲": true, "㈠甲": true, "　　一、甲": true,
		"1.5万元": false, "2023年": false, "2023.5": false, "一、二级公路": false, "一、二、三等奖": false, "（2023年）": false, "第一": false, "第三方": false, "十八大": false, "100.甲": false, "": false, "（一": false, "甲": false,
	} {
		if got := markup.Numbered(text); got != want {
			t.Errorf("Numbered(%q) = %v, want %v", text, got, want)
		}
	}
}
