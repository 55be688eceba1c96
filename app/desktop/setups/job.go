package setups

import (
	"context"
	"sync"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
)

// job is one kind of background work of which only the newest request counts. It belongs to the window's goroutine.
type job struct {
	session *session.Session
	run     ui.Runner
	changed func()              // it began
	moved   func(share float64) // more of it is done; nil = nobody asks

	cancel context.CancelFunc
	busy   bool
	share  float64 // done, 0..1
}

// stop ends what is under way; its result is dropped.
func (j *job) stop() {
	if j.cancel != nil {
		j.cancel()
		j.cancel = nil
	}
	j.busy = false
}

// leastStep is the least progress worth drawing.
const leastStep = 0.02

// start works on something off the window's goroutine in place of what was under way, and delivers the result.
func start[T any](j *job, work func(ctx context.Context, tell func(float64)) (T, error), done func(T, error)) {
	j.stop()
	ctx, cancel := context.WithCancel(context.Background())
	j.cancel, j.busy, j.share = cancel, true, 0
	j.changed()
	var mu sync.Mutex
	told := 0.0
	tell := func(share float64) {
		mu.Lock() // the workers of a search tell each for itself; what they tell is shown one after the other
		defer mu.Unlock()
		if share < told+leastStep || share >= 1 || ctx.Err() != nil || j.moved == nil {
			return
		}
		told = share
		j.run.Do(func() {
			if ctx.Err() == nil && j.busy {
				j.share = max(j.share, share)
				j.moved(j.share)
			}
		})
	}
	session.Work(ctx, j.session, func(ctx context.Context) (T, error) { return work(ctx, tell) }, func(v T, err error) {
		cancel()
		j.busy, j.cancel = false, nil
		done(v, err)
	})
}
