// Package internal_test checks the shape of the program: which package may
// import which, where third-party code lives, and what nothing may do below
// build (design §5).
package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors are the packages of design §5, from the ground. A package may import
// packages of lower floors only, never one of its own.
var floors = [][]string{
	0:  {"internal/diag", "internal/zh", "internal/gram", "internal/lock", "internal/stencil", "layouts"},
	1:  {"internal/gazette", "internal/toml", "internal/sheet", "internal/pinyin", "internal/qr", "internal/sqlite", "internal/chart"},
	2:  {"internal/config", "internal/markup", "internal/extract", "internal/query", "internal/calendar"},
	3:  {"internal/source", "internal/ledger", "internal/effect", "internal/compare", "internal/font", "internal/scan"},
	4:  {"internal/digest", "internal/typeset", "internal/requests"},
	5:  {"internal/catalog"},
	6:  {"internal/duty", "internal/complete", "internal/cleanup", "internal/render", "internal/docx", "internal/search", "internal/press"},
	7:  {"internal/check", "internal/stats", "internal/render/html", "internal/render/feed", "internal/render/akn", "internal/render/dataset", "internal/render/epub", "internal/render/data", "internal/render/export", "internal/render/share", "internal/render/pdf", "internal/render/pwa", "internal/render/synopsis", "internal/render/search", "internal/audit", "internal/publish", "internal/memo", "internal/inventory"},
	8:  {"internal/build", "internal/index", "internal/deploy"},
	9:  {"internal/serve", "internal/importer", "internal/scaffold", "internal/bundle", "internal/mirror", "internal/chromium", "internal/corpus"},
	10: {"cmd/gongbao"},
}

// homes are the only packages that may import a third-party module. Modules
// that are not here are for tests.
var homes = map[string]string{
	"golang.org/x/text":                      "internal/zh",
	"github.com/pelletier/go-toml":           "internal/toml",
	"github.com/yuin/goldmark":               "internal/markup",
	"github.com/xuri/excelize":               "internal/sheet",
	"github.com/mozillazg/go-pinyin":         "internal/pinyin",
	"github.com/blevesearch/bleve":           "internal/index",
	"github.com/blevesearch/bleve_index_api": "internal/index",
	"github.com/fsnotify/fsnotify":           "internal/serve",
	"github.com/alecthomas/kong":             "cmd/gongbao",
	"github.com/tdewolff/minify":             "internal/render/html",
	"github.com/signintech/gopdf":            "internal/render/pdf",
	"github.com/pdfcpu/pdfcpu":               "internal/render/pdf",
	"golang.org/x/image":                     "internal/font",
	"rsc.io/qr":                              "internal/qr",
	"modernc.org/sqlite":                     "internal/sqlite",
	"golang.org/x/net":                       "internal/extract",
	"github.com/chromedp/chromedp":           "internal/chromium",
	"gocloud.dev":                            "internal/deploy",
	"github.com/aws/aws-sdk-go-v2":           "internal/deploy",
	"github.com/pkg/sftp":                    "internal/deploy",
	"golang.org/x/crypto":                    "internal/deploy",
	"github.com/andybalholm/brotli":          "internal/deploy",
	"github.com/klauspost/compress":          "internal/render/epub",
	"github.com/emmansun/gmsm":               "internal/bundle",
}

// impure are the packages that know the day, the disk, chance or the network.
// They are for build and above; exceptions name package and file.
var impure = []string{"os", "time", "math/rand", "crypto/rand", "net", "net/http", "syscall"}

var exceptions = map[string]string{
	"os":      "internal/publish/ internal/memo/ internal/lock/",                                      // write the site and what is kept for the next run
	"time":    "internal/gazette/date.go internal/render/feed/ internal/docx/write.go internal/memo/", // arithmetic of days; the forms of feeds; the one time in zip files; when files changed
	"syscall": "internal/memo/ internal/lock/",
}

// forTests are for tests only.
var forTests = []string{"internal/chromium", "internal/corpus"}

const (
	module    = "gongbao"
	fileLines = 400
)

type file struct {
	pkg, path string // from the root of the repository
	text      []byte
	ast       *ast.File
}

