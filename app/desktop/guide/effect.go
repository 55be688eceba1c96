package guide

import (
	"context"

	"hostwise/app/desktop/session"
	"hostwise/calc"
)

// asker is an assessor that also says how one question moves the answer; *calc.Assessor is one.
type asker interface {
	Question(ctx context.Context, s calc.Scenario, path string, opt calc.Options) (calc.QuestionEffect, error)
}

// effect is the latest study of the question in view.
type effect struct {
	calc.QuestionEffect
	known  bool
	cancel context.CancelFunc
}

// study asks how the question in view moves the answer. The latest wins; what is shown stays until it is there,
// unless it belongs to another question.
func (p *Page) study() {
	if p.effect.cancel != nil {
		p.effect.cancel()
		p.effect.cancel = nil
	}
	a, ok := p.session.Assessor().(asker)
	if p.question == nil || !ok {
		p.effect = effect{}
		return
	}
	path := p.question.in.Path
	if p.effect.Path != path {
		p.effect = effect{QuestionEffect: calc.QuestionEffect{Path: path}}
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.effect.cancel = cancel
	s, opt := p.session.Scenario(), p.session.Options()
	session.Work(ctx, p.session, func(ctx context.Context) (calc.QuestionEffect, error) {
		return a.Question(ctx, s, path, opt)
	}, func(e calc.QuestionEffect, err error) {
		if err == nil {
			p.effect.QuestionEffect, p.effect.known = e, true
			p.studied()
		}
	})
}

// studied shows a study in what is in view.
func (p *Page) studied() {
	p.side.showEffect()
	if p.question != nil {
		p.question.studied()
	}
}
