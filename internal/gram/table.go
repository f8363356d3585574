package gram

// A table numbers keys in the order in which they come: open addressing, half
// full at most. Go's map took three times as long for the pairs of a text.
type table struct {
	slots []int32 // 1 + index in keys; 0 for free
	keys  []uint32
	shift int
}

func newTable() *table { return &table{slots: make([]int32, 1<<16), shift: 16} }

// id returns the number of a key.
func (t *table) id(key uint32) int32 {
	mask := len(t.slots) - 1
	for i := int(key*0x9E3779B1>>t.shift) & mask; ; i = (i + 1) & mask {
		switch s := t.slots[i]; {
		case s == 0:
			t.keys = append(t.keys, key)
			t.slots[i] = int32(len(t.keys))
			if len(t.keys)*2 > len(t.slots) {
				t.grow()
			}
			return int32(len(t.keys)) - 1
		case t.keys[s-1] == key:
			return s - 1
		}
	}
}

func (t *table) grow() {
	t.slots = make([]int32, 2*len(t.slots))
	t.shift--
	mask := len(t.slots) - 1
	for n, key := range t.keys {
		i := int(key*0x9E3779B1>>t.shift) & mask
		for t.slots[i] != 0 {
			i = (i + 1) & mask
		}
		t.slots[i] = int32(n + 1)
	}
}
