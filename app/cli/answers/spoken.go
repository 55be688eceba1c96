package answers

import (
	"regexp"
	"strings"
	"unicode"
)

// full is the weight of a word that says what is asked.
const full = 1.0

// word is a typed word and what is looked for in its place as well.
type word struct {
	text   string
	open   bool // the last word, which may be the beginning of one
	alike  []string
	weight float64
	sure   bool // not to be mended: it has figures, or other words for it are known
}

// expressions are said in several words and looked for as one.
var expressions = strings.NewReplacer(
	" graphics card ", " gpu ", " graphics cards ", " gpus ", " video card ", " gpu ", " video memory ", " vram ",
	" on prem ", " on-prem ", " on premise ", " on-prem ", " on premises ", " on-prem ", " in house ", " on-prem ",
	" self hosted ", " self-host ", " self hosting ", " self-host ", " self host ", " self-host ",
	" break even ", " break-even ", " pay off ", " break-even ", " pays off ", " break-even ",
	" timed out ", " timeout ", " time out ", " timeout ", " out of memory ", " oom ", " too many requests ", " 429 ",
	" rate limit ", " 429 ", " rate limited ", " 429 ", " per second ", " per-second ", " mac studio ", " mac-studio ",
	" fine tune ", " fine-tune ", " fine tuning ", " fine-tune ", " finetune ", " fine-tune ", " top up ", " topup ",
	" log in ", " login ", " thank you ", " ",
)

// times parts a number of cards from the card: 8xh100, 8 x 4090, 2×h200.
var times = regexp.MustCompile(`\b(\d{1,3}) ?[x×*] ?([a-z]*\d)`)

// unit parts a number from its unit: 24gb, 512 gib.
var unit = regexp.MustCompile(`\b(\d+)(gb|gib|tb|tib|k|kwh|kw)\b`)

// apartUnit finds a number that stands apart from its unit: 32 b, 80 gb, 128 k.
var apartUnit = regexp.MustCompile(`(?i)\b(\d+(?:\.\d+)?) (b|gb|gib|tb|tib|k|kw|kwh)\b`)

// together writes a number and its unit as one word, since a model is called 32b and a card has 80gb.
func together(text string) string { return apartUnit.ReplaceAllString(text, "$1$2") }

