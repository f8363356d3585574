//go:build race

package deploy

func init() { underRace = true }
