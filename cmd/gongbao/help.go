package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"gongbao/internal/diag"
)

// helpPrinter prints the help of the program or of one command. kong's own
// printer has its words in English only; the help of a flag, an argument or a
// command is a key of the strings files.
func helpPrinter(texts diag.Strings) kong.HelpPrinter {
	return func(_ kong.HelpOptions, ctx *kong.Context) error {
		h := help{texts: texts, flags: ctx.Model.AllFlags(true)}
		node := ctx.Selected()
		if node == nil {
			h.line(texts.T("usage.program", ctx.Model.Name))
			h.line("", texts.T("help.gongbao"))
			h.section("usage.flags", h.flagRows())
			h.section("usage.commands", h.commandRows(ctx.Model.Node))
			h.line("", texts.T("usage.more", ctx.Model.Name+" <command>"))
		} else {
			h.flags = node.AllFlags(true)
			h.line(texts.T("usage.command", ctx.Model.Name+" "+node.Path(), h.arguments(node)))
			h.line("", h.text(node.Help))
			h.section("usage.arguments", h.argumentRows(node))
			h.section("usage.flags", h.flagRows())
			h.section("usage.commands", h.commandRows(node))
		}
		_, err := io.WriteString(ctx.Stdout, h.String())
		return err
	}
}

// help is the text of one help page.
type help struct {
	strings.Builder
	texts diag.Strings
	flags [][]*kong.Flag
}

// A helpRow is a name and what it stands for. An empty name is a gap.
type helpRow struct{ name, text string }

func (h *help) line(lines ...string) {
	for _, l := range lines {
		h.WriteString(strings.TrimRight(l, " ") + "\n")
	}
}

// text is the text of a key; nothing where a flag has no help.
func (h *help) text(key string) string {
	if key == "" {
		return ""
	}
	return h.texts.T(key)
}

// section prints rows in two columns. Names are ASCII: their bytes are their
// width.
func (h *help) section(title string, rows []helpRow) {
	if len(rows) == 0 {
		return
	}
	width := 0
	for _, r := range rows {
		width = max(width, len(r.name))
	}
	h.line("", h.texts.T(title))
	for _, r := range rows {
		h.line(fmt.Sprintf("  %-*s    %s", width, r.name, r.text))
	}
}

func (h *help) flagRows() []helpRow {
	var rows []helpRow
	for i, group := range h.flags {
		if i > 0 && len(rows) > 0 && len(group) > 0 {
			rows = append(rows, helpRow{})
		}
		for _, f := range group {
			name := f.String()
			if f.Short == 0 {
				name = "    " + name
			}
			text := h.text(f.Help)
			if f.Name == "help" { // kong's own
				text = h.texts.T("help.help")
			}
			rows = append(rows, helpRow{name, text})
		}
	}
	return rows
}

func (h *help) commandRows(app *kong.Node) []helpRow {
	var rows []helpRow
	for _, c := range app.Children {
		rows = append(rows, helpRow{strings.TrimSpace(c.Name + h.arguments(c)), h.text(c.Help)})
	}
	return rows
}

func (h *help) argumentRows(node *kong.Node) []helpRow {
	var rows []helpRow
	for _, a := range node.Positional {
		rows = append(rows, helpRow{a.Summary(), h.text(a.Help)})
	}
	return rows
}

// arguments are the arguments of a command behind its name.
func (h *help) arguments(node *kong.Node) string {
	var b strings.Builder
	for _, a := range node.Positional {
		b.WriteString(" " + a.Summary())
	}
	return b.String()
}
