// Package bundle writes what changed of a site into a zip file that goes by disc or
// through a gatekeeper (光盘、网闸), and loads it on the other side.
//
// A bundle leads from one state of a site to another (inventory.List.Sum). It is
// unpacked over a web folder, by hand or by the loader of a CMS, in the order in which
// its files stand: that of inventory.Plan. What is about the bundle stands in
// _bundle/, as files that the usual programs read:
//
//	manifest.json       the type Manifest
//	deleted.txt         paths to delete after all else, one a line
//	SHA256SUMS SM3SUMS  of the files of the bundle
//	SITE.SHA256SUMS     of all files that the site has when it is loaded, and
//	SITE.SM3SUMS        the same in SM3: sha256sum -c, cksum -a sm3 -c, in the web folder
//	FORMER.SHA256SUMS   of the files that are replaced or deleted, as they must stand before
//	README.txt          how to load it by hand
//	volume.json         the type Volume
//
// One that is too large for its carrier is several zip files; all but the last have
// volume.json only.
//
// Apply loads one into a folder as deploy does, with journal and state; it touches
// nothing before all sums are right and the folder is at the state from which the
// bundle leads.
package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/emmansun/gmsm/sm3"

	"gongbao/internal/deploy"
	"gongbao/internal/inventory"
	"gongbao/internal/render"
)

// Form names this form of bundles, Manifest.Form and Volume.Form.
const Form = "gongbao bundle 1"

// A Manifest says what a bundle is.
type Manifest struct {
	Form      string `json:"form"`
	Title     string `json:"title"`      // of the site
	BaseURL   string `json:"base_url"`   // of the site, "" where it has none
	Built     string `json:"built"`      // day for which the site was built, YYYY-MM-DD
	Tool      string `json:"tool"`       // version of gongbao
	From      string `json:"from"`       // state that it builds on, in hexadecimal; "" where it has the whole site
	To        string `json:"to"`         // state to which it leads
	Files     int    `json:"files"`      // in the bundle, of the site
	Bytes     int64  `json:"bytes"`      // of these, unpacked
	Deleted   int    `json:"deleted"`    // lines of deleted.txt
	SiteFiles int    `json:"site_files"` // of the site when it is loaded
	Volumes   int    `json:"volumes"`    // zip files
}

// A Volume says which part of a bundle a zip file is.
type Volume struct {
	Form   string `json:"form"`
	From   string `json:"from"` // as in Manifest
	To     string `json:"to"`
	Number int    `json:"number"` // from 1
	Last   bool   `json:"last"`   // has the manifest
}

// names of the files in inventory.Folder.
const (
	manifestFile = inventory.Folder + "manifest.json"
	volumeFile   = inventory.Folder + "volume.json"
	deletedFile  = inventory.Folder + "deleted.txt"
	sumsFile     = inventory.Folder + "SHA256SUMS"
	sm3File      = inventory.Folder + "SM3SUMS"
	siteSumsFile = inventory.Folder + "SITE.SHA256SUMS"
	siteSM3File  = inventory.Folder + "SITE.SM3SUMS"
	formerFile   = inventory.Folder + "FORMER.SHA256SUMS"
	readmeFile   = inventory.Folder + "README.txt"
)

// an SM3 is the sum of a file by GB/T 32905-2016.
type sm3Sum [sm3.Size]byte

// sums are both sums of what is written to it.
type sums struct {
	sha256 render.Sum
	sm3    sm3Sum
}

// sumsOf reads r to its end.
func sumsOf(r io.Reader) (s sums, n int64, err error) {
	a, b := sha256.New(), sm3.New()
	n, err = io.Copy(io.MultiWriter(a, b), r)
	a.Sum(s.sha256[:0])
	b.Sum(s.sm3[:0])
	return s, n, err
}

// line is a line of a list of sums, as sha256sum writes it.
func line(sum []byte, path string) string { return hex.EncodeToString(sum) + "  " + path + "\n" }

// problem is a deploy.Problem whose text has the key "deploy.bundle-" and key.
func problem(key string, args ...string) *deploy.Problem {
	return &deploy.Problem{Key: "bundle-" + key, Args: args}
}
