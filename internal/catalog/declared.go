package catalog

import (
	"slices"

	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

// declares reports whether the front matter of a document states an effect of a
// kind on another.
func declares(by *Entry, kind gazette.RelationKind, to *Entry) bool {
	return slices.ContainsFunc(by.Relations, func(x Relation) bool {
		return x.Read == nil && x.Target.Entry != nil && x.Target.Entry.SameWork(to) && group(x.Kind) == group(kind)
	})
}

// declaresExternal is declares for a document of external.toml.
func declaresExternal(r *ReadEffect) bool {
	return slices.ContainsFunc(r.By.Relations, func(x Relation) bool {
		return x.Read == nil && x.Target.External != nil && x.Target.External == r.Target.External && group(x.Kind) == group(r.Kind)
	})
}

// declaredInstead is the target that a person named for a statement whose
// words lead nowhere (effects --accept ID=TARGET): the one target which the
// front matter states and no sentence names, if the statement is the only one
// without a target; else nil.
func (c *Catalog) declaredInstead(r *ReadEffect) *Entry {
	var named []*Entry
	lost := 0
	for _, st := range r.By.Reading().Statements {
		if group(st.Kind) != group(r.Kind) {
			continue
		}
		es := slices.Clone(c.consider(c.asks(c.byTitle, titleKey(zh.Fold(st.Title)))))
		if n, ok := gazette.ParseNumber(st.Number); ok {
			es = append(es, c.consider(c.byNumber.get(n.Key()))...)
		}
		if named = append(named, es...); len(es) == 0 {
			lost++
		}
	}
	var free []*Entry
	for _, x := range r.By.Relations {
		if to := x.Target.Entry; x.Read == nil && to != nil && group(x.Kind) == group(r.Kind) && !slices.ContainsFunc(named, to.SameWork) {
			free = append(free, to)
		}
	}
	if lost != 1 || len(free) != 1 {
		return nil
	}
	return free[0]
}
