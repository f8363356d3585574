package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// TestExcerptIsDecoded checks that the line under a finding is the text that
// was read, whatever the file's encoding and line ends are.
func TestExcerptIsDecoded(t *testing.T) {
	text := "+++\r\ntitle = \"示范市甲文件\"\r\nnumbr = \"示府发〔2023〕1号\"\r\ndisclosure = \"主动公开\"\r\n+++\r\n正文一段。\r\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	wide := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(text)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	for name, raw := range map[string][]byte{
		"UTF-8": []byte(text), "BOM": append([]byte("\xef\xbb\xbf"), text...), "GB18030": gb, "UTF-16": wide,
		"CR": bytes.ReplaceAll([]byte(text), []byte("\r\n"), []byte("\r")),
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			for file, data := range map[string][]byte{"config.toml": []byte("[site]\ntitle = \"示范市人民政府公报\"\n"), "content/documents/a.md": raw} {
				if err := os.MkdirAll(filepath.Dir(filepath.Join(root, file)), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(root, file), data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			var out, errs bytes.Buffer
			run([]string{"-C", root, "check"}, &out, &errs)
			if want := "\n  numbr = \"示府发〔2023〕1号\"\n  ^^^^^\n"; !strings.Contains(out.String(), want) {
				t.Errorf("check prints\n%s\nwithout %q\n%s", out.String(), want, errs.String())
			}
		})
	}
}
