package source

import (
	"gongbao/internal/diag"
	"gongbao/internal/toml"
)

// A Word of data/words.toml is one that the site does not want to read: a typing
// error, a form out of use. The tool brings none. Where it stands inside one of
// Except, a longer word that is right, it is not meant.
type Word struct {
	Wrong, Right, Note string
	Except             []string
	Pos                diag.Pos
}

func (d *decoder) wrongWord(t *toml.Table) Word {
	x := Word{Pos: t.Pos}
	d.Require(t, "wrong", "right")
	d.String(t, "wrong", &x.Wrong)
	d.String(t, "right", &x.Right)
	d.String(t, "note", &x.Note)
	d.Strings(t, "except", &x.Except)
	d.Unknown(t)
	return x
}
