package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"gongbao/internal/catalog"
	"gongbao/internal/render/share"
)

// shareFolder is where gongbao share writes unless it is told otherwise.
const shareFolder = "share"

// findArticles are the folders in shareFolder that gongbao share made of the texts,
// under whatever address they had then.
func (w *withdrawal) findArticles(a *app) ([]string, error) {
	folders, err := os.ReadDir(filepath.Join(a.Dir, shareFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []string
	for _, d := range folders {
		var m share.Manifest
		b, err := os.ReadFile(filepath.Join(a.Dir, shareFolder, d.Name(), share.ManifestFile))
		if err != nil || json.Unmarshal(b, &m) != nil {
			continue // no share
		}
		if slices.ContainsFunc(w.texts, func(e *catalog.Entry) bool { return e.ID == m.ID }) {
			out = append(out, path.Join(shareFolder, d.Name()))
		}
	}
	return out, err
}
