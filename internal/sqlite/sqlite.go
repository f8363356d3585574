// Package sqlite writes tables of text as a SQLite database. It is the home of the
// database library.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

// A Table is a table of the database. Names are plain ASCII words; they are part of
// the program, never of content.
type Table struct {
	Name    string
	Columns []Column
	Primary []string // columns of the primary key; nil for none
	Index   []string // columns that have an index each
	Rows    iter.Seq[[]any]
}

// A Column has values of a type of SQLite: "TEXT" or "INTEGER". An empty text is
// written as NULL.
type Column struct{ Name, Type string }

// Write returns a database of the tables. Same tables, same bytes.
func Write(tables []Table) (b []byte, err error) {
	ctx := context.Background()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	conn, err := db.Conn(ctx) // the database lives as long as its connection
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	for _, t := range tables {
		if err := t.write(ctx, conn); err != nil {
			return nil, fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	err = conn.Raw(func(driver any) error {
		s, ok := driver.(interface{ Serialize() ([]byte, error) })
		if !ok {
			return errors.New("the driver cannot serialize")
		}
		b, err = s.Serialize()
		return err
	})
	return b, err
}

func (t *Table) write(ctx context.Context, conn *sql.Conn) error {
	var columns, places []string
	for _, c := range t.Columns {
		columns = append(columns, quote(c.Name)+" "+c.Type)
		places = append(places, "?")
	}
	if t.Primary != nil {
		columns = append(columns, "PRIMARY KEY ("+names(t.Primary)+")")
	}
	create := "CREATE TABLE " + quote(t.Name) + " (" + strings.Join(columns, ", ") + ")"
	if t.Primary != nil {
		create += " WITHOUT ROWID"
	}
	if _, err := conn.ExecContext(ctx, create); err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := t.fill(ctx, tx, strings.Join(places, ", ")); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func (t *Table) fill(ctx context.Context, tx *sql.Tx, places string) error {
	insert, err := tx.PrepareContext(ctx, "INSERT INTO "+quote(t.Name)+" VALUES ("+places+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	for row := range t.Rows {
		for i, v := range row {
			if v == "" {
				row[i] = nil
			}
		}
		if _, err := insert.ExecContext(ctx, row...); err != nil {
			return err
		}
	}
	for _, c := range t.Index {
		if _, err := tx.ExecContext(ctx, "CREATE INDEX "+quote(t.Name+"_"+c)+" ON "+quote(t.Name)+" ("+quote(c)+")"); err != nil {
			return err
		}
	}
	return nil
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func names(list []string) string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = quote(n)
	}
	return strings.Join(out, ", ")
}
