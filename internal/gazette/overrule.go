package gazette

// An Overrule says why an effect, certain in itself, did not come to decide.
type Overrule string

// The overrules.
const (
	NotOverruled Overrule = ""
	Prolonged    Overrule = "prolonged" // a last day that a later extension moved
	TooLate      Overrule = "too-late"  // it came after the end: it changes nothing
)

// Overrules returns for each effect whether another one took its place, so that
// a chain of reasons can say so.
func Overrules(effects []Effect) []Overrule {
	out := make([]Overrule, len(effects))
	last, cause := LastDay(effects)
	end := ending(effects)
	for i, e := range effects {
		if e.Proposed {
			continue
		}
		sets := e.Kind == Expires || RelationKind(e.Kind) == Extends
		switch {
		case sets && cause >= 0 && i != cause && len(e.Articles) == 0 && !e.Part && !e.Until.IsZero() && e.Until.Before(last):
			out[i] = Prolonged
		case e.ends() && end.cause >= 0 && i != end.cause && !e.From.Before(end.from):
			out[i] = TooLate
		}
	}
	for _, i := range LateExtensions(effects) {
		out[i] = TooLate
	}
	return out
}
