package extract

import (
	"fmt"
	"strings"
	"testing"
)

func TestTags(t *testing.T) {
	page := "<!DOCTYPE html>\n<A HREF='a.html?x=1&amp;y=2' id=一>甲</a><script>if (a<b) '<img src=x>'</script>\n<br/><img src=\"b.png\" alt>"
	var got []string
	for tags := NewTags([]byte(page)); tags.Next(); {
		if page[tags.At] != '<' {
			t.Errorf("%s at %d is no tag", tags.Name, tags.At)
		}
		got = append(got, fmt.Sprint(tags.Name, tags.At, " ", tags.Attr("href"), tags.Attr("src"), tags.Attr("id")))
	}
	want := "a16 a.html?x=1&y=2一|script59 |br99 |img104 b.png"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("got %s, want %s", s, want)
	}
}