// says reports whether a field holds a letter or a digit: a smiley asks for nothing.
func says(field string) bool {
	return strings.ContainsFunc(field, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// fold brings text into one spelling between blanks: lower case, no punctuation around words, numbers with their units.
func fold(text string) string {
	text = together(text)
	var words []string
	for _, field := range strings.Fields(strings.ToLower(text)) {
		if field = strings.Trim(field, "`'\"?!.,;()[]{}<>“”‘’…"); field != "" {
			words = append(words, field)
		}
	}
	return " " + strings.Join(words, " ") + " "
}

// maxAsked is the most words that are looked at; beyond it, it is pasted text.
const maxAsked = 24

// ask turns typed words into what is looked for. Words that say nothing are left out where others do, and words that
// nearly everything here is about weigh little.
func ask(text string) []word {
	if len(text) > 1000 {
		text = text[:1000]
	}
	folded := times.ReplaceAllString(fold(text), "$1 $2")
	folded = expressions.Replace(expressions.Replace(folded)) // twice: two in a row share a blank
	var said, empty []word
	fields := strings.Fields(folded)
	for i, field := range fields[:min(len(fields), maxAsked)] {
		w := word{text: field, weight: full}
		switch {
		case !says(field):
			continue
		case silent[field]:
			empty = append(empty, w)
			continue
		case plain[field]:
			w.weight = 0.15
		}
		w.alike = likenesses(field)
		w.sure = len(w.alike) > 0 && known[field] || strings.ContainsAny(field, "0123456789")
		w.open = i == len(fields)-1 && strings.HasSuffix(strings.ToLower(text), field)
		said = append(said, w)
	}
	if len(said) == 0 {
		return empty
	}
	return said
}

// likenesses are the other words for a word: those of its group, its singular and its plural, its number and unit.
func likenesses(field string) []string {
	var alike []string
	for _, form := range forms(field) {
		if form != field {
			alike = append(alike, form)
		}
		for _, other := range groups[form] {
			if other != field {
				alike = append(alike, other)
			}
		}
	}
	if m := unit.FindStringSubmatch(field); m != nil {
		alike = append(alike, m[1]+" "+m[2])
	}
	return alike
}

// forms are a word as typed, in singular and in plural.
func forms(field string) []string {
	out := []string{field}
	switch {
	case len(field) < 4 && field != "gpu" && field != "mac" && field != "api":
	case strings.HasSuffix(field, "ies"):
		out = append(out, strings.TrimSuffix(field, "ies")+"y")
	case strings.HasSuffix(field, "s") && !strings.HasSuffix(field, "ss"):
		out = append(out, strings.TrimSuffix(field, "s"))
	case strings.HasSuffix(field, "y"):
		out = append(out, strings.TrimSuffix(field, "y")+"ies")
	default:
		out = append(out, field+"s")
	}
	return out
}

// sameSense are words that ask for the same: the first of a line is typed, the others are looked for too.
var sameSense = []string{
	"vram memory ram gpu-memory", "gpu card device", "gpus cards devices", "quantization quantisation quantized quantised quant precision bits",
	"price pricing cost cheap", "prices pricing costs", "cheapest cheap lowest cheaper", "cheaper cheap cheapest", "expensive price cost dear",
	"bill cost month budget", "budget cost month spend", "self-host own hosting local", "selfhost own hosting local", "on-prem own hosting local site",
	"locally local own", "local own hosting locally", "speed fast slow throughput second", "slow speed fast", "fast speed throughput", "tok/s tokens second",
	"t/s tokens second", "tps tokens second", "per-second second", "latency time slow token", "throughput speed tokens second",
	"error fails failure", "fail fails error", "crash stops error memory", "oom out-of-memory", "cuda out-of-memory",
	"users people requests", "user person", "concurrent concurrency same-time", "simultaneous concurrent same-time", "concurrency concurrent requests",
	"mac apple", "macbook laptop mac", "apple mac", "mac-studio mac studio", "electricity power kwh energy", "energy power electricity", "power electricity",
	"privacy data private safe", "gdpr data privacy compliance", "hipaa compliance data", "soc2 compliance data", "confidential data private",
	"sovereignty data region", "china data", "secure safe data", "security safe data compliance", "license licence", "licensing licence", "commercial commercially licence",
	"commercially commercial licence", "free quota", "gratis free", "trial free", "credits free balance", "credit balance credits", "topup balance top",
	"provider host providers", "vendor provider", "hosted host api", "log logs logging fields", "logging log", "retry retries repeated", "retries retry",
	"ctx context", "num_ctx context", "max_model_len context", "window context", "slides deck powerpoint", "slide deck powerpoint", "ppt powerpoint deck",
	"pptx powerpoint deck", "presentation deck slides", "excel workbook", "spreadsheet workbook", "csv workbook export", "pdf report export",
	"offload offloading streamed", "ssd disk", "nvme disk", "storage disk", "colo colocation", "finetune fine-tune", "training train", "lora fine-tune train",
	"distilled distill", "distillation distill", "distils distill", "difference differs between", "vs difference compare", "versus difference compare",
	"compare comparison", "best largest", "better best", "accurate accuracy", "correct accurate", "trust accurate exact", "wrong accurate estimate",
	"tco total-cost-of-ownership owning", "roi payback break-even", "payback break-even", "worth pay pays", "buy purchase", "rent renting lease", "cloud rent clouds",
	"aws bedrock cloud", "gcp cloud", "azure cloud", "gateway router", "openrouter gateway", "proxy gateway", "invalid key wrong", "unauthorized 401 key",
	"authentication 401 key", "key 401", "balance 402", "overloaded 503 busy", "busy 503 overloaded", "unavailable 503 available", "quota 429", "throttled 429",
	"deprecated retired ended", "retired ended", "discontinued retired ended", "removed retired ended", "sunset retired ended", "mla latent-attention",
	"cache kv", "moe mixture-of-experts", "experts expert", "nodes servers", "node server", "cluster servers", "multi-node servers",
	"server servers host", "hardware devices server", "requirements need takes", "specs hardware requirements", "minimum least fewest", "size large file",
	"gguf file", "download file disk", "intel cpu", "cpu processor", "amd mi300x", "nvidia gpu", "rtx card", "euro currency", "euros currency", "eur currency",
	"gbp currency", "dollars usd", "offline internet network", "internet offline network", "save saved stored", "backup back-up stored", "benchmark score scores",
	"benchmarks score scores", "quality score", "accuracy accurate", "hallucination quality", "smart quality score", "alternative alternatives compare",
	"alternatives alternative compare", "unstable fallback", "outage fallback overloaded", "failover fallback", "reliability fallback", "redundancy spare",
	"watch monitor monitoring", "monitor watch monitoring", "alert watch threshold", "alerts watch threshold", "kpi watch monitoring", "dashboard watch monitoring",
	"metrics watch monitoring", "reseller gateway", "discount cheaper batch", "async batch", "caching cached", "cached cache-hit", "thinking reasoning",
	"reasoning thinking", "answer output", "peak busiest", "busy busiest", "salary pay staff", "staff people pay", "engineer staff people", "team people",
	"depreciation capital-recovery", "resale residual", "carbon power", "cooling pue", "rack space", "interconnect links", "infiniband network links", "nvlink links",
	"ethernet network", "region available", "country region", "europe region", "eu region data", "laptop notebook", "desktop pc", "workstation desktop",
	"windows program", "linux program", "delay time", "hang timeout", "hangs timeout", "stuck timeout", "waiting time", "sign licence",
	"vat tax", "taxes tax", "tax before-tax", "irr npv discount", "wacc capital discount", "reservation reserved term", "committed reserved term",
	"preemptible spot", "hourly hour", "shortcut keyboard", "shortcuts keyboard keys", "hotkey keyboard keys", "hotkeys keyboard keys", "revert undo", "sla uptime",
	"uptime available", "downtime uptime", "tool function", "tools function", "agents function", "sampling temperature", "word token", "words tokens",
	"company commercially", "work commercially", "commitment term", "certain confidence", "sure confidence", "repair upkeep", "breaks fails broken repair", "probability chance confidence draws", "pages page", "history past", "historical past",
}

// groups are the other words by each word that leads a line of sameSense; known are the words that lead one.
var groups, known = func() (map[string][]string, map[string]bool) {
	groups, known := map[string][]string{}, map[string]bool{}
	for _, line := range sameSense {
		words := strings.Fields(line)
		groups[words[0]] = append(groups[words[0]], words[1:]...)
		known[words[0]] = true
	}
	return groups, known
}()

// silent words say nothing about what is sought.
var silent = wordSet(`a about actually all am an and any anyone are as at be because been but by can cant could did do does doing done for from get
	getting give go going got had has have hello help hey hi how i i'm if in into is isn't it it's its just know let like me my need
	needed needs no not of on or our please really should show so some tell than thanks that the their them then there these they thing this to
	try trying u us use used using vs. want was way we we're were what what's when where which who whom why will with would yes you your much many
	say says said also still even ever am been being only too really`)

// plain words are what nearly everything here is about.
var plain = wordSet(`deepseek deepseek-r1 r1 model models run running runs ai llm llms deepseek-ai ollama 671b full host make work works`)

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}
