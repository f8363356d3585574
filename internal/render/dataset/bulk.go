package dataset

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// A Bulk is what the files of the whole gazette are made from.
type Bulk struct {
	Source
	Words   Words
	Version string
	// Append appends a file as it stands in the output.
	Append func(b []byte, path string) ([]byte, error)
}

// Units are the catalogue in its three forms, the documents of each year, and what
// describes them.
func (b *Bulk) Units() []render.Unit {
	if len(b.Catalog.Documents) == 0 {
		return nil
	}
	said := sync.OnceValue(b.said)
	units := []render.Unit{
		b.catalogue(render.DataCSV, said, b.csv),
		b.catalogue(render.DataSheet, said, func() ([]byte, error) { return b.workbook(b.Words) }),
		b.catalogue(render.DataSQLite, said, b.database),
	}
	units = append(units, b.gazette())
	units = append(units, Descriptions(b.Words, b.Version)...)
	return append(units, b.OfTexts(nil)...)
}

// OfTexts are the files that an edit of texts changes: those of the years of the
// entries, of all years for nil, that of the issues, and the description.
func (b *Bulk) OfTexts(entries []*catalog.Entry) []render.Unit {
	years := yearsOf(b.Catalog)
	var units []render.Unit
	for _, year := range slices.Sorted(maps.Keys(years)) {
		if entries == nil || slices.ContainsFunc(entries, func(e *catalog.Entry) bool { return int(e.Date.Year) == year }) {
			units = append(units, b.together(render.DataYear(year), years[year]))
		}
	}
	if len(b.Catalog.Issues) > 0 {
		units = append(units, b.together(render.DataIssues, b.Catalog.Issues))
	}
	return append(units, b.index(years))
}

// yearsOf are the documents that have a file, by year.
func yearsOf(c *catalog.Catalog) map[int][]*catalog.Entry {
	out := map[int][]*catalog.Entry{}
	for _, e := range c.Documents {
		if e.Shelf != gazette.Withdrawn {
			out[int(e.Date.Year)] = append(out[int(e.Date.Year)], e)
		}
	}
	return out
}

// said is the hash of all that the catalogue says.
func (b *Bulk) said() render.Key {
	h := sha256.New()
	b.documents(func(d *Document, e *catalog.Entry) bool {
		k := render.Hash([]any{cells(d, e), d.Intervals, d.Relations})
		h.Write(k[:])
		return true
	})
	for _, e := range b.Catalog.Issues {
		i := e.Digest.Issue
		fmt.Fprintln(h, i.Year, i.No, i.Running, i.Title, i.Date, e.Address)
	}
	return render.Key(h.Sum(nil))
}

// catalogue is a unit of the catalogue.
func (b *Bulk) catalogue(path string, said func() render.Key, make func() ([]byte, error)) render.Unit {
	return render.Unit{
		Path: path, Wave: 2,
		Key: func() render.Key {
			k := said()
			return render.Hash(path, k[:], []byte(b.Version))
		},
		Render: func(render.Loader) (render.Output, []diag.Finding) { return made(path, make) },
	}
}

func made(path string, make func() ([]byte, error)) (render.Output, []diag.Finding) {
	b, err := make()
	if err != nil {
		return render.Output{}, []diag.Finding{diag.New("file-unreadable", diag.Pos{File: path}, err.Error())}
	}
	return render.Output{Bytes: b}, nil
}

// together is the unit of a file that strings together index.json of entries, as
// they stand beside their pages.
func (b *Bulk) together(path string, entries []*catalog.Entry) render.Unit {
	return render.Unit{
		Path: path, Wave: 2,
		Key: func() render.Key {
			var sums []byte
			for _, e := range entries {
				f, _ := b.Facts(e.Address + render.JSON.File)
				sums = append(append(sums, e.Address...), f.Sum[:]...)
			}
			return render.Hash(path, sums, []byte(b.Version))
		},
		Render: func(render.Loader) (render.Output, []diag.Finding) {
			return made(path, func() ([]byte, error) {
				size := 0
				for _, e := range entries {
					f, _ := b.Facts(e.Address + render.JSON.File)
					size += f.Size
				}
				out := make([]byte, 0, size+1)
				var err error
				for _, e := range entries {
					if out, err = b.Append(out, e.Address+render.JSON.File); err != nil {
						return nil, err
					}
				}
				return out, nil
			})
		},
	}
}

// A description is schema.org's Dataset.
type description struct {
	Context      string     `json:"@context"`
	Type         string     `json:"@type"`
	ID           string     `json:"@id,omitempty"`
	Name         string     `json:"name"`
	Description  string     `json:"description"`
	Language     string     `json:"inLanguage"`
	Modified     string     `json:"dateModified,omitempty"`
	Count        int        `json:"size"`
	Publisher    *publisher `json:"publisher,omitempty"`
	Distribution []download `json:"distribution"`
}

type publisher struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type download struct {
	Type   string `json:"@type"`
	Name   string `json:"name"`
	URL    string `json:"contentUrl"`
	Format string `json:"encodingFormat"`
	Size   int    `json:"contentSize"` // bytes
	SHA256 string `json:"sha256"`
}

// index is a unit of the last wave: it knows all others.
func (b *Bulk) index(years map[int][]*catalog.Entry) render.Unit {
	view := func() description {
		cfg := b.Catalog.Config
		d := description{
			Context: "https://schema.org/", Type: "Dataset", Name: cmp.Or(cfg.Site.Title, b.Words.T("data.documents")),
			Description: b.Words.T("data.about"), Language: cfg.Site.Language,
		}
		if cfg.BaseURL != "" {
			d.ID = cfg.BaseURL + render.DataIndex
		}
		if cfg.Site.Sponsor != "" {
			d.Publisher = &publisher{"GovernmentOrganization", cfg.Site.Sponsor}
		}
		files := []string{render.DataCSV, render.DataSheet, render.DataSQLite}
		for _, year := range slices.Backward(slices.Sorted(maps.Keys(years))) {
			files = append(files, render.DataYear(year))
			d.Count += len(years[year])
			for _, e := range years[year] {
				d.Modified = max(d.Modified, e.Published().Date.String())
			}
		}
		files = append(files, render.DataIssues, render.DataGazette, render.DataWords)
		for _, name := range append(files, SchemaFiles()...) {
			if f, ok := b.Facts(name); ok {
				d.Distribution = append(d.Distribution, download{
					"DataDownload", strings.TrimPrefix(name, "data/"), cfg.BaseURL + name, render.MediaType(name), f.Size, f.Sum.String(),
				})
			}
		}
		return d
	}
	return render.Unit{
		Path: render.DataIndex, Wave: 3,
		Key: func() render.Key { return render.Hash(view(), []byte(b.Version)) },
		Render: func(render.Loader) (render.Output, []diag.Finding) {
			return made(render.DataIndex, func() ([]byte, error) {
				var out bytes.Buffer
				enc := json.NewEncoder(&out)
				enc.SetEscapeHTML(false)
				enc.SetIndent("", " ")
				err := enc.Encode(view())
				return out.Bytes(), err
			})
		},
	}
}
