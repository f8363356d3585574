package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/index"
	"gongbao/internal/query"
)

type searchCmd struct {
	Query   []string `arg:"" help:"help.search-query"`
	InForce bool     `name:"in-force" help:"help.search-in-force"`
	Force   []string `placeholder:"STATUS" sep:"none" help:"help.search-force"`
	Class   []string `placeholder:"CLASS" sep:"none" help:"help.search-class"`
	Kind    []string `placeholder:"KIND" sep:"none" help:"help.search-kind"`
	Issuer  []string `placeholder:"NAME" sep:"none" help:"help.search-issuer"`
	Level   []string `placeholder:"LEVEL" sep:"none" help:"help.search-level"`
	Topic   []string `placeholder:"TOPIC" sep:"none" help:"help.search-topic"`
	Year    []string `placeholder:"YEAR" sep:"none" help:"help.search-year"`
	Issue   []string `placeholder:"YEAR-NO" sep:"none" help:"help.search-issue"`
	Gazette []string `placeholder:"NAME" sep:"none" help:"help.search-gazette"`
	Limit   int      `default:"10" placeholder:"N" help:"help.search-limit"`
	Format  string   `enum:"text,json" default:"text" help:"help.format"`
}

// A searchObject is the output of `search --format json`. Fields are added,
// never renamed.
type searchObject struct {
	Query   string                   `json:"query"` // as typed
	Total   int                      `json:"total"` // hits, of which results are the first
	Results []hitObject              `json:"results"`
	Facets  map[string][]facetObject `json:"facets"` // of all hits: force, class, kind, issuer, level, topic, year, issue; gazette where the site has mounts
}

type hitObject struct {
	Title      string        `json:"title"`
	TitleMarks [][2]int      `json:"title_marks"` // of the terms, from and to in runes of title
	Number     string        `json:"number"`
	Type       string        `json:"type"`  // document, interpretation …
	Force      string        `json:"force"` // today, as status has it; "superseded" where the work has a newer text; "none"
	Date       string        `json:"date"`  // by which lists order it; "" if not known
	Issuers    []string      `json:"issuers"`
	Gazette    string        `json:"gazette,omitempty"` // of a mount, that it is from
	Path       string        `json:"path"`              // from the site's root
	Address    string        `json:"address"`           // folder in the site, with a final slash
	Anchor     string        `json:"anchor"`            // of the passage in the page; "" for its top
	Passage    passageObject `json:"passage"`
	Score      int           `json:"score"`
}

type passageObject struct {
	Text  string   `json:"text"`  // "" where the body holds no term
	Marks [][2]int `json:"marks"` // from and to in runes of text
}

type facetObject struct {
	Value string `json:"value"` // a code where there is one: in-force, interpretation
	Count int    `json:"count"`
}

// How long a search waits for another that brings the index up to date, before
// it says so, and before it does without.
const (
	indexPoll   = 50 * time.Millisecond
	indexNotice = time.Second
	indexWait   = 15 * time.Second
)

func (c *searchCmd) Run(a *app) error {
	typed := strings.Join(c.Query, " ")
	q := query.Parse(typed)
	if q.Whole == "" {
		return usageError{"usage.search-empty", []string{typed}}
	}
	filter, err := c.filter(a)
	if err != nil {
		return err
	}
	s, err := a.loadPrinted("", false)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := a.search(s, q, index.Search{Filter: filter, Limit: c.Limit})
	if err != nil {
		return err
	}
	if c.Format == "json" {
		enc := json.NewEncoder(a.stdout)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(searchOf(s.Catalog, typed, r)); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	} else {
		a.printSearch(searchOf(s.Catalog, typed, r), s.Catalog.Facets())
	}
	switch {
	case r.Total > 0 || a.Quiet:
	case r.Found > 0:
		fmt.Fprintln(a.stderr, a.strings.T("search.filtered", typed, strconv.Itoa(r.Found)))
	default:
		fmt.Fprintln(a.stderr, a.strings.T("search.none", typed))
	}
	return nil
}

