package pdf_test

import (
	"testing"

	"gongbao/internal/press"
	"gongbao/internal/render/pdf"
	"gongbao/internal/typeset"
)

// FuzzWrite writes books of any text, place and picture: a book or an error,
// and what is written can be read.
func FuzzWrite(f *testing.F) {
	set := fontSet(f)
	for _, p := range testPictures(f) {
		f.Add(p.Data, "第一条 𠮷", int32(1000), int32(2000), int32(16000), int32(-200), uint8(1), int32(9), "#a")
	}
	f.Add([]byte("\xFF\xD8"), "\xFF\x00(\\\r", int32(-1<<31), int32(1<<31-1), int32(1), int32(-14400000), uint8(255), int32(-5), "https:\\")
	f.Fuzz(func(t *testing.T, data []byte, text string, x, y, size, track int32, kind uint8, level int32, to string) {
		l := func(n int32) typeset.Length { return typeset.Length(n) }
		b := &press.Book{
			Purpose:  purposes[kind%4],
			Pictures: map[string]press.Picture{"a": {Data: data}},
			Info:     press.Info{Title: text, Keywords: to, Language: to},
			Outline:  []press.Bookmark{{Title: text, Level: int(level), Y: l(y)}, {Title: to, Level: 1}},
			Labels:   []press.Label{{Style: to, Prefix: text, Start: int(level)}},
			Crop:     kind&8 > 0, Bleed: l(size),
			Pages: []typeset.Page{{Width: 1e6, Height: 1e6,
				Runs: []typeset.Run{
					{X: l(x), Y: l(y), Size: l(size), Track: l(track), Text: text, Ink: typeset.Ink(kind), Font: typeset.Font(kind >> 4), Half: kind&4 > 0},
					{X: l(y), Y: l(y), Size: 10000, Text: to},
				},
				Rules:    []typeset.Rule{{X: l(x), Y: l(y), Width: l(size), Height: l(track)}},
				Pictures: []typeset.PlacedPicture{{X: l(x), Y: l(y), Width: l(size), Height: 100, Name: "a"}},
				Links:    []typeset.Link{{X: l(x), Y: l(y), Width: l(size), Height: 1000, To: to}},
				Marks:    []typeset.Mark{{Name: "a", Y: l(y)}},
			}},
		}
		out, err := pdf.Write(b, set)
		if err != nil {
			b.Pages[0].Pictures = nil
			if out, err = pdf.Write(b, set); err != nil {
				return
			}
		}
		open(t, out)
	})
}
