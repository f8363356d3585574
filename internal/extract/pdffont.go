package extract

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// A pdfFont tells what codes stand for and how wide they are.
type pdfFont struct {
	wide    bool // codes of a composite font
	codes   *pdfCMap
	toText  *pdfCMap
	byCode  func(code, size int) string // without ToUnicode
	byGlyph func(cid int) string        // of a composite font, last
	names   [256]string                 // of a simple font
	widths  map[int]float64             // in em
	width   float64
}

// font reads a font once.
func (f *pdfFile) font(d pdfDict) *pdfFont {
	p := &pdfFont{widths: map[int]float64{}}
	if s, ok := f.get(d["ToUnicode"]).(*pdfStream); ok {
		p.toText = f.cmap(s)
	}
	if f.name(d["Subtype"]) == "Type0" {
		f.composite(p, d)
		return p
	}
	scale := 0.001
	if m := f.numbers(d["FontMatrix"], 6); m != nil && f.name(d["Subtype"]) == "Type3" {
		scale = m[0]
	}
	first := int(f.number(d["FirstChar"], 0))
	for i, w := range f.array(d["Widths"]) {
		if i < 256 {
			p.widths[first+i] = f.number(w, 0) * scale
		}
	}
	p.width = f.number(f.dict(d["FontDescriptor"])["MissingWidth"], 0) * scale
	if len(p.widths) == 0 {
		p.width = 0.5
	}
	base, enc := f.name(d["Encoding"]), f.dict(d["Encoding"])
	if enc != nil {
		base = f.name(enc["BaseEncoding"])
	}
	if base == "" && f.name(d["Subtype"]) == "Type1" {
		base = "StandardEncoding"
	}
	for i := range p.names {
		p.names[i] = simpleText(byte(i), base)
	}
	at := 0
	for _, o := range f.array(enc["Differences"]) {
		switch o := f.get(o).(type) {
		case float64:
			at = int(o)
		case pdfName:
			if at >= 0 && at < 256 {
				p.names[at] = glyphText(string(o))
			}
			at++
		}
	}
	return p
}

