package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

type row = map[string]any

// copyOfTables is the shipped tables as files that a test may break.
func copyOfTables(t testing.TB) fstest.MapFS {
	t.Helper()
	source := os.DirFS("../../assets")
	files := fstest.MapFS{}
	names, err := fs.Glob(source, Folder+"/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no tables found: %v", err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(source, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}

// breakTable changes the rows of one table.
func breakTable(t testing.TB, files fstest.MapFS, file string, change func([]row) []row) {
	t.Helper()
	name := Folder + "/" + file
	var rows []row
	decoder := json.NewDecoder(bytes.NewReader(files[name].Data))
	decoder.UseNumber()
	if err := decoder.Decode(&rows); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(change(rows))
	if err != nil {
		t.Fatal(err)
	}
	files[name] = &fstest.MapFile{Data: data}
}

// problemsOf loads files and returns what Load found wrong.
func problemsOf(t testing.TB, files fs.FS) []Problem {
	t.Helper()
	c, err := Load(files)
	if err == nil {
		return nil
	}
	var invalid *InvalidError
	if !errors.As(err, &invalid) {
		t.Fatalf("the error is %T, want *InvalidError", err)
	}
	if c != nil {
		t.Error("a catalogue came with the error")
	}
	return invalid.Problems
}

func hasProblem(problems []Problem, file, row, field string) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool {
		return p.File == file && p.Row == row && p.Field == field && p.Text != ""
	})
}

// idKeys says which key names a row; the other tables use "id".
var idKeys = map[string]string{
	"batch-discounts.json": "provider", "gateway-fees.json": "gateway", "monitoring.json": "metric", "glossary.json": "term",
	"intents.json": "query", "names.json": "query", "workload-advice.json": "template", "volume-readings.json": "template",
}

func TestEveryTableRefusesRowsWithoutEvidence(t *testing.T) {
	for name := range copyOfTables(t) {
		file := path.Base(name)
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			key := idKeys[file]
			if key == "" {
				key = "id"
			}
			id := ""
			broken := func(change func(row)) []Problem {
				files := copyOfTables(t)
				breakTable(t, files, file, func(rows []row) []row {
					id, _ = rows[0][key].(string)
					if file == "catalogue.json" {
						id = "row 1"
					}
					change(rows[0])
					return rows
				})
				return problemsOf(t, files)
			}
			for field, wrong := range map[string]any{"evidence": "sure", "source": " ", "as_of": "yesterday"} {
				if got := broken(func(r row) { r[field] = wrong }); !hasProblem(got, file, id, field) {
					t.Errorf("%s %q of %s was not refused by name: %v", field, wrong, id, got)
				}
			}
			if got := broken(func(r row) { delete(r, "as_of") }); !hasProblem(got, file, id, "as_of") {
				t.Errorf("an undated row was not refused by name: %v", got)
			}
			if got := broken(func(r row) { r["evidense"] = "confirmed" }); !refusesFile(got, file) {
				t.Errorf("an unknown key was not refused: %v", got)
			}
			if file != "catalogue.json" {
				if got := broken(func(r row) { r[key] = "" }); !hasProblem(got, file, "row 1", "id") {
					t.Errorf("a row without an id was not refused: %v", got)
				}
			}
		})
	}
}

func refusesFile(problems []Problem, file string) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool { return p.File == file })
}

func TestEveryTableRefusesADoubleAnEmptyAndAMissingOne(t *testing.T) {
	for name := range copyOfTables(t) {
		file := path.Base(name)
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			files := copyOfTables(t)
			breakTable(t, files, file, func(rows []row) []row { return append(rows, rows[0]) })
			if got := problemsOf(t, files); !refusesFile(got, file) {
				t.Errorf("a row twice was not refused: %v", got)
			}
			files = copyOfTables(t)
			files[name] = &fstest.MapFile{Data: []byte("[]\n")}
			if got := problemsOf(t, files); !refusesFile(got, file) {
				t.Errorf("an empty table was not refused: %v", got)
			}
			delete(files, name)
			if got := problemsOf(t, files); !refusesFile(got, file) {
				t.Errorf("a missing table was not refused: %v", got)
			}
		})
	}
}

