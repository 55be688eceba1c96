package calc_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hostwise/assets"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// shipped is the catalogue that the program ships with.
func shipped(t testing.TB) *catalog.Catalog {
	t.Helper()
	c, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Each row breaks one rule: the problem stands at path, and its line says what is wrong, what is allowed and, where
// one is near, the right word.
func TestParseRefuses(t *testing.T) {
	cat := shipped(t)
	deep := func(levels int) string {
		return `{"schema":1,"x":` + strings.Repeat("[", levels-1) + strings.Repeat("]", levels-1) + `}`
	}
	for _, c := range []struct{ name, file, path, says, nearest string }{
		{"empty", "", "line 1, column 1", "the file is empty", ""},
		{"blank", " \n\t", "line 2, column 2", "the file is empty", ""},
		{"byte-order mark", "\ufeff{\"schema\":1}", "line 1, column 1", "byte-order mark", ""},
		{"too large", `{"schema":1,"notes":"` + strings.Repeat("x", 4<<20) + `"}`, "line 1, column 1", "at most 4 MiB", ""},
		{"no object", "[]", "", "the file holds a list", ""},
		{"a number", "1", "", "the file holds a number", ""},
		{"something after", `{"schema":1} {}`, "line 1, column 14", "something follows the object", ""},
		{"a word after", "{\"schema\":1}\nx", "line 2, column 1", "something follows the object", ""},
		{"comment", "{\"schema\":1 // x\n}", "line 1, column 13", "JSON has no comments", ""},
		{"block comment", `{"schema":1 /* x */}`, "line 1, column 13", "a comment starts here", ""},
		{"hash comment", "{\"schema\":1 # x\n}", "line 1, column 13", "a comment starts here", ""},
		{"comma at the end", `{"schema":1,}`, "line 1, column 13", "no comma after the last value", ""},
		{"comma at a list's end", `{"schema":1,"tags":["a",]}`, "line 1, column 25", "no comma after the last value", ""},
		{"single quotes", `{"schema":1,"name":'x'}`, "line 1, column 20", "double quotes", ""},
		{"key without quotes", `{schema:1}`, "line 1, column 2", "a key is missing", ""},
		{"no colon", `{"schema" 1}`, "line 1, column 11", "a colon is missing", ""},
		{"no comma", `{"schema":1 "name":"x"}`, "line 1, column 13", "a comma or } is missing", ""},
		{"no end", `{"schema":1`, "line 1, column 12", "a comma or } is missing", ""},
		{"no value", `{"schema":}`, "line 1, column 11", "a value is missing", ""},
		{"text without end", `{"schema":1,"name":"x`, "line 1, column 22", "a text does not end", ""},
		{"line break in a text", "{\"schema\":1,\"name\":\"x\ny\"}", "line 1, column 22", "a line break", ""},
		{"bad escape", `{"schema":1,"name":"\x"}`, "line 1, column 22", "a backslash before", ""},
		{"bad hexadecimal", `{"schema":1,"name":"\u12G4"}`, "line 1, column 23", "four hexadecimal digits", ""},
		{"half a surrogate", `{"schema":1,"name":"\ud800"}`, "name", "not valid UTF-8", ""},
		{"second half first", `{"schema":1,"name":"\udc00\ud800"}`, "name", "not valid UTF-8", ""},
		{"broken surrogate pair", `{"schema":1,"name":"\ud800\u0041"}`, "name", "not valid UTF-8", ""},
		{"bad UTF-8", "{\"schema\":1,\"name\":\"\xff\"}", "name", "not valid UTF-8", ""},
		{"bad UTF-8 in a key", "{\"schema\":1,\"n\xffme\":1}", "", "a key is not valid UTF-8", ""},
		{"33 levels", deep(33), "line 1, column 48", "at most 32 levels", ""},
		{"32 levels", deep(32), "x", "the key is unknown", ""},

		{"no schema", `{}`, "schema", "the key is missing", ""},
		{"newer schema", `{"schema":2}`, "schema", "newer Hostwise", ""},
		{"schema 0", `{"schema":0}`, "schema", "allowed: 1", ""},
		{"schema as text", `{"schema":"1"}`, "schema", "the value is a text", ""},
		{"schema null", `{"schema":null}`, "schema", "the value is null", ""},
		{"unknown key", `{"schema":1,"nam":"x"}`, "nam", "the key is unknown", "name"},
		{"unknown key inside", `{"schema":1,"workload":{"calls_per_mounth":1}}`, "workload.calls_per_mounth", "allowed: stage, calls_per_month", "calls_per_month"},
		{"letter case", `{"schema":1,"Workload":{}}`, "Workload", "the key is unknown", "workload"},
		{"letter case inside", `{"schema":1,"workload":{"Stage":"pilot"}}`, "workload.Stage", "the key is unknown", "stage"},
		{"wrong section", `{"schema":1,"calls_per_month":1}`, "calls_per_month", "the key is unknown", "workload.calls_per_month"},
		{"other wrong section", `{"schema":1,"rules":{"staff_usd_per_month":1}}`, "rules.staff_usd_per_month", "the key is unknown", "finance.staff_usd_per_month"},
		{"key with a line break", `{"schema":1,"a\nb":1}`, `["a\nb"]`, "the key is unknown", ""},
		{"key twice", `{"schema":1,"name":"a","name":"b"}`, "name", "there twice", ""},
		{"key twice, escaped", `{"schema":1,"name":"a","n\u0061me":"b"}`, "name", "there twice", ""},
		{"key twice inside", `{"schema":1,"workload":{"stage":"pilot","stage":"pilot"}}`, "workload.stage", "there twice", ""},
		{"key twice in a range", `{"schema":1,"workload":{"retry_rate":{"low":0,"low":0,"likely":0,"high":0}}}`, "workload.retry_rate.low", "there twice", ""},

		{"section as a list", `{"schema":1,"workload":[]}`, "workload", "the value is a list", ""},
		{"section null", `{"schema":1,"workload":null}`, "workload", "the value is null", ""},
		{"text for a number", `{"schema":1,"workload":{"calls_per_month":"10"}}`, "workload.calls_per_month", "the value is a text; allowed: a number from 0 to 1000000000000", ""},
		{"truth for a number", `{"schema":1,"workload":{"calls_per_month":true}}`, "workload.calls_per_month", "the value is true or false", ""},
		{"number for a text", `{"schema":1,"name":1}`, "name", "the value is a number; allowed: a text of at most 200 characters", ""},
		{"number for a truth", `{"schema":1,"workload":{"user_facing":1}}`, "workload.user_facing", "allowed: true or false", ""},
		{"text for a list", `{"schema":1,"tags":"a"}`, "tags", "the value is a text", ""},
		{"number in a list of texts", `{"schema":1,"tags":["a",1]}`, "tags[1]", "the value is a number", ""},
		{"null where not allowed", `{"schema":1,"workload":{"calls_per_month":null}}`, "workload.calls_per_month", "null is not an answer here", ""},
		{"null text", `{"schema":1,"model":null}`, "model", "null is not an answer here", ""},
		{"null in a list", `{"schema":1,"tags":[null]}`, "tags[0]", "the value is null", ""},
		{"NaN", `{"schema":1,"workload":{"retry_rate":NaN}}`, "workload.retry_rate", "a finite number", ""},
		{"Infinity", `{"schema":1,"workload":{"retry_rate":-Infinity}}`, "workload.retry_rate", "a finite number", ""},
		{"too large a number", `{"schema":1,"workload":{"retry_rate":1e999}}`, "workload.retry_rate", "too large", ""},
		{"plus sign", `{"schema":1,"workload":{"retry_rate":+1}}`, "workload.retry_rate", "neither a number", ""},
		{"leading zero", `{"schema":1,"workload":{"retry_rate":01}}`, "workload.retry_rate", "neither a number", ""},
		{"bare point", `{"schema":1,"workload":{"retry_rate":.5}}`, "workload.retry_rate", "neither a number", ""},
		{"point at the end", `{"schema":1,"workload":{"retry_rate":1.}}`, "workload.retry_rate", "neither a number", ""},
		{"hexadecimal", `{"schema":1,"workload":{"retry_rate":0x1}}`, "workload.retry_rate", "neither a number", ""},
		{"other words", `{"schema":1,"workload":{"user_facing":True}}`, "workload.user_facing", "neither a number nor true", ""},

		{"over a limit", `{"schema":1,"workload":{"cached_input_share":1.01}}`, "workload.cached_input_share", "1.01 is outside the limits; allowed: from 0 to 1", ""},
		{"negative amount", `{"schema":1,"finance":{"server_usd":-1}}`, "finance.server_usd", "-1 is outside the limits", ""},
		{"peak below the mean", `{"schema":1,"workload":{"peak_to_average":0.9}}`, "workload.peak_to_average", "from 1 to 168", ""},
		{"fraction for an integer", `{"schema":1,"deployment":{"devices":8.5}}`, "deployment.devices", "not a whole number", ""},
		{"range for an integer", `{"schema":1,"deployment":{"devices":{"low":1,"likely":2,"high":3}}}`, "deployment.devices", "the value is an object", ""},
		{"range without high", `{"schema":1,"workload":{"retry_rate":{"low":0,"likely":0}}}`, "workload.retry_rate", "the range has no high", ""},
		{"range with more", `{"schema":1,"workload":{"retry_rate":{"low":0,"likely":0,"high":0,"most":1}}}`, "workload.retry_rate.most", "the key is unknown", ""},
		{"range misspelt", `{"schema":1,"workload":{"retry_rate":{"low":0,"likly":0,"high":0}}}`, "workload.retry_rate.likly", "the key is unknown", "likely"},
		{"range out of order", `{"schema":1,"workload":{"retry_rate":{"low":0.2,"likely":0.1,"high":0.3}}}`, "workload.retry_rate", "low ≤ likely ≤ high", ""},
		{"range over a limit", `{"schema":1,"workload":{"retry_rate":{"low":0,"likely":1,"high":11}}}`, "workload.retry_rate.high", "outside the limits", ""},
		{"null in a range", `{"schema":1,"workload":{"retry_rate":{"low":null,"likely":1,"high":2}}}`, "workload.retry_rate.low", "the value is null", ""},
		{"long name", `{"schema":1,"name":"` + strings.Repeat("é", 201) + `"}`, "name", "201 characters", ""},
		{"long notes", `{"schema":1,"notes":"` + strings.Repeat("x", 20001) + `"}`, "notes", "20,001 characters", ""},
		{"long tag", `{"schema":1,"tags":["` + strings.Repeat("x", 41) + `"]}`, "tags[0]", "at most 40", ""},
		{"51 tags", `{"schema":1,"tags":["a"` + strings.Repeat(`,"a"`, 50) + `]}`, "tags", "51 texts", ""},
		{"short week", `{"schema":1,"workload":{"weekly_shape":[1,2]}}`, "workload.weekly_shape", "2 weights", ""},
		{"empty week", `{"schema":1,"workload":{"weekly_shape":[0` + strings.Repeat(",0", 167) + `]}}`, "workload.weekly_shape", "all weights are 0", ""},
		{"negative hour", `{"schema":1,"workload":{"weekly_shape":[-1` + strings.Repeat(",1", 167) + `]}}`, "workload.weekly_shape[0]", "outside the limits", ""},
		{"no date", `{"schema":1,"api":{"price_date":"2026-02-30"}}`, "api.price_date", "is not a date", ""},
		{"no currency", `{"schema":1,"currency":{"code":"eur"}}`, "currency.code", "three capital letters", "EUR"},
		{"no choice", `{"schema":1,"workload":{"stage":"prodution"}}`, "workload.stage", "prototype, pilot or production", "production"},

		{"model", `{"schema":1,"model":"deepseek-r2"}`, "model", "no model has the id", "deepseek-r1"},
		{"no model", `{"schema":1,"model":""}`, "model", "the id is empty", ""},
		{"Ollama tag of a distill", `{"schema":1,"model":"deepseek-r1:70b"}`, "model", "distilled Llama", "r1-distill-llama-70b"},
		{"Ollama tag", `{"schema":1,"model":"deepseek-r1:671b"}`, "model", "no model has the id", "deepseek-r1"},
		{"repository", `{"schema":1,"model":"deepseek-ai/DeepSeek-R1-Distill-Qwen-32B"}`, "model", "no model has the id", "r1-distill-qwen-32b"},
		{"repository of a stranger", `{"schema":1,"model":"someone/DeepSeek-R1-Distill-Qwen-14B"}`, "model", "no model has the id", "r1-distill-qwen-14b"},
		{"retired alias", `{"schema":1,"model":"deepseek-reasoner"}`, "model", "retired", ""},
		{"device", `{"schema":1,"deployment":{"device":"h200-smx"}}`, "deployment.device", "no device has the id", "h200-sxm"},
		{"device by its name", `{"schema":1,"deployment":{"device":"RTX 4090"}}`, "deployment.device", "no device has the id", "rtx4090"},
		{"engine", `{"schema":1,"deployment":{"engine":"vlm"}}`, "deployment.engine", "ktransformers", "vllm"},
		{"precision", `{"schema":1,"deployment":{"precision":"gguf-q4_km"}}`, "deployment.precision", "no precision has the id", "gguf-q4_k_m"},
		{"host", `{"schema":1,"deployment":{"host":"server-hoper-8"}}`, "deployment.host", "no host has the id", "server-hopper-8"},
		{"price", `{"schema":1,"api":{"price":"nowhere"}}`, "api.price", "hostwise facts prices", ""},
		{"weakest model", `{"schema":1,"rules":{"minimum_model":"r1-distill-qwen-7"}}`, "rules.minimum_model", "no model has the id", "r1-distill-qwen-7b"},

		{"by_model as a list", `{"schema":1,"workload":{"by_model":[]}}`, "workload.by_model", "the value is a list", ""},
		{"model in by_model", `{"schema":1,"workload":{"by_model":{"deepseek-r":{}}}}`, "workload.by_model.deepseek-r", "no model has the id", "deepseek-r1"},
		{"key in by_model", `{"schema":1,"workload":{"by_model":{"deepseek-r1":{"retry":0}}}}`, "workload.by_model.deepseek-r1.retry", "the key is unknown", "retry_rate"},
		{"limit in by_model", `{"schema":1,"workload":{"by_model":{"deepseek-r1":{"success_share":0}}}}`, "workload.by_model.deepseek-r1.success_share", "from 0.01 to 1", ""},
		{"null in by_model", `{"schema":1,"workload":{"by_model":{"deepseek-r1":{"retry_rate":null}}}}`, "workload.by_model.deepseek-r1.retry_rate", "the value is null", ""},

		{"facts as a list", `{"schema":1,"facts":[]}`, "facts", "the value is a list", ""},
		{"key in facts", `{"schema":1,"facts":{"device":[]}}`, "facts.device", "the key is unknown", "devices"},
		{"key of a row", `{"schema":1,"facts":{"devices":[{"id":"h200-sxm","memory_gbs":1}]}}`, "facts.devices[0].memory_gbs", "the key is unknown", "memory_gb"},
		{"letter case of a row's key", `{"schema":1,"facts":{"devices":[{"id":"h200-sxm","Note":"x"}]}}`, "facts.devices[0].Note", "the key is unknown", "note"},
		{"type in a row", `{"schema":1,"facts":{"devices":[{"id":"h200-sxm","tdp_w":"700"}]}}`, "facts.devices[0].tdp_w", "the value is a text", ""},
		{"null in a row", `{"schema":1,"facts":{"devices":[{"id":"h200-sxm","tdp_w":null}]}}`, "facts.devices[0].tdp_w", "the value is null", ""},
		{"negative in a row", `{"schema":1,"facts":{"devices":[{"id":"h200-sxm","tdp_w":-1}]}}`, "facts.devices[0].tdp_w", "outside the limits", ""},
		{"fraction in a row", `{"schema":1,"facts":{"devices":[{"id":"h200-sxm","max_per_host":1.5}]}}`, "facts.devices[0].max_per_host", "not a whole number", ""},
		{"new row that says little", `{"schema":1,"facts":{"devices":[{"id":"mine"}]}}`, "facts.devices[0].memory_gb", "missing", ""},
		{"row without id", `{"schema":1,"facts":{"prices":[{"as_of":"2026-11-01","provider":"x","input_usd_per_mtok":1,"output_usd_per_mtok":2}]}}`, "facts.prices[0].id", "missing", ""},
		{"id twice", `{"schema":1,"facts":{"hosts":[{"id":"desktop-1"},{"id":"desktop-1"}]}}`, "facts.hosts[1].id", "there twice", ""},
		{"price without a day", `{"schema":1,"facts":{"prices":[{"id":"p","provider":"x","model":"deepseek-r1","input_usd_per_mtok":1,"output_usd_per_mtok":2}]}}`, "facts.prices[0].as_of", "the day of the price", ""},
		{"device price without a day", `{"schema":1,"facts":{"devices":[{"id":"h200-sxm","price_usd":1}]}}`, "facts.devices[0].as_of", "the day of the price", ""},
		{"free price", `{"schema":1,"facts":{"prices":[{"id":"p","as_of":"2026-11-01","provider":"x","model":"deepseek-r1","input_usd_per_mtok":0,"output_usd_per_mtok":2}]}}`, "facts.prices[0].input_usd_per_mtok", "free capacity is no price", ""},
		{"price of no model", `{"schema":1,"facts":{"prices":[{"id":"p","as_of":"2026-11-01","provider":"x","model":"deepseek-r1:7b","input_usd_per_mtok":1,"output_usd_per_mtok":2}]}}`, "facts.prices[0].model", "no model has the id", "r1-distill-qwen-7b"},
		{"evidence", `{"schema":1,"facts":{"hosts":[{"id":"desktop-1","evidence":"certain"}]}}`, "facts.hosts[0].evidence", "yours, measured, confirmed", ""},
		{"range in a row", `{"schema":1,"facts":{"hosts":[{"id":"desktop-1","as_of":"2026","price_usd":{"low":2,"likely":1,"high":3}}]}}`, "facts.hosts[0].price_usd", "low ≤ likely ≤ high", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, ps := calc.Parse([]byte(c.file), cat)
			if len(ps) == 0 {
				t.Fatalf("it was read as\n%s", s.JSON())
			}
			if !s.Equal(calc.Scenario{}) {
				t.Errorf("a refused file left answers behind:\n%s", s.JSON())
			}
			for _, p := range ps {
				line := p.Error()
				if strings.ContainsAny(line, "\n\r") || p.Problem == "" {
					t.Errorf("%q is not one line that says something", line)
				}
				if p.Path == c.path && strings.Contains(line, c.says) && p.Nearest == c.nearest {
					return
				}
			}
			t.Errorf("want %q at %q, near %q; got\n%v", c.says, c.path, c.nearest, ps)
		})
	}
}

