package calc

import (
	"strconv"
	"strings"
	"time"
)

// DaysLeft is how many days a quote still stands after today: 0 on its last day, less than 0 once it has expired. ok
// is false where it does not say how long it stands.
func (q Quote) DaysLeft(today time.Time) (days int, ok bool) {
	last, err := time.Parse(time.DateOnly, q.ValidUntil)
	if err != nil {
		return 0, false
	}
	day, _ := time.Parse(time.DateOnly, today.Format(time.DateOnly)) // the person's day, whatever the hour
	return int(last.Sub(day).Hours() / 24), true
}

// ParseDay reads a day as people write it, as YYYY-MM-DD; an empty text is no day. 3/4/2026 is refused, since it is
// a day in March in one country and in April in the other.
func ParseDay(text string) (string, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	v, err := parseDate(strings.TrimSpace(text))
	return v.Text, err
}

// ParseValidity reads the last day of a quote of a date: a day, or how long it stands from its date, as suppliers
// write it: 30 days, 6 weeks, 3 months.
func ParseValidity(date, text string) (string, error) {
	from, err := time.Parse(time.DateOnly, date)
	fields := strings.Fields(strings.ToLower(text))
	if err != nil || len(fields) != 2 {
		return ParseDay(text)
	}
	n, err := strconv.Atoi(fields[0])
	const mostDays = 3660 // ten years
	if err != nil || n < 0 || n > mostDays {
		return ParseDay(text)
	}
	switch strings.TrimSuffix(fields[1], "s") {
	case "day":
		return from.AddDate(0, 0, n).Format(time.DateOnly), nil
	case "week":
		return from.AddDate(0, 0, 7*n).Format(time.DateOnly), nil
	case "month":
		return from.AddDate(0, n, 0).Format(time.DateOnly), nil
	case "year":
		return from.AddDate(n, 0, 0).Format(time.DateOnly), nil
	}
	return ParseDay(text)
}
