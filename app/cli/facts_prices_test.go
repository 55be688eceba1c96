package cli

import (
	"encoding/json"
	"strings"
	"testing"
)

// Prices of the past are printed with their days, hours and discount, every key in every row, and unknown as null.
func TestFactsListsPricesOfThePast(t *testing.T) {
	var rows []map[string]any
	if err := json.Unmarshal([]byte(here(t, "", "facts", "prices", "--json").well(t)), &rows); err != nil {
		t.Fatal(err)
	}
	byID, was := map[string]map[string]any{}, 0
	for _, r := range rows {
		byID[r["id"].(string)] = r
		if r["was"] == true {
			was++
		}
		for _, key := range []string{"country", "valid_from", "valid_to", "time_band", "time_bands_utc", "batch_discount", "max_output_tokens", "pinned"} {
			v, there := r[key]
			if !there || v == "" {
				t.Errorf("%s: %s is %v, there: %t", r["id"], key, v, there)
			}
		}
	}
	if was != 10 {
		t.Errorf("%d rows of the past, want 10", was)
	}
	r1 := byID["deepseek/deepseek-reasoner-r1@2025-01-20"]
	if r1["valid_from"] != "2025-01-20" || r1["valid_to"] != "2025-09-05" || r1["input_usd_per_mtok"] != 0.55 || r1["output_usd_per_mtok"] != 2.19 || r1["country"] != "CN" {
		t.Errorf("R1 of 2025: %v", r1)
	}
	night := byID["deepseek/deepseek-reasoner-r1-off-peak-16-30-00-30-utc@2025-02-26"]
	if bands, _ := json.Marshal(night["time_bands_utc"]); string(bands) != `[{"from":"16:30","to":"00:30"}]` {
		t.Errorf("the night is %s", bands)
	}
	together := byID["togetherai/deepseek-ai-deepseek-r1"]
	if batch, _ := together["batch_discount"].(map[string]any); batch["share"] != 0.5 || batch["source"] == "" {
		t.Errorf("batch at Together: %v", together["batch_discount"])
	}
	if together["country"] != nil || together["valid_to"] != nil {
		t.Errorf("unknown is not null: %v", together)
	}
	text := here(t, "", "facts", "prices").well(t)
	for _, want := range []string{"hours UTC", "16:30-00:30", "2025-09-05", "was"} {
		if !strings.Contains(text, want) {
			t.Errorf("the table lacks %q", want)
		}
	}
}

// What facts lists is a price that a case can name: one of the past too.
func TestAListedIdOfThePastIsTaken(t *testing.T) {
	file := `{"schema":1,"api":{"price":"deepseek/deepseek-reasoner-r1@2025-01-20"}}`
	out := here(t, file, "assess", "-", "--quick").well(t)
	if !strings.Contains(out, "is no longer offered") {
		t.Error("nothing says that the price is history")
	}
}
