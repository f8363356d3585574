package extract

import (
	"bytes"
	"regexp"
)

// Bounds of a PDF file. What is larger is no document.
const (
	maxPDFBytes    = 100 << 20
	maxPDFUnpacked = 256 << 20 // of all streams together
	maxPDFStream   = 64 << 20  // of one stream
	maxPDFPages    = 5_000
	maxPDFObjects  = 2_000_000
	maxPDFOps      = 20_000_000
	maxPDFGlyphs   = 4_000_000
	maxPDFWork     = 192 << 20 // bytes looked at, as often as they are
)

// A pdfFile finds objects by number. It does not use the table of a file, which
// is often wrong: all objects are found by looking, the last one of a number
// counts, as it does where changes are appended to a file.
type pdfFile struct {
	b       []byte
	places  map[int]pdfPlace
	cache   map[int]any
	unpack  map[*pdfStream][]byte
	left    int // bytes that may still be unpacked
	work    int // bytes that may still be looked at
	cut     bool
	trailer pdfDict
	crypt   *pdfCrypt // nil for most files
}

// A pdfPlace is where an object stands: in the file, with its number and
// generation, or in a stream of objects.
type pdfPlace struct {
	at     int
	in     []byte
	n, gen int
}

var pdfHead = regexp.MustCompile(`(\d{1,9})[ \t\r\n\f\x00]{1,8}(\d{1,5})[ \t\r\n\f\x00]{1,8}$`)

// openPDF looks for objects. A file that opens without a password is read, even
// where it is encrypted.
func openPDF(b []byte) (*pdfFile, error) {
	if len(b) > maxPDFBytes {
		return nil, &Problem{Kind: Large}
	}
	f := &pdfFile{b: b, places: map[int]pdfPlace{}, cache: map[int]any{}, unpack: map[*pdfStream][]byte{}, left: maxPDFUnpacked, work: maxPDFWork + 4*len(b), trailer: pdfDict{}}
	if bytes.Contains(b, []byte("/Encrypt")) {
		if err := f.scan(false); err != nil {
			return nil, err
		}
		if d := f.dict(f.trailer["Encrypt"]); d != nil {
			if f.crypt = f.openCrypt(d); f.crypt == nil {
				return nil, &Problem{Kind: Encrypted}
			}
		} else if f.trailer["Encrypt"] != nil {
			return nil, &Problem{Kind: Encrypted}
		}
		clear(f.places)
		clear(f.cache)
		clear(f.unpack)
	}
	if err := f.scan(true); err != nil {
		return nil, err
	}
	if f.crypt != nil {
		if r, ok := f.trailer["Info"].(pdfRef); ok {
			if p := f.places[int(r)]; p.in == nil {
				f.crypt.strings(f.dict(r), p.n, p.gen)
			}
		}
	}
	return f, nil
}

// scan finds the objects and the trailers of a file; objects says whether those
// in streams are wanted, which may be encrypted.
func (f *pdfFile) scan(objects bool) error {
	b := f.b
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("obj"))
		if i < 0 {
			break
		}
		i += at
		at = i + 3
		from := max(0, i-32)
		if i > 0 && !pdfSpace(b[i-1]) {
			continue // endobj
		}
		m := pdfHead.FindSubmatchIndex(b[from:i])
		if m == nil {
			continue
		}
		if f.spent() || len(f.places) >= maxPDFObjects {
			return &Problem{Kind: Large}
		}
		p := pdfPlace{at: at, n: decimal(b[from+m[2] : from+m[3]]), gen: decimal(b[from+m[4] : from+m[5]])}
		f.places[p.n] = p
		f.special(p, objects)
	}
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("trailer"))
		if i < 0 {
			return nil
		}
		at += i + 7
		l := &pdfLexer{b: b, p: at}
		if o, _ := l.next(); o != nil {
			f.takeTrailer(o)
		}
		if f.work -= l.p - at; f.spent() {
			return &Problem{Kind: Large}
		}
	}
}

func decimal(digits []byte) int {
	n := 0
	for _, c := range digits {
		n = n*10 + int(c-'0')
	}
	return n
}

func (f *pdfFile) takeTrailer(o any) {
	d, ok := o.(pdfDict)
	if !ok {
		return
	}
	for _, k := range []string{"Root", "Info", "Encrypt", "ID"} {
		if d[k] != nil {
			f.trailer[k] = d[k]
		}
	}
}

// special takes the objects in an object stream, where they are wanted, and the
// trailer in a cross-reference stream.
func (f *pdfFile) special(p pdfPlace, objects bool) {
	head := f.b[p.at:min(p.at+1024, len(f.b))]
	if i := bytes.Index(head, []byte("stream")); i >= 0 {
		head = head[:i]
	}
	isObjects := bytes.Contains(head, []byte("/ObjStm"))
	if isObjects && !objects || !isObjects && !bytes.Contains(head, []byte("/XRef")) {
		return
	}
	s, ok := f.parse(p).(*pdfStream)
	if !ok {
		return
	}
	if !isObjects {
		f.takeTrailer(s.dict)
		return
	}
	data := f.data(s)
	count, _ := s.dict["N"].(float64)
	first, _ := s.dict["First"].(float64)
	if first < 0 || int(first) > len(data) {
		return
	}
	l := &pdfLexer{b: data[:int(first)]}
	for range int(min(max(count, 0), maxPDFObjects)) {
		num, ok1 := l.next()
		off, ok2 := l.next()
		if !ok1 || !ok2 {
			return
		}
		k, ok1 := num.(float64)
		o, ok2 := off.(float64)
		if !ok1 || !ok2 || o < 0 || int(first)+int(o) >= len(data) || len(f.places) >= maxPDFObjects {
			continue
		}
		f.places[int(k)] = pdfPlace{in: data, at: int(first) + int(o)}
	}
}

