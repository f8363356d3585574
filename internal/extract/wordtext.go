package extract

import (
	"strings"
)

// A wordText gathers runs; neighbours of the same form become one.
type wordText struct {
	runs  []Run
	b     strings.Builder
	form  Run
	inked bool // something stands in it
}

func (t *wordText) add(s string, form Run) {
	if t.b.Len() > 0 && form != t.form {
		t.flush()
	}
	t.form = form
	t.b.WriteString(s)
	t.inked = t.inked || strings.TrimSpace(s) != ""
}

func (t *wordText) flush() {
	if t.b.Len() > 0 {
		t.form.Text = t.b.String()
		t.runs = append(t.runs, t.form)
		t.form = Run{}
		t.b.Reset()
	}
}

func (t *wordText) mark(note int) {
	t.flush()
	t.runs = append(t.runs, Run{Note: note})
	t.inked = true
}

// take empties it.
func (t *wordText) take() []Run {
	t.flush()
	runs := t.runs
	t.runs, t.inked = nil, false
	return runs
}

// plain is the text of a flow.
func (f *wordFlow) plain(r *wordReader) string {
	runs, _ := r.flatten(f)
	var b strings.Builder
	for _, run := range runs {
		b.WriteString(run.Text)
	}
	return b.String()
}

// flatten makes one text of a flow, a line for each paragraph and row, and
// gives back its pictures.
func (r *wordReader) flatten(f *wordFlow) ([]Run, []Block) {
	r.close(f)
	var t wordText
	var pictures []Block
	begun := false
	add := func(runs []Run) {
		for _, run := range runs {
			if run.Note > 0 {
				t.mark(run.Note)
				continue
			}
			text := run.Text
			run.Text = ""
			t.add(text, run)
		}
	}
	for _, b := range f.blocks {
		switch b.Kind {
		case PictureBlock:
			pictures = append(pictures, b)
			continue
		case TableBlock:
			for _, row := range b.Rows {
				if begun {
					t.add("\n", Run{})
				}
				for i, c := range row {
					if i > 0 {
						t.add("\t", Run{})
					}
					add(c.Runs)
				}
				begun = true
			}
			continue
		}
		if begun {
			t.add("\n", Run{Bold: t.form.Bold && t.form.Link == ""})
		}
		add(b.Runs)
		begun = true
	}
	return t.take(), pictures
}
