package index

import (
	"context"
	"slices"
)

// Version, Tokens and Marks are for the tests of the package.
var (
	Version = version
	Marks   = marks
)

// Tokens are the tokens of streams of blocks, with their places.
func Tokens(streams string) (terms []string, places []int) {
	for _, t := range (tokens{}).Analyze([]byte(streams)) {
		terms, places = append(terms, string(t.Term)), append(places, t.Position)
	}
	return terms, places
}

// Holding are the paths of all bodies that hold a term in one block, by the store.
func (x *Index) Holding(ctx context.Context, term string) ([]string, error) {
	var paths []string
	err := x.store.holding(ctx, term, func(path string) { paths = append(paths, path) })
	slices.Sort(paths)
	return paths, err
}
