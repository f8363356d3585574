package main

import (
	"bytes"
	"fmt"
	"net"
	"net/url"
	"strconv"

	"gongbao/internal/build"
	"gongbao/internal/diag"
	"gongbao/internal/qr"
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
		Build:  build.Options{Root: a.Dir, AsOf: day, Drafts: true, Files: sized},
		Addr:   net.JoinHostPort(c.Bind, strconv.Itoa(c.Port)),
		Listen: a.sayAddresses,
		Words:  a.strings.T,
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

// sayAddresses says where the preview is, and shows its address in the network
// as a code for phones.
func (a *app) sayAddresses(urls []string) {
	own := urls[len(urls)-1]
	fmt.Fprintln(a.stderr, a.strings.T("serve.at", own))
	fmt.Fprintln(a.stderr, a.strings.T("serve.duties", own+"-duties"))
	if u, err := url.Parse(urls[0]); err != nil || net.ParseIP(u.Hostname()).IsLoopback() {
		return
	}
	if code, err := qr.New(urls[0]); err == nil {
		fmt.Fprint(a.stderr, code.Text())
	}
	fmt.Fprintln(a.stderr, a.strings.T("serve.phone", urls[0]))
}