func TestParseTellsAllProblemsInTheOrderOfTheFile(t *testing.T) {
	_, ps := calc.Parse([]byte(`{
		"schema": 1.5, "nmae": "x",
		"workload": {"stage": "nowhere near", "retry_rate": -1, "retry_rate": 2},
		"tags": [1, 2],
		"deployment": {"device": "h200", "devices": 1.5},
		"facts": {"hosts": [{"id": "x"}]}
	}`), shipped(t))
	want := []string{"schema", "nmae", "workload.stage", "workload.retry_rate", "workload.retry_rate", "tags[0]", "tags[1]", "deployment.device", "deployment.devices", "facts.hosts[0].slots"}
	for i, path := range want {
		if i >= len(ps) || ps[i].Path != path {
			t.Fatalf("problem %d should be at %s:\n%v", i, path, ps)
		}
	}
}

func TestParseStopsTellingAtSome(t *testing.T) {
	_, ps := calc.Parse([]byte(`{"schema":1,"tags":[`+strings.Repeat("1,", 999)+`1]}`), nil)
	if len(ps) != 201 || !strings.Contains(ps[200].Problem, "800 more") {
		t.Errorf("%d problems, the last %v", len(ps), ps[len(ps)-1])
	}
}

// A file as large as allowed and wrong in every word is refused without much work or memory: the benchmark measures it.
func hostileFiles() map[string][]byte {
	const room = 3 << 20
	var keys strings.Builder
	for i := 0; keys.Len() < room; i++ {
		fmt.Fprintf(&keys, `,"kei%d":0`, i)
	}
	return map[string][]byte{
		"unknown keys":   []byte(`{"schema":1` + keys.String() + `}`),
		"unknown models": []byte(`{"schema":1,"workload":{"by_model":{"x":0` + keys.String() + `}}}`),
		"row keys":       []byte(`{"schema":1,"facts":{"devices":[{"id":"x"` + keys.String() + `}]}}`),
		"tags":           []byte(`{"schema":1,"tags":[0` + strings.Repeat(",0", room/8) + `]}`),
		"values":         []byte(`{"schema":1,"tags":[0` + strings.Repeat(",0", room/2) + `]}`),
		"long key":       []byte(`{"schema":1,"` + strings.Repeat("k", room) + `":[` + strings.Repeat("nan,", 1000) + `nan]}`),
		"digits":         []byte(`{"schema":1,"workload":{"retry_rate":` + strings.Repeat("1", room) + `}}`),
		"brackets":       bytes.Repeat([]byte("["), room),
		"escapes":        []byte(`{"schema":1,"name":"` + strings.Repeat(`\ud800`, room/6) + `"}`),
	}
}

