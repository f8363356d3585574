package main

import (
	"errors"

	"gongbao/internal/build"
	"gongbao/internal/bundle"
	"gongbao/internal/deploy"
)

type applyCmd struct {
	Folder    string   `arg:"" help:"help.apply-folder"`
	Bundle    []string `arg:"" help:"help.apply-bundle"`
	Compress  []string `enum:"gz,br" help:"help.compress"`
	DryRun    bool     `help:"help.deploy-dry-run"`
	Overwrite bool     `help:"help.overwrite"`
	TakeOver  bool     `help:"help.take-over"`
	Format    string   `enum:"text,json" default:"text" help:"help.format"`
}

// Run loads a bundle into a folder. It needs no site: the machine of the web server
// has none.
func (c *applyCmd) Run(a *app) error { return a.troubled(c.apply(a)) }

func (c *applyCmd) apply(a *app) (err error) {
	if lacks(c.Folder) == "" {
		return errors.New(a.strings.T("error.output", c.Folder))
	}
	b, err := bundle.Open(c.Bundle...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	t, err := deploy.Open(a.ctx, deploy.Address{Folder: c.Folder}, c.DryRun)
	if err != nil {
		return err
	}
	defer t.Close()
	r, err := bundle.Apply(a.ctx, t, b, deploy.Options{
		Compress: c.Compress, By: whose(c.Folder), Version: build.Version,
		DryRun: c.DryRun, Overwrite: c.Overwrite, TakeOver: c.TakeOver, Progress: a.counted("deploy"),
	})
	a.clearProgress()
	if err != nil {
		return a.unfinished(err)
	}
	return a.printDelivery(r, c.Folder, c.DryRun, c.Format)
}
