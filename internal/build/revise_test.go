package build

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/catalog"
	"gongbao/internal/corpus"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/source"
)

// An edit changes the text of a file; other is that of another one.
type edit struct {
	name string
	do   func(text, other string, r *rand.Rand) string
}

var (
	titleLine = regexp.MustCompile(`(?m)^title = "(.*)"$`)
	inBody    = regexp.MustCompile(`《([^《》]{4,40})》`)
)

func titleOf(text string) string {
	if m := titleLine.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

func retitle(text, title string) string {
	if title == "" {
		return text
	}
	at := titleLine.FindStringSubmatchIndex(text)
	if at == nil {
		return text
	}
	return text[:at[2]] + title + text[at[3]:]
}

// front gives a key of the front matter a value, or takes it away.
func front(text, key, value string) string {
	line := regexp.MustCompile(`(?m)^` + key + ` = .*\n`)
	if at := line.FindStringIndex(text); at != nil {
		text = text[:at[0]] + text[at[1]:]
	}
	if value == "" {
		return text
	}
	at := titleLine.FindStringIndex(text)
	if at == nil {
		return text
	}
	return text[:at[1]] + "\n" + key + " = " + value + text[at[1]:]
}

// inPlace is front for a key that has a line of its own, which keeps its place.
func inPlace(text, key, value string) string {
	line := regexp.MustCompile(`(?m)^` + key + ` = .*$`)
	if !line.MatchString(text) {
		return front(text, key, value)
	}
	return line.ReplaceAllLiteralString(text, key+" = "+value)
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

func day(r *rand.Rand) string {
	return fmt.Sprintf("%d-%02d-%02d", 2000+r.IntN(30), 1+r.IntN(12), 1+r.IntN(28))
}

// edits are what editors do, and what they should not.
var edits = []edit{
	{"title", func(s, _ string, r *rand.Rand) string {
		return retitle(s, fmt.Sprintf("（修%d）", r.IntN(100))+titleOf(s))
	}},
	{"title of another", func(s, o string, r *rand.Rand) string { return retitle(s, titleOf(o)) }},
	{"mentioned title", func(s, o string, r *rand.Rand) string {
		if found := inBody.FindAllStringSubmatch(o, -1); len(found) > 0 {
			return retitle(s, found[r.IntN(len(found))][1])
		}
		return s
	}},
	{"printing title", func(s, o string, r *rand.Rand) string {
		return retitle(s, "示范市人民政府办公室关于印发《"+strings.Trim(titleOf(o), "《》")+"》的通知")
	}},
	{"words of a title", func(s, _ string, r *rand.Rand) string {
		return retitle(s, pick(r, "示范市东岭新区管理办法", "关于公共停车的通告", "示范市停车条例", "示范市规定（试行）", "示范市办法（征求意见稿）", "示范市人民政府关于公共停车的意见", "中华人民共和国停车法"))
	}},
	{"sorting", func(s, _ string, r *rand.Rand) string {
		return inPlace(s, pick(r, "kind", "form"), pick(r, `"通知"`, `"意见"`, `"通告"`, `"办法"`))
	}},
	{"topic", func(s, _ string, r *rand.Rand) string {
		return inPlace(s, "topics", pick(r, `["综合政务"]`, `["财政金融", "民政事务"]`, "[]", `["自然资源", "城乡建设/停车"]`))
	}},
	{"level", func(s, _ string, r *rand.Rand) string { return front(s, "level", pick(r, `"市"`, `"省"`, "")) }},
	{"days", func(s, _ string, r *rand.Rand) string {
		return inPlace(s, pick(r, "effective", "expires"), day(r))
	}},
	{"term", func(s, _ string, r *rand.Rand) string { return front(s, "valid_for", pick(r, `"5y"`, `"2y"`, "")) }},
	{"contact", func(s, _ string, r *rand.Rand) string { return front(s, "contact", pick(r, `"0000-1234567"`, "")) }},
	{"summary", func(s, _ string, r *rand.Rand) string { return inPlace(s, "summary", pick(r, `"甲。"`, `"乙。"`)) }},
	{"mention", func(s, o string, r *rand.Rand) string { return s + "\n依照《" + titleOf(o) + "》执行。\n" }},
	{"number", func(s, _ string, r *rand.Rand) string {
		return inPlace(s, "number", fmt.Sprintf(`"示府办发〔20%02d〕%d号"`, r.IntN(26), 1+r.IntN(400)))
	}},
	{"signed", func(s, _ string, r *rand.Rand) string { return inPlace(s, "signed", day(r)) }},
	{"class", func(s, _ string, r *rand.Rand) string {
		return inPlace(s, "class", pick(r, `"行政规范性文件"`, `"其他文件"`, `"政府规章"`))
	}},
	{"shelf", func(s, _ string, r *rand.Rand) string { return front(s, "archived", pick(r, "2020-01-01", "")) }},
	{"relation", func(s, o string, r *rand.Rand) string {
		kind := pick(r, "repeals", "amends", "extends", "suspends", "implements", "interprets")
		if !strings.Contains(s, "\n+++\n\n") {
			return s
		}
		return strings.Replace(s, "\n+++\n\n", fmt.Sprintf("\n[[relations]]\nkind = %q\ntarget = %q\nuntil = %s\n+++\n\n", kind, "《"+titleOf(o)+"》", day(r)), 1)
	}},
	{"statement", func(s, o string, r *rand.Rand) string {
		return s + "\n本办法自" + pick(r, "2021年5月1日", "印发之日") + "起施行" + pick(r, "。", "，有效期5年。", "。《"+titleOf(o)+"》同时废止。") + "\n"
	}},
}

// TestRevisedEqualsResolved edits files at random and compares, after each edit,
// what Revise made of the catalog with what Resolve makes of the digests.
func TestRevisedEqualsResolved(t *testing.T) {
	made := t.TempDir()
	if _, err := corpus.Write(made, corpus.Options{Seed: 11, Documents: 120}); err != nil {
		t.Fatal(err)
	}
	columns := "[[column]]\nname = \"土地\"\ncode = \"td\"\ntopics = [\"自然资源\"]\n\n[[column]]\nname = \"意见\"\ncode = \"yj\"\nkinds = [\"意见\"]\n\n[[column]]\nname = \"全部\"\ncode = \"qb\"\n"
	writeFile(t, filepath.Join(made, "content/data/columns.toml"), columns)
	plain := t.TempDir() // the sample without a directory, which asks for everything
	if err := os.CopyFS(plain, os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	if err := os.Rename(plain, filepath.Join(root, "content")); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile("../../config.toml"); err != nil {
		t.Fatal(err)
	} else {
		writeFile(t, filepath.Join(root, "config.toml"), string(b))
	}
	if err := os.Remove(filepath.Join(root, "content/data/items.toml")); err != nil {
		t.Fatal(err)
	}
	steps := 150
	if testing.Short() || underRace {
		steps = 30
	}
	taken := map[string]int{}
	for i, root := range []string{made, "../..", root} {
		for _, drafts := range []bool{false, true} {
			reviseAtRandom(t, root, drafts, steps, rand.New(rand.NewPCG(uint64(i), 7)), taken)
			if t.Failed() {
				return
			}
		}
	}
	t.Log(taken)
	for _, name := range []string{"title", "title of another", "mentioned title", "printing title", "words of a title", "sorting", "topic", "level", "days", "term", "contact", "summary", "mention", "statement"} {
		if taken[name] == 0 {
			t.Errorf("no change of %s was taken up without Resolve", name)
		}
	}
}

func reviseAtRandom(t *testing.T, root string, drafts bool, steps int, r *rand.Rand, taken map[string]int) {
	t.Helper()
	s, err := Load(t.Context(), Options{Root: root, AsOf: benchDay, Details: true, Drafts: drafts, NoCache: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	in := s.input()
	in.Digests = slices.Clone(in.Digests)
	texts := map[string]string{}
	var paths []string
	for _, d := range in.Digests {
		if source.TypeOf(d.Path) == "" {
			continue
		}
		b, err := os.ReadFile(filepath.Join(root, "content", filepath.FromSlash(d.Path)))
		if err != nil {
			t.Fatal(err)
		}
		texts[d.Path], paths = string(b), append(paths, d.Path)
	}
	parser := markup.NewParser()
	first := maps.Clone(texts)
	c := catalog.Resolve(in)
	was := describe(c)
	revise := func(what, path, text string) {
		d, _ := digest.New(parser, path, []byte(text))
		at := slices.IndexFunc(in.Digests, func(d *digest.Digest) bool { return d.Path == path })
		in.Digests[at], texts[path] = d, text
		done := c.Revise(d)
		got := describe(c)
		if !done {
			if line := differs(got, was); line != "" {
				t.Fatalf("%s of %s was refused, and has changed the catalog:\n%s", what, path, line)
			}
			c = catalog.Resolve(in)
			was = describe(c)
			return
		}
		taken[what]++
		was = describe(catalog.Resolve(in))
		if line := differs(got, was); line != "" {
			t.Fatalf("%s of %s:\n%s", what, path, line)
		}
	}
	for range steps {
		path, from := paths[r.IntN(len(paths))], paths[r.IntN(len(paths))]
		e := edits[r.IntN(len(edits))]
		switch n := r.IntN(10); {
		case n == 0: // as it was
			revise("back", path, first[path])
		case n == 1 && path != from:
			a, b := texts[path], texts[from]
			revise("swap", path, retitle(a, titleOf(b)))
			revise("swap", from, retitle(b, titleOf(a)))
		default:
			revise(e.name, path, e.do(texts[path], texts[from], r))
		}
	}
}

// describe writes all that is in a catalog, also what nobody but the catalog
// sees, a line for every entry, list and so on.
func describe(c *catalog.Catalog) []string {
	var out []string
	v := reflect.ValueOf(c).Elem()
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		f := v.Field(i)
		switch name {
		case "asked", "asker", "unpack", "sorting", "searchable", "Config", "Data", "Ledger":
			continue // who asked may be more than who would ask anew
		case "Findings":
			f = reflect.ValueOf(diag.Sort(slices.Clone(c.Findings)))
		case "Entries":
			for _, e := range c.Entries {
				out = append(out, "entry "+e.Path+": "+fields(reflect.ValueOf(e).Elem()))
			}
			continue
		case "byPath", "byID", "addresses", "byNumber", "byTitle", "byShort":
			out = append(out, tableOf(name, f)...)
			continue
		}
		if f.Kind() == reflect.Slice {
			out = append(out, fmt.Sprint(name, " ", f.Len()))
			for j := range f.Len() {
				x := f.Index(j)
				if x.Kind() == reflect.Pointer && x.Type() != reflect.TypeFor[*catalog.Entry]() && x.Type() != reflect.TypeFor[*digest.Digest]() {
					x = x.Elem()
				}
				out = append(out, fmt.Sprint(name, " ", j, " ", value(x)))
			}
			continue
		}
		out = append(out, name+" "+value(f))
	}
	return out
}

// tableOf are the rows of a table that stand for something.
func tableOf(name string, t reflect.Value) []string {
	var out []string
	rows := t.Elem().FieldByName("rows")
	for i := range rows.Len() {
		row := rows.Index(i)
		if v := value(row.Field(1)); v != "[]" && v != "nil" {
			out = append(out, name+" "+row.Field(0).String()+" "+v)
		}
	}
	slices.Sort(out)
	return out
}

func fields(v reflect.Value) string {
	var b strings.Builder
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; name != "cited" { // room for CitedBy
			fmt.Fprintf(&b, "%s=%s ", name, value(v.Field(i)))
		}
	}
	return b.String()
}

// value writes a value. What is listed elsewhere is named only.
func value(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return "nil"
		}
		switch v.Type() {
		case reflect.TypeFor[*catalog.Entry]():
			return v.Elem().FieldByName("Digest").Elem().FieldByName("Path").String()
		case reflect.TypeFor[*catalog.List]():
			return v.Elem().FieldByName("Address").String()
		}
		if strings.HasPrefix(v.Type().String(), "*catalog.") { // items, projects and what belongs to them
			return fields(v.Elem())
		}
		return fmt.Sprintf("%x", v.Pointer()) // both catalogs are made of the same
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = value(v.Index(i))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case reflect.Array:
		return fmt.Sprint(v)
	case reflect.Map:
		var parts []string
		for _, k := range v.MapKeys() {
			parts = append(parts, value(k)+":"+value(v.MapIndex(k)))
		}
		slices.Sort(parts)
		return "{" + strings.Join(parts, " ") + "}"
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[gazette.Date]() {
			return fmt.Sprint(v)
		}
		return "{" + fields(v) + "}"
	case reflect.String:
		return fmt.Sprintf("%q", v.String())
	case reflect.Interface, reflect.Func:
		return ""
	}
	return fmt.Sprint(v)
}

// differs is the first place in which two descriptions differ, "" for none.
func differs(got, want []string) string {
	for i := range max(len(got), len(want)) {
		a, b := "", ""
		if i < len(got) {
			a = got[i]
		}
		if i < len(want) {
			b = want[i]
		}
		if a != b {
			return "got  " + a + "\nwant " + b
		}
	}
	return ""
}
