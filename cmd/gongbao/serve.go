package main

import (
	"bytes"
	"fmt"
	"net"
	"strconv"

	"gongbao/internal/build"
	"gongbao/internal/diag"
	"gongbao/internal/serve"
)

type serveCmd struct {
	Port int    `default:"8080" help:"help.port"`
	Bind string `default:"127.0.0.1" placeholder:"ADDR" help:"help.bind"`
	AsOf string `name:"as-of" placeholder:"DATE" help:"help.as-of"`
}

func (c *serveCmd) Run(a *app) error {
	day, err := asOf(c.AsOf)
	if err != nil {
		return err
	}
	if err := a.siteError(""); err != nil {
		return err
	}
	text := diag.Text{Strings: a.strings, Line: a.sourceLine()}
	return serve.Run(a.ctx, serve.Options{
		Build: build.Options{Root: a.Dir, AsOf: day, Drafts: true, Folios: true},
		Addr:  net.JoinHostPort(c.Bind, strconv.Itoa(c.Port)),
		Listen: func(url string) {
			fmt.Fprintln(a.stderr, a.strings.T("serve.at", url))
			fmt.Fprintln(a.stderr, a.strings.T("serve.duties", url+"-duties"))
		},
		Words: a.strings.T,
		Changed: func(fs []diag.Finding) {
			a.print(a.stderr, fs, true)
		},
		Overlay: func(f diag.Finding) string {
			var b bytes.Buffer
			text.Print(&b, f)
			return b.String()
		},
	})
}
