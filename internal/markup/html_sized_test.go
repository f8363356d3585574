package markup_test

import (
	"html/template"
	"testing"

	"gongbao/internal/markup"
)

func TestSized(t *testing.T) {
	size := func(name string) (int, int) {
		return map[string]int{"甲 乙.png": 3, "a&b.png": 5}[name], 4
	}
	for in, want := range map[string]string{
		`<p>甲</p>`: `<p>甲</p>`,
		`<img src="files/%E7%94%B2%20%E4%B9%99.png" alt="图" loading="lazy">乙<img src="files/c.png" alt="">`: `<img src="files/%E7%94%B2%20%E4%B9%99.png" width="3" height="4" alt="图" loading="lazy">乙<img src="files/c.png" alt="">`,
		`<img src="files/a&amp;b.png" alt="">`: `<img src="files/a&amp;b.png" width="5" height="4" alt="">`,
		`<img src="files/100%.png" alt="">`:    `<img src="files/100%.png" alt="">`,
		`<img src="files/`:                     `<img src="files/"`,
	} {
		if got := markup.Sized(template.HTML(in), size); string(got) != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}
