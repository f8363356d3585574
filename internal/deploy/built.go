package deploy

import (
	"io"
	"os"
	"path/filepath"
	"slices"

	"gongbao/internal/inventory"
	"gongbao/internal/publish"
	"gongbao/internal/render"
)

// Built returns the files of the site that stands in an output, and what opens them.
// state is as publish.Open takes it. An output in which nothing stands, or not what
// the manifest says, is a *Problem: what is not whole is not delivered.
func Built(output, state string) (inventory.List, Source, error) {
	out, err := publish.Read(output, state)
	if err != nil {
		return nil, nil, err
	}
	var files []inventory.File
	var wrong []string
	for path, facts := range out.Files() {
		info, err := os.Lstat(filepath.Join(output, filepath.FromSlash(path)))
		if err != nil || !info.Mode().IsRegular() || facts.Sum != (render.Sum{}) && info.Size() != int64(facts.Size) {
			wrong = append(wrong, path)
			continue
		}
		if facts.Sum == (render.Sum{}) { // of an older program
			if facts.Sum, err = sumOfFile(filepath.Join(output, filepath.FromSlash(path))); err != nil {
				return nil, nil, err
			}
		}
		files = append(files, inventory.File{Path: path, Size: info.Size(), Sum: facts.Sum})
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return nil, nil, about("output-changed", wrong)
	}
	if len(files) == 0 {
		return nil, nil, &Problem{Key: "no-output", Args: []string{output}}
	}
	list, err := inventory.New(files)
	return list, func(path string) (io.ReadCloser, error) {
		return os.Open(filepath.Join(output, filepath.FromSlash(path)))
	}, err
}

func sumOfFile(name string) (render.Sum, error) {
	f, err := os.Open(name)
	if err != nil {
		return render.Sum{}, err
	}
	defer f.Close()
	return sumOf(f)
}
