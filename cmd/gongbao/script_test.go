package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// tests are those of this package; the sites that they share are removed behind them.
type tests struct{ *testing.M }

func (m tests) Run() int {
	defer func() { _, _ = os.RemoveAll(realCorpus.root), os.RemoveAll(typed.dir) }()
	return m.M.Run()
}

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){
		"gongbao": func() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// raced are the scripts that run under the race detector, too: together they do all
// that is done by several goroutines. The others would find nothing more in five times
// the time.
var raced = []string{"bundle", "build", "check", "deploy", "import", "pull", "record", "search"}

// TestScripts runs the command as its users do; testdata/script has a script
// for every command.
func TestScripts(t *testing.T) {
	dir, files := "testdata/script", []string(nil)
	if underRace {
		for _, name := range raced {
			files = append(files, filepath.Join(dir, name+".txtar"))
		}
		dir = ""
	}
	testscript.Run(t, testscript.Params{
		Dir: dir, Files: files,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"sha256": sha256InFile, "ids": effectIDs},
		Condition: func(name string) (bool, error) {
			if name != "noto" {
				return false, fmt.Errorf("unknown condition %q", name)
			}
			_, err := os.Stat("/usr/share/fonts/opentype/noto")
			return err == nil, nil
		},
	})
}

// sha256InFile is the command "sha256 FILE IN": the text IN holds the sum of FILE.
func sha256InFile(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: sha256 file in")
	}
	sum := sha256.Sum256([]byte(ts.ReadFile(args[0])))
	if has := strings.Contains(ts.ReadFile(args[1]), hex.EncodeToString(sum[:])); has == neg {
		ts.Fatalf("%s holds the sum of %s: %v", args[1], args[0], has)
	}
}

// effectIDs is the command "ids FILE": it sets WHOLE, PART, SUBJECT, AMBIGUOUS,
// LOST and BARE to ids of the effects in FILE, the output of effects --format json.
func effectIDs(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: ids file")
	}
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		var o effectObject
		ts.Check(json.Unmarshal([]byte(line), &o))
		name := "WHOLE"
		switch {
		case strings.HasSuffix(o.By, "bare.md"):
			name = "BARE"
		case o.Verdict == "unresolved":
			name = "LOST"
		case o.Verdict == "ambiguous":
			name = "AMBIGUOUS"
		case len(o.Articles) > 0:
			name = "PART"
		case o.Scope == "part":
			name = "SUBJECT"
		}
		ts.Setenv(name, o.ID)
	}
}
