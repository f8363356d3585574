package build

import (
	"path"
	"slices"

	"gongbao/internal/gazette"
	"gongbao/internal/publish"
)

// claim takes the folders of withdrawn documents, and of those that are no longer
// there, for the site: where the manifest was lost (a site was moved, a cache of CI
// emptied), files of before would stay there for ever, and be deployed.
func (s *Site) claim(p *publish.Publisher) error {
	var addresses []string
	for _, e := range s.Catalog.Entries {
		if e.Shelf != gazette.Withdrawn {
			continue
		}
		addresses = append(addresses, e.Address)
		if r := s.Ledger().Get(e.ID); r != nil {
			addresses = append(addresses, r.Addresses...)
		}
	}
	for _, g := range s.Catalog.Graves {
		addresses = append(addresses, g.Address)
	}
	slices.Sort(addresses)
	for _, address := range slices.Compact(addresses) {
		if path.Clean(address) == "." {
			continue
		}
		if err := p.Claim(address); err != nil {
			return err
		}
	}
	return nil
}

// strays are the files in an output without a manifest that the site does not have.
// Where there was one, they were told of before.
func strays(p *publish.Publisher) ([]string, error) {
	if !p.Blank() {
		return nil, nil
	}
	return p.Strays()
}
