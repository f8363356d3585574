package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/importer"
)

func fileSum(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// TestSeedIsReadAsItIs checks what import recovers from the first real
// document: number, issuer, addressees, twenty headings as written, disclosure,
// three cited numbers, whole sentences, and no signing date, since it has none.
func TestSeedIsReadAsItIs(t *testing.T) {
	files, _ := filepath.Glob(corpusDir + "/seed/*.txt")
	if len(files) == 0 {
		t.Skip("skipped: the shared corpus is not beside the repository")
	}
	var out, errs bytes.Buffer
	if code := run([]string{"import", "--dry-run", "--format", "json", files[0]}, &out, &errs); code != exitDone {
		t.Fatalf("import = %d: %s", code, errs.String())
	}
	var o importer.Object
	if err := json.Unmarshal(out.Bytes(), &o); err != nil {
		t.Fatal(err)
	}
	check := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s = %q, want %q", what, got, want)
		}
	}
	check("title", *o.Title, "内江市人民政府办公室关于印发2023年全市政务公开工作要点的通知")
	check("number", *o.Number, "内府办函〔2023〕36号")
	check("issuers", strings.Join(o.Issuers, "|"), "内江市人民政府办公室")
	check("disclosure", *o.Disclosure, "主动公开")
	check("kind", *o.Kind, "通知")
	check("form", *o.Form, "要点")
	check("addressees", strings.Join(o.Addressees, "|"), "各县（市、区）人民政府|内江新区、内江经开区、内江高新区管委会|市政府各部门|各有关单位")
	if o.Signed != nil {
		t.Errorf("signed = %q, want none: the text has no date", *o.Signed)
	}
	var numbers []string
	for _, c := range o.Cites {
		if c.Number != nil && !slices.Contains(numbers, *c.Number) {
			numbers = append(numbers, *c.Number)
		}
	}
	check("cited numbers", strings.Join(numbers, " "), "川办函〔2021〕57号 国办发〔2019〕54号 川办函〔2022〕89号")
	var headings []string
	for line := range strings.Lines(*o.Markdown) {
		for _, open := range []string{"（", "("} {
			if strings.HasPrefix(line, open) {
				end := strings.IndexAny(line, "）)")
				headings = append(headings, line[:end+1])
			}
		}
	}
	for i, h := range headings {
		headings[i] = strings.TrimSuffix(h, "\xef")
	}
	if len(headings) != 20 {
		t.Errorf("%d headings: %q, want 20", len(headings), headings)
	}
	for _, whole := range []string{"加强重大传染病防控、改善群众就医体验", "依法公开滥用行政权力排除、限制竞争执法案件。", "摸清申请人的真实诉求", "健全政府信息公开专栏内容保障机制，重点保障教育"} {
		if !strings.Contains(*o.Markdown, whole) {
			t.Errorf("broken line: %q is not whole", whole)
		}
	}
}
