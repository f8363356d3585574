// Package share makes what the editors of new media (政务新媒体) post of a document:
// the article for WeChat with its pictures, the short text with link, cards, and
// the code of the page.
//
//	share, err := share.Make(share.Source{Entry: e, …})
//	for _, f := range share.Files { … }
//
// Nothing of it says whether a document is in force: what is posted freezes. It
// leads to the page, which knows (design §4).
package share

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"html/template"
	"image"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/font"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/press"
	"gongbao/internal/qr"
	"gongbao/internal/render"
)

// A Source is a document to share: its entry, its text, and what the pictures are
// made with. Cards are those of press.Cards, Fonts those they were laid out with;
// File reads a file of the site by its path from the root.
type Source struct {
	Entry    *catalog.Entry
	Tree     *markup.Tree
	Config   *config.Config
	Words    func(key string, args ...any) string
	Cards    []press.Card
	Pictures map[string]press.Picture
	Fonts    *font.Set
	File     func(path string) ([]byte, error)
}

// The files of a share. Pictures of the text stand in Folder, under their names
// beside the text.
const (
	ArticleFile  = "wechat.html"  // a fragment for the source view of an editor
	PreviewFile  = "preview.html" // the same as a page: to look at, and to copy from
	ShortFile    = "short.txt"
	CodeFile     = "qr.png"
	ManifestFile = "share.json"
	Folder       = "pictures/"
)

// A File is a file of a share. Name is its path in the share's folder.
type File struct {
	Name  string
	Bytes []byte
}

// A Manifest is share.json: what was made, and what the forms of the editors ask
// for. Lengths are in characters.
type Manifest struct {
	ID         string   `json:"id"`       // of the document in the ledger
	Title      string   `json:"title"`    // in full
	Headline   string   `json:"headline"` // of at most HeadlineLimit characters; "" where no form of the title is so short
	Number     string   `json:"number"`   // 发文字号, "" for none
	Issuers    []string `json:"issuers"`
	Signed     string   `json:"signed"`     // 成文日期, YYYY-MM-DD, or ""
	Published  string   `json:"published"`  // on the site, YYYY-MM-DD or RFC 3339, or ""
	Address    string   `json:"address"`    // of the page, for 阅读原文; "" without base_url
	Digest     string   `json:"digest"`     // 摘要, of at most DigestLimit characters
	Text       string   `json:"text_hash"`  // of the text, as the ledger has it
	Characters int      `json:"characters"` // of wechat.html, with its tags
	Short      int      `json:"short"`      // of short.txt, as Weibo counts
	Files      []Made   `json:"files"`      // all but share.json, by name
}

// A Made is a file of a share in its manifest. Width and height are of pictures,
// in pixels, 0 for others and where they are not known.
type Made struct {
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Size      int    `json:"size"`
	SHA256    string `json:"sha256"`
	Width     int    `json:"width,omitempty"`
	Height    int    `json:"height,omitempty"`
}

// Make returns the files of a share, share.json last. The same document, fonts and
// words give the same bytes.
func Make(s Source) ([]File, *Manifest, error) {
	var files []File
	var failed error
	add := func(name string, b []byte, err error) {
		files, failed = append(files, File{name, b}), errors.Join(failed, err)
	}
	for _, c := range s.Cards {
		b, err := Draw(&c.Page, s.Pictures, s.Fonts)
		add(c.Name+".png", b, err)
	}
	if s.address() != "" {
		b, err := s.code()
		add(CodeFile, b, err)
	}
	short := s.short()
	add(ShortFile, []byte(short+"\n"), nil)
	article, err := s.article()
	add(ArticleFile, article, err)
	preview, err := s.preview(article)
	add(PreviewFile, preview, err)
	for _, name := range s.shown() {
		b, err := s.File("content/" + path.Join(path.Dir(s.Entry.Path), name))
		add(Folder+name, b, err)
	}
	m := s.manifest(files)
	m.Characters, m.Short = utf8.RuneCount(article), Length(short)
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err = enc.Encode(m)
	add(ManifestFile, b.Bytes(), err)
	if failed != nil {
		return nil, nil, failed
	}
	return files, m, nil
}

