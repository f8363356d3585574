package main

import (
	"fmt"

	"gongbao/internal/build"
)

type versionCmd struct{}

func (versionCmd) Run(a *app) error {
	fmt.Fprintln(a.stdout, "gongbao "+build.Version)
	return nil
}