func TestHostileFilesAreRefused(t *testing.T) {
	cat := shipped(t)
	for name, data := range hostileFiles() {
		_, ps := calc.Parse(data, cat)
		if len(ps) == 0 || len(ps) > 201 {
			t.Errorf("%s: %d problems", name, len(ps))
		}
		for _, p := range ps {
			if line := p.Error(); len(line) > 4000 {
				t.Errorf("%s: a line of %d bytes", name, len(line))
			}
		}
	}
}

func BenchmarkParseHostile(b *testing.B) {
	cat := shipped(b)
	for name, data := range hostileFiles() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				calc.Parse(data, cat)
			}
		})
	}
}

func TestParseAccepts(t *testing.T) {
	cat := shipped(t)
	for _, c := range []struct {
		name, file, path string
		want             calc.Value
	}{
		{"integer as 8.0", `{"schema":1.0,"deployment":{"devices":8.0}}`, "deployment.devices", calc.Num(8)},
		{"integer as 0.8e1", `{"schema":1,"deployment":{"devices":0.8e1}}`, "deployment.devices", calc.Num(8)},
		{"minus zero", `{"schema":1,"workload":{"growth_per_month":-0.0}}`, "workload.growth_per_month", calc.Num(0)},
		{"null", `{"schema":1,"finance":{"server_usd":null}}`, "finance.server_usd", calc.Null},
		{"range", `{"schema":1,"workload":{"retry_rate":{"high":0.3,"low":0.1,"likely":0.2}}}`, "workload.retry_rate", calc.Between(0.1, 0.2, 0.3)},
		{"surrogate pair", `{"schema":1,"name":"\ud83d\ude00 \u00e9"}`, "name", calc.Str("😀 é")},
		{"200 characters of two bytes", `{"schema":1,"name":"` + strings.Repeat("é", 200) + `"}`, "name", calc.Str(strings.Repeat("é", 200))},
		{"white space around", " \r\n\t{\"schema\":1,\"name\":\"x\"}\n\n", "name", calc.Str("x")},
		{"empty engine", `{"schema":1,"deployment":{"engine":"","kv_precision":""}}`, "deployment.engine", calc.Str("")},
		{"own device", `{"schema":1,"deployment":{"device":"mine"},"facts":{"devices":[` + ownDevice + `]}}`, "deployment.device", calc.Str("mine")},
		{"own price", `{"schema":1,"api":{"price":"quote"},"facts":{"prices":[` + ownPrice + `]}}`, "api.price", calc.Str("quote")},
	} {
		s, ps := calc.Parse([]byte(c.file), cat)
		if len(ps) > 0 {
			t.Errorf("%s: %v", c.name, ps)
			continue
		}
		if v, given := s.Given(c.path); !given || !v.Equal(c.want) {
			t.Errorf("%s: %+v, %v", c.name, v, given)
		}
	}
}

