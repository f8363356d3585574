package pdf

import (
	"bytes"
	"encoding/binary"
)

// srgb returns a profile of sRGB after ICC.1:2001, as small as may be: its
// curve is a power of 2.2, which no eye tells from the true one.
func srgb() []byte {
	xyz := func(x, y, z uint32) []byte { return be("XYZ ", 0, x, y, z) }
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", description("sRGB")},
		{"cprt", append(be("text", 0), "no copyright\x00"...)},
		{"wtpt", xyz(0xF6D6, 0x10000, 0xD32D)},
		{"rXYZ", xyz(0x6FA2, 0x38F5, 0x0390)},
		{"gXYZ", xyz(0x6299, 0xB785, 0x18DA)},
		{"bXYZ", xyz(0x24A0, 0x0F84, 0xB6CF)},
		{"rTRC", append(be("curv", 0, 1), 2, 0x33)},
	}
	const head, entry = 128, 12
	count := len(tags) + 2 // the green and the blue curve are the red one
	at := head + 4 + count*entry
	index, body := be("", uint32(count)), []byte(nil)
	for _, t := range tags {
		index = append(index, be(t.name, uint32(at+len(body)), uint32(len(t.data)))...)
		body = append(body, t.data...)
		body = append(body, make([]byte, -len(body)&3)...)
	}
	curve := bytes.Clone(index[len(index)-8:])
	for _, name := range []string{"gTRC", "bTRC"} {
		index = append(append(index, name...), curve...)
	}
	out := profileHeader(uint32(at + len(body)))
	return append(append(out, index...), body...)
}

// profileHeader returns the header of a display profile of version 2.1.
func profileHeader(size uint32) []byte {
	h := make([]byte, 128)
	copy(h, be("", size, 0, 0x02100000))
	copy(h[12:], "mntrRGB XYZ ")
	copy(h[24:], []byte{0x07, 0xD0, 0, 1, 0, 1}) // the first day of 2000
	copy(h[36:], "acsp")
	copy(h[68:], be("", 0xF6D6, 0x10000, 0xD32D))
	return h
}

// description returns a text with its empty forms for other scripts.
func description(s string) []byte {
	b := append(be("desc", 0, uint32(len(s)+1)), s...)
	return append(b, make([]byte, 1+4+4+2+1+67)...)
}

// be returns a signature and numbers, the highest bytes first.
func be(signature string, numbers ...uint32) []byte {
	b := []byte(signature)
	for _, n := range numbers {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}
