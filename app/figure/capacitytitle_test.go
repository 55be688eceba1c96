package figure

import "testing"

// TestTheCapacityTitleTellsMemoryFromWishes: what the memory holds is not what can be served at the speed wished for.
func TestTheCapacityTitleTellsMemoryFromWishes(t *testing.T) {
	for _, c := range []struct {
		holds   float64
		allowed *float64
		needed  *float64
		binds   string
		title   string
	}{
		{150, nil, ptr(40.0), "kv", "One 8 × H200 holds 150 requests at once, 3.8 times your busiest hour"},
		{150, ptr(150.0), ptr(40.0), "kv", "One 8 × H200 holds 150 requests at once, 3.8 times your busiest hour"},
		{270, ptr(9.3), ptr(5.0), "latency", "One 8 × H200 keeps your wishes for up to 9 at once, though its memory holds 270; your busiest hour needs 5"},
		{760, nil, nil, "latency", "One 8 × H200 cannot serve one request at the speed you wish"},
		{0, nil, nil, "weights", "8 × H200 cannot hold a request of this length"},
	} {
		a := edgeCase()
		a.Deployment.SequencesPerReplica, a.Deployment.SequencesAtWishes, a.Deployment.Binds = c.holds, c.allowed, c.binds
		a.Capacity.Sequences = c.needed
		f, err := Build("capacity", a, BuildOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if f.Title != c.title {
			t.Errorf("%q, want %q", f.Title, c.title)
		}
	}
}
