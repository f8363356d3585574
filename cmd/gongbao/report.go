package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"gongbao/internal/build"
	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

// print writes findings to stderr for people and ends with their count.
func (a *app) print(w io.Writer, findings []diag.Finding, short bool) {
	text := diag.Text{Strings: a.strings, Line: a.sourceLine(), Color: a.colored(w), Short: short}
	for _, f := range findings {
		if f.Severity == diag.Info && !a.Verb || a.Quiet && f.Severity != diag.Error {
			continue
		}
		text.Print(w, f)
	}
	wrong, warnings := diag.Count(findings)
	if wrong+warnings > 0 && !a.Quiet {
		fmt.Fprintln(w, a.strings.T("summary.findings", strconv.Itoa(wrong), strconv.Itoa(warnings)))
	}
}

// sourceLine returns a reader of single lines of the site's files, for
// excerpts, decoded as they were read for the findings. It keeps the last file.
func (a *app) sourceLine() func(string, int) string {
	var name string
	var lines []string
	return func(file string, n int) string {
		if file != name {
			name, lines = file, nil
			if b, err := os.ReadFile(filepath.Join(a.Dir, filepath.FromSlash(file))); err == nil && len(b) < 10<<20 {
				text, _, _ := zh.Decode(b)
				lines = strings.Split(string(text), "\n")
			}
		}
		if n < 1 || n > len(lines) {
			return ""
		}
		return lines[n-1]
	}
}

func (a *app) colored(w io.Writer) bool {
	switch a.Color {
	case "always":
		return true
	case "never":
		return false
	}
	return os.Getenv("NO_COLOR") == "" && isTerminal(w)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// progress shows one line on a terminal, from 250 ms on.
func (a *app) progress() func(stage string, done, total int) {
	if a.Quiet || !isTerminal(a.stderr) {
		return nil
	}
	start, last := time.Now(), time.Time{}
	var mu sync.Mutex
	return func(stage string, done, total int) {
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now(); now.Sub(start) > 250*time.Millisecond && now.Sub(last) > 100*time.Millisecond {
			last = now
			fmt.Fprintf(a.stderr, "\r\x1b[K%s", a.strings.T("progress."+stage, strconv.Itoa(done), strconv.Itoa(total)))
		}
	}
}

func (a *app) clearProgress() {
	if !a.Quiet && isTerminal(a.stderr) {
		fmt.Fprint(a.stderr, "\r\x1b[K")
	}
}

// beijing is the zone in which the day of a build is counted (design §4).
var beijing = time.FixedZone("", 8*60*60)

// asOf reads --as-of; today at UTC+8 without it.
func asOf(flag string) (gazette.Date, error) {
	if flag == "" {
		return gazette.ParseDate(time.Now().In(beijing).Format(time.DateOnly))
	}
	return dateOf("--as-of", flag)
}

// dateOf reads the day that an option names.
func dateOf(option, value string) (gazette.Date, error) {
	d, err := gazette.ParseDate(value)
	if err != nil {
		return d, usageError{"usage.date", []string{option, value}}
	}
	return d, nil
}

// output resolves --output: relative to the site's root.
func (a *app) output(flag string) string {
	if flag == "" || filepath.IsAbs(flag) {
		return flag
	}
	return filepath.Join(a.Dir, flag)
}

// lacks is what a folder would need to be a site; "" where it is one.
func lacks(dir string) string {
	for _, name := range []string{"config.toml", "content"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return name
		}
	}
	return ""
}

// siteError says in the user's language what is not a site, or no place for
// one. It returns nil where there is nothing to say.
func (a *app) siteError(output string) error {
	if name := lacks(a.Dir); name != "" {
		return errors.New(a.strings.T("error.no-site", a.Dir, name))
	}
	if output == "" {
		return nil
	}
	root, err := realPath(a.Dir)
	if err != nil {
		return err
	}
	out, err := realPath(output)
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(root, out)
	if err != nil {
		return nil // another drive
	}
	first, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	if back, err := filepath.Rel(out, root); rel == "." || strings.EqualFold(first, "content") || strings.EqualFold(first, "layouts") ||
		err == nil && filepath.IsLocal(back) {
		return errors.New(a.strings.T("error.output", output))
	}
	return nil
}

// realPath is the absolute path of a folder as it is without symbolic links, as far as
// it is there.
func realPath(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	for rest := ""; ; {
		real, err := filepath.EvalSymlinks(abs)
		up := filepath.Dir(abs)
		if err == nil || up == abs {
			return filepath.Join(cmp.Or(real, abs), rest), nil
		}
		abs, rest = up, filepath.Join(filepath.Base(abs), rest)
	}
}

// config reads config.toml of the site, and what is wrong with it.
func (a *app) config() (config.Config, []diag.Finding, error) {
	b, err := os.ReadFile(filepath.Join(a.Dir, config.Name))
	if err != nil {
		return config.Config{}, nil, err
	}
	c, findings := config.Parse(b)
	return c, findings, nil
}

// explain says in the user's language who is writing the output.
func (a *app) explain(err error) error {
	var locked *build.LockedError
	if !errors.As(err, &locked) {
		return err
	}
	pid, since := "?", "?"
	if locked.PID != 0 {
		pid, since = strconv.Itoa(locked.PID), locked.Since.In(beijing).Format(time.DateTime)
	}
	return errors.New(a.strings.T("error.locked", locked.Output, pid, since))
}

// load reads a site for commands that publish nothing.
func (a *app) load(day string, drafts bool) (*build.Site, error) {
	return a.loadWith(day, build.Options{Drafts: drafts})
}

// loadPrinted is load for commands that say on which page a document stands.
func (a *app) loadPrinted(day string, drafts bool) (*build.Site, error) {
	return a.loadWith(day, build.Options{Drafts: drafts, Folios: true})
}

func (a *app) loadWith(day string, o build.Options) (*build.Site, error) {
	d, err := asOf(day)
	if err != nil {
		return nil, err
	}
	if err := a.siteError(""); err != nil {
		return nil, err
	}
	o.Root, o.AsOf, o.Details, o.Progress = a.Dir, d, true, a.progress()
	s, err := build.Load(a.ctx, o)
	a.clearProgress()
	return s, err
}
