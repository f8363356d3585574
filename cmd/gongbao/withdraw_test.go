package main

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/sheet"
)

// Words that stand nowhere but in one part of the document that is withdrawn.
const (
	inTitle      = "柑橘雪豹"
	inText       = "鹧鸪琥珀"
	inSummary    = "玳瑁藜麦"
	inKeyword    = "蓝鲸苔藓"
	inCorrection = "鲸须桔梗"
	inFile       = "鲥鱼瓦楞"
	inFileName   = "海胆名册"
)

var secrets = []string{inText, inSummary, inKeyword, inCorrection, inFile, inFileName}

const withdrawnNumber = "示府办发〔2023〕77号"

// withdrawnSite is the sample with a document that stands in everything: printed
// in a sealed issue, explained, cited, with two texts and an attachment, ending
// another document with a sentence that is quoted there.
func withdrawnSite(t *testing.T) (root string) {
	t.Helper()
	root = t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	config, err := os.ReadFile("../../config.toml")
	if err != nil {
		t.Fatal(err)
	}
	list, err := sheet.XLSX(sheet.Table{Rows: [][]string{{"姓名"}, {inFile}}})
	if err != nil {
		t.Fatal(err)
	}
	front := `+++
title = "示范市人民政府办公室关于` + inTitle + `试验事项的通知"
number = "` + withdrawnNumber + `"
class = "行政规范性文件"
issuers = ["示范市人民政府办公室"]
signed = 2023-05-10
published = 2023-05-12
disclosure = "主动公开"
topics = ["综合政务/应急管理"]
summary = "` + inSummary + `摘要"
keywords = ["` + inKeyword + `"]
`
	body := "\n各有关单位：\n\n一、" + inText + "工作由市应急管理局负责，年内完成。\n\n二、" + inText + "工作由各单位承担，《示范市松塔存放办法》（示府办发〔2022〕78号）同时废止。\n\n" +
		"三、《示范市核桃存放办法》（示府办发〔2022〕79号）同时废止。\n\n四、本通知自2023年6月1日起施行。\n\n示范市人民政府办公室\n\n2023年5月10日\n"
	relation := "\n[[relations]]\nkind = \"repeals\"\ntarget = \"示府办发〔2022〕78号\"\n"
	old := func(name, number string) string {
		return "+++\ntitle = \"示范市" + name + "存放办法\"\nnumber = \"" + number + "\"\nclass = \"行政规范性文件\"\nissuers = [\"示范市人民政府办公室\"]\nsigned = 2022-03-01\npublished = 2022-03-02\n" +
			"disclosure = \"主动公开\"\n+++\n\n第一条　" + name + "存放在库房。\n\n第二条　本办法自2022年4月1日起施行，有效期五年。\n"
	}
	for name, text := range map[string]string{
		"config.toml": strings.Replace(string(config), `documents = "normative"`, `documents = "all"`, 1),
		"content/documents/2023/marke/index.md": front + "attachments = [{ file = \"" + inFileName + ".xlsx\", title = \"" + inFileName + "\" }, { file = \"名单.csv\" }]\n\n" +
			"[[corrections]]\ndate = 2023-05-20\nwhat = \"" + inCorrection + "有误\"\n" + relation + "+++\n" + body,
		"content/documents/2023/marke/" + inFileName + ".xlsx": string(list),
		"content/documents/2023/marke/名单.csv":                  "姓名\n" + inFile + "\n",
		"content/documents/2024/marke.md": strings.Replace(front, "signed = 2023-05-10\npublished = 2023-05-12", "signed = 2024-05-10\npublished = 2024-05-12\nversion_of = \"documents/2023/marke/index.md\"", 1) +
			relation + "+++\n" + strings.Replace(body, "年内完成", "明年完成", 1),
		"content/documents/2022/songta.md":  old("松塔", "示府办发〔2022〕78号"),
		"content/documents/2022/hetao.md":   old("核桃", "示府办发〔2022〕79号"),
		"content/documents/2024/yinyong.md": "+++\ntitle = \"示范市应急管理局关于落实有关工作的函\"\nnumber = \"示应急函〔2024〕99号\"\nclass = \"其他文件\"\nissuers = [\"示范市应急管理局\"]\nsigned = 2024-06-01\npublished = 2024-06-02\ndisclosure = \"主动公开\"\n+++\n\n请按" + withdrawnNumber + "的要求办理，并于月底前报送情况。\n",
		"content/interpretations/marke.md":  "+++\ntitle = \"有关工作图解\"\nabout = [\"" + withdrawnNumber + "\"]\nforms = [\"文字\"]\npublished = 2023-05-13\n+++\n\n这项工作分两步走，先试点，后推开。\n",
		"content/issues/2023-02.md":         "+++\nyear = 2023\nno = 2\nrunning = 99\ndate = 2023-12-29\nsections = [{ title = \"市政府办公室文件\", documents = [\"documents/2023/marke/index.md\", \"示府办发〔2022〕78号\"] }]\n+++\n",
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	series := filepath.Join(root, "content", "data", "series.toml")
	b, err := os.ReadFile(series)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(series, append(b, "\n[[series]]\nname = \"示应急函\"\ncode = \"syjh\"\nissuer = \"示范市应急管理局\"\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	return root
}

// does runs the command, which must end well, and returns what it says.
func does(t *testing.T, root string, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(append([]string{"-C", root}, args...), &out, &errs); code != exitDone {
		t.Fatalf("%v = %d\n%s%s", args, code, out.String(), errs.String())
	}
	return out.String(), errs.String()
}

func TestWithdrawnDocumentLeavesNothing(t *testing.T) {
	need(t, "pdftotext")
	root := withdrawnSite(t)
	public := filepath.Join(root, "public")
	const address = "documents/sfbf/2023/77/"
	build := []string{"-q", "build", "--as-of", "2026-11-25"}
	does(t, root, build...)
	does(t, root, "-q", "record")
	does(t, root, "issue", "seal", "2023-02", "--pdf", filepath.Join(t.TempDir(), "2023-02.pdf"), "--as-of", "2026-11-25")
	does(t, root, build...)
	lock, err := os.ReadFile(filepath.Join(root, "content", "issues", "2023-02.lock.toml"))
	if err != nil {
		t.Fatal(err)
	}
	before := where(t, public, append(secrets, inTitle)...)
	for _, w := range append(secrets, inTitle) {
		if len(before[w]) == 0 {
			t.Errorf("%s can be read nowhere before the withdrawal: the test sees nothing", w)
		}
	}
	for _, name := range []string{"index.html", "index.json", "index.md", "index.txt", "index.akn.xml", "document.pdf"} {
		if !slices.Contains(before[inText], address+name) {
			t.Errorf("%s is not read in %s before the withdrawal", inText, name)
		}
	}
	for _, name := range []string{"issues/2023/02/issue.pdf", "issues/2023/02/issue.epub", "documents/sfbf/2022/78/index.html"} {
		if !slices.Contains(before[inText], name) {
			t.Errorf("%s is not read in %s before the withdrawal", inText, name)
		}
	}
	if got := hits(t, public, inText); !slices.Contains(got, address) {
		t.Fatalf("the search finds %v", got)
	}

	keep := t.TempDir()
	if err := os.CopyFS(keep, os.DirFS(filepath.Join(root, "content"))); err != nil {
		t.Fatal(err)
	}
	out, said := does(t, root, "withdraw", withdrawnNumber, "--reason", "公开范围有误", "--as-of", "2026-11-26")
	for _, want := range []string{"content/documents/2024/yinyong.md", "content/interpretations/marke.md", "content/issues/2023-02.md", "content/issues/2023-02.lock.toml",
		"content/documents/2023/marke/index.md", "content/documents/2024/marke.md", "content/documents/2023/marke/" + inFileName + ".xlsx", "content/data/ledger/2026.ndjson"} {
		if !strings.Contains(out, want) {
			t.Errorf("the command does not name %s:\n%s", want, out)
		}
	}
	if strings.Contains(out+said, inText) {
		t.Errorf("the command repeats what must not be seen:\n%s%s", out, said)
	}
	for _, w := range secrets {
		if got := where(t, filepath.Join(root, "content"), w); len(got) > 0 && w != inFileName { // the ledger keeps the name of what was published
			t.Errorf("content/ still has %v", got)
		}
		if got := where(t, filepath.Join(root, ".gongbao"), w); len(got) > 0 && w != inFileName { // the manifest knows what it must delete
			t.Errorf(".gongbao/ still has %v", got)
		}
	}
	build[3] = "2026-11-26"
	does(t, root, build...)
	after := where(t, public, append(secrets, inTitle)...)
	for _, w := range secrets {
		if len(after[w]) > 0 {
			t.Errorf("%s can still be read in %v", w, after[w])
		}
	}
	for _, name := range after[inTitle] {
		if !slices.ContainsFunc([]string{address + "index.html", address + "2023-05-10/index.html", address + "2024-05-10/index.html", "issues/2023/02/", "data/issues.ndjson"}, func(allowed string) bool { return strings.HasPrefix(name, allowed) }) {
			t.Errorf("the title stands in %s", name)
		}
	}
	for _, typed := range []string{inText, inTitle, inSummary} {
		if got := hits(t, public, typed); len(got) > 0 {
			t.Errorf("the search finds %v for %s", got, typed)
		}
	}
	if got := hits(t, public, withdrawnNumber); !slices.Contains(got, address) {
		t.Errorf("its number leads to %v", got)
	}
	names := map[string]bool{}
	if err := fs.WalkDir(os.DirFS(filepath.Join(public, filepath.FromSlash(address))), ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names[p] = true
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(slices.Sorted(maps.Keys(names)), " "); got != "2023-05-10/index.html 2024-05-10/index.html atom.xml index.html" {
		t.Errorf("at its address stand %s", got)
	}
	if now, err := os.ReadFile(filepath.Join(root, "content", "issues", "2023-02.lock.toml")); err != nil || !bytes.Equal(now, lock) {
		t.Errorf("the lock of the issue changed: %v", err)
	}
	page, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(address), "index.html"))
	if err != nil || !strings.Contains(string(page), "公开范围有误") || !strings.Contains(string(page), "2026-11-26") {
		t.Errorf("the page does not say why and when: %v", err)
	}
	for _, no := range []string{"78", "79"} {
		page, err := os.ReadFile(filepath.Join(public, "documents/sfbf/2022", no, "index.html"))
		if err != nil || !strings.Contains(string(page), "已废止") || !strings.Contains(string(page), "2023-06-01") {
			t.Errorf("what it repealed, %s, is in force again: %v", no, err)
		}
	}

	// From nothing, the site is the same; what is recorded is what followed for others.
	does(t, root, append(build, "--no-cache", "--output", "other")...)
	if diff := exec.Command("diff", "-rq", public, filepath.Join(root, "other")); diff.Run() != nil {
		b, _ := exec.Command("diff", "-rq", public, filepath.Join(root, "other")).CombinedOutput()
		t.Errorf("a clean build makes another site:\n%s", b)
	}
	if err := os.RemoveAll(filepath.Join(root, "other")); err != nil {
		t.Fatal(err)
	}
	does(t, root, "record", "--as-of", "2026-11-26")
	if records, err := os.ReadFile(filepath.Join(root, "content/data/ledger/2026.ndjson")); err != nil || bytes.Count(records, []byte(`"event":"withdrawn"`)) != 3 { // one is the sample's own
		t.Errorf("the withdrawals are not on record once each: %v\n%s", err, records)
	}
	if _, said := does(t, root, "withdraw", withdrawnNumber, "--reason", "公开范围有误", "--as-of", "2026-11-26"); !strings.Contains(said, "没有要做的事") {
		t.Errorf("a second time it says %s", said)
	}

	// What comes back is published again, at the same address.
	for _, name := range []string{"documents/2023/marke", "documents/2024"} {
		dir := filepath.Join(root, "content", filepath.FromSlash(name))
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(dir, os.DirFS(filepath.Join(keep, filepath.FromSlash(name)))); err != nil {
			t.Fatal(err)
		}
	}
	build[3] = "2026-11-27"
	does(t, root, build...)
	does(t, root, "record", "--as-of", "2026-11-27")
	records, err := os.ReadFile(filepath.Join(root, "content/data/ledger/2026.ndjson"))
	if err != nil || strings.Count(string(records), `"event":"republished"`) < 2 {
		t.Errorf("it did not come back: %v\n%s", err, records)
	}
	if got := where(t, public, inText); !slices.Contains(got[inText], address+"index.html") {
		t.Errorf("the text is not back: %v", got)
	}

	// By hand, with the text left in content/, the site shows as little: also where
	// only that text changes, which is the quick way of a build.
	for _, edit := range []func(string) string{
		func(text string) string {
			return strings.Replace(text, "+++\n", "+++\nwithdrawn = { date = 2026-11-27, reason = \"公开范围有误\" }\n", 1)
		},
		func(text string) string { return text + "\n" + inText + "又一段。\n" },
	} {
		for _, name := range []string{"documents/2023/marke/index.md", "documents/2024/marke.md"} {
			file := filepath.Join(root, "content", filepath.FromSlash(name))
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(edit(string(b))), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		does(t, root, build...)
		for w, files := range where(t, public, secrets...) {
			t.Errorf("withdrawn by hand, %s can be read in %v", w, files)
		}
		if got := hits(t, public, inText); len(got) > 0 {
			t.Errorf("withdrawn by hand, the search finds %v", got)
		}
	}
}
