package catalog

import (
	"slices"

	"gongbao/internal/diag"
)

// Silences reports whether [check] or the document silences a finding; e is nil
// where it is about no document. Errors are never silenced.
func (c *Catalog) Silences(f diag.Finding, e *Entry) bool {
	cfg := c.Config.Check
	if f.Severity == diag.Error {
		return false
	}
	return slices.Contains(cfg.Disable, f.Rule) || e != nil && (e.Ignores(f.Rule) ||
		f.Severity == diag.Warning && !cfg.Since.IsZero() && !e.Date.IsZero() && e.Date.Before(cfg.Since))
}
