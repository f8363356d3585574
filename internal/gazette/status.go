package gazette

// A Force (效力) is the first axis of a status.
type Force string

// The states of force. NoForce is shown without a badge.
const (
	NoForce   Force = ""
	Pending   Force = "pending"   // 尚未施行
	InForce   Force = "in-force"  // 现行有效
	Suspended Force = "suspended" // 暂停执行
	Expired   Force = "expired"   // 期满失效
	Lapsed    Force = "lapsed"    // 宣布失效
	Repealed  Force = "repealed"  // 已废止
	Replaced  Force = "replaced"  // 已被替代
	Unknown   Force = "unknown"   // 待核实
)

// Forces returns the states that have a badge, in the order of lists.
func Forces() []Force {
	return []Force{InForce, Pending, Suspended, Expired, Lapsed, Repealed, Replaced, Unknown}
}

// Ended reports whether a document in this state is no longer law.
func (f Force) Ended() bool {
	switch f {
	case Expired, Lapsed, Repealed, Replaced:
		return true
	}
	return false
}

// A TextState is the second axis: what happened to the wording.
type TextState string

// The states of the text.
const (
	Original TextState = "original"
	Amended  TextState = "amended" // 已修改
	Partial  TextState = "partial" // 部分条款失效
)

// A Shelf is the third axis: where the page stands.
type Shelf string

// The shelves.
const (
	Online    Shelf = "online"
	Archived  Shelf = "archived"  // 已归档
	Withdrawn Shelf = "withdrawn" // 已撤下
)

// A Strength ranks statements of the same fact: declared in front matter, own
// clause, read in another document, rule of the jurisdiction (design §4).
type Strength uint8

// The strengths, strongest first.
const (
	Declared Strength = iota
	Own
	Read
	ByRule
)

// String returns the code of the strength.
func (s Strength) String() string { return [...]string{"declared", "own", "read", "rule"}[s] }

// An EffectKind is what an Effect does. Besides the changing relations there
// are the two facts a document states of itself.
type EffectKind string

// The facts that are not relations.
const (
	TakesEffect EffectKind = "effective" // From is the first day in force
	Expires     EffectKind = "expires"   // Until is the last day in force
	NoDate      EffectKind = "no-date"   // in force is claimed, but no day is known
)

// An Effect (效力事件) is one change to one document, or to articles of it, from
// one date, with its reason.
type Effect struct {
	Kind     EffectKind
	From     Date // first day of the change; zero: not known
	Until    Date // suspends: last day; expires, extends: last day in force
	Articles []string
	Part     bool // articles or a subject only, also where none is named
	Strength Strength
	By       string // path of the document that states it; "" for the document itself
	Quote    string // the sentence, where it was read out of a text
	Line     int    // of the sentence, in the file of the document that states it
	Col      int    // in characters from 1; 0 where it is not known
	Anchor   string // of the article that states it
	Computed bool   // the day is not written: it follows by counting (推算)
	Basis    string // the rule of the jurisdiction that it follows from
	Proposed bool   // read, but not certain: it puts the status in doubt and ends nothing
	Verify   bool   // expires: after the last day the status is to be verified, not ended
}

// suspends reports whether the effect suspends the whole document.
func (e *Effect) suspends() bool {
	return RelationKind(e.Kind) == Suspends && len(e.Articles) == 0 && !e.Part && !e.From.IsZero()
}

// ends reports whether the effect ends the whole document.
func (e *Effect) ends() bool {
	switch RelationKind(e.Kind) {
	case Repeals, Lapses, Replaces:
		return len(e.Articles) == 0 && !e.Part && !e.From.IsZero()
	}
	return false
}

// An Interval is a stretch of days with one force. From zero means from the
// beginning, To zero means that no end is known. To is the last day. Cause is
// the index of the effect that begins it, -1 for none.
type Interval struct {
	From, To Date
	Force    Force
	Cause    int
}

// A State is the status of a document on one day.
type State struct {
	Force    Force
	Text     TextState
	Interval Interval
}

// Status returns the force and text of a document on a day. It is a pure
// function of the effects (design §4): withdrawn and archived are matters of
// the shelf and not of it.
func Status(effects []Effect, on Date) State { return StatusIn(Intervals(effects), effects, on) }

// StatusIn is Status where the intervals of the effects are known.
func StatusIn(intervals []Interval, effects []Effect, on Date) State {
	s := State{Text: Original, Interval: Interval{Cause: -1}}
	for _, iv := range intervals {
		if (iv.From.IsZero() || !on.Before(iv.From)) && (iv.To.IsZero() || !on.After(iv.To)) {
			s.Force, s.Interval = iv.Force, iv
		}
	}
	s.Text = textState(effects, on)
	return s
}

func textState(effects []Effect, on Date) TextState {
	state := Original
	for i := range effects {
		e := &effects[i]
		if e.From.IsZero() || on.Before(e.From) || e.Proposed {
			continue
		}
		switch RelationKind(e.Kind) {
		case Amends:
			if state == Original {
				state = Amended
			}
		case Repeals, Lapses, Replaces:
			if len(e.Articles) > 0 || e.Part {
				state = Partial
			}
		}
	}
	return state
}

// Intervals returns the force of a document over all days, oldest first,
// without gaps from the first interval on. It returns nil where nothing is
// known: then the document carries no badge.
func Intervals(effects []Effect) []Interval {
	return doubt(effects, verify(effects, certain(effects)))
}
