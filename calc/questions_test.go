package calc_test

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"hostwise/calc"
	"hostwise/calc/catalog"
)

// contractForm is the scenario file of the contract, section 2, with every default, without its comments.
const contractForm = `{
 "schema": 1, "name": "", "notes": "", "tags": [],
 "currency": {"code": "USD", "per_usd": 1.0, "as_of": ""},
 "workload": {
  "stage": "prototype", "calls_per_month": 10000, "calls_per_task": 1, "input_tokens_per_call": 2000,
  "output_tokens_per_call": 600, "reasoning_tokens_per_call": null, "cached_input_share": 0.0, "retry_rate": 0.10,
  "fallback_rate": 0.0, "peak_to_average": 4.0, "weekly_shape": [], "context_tokens": 32768, "growth_per_month": 0.0,
  "latency_flexible": false, "max_ttft_seconds": null, "min_tokens_per_second_per_user": null,
  "user_facing": true, "token_shape_known": false, "review_minutes_per_call": 0, "review_usd_per_hour": 0, "by_model": {}
 },
 "rules": {
  "compliance": "none", "data_may_leave_site": true, "minimum_model": "", "lowest_bits_per_weight": 4,
  "needs_pinned_weights": false, "needs_newest_features": false, "allowed_providers": [], "spare_replicas": 0,
  "operations_staff": true, "upfront_usd_limit": 0, "monthly_usd_limit": 0, "site_kw_limit": 0, "needed_within_weeks": 0
 },
 "model": "deepseek-r1",
 "api": {
  "price": "", "price_date": "", "input_usd_per_mtok": null, "cached_input_usd_per_mtok": null, "output_usd_per_mtok": null,
  "peak_hours_share": 0.0, "peak_multiplier": 1.0, "batch_share": 0.0, "batch_discount": 0.0,
  "gateway_markup": 0.0, "fallback_price": "", "platform_usd_per_month": 0, "logging_usd_per_month": 0,
  "staff_fte": 0.05, "change_per_year": 0.0, "tokens_per_minute_limit": 0
 },
 "deployment": {
  "engine": "vllm", "engine_version": "", "precision": "fp8", "kv_precision": "bf16", "device": "h200-sxm", "devices": 0,
  "tensor_parallel": 0, "pipeline_parallel": 0, "data_parallel_attention": false, "expert_parallel": 0, "context_parallel": 0,
  "memory_fraction": 0, "max_context_tokens": 0, "concurrent_sequences": 0, "saturated": false, "batch_tokens": 0,
  "speculative_tokens": 0, "draft_acceptance": null, "experts_in_host_memory": false, "layers_on_device": -1, "host": ""
 },
 "finance": {
  "horizon_months": 36, "rent_usd_per_device_hour": null, "rent_term": "on-demand", "rent_hours_per_week": 168,
  "storage_usd_per_month": 0, "egress_usd_per_month": 0, "server_usd": null, "install_share": 0.0, "network_share": 0.0,
  "devices_already_owned": 0, "depreciation_months": 48, "residual_share": 0.15, "cost_of_capital_per_year": 0.09,
  "maintenance_share_per_year": 0.08, "site": "own", "colocation_includes_power": true, "electricity_usd_per_kwh": 0.146,
  "pue": 1.4, "server_kw": null, "power_load_share": 0.6, "space_usd_per_kw_month": 0, "staff_fte": 0.5,
  "staff_fte_per_extra_server": 0.1, "staff_usd_per_month": 15000, "implementation_usd": 0, "utilisation_cap": 0.8
 },
 "mixed": {"base_share": null},
 "facts": {"models": [], "devices": [], "hosts": [], "prices": [], "measured": []}
}`

// integerKeys are the contract's integer keys but schema, by leaf.
var integerKeys = []string{
	"devices", "tensor_parallel", "pipeline_parallel", "expert_parallel", "context_parallel", "speculative_tokens", "concurrent_sequences",
	"batch_tokens", "layers_on_device", "spare_replicas", "devices_already_owned", "horizon_months", "depreciation_months",
	"context_tokens", "max_context_tokens",
}

// leaves lists the paths of the contract's form in its order.
func leaves(t *testing.T) []string {
	t.Helper()
	var paths []string
	decoder := json.NewDecoder(strings.NewReader(contractForm))
	var walk func(prefix string)
	walk = func(prefix string) {
		for decoder.More() {
			key, err := decoder.Token()
			if err != nil {
				t.Fatal(err)
			}
			path := prefix + key.(string)
			value, err := decoder.Token()
			if err != nil {
				t.Fatal(err)
			}
			switch value {
			case json.Delim('{'):
				walk(path + ".")
				continue
			case json.Delim('['):
				if _, err := decoder.Token(); err != nil {
					t.Fatal(err)
				}
			}
			paths = append(paths, path)
		}
		if _, err := decoder.Token(); err != nil { // }
			t.Fatal(err)
		}
	}
	if _, err := decoder.Token(); err != nil {
		t.Fatal(err)
	}
	walk("")
	return slices.DeleteFunc(paths, func(path string) bool {
		return path == "schema" || path == "workload.by_model" || strings.HasPrefix(path, "facts.")
	})
}

