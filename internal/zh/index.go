package zh

import "strings"

// Index is strings.Index for words of Chinese, which must not be empty: it looks for
// the last byte of the word. The first one begins a sixth of all characters, and
// strings.Index stumbles over each of them.
func Index(s, word string) int {
	n := len(word) - 1
	for at := n; at < len(s); at++ {
		i := strings.IndexByte(s[at:], word[n])
		if i < 0 {
			return -1
		}
		if at += i; s[at-n:at] == word[:n] {
			return at - n
		}
	}
	return -1
}

// Contains is strings.Contains by Index.
func Contains(s, word string) bool { return Index(s, word) >= 0 }
