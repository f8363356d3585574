package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gongbao/internal/build"
)

// searchSite is a site with three documents, of which two hold 停车.
func searchSite(t *testing.T) (root string, search func() (int, string, string)) {
	t.Helper()
	root = t.TempDir()
	for name, text := range map[string]string{
		"config.toml":            "[site]\ntitle = \"示范市人民政府公报\"\n",
		"content/documents/a.md": "+++\ntitle = \"甲\"\nsigned = 2023-01-01\ndisclosure = \"主动公开\"\n+++\n规范停车。\n",
		"content/documents/b.md": "+++\ntitle = \"乙\"\nsigned = 2022-01-01\ndisclosure = \"主动公开\"\n+++\n停车收费。\n",
		"content/documents/c.md": "+++\ntitle = \"丙\"\nsigned = 2021-01-01\ndisclosure = \"主动公开\"\n+++\n停。车辆。\n",
	} {
		name = filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root, func() (int, string, string) {
		var out, errs bytes.Buffer
		code := run([]string{"-C", root, "search", "停车", "--format", "json"}, &out, &errs)
		return code, out.String(), errs.String()
	}
}

// TestSearchesAtOnceGiveOneAnswer begins several searches, none of which finds an
// index.
func TestSearchesAtOnceGiveOneAnswer(t *testing.T) {
	root, search := searchSite(t)
	_, want, _ := search()
	if !strings.Contains(want, `"total":3`) {
		t.Fatalf("search = %s", want)
	}
	for range 3 {
		if err := os.RemoveAll(filepath.Join(root, ".gongbao", "index")); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				if code, got, errs := search(); code != exitDone || got != want || errs != "" {
					t.Errorf("search = %d, %s%s, want %s", code, got, errs, want)
				}
			})
		}
		all.Wait()
	}
}

func TestASearchWaitsForAnotherThatHasTheIndex(t *testing.T) {
	root, search := searchSite(t)
	_, want, _ := search()
	release, err := build.Lock(root, filepath.Join(root, ".gongbao", "index"))
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan string)
	go func() {
		_, got, _ := search()
		done <- got
	}()
	select {
	case got := <-done:
		t.Errorf("search has not waited: %s", got)
	default:
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if got := <-done; got != want {
		t.Errorf("search = %s, want %s", got, want)
	}
}

// TestASearchNeedsNoIndex makes it impossible to have one.
func TestASearchNeedsNoIndex(t *testing.T) {
	root, search := searchSite(t)
	_, want, _ := search()
	locks, err := filepath.Glob(filepath.Join(root, ".gongbao", "lock-*"))
	if err != nil || len(locks) != 1 {
		t.Fatal(locks, err)
	}
	if err := os.Remove(locks[0]); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(locks[0], 0o755); err != nil {
		t.Fatal(err)
	}
	code, got, errs := search()
	if code != exitDone || got != want || !strings.Contains(errs, "索引暂时不能用，这次逐篇查找") {
		t.Errorf("search = %d, %s, %s", code, got, errs)
	}
}
