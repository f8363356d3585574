package digest

// Detail lets tests fill every field of a detail.
type Detail = detail

// Repack returns a detail as it comes back from its stored form.
func Repack(d Detail) Detail { return *unpack(d.pack()) }

// Withdraw makes what Withdrawn returns, of a digest that was made by hand.
func (d *Digest) Withdraw() { d.withdraw() }
