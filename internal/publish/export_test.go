package publish

import (
	"encoding/binary"
	"hash/crc32"
	"os"
)

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
func ParseManifest(b []byte) map[string]File {
	files, _ := parseManifest(b)
	return files
}

// ManifestOf is a manifest that is written anew.
func ManifestOf(units map[string]File) []byte { return manifestOf(units) }

// ShortManifest is a manifest of one file as an older program wrote it, with the
// beginning of its sum.
func ShortManifest(path string, f File) string {
	b := append(binary.AppendUvarint(nil, uint64(len(path))), path...)
	b = append(append(b, f.Key[:]...), f.Inputs[:]...)
	b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(f.Facts.Pages)), uint64(f.Facts.Size))
	b = append(b, f.Facts.Sum[:shortSum]...)
	head := binary.LittleEndian.AppendUint32([]byte(shortForm), uint32(len(b)))
	return string(append(binary.LittleEndian.AppendUint32(head, crc32.ChecksumIEEE(b)), b...))
}

// Short is how the manifest of an output folder is named.
func Short(folder string) string { return short(folder) }
