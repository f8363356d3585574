package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gongbao/internal/build"
	"gongbao/internal/bundle"
	"gongbao/internal/config"
	"gongbao/internal/deploy"
)

type deployCmd struct {
	To        string   `arg:"" optional:"" placeholder:"NAME|URL" help:"help.deploy-to"`
	Public    string   `placeholder:"DIR" help:"help.public"`
	Compress  []string `enum:"gz,br" help:"help.compress"`
	DryRun    bool     `help:"help.deploy-dry-run" xor:"mode"`
	Check     bool     `help:"help.deploy-check" xor:"mode"`
	Rescan    bool     `help:"help.rescan"`
	Overwrite bool     `help:"help.overwrite"`
	TakeOver  bool     `help:"help.take-over"`
	Format    string   `enum:"text,json" default:"text" help:"help.format"`
}

// A deployObject is what was done at a target, or would be, for machines.
type deployObject struct {
	Target  string   `json:"target"`
	New     int      `json:"new"`
	Changed int      `json:"changed"`
	Deleted int      `json:"deleted"`
	Kept    int      `json:"kept"`
	Bytes   int64    `json:"bytes"`   // of new and changed files
	From    string   `json:"from"`    // state that stood, as far as known
	To      string   `json:"to"`      // state that stands
	Resumed bool     `json:"resumed"` // an interrupted run was gone on with
	DryRun  bool     `json:"dry_run"`
	Left    []string `json:"left,omitempty"`  // ought to be deleted, but somebody has put another file there
	Steps   []string `json:"steps,omitempty"` // of a dry run, in order: "+ path", "~ path", "- path"
}

// Run puts the site that stands in the output to a target. The output is locked, as
// for a build: nothing changes while it is read, and no second deployment of the same
// site runs beside this.
func (c *deployCmd) Run(a *app) error {
	if err := a.siteError(""); err != nil {
		return err
	}
	cfg, _, err := a.config() // check speaks of findings
	if err != nil {
		return err
	}
	to, squeeze, err := c.target(a, cfg.Deploy)
	if err != nil {
		return a.troubled(err)
	}
	output := a.public(c.Public)
	if to.Folder != "" {
		if err := a.apartFrom(to.Folder, output); err != nil {
			return err
		}
	}
	release, err := build.Lock(a.Dir, output)
	if err != nil {
		return a.explain(err)
	}
	return a.troubled(errors.Join(c.deploy(a, to, deploy.Options{Compress: squeeze, Of: cmp.Or(cfg.BaseURL, cfg.Site.Title)}, output), release()))
}

// target finds the address and the compression: of a [[deploy]] by its name, of the
// only one, or as written.
func (c *deployCmd) target(a *app, places []config.Deploy) (deploy.Address, []string, error) {
	var names []string
	var fit []config.Deploy
	for _, d := range places {
		names = append(names, d.Name)
		if c.To == "" && len(places) == 1 || d.Name == c.To && c.To != "" {
			fit = append(fit, d)
		}
	}
	switch {
	case len(fit) == 1:
		squeeze := fit[0].Compress
		if len(c.Compress) > 0 {
			squeeze = c.Compress
		}
		to, err := deploy.ParseAddress(fit[0].To, a.Dir)
		return to, squeeze, err
	case len(fit) > 1:
		return deploy.Address{}, nil, usageError{"usage.deploy-twice", []string{c.To}}
	case len(places) == 0 && !isAddress(c.To):
		return deploy.Address{}, nil, usageError{"usage.deploy-none", nil}
	case c.To == "":
		return deploy.Address{}, nil, usageError{"usage.deploy-which", []string{strings.Join(names, " ")}}
	case !isAddress(c.To):
		return deploy.Address{}, nil, usageError{"usage.deploy-name", []string{c.To, strings.Join(names, " ")}}
	}
	to, err := deploy.ParseAddress(c.To, a.Dir)
	return to, c.Compress, err
}