const (
	ownDevice = `{"id":"mine","kind":"consumer","memory_class":"gddr","architecture":"ada","memory_gb":48,"bandwidth_gbs":1008,"tdp_w":450,"max_per_host":2,"price_usd":3200,"as_of":"2026-11-20"}`
	ownPrice  = `{"id":"quote","provider":"Our reseller","model":"deepseek-r1","input_usd_per_mtok":0.4,"output_usd_per_mtok":1.6,"as_of":"2026-11-20"}`
)

func TestFactsRowsAreLaidOverTheCatalogue(t *testing.T) {
	cat := shipped(t)
	s, ps := calc.Parse([]byte(`{"schema":1,"facts":{
		"devices":[{"id":"h200-sxm","price_usd":29000,"as_of":"2026-11-20"},`+ownDevice+`],
		"models":[{"id":"deepseek-r1","reasoning_tokens":{"low":300,"likely":700,"high":2000}}],
		"prices":[`+ownPrice+`],
		"measured":[{"id":"ours","model":"r1-distill-qwen-32b","precision":"awq-int4","engine":"vllm 0.11.2","hardware":"h100-sxm","gpus":1,
			"concurrency_or_batch":"16","isl":2000,"osl":600,"value":850,"unit":"tok/s"}]}}`), cat)
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	f := s.Facts()
	shippedRow, row := *cat.Device("h200-sxm"), f.Devices[0]
	if row.PriceUSD.Likely != 29000 || !row.PriceUSD.IsExact() || row.BandwidthGBs != shippedRow.BandwidthGBs || row.Name != shippedRow.Name {
		t.Errorf("the device is %+v", row)
	}
	if row.Evidence != catalog.Yours || row.Source != "yours" || row.PriceFact.AsOf != "2026-11-20" || row.PriceFact.Evidence != catalog.Yours {
		t.Errorf("its evidence is %+v, of the price %+v", row.Fact, row.PriceFact)
	}
	if after := *cat.Device("h200-sxm"); after.Evidence != shippedRow.Evidence || after.PriceUSD != shippedRow.PriceUSD || *after.PriceUSD != *shippedRow.PriceUSD {
		t.Error("the catalogue's own row changed")
	}
	mine := f.Devices[1]
	if mine.Name != "mine" || mine.PriceFact.Evidence != catalog.Yours || mine.VisibleBytes <= 47<<30 || mine.VisibleBytes >= 48<<30 || mine.VisibleFact.Evidence != catalog.Likely {
		t.Errorf("the new device is %+v", mine)
	}
	model := f.Models[0]
	if model.ReasoningTokens.Likely != 700 || model.ReasoningTokens.Evidence != catalog.Yours || model.Parameters != cat.Model("deepseek-r1").Parameters {
		t.Errorf("the model is %+v", model)
	}
	if p := f.Prices[0]; p.CachedInput != nil || p.ProviderKind != "host" || p.Evidence != catalog.Yours {
		t.Errorf("the price is %+v", p)
	}
	run := f.Measured[0]
	if run.ParsedModel != "r1-distill-qwen-32b" || run.ParsedEngine != "vllm" || run.ParsedVersion != "0.11.2" || run.ParsedDevice != "h100-sxm" ||
		run.ParsedConcurrency != 16 || run.OutputTokS != 850 {
		t.Errorf("the run is %+v", run)
	}
	back, ps := calc.Parse(s.JSON(), cat)
	if len(ps) > 0 || !back.Equal(s) {
		t.Errorf("it does not read back: %v", ps)
	}
}