// spent reports whether a file asks for more work than a document does.
func (f *pdfFile) spent() bool { return f.work <= 0 || f.left <= 0 }

// parse reads the object at a place.
func (f *pdfFile) parse(p pdfPlace) any {
	if f.spent() {
		return nil
	}
	if p.in != nil {
		l := &pdfLexer{b: p.in, p: p.at}
		o, _ := l.next()
		f.work -= l.p - p.at
		return o
	}
	l := &pdfLexer{b: f.b, p: p.at}
	o, _ := l.next()
	f.work -= l.p - p.at
	if n, ok := o.(float64); ok { // a reference as object
		save := *l
		if g, _ := l.next(); g != nil {
			if r, _ := l.next(); r == pdfOp("R") {
				return pdfRef(n)
			}
		}
		*l = save
	}
	d, ok := o.(pdfDict)
	if !ok {
		return o
	}
	l.skip()
	if !bytes.HasPrefix(l.b[l.p:], []byte("stream")) {
		return o
	}
	at := l.p + len("stream")
	if at < len(l.b) && l.b[at] == '\r' {
		at++
	}
	if at < len(l.b) && l.b[at] == '\n' {
		at++
	}
	s := &pdfStream{dict: d, raw: f.extent(at, d["Length"])}
	if f.crypt != nil {
		f.crypt.stream(f, s, p.n, p.gen)
	}
	return s
}

// extent returns the bytes of a stream: by its length where that is right, else
// to the next endstream.
func (f *pdfFile) extent(at int, length any) []byte {
	if n, ok := f.get(length).(float64); ok && n >= 0 && n <= float64(len(f.b)-at) {
		end := at + int(n)
		tail := bytes.TrimLeft(f.b[end:min(end+16, len(f.b))], "\r\n \t")
		if bytes.HasPrefix(tail, []byte("endstream")) {
			return f.b[at:end]
		}
	}
	if i := bytes.Index(f.b[at:], []byte("endstream")); i >= 0 {
		f.work -= i / 8
		return f.b[at : at+i]
	}
	f.cut = true
	f.work -= (len(f.b) - at) / 8
	return f.b[at:]
}

// get follows references.
func (f *pdfFile) get(o any) any {
	for range 8 {
		r, ok := o.(pdfRef)
		if !ok {
			return o
		}
		if v, ok := f.cache[int(r)]; ok {
			o = v
			continue
		}
		p, ok := f.places[int(r)]
		if !ok {
			return nil
		}
		f.cache[int(r)] = nil // for an object that needs itself
		o = f.parse(p)
		f.cache[int(r)] = o
	}
	return nil
}

func (f *pdfFile) dict(o any) pdfDict {
	switch o := f.get(o).(type) {
	case pdfDict:
		return o
	case *pdfStream:
		return o.dict
	}
	return nil
}

func (f *pdfFile) array(o any) []any {
	a, _ := f.get(o).([]any)
	return a
}

func (f *pdfFile) number(o any, otherwise float64) float64 {
	if n, ok := f.get(o).(float64); ok {
		return n
	}
	return otherwise
}

func (f *pdfFile) name(o any) string {
	n, _ := f.get(o).(pdfName)
	return string(n)
}

// numbers returns n numbers, or nil.
func (f *pdfFile) numbers(o any, n int) []float64 {
	a := f.array(o)
	if len(a) < n {
		return nil
	}
	out := make([]float64, n)
	for i := range out {
		v, ok := f.get(a[i]).(float64)
		if !ok {
			return nil
		}
		out[i] = v
	}
	return out
}

// pages returns the pages in order. Where the tree is broken, they are all
// objects that say that they are pages, by number.
func (f *pdfFile) pages() ([]pdfDict, error) {
	var out []pdfDict
	seen := map[pdfRef]bool{}
	nodes := 0
	var walk func(o any, from pdfDict, depth int) bool
	walk = func(o any, from pdfDict, depth int) bool {
		if r, ok := o.(pdfRef); ok {
			if seen[r] {
				return true
			}
			seen[r] = true
		}
		d := f.dict(o)
		if nodes++; nodes > 20*maxPDFPages {
			return false
		}
		if d == nil || depth > maxPDFDepth {
			return true
		}
		own := pdfDict{}
		for _, k := range []string{"Resources", "MediaBox", "CropBox", "Rotate"} {
			if own[k] = d[k]; own[k] == nil {
				own[k] = from[k]
			}
		}
		if kids := f.array(d["Kids"]); kids != nil {
			for _, k := range kids {
				if !walk(k, own, depth+1) {
					return false
				}
			}
			return true
		}
		if len(out) >= maxPDFPages {
			return false
		}
		own["Contents"] = d["Contents"]
		out = append(out, own)
		return true
	}
	ok := walk(f.dict(f.trailer["Root"])["Pages"], nil, 0)
	if len(out) == 0 {
		for _, n := range sortedKeys(f.places) {
			if d, is := f.get(pdfRef(n)).(pdfDict); is && f.name(d["Type"]) == "Page" {
				f.cut = true
				if ok = walk(pdfRef(n), nil, 0); !ok {
					break
				}
			}
		}
	}
	if !ok {
		return nil, &Problem{Kind: Large, Detail: "pages"}
	}
	return out, nil
}
