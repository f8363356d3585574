//go:build race

package bundle_test

func init() { underRace = true }