// What is taken away from a catalogue row stays away: the file says so in full.
func TestFactsCanTakeAway(t *testing.T) {
	cat := shipped(t)
	s, ps := calc.Parse([]byte(`{"schema":1,"facts":{"devices":[{"id":"h200-sxm","price_usd":null,"rent":[],"note":""}],
		"models":[{"id":"deepseek-r1","quality":{"math_500_pass1":90,"gpqa_diamond_pass1":null}}]}}`), cat)
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	for range 2 {
		f := s.Facts()
		if f.Devices[0].PriceUSD != nil || len(f.Devices[0].Rent) != 0 || f.Devices[0].Note != "" || len(f.Models[0].Quality) != 1 {
			t.Errorf("not taken away: %+v %+v", f.Devices[0], f.Models[0].Quality)
		}
		if s, ps = calc.Parse(s.JSON(), cat); len(ps) > 0 {
			t.Fatal(ps)
		}
	}
}

// Every row of the shipped catalogue may be a person's row.
func TestCatalogueRowsAreValidFacts(t *testing.T) {
	cat := shipped(t)
	s := calc.Scenario{}.WithFacts(calc.Facts{Models: cat.Models, Devices: cat.Devices, Hosts: cat.Hosts, Prices: cat.Prices, Measured: cat.SpeedRuns})
	if ps := s.Check(cat); len(ps) > 0 {
		t.Errorf("%v", ps)
	}
	back, ps := calc.Parse(s.JSON(), cat)
	if len(ps) > 0 || !back.Equal(s) {
		t.Errorf("they do not read back: %v", ps)
	}
}

