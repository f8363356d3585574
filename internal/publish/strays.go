package publish

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
)

// Strays returns the files in the output that the manifest does not have, as paths in
// it: somebody's own, or, where the manifest was lost because a site was moved or
// copied, pages of before. Names that begin with a dot do not count.
func (p *Publisher) Strays() ([]string, error) { return p.strays(".") }

func (p *Publisher) strays(folder string) (out []string, err error) {
	err = fs.WalkDir(os.DirFS(p.dir), folder, func(name string, d fs.DirEntry, err error) error {
		switch hidden := name != "." && strings.HasPrefix(path.Base(name), "."); {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.IsDir() || hidden:
			return nil
		}
		if _, ok := p.old[name]; !ok {
			out = append(out, name)
		}
		return nil
	})
	return out, err
}

// Claim makes all files in a folder of the output, which need not exist, files of the
// site, whoever wrote them: Commit deletes those that the site does not have.
func (p *Publisher) Claim(folder string) error {
	names, err := p.strays(path.Clean(folder))
	for _, name := range names {
		p.old[name] = File{}
	}
	return err
}

// Blank reports whether the output had no manifest when it was opened.
func (p *Publisher) Blank() bool { return p.blank }
