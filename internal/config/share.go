package config

import (
	"slices"

	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

// Share is the [share] table: what has to be posted on new media (政务新媒体), and by
// when.
type Share struct {
	Channels []string        // 微信公众号, 微博 …
	Since    gazette.Date    // of documents published from this day on; without it, nothing is asked for
	Classes  []gazette.Class // of the site's own documents; none: of all classes
	Days     int             // working days after the day of publication; 0: the same day
}

// Asks reports whether documents of a class have to be posted.
func (s Share) Asks(class gazette.Class) bool {
	return len(s.Classes) == 0 || slices.Contains(s.Classes, class)
}

func (p parser) share(t *toml.Table, s *Share) {
	p.Strings(t, "channels", &s.Channels)
	p.date(t, "since", &s.Since)
	s.Classes = p.classes(t, "classes")
	p.upTo(t, "days", 20, &s.Days)
	p.Unknown(t)
}