func TestBrokenFieldsAreRefusedByName(t *testing.T) {
	inner := func(r row, keys ...string) row {
		for _, k := range keys {
			r = r[k].(row)
		}
		return r
	}
	first := func(r row, list string) row { return r[list].([]any)[0].(row) }
	for _, broken := range []struct {
		file, row, field string
		change           func(row)
	}{
		{"catalogue.json", "row 1", "version", func(r row) { r["version"] = "" }},
		{"catalogue.json", "row 1", "date", func(r row) { r["date"] = "2026-11" }},

		{"models.json", "deepseek-r1", "family", func(r row) { r["family"] = "giant" }},
		{"models.json", "deepseek-r1", "parameters", func(r row) { r["parameters"] = 0 }},
		{"models.json", "deepseek-r1", "released_precision", func(r row) { r["released_precision"] = "fp9" }},
		{"models.json", "deepseek-r1", "architecture.kind", func(r row) { inner(r, "architecture")["kind"] = "rnn" }},
		{"models.json", "deepseek-r1", "architecture.layers", func(r row) { inner(r, "architecture")["layers"] = 60 }},
		{"models.json", "deepseek-r1", "architecture.kv_lora_rank", func(r row) { inner(r, "architecture")["kv_lora_rank"] = 0 }},
		{"models.json", "deepseek-r1", "architecture.active_experts", func(r row) { inner(r, "architecture")["active_experts"] = 300 }},
		{"models.json", "r1-distill-qwen-7b", "architecture.kv_heads", func(r row) { inner(r, "architecture")["kv_heads"] = 5 }},
		{"models.json", "deepseek-r1", "quality.math_500_pass1", func(r row) { inner(r, "quality")["math_500_pass1"] = 973 }},
		{"models.json", "deepseek-r1", "quality_source", func(r row) { r["quality_source"] = "" }},
		{"models.json", "deepseek-r1", "reasoning_tokens", func(r row) { inner(r, "reasoning_tokens")["high"] = 1 }},
		{"models.json", "deepseek-r1", "reasoning_tokens.source", func(r row) { inner(r, "reasoning_tokens")["source"] = "" }},

		{"precisions.json", "fp8", "kind", func(r row) { r["kind"] = "virtual" }},
		{"precisions.json", "fp8", "format", func(r row) { r["format"] = "zip" }},
		{"precisions.json", "fp8", "bits_per_weight", func(r row) { r["bits_per_weight"] = 64 }},
		{"precisions.json", "fp8", "models", func(r row) { r["models"] = []any{"deepseek-r9"} }},
		{"precisions.json", "gguf-ud-iq1_s", "artifacts.deepseek-r1", func(r row) { inner(r, "artifacts")["deepseek-r1"] = -1 }},

		{"devices.json", "h200-sxm", "kind", func(r row) { r["kind"] = "toy" }},
		{"devices.json", "h200-sxm", "memory_class", func(r row) { r["memory_class"] = "tape" }},
		{"devices.json", "h200-sxm", "memory_gb", func(r row) { r["memory_gb"] = 0 }},
		{"devices.json", "h200-sxm", "visible_bytes", func(r row) { r["visible_bytes"] = 160 << 30 }},
		{"devices.json", "h200-sxm", "visible_fact.source", func(r row) { inner(r, "visible_fact")["source"] = "" }},
		{"devices.json", "h200-sxm", "bandwidth_gbs", func(r row) { r["bandwidth_gbs"] = -4800 }},
		{"devices.json", "h200-sxm", "fp8_tflops", func(r row) { r["fp8_tflops"] = 0 }},
		{"devices.json", "h200-sxm", "tdp_w", func(r row) { r["tdp_w"] = 0 }},
		{"devices.json", "h200-sxm", "price_usd", func(r row) { inner(r, "price_usd")["low"] = 99999 }},
		{"devices.json", "h200-sxm", "price_fact.as_of", func(r row) { inner(r, "price_fact")["as_of"] = "" }},
		{"devices.json", "h200-sxm", "rent[0].term", func(r row) { first(r, "rent")["term"] = "forever" }},
		{"devices.json", "h200-sxm", "rent[0].usd_per_device_hour", func(r row) {
			first(r, "rent")["usd_per_device_hour"] = row{"low": 0, "likely": 1, "high": 2}
		}},
		{"devices.json", "h200-sxm", "rent[0].as_of", func(r row) { first(r, "rent")["as_of"] = "" }},
		{"devices.json", "m3ultra-512", "max_per_host", func(r row) { r["max_per_host"] = 2 }},

		{"hosts.json", "server-hopper-8", "slots", func(r row) { r["slots"] = 0 }},
		{"hosts.json", "server-hopper-8", "device_kinds", func(r row) { r["device_kinds"] = []any{"toaster"} }},
		{"hosts.json", "server-hopper-8", "devices", func(r row) { r["devices"] = []any{"h900"} }},
		{"hosts.json", "server-hopper-8", "devices", func(r row) { r["devices"] = []any{"rtx4090"} }},
		{"hosts.json", "server-hopper-8", "price_usd", func(r row) { inner(r, "price_usd")["likely"] = 1 }},
		{"hosts.json", "server-hopper-8", "base_kw", func(r row) { r["base_kw"] = 0 }},
		{"hosts.json", "server-hopper-8", "lead_time_weeks", func(r row) { inner(r, "lead_time_weeks")["high"] = 1 }},

		{"engines.json", "vllm", "split", func(r row) { r["split"] = "sideways" }},
		{"engines.json", "vllm", "formats", func(r row) { r["formats"] = []any{} }},
		{"engines.json", "vllm", "launch", func(r row) { r["launch"] = "" }},
		{"engines.json", "vllm", "launch", func(r row) { r["launch"] = "vllm serve {modell}" }},
		{"engines.json", "vllm", "launch", func(r row) { r["launch"] = "vllm serve {model" }},
		{"engines.json", "vllm", "versions", func(r row) { r["versions"] = []any{} }},
		{"engines.json", "vllm", "versions[0].version", func(r row) { first(r, "versions")["version"] = "new" }},
		{"engines.json", "vllm", "versions[1].version", func(r row) { first(r, "versions")["version"] = "0.9.0" }},
		{"engines.json", "vllm", "versions[0].memory_fraction", func(r row) { first(r, "versions")["memory_fraction"] = 90 }},
		{"engines.json", "vllm", "versions[0].as_of", func(r row) { first(r, "versions")["as_of"] = "" }},
		{"engines.json", "vllm", "support", func(r row) { r["support"] = []any{} }},
		{"engines.json", "vllm", "support[0].precisions", func(r row) { first(r, "support")["precisions"] = []any{"fp9"} }},
		{"engines.json", "vllm", "support[0].precisions", func(r row) { first(r, "support")["precisions"] = []any{"ggml-*"} }},
		{"engines.json", "vllm", "support[0].architectures", func(r row) { first(r, "support")["architectures"] = []any{"pascal"} }},
		{"engines.json", "vllm", "support[0].kv", func(r row) { first(r, "support")["kv"] = []any{"fp2"} }},
		{"engines.json", "vllm", "support[0].models", func(r row) { first(r, "support")["models"] = []any{"gpt"} }},

		{"prices.json", "azure/deepseek-r1", "input_usd_per_mtok", func(r row) { r["input_usd_per_mtok"] = 0 }},
		{"prices.json", "azure/deepseek-r1", "output_usd_per_mtok", func(r row) { r["output_usd_per_mtok"] = -1 }},
		{"prices.json", "azure/deepseek-r1", "cached_input_usd_per_mtok", func(r row) { r["cached_input_usd_per_mtok"] = 2 }},
		{"prices.json", "azure/deepseek-r1", "model", func(r row) { r["model"] = "r1" }},
		{"prices.json", "azure/deepseek-r1", "provider_kind", func(r row) { r["provider_kind"] = "shop" }},
		{"prices.json", "azure/deepseek-r1", "valid_from", func(r row) { r["valid_from"] = "soon" }},
		{"prices.json", "azure/deepseek-r1", "valid_to", func(r row) { r["valid_from"], r["valid_to"] = "2026-02-01", "2026-01-01" }},
		{"price-history.json", "deepseek/deepseek-reasoner-r1@2025-01-20", "valid_from", func(r row) { r["valid_from"] = "" }},
		{"batch-discounts.json", "togetherai", "share", func(r row) { r["share"] = 50 }},
		{"gateway-fees.json", "openrouter", "share", func(r row) { r["share"] = 5.5 }},

		{"claims.json", "r1-total", "status", func(r row) { r["status"] = "likely" }},
		{"claims.json", "r1-total", "page", func(r row) { r["page"] = "home" }},
		{"claims.json", "r1-total", "text", func(r row) { r["text"] = "" }},
		{"monitoring.json", "429 rate", "threshold", func(r row) { r["threshold"] = "" }},
		{"glossary.json", "scenario", "text", func(r row) { r["text"] = "" }},
		{"intents.json", "deepseek r1 671b requirements", "page", func(r row) { r["page"] = "nowhere" }},
		{"names.json", "deepseek-r1:7b", "model", func(r row) { r["model"] = "7b" }},
		{"names.json", "deepseek-r1:7b", "also", func(r row) { r["also"] = []any{"DeepSeek-R1:1.5b"} }},
		{"questions.json", "parameters", "answer", func(r row) { r["answer"] = "" }},
		{"sources.json", "card-r1", "where", func(r row) { r["where"] = "" }},
		{"workload-advice.json", "saas-app", "full_r1", func(r row) { r["full_r1"] = "sure" }},
		{"decision-rules.json", "prototype", "move", func(r row) { r["move"] = "" }},
		{"serving-options.json", "gateway", "route", func(r row) { r["route"] = "mail" }},
		{"cost-components.json", "input", "formula", func(r row) { r["formula"] = "" }},
		{"non-claims.json", "refunds", "why", func(r row) { r["why"] = "" }},
		{"caveats.json", "context", "effect", func(r row) { r["effect"] = "" }},
		{"volume-readings.json", "volume-1k", "calls_per_month", func(r row) { r["calls_per_month"] = 0 }},

		{"memory-runs.json", "M113", "parsed_model", func(r row) { r["parsed_model"] = "llama" }},
		{"memory-runs.json", "M113", "parsed_kv", func(r row) { r["parsed_kv"] = "int1" }},
		{"memory-runs.json", "M113", "parsed_memory_fraction", func(r row) { r["parsed_memory_fraction"] = 95 }},
		{"memory-runs.json", "M113", "measured_bytes", func(r row) { r["measured_bytes"] = 0 }},
		{"memory-runs.json", "M113", "quote", func(r row) { r["quote"] = "" }},
		{"speed-runs.json", "xd-rtx-4090-24gb-8b-q4", "phase", func(r row) { r["phase"] = "idle" }},
		{"speed-runs.json", "xd-rtx-4090-24gb-8b-q4", "parsed_device", func(r row) { r["parsed_device"] = "rtx9999" }},
		{"speed-runs.json", "xd-rtx-4090-24gb-8b-q4", "parsed_precision", func(r row) { r["parsed_precision"] = "q4" }},
		{"speed-runs.json", "xd-rtx-4090-24gb-8b-q4", "parsed_engine", func(r row) { r["parsed_engine"] = "lmdeploy" }},
		{"speed-runs.json", "xd-rtx-4090-24gb-8b-q4", "value", func(r row) { r["value"] = 0 }},
		{"speed-runs.json", "xd-rtx-4090-24gb-8b-q4", "output_tok_s", func(r row) { r["output_tok_s"], r["prefill_tok_s"] = 0, 0 }},
		{"speed-runs.json", "ik-7965wx-a6000", "parsed_host", func(r row) { r["parsed_host"] = "shed" }},
	} {
		t.Run(broken.file+"/"+broken.row+"/"+broken.field, func(t *testing.T) {
			t.Parallel()
			files := copyOfTables(t)
			found := false
			breakTable(t, files, broken.file, func(rows []row) []row {
				for _, r := range rows {
					for _, key := range []string{"id", idKeys[broken.file], "version"} {
						if !found && (r[key] == broken.row || broken.row == "row 1") {
							found = true
							broken.change(r)
						}
					}
				}
				return rows
			})
			if !found {
				t.Fatalf("%s has no row %s", broken.file, broken.row)
			}
			if got := problemsOf(t, files); !hasProblem(got, broken.file, broken.row, broken.field) {
				t.Errorf("not refused by name: %v", got)
			}
		})
	}
}

