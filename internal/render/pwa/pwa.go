// Package pwa makes what lets a site live on a phone: the manifest and its icons,
// the service worker, and the lists of what can be taken along.
//
// The worker and the packs speak of other files by the sums of their bytes, which
// the build keeps as facts: they are made in the last wave, and change only when
// one of those files does.
package pwa

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"strings"

	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/render"
)

const (
	manifestFile = "manifest.webmanifest"
	workerFile   = "sw.js"
)

// Input is what the files depend on.
type Input struct {
	Site     config.Site
	Words    func(key string, args ...any) string
	Version  string
	Worker   []byte   // source of the worker
	Page     string   // of what is on the device: it stands in for what is not
	Shell    []string // addresses of assets, with their hashes behind ?v=
	Late     []string // what else is kept from the beginning
	Gone     []string // folders of what was withdrawn, with a final slash, and files that had its text
	Themes   [2]string
	Packs    []render.Pack
	Facts    func(path string) (render.Facts, bool) // of files of earlier waves
	FileHash func(path string) []byte               // of a file by its path from the site's root
	// Preview says that nothing may stay on a device, because pages change while
	// they are read.
	Preview bool
}

// Units returns the files. A site that does not want to be kept has a worker all
// the same, which ends the one of earlier days.
func Units(in Input) []render.Unit {
	if !in.Site.Offline {
		return []render.Unit{in.retired()}
	}
	units := append(in.iconUnits(), in.manifest())
	if in.Preview {
		return append(units, in.retired())
	}
	for _, p := range in.Packs {
		units = append(units, in.pack(p))
	}
	return append(units, in.worker())
}

// unit makes a unit of JSON or of a script; write is pure.
func (in Input) unit(path string, wave int, write func() ([]byte, error)) render.Unit {
	return render.Unit{
		Path: path, Wave: wave,
		Key: func() render.Key {
			b, err := write()
			if err != nil {
				b = []byte(err.Error())
			}
			return render.Hash(path, b)
		},
		Render: func(render.Loader) (render.Output, []diag.Finding) {
			b, err := write()
			if err != nil {
				return render.Output{}, []diag.Finding{diag.New("file-unreadable", diag.Pos{File: path}, err.Error())}
			}
			return render.Output{Bytes: b}, nil
		},
	}
}

// retired is a worker that clears what others of this site kept, and goes.
func (in Input) retired() render.Unit {
	const source = `self.addEventListener("install",function(){self.skipWaiting()});` +
		`self.addEventListener("activate",function(e){var p=new URL(self.registration.scope).pathname;` +
		`e.waitUntil(caches.keys().then(function(names){return Promise.all(names.map(function(n){` +
		`var m=/^gongbao\d* (\S*) /.exec(n);return m&&m[1]===p&&caches.delete(n)}))` +
		`}).then(function(){return self.registration.unregister()}))});` + "\n"
	return in.unit(workerFile, 3, func() ([]byte, error) { return []byte(source), nil })
}

// worker is the service worker behind a line of what it keeps, and of what it must
// not keep any longer: a copy of that counts only if it is the file that stands
// there now, a folder's index.html. The shell begins with the page that stands in
// for others.
func (in Input) worker() render.Unit {
	return in.unit(workerFile, 3, func() ([]byte, error) {
		data := struct {
			Shell [][2]string       `json:"shell"`
			Late  []string          `json:"late"`
			Gone  [][2]string       `json:"gone"` // path, sum
			Words map[string]string `json:"words"`
		}{Late: in.Late, Gone: [][2]string{}, Words: map[string]string{}}
		if f, ok := in.Facts(in.Page); ok {
			data.Shell = append(data.Shell, [2]string{in.Page + "?v=" + f.Sum.Short(), f.Sum.Short()})
		}
		for _, address := range in.Shell {
			_, sum, _ := bytes.Cut([]byte(address), []byte("?v="))
			data.Shell = append(data.Shell, [2]string{address, string(sum)})
		}
		for _, path := range in.Gone {
			file := path
			if strings.HasSuffix(path, "/") {
				file += "index.html"
			}
			sum := "-" // of no file
			if f, ok := in.Facts(file); ok {
				sum = f.Sum.Short()
			}
			data.Gone = append(data.Gone, [2]string{path, sum})
		}
		for _, key := range []string{"kept", "again", "online"} {
			data.Words[key] = in.Words("offline." + key)
		}
		line, err := marshal(data)
		if err != nil {
			return nil, err
		}
		return append(append(append([]byte("self.GONGBAO="), line...), ";\n"...), in.Worker...), nil
	})
}

// A packFile is pack.json: [path, sum, bytes] of every file.
type packFile struct {
	V           int      `json:"v"`
	Title       string   `json:"title"`
	Page        string   `json:"page"`
	Count       int      `json:"count"` // documents
	Fingerprint string   `json:"fingerprint"`
	Bytes       int      `json:"bytes"`
	Pages       [][3]any `json:"pages"`
	ExtraBytes  int      `json:"extra_bytes"`
	Extra       [][3]any `json:"extra"`
}

func (in Input) pack(p render.Pack) render.Unit {
	return in.unit(p.Path, 3, func() ([]byte, error) {
		f := packFile{V: 1, Title: p.Title, Page: p.Page, Count: p.Count}
		f.Pages, f.Bytes = in.files(p.Pages())
		f.Extra, f.ExtraBytes = in.files(p.Extra())
		all, err := json.Marshal([]any{f.Title, f.Pages, f.Extra})
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(all)
		f.Fingerprint = render.Sum(sum).Short()
		return marshal(f)
	})
}

// files lists the files that there are. A PDF that was not made is not there.
func (in Input) files(paths []string) (list [][3]any, size int) {
	list = [][3]any{}
	for _, p := range paths {
		if f, ok := in.Facts(p); ok {
			list = append(list, [3]any{p, f.Sum.Short(), f.Size})
			size += f.Size
		}
	}
	return list, size
}

// manifest makes the site one that can be put on the home screen.
func (in Input) manifest() render.Unit {
	type icon struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose,omitempty"`
	}
	view := struct {
		Name       string `json:"name"`
		ShortName  string `json:"short_name"`
		Lang       string `json:"lang"`
		Dir        string `json:"dir"`
		ID         string `json:"id"`
		StartURL   string `json:"start_url"`
		Scope      string `json:"scope"`
		Display    string `json:"display"`
		Background string `json:"background_color,omitempty"`
		Theme      string `json:"theme_color,omitempty"`
		Icons      []icon `json:"icons"`
	}{
		Name: in.Site.Title, ShortName: in.Site.ShortTitle, Lang: in.Site.Language, Dir: "ltr",
		ID: "index.html", StartURL: "index.html", Scope: "./", Display: "standalone",
		Background: in.Themes[0], Theme: in.Themes[0],
	}
	if view.ShortName == "" {
		view.ShortName = view.Name
	}
	if file := render.Icon(in.Site.Emblem); file != render.IconFile {
		view.Icons = append(view.Icons, icon{file, "any", "image/svg+xml", "any"})
	}
	for _, x := range in.icons() {
		view.Icons = append(view.Icons, icon{x.path, x.sizes(), "image/png", x.purpose})
	}
	return in.unit(manifestFile, 2, func() ([]byte, error) { return marshal(view) })
}

// marshal writes JSON as it is read by people: with < and & as they are.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return b.Bytes(), err
}
