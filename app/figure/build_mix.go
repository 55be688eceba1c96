package figure

import (
	"errors"
	"fmt"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// LoadDurationID is the id of the figure of the mixed route, which a deck leaves out.
const LoadDurationID = "load-duration"

// BuildLoadDuration draws the load of the month by share of hours, busiest first: what own devices carry and what goes
// to an API above them. The error says why there is nothing to draw.
func BuildLoadDuration(a *calc.Assessment, opt BuildOptions) (Figure, error) {
	if a == nil || len(a.Mix.LoadDuration) < 2 {
		return Figure{}, errors.New("the assessment holds no load by share of hours")
	}
	s := &story{a: a, opt: opt, money: format.Unit{Kind: format.KindMoney, Currency: opt.Currency}}
	f := Figure{
		ID: LoadDurationID, Title: s.mixTitle(),
		Subtitle: "Calls an hour by share of the month's hours, busiest first; the shaded part runs on own devices.",
		X:        Axis{Title: "Share of hours", Unit: format.Unit{Kind: format.KindShare}, Min: 0, Max: 1},
		Y:        Axis{Title: "Calls an hour", Unit: format.Unit{Kind: format.KindCount}},
		Foot:     s.foot(), Source: "Load from your busiest hour and your monthly calls; what own devices carry from their measured or modelled speed.",
		Twin: Table{Headers: []string{"Share of hours", "Calls an hour", "On own devices", "To an API"}},
	}
	load := Line{Name: "Calls an hour", Paint: PaintInk, Label: "all calls"}
	own := Line{Name: "On own devices", Paint: PaintOwn}
	ground := Band{Paint: PaintOwn, Opacity: 0.3}
	above := Band{Paint: PaintAPI}
	most := 0.0
	for _, p := range a.Mix.LoadDuration {
		load.Points = append(load.Points, XY{p.ShareOfHours, p.CallsPerHour})
		own.Points = append(own.Points, XY{p.ShareOfHours, p.OwnCalls})
		ground.X, ground.Low, ground.High = append(ground.X, p.ShareOfHours), append(ground.Low, 0), append(ground.High, p.OwnCalls)
		above.X, above.Low, above.High = append(above.X, p.ShareOfHours), append(above.Low, p.OwnCalls), append(above.High, p.CallsPerHour)
		most = max(most, p.OwnCalls)
		f.Twin.Rows = append(f.Twin.Rows, []string{format.Share(p.ShareOfHours), format.Count(p.CallsPerHour), format.Count(p.OwnCalls), format.Count(p.CallsPerHour - p.OwnCalls)})
	}
	if a.Mix.Replicas > 0 {
		f.Layers = append(f.Layers, above, ground, own,
			RefLine{At: most, Across: true, Label: s.mixCarries(), Dash: Solid})
	}
	f.Layers = append(f.Layers, load)
	s.finish(&f)
	return f, f.Check()
}

// mixTitle is the finding: whether the mix pays, and by how much.
func (s *story) mixTitle() string {
	m := s.a.Mix
	switch {
	case m.Replicas == 0:
		return "No own devices pay for a base load here"
	case m.SavingUSD > 0:
		return fmt.Sprintf("Own devices for the base load save %s a month", s.usd(m.SavingUSD))
	case m.SavingUSD < 0:
		return fmt.Sprintf("Own devices for the base load cost %s a month more", s.usd(-m.SavingUSD))
	}
	return "Own devices for the base load save nothing"
}

func (s *story) mixCarries() string {
	replicas := "1 replica carries"
	if s.a.Mix.Replicas != 1 {
		replicas = fmt.Sprintf("%d replicas carry", s.a.Mix.Replicas)
	}
	return fmt.Sprintf("%s %s of calls", replicas, format.Share(s.a.Mix.OwnShare))
}
