package extract

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"path"
	"strings"
)

// Bounds of a Word file. The longest real ones stay far below.
const (
	wordParts    = 20_000    // files in the archive
	wordUnpacked = 256 << 20 // bytes unpacked in all
	wordPart     = 64 << 20  // bytes of one part
	wordRatio    = 200       // bytes of a part for one packed byte,
	wordFree     = 8 << 20   // above this size
	wordNodes    = 2_000_000 // elements and attributes in all parts
	wordDepth    = 400       // elements in elements
	wordPrefixes = 300       // prefixes of namespaces at one place
)

// errNoPart says that a file has no such part.
var errNoPart = errors.New("no such part")

// A wordPackage is the archive of a Word file.
type wordPackage struct {
	files map[string]*zip.File // by name in small letters
	left  int64                // bytes that may still be unpacked
	nodes int                  // elements that may still be read
}

// A wordRel is a relationship of a part.
type wordRel struct {
	kind     string // last word of its type, the same in both editions of the standard
	target   string // a name of files, or an address where external
	external bool
}

// openWord opens the archive of a Word file. What it cannot be is a *Problem.
func openWord(b []byte) (*wordPackage, error) {
	switch {
	case bytes.HasPrefix(b, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return nil, compoundFile(b)
	case bytes.HasPrefix(b, []byte(`{\rtf`)):
		return nil, &Problem{Kind: Unsupported, Detail: "rtf"}
	case !bytes.HasPrefix(b, []byte("PK")):
		if len(bytes.TrimSpace(b)) == 0 {
			return nil, &Problem{Kind: Broken}
		}
		return nil, &Problem{Kind: Mislabelled}
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, &Problem{Kind: Broken, Detail: err.Error()}
	}
	if len(z.File) > wordParts {
		return nil, &Problem{Kind: Large, Detail: "parts"}
	}
	p := &wordPackage{files: make(map[string]*zip.File, len(z.File)), left: wordUnpacked, nodes: wordNodes}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, &Problem{Kind: Encrypted}
		}
		if name := partName(f.Name); p.files[name] == nil {
			p.files[name] = f
		}
	}
	return p, nil
}

// compoundFile tells what an OLE compound file is: its directory names streams in
// UTF-16. Encrypted Word files are one, and so is the format before .docx.
func compoundFile(b []byte) *Problem {
	wide := func(s string) []byte {
		out := make([]byte, 0, 2*len(s))
		for i := range len(s) {
			out = append(out, s[i], 0)
		}
		return out
	}
	if bytes.Contains(b, wide("EncryptedPackage")) {
		return &Problem{Kind: Encrypted}
	}
	if bytes.Contains(b, wide("WordDocument")) {
		return &Problem{Kind: Unsupported, Detail: "doc"}
	}
	return &Problem{Kind: Unsupported, Detail: "ole"}
}

// partName makes names comparable. Nothing is ever written under it, so that
// dots in it lead nowhere.
func partName(s string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(s, `\`, "/")), "/"))
}

// has reports whether the part is there.
func (p *wordPackage) has(name string) bool { return p.files[partName(name)] != nil }

// read unpacks a part: errNoPart, or a *Problem.
func (p *wordPackage) read(name string) ([]byte, error) {
	f := p.files[partName(name)]
	if f == nil {
		return nil, errNoPart
	}
	r, err := f.Open()
	if err != nil {
		return nil, &Problem{Kind: Broken, Detail: name}
	}
	defer r.Close()
	packed := int64(min(f.CompressedSize64, wordUnpacked))
	limit := min(p.left, wordPart, max(wordFree, packed*wordRatio))
	var buf bytes.Buffer
	buf.Grow(int(min(f.UncompressedSize64, 1<<20)) + bytes.MinRead)
	n, err := buf.ReadFrom(io.LimitReader(r, limit+1))
	p.left -= n
	if n > limit {
		return nil, &Problem{Kind: Large, Detail: name}
	}
	if err != nil {
		return nil, &Problem{Kind: Broken, Detail: name}
	}
	return buf.Bytes(), nil
}

// tree reads a part as one tree.
func (p *wordPackage) tree(name string) (*wordNode, error) {
	b, err := p.read(name)
	if err != nil {
		return nil, err
	}
	// What Word would show of styles that the file does not have is half of
	// most styles parts.
	if from, to := bytes.Index(b, []byte("<w:latentStyles")), bytes.Index(b, []byte("</w:latentStyles>")); from >= 0 && from < to {
		b = append(b[:from:from], b[to+len("</w:latentStyles>"):]...)
	}
	x := newWordParser(b, name, &p.nodes)
	root, err := x.start()
	if err != nil {
		return nil, err
	}
	return root, x.fill(root)
}

// rels are the relationships of a part; "" has those of the package. Those
// that cannot be read count as none.
func (p *wordPackage) rels(name string) (map[string]wordRel, error) {
	dir, file := path.Split(name)
	root, err := p.tree(dir + "_rels/" + file + ".rels")
	if err != nil {
		if tooLarge(err) {
			return nil, err
		}
		return nil, nil
	}
	out := map[string]wordRel{}
	for r := root.first; r != nil; r = r.next {
		rel := wordRel{kind: path.Base(r.attr("Type")), target: r.attr("Target"), external: strings.EqualFold(r.attr("TargetMode"), "External")}
		if !rel.external {
			rel.target = p.resolve(dir, rel.target)
		}
		out[r.attr("Id")] = rel
	}
	return out, nil
}

func (p *wordPackage) resolve(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	target, _, _ = strings.Cut(target, "#")
	if !strings.HasPrefix(target, "/") {
		target = "/" + dir + target
	}
	target = strings.TrimPrefix(path.Clean(target), "/")
	if plain, err := url.PathUnescape(target); err == nil && !p.has(target) {
		return plain
	}
	return target
}

// tooLarge reports whether reading must stop: not for a part that is amiss, but
// for a file that asks for too much.
func tooLarge(err error) bool {
	p, ok := errors.AsType[*Problem](err)
	return ok && p.Kind == Large
}

// wordCharset lets documents pass whose declaration names what newWordParser made
// UTF-8 of.
func wordCharset(label string, r io.Reader) (io.Reader, error) {
	switch l := strings.ToLower(label); {
	case strings.HasPrefix(l, "utf-16"), l == "utf8", l == "us-ascii", l == "unicode":
		return r, nil
	}
	return nil, &xml.SyntaxError{Msg: "encoding " + label}
}