func TestWithoutCatalogueIdsPass(t *testing.T) {
	if _, ps := calc.Parse([]byte(`{"schema":1,"model":"anything","api":{"price":"x"}}`), nil); len(ps) > 0 {
		t.Error(ps)
	}
	if _, ps := calc.Parse([]byte(`{"schema":1,"model":""}`), nil); len(ps) != 1 {
		t.Error("an empty model passed", ps)
	}
}

func TestTemplatesAreValid(t *testing.T) {
	cat := shipped(t)
	seen := map[string]bool{}
	for _, template := range calc.Templates {
		if seen[template.Name] || template.Label == "" || template.Description == "" {
			t.Errorf("%s is there twice or says nothing", template.Name)
		}
		seen[template.Name] = true
		s := template.Scenario()
		if ps := s.Check(cat); len(ps) > 0 {
			t.Errorf("%s: %v", template.Name, ps)
		}
		back, ps := calc.Parse(s.JSON(), cat)
		if len(ps) > 0 || !back.Equal(s) {
			t.Errorf("%s does not read back: %v\n%s", template.Name, ps, s.JSON())
		}
		if found, ok := calc.TemplateNamed(template.Name); !ok || found.Label != template.Label {
			t.Errorf("%s is not found by its name", template.Name)
		}
	}
	if _, ok := calc.TemplateNamed("nothing"); ok {
		t.Error("a template that is none was found")
	}
	if got := calc.NearestTemplate("saas"); got != "saas-app" {
		t.Errorf("nearest to saas is %q", got)
	}
}

