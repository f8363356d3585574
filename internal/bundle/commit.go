package bundle

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
)

// Commit returns the commit at which a folder's git repository is, in hexadecimal; ""
// where there is none. It reads the files of git: offices have no git program.
func Commit(dir string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	for {
		if git := gitFolder(filepath.Join(dir, ".git")); git != "" {
			return head(git)
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// gitFolder is the folder of a repository; that of a linked worktree stands in a file.
func gitFolder(name string) string {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return ""
	case info.IsDir():
		return name
	}
	to, ok := strings.CutPrefix(readLine(name), "gitdir: ")
	if !ok {
		return ""
	}
	if !filepath.IsAbs(to) {
		to = filepath.Join(filepath.Dir(name), to)
	}
	return to
}

func head(git string) string {
	line := readLine(filepath.Join(git, "HEAD"))
	ref, symbolic := strings.CutPrefix(line, "ref: ")
	if !symbolic {
		return commitOf(line)
	}
	if !filepath.IsLocal(filepath.FromSlash(ref)) {
		return ""
	}
	folders := []string{git}
	if common := readLine(filepath.Join(git, "commondir")); common != "" {
		if !filepath.IsAbs(common) {
			common = filepath.Join(git, common)
		}
		folders = append(folders, common)
	}
	for _, f := range folders {
		if c := commitOf(readLine(filepath.Join(f, filepath.FromSlash(ref)))); c != "" {
			return c
		}
		if c := packed(filepath.Join(f, "packed-refs"), ref); c != "" {
			return c
		}
	}
	return ""
}

func packed(name, ref string) string {
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if commit, of, _ := strings.Cut(lines.Text(), " "); of == ref {
			return commitOf(commit)
		}
	}
	return ""
}

func commitOf(s string) string {
	if len(s) < 40 || !isHex(s) {
		return ""
	}
	return s
}

func readLine(name string) string {
	b, err := os.ReadFile(name)
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(b), "\n")
	return strings.TrimSpace(line)
}