// filter reads the flags that narrow a search. A status may be its code or its
// word.
func (c *searchCmd) filter(a *app) (map[catalog.Facet][]string, error) {
	force := slices.Clone(c.Force)
	if c.InForce {
		force = append(force, string(gazette.InForce))
	}
	codes := []string{catalog.Superseded}
	for _, f := range gazette.Forces() {
		codes = append(codes, string(f))
	}
	for i, word := range force {
		at := slices.IndexFunc(codes, func(code string) bool { return word == code || word == a.strings.T("force."+code) })
		if at < 0 {
			slices.Sort(codes)
			return nil, usageError{"usage.search-force", []string{word, strings.Join(codes, ", ")}}
		}
		force[i] = codes[at]
	}
	class := slices.Clone(c.Class)
	for i, word := range class {
		for _, t := range gazette.Types() {
			if key := "type." + string(t); word == a.strings.T(key) {
				class[i] = string(t)
			}
		}
	}
	return map[catalog.Facet][]string{
		"force": force, "class": class, "kind": c.Kind, "issuer": c.Issuer,
		"level": c.Level, "topic": c.Topic, "year": c.Year, "issue": c.Issue, "gazette": c.Gazette,
	}, nil
}

// search asks the index of the site. Where that cannot be had, because another
// run is busy with it or the disk is full, the documents are read one by one.
func (a *app) search(s *build.Site, q query.Query, how index.Search) (index.Result, error) {
	o := index.Options{Dir: filepath.Join(a.Dir, ".gongbao", "index"), Catalog: s.Catalog, Loader: s.Loader()}
	if p := a.progress(); p != nil {
		o.Progress = func(done, total int) { p("index", done, total) }
	}
	x, release, err := a.openIndex(o)
	a.clearProgress()
	if a.ctx.Err() != nil {
		return index.Result{}, a.ctx.Err()
	}
	if err != nil {
		if !a.Quiet {
			fmt.Fprintln(a.stderr, a.strings.T("search.scan", a.explain(err).Error()))
		}
		x, release = index.Scan(o), func() error { return nil }
	}
	r, err := x.Search(a.ctx, q, how)
	return r, errors.Join(err, x.Close(), release())
}

// openIndex opens the index under a lock of its own.
func (a *app) openIndex(o index.Options) (*index.Index, func() error, error) {
	release, err := build.Lock(a.Dir, o.Dir)
	notice, wait := time.After(indexNotice), time.After(indexWait)
	for {
		if _, locked := errors.AsType[*build.LockedError](err); !locked {
			break
		}
		select {
		case <-a.ctx.Done():
			return nil, nil, err
		case <-wait:
			return nil, nil, err
		case <-notice:
			if !a.Quiet {
				fmt.Fprintln(a.stderr, a.strings.T("search.waiting"))
			}
		case <-time.After(indexPoll):
			release, err = build.Lock(a.Dir, o.Dir)
		}
	}
	if err != nil {
		return nil, nil, err
	}
	x, err := index.Open(a.ctx, o)
	if err != nil {
		return nil, nil, errors.Join(err, release())
	}
	return x, release, nil
}

func searchOf(c *catalog.Catalog, typed string, r index.Result) searchObject {
	o := searchObject{Query: typed, Total: r.Total, Results: []hitObject{}, Facets: map[string][]facetObject{}}
	for _, h := range r.Hits {
		force := c.ForceCode(h.Entry)
		if force == "" {
			force = forceName(gazette.NoForce)
		}
		from := ""
		if h.Mount != nil {
			from = h.Mount.Title
		}
		o.Results = append(o.Results, hitObject{
			Title: h.Title.Text, TitleMarks: h.Title.Marks, Number: h.Document.Number, Type: string(h.Type), Force: force,
			Date: h.Date.String(), Issuers: append([]string{}, c.FacetValues(h.Entry, "issuer")...), Gazette: from, Path: contentFile(h.Entry),
			Address: h.Address, Anchor: h.Anchor, Passage: passageObject{h.Passage.Text, append([][2]int{}, h.Passage.Marks...)}, Score: h.Score,
		})
	}
	for _, f := range r.Facets {
		values := []facetObject{}
		for _, v := range f.Values {
			values = append(values, facetObject{v.Value, v.Hits})
		}
		o.Facets[string(f.Facet)] = values
	}
	return o
}
