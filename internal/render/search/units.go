// Package search makes the files under search/ of a site, whose form stands in
// package search below it, out of a catalog and the bodies of its documents.
//
// Documents that came out in closed years, before the year of the build, are
// the archive; the others are recent. A unit of grams is keyed by the texts of
// its part, so that an unchanged part is not even read. The first that is
// rendered reads the texts of its part once; files are made a stretch at
// a time, in order, so that memory stays within bounds.
package search

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/query"
	"gongbao/internal/render"
	"gongbao/internal/search"
	"gongbao/internal/zh"
)

// An Index is the search of one catalog.
type Index struct {
	Config search.Config
	Before *Before // nil: nothing of the last build is made use of
	// Scratch makes a temporary file for texts; nil: all stay in memory.
	Scratch func() (Scratch, error)
	parts   []*part // of the units that were given away
	cat     *catalog.Catalog
	docs    []*catalog.Entry
}

// New numbers the documents of a catalog and decides how the index is cut.
func New(cat *catalog.Catalog) *Index {
	x := &Index{cat: cat, docs: cat.Searchable()}
	x.Config = search.Config{V: search.Version, N: len(x.docs), Years: [][2]int{}}
	for i, e := range x.docs {
		year := int(e.Since().Year)
		if year < int(cat.AsOf.Year) {
			x.Config.A = i + 1
		}
		if n := len(x.Config.Years); year > 0 && (n == 0 || x.Config.Years[n-1][0] != year) {
			x.Config.Years = append(x.Config.Years, [2]int{year, i})
		}
	}
	for _, f := range cat.Facets() {
		x.Config.Facets = append(x.Config.Facets, string(f))
	}
	x.Config.Issues = []int{}
	for _, e := range cat.Issues {
		if y := e.Digest.Issue.Year; !slices.Contains(x.Config.Issues, y) {
			x.Config.Issues = append(x.Config.Issues, y)
		}
	}
	archive, recent := x.docs[:x.Config.A], x.docs[x.Config.A:]
	x.Config.Archive = search.ArchiveParams(len(archive), size(archive), build(archive))
	x.Config.Recent = search.RecentParams(len(recent), size(recent), build(recent))
	x.Config.Archive.Texts, x.Config.Recent.Texts = texts(archive), texts(recent)
	x.Config.Build = build(x.docs)
	x.Config.Heads = search.HeadParams(len(x.docs))
	x.Config.Exact = search.ExactFiles(len(x.docs))
	x.Config.Meta = search.MetaDocs(len(x.docs))
	return x
}

func size(es []*catalog.Entry) int {
	n := 0
	for _, e := range es {
		n += e.Size
	}
	return n
}

// sum is the hash of the texts of a part, in their order.
func sum(es []*catalog.Entry) [sha256.Size]byte {
	bodies := make([]digest.Hash, len(es))
	for i, e := range es {
		bodies[i] = e.BodyHash
	}
	return sumOf(bodies)
}

