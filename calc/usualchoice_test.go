package calc_test

import (
	"strings"
	"testing"

	"hostwise/calc"
)

// Each of the article's five workloads has its ready scenario; its verdict agrees with the better default, or says why
// it does not.
func TestTheVerdictOfEachWorkloadAgreesOrSaysWhyNot(t *testing.T) {
	rows := shipped(t).WorkloadAdvice
	if len(rows) != 5 {
		t.Fatalf("the article's table has five workloads, the catalogue %d", len(rows))
	}
	for _, row := range rows {
		tpl, ok := calc.TemplateNamed(row.Template)
		if !ok {
			t.Fatalf("%s has no ready scenario", row.Workload)
		}
		v := assess(t, tpl.Scenario(), quick).Verdict
		u := v.UsualChoice
		if u == nil || u.Workload != row.Workload || u.Default != row.Default || u.Source != row.Source {
			t.Fatalf("%s stands beside %+v", row.Workload, u)
		}
		t.Logf("%s: %s, default %s, agrees %v %s", row.Workload, v.Route, u.Default, u.Agrees, u.Because)
		if u.Agrees != (u.Because == "") {
			t.Errorf("%s: agrees %v, because %q", row.Workload, u.Agrees, u.Because)
		}
	}
}

func TestAnotherChoiceThanTheUsualSaysWhy(t *testing.T) {
	named := func(name string) calc.Scenario {
		tpl, ok := calc.TemplateNamed(name)
		if !ok {
			t.Fatal(name)
		}
		return tpl.Scenario()
	}
	for name, c := range map[string]struct {
		s    calc.Scenario
		want string // in the reason; "" = agrees
	}{
		"an experiment with the full model": {with(named("weekend-experiment"), map[string]calc.Value{"model": calc.Str("deepseek-r1"), "rules.minimum_model": calc.Str("")}), "your case asks for"},
		"a service whose data stays in":     {with(named("saas-app"), map[string]calc.Value{"rules.data_may_leave_site": calc.No, "workload.stage": calc.Str("prototype"), "model": calc.Str("r1-distill-qwen-14b")}), "may not leave the site"},
		"a lab that takes a distill":        {named("research-lab").With("model", calc.Str("r1-distill-qwen-32b")), "your case asks for"},
		"no route":                          {with(named("saas-app"), map[string]calc.Value{"rules.operations_staff": calc.No, "rules.data_may_leave_site": calc.No}), "No route passes"},
	} {
		u := assess(t, c.s, quick).Verdict.UsualChoice
		if u == nil || u.Agrees != (c.want == "") || !strings.Contains(u.Because, c.want) {
			t.Errorf("%s: %+v, want %q", name, u, c.want)
		}
	}
	if u := assess(t, calc.Scenario{}.With("workload.stage", calc.Str("pilot")), quick).Verdict.UsualChoice; u != nil {
		t.Errorf("a pilot like none of the five has the usual choice %+v", u)
	}
}
