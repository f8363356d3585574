package build

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/catalog"
	"gongbao/internal/corpus"
	"gongbao/internal/digest"
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
		return retitle(s, pick(r, "示范市东岭新区管理办法", "关于公共停车的通告", "示范市停车条例", "示范市规定（试行）", "示范市办法（征求意见稿）", "西岭市人民政府关于停车的通知", "示范市人民政府关于公共停车的意见", "中华人民共和国停车法"))
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

// tie lets a document do something to another one, be a later text of it, or have
// been elsewhere.
func tie(text, to string, r *rand.Rand) string {
	if !strings.Contains(text, "\n+++\n\n") || !strings.HasPrefix(to, "documents/") {
		return text
	}
	switch r.IntN(10) {
	case 0:
		return front(text, "number", "") // its address comes from its title
	case 1: // its day comes from whatever there is
		return front(front(front(text, "signed", ""), "published", ""), "effective", "2021-05-01")
	case 2:
		return inPlace(text, "number", `"示府办发〔2021〕1号"`)
	case 3, 4:
		return front(text, "version_of", fmt.Sprintf("%q", to))
	case 5:
		return front(text, "aliases", fmt.Sprintf("[\"/old/%d\"]", r.IntN(1000)))
	}
	kind := pick(r, "repeals", "amends", "extends", "suspends", "suspends", "implements")
	return strings.Replace(text, "\n+++\n\n", fmt.Sprintf("\n[[relations]]\nkind = %q\ntarget = %q\nuntil = 2030-01-01\n+++\n\n", kind, to), 1)
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
	steps := 120
	if testing.Short() || underRace {
		steps = 20
	}
	taken := map[string]int{}
	for i, root := range []string{made, "../..", root} {
		for j, drafts := range []bool{false, true} {
			reviseAtRandom(t, root, drafts, steps, rand.New(rand.NewPCG(uint64(i), uint64(j))), taken)
			if t.Failed() {
				return
			}
		}
	}
	t.Log(taken)
	for _, name := range []string{"title", "mentioned title", "swap", "topic", "days", "summary", "mention"} {
		if taken[name] == 0 && steps > 100 {
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
	for i, d := range in.Digests { // tied to each other, by names that are no titles
		if text := texts[d.Path]; strings.HasPrefix(d.Path, "documents/") && i%2 == 0 {
			texts[d.Path] = tie(text, paths[r.IntN(len(paths))], r)
			in.Digests[i], _ = digest.New(parser, d.Path, []byte(texts[d.Path]))
		}
	}
	first := maps.Clone(texts)
	documents := slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return !strings.HasPrefix(p, "documents/") })
	c := catalog.Resolve(in)
	was := describe(c)
	revise := func(what, path, text string) {
		d, _ := digest.New(parser, path, []byte(text))
		at := slices.IndexFunc(in.Digests, func(d *digest.Digest) bool { return d.Path == path })
		same := d.SameButText(in.Digests[at])
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
		if !same {
			taken[what]++
		}
		was = describe(catalog.Resolve(in))
		if line := differs(got, was); line != "" {
			t.Fatalf("%s of %s:\n%s", what, path, line)
		}
	}
	for range steps {
		path, from := paths[r.IntN(len(paths))], paths[r.IntN(len(paths))]
		e := edits[r.IntN(len(edits))]
		switch n := r.IntN(10); {
		case n == 2: // what happens most often is tried most
			e = edits[slices.IndexFunc(edits, func(e edit) bool { return e.name == "days" })]
			path = documents[r.IntN(len(documents))]
			revise(e.name, path, e.do(texts[path], texts[from], r))
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
