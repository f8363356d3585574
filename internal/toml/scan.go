package toml

import "bytes"

// A scan is what is open at the place where the library stopped. Offsets are -1
// where there is nothing.
type scan struct {
	str   int   // where the string begins in which the place is
	open  []int // brackets that nothing has closed
	key   int   // where the last key or header begins
	equal int   // the = behind it
	value int   // where the last value begins: behind = [ { or ,
}

// scanTo reads data up to the offset at. All before it is TOML, so that a few
// marks tell enough.
func scanTo(data []byte, at int) scan {
	s := scan{str: -1, key: 0, equal: -1, value: -1}
	for i := 0; i < at; {
		switch c := data[i]; c {
		case '#':
			i += lineSize(data[i:at])
			continue
		case '"', '\'':
			end := stringEnd(data, i, at)
			if end < 0 {
				s.str = i
				return s
			}
			i = end
			continue
		case '[', '{':
			s.open = append(s.open, i)
			s.value = i + 1
		case ']', '}':
			s.open = s.open[:max(0, len(s.open)-1)]
		case '=':
			if len(s.open) == 0 {
				s.equal = i
			}
			s.value = i + 1
		case ',':
			s.value = i + 1
		case '\n':
			if len(s.open) == 0 {
				s.key, s.equal, s.value = i+1, -1, -1
			}
		}
		i++
	}
	return s
}

// stringEnd returns the offset behind the string that begins at i, or -1 where
// it goes on at the offset at.
func stringEnd(data []byte, i, at int) int {
	mark := data[i : i+1]
	if long := bytes.Repeat(mark, 3); bytes.HasPrefix(data[i:at], long) {
		mark = long
	} else if bytes.HasPrefix(data[i:at], long[:2]) {
		return i + 2
	}
	for j := i + len(mark); j+len(mark) <= at; j++ {
		switch {
		case data[j] == '\\' && mark[0] == '"':
			j++
		case bytes.HasPrefix(data[j:at], mark):
			return j + len(mark)
		case data[j] == '\n' && len(mark) == 1:
			return -1
		}
	}
	return -1
}

// lineSize returns the bytes before the end of the first line of b.
func lineSize(b []byte) int {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return i
	}
	return len(b)
}