// isAddress reports whether a target is one, and not the name of a [[deploy]].
func isAddress(to string) bool { return strings.ContainsAny(to, `/\`) }

// deploy does the work of Run, alone with the output. o says whose site it is and what
// to compress.
func (c *deployCmd) deploy(a *app, to deploy.Address, o deploy.Options, output string) error {
	state := filepath.Join(a.Dir, ".gongbao")
	site, source, err := deploy.Built(output, state)
	if err != nil {
		return err
	}
	a.oldBuild(output)
	t, err := deploy.Open(a.ctx, to, c.Check || c.DryRun)
	if err != nil {
		return err
	}
	defer t.Close()
	if c.Check {
		d, err := deploy.Check(a.ctx, t, site, nil, a.counted("verify"))
		a.clearProgress()
		if err != nil {
			return err
		}
		return a.printDifference(d, to.String(), c.Format)
	}
	o.Site, o.Source, o.By, o.Version, o.Progress = site, source, whose(a.Dir), build.Version, a.counted("deploy")
	o.DryRun, o.Rescan, o.Overwrite, o.TakeOver = c.DryRun, c.Rescan, c.Overwrite, c.TakeOver
	r, err := deploy.Run(a.ctx, t, o)
	a.clearProgress()
	if err != nil {
		return a.unfinished(err)
	}
	if !c.DryRun {
		rec := bundle.Record{At: now(), Commit: bundle.Commit(a.Dir), How: "deploy", To: to.String()}
		if err := a.kept().Add(rec, site); err != nil {
			return err
		}
	}
	return a.printDelivery(r, to.String(), c.DryRun, c.Format)
}

// printDelivery says what was done at a target, or would be.
func (a *app) printDelivery(r deploy.Report, to string, dry bool, format string) error {
	var steps []string
	if dry {
		for _, s := range r.Steps {
			sign := "+ "
			if s.Deletes() {
				sign = "- "
			} else if s.Stood {
				sign = "~ "
			}
			steps = append(steps, sign+s.Path)
		}
	}
	if format == "json" {
		return json.NewEncoder(a.stdout).Encode(deployObject{
			Target: to, New: r.New, Changed: r.Changed, Deleted: r.Deleted, Kept: r.Kept, Bytes: r.Bytes,
			From: r.From.String(), To: r.To.String(), Resumed: r.Resumed, DryRun: dry, Left: r.Left, Steps: steps,
		})
	}
	for _, s := range steps {
		fmt.Fprintln(a.stdout, s)
	}
	for _, p := range r.Left {
		fmt.Fprintln(a.stderr, a.strings.T("deploy.left", p))
	}
	if a.Quiet {
		return nil
	}
	if r.Damaged {
		fmt.Fprintln(a.stderr, a.strings.T("deploy.damaged"))
	}
	if r.Resumed {
		fmt.Fprintln(a.stderr, a.strings.T("deploy.resumed"))
	}
	key := "deploy.done"
	switch {
	case dry:
		key = "deploy.would"
	case len(r.Steps) == 0:
		key = "deploy.same"
	}
	fmt.Fprintln(a.stderr, a.strings.T(key, to, strconv.Itoa(r.New), strconv.Itoa(r.Changed), strconv.Itoa(r.Deleted),
		strconv.Itoa(r.Kept), size(r.Bytes), r.To.Short()))
	return nil
}

// unfinished says that what a delivery did before it failed is not lost.
func (a *app) unfinished(err error) error {
	if a.ctx.Err() != nil {
		return errors.Join(partly("deploy.interrupted"), err)
	}
	if _, ok := errors.AsType[*deploy.Problem](err); !ok && !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("deploy.resume"))
	}
	return err
}

// whose tells this machine and a folder of it from others. It stands at the target,
// where everybody may read it: a hash, as names of inner machines are nobody's business.
func whose(dir string) string {
	host, err := os.Hostname()
	if err != nil {
		host = "?"
	}
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	sum := sha256.Sum256([]byte(host + ":" + filepath.ToSlash(dir)))
	return hex.EncodeToString(sum[:6])
}

func (a *app) kept() bundle.Kept { return bundle.Kept{Dir: filepath.Join(a.Dir, ".gongbao", "states")} }

func now() string { return time.Now().In(beijing).Format(time.RFC3339) }

// public is the folder of the built site.
func (a *app) public(flag string) string {
	if flag == "" {
		flag = "public"
	}
	return a.output(flag)
}

// oldBuild warns of an output that was built for another day: statuses follow the day.
func (a *app) oldBuild(output string) {
	if day, today := builtOn(output), now()[:len(time.DateOnly)]; day != "" && day != today && !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("deploy.old", output, day))
	}
}

// apartFrom returns an error where a target is in the way of the sources or of the output.
func (a *app) apartFrom(target, output string) error {
	if err := a.siteError(target); err != nil {
		return err
	}
	out, err := realPath(output)
	if err != nil {
		return err
	}
	abs, err := realPath(target)
	if err != nil {
		return err
	}
	for _, p := range [][2]string{{out, abs}, {abs, out}} {
		if rel, err := filepath.Rel(p[0], p[1]); err == nil && filepath.IsLocal(rel) {
			return errors.New(a.strings.T("deploy.overlap", target, output))
		}
	}
	return nil
}

// counted is the progress of one stage.
func (a *app) counted(stage string) func(done, total int) {
	show := a.progress()
	if show == nil {
		return nil
	}
	return func(done, total int) { show(stage, done, total) }
}

// troubled says in the user's language what keeps a delivery from being done.
func (a *app) troubled(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	p, ok := errors.AsType[*deploy.Problem](err)
	if !ok {
		if why := deploy.Why(err); why != "" {
			return fmt.Errorf("%s\n  %w", a.strings.T("deploy.why-"+why), err)
		}
		return err
	}
	text := a.strings.T("deploy."+p.Key, p.Args...)
	if p.Cause != nil && !errors.As(p.Cause, new(*deploy.Problem)) {
		text += "\n  " + p.Cause.Error()
	}
	for _, path := range p.Paths {
		text += "\n  " + path
	}
	if more := p.Count - len(p.Paths); more > 0 {
		text += "\n  " + a.strings.T("deploy.more", strconv.Itoa(more))
	}
	return errors.New(text)
}

// printDifference prints what a folder has otherwise than it should: findings, not a
// failure.
func (a *app) printDifference(d deploy.Difference, place, format string) error {
	if format == "json" {
		if err := json.NewEncoder(a.stdout).Encode(d); err != nil {
			return err
		}
	} else {
		for _, l := range []struct {
			key   string
			paths []string
		}{{"verify.missing", d.Missing}, {"verify.changed", d.Changed}, {"verify.leftover", d.Leftover}, {"verify.foreign", d.Foreign}} {
			for _, p := range l.paths {
				fmt.Fprintln(a.stdout, a.strings.T(l.key, p))
			}
		}
	}
	if !a.Quiet {
		key := "verify.same"
		if !d.Same() {
			key = "verify.differs"
		}
		fmt.Fprintln(a.stderr, a.strings.T(key, place, strconv.Itoa(d.Right), strconv.Itoa(len(d.Missing)),
			strconv.Itoa(len(d.Changed)), strconv.Itoa(len(d.Leftover)), strconv.Itoa(len(d.Foreign))))
	}
	if !d.Same() {
		return errFindings
	}
	return nil
}
