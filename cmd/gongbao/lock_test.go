package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gongbao/internal/build"
)

// TestABuildSaysWhoWritesTheOutput builds while another run has the output.
func TestABuildSaysWhoWritesTheOutput(t *testing.T) {
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "config.toml"), []byte("[site]\ntitle = \"示范市人民政府公报\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(root, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	gongbao := func(args ...string) (int, string) {
		t.Helper()
		var out bytes.Buffer
		code := run(append([]string{"-C", root}, args...), &out, &out)
		return code, out.String()
	}
	if code, text := gongbao("build"); code != exitDone {
		t.Fatalf("build = %d: %s", code, text)
	}
	release, err := build.Lock(root, filepath.Join(root, "public"))
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"build", "record"} {
		code, text := gongbao(command)
		if pid := strconv.Itoa(os.Getpid()); code != exitFailed || !strings.Contains(text, "另一个 gongbao 正在写") || !strings.Contains(text, pid) {
			t.Errorf("%s = %d, %q, want %d and process %s", command, code, text, exitFailed, pid)
		}
	}
	if code, text := gongbao("check"); code != exitDone {
		t.Errorf("check = %d: %s", code, text)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if code, text := gongbao("build"); code != exitDone {
		t.Errorf("build after the other has ended = %d: %s", code, text)
	}
}
