package toml

import (
	"strconv"
	"strings"
)

// A Writer writes TOML line by line. What is empty leaves no line.
type Writer struct{ strings.Builder }

// Text writes a string.
func (w *Writer) Text(key, v string) {
	if v != "" {
		w.WriteString(key + " = " + Quote(v) + "\n")
	}
}

// Bare writes what stands without quotes, as it is: a date.
func (w *Writer) Bare(key, v string) {
	if v != "" {
		w.WriteString(key + " = " + v + "\n")
	}
}

// Int writes a number other than 0.
func (w *Writer) Int(key string, n int) {
	if n != 0 {
		w.Bare(key, strconv.Itoa(n))
	}
}

// Bool writes true.
func (w *Writer) Bool(key string, v bool) {
	if v {
		w.Bare(key, "true")
	}
}

// List writes strings.
func (w *Writer) List(key string, vs []string) {
	if len(vs) == 0 {
		return
	}
	q := make([]string, len(vs))
	for i, v := range vs {
		q[i] = Quote(v)
	}
	w.Bare(key, "["+strings.Join(q, ", ")+"]")
}
