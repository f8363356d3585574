package pdf_test

import (
	"encoding/xml"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"gongbao/internal/press"
	"gongbao/internal/typeset"
)

func TestOutlineIsATree(t *testing.T) {
	set := fontSet(t)
	b, _ := oddBook(t, set)
	for _, b.Purpose = range purposes {
		r := open(t, write(t, b, set))
		if got := r.catalog("PageMode"); got != types.Name("UseOutlines") {
			t.Errorf("PageMode is %v", got)
		}
		root, ok := r.catalog().(types.Dict)["Outlines"].(types.IndirectRef)
		if !ok {
			t.Fatal("no outline")
		}
		var got []string
		r.walk(root, 0, func(level int, d types.Dict) {
			if a, ok := r.get(d, "Dest").(types.Array); !ok || len(a) != 5 || a[1] != types.Name("XYZ") {
				t.Errorf("destination %v", d["Dest"])
			}
			got = append(got, fmt.Sprintf("%d %s %v", level, r.text(d["Title"]), d["Count"]))
		})
		want := []string{
			"0 目录 <nil>", "0 市政府文件 （一） 2", "1 办法𠮷 -2", "2 第一章 -1", "3 第一条 <nil>", "2 第二章 <nil>", "1 规定 <nil>", "0 附录 <nil>",
		}
		if !slices.Equal(got, want) {
			t.Errorf("outline is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if n := r.catalog("Outlines", "Count"); n != types.Integer(5) {
			t.Errorf("%v bookmarks are seen at first, want 5", n)
		}
	}
}

// walk visits what is below an entry of the outline, and checks its pointers.
func (r reader) walk(parent types.IndirectRef, level int, visit func(int, types.Dict)) {
	r.t.Helper()
	d := r.get(parent).(types.Dict)
	var prev any
	for next := d["First"]; next != nil; {
		kid := r.get(next).(types.Dict)
		if kid["Parent"] != parent || any(kid["Prev"]) != prev && !(prev == nil && kid["Prev"] == nil) {
			r.t.Errorf("%s: parent %v, before %v", r.text(kid["Title"]), kid["Parent"], kid["Prev"])
		}
		visit(level, kid)
		if kid["First"] != nil {
			r.walk(next.(types.IndirectRef), level+1, visit)
		}
		prev, next = next, kid["Next"]
	}
	if any(d["Last"]) != prev {
		r.t.Errorf("last is %v, want %v", d["Last"], prev)
	}
}

func TestLinksLeadSomewhere(t *testing.T) {
	set := fontSet(t)
	b, _ := oddBook(t, set)
	r := open(t, write(t, b, set))
	annots, _ := r.get(r.page(4), "Annots").(types.Array)
	if len(annots) != 2 {
		t.Fatalf("%d links, want 2: %v", len(annots), annots)
	}
	for _, a := range annots {
		if r.get(a, "F") != types.Integer(4) || fmt.Sprint(r.get(a, "Border")) != "[0 0 0]" {
			t.Errorf("link %v", r.get(a))
		}
	}
	d, _ := r.get(annots[0], "A", "D").(types.Array)
	kids := r.pages(r.catalog("Pages"))
	if len(d) != 5 || d[0] != kids[1] || fmt.Sprint(d[3]) != "700.16" {
		t.Errorf("internal link leads to %v, want %v at 841.89 - 141.73", d, kids[1])
	}
	if u := r.get(annots[1], "A", "URI"); u != types.StringLiteral(`https://example.cn/%E6%96%87%E4%BB%B6?a=\(1\)`) {
		t.Errorf("address %v", u)
	}
	b.Purpose = press.Print
	if r := open(t, write(t, b, set)); r.page(4)["Annots"] != nil {
		t.Error("links on paper")
	}
}

// pages returns references to all pages.
func (r reader) pages(node types.Object) []types.Object {
	var out []types.Object
	for _, k := range r.get(node, "Kids").(types.Array) {
		if r.get(k, "Type") == types.Name("Pages") {
			out = append(out, r.pages(k)...)
			continue
		}
		out = append(out, k)
	}
	return out
}

func TestLabelsStandInOrder(t *testing.T) {
	set := fontSet(t)
	b, _ := oddBook(t, set)
	r := open(t, write(t, b, set))
	n := r.catalog("PageLabels", "Nums").(types.Array)
	if len(n) != 6 || n[0] != types.Integer(0) || n[2] != types.Integer(2) || n[4] != types.Integer(4) {
		t.Fatalf("labels %v", n)
	}
	if r.get(n[1], "S") != types.Name("r") || r.get(n[3], "S") != types.Name("D") || r.get(n[3], "St") != types.Integer(5) ||
		r.get(n[5], "S") != nil || r.text(r.get(n[5], "P")) != "封底" {
		t.Errorf("labels %v", n)
	}
}

func TestMetadataSaysTheSameTwice(t *testing.T) {
	set := fontSet(t)
	b, _ := oddBook(t, set)
	b.Info.Title = "标题 <&> 𠮷\x00\n二"
	for _, b.Purpose = range purposes {
		r := open(t, write(t, b, set))
		info := r.get(*r.ctx.Info).(types.Dict)
		if got := r.text(info["Title"]); got != "标题 <&> 𠮷  二" {
			t.Errorf("title %q", got)
		}
		if info["CreationDate"] != types.StringLiteral("D:20230630000000+08'00'") {
			t.Errorf("date %v", info["CreationDate"])
		}
		xmp := r.stream(r.catalog().(types.Dict)["Metadata"])
		var any struct{}
		if err := xml.Unmarshal([]byte(xmp), &any); err != nil {
			t.Error(err)
		}
		for _, want := range []string{
			"标题 &lt;&amp;&gt; 𠮷  二<", "<rdf:li>" + b.Info.Author, ">" + b.Info.Subject, "<pdf:Keywords>" + b.Info.Keywords,
			"<xmp:CreateDate>2023-06-30T00:00:00+08:00", "<pdf:Producer>gongbao<",
		} {
			if !strings.Contains(xmp, want) {
				t.Errorf("XMP has no %q", want)
			}
		}
		if got := strings.Contains(xmp, "pdfaid:part"); got != (b.Purpose == press.Archive) {
			t.Errorf("%s: PDF/A is %v", b.Purpose, got)
		}
		if r.catalog("Lang") != types.StringLiteral("zh-CN") || r.catalog("ViewerPreferences", "DisplayDocTitle") != types.Boolean(true) {
			t.Errorf("catalog %v", r.catalog())
		}
		if len(r.ctx.ID) != 2 || r.ctx.ID[0] != r.ctx.ID[1] {
			t.Errorf("ID %v", r.ctx.ID)
		}
	}
}

func TestBoxesOfPrint(t *testing.T) {
	set := fontSet(t)
	b, _ := oddBook(t, set)
	b.Purpose = press.Print
	check := func(box, want string) {
		t.Helper()
		r := open(t, write(t, b, set))
		if got := fmt.Sprint(r.page(1)[box]); got != want {
			t.Errorf("%s is %s, want %s", box, got, want)
		}
	}
	check("MediaBox", "[0 0 595.28 841.89]")
	b.Bleed = typeset.MM(3)
	check("MediaBox", "[0 0 612.28 858.90]")
	check("TrimBox", "[8.50 8.50 603.78 850.39]")
	check("BleedBox", "[0 0 612.28 858.90]")
	b.Crop = true
	check("MediaBox", "[0 0 640.63 887.24]")
	check("TrimBox", "[22.68 22.68 617.95 864.57]")
	check("BleedBox", "[14.17 14.17 626.46 873.07]")
}

// colours finds the operators that set colours.
var colours = regexp.MustCompile(`(?m)^(?:[\d.]+ )+(?:g|G|rg|RG|k|K|sc|scn|cs)$|^/\w+ gs$`)

func TestColoursOfPurposes(t *testing.T) {
	set := fontSet(t)
	b, _ := oddBook(t, set)
	for p, want := range map[press.Purpose]string{
		press.Screen:  "1 .2 .2 rg, 0 g, 1 .2 .2 rg, .6 g, 0 g, 1 g",
		press.Archive: "1 .2 .2 rg, 0 g, 1 .2 .2 rg, .6 g, 0 g, 1 g",
		press.Print: "0 .8 .8 0 k, 0 0 0 1 k, /Over gs, 0 .8 .8 0 k, /Knock gs, 0 0 0 .4 k, " +
			"0 0 0 1 k, /Over gs, 0 0 0 0 k, /Knock gs",
	} {
		b.Purpose = p
		r := open(t, write(t, b, set))
		content := r.stream(r.page(4)["Contents"])
		if got := strings.Join(colours.FindAllString(content, -1), ", "); got != want {
			t.Errorf("%s: %s\nwant %s", p, got, want)
		}
		if got := r.get(r.page(4), "Resources", "ExtGState", "Over", "OPM"); (got == types.Integer(1)) != (p == press.Print) {
			t.Errorf("%s: OPM %v", p, got)
		}
		if got := r.get(r.catalog("OutputIntents", 0), "DestOutputProfile") != nil; got != (p != press.Print) {
			t.Errorf("%s: profile %v", p, got)
		}
	}
}

// shown returns the characters that a page shows, by its fonts' own maps.
func (r reader) shown(page types.Dict) string {
	maps := map[string]map[string]string{}
	for name, f := range r.get(page, "Resources", "Font").(types.Dict) {
		maps[name] = charMap(r.stream(r.get(f).(types.Dict)["ToUnicode"]))
	}
	var out strings.Builder
	content, font := r.stream(page["Contents"]), ""
	for _, m := range regexp.MustCompile(`(?s)/(F\d+) |\(((?:[^()\\]|\\.)*)\)`).FindAllStringSubmatch(content, -1) {
		if m[1] != "" {
			font = m[1]
			continue
		}
		s := regexp.MustCompile(`(?s)\\(.)`).ReplaceAllStringFunc(m[2], func(e string) string {
			return map[string]string{`\r`: "\r"}[e] + strings.TrimPrefix(strings.Replace(e, `\r`, "", 1), `\`)
		})
		for i := 0; i+1 < len(s); i += 2 {
			out.WriteString(maps[font][fmt.Sprintf("%04X", s[i:i+2])])
		}
	}
	return out.String()
}

func charMap(cmap string) map[string]string {
	out := map[string]string{}
	for _, m := range regexp.MustCompile(`<(\w{4})><(\w+)>\n`).FindAllStringSubmatch(cmap, -1) {
		var u []uint16
		for h := m[2]; len(h) >= 4; h = h[4:] {
			n, _ := strconv.ParseUint(h[:4], 16, 16)
			u = append(u, uint16(n))
		}
		out[m[1]] = string(utf16.Decode(u))
	}
	return out
}

func TestEveryCharacterIsShown(t *testing.T) {
	set := fontSet(t)
	b, texts := oddBook(t, set)
	for _, b.Purpose = range purposes {
		r := open(t, write(t, b, set))
		for i, want := range texts {
			if got := r.shown(r.page(i + 1)); got != strings.ReplaceAll(want, "\n", "") {
				t.Errorf("%s: page %d shows\n%s\nwant\n%s", b.Purpose, i+1, got, want)
			}
		}
	}
}

func TestFontsAreDescribed(t *testing.T) {
	set := fontSet(t)
	b, _ := oddBook(t, set)
	b.Purpose = press.Archive
	r := open(t, write(t, b, set))
	fonts := r.get(r.page(1), "Resources", "Font").(types.Dict)
	seen := map[types.Object]bool{}
	for _, name := range slices.Sorted(maps.Keys(fonts)) {
		f := r.get(fonts[name])
		cid := r.get(f, "DescendantFonts", 0)
		base := r.get(f, "BaseFont")
		if !regexp.MustCompile(`^[A-Z]{6}\+\w`).MatchString(string(base.(types.Name))) || seen[base] ||
			r.get(cid, "BaseFont") != base || r.get(cid, "FontDescriptor", "FontName") != base {
			t.Errorf("%s is called %v", name, base)
		}
		seen[base] = true
		if r.get(cid, "CIDToGIDMap") != types.Name("Identity") || r.get(cid, "FontDescriptor", "CIDSet") == nil {
			t.Errorf("%s: %v", name, cid)
		}
		for _, m := range regexp.MustCompile(`(\d+) beginbf`).FindAllStringSubmatch(r.stream(r.get(f).(types.Dict)["ToUnicode"]), -1) {
			if n, _ := strconv.Atoi(m[1]); n == 0 || n > 100 {
				t.Errorf("%s: a block of %d", name, n)
			}
		}
	}
}
