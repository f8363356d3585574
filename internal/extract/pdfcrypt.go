package extract

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
)

// A pdfCrypt undoes the encryption of files that open without a password: an
// owner's password forbids printing or changing, not reading (ISO 32000-2 7.6).
type pdfCrypt struct {
	key   []byte
	aes   bool
	whole bool // the key is that of every object (V 5)
	skip  map[string]bool
}

// padding stands for an empty password (ISO 32000-2 7.6.4.3.2).
var padding = []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")

// openCrypt makes the key of the empty password, or returns nil where that is
// not the one, or where the encryption is of another kind.
func (f *pdfFile) openCrypt(d pdfDict) *pdfCrypt {
	if f.name(d["Filter"]) != "Standard" {
		return nil
	}
	c := &pdfCrypt{skip: map[string]bool{"XRef": true}}
	version, revision := int(f.number(d["V"], 0)), int(f.number(d["R"], 0))
	size := 5
	switch version {
	case 1:
	case 2, 3:
		size = int(f.number(d["Length"], 40)) / 8
	case 4, 5:
		size = 16
		name := f.name(d["StmF"])
		if name == "" || name == "Identity" {
			return nil
		}
		switch f.name(f.dict(f.dict(d["CF"])[name])["CFM"]) {
		case "V2":
		case "AESV2", "AESV3":
			c.aes = true
		default:
			return nil
		}
	default:
		return nil
	}
	if size < 5 || size > 16 {
		return nil
	}
	meta, has := f.get(d["EncryptMetadata"]).(bool)
	plain := has && !meta
	if plain {
		c.skip["Metadata"] = true
	}
	user, _ := f.get(d["U"]).(pdfString)
	if version == 5 {
		wrapped, _ := f.get(d["UE"]).(pdfString)
		if len(user) < 48 || len(wrapped) < 32 {
			return nil
		}
		u := []byte(user)
		if !bytes.Equal(pdfHash(u[32:40], revision), u[:32]) {
			return nil
		}
		b, err := aes.NewCipher(pdfHash(u[40:48], revision))
		if err != nil {
			return nil
		}
		c.key, c.whole = make([]byte, 32), true
		cipher.NewCBCDecrypter(b, make([]byte, 16)).CryptBlocks(c.key, []byte(wrapped)[:32])
		return c
	}
	owner, _ := f.get(d["O"]).(pdfString)
	if len(owner) < 32 || len(user) < 32 {
		return nil
	}
	id := ""
	if ids := f.array(f.trailer["ID"]); len(ids) > 0 {
		s, _ := f.get(ids[0]).(pdfString)
		id = string(s)
	}
	h := md5.New()
	h.Write(padding)
	h.Write([]byte(owner)[:32])
	h.Write(binary.LittleEndian.AppendUint32(nil, uint32(int64(f.number(d["P"], 0)))))
	h.Write([]byte(id))
	if revision >= 4 && plain {
		h.Write([]byte{0xff, 0xff, 0xff, 0xff})
	}
	key := h.Sum(nil)
	if revision >= 3 {
		for range 50 {
			s := md5.Sum(key[:size])
			key = s[:]
		}
	}
	c.key = key[:size]
	want := bytes.Clone(padding)
	if revision >= 3 {
		s := md5.Sum(append(want, id...))
		want = s[:]
	}
	for i := range 20 {
		if i > 0 && revision < 3 {
			break
		}
		k := bytes.Clone(c.key)
		for j := range k {
			k[j] ^= byte(i)
		}
		r, _ := rc4.NewCipher(k)
		r.XORKeyStream(want, want)
	}
	if !bytes.Equal(want, []byte(user)[:len(want)]) {
		return nil
	}
	return c
}

// pdfHash is the hash of the empty password (ISO 32000-2 7.6.4.3.4).
func pdfHash(salt []byte, revision int) []byte {
	s := sha256.Sum256(salt)
	k := s[:]
	if revision < 6 {
		return k
	}
	for i := 0; ; i++ {
		e := bytes.Repeat(k, 64)
		b, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(b, k[16:32]).CryptBlocks(e, e)
		rest := 0
		for _, x := range e[:16] {
			rest += int(x)
		}
		switch rest % 3 {
		case 0:
			s := sha256.Sum256(e)
			k = s[:]
		case 1:
			s := sha512.Sum384(e)
			k = s[:]
		default:
			s := sha512.Sum512(e)
			k = s[:]
		}
		if i >= 63 && int(e[len(e)-1]) <= i-31 {
			return k[:32]
		}
	}
}

// clear returns bytes of an object as they were.
func (c *pdfCrypt) clear(n, gen int, b []byte) []byte {
	key := c.key
	if !c.whole {
		h := md5.New()
		h.Write(key)
		h.Write([]byte{byte(n), byte(n >> 8), byte(n >> 16), byte(gen), byte(gen >> 8)})
		if c.aes {
			h.Write([]byte("sAlT"))
		}
		key = h.Sum(nil)[:min(len(key)+5, 16)]
	}
	if !c.aes {
		r, err := rc4.NewCipher(key)
		if err != nil {
			return nil
		}
		out := make([]byte, len(b))
		r.XORKeyStream(out, b)
		return out
	}
	block, err := aes.NewCipher(key)
	if err != nil || len(b) < 32 {
		return nil
	}
	out := make([]byte, (len(b)-16)/16*16)
	cipher.NewCBCDecrypter(block, b[:16]).CryptBlocks(out, b[16:16+len(out)])
	if pad := int(out[len(out)-1]); pad >= 1 && pad <= 16 {
		out = out[:len(out)-pad]
	}
	return out
}

// stream is the content of a stream object as it was.
func (c *pdfCrypt) stream(f *pdfFile, s *pdfStream, n, gen int) {
	if c.skip[f.name(s.dict["Type"])] || f.left < len(s.raw) {
		return
	}
	f.left -= len(s.raw)
	s.raw = c.clear(n, gen, s.raw)
}

// strings clears the strings of a dictionary that stands in the file itself.
func (c *pdfCrypt) strings(d pdfDict, n, gen int) {
	for k, v := range d {
		if s, ok := v.(pdfString); ok {
			d[k] = pdfString(c.clear(n, gen, []byte(s)))
		}
	}
}
