package digest_test

import (
	"strings"
	"testing"

	"gongbao/internal/digest"
	"gongbao/internal/markup"
)

// TestWithdrawnHasNothingOfTheText looks for a word of every part of a file in all
// that is stored of what may be used of it.
func TestWithdrawnHasNothingOfTheText(t *testing.T) {
	const word = "鹧鸪琥珀"
	raw := strings.ReplaceAll(`+++
title = "关于某事项的通知"
number = "示府办发〔2023〕77号"
signed = 2023-05-10
summary = "WORD"
keywords = ["WORD"]
tags = ["WORD"]
topics = ["WORD"]
addressees = ["WORD"]
copy_to = ["WORD"]
signer = "WORD"
drafter = "WORD"
contact = "WORD"
attachments = [{ file = "WORD.pdf", title = "WORD" }]
origin = { name = "WORD", url = "https://example.gov.cn/WORD" }
withdrawn = { date = 2024-01-01, reason = "有误" }

[[relations]]
kind = "repeals"
target = "示府办发〔2022〕78号"

[[corrections]]
date = 2023-06-01
what = "WORD"

[[review]]
step = "WORD"
by = "WORD"
on = 2023-05-01
+++

一、WORD工作见[表](WORD.xlsx)和《关于WORD的通知》。

二、WORD，《关于旧事项的通知》（示府办发〔2022〕79号）同时废止。

三、本通知自2023年6月1日起施行。WORD。
`, "WORD", word)
	d, _ := digest.New(markup.NewParser(), "documents/2023/a.md", []byte(raw))
	w := d.Withdrawn()
	if w == nil || w.HasBody || w.Speaks || len(w.Refs()) > 0 || len(w.Links)+len(w.Files)+len(w.Attachments()) > 0 {
		t.Fatalf("of what is withdrawn there is left: %+v", w)
	}
	w.Findings = nil // for the editor, of the file; no output has them
	stored, _ := encode(w, &markup.Fragment{})
	if strings.Contains(string(stored), word) {
		t.Errorf("what may be used of it has a word of the text: %q", stored)
	}
	if full, _ := encode(d, &markup.Fragment{}); !strings.Contains(string(full), word) {
		t.Error("the digest itself has not: the test sees nothing")
	}
	if w.Number != d.Number || w.TextHash != d.TextHash || len(w.Document.Relations) != 1 || w.Reading().Effective.Date.IsZero() {
		t.Errorf("its number, the hash of its text, what it did or its day is lost: %+v", w.Document)
	}
	if again, err := digest.Decode(stored); err != nil || again.Withdrawn() == nil {
		t.Errorf("read back: %v", err)
	}
	other, _ := digest.New(markup.NewParser(), "documents/2023/b.md", []byte("+++\ntitle = \"甲\"\n+++\n\n正文。\n"))
	if other.Withdrawn() != nil {
		t.Error("what is not withdrawn has such a digest, too")
	}
}
