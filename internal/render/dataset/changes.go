package dataset

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/render"
)

// A Change is a line of the change log: what happened to one document, as the
// ledger has it. The log goes by documents, not by days: whoever has taken all
// lines up to a seq asks for what came behind it.
type Change struct {
	Seq   int    `json:"seq"` // 1 for the first line of the ledger
	At    string `json:"at"`  // when it was recorded, RFC 3339
	Event string `json:"event"`
	ID    string `json:"id"`
	// Path is that of the content file at that time, where it is not the id.
	Path        string            `json:"path,omitempty"`
	Address     string            `json:"address"`
	Number      string            `json:"number,omitempty"`
	Published   string            `json:"published,omitempty"`
	TextHash    string            `json:"text_hash"`
	Status      *Status           `json:"status,omitempty"`
	Corrections int               `json:"corrections,omitempty"`
	Files       map[string]string `json:"files,omitempty"` // SHA-256 by path from the address
	// Sum chains the lines: a log that has the same sum at a seq has the same lines up
	// to it. Where it has another, its ledger was rewritten.
	Sum string `json:"sum"`
}

// A Head is changes/head.json: how far the log goes.
type Head struct {
	V      int     `json:"v"`
	Seq    int     `json:"seq"` // 0 where nothing was recorded yet
	At     string  `json:"at,omitempty"`
	Sum    string  `json:"sum,omitempty"`
	Months []Month `json:"months"`
}

// A Month is a file of the log. First and Last are its least and its greatest seq:
// the lines of one month stand together unless records were made for a day that
// was past.
type Month struct {
	Path   string `json:"path"`
	First  int    `json:"first"`
	Last   int    `json:"last"`
	Size   int    `json:"size"`
	SHA256 string `json:"sha256"`
}

// Changes are the files of the change log. Titles stay out: a title may be what a
// document was withdrawn for, and the log is kept. So may the name of an attachment:
// of what the site no longer shows, none is in any line. Pages stay out, too: they
// change with the look of the site, of which the ledger says nothing.
func Changes(cat *catalog.Catalog, facts func(path string) (render.Facts, bool), version string) []render.Unit {
	lines := cat.Ledger.Lines()
	months := monthsOf(lines)
	shown := map[string]bool{} // by id: what is withdrawn or gone may not be on record as that yet
	for _, e := range cat.Documents {
		shown[e.ID] = e.Shelf != gazette.Withdrawn
	}
	withdrawn := func(i int) bool { return !shown[lines[i].ID] }
	var units []render.Unit
	for _, m := range months {
		units = append(units, render.Unit{
			Path: m.path, Wave: 1,
			Key: func() render.Key {
				end := lines[m.lines[len(m.lines)-1]].Sum // chains all before it
				without := slices.DeleteFunc(slices.Clone(m.lines), func(i int) bool { return !withdrawn(i) })
				return render.Hash([]any{m.path, m.lines, without}, end[:], []byte(version))
			},
			Render: func(loader render.Loader) (render.Output, []diag.Finding) {
				b := loader.Buffer()
				if err := writeMonth(b, lines, m, withdrawn); err != nil {
					return render.Output{}, []diag.Finding{diag.New("file-unreadable", diag.Pos{File: m.path}, err.Error())}
				}
				return render.Output{Bytes: b.Bytes()}, nil
			},
		})
	}
	view := func() Head {
		h := Head{V: 1, Seq: len(lines), Months: []Month{}}
		if n := len(lines); n > 0 {
			h.At, h.Sum = lines[n-1].At, hex.EncodeToString(lines[n-1].Sum[:])
		}
		for _, m := range months {
			if f, ok := facts(m.path); ok {
				h.Months = append(h.Months, Month{m.path, m.lines[0] + 1, m.lines[len(m.lines)-1] + 1, f.Size, f.Sum.String()})
			}
		}
		return h
	}
	return append(units, render.Unit{
		Path: render.ChangesHead, Wave: 3,
		Key: func() render.Key { return render.Hash(view(), []byte(version)) },
		Render: func(render.Loader) (render.Output, []diag.Finding) {
			return made(render.ChangesHead, func() ([]byte, error) {
				var b bytes.Buffer
				enc := json.NewEncoder(&b)
				enc.SetIndent("", " ")
				err := enc.Encode(view())
				return b.Bytes(), err
			})
		},
	})
}

// A month is the lines of one file of the log, by index.
type month struct {
	path  string
	lines []int
}

// monthsOf are the months of lines, by the first line of each.
func monthsOf(lines []ledger.Line) []month {
	var out []month
	at := map[string]int{}
	for i := range lines {
		path := render.ChangesMonth(lines[i].At)
		k, ok := at[path]
		if !ok {
			k = len(out)
			at[path], out = k, append(out, month{path: path})
		}
		out[k].lines = append(out[k].lines, i)
	}
	return out
}

func writeMonth(w io.Writer, lines []ledger.Line, m month, withdrawn func(i int) bool) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, i := range m.lines {
		c := changeOf(lines, i)
		c.Files = maps.Clone(c.Files)
		maps.DeleteFunc(c.Files, func(name, _ string) bool {
			return name == "index.html" || withdrawn(i) && strings.HasPrefix(name, "files/")
		})
		if err := enc.Encode(c); err != nil {
			return err
		}
	}
	return nil
}

func changeOf(lines []ledger.Line, i int) Change {
	l := &lines[i]
	return Change{
		Seq: i + 1, At: l.At, Event: l.Event, ID: l.ID, Path: l.Path, Address: l.Address, Number: l.Number, Published: l.Published,
		TextHash: l.TextHash, Status: l.Status, Corrections: l.Corrections, Files: l.Files, Sum: hex.EncodeToString(l.Sum[:]),
	}
}
