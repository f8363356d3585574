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
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"

	"gongbao/internal/diag"
)

// cli are the commands and the global flags.
type cli struct {
	Dir   string `short:"C" default:"." placeholder:"DIR" help:"${help_dir}"`
	Lang  string `enum:"zh-CN,en" default:"zh-CN" help:"${help_lang}"`
	Quiet bool   `short:"q" help:"${help_quiet}"`
	Verb  bool   `short:"v" name:"verbose" help:"${help_verbose}"`
	Color string `enum:"auto,always,never" default:"auto" help:"${help_color}"`

	Build   buildCmd   `cmd:"" help:"${help_build}"`
	Check   checkCmd   `cmd:"" help:"${help_check}"`
	List    listCmd    `cmd:"" help:"${help_list}"`
	Record  recordCmd  `cmd:"" help:"${help_record}"`
	New     newCmd     `cmd:"" help:"${help_new}"`
	Serve   serveCmd   `cmd:"" help:"${help_serve}"`
	Inspect inspectCmd `cmd:"" help:"${help_inspect}"`
	Import  importCmd  `cmd:"" help:"${help_import}"`
	Version versionCmd `cmd:"" help:"${help_version}"`
}

// Exit codes of design §7.
const (
	exitDone        = 0
	exitFindings    = 1
	exitUsage       = 2
	exitFailed      = 3
	exitInterrupted = 130
)

// The percentage of garbage at which the collector runs. In a large site the
// catalog is most of the memory, and room for as much garbage again doubles
// it: there, measured on 11,330 laws, 50 takes a fifth off the peak for some
// twentieth more time.
const (
	gcPercent      = 100
	gcPercentLarge = 50
	largeSite      = 5000 // content files
)

// errFindings ends a command that found errors: they are printed already.
var errFindings = errors.New("findings")

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
	setGCPercent(gcPercent)
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
	parser, err := kong.New(&c, kong.Name("gongbao"), kong.Description(texts.T("help.gongbao")), vars(texts),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exited = code }), kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitFailed
	}
	k, err := parser.Parse(args)
	if exited >= 0 {
		return exited // --help
	}
	if err != nil {
		fmt.Fprintln(stderr, texts.T("error.usage", err.Error()))
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err = k.Run(&app{cli: &c, ctx: ctx, strings: texts, stdout: stdout, stderr: stderr})
	switch {
	case err == nil:
		return exitDone
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, texts.T("error.interrupted"))
		return exitInterrupted
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.As(err, new(usageError)):
		fmt.Fprintln(stderr, texts.T("error.usage", err.Error()))
		return exitUsage
	}
	fmt.Fprintln(stderr, texts.T("error.failed", err.Error()))
	return exitFailed
}

// setGCPercent leaves the choice to GOGC where that is set.
func setGCPercent(n int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(n)
	}
}

// sized is told how many content files a command reads.
func sized(files int) {
	if files >= largeSite {
		setGCPercent(gcPercentLarge)
	}
}

// A usageError is a wrong use that the flags alone do not show.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

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

// vars are the help texts: ${help_build} is the key help.build.
func vars(texts diag.Strings) kong.Vars {
	v := kong.Vars{}
	for key, text := range texts {
		if name, ok := strings.CutPrefix(key, "help."); ok {
			v["help_"+strings.ReplaceAll(name, ".", "_")] = text
		}
	}
	return v
}