// sumOf is sum of the hashes of the bodies.
func sumOf(bodies []digest.Hash) [sha256.Size]byte {
	h := sha256.New()
	fmt.Fprintln(h, search.Version, len(bodies))
	for _, b := range bodies {
		h.Write(b[:])
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// headSum is that of the titles and numbers.
func headSum(es []*catalog.Entry) [sha256.Size]byte {
	return hashOf(es, func(b []byte, e *catalog.Entry) []byte {
		b = append(append(b, e.Called()...), '\n')
		return append(append(b, e.Document.Number...), '\n')
	})
}

// hashOf is the hash of what is appended for each of many entries.
func hashOf(es []*catalog.Entry, appendTo func(b []byte, e *catalog.Entry) []byte) [sha256.Size]byte {
	h := sha256.New()
	b := make([]byte, 0, 8<<10)
	for _, e := range es {
		if b = appendTo(b, e); len(b) > 4<<10 {
			h.Write(b)
			b = b[:0]
		}
	}
	h.Write(b)
	return [sha256.Size]byte(h.Sum(nil))
}

// idSum tells who has which number.
func idSum(es []*catalog.Entry) [sha256.Size]byte {
	return hashOf(es, func(b []byte, e *catalog.Entry) []byte { return append(append(b, e.Mount.In(e.ID)...), '\n') })
}

// build tells two builds apart whose documents have other numbers.
func build(es []*catalog.Entry) uint32 {
	s := idSum(es)
	return binary.BigEndian.Uint32(s[:])
}

// texts changes with every text of a part.
func texts(es []*catalog.Entry) uint32 {
	s := sum(es)
	return binary.BigEndian.Uint32(s[:])
}

// Units are the files, without the page.
func (x *Index) Units() []render.Unit {
	var units []render.Unit
	c := x.Config
	units = append(units, x.BodyUnits()...)
	units = append(units, x.unitsOf(newHeads(x.docs, c.Heads))...)
	units = append(units, x.metaUnits()...)
	units = append(units, x.exactUnits()...)
	units = append(units, x.issueUnits()...)
	units = append(units, x.stateUnit(), linesUnit(search.Folder+"hant.bin", func() []string {
		return strings.Split(strings.TrimSuffix(zh.SimplifiedTable, "\n"), "\n")
	}))
	for _, f := range x.cat.Facets() {
		if f != "force" {
			units = append(units, x.facetUnit(f))
		}
	}
	return units
}

// BodyUnits are the files that are made of texts, and of nothing else.
func (x *Index) BodyUnits() []render.Unit { return x.unitsOf(x.bodies()...) }

func (x *Index) unitsOf(parts ...*part) []render.Unit {
	var units []render.Unit
	for _, p := range parts {
		p.scratch = x.Scratch
		x.parts = append(x.parts, p)
		units = append(units, p.units()...)
	}
	return units
}

// Close removes what is left of temporary files. Units must not be rendered
// afterwards.
func (x *Index) Close() error {
	var errs []error
	for _, p := range x.parts {
		errs = append(errs, p.close())
	}
	return errors.Join(errs...)
}

// bodies are the parts of texts.
func (x *Index) bodies() []*part {
	c := x.Config
	archive := newPart(x.docs[:c.A], c.Archive, search.Archive+"body/")
	recent := newPart(x.docs[c.A:], c.Recent, search.Recent+"body/")
	archive.before, recent.before = x.Before, x.Before
	return []*part{archive, recent}
}

// unit is a file that is made from the catalog alone: its key is its bytes.
func unit(path string, make func() []byte) render.Unit {
	return render.Unit{
		Path: path, Wave: 2,
		Key:    func() render.Key { return render.Key(sha256.Sum256(make())) },
		Render: func(render.Loader) (render.Output, []diag.Finding) { return render.Output{Bytes: make()}, nil },
	}
}

// linesUnit is a file of lines, keyed by them: packing them is most of the work.
func linesUnit(path string, make func() []string) render.Unit {
	return render.Unit{
		Path: path, Wave: 2,
		Key: func() render.Key { return render.Hash(make(), []byte{search.Version}) },
		Render: func(render.Loader) (render.Output, []diag.Finding) {
			return render.Output{Bytes: search.Lines(make())}, nil
		},
	}
}

// meta is what a result shows of an entry. Behind the issuers of a document of a
// mount stands whose gazette it is from.
func meta(e *catalog.Entry) search.Meta {
	m := search.Meta{Title: e.Called(), Address: e.Address, Date: e.Date.String(), Issuers: strings.Join(append(slices.Clone(e.Document.Issuers), e.Article.Issuers...), "、")}
	if e.Mount != nil {
		m.Issuers = strings.TrimPrefix(m.Issuers+" · "+e.Mount.Title, " · ")
	}
	if e.Type == gazette.TypeDocument {
		m.Number = e.Document.Number
	} else {
		m.Type = string(e.Type)
	}
	return m
}

func (x *Index) metaUnits() []render.Unit {
	var units []render.Unit
	for from := 0; from < x.Config.N; {
		path, _ := x.Config.MetaFile(from)
		end := min(from+x.Config.Meta, x.Config.N)
		if from < x.Config.A {
			end = min(end, x.Config.A)
		}
		part := x.docs[from:end]
		units = append(units, linesUnit(path, func() []string {
			metas := make([]search.Meta, len(part))
			for i, e := range part {
				metas[i] = meta(e)
			}
			return search.MetaLines(metas)
		}))
		from = end
	}
	return units
}

// exactUnits are the lookups of whole numbers and titles.
func (x *Index) exactUnits() []render.Unit {
	files := make([][]int, x.Config.Exact)
	add := func(key string, doc int) {
		n := search.ExactFile(key, len(files))
		if k := len(files[n]); k == 0 || files[n][k-1] != doc {
			files[n] = append(files[n], doc)
		}
	}
	for i, e := range x.docs {
		key, _ := search.TitleLine(e.Called(), i)
		add(key, i)
		if !e.Number.IsZero() {
			add(number(e).Key(), i)
		}
	}
	units := make([]render.Unit, len(files))
	for n, docs := range files {
		units[n] = linesUnit(search.File(search.Recent+"exact/", n), func() []string {
			var lines []string
			keep := func(key, line string) {
				if search.ExactFile(key, len(files)) == n {
					lines = append(lines, line)
				}
			}
			for _, i := range docs {
				e := x.docs[i]
				keep(search.TitleLine(e.Called(), i))
				if !e.Number.IsZero() {
					keep(search.ExactLine(number(e), i, meta(e)))
				}
			}
			return lines
		})
	}
	return units
}

func number(e *catalog.Entry) query.Number {
	return query.Number{Series: zh.Stream(e.Number.Series), Year: e.Number.Year, Serial: e.Number.Serial}
}

// issueUnits say what was printed where: one file a year.
func (x *Index) issueUnits() []render.Unit {
	printed := map[*catalog.Entry][]string{}
	for i, e := range x.docs {
		if e.Issue != nil {
			printed[e.Issue] = append(printed[e.Issue], fmt.Sprintf("%d:%d:%d", i, e.IssuePage, max(e.IssuePage, e.IssueLast)))
		}
	}
	years := map[int][]string{}
	for _, e := range x.cat.Issues {
		year := e.Digest.Issue.Year
		years[year] = append(years[year], strings.Join([]string{strconv.Itoa(e.Digest.Issue.No), e.Address, e.Title(), strings.Join(printed[e], " ")}, "\t"))
	}
	var units []render.Unit
	for year, lines := range years {
		units = append(units, linesUnit(search.Recent+"issues/"+strconv.Itoa(year)+".bin", func() []string { return lines }))
	}
	slices.SortFunc(units, func(a, b render.Unit) int { return strings.Compare(a.Path, b.Path) })
	return units
}

// epoch is the day from which state.bin counts.
var epoch = gazette.NewDate(2000, 1, 1)

func (x *Index) stateUnit() render.Unit {
	return unit(search.State, func() []byte {
		lists, steps := search.Lists{}, map[int][]search.Step{}
		for i, e := range x.docs {
			if code := x.cat.ForceCode(e); code != "" {
				lists[code] = append(lists[code], int32(i))
			}
			for _, s := range x.cat.ForceSteps(e) {
				steps[i] = append(steps[i], search.Step{Until: s.Until.DaysSince(epoch), Code: s.Code})
			}
		}
		return search.StateFile(x.Config.Build, len(x.docs), lists, steps)
	})
}

func (x *Index) facetUnit(f catalog.Facet) render.Unit {
	return unit(search.Recent+"facets/"+string(f)+".bin", func() []byte {
		lists := search.Lists{}
		for i, e := range x.docs {
			for _, v := range x.cat.FacetValues(e, f) {
				if f == "year" && v == strconv.Itoa(x.Config.Year(i)) {
					continue
				}
				if l := lists[v]; len(l) == 0 || l[len(l)-1] != int32(i) {
					lists[v] = append(lists[v], int32(i))
				}
			}
		}
		return search.FacetFile(len(x.docs), lists)
	})
}
