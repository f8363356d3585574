package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"gongbao/internal/build"
	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/font"
)

type fontsCmd struct {
	Format string `enum:"text,json" default:"text" help:"help.format"`
}

// A fontObject is one line of `fonts --format json`. Fields are added, never
// renamed. A role that nothing serves has no name.
type fontObject struct {
	Role       string         `json:"role"`
	Name       string         `json:"name,omitempty"`
	Families   []string       `json:"families,omitempty"`
	File       string         `json:"file,omitempty"`
	Index      int            `json:"index"`
	Weight     int            `json:"weight,omitempty"`
	Glyphs     int            `json:"glyphs,omitempty"`
	Embeddable bool           `json:"embeddable"`
	Configured bool           `json:"configured"`
	Standin    bool           `json:"standin"`
	Fallbacks  []fallbackFont `json:"fallbacks"`
}

type fallbackFont struct {
	Name  string `json:"name"`
	File  string `json:"file"`
	Index int    `json:"index"`
}

// Run needs no site: outside of one it shows what the system has.
func (c *fontsCmd) Run(a *app) (err error) {
	b, err := os.ReadFile(filepath.Join(a.Dir, config.Name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	site, _ := config.Parse(b) // what is wrong with it is for check
	set, findings, release, err := build.Fonts(a.Dir, font.Wanted(site.PDF.Fonts))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	for _, s := range set.Served() {
		if c.Format == "json" {
			err = a.fontJSON(s)
		} else {
			err = a.fontText(s)
		}
		if err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	a.print(a.stderr, findings, false)
	if wrong, _ := diag.Count(findings); wrong > 0 {
		return errFindings
	}
	return nil
}

func (a *app) fontJSON(s font.Served) error {
	o := fontObject{Role: s.Role.String(), Configured: s.Configured, Standin: s.Standin, Fallbacks: []fallbackFont{}}
	if f := s.Face; f != nil {
		o.Name, o.Families, o.File, o.Index = f.Name(), f.Families(), filepath.ToSlash(f.File()), f.Index()
		o.Weight, o.Glyphs, o.Embeddable = f.Weight(), f.Glyphs(), f.Embeddable()
	}
	for _, f := range s.Fallbacks {
		o.Fallbacks = append(o.Fallbacks, fallbackFont{f.Name(), filepath.ToSlash(f.File()), f.Index()})
	}
	enc := json.NewEncoder(a.stdout)
	enc.SetEscapeHTML(false)
	return enc.Encode(o)
}

// shownFallbacks is how many of a chain are listed without -v.
const shownFallbacks = 4

func (a *app) fontText(s font.Served) error {
	t := a.strings
	role := t.T("type.font-" + s.Role.String())
	if s.Face == nil {
		_, err := fmt.Fprintln(a.stdout, t.T("fonts.none", role))
		return err
	}
	line := t.T("fonts.serves", role, s.Face.Name(), s.Face.File(), strconv.Itoa(s.Face.Index()), strconv.Itoa(s.Face.Glyphs()))
	if s.Standin {
		line += "  [" + t.T("fonts.standin") + "]"
	}
	if s.Configured {
		line += "  [" + t.T("fonts.configured") + "]"
	}
	if _, err := fmt.Fprintln(a.stdout, line); err != nil || len(s.Fallbacks) == 0 {
		return err
	}
	var names []string
	for _, f := range s.Fallbacks {
		if len(names) == shownFallbacks && !a.Verb {
			names = append(names, t.T("fonts.more", strconv.Itoa(len(s.Fallbacks)-len(names))))
			break
		}
		names = append(names, f.Name())
	}
	_, err := fmt.Fprintln(a.stdout, "  "+t.T("fonts.fallbacks", strings.Join(names, t.T("fonts.separator"))))
	return err
}