// addedKeys are the keys that this program adds to the contract's, in their order. A file without them reads as before.
var addedKeys = []string{"deployment.second_device", "deployment.second_devices"}

func TestInputsAreTheContractsKeysInOrder(t *testing.T) {
	var got, added []string
	for _, in := range calc.Inputs {
		if slices.Contains(addedKeys, in.Path) {
			added = append(added, in.Path)
			continue
		}
		got = append(got, in.Path)
	}
	if !slices.Equal(added, addedKeys) {
		t.Errorf("the table adds %v, want %v", added, addedKeys)
	}
	if want := leaves(t); !slices.Equal(got, want) {
		t.Errorf("the table has\n%s\nthe contract\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestDefaultsAreTheContracts(t *testing.T) {
	var want, got any
	if err := json.Unmarshal([]byte(contractForm), &want); err != nil {
		t.Fatal(err)
	}
	full := calc.Scenario{}.FullJSON()
	if err := json.Unmarshal(full, &got); err != nil {
		t.Fatalf("%v\n%s", err, full)
	}
	form := got.(map[string]any)
	for key, empty := range map[string]any{"quotes": []any{}, "typed": map[string]any{}} { // keys that this program adds
		if !reflect.DeepEqual(form[key], empty) {
			t.Errorf("%s is %v in the full form, want it empty", key, form[key])
		}
		delete(form, key)
	}
	deployment := form["deployment"].(map[string]any)
	for key, none := range map[string]any{"second_device": "", "second_devices": 0.0} {
		if deployment[key] != none {
			t.Errorf("%s is %v in the full form, want none", key, deployment[key])
		}
		delete(deployment, key)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the full form is\n%s", full)
	}
	cat := shipped(t)
	if _, ps := calc.Parse([]byte(contractForm), cat); len(ps) > 0 {
		t.Errorf("the contract's own form: %v", ps)
	}
	if _, ps := calc.Parse(full, cat); len(ps) > 0 {
		t.Errorf("the full form does not read back: %v", ps)
	}
}

func TestRowsAreWhole(t *testing.T) {
	labels := map[string]string{}
	for _, in := range calc.Inputs {
		for name, text := range map[string]string{"label": in.Label, "question": in.Question, "help": in.Help, "why": in.Why, "source": in.Source, "note": in.Note} {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s has no %s", in.Path, name)
			}
		}
		if !strings.HasSuffix(in.Question, "?") || !strings.HasSuffix(in.Why, ".") || !strings.HasSuffix(in.Help, ".") {
			t.Errorf("%s: %q / %q / %q do not end as sentences", in.Path, in.Question, in.Help, in.Why)
		}
		if other, taken := labels[in.Label]; taken {
			t.Errorf("%s and %s are both called %q", in.Path, other, in.Label)
		}
		labels[in.Label] = in.Path
		if !slices.Contains(calc.Steps, in.Step) || in.Step == calc.StepReview {
			t.Errorf("%s is asked in step %q", in.Path, in.Step)
		}
		if in.Date() == (time.Time{}) {
			t.Errorf("%s: as_of %q is no date", in.Path, in.AsOf)
		}
		if in.Evidence != catalog.Speculation && strings.Contains(in.Source, "no published source") || in.Evidence == "" {
			t.Errorf("%s has evidence %q and source %q", in.Path, in.Evidence, in.Source)
		}
		if in.AskedWith != "" && calc.LookupInput(in.AskedWith) == nil {
			t.Errorf("%s is asked with %q, which is no input", in.Path, in.AskedWith)
		}
	}
}

func TestIntegerKeysAreTheContracts(t *testing.T) {
	var got []string
	for _, in := range calc.Inputs {
		if in.Kind == calc.Integer && !slices.Contains(addedKeys, in.Path) {
			got = append(got, in.Path[strings.LastIndexByte(in.Path, '.')+1:])
		}
	}
	want := slices.Sorted(slices.Values(integerKeys))
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("integers are %v, want %v", got, want)
	}
}

func TestEssentialQuestions(t *testing.T) {
	var got []string
	for _, in := range calc.Inputs {
		if in.Essential {
			got = append(got, in.Path)
			if in.Expert {
				t.Errorf("%s is both essential and for experts", in.Path)
			}
			if !in.Relevant(calc.Scenario{}) {
				t.Errorf("%s is essential and not asked in the default case", in.Path)
			}
		}
	}
	want := []string{
		"workload.stage", "workload.calls_per_month", "workload.input_tokens_per_call", "workload.output_tokens_per_call",
		"workload.peak_to_average", "rules.data_may_leave_site", "rules.operations_staff", "model",
	}
	if !slices.Equal(got, want) {
		t.Errorf("essential are %v, want %v", got, want)
	}
}