// files parses every Go file of the program that is not a test.
func files(t *testing.T) []file {
	t.Helper()
	var out []file
	fset := token.NewFileSet()
	for _, dir := range []string{"cmd", "internal", "layouts"} {
		err := fs.WalkDir(os.DirFS(".."), dir, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || path.Ext(p) != ".go" || strings.HasSuffix(p, "_test.go") || strings.Contains(p, "/testdata/") {
				return err
			}
			text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(p)))
			if err != nil {
				return err
			}
			f, err := parser.ParseFile(fset, p, text, parser.ParseComments)
			if err != nil {
				return err
			}
			out = append(out, file{path.Dir(p), p, text, f})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func (f file) imports() []string {
	var out []string
	for _, i := range f.ast.Imports {
		if p, err := strconv.Unquote(i.Path.Value); err == nil {
			out = append(out, p)
		}
	}
	return out
}

func floorOf(pkg string) int {
	return slices.IndexFunc(floors, func(pkgs []string) bool { return slices.Contains(pkgs, pkg) })
}

func TestImportsGoDownward(t *testing.T) {
	for _, f := range files(t) {
		floor := floorOf(f.pkg)
		if floor < 0 {
			t.Errorf("%s: package %s has no floor in this table and in design §5", f.path, f.pkg)
			continue
		}
		for _, p := range f.imports() {
			pkg, ours := strings.CutPrefix(p, module+"/")
			if ours && slices.Contains(forTests, pkg) {
				t.Errorf("%s: %s is for tests", f.path, pkg)
			}
			if ours && floorOf(pkg) >= floor {
				t.Errorf("%s: %s (floor %d) imports %s (floor %d)", f.path, f.pkg, floor, pkg, floorOf(pkg))
			}
		}
	}
}

func TestEveryFloorHasItsPackages(t *testing.T) {
	fs := files(t)
	for _, pkgs := range floors {
		for _, pkg := range pkgs {
			if !slices.ContainsFunc(fs, func(f file) bool { return f.pkg == pkg }) {
				t.Errorf("package %s of the table does not exist", pkg)
			}
		}
	}
}

func TestThirdPartyCodeStaysAtHome(t *testing.T) {
	used := map[string]bool{}
	for _, f := range files(t) {
		for _, p := range f.imports() {
			host, _, _ := strings.Cut(p, "/")
			if !strings.Contains(host, ".") {
				continue
			}
			home := ""
			for module, pkg := range homes {
				if p == module || strings.HasPrefix(p, module+"/") {
					home, used[module] = pkg, true
				}
			}
			switch home {
			case f.pkg:
			case "":
				t.Errorf("%s imports %s, which has no home outside tests", f.path, p)
			default:
				t.Errorf("%s imports %s, whose home is %s", f.path, p, home)
			}
		}
	}
	for module, pkg := range homes {
		if !used[module] {
			t.Errorf("%s does not import %s: take it out of the table", pkg, module)
		}
	}
}

func TestNoClockDiskOrChanceBelowBuild(t *testing.T) {
	build := floorOf("internal/build")
	for _, f := range files(t) {
		if floorOf(f.pkg) >= build {
			continue
		}
		for _, p := range f.imports() {
			if p == "math/rand/v2" {
				p = "math/rand"
			}
			if !slices.Contains(impure, p) || slices.ContainsFunc(strings.Fields(exceptions[p]), func(e string) bool { return strings.HasPrefix(f.path, e) }) {
				continue
			}
			t.Errorf("%s imports %s, below build", f.path, p)
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s starts a goroutine, below build", f.path)
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && (n.Sel.Name == "Now" || n.Sel.Name == "Since") {
					t.Errorf("%s asks the clock, below build", f.path)
				}
			}
			return true
		})
	}
}

func TestNoInitFunctions(t *testing.T) {
	for _, f := range files(t) {
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init function", f.path)
			}
		}
	}
}

func TestEveryPackageHasAComment(t *testing.T) {
	comment := map[string]int{}
	for _, f := range files(t) {
		if f.ast.Doc != nil {
			comment[f.pkg]++
		} else {
			comment[f.pkg] += 0
		}
	}
	for pkg, n := range comment {
		if n != 1 {
			t.Errorf("package %s has %d package comments, want 1", pkg, n)
		}
	}
}

func TestFilesAreShort(t *testing.T) {
	for _, f := range files(t) {
		if n := strings.Count(string(f.text), "\n"); n > fileLines {
			t.Errorf("%s has %d lines, want %d or fewer", f.path, n, fileLines)
		}
	}
}
