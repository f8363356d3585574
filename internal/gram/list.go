package gram

import (
	"encoding/binary"
	"math/bits"
)

// riceBits is the parameter of the Rice code for n places among u.
func riceBits(u, n int) int {
	x := u * 11 / (16 * n)
	if x < 2 {
		return 0
	}
	return bits.Len(uint(x)) - 1
}

// AppendList appends a list: ascending numbers below u.
func AppendList(b []byte, list []int32, u int) []byte { return appendList(b, list, parent{n: u}) }

// appendList appends the list of texts that are all in a parent.
func appendList(b []byte, list []int32, in parent) []byte {
	n, u := len(list), in.n
	switch {
	case n == 0 || n == u:
		return b
	case 2*n > u:
		w := riceWriter{b: b, k: riceBits(u, u-n), last: -1}
		next := int32(0)
		for _, v := range list {
			if in.rank != nil {
				v = in.rank[v]
			}
			for ; next < v; next++ {
				w.number(next)
			}
			next = v + 1
		}
		for ; int(next) < u; next++ {
			w.number(next)
		}
		return w.flush()
	}
	w := riceWriter{b: b, k: riceBits(u, n), last: -1}
	if in.rank == nil {
		for _, v := range list {
			w.number(v)
		}
		return w.flush()
	}
	for _, v := range list {
		w.number(in.rank[v])
	}
	return w.flush()
}

// ReadList reads a list of n numbers below u and returns what stands behind it.
func ReadList(b []byte, n, u int) ([]int32, []byte, error) {
	if n < 0 || n > u {
		return nil, nil, ErrDamaged
	}
	list := make([]int32, 0, n)
	if n == u {
		for v := range u {
			list = append(list, int32(v))
		}
		return list, b, nil
	}
	if n == 0 {
		return list, b, nil
	}
	m, inverse := n, 2*n > u
	if inverse {
		m = u - n
	}
	k := riceBits(u, m)
	r := bitReader{b: b}
	last := -1
	coded := list
	if inverse {
		coded = make([]int32, 0, m)
	}
	for range m {
		gap, ok := r.gap(k, u)
		if last += gap + 1; !ok || last >= u {
			return nil, nil, ErrDamaged
		}
		coded = append(coded, int32(last))
	}
	rest := b[(r.at+7)/8:]
	if inverse {
		return missing(list, coded, u), rest, nil
	}
	return coded, rest, nil
}

// missing appends the numbers below u that are not in list.
func missing(out, list []int32, u int) []int32 {
	next := int32(0)
	for _, v := range list {
		for ; next < v; next++ {
			out = append(out, next)
		}
		next = v + 1
	}
	for ; int(next) < u; next++ {
		out = append(out, next)
	}
	return out
}

// A riceWriter writes ascending numbers as gaps.
type riceWriter struct {
	b    []byte
	k    int
	last int32
	acc  uint64
	have int // bits of acc that are not in b: less than 32
}

func (w *riceWriter) number(v int32) {
	gap := uint64(v - w.last - 1)
	w.last = v
	q := int(gap >> w.k)
	for ; q+1+w.k > 32; q -= min(q, 32) {
		w.put(0, min(q, 32))
	}
	w.put(1<<w.k|gap&(1<<w.k-1), q+1+w.k)
}

// put writes the n lowest bits of v, at most 32, which has no others.
func (w *riceWriter) put(v uint64, n int) {
	w.acc = w.acc<<n | v
	if w.have += n; w.have >= 32 {
		w.have -= 32
		w.b = binary.BigEndian.AppendUint32(w.b, uint32(w.acc>>w.have))
	}
}

func (w *riceWriter) flush() []byte {
	for ; w.have >= 8; w.have -= 8 {
		w.b = append(w.b, byte(w.acc>>(w.have-8)))
	}
	if w.have > 0 {
		w.b = append(w.b, byte(w.acc<<(8-w.have)))
	}
	return w.b
}

// A bitReader reads bits, the most significant of a byte first.
type bitReader struct {
	b  []byte
	at int // in bits
}

func (r *bitReader) bit() (int, bool) {
	if r.at>>3 >= len(r.b) {
		return 0, false
	}
	v := int(r.b[r.at>>3]>>(7-r.at&7)) & 1
	r.at++
	return v, true
}

func (r *bitReader) gap(k, u int) (int, bool) {
	if i := r.at >> 3; i+8 <= len(r.b) {
		word := binary.BigEndian.Uint64(r.b[i:]) << (r.at & 7) // 57 bits of it are there
		q := bits.LeadingZeros64(word)
		if q+1+k <= 57 && q<<k <= u {
			r.at += q + 1 + k
			return q<<k | int(word<<(q+1)>>(64-k)), true
		}
	}
	q := 0
	for {
		v, ok := r.bit()
		if !ok || q<<k > u {
			return 0, false
		}
		if v == 1 {
			break
		}
		q++
	}
	for range k {
		v, ok := r.bit()
		if !ok {
			return 0, false
		}
		q = q<<1 | v
	}
	return q, true
}
