package build

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
)

// describe writes all that is in a catalog, also what nobody but the catalog
// sees, a line for every entry, list and so on.
func describe(c *catalog.Catalog) []string {
	var out []string
	v := reflect.ValueOf(c).Elem()
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		f := v.Field(i)
		switch name {
		case "asker", "unpack", "sorting", "searchable", "Config", "Data", "Ledger":
			continue
		case "asked":
			asked := make([]string, f.Len())
			for j := range asked { // sums are other ones in each table
				asked[j] = value(f.Index(j).FieldByName("by"))
			}
			slices.Sort(asked)
			out = append(out, "asked "+strings.Join(asked, " "))
			continue
		case "Findings":
			f = reflect.ValueOf(diag.Sort(slices.Clone(c.Findings)))
		case "Entries":
			for _, e := range c.Entries {
				out = append(out, "entry "+e.Path+": "+fields(reflect.ValueOf(e).Elem()))
			}
			continue
		case "byPath", "byID", "addresses", "byNumber", "byTitle", "byShort":
			out = append(out, tableOf(name, f)...)
			continue
		}
		if f.Kind() == reflect.Slice {
			out = append(out, fmt.Sprint(name, " ", f.Len()))
			for j := range f.Len() {
				x := f.Index(j)
				if x.Kind() == reflect.Pointer && x.Type() != reflect.TypeFor[*catalog.Entry]() && x.Type() != reflect.TypeFor[*digest.Digest]() {
					x = x.Elem()
				}
				out = append(out, fmt.Sprint(name, " ", j, " ", value(x)))
			}
			continue
		}
		out = append(out, name+" "+value(f))
	}
	return out
}

// tableOf are the rows of a table that stand for something.
func tableOf(name string, t reflect.Value) []string {
	var out []string
	rows := t.Elem().FieldByName("rows")
	for i := range rows.Len() {
		row := rows.Index(i)
		if v := value(row.Field(1)); v != "[]" && v != "nil" {
			out = append(out, name+" "+row.Field(0).String()+" "+v)
		}
	}
	slices.Sort(out)
	return out
}

func fields(v reflect.Value) string {
	var b strings.Builder
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; name != "cited" { // room for CitedBy
			fmt.Fprintf(&b, "%s=%s ", name, value(v.Field(i)))
		}
	}
	return b.String()
}

// value writes a value. What is listed elsewhere is named only.
func value(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return "nil"
		}
		switch v.Type() {
		case reflect.TypeFor[*catalog.Entry]():
			return v.Elem().FieldByName("Digest").Elem().FieldByName("Path").String()
		case reflect.TypeFor[*catalog.List]():
			return v.Elem().FieldByName("Address").String()
		}
		if strings.HasPrefix(v.Type().String(), "*catalog.") { // items, projects and what belongs to them
			return fields(v.Elem())
		}
		return fmt.Sprintf("%x", v.Pointer()) // both catalogs are made of the same
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = value(v.Index(i))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case reflect.Array:
		return fmt.Sprint(v)
	case reflect.Map:
		var parts []string
		for _, k := range v.MapKeys() {
			parts = append(parts, value(k)+":"+value(v.MapIndex(k)))
		}
		slices.Sort(parts)
		return "{" + strings.Join(parts, " ") + "}"
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[gazette.Date]() {
			return fmt.Sprint(v)
		}
		return "{" + fields(v) + "}"
	case reflect.String:
		return fmt.Sprintf("%q", v.String())
	case reflect.Interface, reflect.Func:
		return ""
	}
	return fmt.Sprint(v)
}

// differs is the first place in which two descriptions differ, "" for none.
func differs(got, want []string) string {
	for i := range max(len(got), len(want)) {
		a, b := "", ""
		if i < len(got) {
			a = got[i]
		}
		if i < len(want) {
			b = want[i]
		}
		if a != b {
			return "got  " + a + "\nwant " + b
		}
	}
	return ""
}
