//go:build race

package build

func init() { underRace = true }