func TestAllProblemsAreReportedAtOnce(t *testing.T) {
	files := copyOfTables(t)
	breakTable(t, files, "devices.json", func(rows []row) []row {
		rows[0]["tdp_w"], rows[1]["vendor"] = 0, ""
		return rows
	})
	breakTable(t, files, "prices.json", func(rows []row) []row {
		rows[3]["as_of"] = ""
		return rows
	})
	_, err := Load(files)
	if err == nil {
		t.Fatal("loaded")
	}
	for _, line := range []string{
		"install the program again",
		"devices.json: h100-sxm: tdp_w: 0 is not above zero",
		"devices.json: h100-pcie: vendor: is empty",
		"prices.json: abacus/deepseek-ai-deepseek-r1: as_of: \"\" is not a date; allowed: YYYY-MM-DD, YYYY-MM or YYYY",
	} {
		if !strings.Contains(err.Error(), line) {
			t.Errorf("the message lacks %q:\n%v", line, err)
		}
	}
}

func TestAProblemOfFormNamesItsLine(t *testing.T) {
	for name, text := range map[string]string{
		"wrong type":      "[\n{\"id\":\"a\"},\n{\"id\":7}\n]\n",
		"unknown key":     "[\n{\"id\":\"a\"},\n{\"idd\":\"b\"}\n]\n",
		"broken syntax":   "[\n{\"id\":\"a\"},\n{\"id\":}\n]\n",
		"not a list":      "\n\n{\"id\":\"a\"}\n",
		"cut short":       "[\n{\"id\":\"a\"},\n{\"id\":\"b\"",
		"something after": "[\n]\n[]",
	} {
		files := copyOfTables(t)
		files[Folder+"/hosts.json"] = &fstest.MapFile{Data: []byte(text)}
		got := problemsOf(t, files)
		i := slices.IndexFunc(got, func(p Problem) bool { return p.File == "hosts.json" })
		if i < 0 {
			t.Errorf("%s: not refused", name)
			continue
		}
		if name != "something after" && name != "not a list" && got[i].Row != "line 3" {
			t.Errorf("%s: %v; want line 3", name, got[i])
		}
	}
}

