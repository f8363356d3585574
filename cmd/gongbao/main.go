// Command gongbao turns a repository of official documents into a government
// gazette. Each command is one file: its flags, and one call.
//
// Results go to stdout, everything else to stderr. Exit codes: 0 done (warnings
// included), 1 findings of severity error, 2 usage, 3 could not be done, 130
// interrupted (design §7).
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/alecthomas/kong"

	"gongbao/internal/diag"
)

// cli are the commands and the global flags.
type cli struct {
	Dir   string `short:"C" default:"." placeholder:"DIR" help:"help.dir"`
	Lang  string `enum:"zh-CN,en" default:"zh-CN" help:"help.lang"`
	Quiet bool   `short:"q" help:"help.quiet"`
	Verb  bool   `short:"v" name:"verbose" help:"help.verbose"`
	Color string `enum:"auto,always,never" default:"auto" help:"help.color"`
	Trace string `placeholder:"DIR" help:"help.trace"`

	Build    buildCmd    `cmd:"" help:"help.build"`
	Check    checkCmd    `cmd:"" help:"help.check"`
	Audit    auditCmd    `cmd:"" help:"help.audit"`
	List     listCmd     `cmd:"" help:"help.list"`
	Record   recordCmd   `cmd:"" help:"help.record"`
	Withdraw withdrawCmd `cmd:"" help:"help.withdraw"`
	Pull     pullCmd     `cmd:"" help:"help.pull"`
	New      newCmd      `cmd:"" help:"help.new"`
	Serve    serveCmd    `cmd:"" help:"help.serve"`
	Effects  effectsCmd  `cmd:"" help:"help.effects"`
	Status   statusCmd   `cmd:"" help:"help.status"`
	Search   searchCmd   `cmd:"" help:"help.search"`
	Stats    statsCmd    `cmd:"" help:"help.stats"`
	Diff     diffCmd     `cmd:"" help:"help.diff"`
	Cleanup  cleanupCmd  `cmd:"" help:"help.cleanup"`
	Inspect  inspectCmd  `cmd:"" help:"help.inspect"`
	Import   importCmd   `cmd:"" help:"help.import"`
	Export   exportCmd   `cmd:"" help:"help.export"`
	Share    shareCmd    `cmd:"" help:"help.share"`
	Form     formCmd     `cmd:"" help:"help.form"`
	Issue    issueCmd    `cmd:"" help:"help.issue"`
	PDF      pdfCmd      `cmd:"" name:"pdf" help:"help.pdf"`
	Bundle   bundleCmd   `cmd:"" help:"help.bundle"`
	Apply    applyCmd    `cmd:"" help:"help.apply"`
	Verify   verifyCmd   `cmd:"" help:"help.verify"`
	Deploy   deployCmd   `cmd:"" help:"help.deploy"`
	Fonts    fontsCmd    `cmd:"" help:"help.fonts"`
	Version  versionCmd  `cmd:"" help:"help.version"`
}

// Exit codes of design §7.
const (
	exitDone        = 0
	exitFindings    = 1
	exitUsage       = 2
	exitFailed      = 3
	exitInterrupted = 130
)

// errFindings ends a command that found errors: they are printed already.
var errFindings = errors.New("findings")

// A partly is an interruption after which part of the work stands: the key of its text.
type partly string

func (p partly) Error() string { return string(p) }

// An app is what commands get: the global flags, the texts, the streams.
type app struct {
	*cli
	ctx            context.Context
	strings        diag.Strings
	stdout, stderr io.Writer
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is main without the process, for tests.
func run(args []string, stdout, stderr io.Writer) int {
	collectLate()
	if len(args) > 0 && args[0] == "help" { // gongbao help import
		args = append(args[1:len(args):len(args)], "--help")
	}
	lang := language(args)
	texts, err := diag.LoadStrings(lang)
	if err != nil {
		texts, err = diag.LoadStrings("zh-CN")
	}
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitFailed
	}
	var c cli
	exited := -1
	parser, err := kong.New(&c, kong.Name("gongbao"), kong.Help(helpPrinter(texts)),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exited = code }))
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitFailed
	}
	k, err := parser.Parse(args)
	if exited >= 0 {
		return exited // --help
	}
	if err != nil {
		fmt.Fprintln(stderr, parseError(err, args, texts))
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	measured, err := startTrace(c.Trace)
	if err != nil {
		fmt.Fprintln(stderr, texts.T("error.failed", err.Error()))
		return exitFailed
	}
	err = k.Run(&app{cli: &c, ctx: ctx, strings: texts, stdout: stdout, stderr: stderr})
	if failed := measured(); err == nil {
		err = failed
	}
	switch {
	case err == nil:
		return exitDone
	case ctx.Err() != nil:
		text := partly("error.interrupted")
		errors.As(err, &text)
		fmt.Fprintln(stderr, texts.T(string(text)))
		return exitInterrupted
	case errors.Is(err, errFindings):
		return exitFindings
	}
	if text, ok := usage(err, texts); ok {
		fmt.Fprintln(stderr, text)
		return exitUsage
	}
	fmt.Fprintln(stderr, texts.T("error.failed", err.Error()))
	return exitFailed
}

// language finds --lang before the flags are parsed: help needs it.
func language(args []string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return v
		}
		if a == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return "zh-CN"
}