// code is the picture of the page's address.
func (s *Source) code() ([]byte, error) {
	c, err := qr.New(s.address())
	if err != nil {
		return nil, err
	}
	return Code(c)
}

func (s *Source) manifest(files []File) *Manifest {
	e := s.Entry
	m := &Manifest{
		ID: e.ID, Title: e.Title(), Headline: headline(e), Number: e.Document.Number, Issuers: slices.Concat([]string{}, e.Document.Issuers),
		Signed: e.Document.Signed.String(), Published: e.Document.Published.String(), Address: s.address(), Digest: s.digest(), Text: e.TextHash.String(),
	}
	for _, f := range files {
		x := Made{Name: f.Name, MediaType: render.MediaType(f.Name), Size: len(f.Bytes), SHA256: render.SumOf(f.Bytes).String()}
		if c, _, err := image.DecodeConfig(bytes.NewReader(f.Bytes)); err == nil {
			x.Width, x.Height = c.Width, c.Height
		}
		m.Files = append(m.Files, x)
	}
	slices.SortFunc(m.Files, func(a, b Made) int { return strings.Compare(a.Name, b.Name) })
	return m
}

// address is that of the page, as its printed code has it; "" without base_url.
func (s *Source) address() string {
	if s.Config.BaseURL == "" {
		return ""
	}
	return s.Config.BaseURL + s.Entry.Address
}

// shown are the pictures of the text, by their paths beside it.
func (s *Source) shown() []string {
	var out []string
	for _, f := range s.Tree.Files {
		if f.Image && !slices.Contains(out, f.Path) {
			out = append(out, f.Path)
		}
	}
	return out
}

// article is the fragment for WeChat.
func (s *Source) article() ([]byte, error) {
	e, w := s.Entry, s.Words
	f := s.Tree.HTML(2)
	v := view{
		Gazette: s.Config.GazetteName(), Number: e.Document.Number, Title: press.TitleParts(e.Title(), e.Document.Issuers),
		Body: article(&f), Words: map[string]string{},
	}
	for _, key := range []string{"share.attachments", "share.download", "share.original", "print.code"} {
		v.Words[key] = w(key)
	}
	for _, x := range []struct{ key, text string }{
		{"issuers", strings.Join(e.Document.Issuers, "　")}, {"signed", e.Document.Signed.Zh()}, {"published", e.Document.Published.Date.Zh()},
	} {
		if x.text != "" {
			v.Facts = append(v.Facts, fact{w("meta." + x.key), x.text})
		}
	}
	for i, a := range e.Document.Attachments {
		v.Attachments = append(v.Attachments, itoa(i+1)+". "+attachment(a))
	}
	if s.address() != "" {
		v.Code = CodeFile
	}
	if from := cmp.Or(e.Document.Origin.Name, s.Config.Site.Title); from != "" {
		v.Origin = w("print.origin", from)
	}
	return execute(wechatPage, v)
}

// attachment is an attachment by its title, and what kind of file it is.
func attachment(a gazette.Attachment) string {
	name := cmp.Or(a.Title, path.Base(a.File))
	if kind := strings.TrimPrefix(path.Ext(a.File), "."); kind != "" {
		name += "（" + strings.ToUpper(kind) + "）"
	}
	return name
}

// preview is the article as a page of its own.
func (s *Source) preview(article []byte) ([]byte, error) {
	return execute(previewPage, struct {
		Lang, Title string
		Article     template.HTML
	}{s.Config.Site.Language, s.Entry.Title(), template.HTML(article)})
}

func execute(t *template.Template, v any) ([]byte, error) {
	var b bytes.Buffer
	err := t.Execute(&b, v)
	return b.Bytes(), err
}

// FolderOf is the name of a share's folder: documents/nfbh/2023/36/ as nfbh-2023-36.
func FolderOf(e *catalog.Entry) string {
	return strings.ReplaceAll(strings.Trim(strings.TrimPrefix(e.Address, "documents/"), "/"), "/", "-")
}
