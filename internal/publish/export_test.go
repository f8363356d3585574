package publish

import "os"

// What tests of the package's files need.
var ReadManifest = readManifest

// WriteManifest writes a manifest anew.
func WriteManifest(name string, units map[string]File) error {
	return os.WriteFile(name, manifestOf(units), 0o644)
}

// ExtendManifest is a manifest with what changed behind it; nil where it must be
// written anew.
func ExtendManifest(b []byte, old, units map[string]File) []byte { return extended(b, old, units) }

// ParseManifest reads a manifest.
func ParseManifest(b []byte) map[string]File { return parseManifest(b) }

// ManifestOf is a manifest that is written anew.
func ManifestOf(units map[string]File) []byte { return manifestOf(units) }