// The contract's line on templates, word for word: calls; in/out; reasoning; stage; flexible; compliance; data may leave; model.
func TestTemplatesAreTheContracts(t *testing.T) {
	type row struct {
		calls, input, output float64
		stage                string
		flexible             bool
		compliance, model    string
	}
	for name, want := range map[string]row{
		"weekend-experiment":           {300, 1000, 500, "prototype", true, "none", "r1-distill-qwen-14b"},
		"private-rag-prototype":        {10000, 4000, 600, "prototype", false, "standard", "r1-distill-qwen-32b"},
		"research-lab":                 {200000, 2000, 2000, "pilot", true, "none", "deepseek-r1"},
		"enterprise-private-inference": {1e6, 3000, 800, "production", false, "strict", "deepseek-r1"},
		"saas-app":                     {500000, 2000, 500, "production", false, "standard", "deepseek-r1"},
	} {
		template, ok := calc.TemplateNamed(name)
		if !ok {
			t.Errorf("%s is missing", name)
			continue
		}
		s := template.Scenario()
		got := row{s.Likely("workload.calls_per_month"), s.Likely("workload.input_tokens_per_call"), s.Likely("workload.output_tokens_per_call"),
			s.Text("workload.stage"), s.Bool("workload.latency_flexible"), s.Text("rules.compliance"), s.Text("model")}
		if got != want || !s.IsNull("workload.reasoning_tokens_per_call") || !s.Bool("rules.data_may_leave_site") {
			t.Errorf("%s is %+v, want %+v", name, got, want)
		}
	}
	for name, want := range map[string][3]float64{"volume-1k": {1000, 1000, 300}, "volume-10k": {10000, 2000, 600}, "volume-100k": {100000, 4000, 1000}, "volume-1m": {1e6, 2000, 500}} {
		template, ok := calc.TemplateNamed(name)
		if !ok {
			t.Errorf("%s is missing", name)
			continue
		}
		s := template.Scenario()
		got := [3]float64{s.Likely("workload.calls_per_month"), s.Likely("workload.input_tokens_per_call"), s.Likely("workload.output_tokens_per_call")}
		if got != want || s.IsNull("workload.reasoning_tokens_per_call") || s.Likely("workload.reasoning_tokens_per_call") != 0 || s.Likely("workload.retry_rate") != 0 {
			t.Errorf("%s is %v, want %v with no thinking and no retries", name, got, want)
		}
	}
	weekend, _ := calc.TemplateNamed("weekend-experiment")
	if s := weekend.Scenario(); s.Text("rules.minimum_model") != "r1-distill-qwen-7b" || s.Likely("finance.staff_fte") != 0 || s.Int("finance.devices_already_owned") != 1 {
		t.Error("the weekend experiment is not the contract's")
	}
	lab, _ := calc.TemplateNamed("research-lab")
	enterprise, _ := calc.TemplateNamed("enterprise-private-inference")
	if !lab.Scenario().Bool("rules.needs_pinned_weights") || enterprise.Scenario().Int("rules.spare_replicas") != 1 {
		t.Error("pinned weights or the spare are missing")
	}
}

