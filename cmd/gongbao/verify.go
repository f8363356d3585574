package main

import (
	"path/filepath"

	"gongbao/internal/bundle"
	"gongbao/internal/deploy"
	"gongbao/internal/inventory"
)

type verifyCmd struct {
	Folder string   `arg:"" help:"help.verify-folder"`
	Bundle []string `placeholder:"FILE" sep:"none" help:"help.verify-bundle"`
	Public string   `placeholder:"DIR" help:"help.public"`
	Format string   `enum:"text,json" default:"text" help:"help.format"`
}

// Run compares a folder with the site as it is when a bundle is loaded, or as it was
// built.
func (c *verifyCmd) Run(a *app) error { return a.troubled(c.verify(a)) }

func (c *verifyCmd) verify(a *app) error {
	want, gone, err := c.want(a)
	if err != nil {
		return err
	}
	t, err := deploy.ReadFolder(c.Folder)
	if err != nil {
		return err
	}
	defer t.Close()
	d, err := deploy.Check(a.ctx, t, want, gone, a.counted("verify"))
	a.clearProgress()
	if err != nil {
		return err
	}
	return a.printDifference(d, c.Folder, c.Format)
}

// want is what should stand in the folder, and what should no longer.
func (c *verifyCmd) want(a *app) (inventory.List, []string, error) {
	if len(c.Bundle) > 0 {
		b, err := bundle.Open(c.Bundle...)
		if err != nil {
			return nil, nil, err
		}
		return b.Site, b.Deleted, b.Close()
	}
	if err := a.siteError(""); err != nil {
		return nil, nil, err
	}
	site, _, err := deploy.Built(a.public(c.Public), filepath.Join(a.Dir, ".gongbao"))
	return site, nil, err
}
