package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/mirror"
)

type pullCmd struct {
	Origin string `arg:"" optional:"" help:"help.pull-origin"`
	As     string `placeholder:"CODE" help:"help.pull-as"`
	Whole  bool   `help:"help.pull-whole"`
	Format string `enum:"text,json" default:"text" help:"help.format"`
}

// A pullObject is what was pulled into one mirror, for machines.
type pullObject struct {
	Code    string          `json:"code"`
	From    string          `json:"from"`
	Added   int             `json:"added"`
	Changed int             `json:"changed"`
	Deleted int             `json:"deleted"`
	Kept    int             `json:"kept"`
	Whole   bool            `json:"whole"` // everything was compared, not the change log alone
	Refused []refusedObject `json:"refused"`
}

type refusedObject struct {
	What   string `json:"what"`
	Reason string `json:"reason"` // "path", "taken", "hash", "absent", "data"
}

// Run takes what changed in other gazettes into mirror/. One that cannot be had
// does not keep the others back.
func (c *pullCmd) Run(a *app) error {
	if err := a.siteError(""); err != nil {
		return err
	}
	cfg, findings, err := a.config()
	if err != nil {
		return err
	}
	if wrong, _ := diag.Count(findings); wrong > 0 {
		a.print(a.stderr, findings, false)
		return errFindings
	}
	mounts, err := c.mounts(a, cfg.Mounts)
	if err != nil {
		return err
	}
	var failed error
	refused := false
	for _, m := range mounts {
		err := c.pull(a, m)
		if a.ctx.Err() != nil {
			return err
		}
		if errors.Is(err, errFindings) { // told already
			refused = true
			continue
		}
		failed = errors.Join(failed, err)
	}
	if failed == nil && refused {
		return errFindings
	}
	return failed
}

// mounts are those to pull: what is named, or all that say where from.
func (c *pullCmd) mounts(a *app, all []config.Mount) ([]config.Mount, error) {
	if c.Origin == "" {
		out := slices.DeleteFunc(slices.Clone(all), func(m config.Mount) bool { return m.From == "" })
		if len(out) == 0 {
			return nil, usageError{"usage.pull-none", nil}
		}
		for i, m := range out {
			out[i].From = a.origin(m.From)
		}
		return out, nil
	}
	m := config.Mount{Code: c.As, From: c.Origin}
	for _, x := range all {
		if c.As == "" && (x.Code == c.Origin || x.From == c.Origin) && x.From != "" {
			m = config.Mount{Code: x.Code, From: a.origin(x.From)}
		}
	}
	if !config.IsMountCode(m.Code) {
		return nil, usageError{"usage.pull-as", []string{m.Code}}
	}
	return []config.Mount{m}, nil
}

// origin resolves where config.toml says to pull from: a folder is relative to the
// site's root.
func (a *app) origin(from string) string {
	if mirror.IsWeb(from) || filepath.IsAbs(from) {
		return from
	}
	return filepath.Join(a.Dir, from)
}

func (c *pullCmd) pull(a *app, m config.Mount) error {
	o := mirror.Options{Root: a.Dir, Code: m.Code, From: m.From, Whole: c.Whole}
	if p := a.progress(); p != nil {
		o.Progress = func(done int) { p("pull", done, done) }
	}
	r, err := mirror.Pull(a.ctx, o)
	a.clearProgress()
	var none *mirror.NoDataError
	switch {
	case errors.Is(err, mirror.ErrBusy):
		return errors.New(a.strings.T("pull.busy", m.Code))
	case errors.As(err, &none):
		return errors.New(a.strings.T("pull.no-data", none.From, none.Err.Error()))
	case err != nil && a.ctx.Err() == nil:
		return errors.New(a.strings.T("pull.stopped", m.Code, err.Error()))
	case err != nil:
		return err
	}
	if c.Format == "json" {
		out := pullObject{m.Code, m.From, r.Added, r.Changed, r.Deleted, r.Kept, r.Whole, []refusedObject{}}
		for _, x := range r.Refused {
			out.Refused = append(out.Refused, refusedObject(x))
		}
		if err := json.NewEncoder(a.stdout).Encode(out); err != nil {
			return err
		}
	} else if !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("pull.done", m.Code, strconv.Itoa(r.Added), strconv.Itoa(r.Changed), strconv.Itoa(r.Deleted), strconv.Itoa(r.Kept)))
	}
	for _, x := range r.Refused {
		fmt.Fprintln(a.stderr, a.strings.T("pull.refused."+x.Reason, x.What))
	}
	if len(r.Refused) > 0 {
		return errFindings
	}
	return nil
}
