package catalog

// A slab gives away slices of common pieces of memory: what Resolve makes for
// many entries, and is kept as long as the catalog.
type slab[T any] struct{ free []T }

// slabSize is how many elements a piece has.
const slabSize = 512

// take returns n zero elements, without room for more; nil for none.
func (s *slab[T]) take(n int) []T {
	if n == 0 {
		return nil
	}
	if n > len(s.free) {
		s.free = make([]T, max(n, slabSize))
	}
	out := s.free[:n:n]
	s.free = s.free[n:]
	return out
}
