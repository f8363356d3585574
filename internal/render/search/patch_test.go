package search

import (
	"crypto/sha256"
	"maps"
	"reflect"
	"testing"

	"gongbao/internal/digest"
	"gongbao/internal/gram"
)

func TestMarshalTexts(t *testing.T) {
	hashes := func(from byte, n int) []digest.Hash {
		out := make([]digest.Hash, n)
		for i := range out {
			out[i] = sha256.Sum256([]byte{from, byte(i)})
		}
		return out
	}
	want := map[string]Texts{
		"search/a/": {Params: gram.Params{Shards: 7, Texts: 9}, IDs: sha256.Sum256([]byte("a")), Bodies: hashes(1, 3), Content: hashes(2, 3)},
		"search/b/": {Params: gram.Params{Shards: 2}, IDs: sha256.Sum256([]byte("b")), Bodies: hashes(3, 0), Content: hashes(4, 0)},
		"search/c/": {Bodies: hashes(5, 2), Content: hashes(6, 2)},
	}
	b, err := Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if got := Unmarshal(b); !reflect.DeepEqual(got, want) {
		t.Errorf("Unmarshal = %v, want %v", got, want)
	}
	for i := range b {
		if got := Unmarshal(b[:i]); got != nil {
			t.Fatalf("%d of %d bytes give %v", i, len(b), maps.Keys(got))
		}
		torn := append([]byte{}, b...)
		torn[i] ^= 4
		if Unmarshal(torn) != nil {
			t.Fatalf("byte %d of %d is damaged, and it is not seen", i, len(b))
		}
	}
	if Unmarshal([]byte(`{"search/a/":{}}`)) != nil {
		t.Error("the form of an older program is read")
	}
}
