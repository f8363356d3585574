package memo

import (
	"encoding/binary"
	"hash/crc32"
)

// ReadIndex reads an index whose checksum is set right, so that what stands in
// front of it is read.
func ReadIndex(b []byte) (places, stamps int, err error) {
	if len(b) > crc32.Size {
		n := len(b) - crc32.Size
		b = binary.LittleEndian.AppendUint32(b[:n:n], crc32.ChecksumIEEE(b[:n]))
	}
	index, known, _, err := readIndex(b)
	return len(index), len(known), err
}
