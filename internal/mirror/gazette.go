package mirror

import (
	"bytes"
	"context"
	"errors"

	"gongbao/internal/config"
	"gongbao/internal/render"
	"gongbao/internal/render/dataset"
)

// announced is what data/index.json says of the files of the data, by path.
type announced map[string]file

type file struct {
	size int
	sum  string
}

func (p *pull) announced(ctx context.Context) (announced, error) {
	b, err := fetch(ctx, p.from, render.DataIndex, "")
	switch {
	case errors.Is(err, errAbsent):
		return nil, &NoDataError{p.o.From, err}
	case err != nil:
		return nil, err
	}
	d, err := decode[struct {
		Distribution []struct {
			Name   string `json:"name"`
			Size   int    `json:"contentSize"`
			SHA256 string `json:"sha256"`
		} `json:"distribution"`
	}](b)
	if err != nil {
		return nil, &NoDataError{p.o.From, err}
	}
	out := announced{}
	for _, x := range d.Distribution {
		out["data/"+x.Name] = file{x.Size, x.SHA256}
	}
	if out[render.DataGazette].sum == "" {
		return nil, &NoDataError{p.o.From, errors.New(render.DataGazette)} // of an older program
	}
	return out, nil
}

// gazette takes registers and issues where they changed.
func (p *pull) gazette(ctx context.Context, l announced) error {
	if sum := l[render.DataGazette].sum; sum != p.state.Gazette || !p.store.has(config.Name) {
		b, err := fetch(ctx, p.from, render.DataGazette, sum)
		if err != nil {
			return err
		}
		g, err := decode[dataset.Gazette](b)
		if err != nil {
			return &NoDataError{p.o.From, err}
		}
		registers := registersOf(g)
		for _, name := range sorted(registers) {
			if err := p.store.write(name, registers[name]); err != nil {
				return err
			}
		}
		if err := p.store.write(config.Name, configOf(g)); err != nil { // last: with it the mirror counts as one
			return err
		}
		p.state.Gazette = sum
	}
	if sum := l[render.DataIssues].sum; sum != p.state.Issues {
		var b []byte
		if sum != "" {
			var err error
			if b, err = fetch(ctx, p.from, render.DataIssues, sum); err != nil {
				return err
			}
		}
		if err := p.issues(b); err != nil {
			return err
		}
		p.state.Issues = sum
	}
	return nil
}

func (p *pull) issues(b []byte) error {
	now := map[string]bool{}
	for line := range bytes.Lines(b) {
		i, err := decode[dataset.Issue](line)
		if err != nil {
			p.refuse("data/issues.ndjson", "data")
			continue
		}
		name := i.ID + ".md"
		if !takes(name, "issues") {
			p.refuse(i.ID, "path")
			continue
		}
		if err := p.store.write("content/"+name, issueOf(i)); err != nil {
			return err
		}
		now[name] = true
	}
	for _, name := range p.state.Printed {
		if !now[name] {
			if err := p.store.remove("content/" + name); err != nil {
				return err
			}
		}
	}
	p.state.Printed = sorted(now)
	return nil
}
