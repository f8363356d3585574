package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"gongbao/internal/build"
	"gongbao/internal/bundle"
	"gongbao/internal/deploy"
)

type bundleCmd struct {
	Since  string `placeholder:"HASH|DATE|FILE" help:"help.bundle-since"`
	Output string `short:"o" placeholder:"FILE" help:"help.bundle-output"`
	Volume string `name:"volume-size" placeholder:"SIZE" help:"help.volume-size"`
	Public string `placeholder:"DIR" help:"help.public"`
	List   bool   `help:"help.bundle-list"`
	Format string `enum:"text,json" default:"text" help:"help.format"`
}

// A bundleObject is a bundle that was written, for machines.
type bundleObject struct {
	Bundles  []string         `json:"bundles"`            // zip files, in order; none where nothing changed
	Manifest *bundle.Manifest `json:"manifest,omitempty"` // where there are any
}

func (c *bundleCmd) Run(a *app) error {
	if err := a.siteError(""); err != nil {
		return err
	}
	if c.List {
		return c.list(a)
	}
	limit, err := bytesOf(c.Volume)
	if err != nil {
		return err
	}
	output := a.public(c.Public)
	release, err := build.Lock(a.Dir, output)
	if err != nil {
		return a.explain(err)
	}
	return a.troubled(errors.Join(c.write(a, output, limit), release()))
}

// write does the work of Run, alone with the output.
func (c *bundleCmd) write(a *app, output string, limit int64) error {
	site, source, err := deploy.Built(output, filepath.Join(a.Dir, ".gongbao"))
	if err != nil {
		return err
	}
	a.oldBuild(output)
	o := bundle.Options{Site: site, Source: source, VolumeSize: limit, Readme: a.readme, Progress: a.counted("bundle")}
	from := "whole"
	if c.Since != "" {
		r, l, err := a.kept().Since(c.Since)
		if err != nil {
			return err
		}
		if !a.Quiet {
			fmt.Fprintln(a.stderr, a.strings.T("bundle.since", r.Sum[:12], cmp.Or(r.At, r.To), strconv.Itoa(r.Files)))
		}
		if from = r.Sum[:12]; r.Sum == site.Sum().String() {
			if c.Format == "json" {
				return json.NewEncoder(a.stdout).Encode(bundleObject{Bundles: []string{}})
			}
			fmt.Fprintln(a.stderr, a.strings.T("bundle.same"))
			return nil
		}
		o.From = l
	}
	cfg, _, err := a.config()
	if err != nil {
		return err
	}
	o.Manifest = bundle.Manifest{Title: cfg.Site.Title, BaseURL: cfg.BaseURL, Built: builtOn(output), Tool: build.Version}
	o.Name = c.Output
	if o.Name == "" {
		o.Name = strings.Join([]string{"bundle", o.Manifest.Built, from, site.Sum().Short()}, "-") + ".zip"
	}
	names, m, err := bundle.Write(a.ctx, o)
	a.clearProgress()
	if err != nil {
		return err
	}
	rec := bundle.Record{At: now(), Commit: bundle.Commit(a.Dir), How: "bundle", To: names[len(names)-1]}
	if err := a.kept().Add(rec, site); err != nil {
		return err
	}
	if c.Format == "json" {
		return json.NewEncoder(a.stdout).Encode(bundleObject{names, &m})
	}
	for _, n := range names {
		fmt.Fprintln(a.stdout, n)
	}
	if !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("bundle.done", strconv.Itoa(m.Files), size(m.Bytes), strconv.Itoa(m.Deleted), strconv.Itoa(m.SiteFiles), m.To[:12]))
	}
	return nil
}

// readme is the file that says how a bundle is loaded by hand, as the notepads of all
// systems show it.
func (a *app) readme(m bundle.Manifest) string {
	from := a.strings.T("bundle.readme-whole")
	if m.From != "" {
		from = a.strings.T("bundle.readme-since", m.From[:12])
	}
	text := a.strings.T("bundle.readme", m.Title, m.Built, from, m.To[:12], strconv.Itoa(m.Files), strconv.Itoa(m.Deleted), strconv.Itoa(m.Volumes))
	return "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n") + "\r\n"
}

// list prints the former states on which a bundle can build.
func (c *bundleCmd) list(a *app) error {
	records, err := a.kept().Records()
	if err != nil {
		return err
	}
	for _, r := range records {
		if c.Format == "json" {
			if err := json.NewEncoder(a.stdout).Encode(r); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(a.stdout, "%s  %s  %-10s  %s  %s\n", r.At, r.Sum[:12], r.Commit[:min(len(r.Commit), 10)], a.strings.T("bundle.how-"+r.How), r.To)
	}
	if len(records) == 0 && !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("bundle.none"))
	}
	return nil
}

// bytesOf reads a size such as 4.3G, 650M or 200K (of 1,000); "" is 0.
func bytesOf(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	number, unit := strings.TrimSuffix(strings.ToUpper(text), "B"), 1.0
	for i, u := range []string{"K", "M", "G", "T"} {
		if n, ok := strings.CutSuffix(number, u); ok {
			number = n
			for range i + 1 {
				unit *= 1000
			}
			break
		}
	}
	f, err := strconv.ParseFloat(number, 64)
	if err != nil || !(f*unit >= 1<<16 && f*unit < 1<<60) {
		return 0, usageError{"usage.size", []string{"--volume-size", text}}
	}
	return int64(f * unit), nil
}

// size writes a number of bytes for people.
func size(n int64) string {
	for _, u := range []struct {
		unit int64
		name string
	}{{1e9, " GB"}, {1e6, " MB"}, {1e3, " KB"}} {
		if n >= u.unit {
			return strconv.FormatFloat(float64(n)/float64(u.unit), 'f', 1, 64) + u.name
		}
	}
	return strconv.FormatInt(n, 10) + " B"
}
