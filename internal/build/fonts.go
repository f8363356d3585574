package build

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"gongbao/internal/diag"
	"gongbao/internal/font"
)

// fontsVariable is an environment variable that replaces the system's folders
// of fonts: a list like PATH, for tests and for builds that must not depend on
// the machine.
const fontsVariable = "GONGBAO_FONTS"

// Fonts opens the fonts of a site: first those of fonts/, then those of the
// system. want is [pdf.fonts]. The set reads from the files until close is
// called. Only files that serve a role stay open.
func Fonts(root string, want map[font.Role]string) (set *font.Set, findings []diag.Finding, close func() error, err error) {
	dir, err := os.OpenRoot(root)
	if err != nil {
		return nil, nil, nil, err
	}
	p := fontPool{root: dir}
	findings = p.site(want)
	places := []string{font.Folder}
	for _, d := range fontFolders() {
		p.system(d)
		places = append(places, d)
	}
	p.park()
	set, assigned := font.Assign(p.faces, want)
	for _, f := range assigned {
		switch {
		case f.Rule != "font-missing":
		case brokenNamed(findings, f.Args[1]):
			continue // said already
		default:
			f.Args[2] = strings.Join(places, " ")
		}
		findings = append(findings, f)
	}
	p.park()
	return set, diag.Sort(findings), p.close, nil
}

func brokenNamed(findings []diag.Finding, name string) bool {
	return slices.ContainsFunc(findings, func(f diag.Finding) bool {
		return f.Rule == "font-broken" && f.Severity == diag.Error && namesFile(name, f.Pos.File)
	})
}

// namesFile reports whether a value of [pdf.fonts] means the file.
func namesFile(name, file string) bool {
	name, _, _ = strings.Cut(name, "#")
	return font.NamesFile(name, file)
}

// fontFolders returns where the system has fonts.
func fontFolders() []string {
	if list, ok := os.LookupEnv(fontsVariable); ok {
		return slices.DeleteFunc(filepath.SplitList(list), func(s string) bool { return s == "" })
	}
	home, _ := os.UserHomeDir()
	inHome := func(elem ...string) []string {
		if home == "" {
			return nil
		}
		return []string{filepath.Join(append([]string{home}, elem...)...)}
	}
	switch runtime.GOOS {
	case "windows":
		var dirs []string
		if w := os.Getenv("WINDIR"); w != "" {
			dirs = append(dirs, filepath.Join(w, "Fonts"))
		}
		if l := os.Getenv("LOCALAPPDATA"); l != "" {
			dirs = append(dirs, filepath.Join(l, "Microsoft", "Windows", "Fonts"))
		}
		return dirs
	case "darwin":
		dirs := []string{"/System/Library/Fonts", "/Library/Fonts"}
		// Font Book downloads 楷体, 仿宋 and others here.
		assets, _ := filepath.Glob("/System/Library/AssetsV2/com_apple_MobileAsset_Font*")
		return append(append(dirs, assets...), inHome("Library", "Fonts")...)
	}
	return append(append([]string{"/usr/share/fonts", "/usr/local/share/fonts"}, inHome(".fonts")...), inHome(".local", "share", "fonts")...)
}

// A fontPool is the font files that were found, in the order in which they
// were.
type fontPool struct {
	root  *os.Root
	files []*fontFile
	faces []*font.Face
}

// isFont reports whether a file's name is that of a font that can be opened.
func isFont(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".ttf", ".ttc", ".otf", ".otc":
		return !strings.HasPrefix(name, ".")
	}
	return false
}

// site opens the fonts in the site's own folder. Links are not followed, as
// everywhere in a site.
func (p *fontPool) site(want map[font.Role]string) []diag.Finding {
	var findings []diag.Finding
	folder := strings.TrimSuffix(font.Folder, "/")
	_ = fs.WalkDir(p.root.FS(), folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if !errors.Is(err, fs.ErrNotExist) {
				findings = append(findings, diag.New("font-broken", diag.Pos{File: name}, path.Base(name), reason(err)))
			}
			return nil
		}
		if !d.Type().IsRegular() || !isFont(d.Name()) {
			return nil
		}
		if err := p.add(name, func() (*os.File, error) { return p.root.Open(name) }); err != nil {
			f := diag.New("font-broken", diag.Pos{File: name}, path.Base(name), reason(err))
			for _, w := range want {
				if namesFile(w, name) {
					f.Severity = diag.Error
				}
			}
			findings = append(findings, f)
		}
		return nil
	})
	return findings
}

// system opens the fonts of one of the system's folders. What cannot be opened
// there is nobody's business here.
func (p *fontPool) system(dir string) {
	_ = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && (d.Type().IsRegular() || d.Type()&fs.ModeSymlink != 0) && isFont(d.Name()) {
			_ = p.add(name, func() (*os.File, error) { return os.Open(name) })
		}
		return nil
	})
}

func (p *fontPool) add(name string, open func() (*os.File, error)) error {
	f := &fontFile{open: open}
	size, err := f.size()
	if err != nil {
		return err
	}
	faces, err := font.Open(name, f, size)
	if err != nil {
		return errors.Join(err, f.close())
	}
	p.files = append(p.files, f)
	p.faces = append(p.faces, faces...)
	return f.close()
}

// park closes all files; those that are read again open by themselves.
func (p *fontPool) park() {
	for _, f := range p.files {
		_ = f.close()
	}
}

func (p *fontPool) close() error {
	p.park()
	return p.root.Close()
}

// A fontFile is a file that opens when it is read: a system has hundreds of
// fonts, and a handful of them serve.
type fontFile struct {
	open func() (*os.File, error)
	mu   sync.RWMutex
	file *os.File
}

// ReadAt reads from the file; any number of goroutines may.
func (f *fontFile) ReadAt(b []byte, at int64) (int, error) {
	f.mu.RLock()
	if f.file != nil {
		defer f.mu.RUnlock()
		return f.file.ReadAt(b, at)
	}
	f.mu.RUnlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.ensure(); err != nil {
		return 0, err
	}
	return f.file.ReadAt(b, at)
}

func (f *fontFile) ensure() (err error) {
	if f.file == nil {
		f.file, err = f.open()
	}
	return err
}

func (f *fontFile) size() (int64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.ensure(); err != nil {
		return 0, err
	}
	info, err := f.file.Stat()
	if err != nil {
		return 0, errors.Join(err, f.file.Close())
	}
	if !info.Mode().IsRegular() {
		file := f.file
		f.file = nil
		return 0, errors.Join(errors.New("not a file"), file.Close())
	}
	return info.Size(), nil
}

func (f *fontFile) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.file == nil {
		return nil
	}
	file := f.file
	f.file = nil
	return file.Close()
}
