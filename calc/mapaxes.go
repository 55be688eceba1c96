package calc

// MapAxes are the two inputs over which a win map of this case says most: the volume, and of the other inputs that
// may be a range the one that moves the gap between the routes most; the length of an answer where none was drawn.
func (a *Assessment) MapAxes() (x, y string) {
	x = "workload.calls_per_month"
	for _, bar := range a.Sensitivity {
		if in := LookupInput(bar.Input); in != nil && in.Ranged() && bar.Input != x {
			return x, bar.Input
		}
	}
	return x, "workload.output_tokens_per_call"
}
