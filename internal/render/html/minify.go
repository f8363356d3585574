package html

import (
	"bytes"
	"io"
	"path"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// minified is an asset as readers get it: scripts and style sheets without
// comments and long names, which halves them. What the library cannot read, and
// everything else, stays as it is.
func minified(name string, b []byte) []byte {
	var write func(*minify.M, io.Writer, io.Reader, map[string]string) error
	switch path.Ext(name) {
	case ".js":
		write = (&js.Minifier{Version: 2018}).Minify // Chrome 69
	case ".css":
		write = (&css.Minifier{}).Minify
	default:
		return b
	}
	var out bytes.Buffer
	if err := write(minify.New(), &out, bytes.NewReader(b), nil); err != nil {
		return b
	}
	return out.Bytes()
}
