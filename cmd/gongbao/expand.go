package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// passed counts the files of folders that are passed over, by ending in lower
// case without its dot; "" is no ending.
type passed struct {
	endings map[string]int
	links   int // symbolic links: they could leave the folder or loop
}

// expand lists the texts of folders, in order, hidden ones left out, and counts
// the files that are neither texts nor taken by also. A file that is named is taken as it is.
func expand(args []string, also func(name string) bool) ([]string, passed, error) {
	var files []string
	over := passed{endings: map[string]int{}}
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil {
			return nil, over, err
		}
		if !info.IsDir() {
			files = append(files, arg)
			continue
		}
		// With the slash, a link that the user names is entered.
		root := filepath.Clean(arg) + string(filepath.Separator)
		err = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case p == root:
			case strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
			case d.Type()&fs.ModeSymlink != 0:
				over.links++
			case d.IsDir():
			case isText(p), also(p):
				files = append(files, p)
			default:
				over.endings[ending(p)]++
			}
			return nil
		})
		if err != nil {
			return nil, over, err
		}
	}
	return slices.Compact(files), over, nil
}

func ending(name string) string {
	return strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))
}

func isText(name string) bool {
	return slices.Contains([]string{"md", "markdown", "txt", "docx", "docm", "htm", "html", "shtml", "mht", "mhtml", "pdf", "doc", "wps", "wpt", "rtf", "odt", "ofd"}, ending(name))
}

// count is how many files were passed over.
func (p passed) count() int {
	n := p.links
	for _, k := range p.endings {
		n += k
	}
	return n
}

// tell says on stderr what was passed over, one line for each ending.
func (p passed) tell(a *app) {
	if a.Quiet {
		return
	}
	for _, e := range slices.Sorted(maps.Keys(p.endings)) {
		key, n := "import.ending", strconv.Itoa(p.endings[e])
		if e == "" {
			key = "import.no-ending"
		}
		fmt.Fprintln(a.stderr, a.strings.T(key, n, e))
	}
	if p.links > 0 {
		fmt.Fprintln(a.stderr, a.strings.T("import.links", strconv.Itoa(p.links)))
	}
}
