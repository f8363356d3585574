package extract

import (
	"bytes"
	"compress/flate"
	"encoding/ascii85"
	"io"
)

// data unpacks a stream. What is damaged ends early; what is not text, such as a
// picture, gives nothing.
func (f *pdfFile) data(s *pdfStream) []byte {
	if b, ok := f.unpack[s]; ok {
		return b
	}
	filters, parms := f.array(s.dict["Filter"]), f.array(s.dict["DecodeParms"])
	if filters == nil && s.dict["Filter"] != nil {
		filters, parms = []any{s.dict["Filter"]}, []any{s.dict["DecodeParms"]}
	}
	b := s.raw
	for i, name := range filters[:min(len(filters), 8)] {
		var p pdfDict
		if i < len(parms) {
			p = f.dict(parms[i])
		}
		b = f.filter(f.name(name), b, p)
		if len(b) == 0 {
			break
		}
	}
	f.unpack[s] = b
	return b
}

func (f *pdfFile) filter(name string, b []byte, p pdfDict) []byte {
	switch name {
	case "FlateDecode", "Fl":
		b = f.inflate(b)
	case "LZWDecode", "LZW":
		b = f.lzw(b, f.number(p["EarlyChange"], 1) != 0)
	case "ASCIIHexDecode", "AHx":
		b = unhex(b)
	case "ASCII85Decode", "A85":
		b = un85(b)
	case "RunLengthDecode", "RL":
		b = f.runs(b)
	default:
		return nil
	}
	f.left -= len(b)
	if pred := f.number(p["Predictor"], 1); pred >= 2 {
		b = f.unpredict(b, p, pred >= 10)
	}
	return b
}

func (f *pdfFile) room() int { return max(0, min(f.left, maxPDFStream)) }

// inflate looks past the head of zlib and its sum: both are often wrong.
func (f *pdfFile) inflate(b []byte) []byte {
	b = bytes.TrimLeft(b, "\r\n")
	if len(b) > 2 && b[0]&0x0f == 8 {
		b = b[2:]
	}
	r := flate.NewReader(bytes.NewReader(b))
	out, err := io.ReadAll(io.LimitReader(r, int64(f.room())))
	if err != nil {
		f.cut = true
	}
	return out
}

func un85(b []byte) []byte {
	b = bytes.TrimPrefix(bytes.TrimSpace(b), []byte("<~"))
	if i := bytes.IndexByte(b, '~'); i >= 0 {
		b = b[:i]
	}
	out := make([]byte, len(b)*4+8)
	n, _, _ := ascii85.Decode(out, b, true)
	return out[:n]
}

func (f *pdfFile) runs(b []byte) []byte {
	var out []byte
	for i := 0; i < len(b) && b[i] != 128 && len(out) < f.room(); {
		n := int(b[i])
		i++
		if n < 128 {
			end := min(i+n+1, len(b))
			out = append(out, b[i:end]...)
			i = end
		} else if i < len(b) {
			out = append(out, bytes.Repeat(b[i:i+1], 257-n)...)
			i++
		}
	}
	return out
}

// lzw is the LZW of TIFF and PDF; early says that codes grow one code early.
func (f *pdfFile) lzw(b []byte, early bool) []byte {
	type entry struct {
		from, n int // what it stands for in out
	}
	var out []byte
	var table []entry
	width, bits, have := 9, 0, 0
	last := entry{n: -1}
	shift := 0
	if early {
		shift = 1
	}
	for _, c := range b {
		bits, have = (bits<<8|int(c))&0xffffff, have+8
		if have < width {
			continue
		}
		code := bits >> (have - width) & (1<<width - 1)
		have -= width
		if code == 257 || len(out) > f.room() {
			break
		}
		if code == 256 {
			table, width, last = table[:0], 9, entry{n: -1}
			continue
		}
		now := entry{from: len(out)}
		switch {
		case code < 256:
			out = append(out, byte(code))
		case code-258 < len(table):
			e := table[code-258]
			out = append(out, out[e.from:e.from+e.n]...)
		case last.n > 0:
			out = append(out, out[last.from:last.from+last.n]...)
			out = append(out, out[last.from])
		default:
			return out
		}
		now.n = len(out) - now.from
		if last.n > 0 && len(table) < 4096-258 {
			table = append(table, entry{last.from, last.n + 1})
		}
		last = now
		for width < 12 && len(table)+258+1+shift-1 >= 1<<width {
			width++
		}
	}
	return out
}

// unpredict undoes the filters of PNG, and that of TIFF for bytes.
func (f *pdfFile) unpredict(b []byte, p pdfDict, png bool) []byte {
	colors, bpc := int(f.number(p["Colors"], 1)), int(f.number(p["BitsPerComponent"], 8))
	columns := int(f.number(p["Columns"], 1))
	if colors < 1 || colors > 32 || bpc < 1 || bpc > 16 || columns < 1 || columns > 1<<20 {
		return nil
	}
	size, row := max(1, colors*bpc/8), (colors*bpc*columns+7)/8
	if !png {
		for i := range b {
			if i%row >= size && bpc == 8 {
				b[i] += b[i-size]
			}
		}
		return b
	}
	out := make([]byte, 0, len(b))
	above := make([]byte, row)
	for len(b) > 1 {
		kind := b[0]
		line := bytes.Clone(b[1:min(row+1, len(b))])
		b = b[len(line)+1:]
		for i := range line {
			var left, corner byte
			if i >= size {
				left, corner = line[i-size], above[i-size]
			}
			switch kind {
			case 1:
				line[i] += left
			case 2:
				line[i] += above[i]
			case 3:
				line[i] += byte((int(left) + int(above[i])) / 2)
			case 4:
				line[i] += paeth(left, above[i], corner)
			}
		}
		copy(above, line)
		out = append(out, line...)
	}
	return out
}

func paeth(a, b, c byte) byte {
	pa, pb := abs(int(b)-int(c)), abs(int(a)-int(c))
	pc := abs(int(a) + int(b) - 2*int(c))
	if pa <= pb && pa <= pc {
		return a
	}
	if pb <= pc {
		return b
	}
	return c
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