func TestEveryMalformedRowIsNamed(t *testing.T) {
	files := copyOfTables(t)
	files[Folder+"/hosts.json"] = &fstest.MapFile{Data: []byte("[\n{\"slots\":\"two\"},\n{\"id\":\"b\"},\n{\"slotts\":2},\n{\"slots\":1.5}\n]\n")}
	var lines []string
	for _, p := range problemsOf(t, files) {
		if p.File == "hosts.json" && strings.HasPrefix(p.Row, "line") {
			lines = append(lines, p.Row)
		}
	}
	if !slices.Equal(lines, []string{"line 2", "line 4", "line 5"}) {
		t.Errorf("malformed rows named: %v", lines)
	}
}

// Rows of nothing must be refused, not crash what reads them.
func TestEmptyRowsAreRefused(t *testing.T) {
	for name := range copyOfTables(t) {
		for _, text := range []string{"[null]", "[{}]", "[{\"id\":null}]", "null", "{}", ""} {
			files := copyOfTables(t)
			files[name] = &fstest.MapFile{Data: []byte(text)}
			if got := problemsOf(t, files); !refusesFile(got, path.Base(name)) {
				t.Errorf("%s holding %q was not refused: %v", name, text, got)
			}
		}
	}
}

func TestLoadIsTheSameEachTime(t *testing.T) {
	files := copyOfTables(t)
	breakTable(t, files, "models.json", func(rows []row) []row {
		for _, r := range rows {
			r["architecture"] = row{"kind": "moe-mla"}
		}
		return rows
	})
	_, first := Load(files)
	for range 5 {
		if _, again := Load(files); again.Error() != first.Error() {
			t.Fatalf("two reports of one catalogue differ:\n%v\n%v", first, again)
		}
	}
}