func (f *pdfFile) composite(p *pdfFont, d pdfDict) {
	p.wide = true
	var down pdfDict
	if a := f.array(d["DescendantFonts"]); len(a) > 0 {
		down = f.dict(a[0])
	}
	f.encoding(p, d["Encoding"])
	info := f.dict(down["CIDSystemInfo"])
	if ordering, _ := f.get(info["Ordering"]).(pdfString); strings.HasSuffix(string(ordering), "GB1") {
		p.byGlyph = gb1Text
	} else if s, ok := f.get(f.dict(down["FontDescriptor"])["FontFile2"]).(*pdfStream); ok && p.toText == nil && p.byCode == nil {
		if glyphs := glyphMap(f.data(s)); glyphs != nil {
			p.byGlyph = func(cid int) string { return glyphs[cid] }
		}
	}
	p.width = f.number(down["DW"], 1000) / 1000
	w := f.array(down["W"])
	f.work -= 16 * len(w)
	for i := 0; i+1 < len(w) && len(p.widths) < maxPDFCodes; {
		from := int(f.number(w[i], 0))
		if list := f.array(w[i+1]); list != nil {
			for k, v := range list {
				p.widths[from+k] = f.number(v, 0) / 1000
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			break
		}
		to, v := int(f.number(w[i+1], 0)), f.number(w[i+2], 0)/1000
		for c := from; c <= min(to, from+0xffff); c++ {
			p.widths[c] = v
		}
		f.work -= 16 * max(0, min(to-from, 0xffff))
		i += 3
	}
}

func (f *pdfFile) cmap(s *pdfStream) *pdfCMap {
	if f.spent() {
		return &pdfCMap{}
	}
	b := f.data(s)
	f.work -= len(b)
	return parseCMap(b)
}

// encoding takes the map from codes to glyphs: a stream, or a known name.
func (f *pdfFile) encoding(p *pdfFont, o any) {
	if s, ok := f.get(o).(*pdfStream); ok {
		p.codes = f.cmap(s)
		return
	}
	name := f.name(o)
	p.codes = &pdfCMap{}
	switch base := strings.TrimSuffix(strings.TrimSuffix(name, "-H"), "-V"); {
	case strings.HasPrefix(base, "GBK"), base == "GB-EUC", base == "GBpc-EUC":
		p.codes.spaces = []pdfCodes{{1, 0, 0x80}, {2, 0x8140, 0xfefe}}
		p.byCode = func(code, _ int) string { return gbkText(code) }
	case strings.HasSuffix(base, "UCS2"), strings.HasSuffix(base, "UTF16"):
		p.codes.spaces = []pdfCodes{{2, 0, 0xd7ff}, {4, 0xd800dc00, 0xdbffdfff}, {2, 0xe000, 0xffff}}
		p.byCode = func(code, size int) string {
			if size == 4 {
				return string(utf16.DecodeRune(rune(code>>16), rune(code&0xffff)))
			}
			return string(rune(code))
		}
	default:
		p.codes.spaces = []pdfCodes{{2, 0, 0xffff}}
	}
}

// next cuts the first glyph off a string: its text, "" where nobody can tell,
// its width in em, and its length in the string. blank says that it is the
// space that is widened by Tw.
func (p *pdfFont) next(s string) (text string, width float64, size int, blank bool) {
	if !p.wide {
		code := int(s[0])
		w, ok := p.widths[code]
		if !ok {
			w = p.width
		}
		if p.toText != nil {
			if t, ok := p.toText.text(code, 1); ok {
				return t, w, 1, code == ' '
			}
		}
		return p.names[code], w, 1, code == ' '
	}
	code, size := p.codes.split(s)
	cid := p.codes.cid(code, size)
	w, ok := p.widths[cid]
	if !ok {
		w = p.width
	}
	if p.toText != nil {
		if t, ok := p.toText.text(code, size); ok && t != "\x00" && t != "\uFFFD" {
			return t, w, size, size == 1 && code == ' '
		}
	}
	if p.byCode != nil {
		text = p.byCode(code, size)
	}
	if text == "" && p.byGlyph != nil {
		text = p.byGlyph(cid)
	}
	return text, w, size, size == 1 && code == ' '
}

// simpleText is a code of a simple font that says nothing else.
func simpleText(c byte, base string) string {
	switch {
	case c < ' ' || c == 0x7f:
		return ""
	case c < 0x7f:
		return string(rune(c))
	case base == "MacRomanEncoding":
		return macHigh[c]
	case base == "StandardEncoding":
		return standardHigh[c]
	case c >= 0xa0:
		return string(rune(c))
	}
	if r := winHigh[c-0x80]; r != 0 {
		return string(r)
	}
	return ""
}

var winHigh = [32]rune{'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0, 0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ'}

// macHigh are the marks of Mac Roman that documents use.
var macHigh = map[byte]string{
	0xa0: "†", 0xa1: "°", 0xa4: "§", 0xa5: "•", 0xa8: "®", 0xa9: "©", 0xb1: "±", 0xb5: "µ", 0xc7: "«", 0xc8: "»", 0xc9: "…", 0xca: " ",
	0xd0: "–", 0xd1: "—", 0xd2: "“", 0xd3: "”", 0xd4: "‘", 0xd5: "’", 0xd6: "÷", 0xe1: "·",
}

// standardHigh are the marks of the encoding of Type 1 that documents use.
var standardHigh = map[byte]string{
	0xa7: "§", 0xa9: "'", 0xaa: "“", 0xab: "«", 0xae: "fi", 0xaf: "fl", 0xb1: "–", 0xb2: "†", 0xb4: "·", 0xb7: "•", 0xba: "”", 0xbb: "»",
	0xbc: "…", 0xbd: "‰", 0xd0: "—",
}

var glyphNames = map[string]string{
	"space": " ", "exclam": "!", "quotedbl": `"`, "numbersign": "#", "dollar": "$", "percent": "%", "ampersand": "&", "quotesingle": "'",
	"parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-", "minus": "−", "period": ".", "slash": "/",
	"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
	"colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">", "question": "?", "at": "@", "bracketleft": "[",
	"backslash": `\`, "bracketright": "]", "asciicircum": "^", "underscore": "_", "grave": "`", "braceleft": "{", "bar": "|", "braceright": "}",
	"asciitilde": "~", "quoteleft": "‘", "quoteright": "’", "quotedblleft": "“", "quotedblright": "”", "bullet": "•", "endash": "–",
	"emdash": "—", "ellipsis": "…", "periodcentered": "·", "middot": "·", "degree": "°", "plusminus": "±", "multiply": "×", "divide": "÷",
	"section": "§", "copyright": "©", "registered": "®", "trademark": "™", "fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl",
	"nbspace": " ", "sfthyphen": "-", "guillemotleft": "«", "guillemotright": "»", "mu": "µ", "perthousand": "‰", "lessequal": "≤", "greaterequal": "≥",
}

// glyphText returns what the name of a glyph says.
func glyphText(name string) string {
	if s, ok := glyphNames[name]; ok {
		return s
	}
	name, _, _ = strings.Cut(name, ".")
	if len(name) == 1 {
		return name
	}
	for _, head := range []string{"uni", "u"} {
		if rest, ok := strings.CutPrefix(name, head); ok && len(rest) >= 4 && len(rest) <= 6 {
			if n, err := strconv.ParseUint(rest, 16, 21); err == nil {
				return string(rune(n))
			}
		}
	}
	return glyphNames[name]
}

// glyphMap turns the character map of a TrueType font around: glyph to
// character. It reads the form of the basic plane.
func glyphMap(b []byte) map[int]string {
	u16 := func(i int) int {
		if i < 0 || i+2 > len(b) {
			return 0
		}
		return int(b[i])<<8 | int(b[i+1])
	}
	u32 := func(i int) int { return u16(i)<<16 | u16(i+2) }
	cmap := 0
	for i := range min(u16(4), 64) {
		if at := 12 + 16*i; at+16 <= len(b) && string(b[at:at+4]) == "cmap" {
			cmap = u32(at + 8)
		}
	}
	if cmap == 0 {
		return nil
	}
	for i := range min(u16(cmap+2), 32) {
		at := cmap + 4 + 8*i
		t := cmap + u32(at+4)
		if p := u16(at); (p != 0 && p != 3) || u16(t) != 4 {
			continue
		}
		out := map[int]string{}
		steps := 0
		n := u16(t+6) / 2
		for s := range min(n, 0x8000) {
			end, start := u16(t+14+2*s), u16(t+16+2*n+2*s)
			delta, offAt := u16(t+16+4*n+2*s), t+16+6*n+2*s
			for c := start; c <= end && c < 0xffff && steps < 0x20000; c++ {
				steps++
				g := c
				if off := u16(offAt); off != 0 {
					if g = u16(offAt + off + 2*(c-start)); g == 0 {
						continue
					}
				}
				if g = (g + delta) & 0xffff; g != 0 && out[g] == "" {
					out[g] = string(rune(c))
				}
			}
		}
		return out
	}
	return nil
}