// What the table itself offers has to be allowed: defaults, spreads, presets, choices.
func TestOffersAreAllowed(t *testing.T) {
	cat := shipped(t)
	for _, in := range calc.Inputs {
		if p := calc.CheckValue(in.Path, in.Default, cat); p != nil {
			t.Errorf("default: %v", p)
		}
		for _, preset := range in.Presets {
			if p := calc.CheckValue(in.Path, preset.Value, cat); p != nil {
				t.Errorf("preset %q: %v", preset.Label, p)
			}
			typed := preset.Label
			if preset.Value.Null || in.Kind == calc.ModelRef || in.Kind == calc.DeviceRef {
				continue
			}
			v, err := calc.ParseEntry(&in, typed, calc.EntryOptions{})
			if err != nil || !v.Equal(preset.Value) {
				t.Errorf("%s: the chip %q, typed, is %+v, %v", in.Path, typed, v, err)
			}
		}
		if in.Spread != nil {
			s := *in.Spread
			if s.Likely != in.Default.Number.Likely || !in.Uncertain || !(s.Low < s.High) {
				t.Errorf("%s: the spread %v does not fit the default %v", in.Path, s, in.Default.Number)
			}
			if p := calc.CheckValue(in.Path, calc.Value{Number: s}, cat); p != nil {
				t.Errorf("spread: %v", p)
			}
		}
		for _, o := range in.Choices {
			if p := calc.CheckValue(in.Path, calc.Str(o.ID), cat); p != nil || o.Label == "" || o.Help == "" {
				t.Errorf("%s: choice %+v: %v", in.Path, o, p)
			}
		}
		if in.Uncertain && in.Kind != calc.Number {
			t.Errorf("%s is no continuous number and cannot be sampled", in.Path)
		}
		if (in.Kind == calc.Number || in.Kind == calc.Integer) && !(in.Min < in.Max) || math.IsInf(in.Max, 0) {
			t.Errorf("%s has the limits %v and %v", in.Path, in.Min, in.Max)
		}
	}
}

// Amounts and shares are not negative but for the three the contract names, and the layers where −1 means all.
func TestOnlyTheContractsKeysMayBeNegative(t *testing.T) {
	var got []string
	for _, in := range calc.Inputs {
		if in.Min < 0 {
			got = append(got, in.Path)
		}
	}
	want := []string{"workload.growth_per_month", "workload.review_minutes_per_call", "api.change_per_year", "deployment.layers_on_device"}
	if !slices.Equal(got, want) {
		t.Errorf("%v may be negative, want %v", got, want)
	}
}

func TestNullIsForTheContractsKeys(t *testing.T) {
	var form map[string]any
	if err := json.Unmarshal([]byte(contractForm), &form); err != nil {
		t.Fatal(err)
	}
	for _, in := range calc.Inputs {
		if slices.Contains(addedKeys, in.Path) {
			if in.Nullable || in.Default.Null {
				t.Errorf("%s is added and may be null", in.Path)
			}
			continue
		}
		section, leaf, nested := strings.Cut(in.Path, ".")
		value := form[section]
		if nested {
			value = value.(map[string]any)[leaf]
		}
		if in.Nullable != (value == nil) || in.Default.Null != in.Nullable {
			t.Errorf("%s: nullable %v, default %+v, the contract has %v", in.Path, in.Nullable, in.Default, value)
		}
	}
}

func TestAskedFollowsTheAnswers(t *testing.T) {
	s := calc.Scenario{}
	for _, c := range []struct {
		path            string
		with            calc.Scenario
		then, otherwise bool
	}{
		{"finance.space_usd_per_kw_month", s.With("finance.site", calc.Str("colocation")), true, false},
		{"finance.pue", s.With("finance.site", calc.Str("colocation")), false, true},
		{"finance.electricity_usd_per_kwh", s.With("finance.site", calc.Str("colocation")), false, true},
		{"workload.review_usd_per_hour", s.With("workload.review_minutes_per_call", calc.Num(1)), true, false},
		{"workload.max_ttft_seconds", s.With("workload.latency_flexible", calc.Yes), false, true},
		{"workload.peak_to_average", s.With("workload.weekly_shape", calc.Value{Numbers: make([]float64, 168)}), false, true},
		{"api.fallback_price", s.With("workload.fallback_rate", calc.Num(0.1)), true, false},
		{"api.batch_discount", s.With("workload.latency_flexible", calc.Yes), true, false},
		{"deployment.tensor_parallel", s.With("deployment.engine", calc.Str("ollama")), false, true},
		{"deployment.layers_on_device", s.With("deployment.engine", calc.Str("ollama")), true, false},
		{"finance.staff_fte", s.With("rules.operations_staff", calc.No), false, true},
		{"finance.rent_term", s.With("rules.data_may_leave_site", calc.No), false, true},
		{"currency.per_usd", s.With("currency.code", calc.Str("EUR")), true, false},
	} {
		in := calc.InputAt(c.path)
		if in.Relevant(c.with) != c.then || in.Relevant(s) != c.otherwise {
			t.Errorf("%s is asked: %v with the answer, %v without", c.path, in.Relevant(c.with), in.Relevant(s))
		}
	}
}