// drawScenario draws a scenario that Check allows.
func drawScenario(t *rapid.T, cat *catalog.Catalog) calc.Scenario {
	s := calc.Scenario{}
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		if rapid.IntRange(0, 3).Draw(t, "given") == 0 {
			s = s.With(in.Path, drawValue(t, in))
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "models") {
		rate := drawValue(t, calc.InputAt("workload.retry_rate")).Number
		s = s.WithModel(rapid.SampledFrom(cat.Models).Draw(t, "model").ID, calc.ModelOverride{RetryRate: &rate})
	}
	if rapid.Bool().Draw(t, "facts") {
		s = s.WithFacts(calc.Facts{
			Prices: []catalog.Price{rapid.SampledFrom(cat.Prices).Draw(t, "price")},
			Hosts:  []catalog.Host{rapid.SampledFrom(cat.Hosts).Draw(t, "host")},
		})
	}
	for _, path := range calc.QuotePaths() {
		if v, given := s.Given(path); given && !v.Null && rapid.Bool().Draw(t, "quoted") {
			s = s.WithQuote(calc.Quote{Path: path, Supplier: rapid.StringMatching(`[A-Z].{0,20}`).Draw(t, "supplier"), Date: "2026-11-02",
				ValidUntil: rapid.SampledFrom([]string{"", "2026-11-02", "2027-01-01"}).Draw(t, "valid until"), Note: rapid.StringN(0, 20, -1).Draw(t, "note")}).
				WithTyped(path, rapid.StringMatching(`[0-9k€., –]{0,100}`).Draw(t, "typed"))
		}
	}
	return s
}

// What is written reads back equal and is written the same again.
func TestJSONRoundTrip(t *testing.T) {
	cat := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		s := drawScenario(t, cat)
		if ps := s.Check(cat); len(ps) > 0 {
			t.Fatalf("the drawn scenario is not allowed: %v", ps)
		}
		data := s.JSON()
		back, ps := calc.Parse(data, cat)
		if len(ps) > 0 {
			t.Fatalf("%v\n%s", ps, data)
		}
		if !bytes.Equal(back.JSON(), data) {
			t.Fatalf("written\n%s\nread and written\n%s", data, back.JSON())
		}
		for i := range calc.Inputs {
			path := calc.Inputs[i].Path
			before, had := s.Given(path)
			after, has := back.Given(path)
			if had != has || !before.Equal(after) {
				t.Fatalf("%s: %+v came back as %+v", path, before, after)
			}
		}
		if !slices.Equal(s.Quotes(), back.Quotes()) {
			t.Fatalf("quotes %+v came back as %+v", s.Quotes(), back.Quotes())
		}
		if changes := calc.Diff(s, back); len(changes) > 0 {
			t.Fatalf("changes after reading back: %+v", changes)
		}
	})
}

func TestJSONIsCanonical(t *testing.T) {
	s := calc.Scenario{}.
		With("finance.pue", calc.Num(1.25)).
		With("name", calc.Str("A <b> & \"c\"\n")).
		With("workload.calls_per_month", calc.Between(1e6, 2.5e6, 1e12)).
		With("tags", calc.Value{Texts: []string{"a", "b"}}).
		With("finance.server_usd", calc.Null)
	rate := calc.Between(0.1, 0.2, 0.3)
	s = s.WithModel("deepseek-r1", calc.ModelOverride{RetryRate: &rate.Number})
	want := `{
  "schema": 1,
  "name": "A <b> & \"c\"\n",
  "tags": ["a", "b"],
  "workload": {
    "calls_per_month": {"low": 1000000, "likely": 2500000, "high": 1000000000000},
    "by_model": {
      "deepseek-r1": {
        "retry_rate": {"low": 0.1, "likely": 0.2, "high": 0.3}
      }
    }
  },
  "finance": {
    "server_usd": null,
    "pue": 1.25
  }
}
`
	if got := string(s.JSON()); got != want {
		t.Errorf("written\n%s\nwant\n%s", got, want)
	}
	if got := string(calc.Scenario{}.JSON()); got != "{\n  \"schema\": 1\n}\n" {
		t.Errorf("the default scenario is written %q", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(contractForm))
	f.Add([]byte(`{"schema":1,"facts":{"devices":[` + ownDevice + `],"prices":[` + ownPrice + `]}}`))
	f.Add([]byte(`{"schema":1,"workload":{"by_model":{"deepseek-r1":{"retry_rate":{"low":0,"likely":1,"high":2}}}}}`))
	f.Add([]byte("{\"schema\":1,\"name\":\"\\ud83d\\ude00\xff\",\"x\":[[1e5,-0,NaN]]}"))
	for _, template := range calc.Templates {
		f.Add(template.Scenario().JSON())
	}
	cat := shipped(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s, ps := calc.Parse(data, cat)
		for _, p := range ps {
			if line := p.Error(); strings.Contains(line, "\n") || p.Problem == "" {
				t.Errorf("%q is not one line", line)
			}
		}
		if len(ps) > 0 {
			return
		}
		written := s.JSON()
		back, ps := calc.Parse(written, cat)
		if len(ps) > 0 || !back.Equal(s) {
			t.Errorf("it does not read back: %v\n%s", ps, written)
		}
		if ps := s.Check(cat); len(ps) > 0 {
			t.Errorf("what was read is not allowed: %v", ps)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	cat := shipped(b)
	template, _ := calc.TemplateNamed("saas-app")
	data := template.Scenario().JSON()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, ps := calc.Parse(data, cat); len(ps) > 0 {
			b.Fatal(ps)
		}
	}
}

func BenchmarkJSON(b *testing.B) {
	template, _ := calc.TemplateNamed("saas-app")
	s := template.Scenario()
	for b.Loop() {
		s.JSON()
	}
}
