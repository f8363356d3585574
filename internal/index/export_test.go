package index

// Version, Tokens and Marks are for the tests of the package.
var (
	Version = version
	Marks   = marks
)

// Tokens are the tokens of streams of blocks, with their places.
func Tokens(streams string) (terms []string, places []int) {
	for _, t := range (tokens{}).Analyze([]byte(streams)) {
		terms, places = append(terms, string(t.Term)), append(places, t.Position)
	}
	return terms, places
}
