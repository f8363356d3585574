package font

import "slices"

// A Role (字体) is what a typeface does in an official document.
type Role uint8

// The roles of GB/T 9704-2012.
const (
	Song     Role = iota // 宋体
	Fangsong             // 仿宋体
	Hei                  // 黑体
	Kai                  // 楷体
	Biaosong             // 小标宋体
)

var roleNames = []string{"song", "fangsong", "hei", "kai", "biaosong"}

// Roles returns all roles.
func Roles() []Role { return []Role{Song, Fangsong, Hei, Kai, Biaosong} }

// String returns the role's word in config.toml.
func (r Role) String() string { return roleNames[r] }

// ParseRole returns the role of a word of config.toml.
func ParseRole(word string) (Role, bool) {
	i := slices.Index(roleNames, word)
	return Role(max(i, 0)), i >= 0
}

// Wanted returns [pdf.fonts] by role, without words that are no role.
func Wanted(byWord map[string]string) map[Role]string {
	want := map[Role]string{}
	for _, r := range Roles() {
		if name := byWord[r.String()]; name != "" {
			want[r] = name
		}
	}
	return want
}
