package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"gongbao/internal/build"
)

type buildCmd struct {
	AsOf    string `name:"as-of" placeholder:"DATE" help:"help.as-of"`
	Output  string `placeholder:"DIR" help:"help.output"`
	Drafts  bool   `help:"help.drafts"`
	NoPDF   bool   `name:"no-pdf" help:"help.no-pdf"`
	NoCache bool   `name:"no-cache" help:"help.no-cache"`
	Strict  bool   `help:"help.strict"`
}

func (c *buildCmd) Run(a *app) error {
	day, err := asOf(c.AsOf)
	if err != nil {
		return err
	}
	if err := a.siteError(a.output(c.Output)); err != nil {
		return err
	}
	start := time.Now()
	r, err := build.Build(a.ctx, build.Options{
		Root: a.Dir, Output: a.output(c.Output), AsOf: day, Drafts: c.Drafts,
		NoCache: c.NoCache, Strict: c.Strict, NoPDF: c.NoPDF, Files: sized, Progress: a.progress(),
	})
	a.clearProgress()
	a.print(a.stderr, r.Findings, false)
	if err != nil {
		return a.explain(err)
	}
	if !r.Published {
		fmt.Fprintln(a.stderr, a.strings.T("build.refused"))
		return errFindings
	}
	if n := len(r.Strays); n > 0 {
		fmt.Fprintln(a.stderr, a.strings.T("build.strays", strconv.Itoa(n), r.Strays[0]))
	}
	if !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("build.done", strconv.Itoa(r.Documents), strconv.Itoa(r.Written),
			strconv.Itoa(r.Kept), strconv.Itoa(r.Deleted), time.Since(start).Round(10*time.Millisecond).String()))
		if len(r.Why) > 0 {
			var why []string
			for _, c := range r.Why {
				why = append(why, a.strings.T("cause."+c.Name, c.Args...))
			}
			fmt.Fprintln(a.stderr, a.strings.T("build.why", strings.Join(why, a.strings.T("cause.and"))))
		}
		if r.Same {
			fmt.Fprintln(a.stderr, a.strings.T("build.same"))
		}
		if r.Changing > 0 {
			fmt.Fprintln(a.stderr, a.strings.T("build.next-change", r.Next.String(), strconv.Itoa(r.Changing)))
		}
		if r.Skipped > 0 {
			fmt.Fprintln(a.stderr, a.strings.T("build.skipped", strconv.Itoa(r.Skipped)))
		}
	}
	return a.reportStages(r.Stages, r.Documents)
}
