// Package layouts holds the templates, the style sheet, the script and the
// strings that come with gongbao.
//
// A site overrides any of them with a file of the same name in its own
// layouts/ folder:
//
//	fsys := html.Overlay(os.DirFS("layouts"), layouts.FS)
//
// base.html is the skeleton; each layout fills its block "main" from a view of
// internal/render/html and the pieces in partials/.
package layouts

import "embed"

// FS holds base.html, one file per layout, partials/, assets/, strings/,
// archetypes/ and presets/ (validity rules of jurisdictions).
//
//go:embed *.html partials/*.html assets/* strings/*.toml archetypes/* presets/*.toml
var FS embed.FS
