// Package compare is the page that sets two to six cases side by side: first the answers that differ, then
// what they did, then the bridge that shows what each change cost on the way from one case to another.
//
// It promises that every case is worked out with the same catalogue, day and sampling, so that a difference
// is the answers' and nothing else's, and that the steps of a bridge add up to the difference. It works out
// nothing itself: assessments, differences and bridges come from package calc.
package compare
