package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// converted are formats that only an installed LibreOffice reads.
var converted = []string{"doc", "wps", "rtf", "odt", "ofd"}

// convertTime is how long LibreOffice may take for one file.
const convertTime = 2 * time.Minute

// A converter turns old formats into docx, one file at a time: LibreOffice does
// not like company. Without it, files stay what they are, and the finding says
// what to do.
type converter struct {
	ctx context.Context
	mu  sync.Mutex
}

// convert returns a file as docx where its format asks for it, else nil.
func (c *converter) convert(format string, raw []byte) []byte {
	if !slices.Contains(converted, format) {
		return nil
	}
	program, err := exec.LookPath("soffice")
	if err != nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	dir, err := os.MkdirTemp("", "gongbao-")
	if err != nil {
		return nil
	}
	defer os.RemoveAll(dir)
	in := filepath.Join(dir, "in."+format)
	if os.WriteFile(in, raw, 0o600) != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(c.ctx, convertTime)
	defer cancel()
	// A profile of its own runs no macros of the user's, and no other instance answers.
	cmd := exec.CommandContext(ctx, program, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--norestore", "--convert-to", "docx", "--outdir", dir, in)
	if cmd.Run() != nil {
		return nil
	}
	if b, err := os.ReadFile(strings.TrimSuffix(in, filepath.Ext(in)) + ".docx"); err == nil {
		return b
	}
	return nil
}
