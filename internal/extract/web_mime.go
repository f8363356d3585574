package extract

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
)

// Bounds of a web archive.
const (
	mimeParts = 500
	mimeDepth = 4
)

// readMIME reads a web archive (.mht): its first page, with the pictures that
// it holds.
func readMIME(b []byte, o Options) (*Document, error) {
	if len(b) > maxWeb {
		return nil, &Problem{Kind: Large}
	}
	a := &webArchive{files: map[string][]byte{}}
	head, body := mimeHead(b)
	a.part(head, body, 0)
	if a.page == nil {
		return nil, &Problem{Kind: Broken, Detail: "no page in the archive"}
	}
	return readWebParts(a.page, a.files, o)
}

// isMIME reports whether b begins with the head of a web archive.
func isMIME(b []byte) bool {
	b = b[:min(len(b), 4096)]
	low := bytes.ToLower(b)
	if !bytes.Contains(low, []byte("mime-version:")) || !bytes.Contains(low, []byte("content-type:")) {
		return false
	}
	line, _, _ := bytes.Cut(bytes.TrimLeft(low, "\r\n\t \xef\xbb\xbf"), []byte("\n"))
	name, _, ok := bytes.Cut(line, []byte(":"))
	return ok && len(name) < 40 && !bytes.ContainsAny(name, " <>")
}

// A webArchive is the parts of a web archive.
type webArchive struct {
	page  []byte
	files map[string][]byte
	count int
}

func mimeHead(b []byte) (textproto.MIMEHeader, []byte) {
	r := bufio.NewReader(bytes.NewReader(bytes.TrimLeft(b, "\r\n\t \xef\xbb\xbf")))
	head, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return nil, nil
	}
	body, _ := io.ReadAll(r)
	return head, body
}

func (a *webArchive) part(head textproto.MIMEHeader, body []byte, depth int) {
	kind, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil {
		kind, _, _ = strings.Cut(strings.ToLower(head.Get("Content-Type")), ";")
	}
	switch {
	case strings.HasPrefix(kind, "multipart/") && depth < mimeDepth && params["boundary"] != "":
		for r := multipart.NewReader(bytes.NewReader(body), params["boundary"]); a.count < mimeParts; a.count++ {
			p, err := r.NextRawPart()
			if err != nil {
				return
			}
			inner, _ := io.ReadAll(p)
			a.part(p.Header, inner, depth+1)
		}
	case strings.HasPrefix(kind, "text/html") && a.page == nil:
		a.page = decodePart(head, body)
	case strings.HasPrefix(kind, "image/"):
		for _, at := range []string{head.Get("Content-Location"), "cid:" + strings.Trim(head.Get("Content-ID"), "<>")} {
			if at != "" && at != "cid:" {
				a.files[at] = decodePart(head, body)
			}
		}
	}
}

// decodePart undoes the transfer encoding. What follows damage is lost.
func decodePart(head textproto.MIMEHeader, body []byte) []byte {
	var r io.Reader = bytes.NewReader(body)
	switch strings.ToLower(strings.TrimSpace(head.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	out, _ := io.ReadAll(r)
	return out
}
