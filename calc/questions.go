package calc

import "hostwise/calc/catalog"

// Inputs is the table of questions, in the order of the scenario file.
//
// The sections stand in functions of their own below, one a section of the file. Texts are for a person who
// knows the business and not the machines: words first, units named, no abbreviation without its meaning.
var Inputs = func() []Input {
	var rows []Input
	for _, section := range [][]Input{
		caseQuestions(), volumeQuestions(), serviceQuestions(), ruleQuestions(), limitQuestions(), modelQuestions(),
		apiPriceQuestions(), apiRunningQuestions(), setupQuestions(), sizingQuestions(),
		rentQuestions(), ownQuestions(), powerQuestions(), peopleQuestions(), mixedQuestions(),
	} {
		rows = append(rows, section...)
	}
	return rows
}()

// tableDate is when the defaults of this table were last gone through.
const tableDate = "2026-11-23"

// fromArticle is a default taken from the TokenMix article on what R1 671B needs.
func fromArticle(note string) catalog.Fact {
	return catalog.Fact{
		Evidence: catalog.Likely,
		Source:   "TokenMix Research Lab, DeepSeek R1 671B Requirements 2026",
		AsOf:     "2026-06-08",
		Note:     note,
	}
}

// guessed is a default that no source backs: it is speculation and says so.
func guessed(note string) catalog.Fact {
	return catalog.Fact{
		Evidence: catalog.Speculation,
		Source:   "our own planning figure; nobody has published one",
		AsOf:     tableDate,
		Note:     note,
	}
}

// neutral is a default that claims nothing about the world: nothing is asked for, so nothing is counted.
func neutral(note string) catalog.Fact {
	return catalog.Fact{
		Evidence: catalog.Likely,
		Source:   "a neutral start, until you say otherwise",
		AsOf:     tableDate,
		Note:     note,
	}
}

// chosen is a default that leaves a choice to the program.
func chosen(note string) catalog.Fact {
	return catalog.Fact{
		Evidence: catalog.Likely,
		Source:   "worked out for you until you choose",
		AsOf:     tableDate,
		Note:     note,
	}
}

// fromRow is the fact of a null default: the catalogue's row carries the evidence that counts.
func fromRow(note string) catalog.Fact {
	return catalog.Fact{
		Evidence: catalog.Likely,
		Source:   "the catalogue, where each fact names its own source",
		AsOf:     tableDate,
		Note:     note,
	}
}

// sourced is a default with a published source.
func sourced(evidence catalog.Evidence, source, asOf, note string) catalog.Fact {
	return catalog.Fact{Evidence: evidence, Source: source, AsOf: asOf, Note: note}
}

// spread is the P10, P50 and P90 of a default that is not exact.
func spread(low, likely, high float64) *Range { return &Range{Low: low, Likely: likely, High: high} }

// preset is a ready number for a chip.
func preset(v float64, label, hint string) Preset {
	return Preset{Label: label, Hint: hint, Value: Num(v)}
}

// word is a ready text for a chip.
func word(text, label, hint string) Preset { return Preset{Label: label, Hint: hint, Value: Str(text)} }

// unstated is the chip that gives a number back to the catalogue.
func unstated(hint string) Preset { return Preset{Label: "Not stated", Hint: hint, Value: Null} }

// Conditions under which a question matters.

func atVariance(path string, v float64) func(Scenario) bool {
	return func(s Scenario) bool { return s.Number(path) != catalog.Exact(v) }
}

func withoutShape(s Scenario) bool  { return len(s.Value("workload.weekly_shape").Numbers) == 0 }
func inRealTime(s Scenario) bool    { return !s.Bool("workload.latency_flexible") }
func inOwnRoom(s Scenario) bool     { return s.Text("finance.site") == "own" }
func inColocation(s Scenario) bool  { return s.Text("finance.site") == "colocation" }
func mayLeave(s Scenario) bool      { return s.Bool("rules.data_may_leave_site") }
func haveOperators(s Scenario) bool { return s.Bool("rules.operations_staff") }
func atMarketPrice(s Scenario) bool { return s.Text("api.price") == "" }
func buysServers(s Scenario) bool   { return haveOperators(s) }
func rentsServers(s Scenario) bool  { return haveOperators(s) && mayLeave(s) }
func mixesRoutes(s Scenario) bool   { return haveOperators(s) && mayLeave(s) }
func paysElectricity(s Scenario) bool {
	return inOwnRoom(s) || !s.Bool("finance.colocation_includes_power")
}

func usesBatch(s Scenario) bool {
	return s.Bool("workload.latency_flexible") || s.Number("api.batch_share") != catalog.Exact(0)
}

// splitsTensors: the engine divides every layer over the cards.
func splitsTensors(s Scenario) bool {
	switch s.Text("deployment.engine") {
	case "vllm", "sglang", "tensorrt-llm", "":
		return true
	}
	return false
}

// offloads: the engine can keep part of a model in the memory of the server.
func offloads(s Scenario) bool {
	switch s.Text("deployment.engine") {
	case "llama.cpp", "ollama", "ktransformers", "":
		return true
	}
	return false
}

// mixesCards: the engine gives each card as many layers as it holds, so that cards may be unlike.
func mixesCards(s Scenario) bool { return offloads(s) }

// hasSecondKind: a second kind of card is named.
func hasSecondKind(s Scenario) bool { return mixesCards(s) && s.Text("deployment.second_device") != "" }

func caseQuestions() []Input {
	return []Input{
		{
			Path: "name", Label: "Name", Question: "What shall this case be called?",
			Help: "A short name by which you and your colleagues will know it.",
			Why:  "It heads every page, picture and report. It changes no figure.",
			Kind: Text, Step: StepWorkload, Expert: true, Default: Str(""), MaxLen: 200,
			Fact: neutral("no name"),
		},
		{
			Path: "notes", Label: "Notes", Question: "What should a reader of this case know?",
			Help: "Where the figures come from, who agreed to them, what is still open.",
			Why:  "A figure without its story is hard to trust later. It changes no figure.",
			Kind: Text, Step: StepWorkload, Expert: true, Default: Str(""), MaxLen: 20000,
			Fact: neutral("no notes"),
		},
		{
			Path: "tags", Label: "Tags", Question: "Which words should find this case again?",
			Help: "Single words, such as a team, a project or a quarter. Up to 50 tags of 40 characters.",
			Why:  "Tags group and find cases in the library. They change no figure.",
			Kind: Strings, Step: StepWorkload, Expert: true, Default: Value{}, MaxLen: 40, MaxItems: 50,
			Fact: neutral("no tags"),
		},
		{
			Path: "currency.code", Label: "Currency", Question: "In which currency do you want to read amounts?",
			Help: "Three capital letters, such as USD or EUR. Files stay in US dollars.",
			Why:  "It changes how amounts are typed and shown, and nothing else.",
			Kind: Text, Step: StepMoney, Expert: true, Default: Str("USD"), MaxLen: 3,
			Presets: []Preset{
				word("USD", "USD", "US dollar"), word("EUR", "EUR", "euro"),
				word("GBP", "GBP", "pound sterling"), word("CNY", "CNY", "yuan"),
			},
			Fact: neutral("prices of the catalogue are in US dollars"),
		},
		{
			Path: "currency.per_usd", Label: "Exchange rate", Question: "How much of your currency is one US dollar?",
			Help: "For example 0.92 where a dollar costs 0.92 euro.",
			Why:  "Amounts you type and read are converted at this rate. The comparison itself is made in dollars.",
			Kind: Number, Step: StepMoney, Expert: true, Default: Num(1), Min: 1e-6, Max: 1e9,
			Asked: func(s Scenario) bool { return s.Text("currency.code") != "USD" },
			Fact:  neutral("one dollar is one dollar"),
		},
		{
			Path: "currency.as_of", Label: "Rate date", Question: "On which day was that exchange rate true?",
			Help: "Year, month, day: 2026-11-23. Leave it empty where you do not know.",
			Why:  "A rate without a date cannot be checked later.",
			Kind: Date, Step: StepMoney, Expert: true, Default: Str(""), MaxLen: 10,
			Asked: func(s Scenario) bool { return s.Text("currency.code") != "USD" },
			Fact:  neutral("no date"),
		},
	}
}

func volumeQuestions() []Input {
	return []Input{
		{
			Path: "workload.stage", Label: "Stage", Question: "What is it for today?",
			Help: "Trying an idea, a trial with real users, or a service that people rely on.",
			Why:  "A prototype should cost little and teach fast. A service has to be there at its busiest hour.",
			Kind: Choice, Step: StepWorkload, Essential: true, Default: Str("prototype"),
			Choices: []Option{
				{"prototype", "Prototype", "Trying out whether it works at all."},
				{"pilot", "Pilot", "A trial with a few real users."},
				{"production", "Production", "A service that people rely on."},
			},
			Fact: guessed("the most careful reading: nothing depends on it yet"),
		},
		{
			Path: "workload.calls_per_month", Label: "Calls a month", Question: "How many calls a month?",
			Help: "One call is one request to the model that succeeds: a question answered, a document read, one step of an agent. " +
				"Leave retries out; they have their own question.",
			Why: "An API bills every call. A server costs the same busy or idle, until it is full and you need a second one. " +
				"Few numbers move the verdict as much as this one.",
			Kind: Number, Unit: UnitCalls, Step: StepWorkload, Essential: true,
			Default: Num(10000), Max: 1e12, Spread: spread(3000, 10000, 30000), Uncertain: true,
			Presets: []Preset{
				preset(1000, "1,000", "prototype"), preset(10000, "10,000", "small app"),
				preset(100000, "100,000", "production"), preset(1000000, "1,000,000", "procurement"),
			},
			Fact: fromArticle("10,000 calls a month is its row for a small app; the range is ours"),
		},
		{
			Path: "workload.calls_per_task", Label: "Calls for one task", Question: "How many calls does one finished task take?",
			Help: "A question and its answer is one call. An agent may make dozens before the task is done.",
			Why:  "What a finished task costs is the figure to hold against its worth.",
			Kind: Number, Unit: UnitCalls, Step: StepWorkload, Expert: true,
			Default: Num(1), Min: 0.01, Max: 1e6, Uncertain: true,
			Presets: []Preset{preset(1, "1", "question and answer"), preset(5, "5", "search and summary"), preset(30, "30", "agent")},
			Fact:    neutral("one call is one task"),
		},
		{
			Path: "workload.input_tokens_per_call", Label: "Question length", Question: "How long is a typical question?",
			Help: "In tokens, with everything that is sent along: instructions, documents, earlier turns. " +
				"A page of English is about 700 tokens. Give the mean of all calls.",
			Why:  "Input is billed by the token, and a server has to read it before it answers. Long prompts lead the bill in search and agents.",
			Kind: Number, Unit: UnitTokens, Step: StepWorkload, Essential: true,
			Default: Num(2000), Max: 1e7, Spread: spread(1000, 2000, 4000), Uncertain: true,
			Presets: []Preset{
				preset(500, "500", "a short chat"), preset(2000, "2,000", "a chat with history"),
				preset(4000, "4,000", "answers from documents"), preset(20000, "20,000", "a long report"),
			},
			Fact: fromArticle("2,000 tokens is its row for a small app; the range is that of its four rows"),
		},
		{
			Path: "workload.output_tokens_per_call", Label: "Answer length", Question: "How long is a typical answer?",
			Help: "In tokens, only what the reader sees. A page of English is about 700 tokens. Thinking has its own question.",
			Why:  "Output costs several times as much as input, and it is what a server spends most of its time on.",
			Kind: Number, Unit: UnitTokens, Step: StepWorkload, Essential: true,
			Default: Num(600), Max: 1e6, Spread: spread(300, 600, 1000), Uncertain: true,
			Presets: []Preset{
				preset(50, "50", "a label or a number"), preset(300, "300", "a paragraph"),
				preset(600, "600", "most of a page"), preset(2000, "2,000", "a report or code"),
			},
			Fact: fromArticle("600 tokens is its row for a small app; the range is that of its four rows"),
		},
		{
			Path: "workload.reasoning_tokens_per_call", Label: "Thinking", Question: "How many tokens does the model think before it answers?",
			Help: "R1 and its distills think in writing first. Leave it to the catalogue, or read it from a log. " +
				"Give 0 where your answer length already holds the thinking.",
			Why:  "Thinking is billed as output and takes as long to write. It is often longer than the answer.",
			Kind: Number, Unit: UnitTokens, Step: StepWorkload, Default: Null, Nullable: true, Max: 1e6, Uncertain: true,
			Presets: []Preset{
				unstated("the model's own range"), preset(0, "0", "already in the answer"),
				preset(500, "500", "easy questions"), preset(2000, "2,000", "usual"), preset(6000, "6,000", "hard problems"),
			},
			Fact: fromRow("the range of the chosen model"),
		},
		{
			Path: "workload.cached_input_share", Label: "Repeated input", Question: "How much of each question is the same as before?",
			Help: "The share of input that repeats word for word from its beginning, such as fixed instructions or earlier turns.",
			Why:  "Providers bill repeated input at a lower price, and a server need not read it again.",
			Kind: Number, Unit: UnitShare, Step: StepWorkload, Default: Num(0), Max: 1, Uncertain: true,
			Presets: []Preset{
				preset(0, "0 %", "nothing repeats"), preset(0.3, "30 %", "fixed instructions"),
				preset(0.563, "56.3 %", "DeepSeek's own service"), preset(0.8, "80 %", "long chats or agents"),
			},
			Fact: neutral("no repeat is counted; DeepSeek reported 56.3 % on its own service"),
		},
		{
			Path: "workload.retry_rate", Label: "Retries", Question: "How many attempts fail for each call that succeeds?",
			Help: "Failed or useless attempts for each good answer. 10 % means 11 attempts for 10 good answers.",
			Why:  "Failed attempts are billed too, and they load your own servers. At 10 % the real price is 1.1 times the listed one.",
			Kind: Number, Unit: UnitShare, Step: StepWorkload, Default: Num(0.10), Max: 10,
			Spread: spread(0.02, 0.10, 0.20), Uncertain: true,
			Presets: []Preset{
				preset(0, "0 %", "none fail"), preset(0.02, "2 %", "a steady service"),
				preset(0.1, "10 %", "usual"), preset(0.3, "30 %", "strict output format"),
			},
			Fact: fromArticle("its worked example is 10 %, and it warns above 1.1 times; the range is ours"),
		},
		{
			Path: "workload.fallback_rate", Label: "Fallback", Question: "What share of calls is answered again by a second provider?",
			Help: "Calls that fail at the first provider and go to another one, at its price.",
			Why:  "You pay for the second answer. Above 10 % the first route is not steady enough.",
			Kind: Number, Unit: UnitShare, Step: StepWorkload, Expert: true, Default: Num(0), Max: 1, Uncertain: true,
			Presets: []Preset{preset(0, "0 %", "no second provider"), preset(0.02, "2 %", "rarely"), preset(0.1, "10 %", "a warning sign")},
			Fact:    neutral("no second provider"),
		},
		{
			Path: "workload.peak_to_average", Label: "Peak hour", Question: "How much busier is the busiest hour than the average hour?",
			Help: "Count calls in the busiest hour of a week and divide by the mean of all its 168 hours, nights and weekends included.",
			Why:  "An API bills the total. Your own servers must be enough for the busiest hour, and stand idle in the others.",
			Kind: Number, Unit: UnitFactor, Step: StepWorkload, Essential: true,
			Default: Num(4), Min: 1, Max: 168, Spread: spread(2, 4, 8), Uncertain: true, Asked: withoutShape,
			Presets: []Preset{
				preset(1, "1 ×", "the same at all hours"), preset(2.5, "2.5 ×", "worldwide users"),
				preset(4, "4 ×", "office hours"), preset(10, "10 ×", "short rushes"),
			},
			Fact: guessed("office hours on five days are about 4 times the weekly mean"),
		},
		{
			Path: "workload.weekly_shape", Label: "Week by the hour", Question: "How are calls spread over the hours of a week?",
			Help: "168 numbers from Monday 00:00, each the weight of one hour. Only their proportions count. Leave it empty to use the peak hour.",
			Why:  "With the real shape the mixed route is exact: servers for the steady part, an API for the rest.",
			Kind: Shape, Step: StepWorkload, Expert: true, Default: Value{}, Max: 1e12, MaxItems: HoursOfWeek,
			Fact: neutral("no shape: the peak hour decides"),
		},
		{
			Path: "workload.context_tokens", Label: "Longest request", Question: "How long is the longest request you must serve?",
			Help: "In tokens, question and answer and thinking together. The longest one, not the typical one.",
			Why:  "Memory is kept free for it. A long limit means fewer users on the same cards, and some providers cannot hold it.",
			Kind: Integer, Unit: UnitTokens, Step: StepWorkload, Default: Num(32768), Min: 1, Max: 1e7,
			Presets: []Preset{
				preset(8192, "8,192", "short chats"), preset(32768, "32,768", "usual"),
				preset(65536, "65,536", "long documents"), preset(131072, "131,072", "all R1 can take"),
			},
			Fact: guessed("room for a long document and its thinking"),
		},
		{
			Path: "workload.growth_per_month", Label: "Growth", Question: "By how much do calls grow each month?",
			Help: "Compounded. 5 % a month is 80 % a year. A falling demand is negative.",
			Why:  "It decides whether a server bought today pays back before it is too small, or too big.",
			Kind: Number, Unit: UnitSharePerMon, Step: StepWorkload, Expert: true,
			Default: Num(0), Min: -0.9, Max: 1, Uncertain: true,
			Presets: []Preset{preset(0, "0 %", "steady"), preset(0.05, "5 %", "80 % a year"), preset(0.1, "10 %", "triples in a year")},
			Fact:    neutral("steady demand"),
		},
	}
}

func serviceQuestions() []Input {
	return []Input{
		{
			Path: "workload.latency_flexible", Label: "Can wait", Question: "Can the answers wait for hours?",
			Help: "Yes where work may run overnight or in a queue. No where someone is waiting.",
			Why:  "Work that can wait is cheaper at many providers, and your own servers need no room for a peak.",
			Kind: Bool, Step: StepWorkload, Default: No,
			Fact: guessed("the careful reading: someone is waiting"),
		},
		{
			Path: "workload.max_ttft_seconds", Label: "First word within", Question: "Within how many seconds must the first word appear?",
			Help: "Not stated means 10 seconds, or no limit where answers can wait. 0 means no limit. Thinking comes before the visible answer.",
			Why:  "A tight limit means fewer users on each server.",
			Kind: Number, Unit: UnitSeconds, Step: StepWorkload, Expert: true, Default: Null, Nullable: true, Max: 86400,
			Asked:   inRealTime,
			Presets: []Preset{unstated("10 seconds"), preset(2, "2 s", "a chat"), preset(30, "30 s", "a report"), preset(0, "0", "no limit")},
			Fact:    guessed("10 seconds where someone is waiting"),
		},
		{
			Path: "workload.min_tokens_per_second_per_user", Label: "Speed for one user", Question: "How fast must the text appear for one user?",
			Help: "In tokens a second. People read at about 5 to 10. Not stated means 15, or no limit where answers can wait. 0 means no limit.",
			Why:  "Speed for one user and number of users on a server trade against each other.",
			Kind: Number, Unit: UnitTokensSec, Step: StepWorkload, Expert: true, Default: Null, Nullable: true, Max: 100000,
			Asked:   inRealTime,
			Presets: []Preset{unstated("15 a second"), preset(8, "8", "reading speed"), preset(30, "30", "brisk"), preset(0, "0", "no limit")},
			Fact:    guessed("15 tokens a second where someone is waiting: faster than most people read"),
		},
		{
			Path: "workload.user_facing", Label: "Users see it", Question: "Do users see the answers directly?",
			Help: "Yes where customers or colleagues talk to it. No where another program takes the answer.",
			Why:  "Users feel a used-up quota at once. It decides which safeguards are advised before launch.",
			Kind: Bool, Step: StepWorkload, Expert: true, Default: Yes,
			Fact: guessed("the careful reading: people see it"),
		},
		{
			Path: "workload.token_shape_known", Label: "Lengths measured", Question: "Have you measured how long real questions and answers are?",
			Help: "Yes where a sample of at least seven days of real use backs the lengths you gave.",
			Why:  "A mean hides long prompts. Without a sample the advice is to take one before you commit.",
			Kind: Bool, Step: StepWorkload, Expert: true, Default: No,
			Fact: guessed("the careful reading: nothing was measured"),
		},
		{
			Path: "workload.review_minutes_per_call", Label: "Review time", Question: "How many minutes of a person's time does one answer cost or save?",
			Help: "Time to check or mend an answer. Negative where the answer saves time.",
			Why:  "Work by people can outweigh every other cost. It counts on all routes alike, unless you say that a model needs more.",
			Kind: Number, Unit: UnitMinutes, Step: StepWorkload, Expert: true,
			Default: Num(0), Min: -1440, Max: 1440, Uncertain: true,
			Presets: []Preset{preset(0, "0", "none"), preset(0.5, "0.5", "a glance"), preset(3, "3", "a careful look"), preset(-5, "−5", "saves five minutes")},
			Fact:    neutral("no review"),
		},
		{
			Path: "workload.review_usd_per_hour", Label: "Reviewer's cost", Question: "What does an hour of that person cost?",
			Help: "Everything the employer pays for the hour.",
			Why:  "Review minutes times this rate is the cost of people.",
			Kind: Number, Unit: UnitUSDHour, Step: StepWorkload, Expert: true,
			Default: Num(0), Max: 10000, Uncertain: true, Asked: atVariance("workload.review_minutes_per_call", 0),
			Presets: []Preset{preset(25, "$25", "support"), preset(60, "$60", "specialist"), preset(120, "$120", "expert")},
			Fact:    neutral("no review"),
		},
	}
}

func ruleQuestions() []Input {
	return []Input{
		{
			Path: "rules.compliance", Label: "Compliance", Question: "How strict are the rules on this data?",
			Help: "Standard: a contract with the provider is enough. Strict: purchasing must be able to audit a named provider.",
			Why:  "Strict rules shut out gateways and any price that belongs to no named provider.",
			Kind: Choice, Step: StepRules, AskedWith: "rules.data_may_leave_site", Default: Str("none"),
			Choices: []Option{
				{"none", "None", "No special rules on this data."},
				{"standard", "Standard", "A data contract with the provider is enough."},
				{"strict", "Strict", "A named, audited provider only."},
			},
			Fact: neutral("no rule until you state one"),
		},
		{
			Path: "rules.data_may_leave_site", Label: "Data may leave", Question: "May the data leave your own site, and under what rules?",
			Help: "No means that every question and answer stays on machines in your own rooms.",
			Why:  "If it may not, every API and every rented machine is out, whatever it costs.",
			Kind: Bool, Step: StepRules, Essential: true, Default: Yes,
			Fact: neutral("no rule until you state one"),
		},
		{
			Path: "rules.minimum_model", Label: "Weakest model allowed", Question: "Would a weaker model do?",
			Help: "The weakest model whose answers are good enough. Leave it empty where only the chosen model will do.",
			Why:  "A smaller model can be far cheaper to host. It may win only if you say here that it is good enough.",
			Kind: ModelRef, Step: StepModel, Default: Str(""), MaxLen: 100,
			Fact: neutral("the chosen model, and nothing weaker"),
		},
		{
			Path: "rules.lowest_bits_per_weight", Label: "Smallest precision", Question: "How far may the model be compressed?",
			Help: "Bits kept for each weight. 16 and 8 are as released, 4 is common, below 4 quality is a gamble.",
			Why:  "Fewer bits need less memory and fewer cards. Below about 4 bits nobody can promise the quality.",
			Kind: Number, Unit: UnitBits, Step: StepModel, Expert: true, Default: Num(4), Max: 32,
			Presets: []Preset{preset(16, "16", "no compression"), preset(8, "8", "as R1 was released"), preset(4, "4", "common"), preset(1.5, "1.5", "anything that runs")},
			Fact:    fromArticle("it calls 2-bit quality speculation; 4 bits is the lowest it treats as usual"),
		},
		{
			Path: "rules.needs_pinned_weights", Label: "Fixed version", Question: "Must the model stay exactly the same over time?",
			Help: "Yes for research that others must repeat, or where every change needs a new approval.",
			Why:  "Most APIs may change a model under the same name. Your own copy never changes.",
			Kind: Bool, Step: StepRules, Default: No, Fact: neutral("not required until you say so"),
		},
		{
			Path: "rules.needs_newest_features", Label: "Newest features", Question: "Do you need the newest features as soon as they appear?",
			Help: "New tools, formats or models on the day they come out.",
			Why:  "Gateways and clouds often follow the maker by weeks.",
			Kind: Bool, Step: StepRules, Expert: true, Default: No, Fact: neutral("not required until you say so"),
		},
		{
			Path: "rules.allowed_providers", Label: "Allowed providers", Question: "Which providers are you allowed to use?",
			Help: "Names as in the price list. Leave it empty where any will do.",
			Why:  "Only the listings of these providers are counted in the market price.",
			Kind: Strings, Step: StepRules, Expert: true, Default: Value{}, MaxLen: 100, MaxItems: 200,
			Fact: neutral("any provider"),
		},
		{
			Path: "rules.spare_replicas", Label: "Spare sets", Question: "How many complete spare sets of machines do you want?",
			Help: "1 means that any one set may fail at the busiest hour and nobody notices.",
			Why:  "A spare costs as much as the set it stands in for. With one set only, one more doubles the cost.",
			Kind: Integer, Unit: UnitReplicas, Step: StepRules, Default: Num(0), Max: 1000,
			Presets: []Preset{preset(0, "0", "an outage is bearable"), preset(1, "1", "one may fail")},
			Fact:    neutral("no spare until you ask for one"),
		},
	}
}

func limitQuestions() []Input {
	return []Input{
		{
			Path: "rules.operations_staff", Label: "Someone to run it", Question: "Do you have people who would run your own servers?",
			Help: "People who install, watch and mend them, also at night if the service must be there at night.",
			Why:  "Without them, renting and owning machines are out, whatever they cost.",
			Kind: Bool, Step: StepRules, Essential: true, Default: Yes,
			Fact: guessed("someone can be found; their pay is counted"),
		},
		{
			Path: "rules.upfront_usd_limit", Label: "Most to pay at once", Question: "What is the most you can pay at the start?",
			Help: "0 means no limit.",
			Why:  "Routes that need more on the first day are shown but cannot win.",
			Kind: Number, Unit: UnitUSD, Step: StepRules, Expert: true, Default: Num(0), Max: 1e12,
			Presets: []Preset{preset(0, "0", "no limit"), preset(10000, "$10,000", "a workstation"), preset(500000, "$500,000", "a large server")},
			Fact:    neutral("no limit until you state one"),
		},
		{
			Path: "rules.monthly_usd_limit", Label: "Most to pay a month", Question: "What is the most you can pay each month?",
			Help: "0 means no limit.",
			Why:  "Routes over it are shown but cannot win.",
			Kind: Number, Unit: UnitUSDMonth, Step: StepRules, Expert: true, Default: Num(0), Max: 1e12,
			Presets: []Preset{preset(0, "0", "no limit"), preset(500, "$500", "a trial"), preset(20000, "$20,000", "a service")},
			Fact:    neutral("no limit until you state one"),
		},
		{
			Path: "rules.site_kw_limit", Label: "Power on site", Question: "How much electric power can your room give to servers?",
			Help: "In kilowatts, cooling not included. 0 means no limit.",
			Why:  "One large server with eight cards draws about 10 kW, more than most server rooms can cool.",
			Kind: Number, Unit: UnitKW, Step: StepRules, Expert: true, Default: Num(0), Max: 1e6, Asked: inOwnRoom,
			Presets: []Preset{preset(0, "0", "no limit"), preset(3, "3 kW", "an office"), preset(15, "15 kW", "one strong rack")},
			Fact:    neutral("no limit until you state one"),
		},
		{
			Path: "rules.needed_within_weeks", Label: "Needed within", Question: "Within how many weeks must it work?",
			Help: "0 means no limit.",
			Why:  "Servers take weeks or months to arrive. Routes that are later are shown but cannot win.",
			Kind: Number, Unit: UnitWeeks, Step: StepRules, Expert: true, Default: Num(0), Max: 520,
			Presets: []Preset{preset(0, "0", "no limit"), preset(2, "2", "at once"), preset(13, "13", "this quarter"), preset(26, "26", "half a year")},
			Fact:    neutral("no limit until you state one"),
		},
	}
}

func modelQuestions() []Input {
	return []Input{{
		Path: "model", Label: "Model", Question: "Which model is good enough for the work?",
		Help: "DeepSeek R1 has 671 billion parameters. Its distills are much smaller models that learned from it: " +
			"a 70B distill is not a small R1.",
		Why:  "The full model needs a server with eight of the largest cards. A 14B distill runs on one card in a desktop.",
		Kind: ModelRef, Step: StepModel, Essential: true, Default: Str("deepseek-r1"), MaxLen: 100,
		Presets: []Preset{
			word("deepseek-r1", "R1 671B", "the full model"), word("r1-distill-llama-70b", "70B distill", "two large cards"),
			word("r1-distill-qwen-32b", "32B distill", "one large card"), word("r1-distill-qwen-14b", "14B distill", "one desktop card"),
		},
		Fact: neutral("the model this program is about"),
	}}
}

func apiPriceQuestions() []Input {
	typed := "A price you type replaces the market's on the direct, gateway and batch routes."
	return []Input{
		{
			Path: "api.price", Label: "Price list entry", Question: "Whose price do you want to use?",
			Help: "One listing of one provider. Leave it empty for the middle of all providers that list exactly this model.",
			Why:  "Prices for the same model differ by ten times between providers.",
			Kind: PriceRef, Step: StepMoney, Default: Str(""), MaxLen: 200,
			Fact: chosen("the median of the market"),
		},
		{
			Path: "api.price_date", Label: "Prices as of", Question: "On which day should the market price be taken?",
			Help: "Year, month, day. Leave it empty for the newest listings.",
			Why:  "It lets you repeat a decision with the prices of its day.",
			Kind: Date, Step: StepMoney, Expert: true, Default: Str(""), MaxLen: 10, Asked: atMarketPrice,
			Fact: chosen("the newest listings"),
		},
		{
			Path: "api.input_usd_per_mtok", Label: "Input price", Question: "What do you pay for a million input tokens?",
			Help: typed, Why: "Input is most of the tokens in search, documents and agents.",
			Kind: Number, Unit: UnitUSDPerMTok, Step: StepMoney, Default: Null, Nullable: true, Max: 100000, Uncertain: true,
			Presets: []Preset{unstated("from the price list")},
			Fact:    fromRow("the chosen listing, or the median of the market"),
		},
		{
			Path: "api.cached_input_usd_per_mtok", Label: "Repeated input price", Question: "What do you pay for a million repeated input tokens?",
			Help: typed + " Repeated input is what the provider still holds from an earlier call.",
			Why:  "It is often a quarter of the input price or less.",
			Kind: Number, Unit: UnitUSDPerMTok, Step: StepMoney, Expert: true, Default: Null, Nullable: true, Max: 100000, Uncertain: true,
			Presets: []Preset{unstated("from the price list")}, Asked: atVariance("workload.cached_input_share", 0),
			Fact: fromRow("the chosen listing, or the median of the market; the input price where there is none"),
		},
		{
			Path: "api.output_usd_per_mtok", Label: "Output price", Question: "What do you pay for a million output tokens?",
			Help: typed + " Thinking is billed at this price.",
			Why:  "With thinking, output leads the bill of most R1 workloads.",
			Kind: Number, Unit: UnitUSDPerMTok, Step: StepMoney, Default: Null, Nullable: true, Max: 100000, Uncertain: true,
			Presets: []Preset{unstated("from the price list")},
			Fact:    fromRow("the chosen listing, or the median of the market"),
		},
		{
			Path: "api.peak_hours_share", Label: "Calls in dear hours", Question: "What share of calls falls in the provider's dear hours?",
			Help: "Some providers charge more at certain hours of the day.",
			Why:  "These calls are billed at the higher price.",
			Kind: Number, Unit: UnitShare, Step: StepMoney, Expert: true, Default: Num(0), Max: 1, Uncertain: true,
			Presets: []Preset{preset(0, "0 %", "one price all day"), preset(0.5, "50 %", "half")},
			Fact:    neutral("one price all day"),
		},
		{
			Path: "api.peak_multiplier", Label: "Dear hours factor", Question: "How much dearer are the dear hours?",
			Help: "2 means twice the price. Below 1 means cheaper hours.",
			Why:  "It multiplies the price of every call in those hours.",
			Kind: Number, Unit: UnitFactor, Step: StepMoney, Expert: true, Default: Num(1), Max: 100, Uncertain: true,
			Asked:   atVariance("api.peak_hours_share", 0),
			Presets: []Preset{preset(1, "1 ×", "no difference"), preset(2, "2 ×", "DeepSeek since July 2026")},
			Fact:    neutral("one price all day"),
		},
		{
			Path: "api.batch_share", Label: "Calls in batch", Question: "What share of calls can be sent as batch work?",
			Help: "Batch work is answered within a day instead of at once.",
			Why:  "Many providers take up to half off for it.",
			Kind: Number, Unit: UnitShare, Step: StepMoney, Expert: true, Default: Num(0), Max: 1, Uncertain: true,
			Presets: []Preset{preset(0, "0 %", "none"), preset(0.5, "50 %", "half"), preset(1, "100 %", "all")},
			Fact:    neutral("no batch work"),
		},
		{
			Path: "api.batch_discount", Label: "Batch discount", Question: "How much is taken off for batch work?",
			Help: "0 means the discount the catalogue knows for the provider.",
			Why:  "It lowers the price of every call sent as batch work.",
			Kind: Number, Unit: UnitShare, Step: StepMoney, Expert: true, Default: Num(0), Max: 1, Uncertain: true, Asked: usesBatch,
			Presets: []Preset{preset(0, "0 %", "from the catalogue"), preset(0.5, "50 %", "often advertised")},
			Fact:    fromRow("the provider's discount, where the catalogue knows one"),
		},
	}
}

func apiRunningQuestions() []Input {
	return []Input{
		{
			Path: "api.gateway_markup", Label: "Gateway markup", Question: "What does a gateway add to the price?",
			Help: "A gateway sells many models under one account. 0 means the fee the catalogue knows.",
			Why:  "It is the price of one contract and one bill for many models.",
			Kind: Number, Unit: UnitShare, Step: StepMoney, Expert: true, Default: Num(0), Max: 10, Uncertain: true,
			Presets: []Preset{preset(0, "0 %", "from the catalogue"), preset(0.05, "5 %", "common"), preset(0.1, "10 %", "high")},
			Fact:    fromRow("the gateway fee of the catalogue"),
		},
		{
			Path: "api.fallback_price", Label: "Fallback price", Question: "Whose price applies when the first provider fails?",
			Help: "One listing of another provider. Leave it empty for the same price.",
			Why:  "Calls that are answered again are billed at this price.",
			Kind: PriceRef, Step: StepMoney, Expert: true, Default: Str(""), MaxLen: 200,
			Asked: atVariance("workload.fallback_rate", 0), Fact: chosen("the same price"),
		},
		{
			Path: "api.platform_usd_per_month", Label: "Platform fee", Question: "What do you pay each month for the platform around the API?",
			Help: "Subscriptions, reserved capacity, a private line, a support plan.",
			Why:  "Costs beside the tokens often appear later.",
			Kind: Number, Unit: UnitUSDMonth, Step: StepMoney, Expert: true, Default: Num(0), Max: 1e9, Uncertain: true,
			Presets: []Preset{preset(0, "0", "none"), preset(500, "$500", "a team plan")},
			Fact:    neutral("no platform fee"),
		},
		{
			Path: "api.logging_usd_per_month", Label: "Logging", Question: "What does it cost to keep logs and watch the API?",
			Help: "Tools that show which model, user and route made the cost.",
			Why:  "Without it you cannot say what made the bill.",
			Kind: Number, Unit: UnitUSDMonth, Step: StepMoney, Expert: true, Default: Num(0), Max: 1e9, Uncertain: true,
			Presets: []Preset{preset(0, "0", "what you have already"), preset(200, "$200", "a small tool")},
			Fact:    neutral("no extra tools"),
		},
		{
			Path: "api.staff_fte", Label: "People for the API", Question: "How much of a person's time does the API take?",
			Help: "1 is one person full time. 0.05 is about one day a month.",
			Why:  "Keys, limits, bills and changes of version need someone, also with an API.",
			Kind: Number, Unit: UnitFTE, Step: StepMoney, Expert: true, Default: Num(0.05), Max: 1000,
			Spread: spread(0.02, 0.05, 0.15), Uncertain: true,
			Presets: []Preset{preset(0, "0", "not counted"), preset(0.05, "0.05", "a day a month"), preset(0.25, "0.25", "a day a week")},
			Fact:    guessed("about a day a month"),
		},
		{
			Path: "api.change_per_year", Label: "API price change", Question: "How do you expect API prices to move each year?",
			Help: "Negative where prices fall: −20 % means a fifth cheaper each year.",
			Why:  "Falling prices make a server bought today look worse with time.",
			Kind: Number, Unit: UnitSharePerYr, Step: StepMoney, Expert: true, Default: Num(0), Min: -0.99, Max: 10, Uncertain: true,
			Presets: []Preset{preset(0, "0 %", "steady"), preset(-0.2, "−20 %", "falling"), preset(-0.5, "−50 %", "falling fast")},
			Fact:    neutral("steady prices"),
		},
		{
			Path: "api.tokens_per_minute_limit", Label: "Rate limit", Question: "How many tokens a minute does the provider allow you?",
			Help: "Input and output together. 0 means no limit that matters.",
			Why:  "Over the limit, calls are refused and have to be tried again.",
			Kind: Number, Unit: UnitTokensMin, Step: StepMoney, Expert: true, Default: Num(0), Max: 1e12,
			Fact: neutral("no limit"),
		},
	}
}

func setupQuestions() []Input {
	return []Input{
		{
			Path: "deployment.engine", Label: "Engine", Question: "Which program should run the model?",
			Help: "vLLM and SGLang serve many users on large cards. llama.cpp and Ollama suit one user and small machines. Or let the cheapest that serves be chosen.",
			Why:  "The engine decides how much memory is lost and how many users a card can serve.",
			Kind: EngineRef, Step: StepHardware, Expert: true, Default: Str("vllm"), MaxLen: 100,
			Fact: fromArticle("the model card shows serving with vLLM"),
		},
		{
			Path: "deployment.engine_version", Label: "Engine version", Question: "Which version of that program?",
			Help: "Such as 0.11.2. Leave it empty for the newest the catalogue knows.",
			Why:  "Speed and memory change a great deal from one version to the next.",
			Kind: Text, Step: StepHardware, Expert: true, Default: Str(""), MaxLen: 64,
			Fact: chosen("the newest known"),
		},
		{
			Path: "deployment.precision", Label: "Precision", Question: "In which precision should the model be loaded?",
			Help: "How many bits each weight keeps. R1 was released in 8 bits (fp8). Or let the cheapest that serves be chosen.",
			Why:  "Half the bits is half the memory, and often half the cards. Quality may suffer.",
			Kind: PrecisionRef, Step: StepHardware, Default: Str("fp8"), MaxLen: 100,
			Fact: sourced(catalog.Confirmed, "deepseek-ai/DeepSeek-R1 model card", tableDate, "the precision in which R1 was released"),
		},
		{
			Path: "deployment.kv_precision", Label: "Cache precision", Question: "In which precision should the model keep its notes on a request?",
			Help: "While it works on a request the model keeps a cache of what it has read. 16 bits is the safe choice.",
			Why:  "A smaller cache lets more users share the same cards.",
			Kind: Choice, Step: StepHardware, Expert: true, Default: Str("bf16"),
			Choices: []Option{
				{"bf16", "16 bits", "Any 16-bit type. No loss."},
				{"fp8", "8 bits (fp8)", "Half the memory, on recent cards."},
				{"q8_0", "8 bits (q8_0)", "Half the memory, in llama.cpp and Ollama."},
				{"q4_0", "4 bits (q4_0)", "A quarter of the memory. Long requests suffer."},
				{"", "Cheapest that serves", "Left to the program."},
			},
			Fact: chosen("the engines' own default"),
		},
		{
			Path: "deployment.device", Label: "Device", Question: "On which card or machine should it run?",
			Help: "A card for a server, a card for a desktop, or a whole machine.",
			Why:  "Memory decides whether the model fits at all. Memory speed decides how fast it answers.",
			Kind: DeviceRef, Step: StepHardware, Default: Str("h200-sxm"), MaxLen: 100,
			Presets: []Preset{
				word("h200-sxm", "H200", "full R1 on eight"), word("rtx4090", "RTX 4090", "a distill on one"),
				word("m3ultra-512", "Mac Studio 512 GB", "full R1 for one user"),
			},
			Fact: chosen("eight of these hold R1 as released, in one server"),
		},
		{
			Path: "deployment.devices", Label: "Number of devices", Question: "How many of them for one copy of the model?",
			Help: "0 means the fewest that fit.",
			Why:  "More cards for one copy answer faster and hold more users, and cost more.",
			Kind: Integer, Unit: UnitDevices, Step: StepHardware, Default: Num(0), Max: 4096,
			Presets: []Preset{preset(0, "0", "the fewest that fit"), preset(1, "1", ""), preset(2, "2", ""), preset(8, "8", "one large server"), preset(16, "16", "two servers")},
			Fact:    chosen("the fewest that fit"),
		},
		{
			Path: "deployment.second_device", Label: "Second card", Question: "Is there a card of another kind in the same machine?",
			Help: "Leave it empty where all cards are alike.",
			Why:  "llama.cpp and ollama give each card the layers that its memory holds. The cards then work one after the other.",
			Kind: DeviceRef, Step: StepHardware, Expert: true, Default: Str(""), MaxLen: 100, Asked: mixesCards,
			Fact: neutral("all cards are alike"),
		},
		{
			Path: "deployment.second_devices", Label: "Cards of the second kind", Question: "How many of the second kind of card?",
			Help: "0 means none.",
			Why:  "They add their memory. A slower card takes longer over its share of the layers.",
			Kind: Integer, Unit: UnitDevices, Step: StepHardware, Expert: true, Default: Num(0), Max: 64,
			Presets: []Preset{preset(0, "0", "none"), preset(1, "1", ""), preset(2, "2", "")}, Asked: hasSecondKind,
			Fact: neutral("all cards are alike"),
		},
		parallelQuestion("tensor_parallel", "Split within layers", "Into how many parts is every layer split?",
			"The cards then work on each layer together, and need fast links between them.", splitsTensors),
		parallelQuestion("pipeline_parallel", "Split by layers", "Into how many groups of layers is the model split?",
			"The groups work one after the other. This is how servers are chained.", nil),
		{
			Path: "deployment.data_parallel_attention", Label: "Attention copies", Question: "Should every card keep its own requests?",
			Help: "Each card then holds the attention part in full and the cache of its own users only.",
			Why:  "R1's cache is otherwise copied to every card. With many users this makes room for several times more of them.",
			Kind: Bool, Step: StepHardware, Expert: true, Default: No, Asked: splitsTensors,
			Fact: neutral("off, as in the engines' own defaults"),
		},
		parallelQuestion("expert_parallel", "Split by experts", "Over how many cards are the experts spread?",
			"R1 has 256 experts in each layer; each token uses eight.", splitsTensors),
		parallelQuestion("context_parallel", "Split by context", "Over how many cards is one long request spread?",
			"Only of use for very long requests.", splitsTensors),
	}
}

// parallelQuestion is one of the four sizes that say how a model is split over devices.
func parallelQuestion(key, label, question, help string, asked func(Scenario) bool) Input {
	return Input{
		Path: "deployment." + key, Label: label, Question: question,
		Help: help + " 0 means: worked out from the number of devices.",
		Why:  "It decides what is stored twice and how much the cards must talk to each other.",
		Kind: Integer, Unit: UnitDevices, Step: StepHardware, Expert: true, Default: Num(0), Max: 4096, Asked: asked,
		Fact: chosen("from the number of devices and the engine"),
	}
}

func sizingQuestions() []Input {
	return []Input{
		{
			Path: "deployment.memory_fraction", Label: "Memory to use", Question: "What share of a card's memory may the engine use?",
			Help: "0 means the engine's own default.",
			Why:  "What it leaves free is lost for users. What it does not leave free may crash it.",
			Kind: Number, Unit: UnitShare, Step: StepHardware, Expert: true, Default: Num(0), Max: 1,
			Presets: []Preset{preset(0, "0", "the engine's default"), preset(0.9, "90 %", "usual"), preset(0.95, "95 %", "tight")},
			Fact:    chosen("the engine's default"),
		},
		{
			Path: "deployment.max_context_tokens", Label: "Context limit", Question: "What is the longest request the server should accept?",
			Help: "0 means the longest request you stated under Workload.",
			Why:  "Memory is reserved for it.",
			Kind: Integer, Unit: UnitTokens, Step: StepHardware, Expert: true, Default: Num(0), Max: 1e7,
			Fact: chosen("the longest request of the workload"),
		},
		{
			Path: "deployment.concurrent_sequences", Label: "Requests at once", Question: "How many requests should one copy work on at once?",
			Help: "0 means: worked out from your demand.",
			Why:  "More at once share the cost of reading the weights, and each of them gets slower.",
			Kind: Integer, Unit: UnitSequences, Step: StepHardware, Expert: true, Default: Num(0), Max: 1e6,
			Presets: []Preset{preset(0, "0", "from demand"), preset(1, "1", "one user"), preset(64, "64", "a busy server")},
			Fact:    chosen("from demand"),
		},
		{
			Path: "deployment.saturated", Label: "Run it full", Question: "Should the server always run as full as it can?",
			Help: "Yes shows the most it can do, with as many requests at once as still help.",
			Why:  "Published prices per token assume a full server. Yours will rarely be full.",
			Kind: Bool, Step: StepHardware, Expert: true, Default: No, Fact: neutral("as full as your demand makes it"),
		},
		{
			Path: "deployment.batch_tokens", Label: "Reading batch", Question: "How many tokens of new questions are read in one step?",
			Help: "0 means the engine's default.",
			Why:  "Large steps read faster and take more working memory. They also make others wait.",
			Kind: Integer, Unit: UnitTokens, Step: StepHardware, Expert: true, Default: Num(0), Max: 1e7,
			Fact: chosen("the engine's default"),
		},
		{
			Path: "deployment.speculative_tokens", Label: "Tokens guessed ahead", Question: "How many tokens should be guessed ahead?",
			Help: "R1 carries a small part that guesses the next tokens; the model then checks them all at once. 0 means off.",
			Why:  "It can make answers for few users up to twice as fast.",
			Kind: Integer, Unit: UnitTokens, Step: StepHardware, Expert: true, Default: Num(0), Max: 64,
			Presets: []Preset{preset(0, "0", "off"), preset(1, "1", ""), preset(3, "3", "")},
			Fact:    neutral("off, as in the engines' own defaults"),
		},
		{
			Path: "deployment.draft_acceptance", Label: "Guesses that hold", Question: "What share of guessed tokens proves right?",
			Help: "Not stated means the catalogue's figure.",
			Why:  "A wrong guess is wasted work.",
			Kind: Number, Unit: UnitShare, Step: StepHardware, Expert: true, Default: Null, Nullable: true, Max: 1, Uncertain: true,
			Asked:   atVariance("deployment.speculative_tokens", 0),
			Presets: []Preset{unstated("from measured runs")},
			Fact:    fromRow("from measured runs of R1 with its own guesser"),
		},
		{
			Path: "deployment.experts_in_host_memory", Label: "Experts in main memory", Question: "Should the experts stay in the server's main memory?",
			Help: "The card then holds only the part that every token needs.",
			Why:  "One card can run the full R1 this way, for one user and slowly.",
			Kind: Bool, Step: StepHardware, Expert: true, Default: No, Asked: offloads, Fact: neutral("everything on the cards"),
		},
		{
			Path: "deployment.layers_on_device", Label: "Layers on the card", Question: "How many layers should the card hold?",
			Help: "−1 means all of them. The rest stays in main memory.",
			Why:  "Every layer in main memory makes answers slower.",
			Kind: Integer, Unit: UnitLayers, Step: StepHardware, Expert: true, Default: Num(-1), Min: -1, Max: 1000, Asked: offloads,
			Presets: []Preset{preset(-1, "−1", "all"), preset(0, "0", "none")},
			Fact:    chosen("all of them"),
		},
		{
			Path: "deployment.host", Label: "Host", Question: "In which machine should the cards be put?",
			Help: "Leave it empty for the smallest machine that takes them.",
			Why:  "The machine around the cards has its own price, power and delivery time.",
			Kind: HostRef, Step: StepHardware, Expert: true, Default: Str(""), MaxLen: 100,
			Fact: chosen("the smallest that takes the cards"),
		},
	}
}

func rentQuestions() []Input {
	return []Input{
		{
			Path: "finance.horizon_months", Label: "Horizon", Question: "Over how many months should the costs be compared?",
			Help: "The time for which you are sure to need it.",
			Why:  "A purchase needs time to pay back. Over a short time renting or an API wins more often.",
			Kind: Integer, Unit: UnitMonths, Step: StepMoney, Default: Num(36), Min: 1, Max: 240,
			Presets: []Preset{preset(12, "12", "one year"), preset(24, "24", "two years"), preset(36, "36", "three years"), preset(60, "60", "five years")},
			Fact:    guessed("a usual planning time for equipment"),
		},
		{
			Path: "finance.rent_usd_per_device_hour", Label: "Rent for a card", Question: "What does one card cost to rent for an hour?",
			Help: "Not stated means the catalogue's price for this card and term.",
			Why:  "Rent runs by the hour, whether the card is busy or not.",
			Kind: Number, Unit: UnitUSDHour, Step: StepMoney, Default: Null, Nullable: true, Max: 100000, Uncertain: true, Asked: rentsServers,
			Presets: []Preset{unstated("from the catalogue")},
			Fact:    fromRow("published prices for this card and term"),
		},
		{
			Path: "finance.rent_term", Label: "Rent term", Question: "For how long would you commit to renting?",
			Help: "A longer promise is cheaper by the hour and must be paid even if you stop.",
			Why:  "Three years can be half the price of a single hour, but it binds you.",
			Kind: Choice, Step: StepMoney, Expert: true, Default: Str("on-demand"), Asked: rentsServers,
			Choices: []Option{
				{"on-demand", "By the hour", "Stop whenever you like."},
				{"1-year", "One year", "Cheaper, paid for a year."},
				{"3-year", "Three years", "Cheapest, paid for three years."},
			},
			Fact: neutral("no commitment until you choose one"),
		},
		{
			Path: "finance.rent_hours_per_week", Label: "Hours rented a week", Question: "For how many hours a week would the machines run?",
			Help: "168 is all the time. Fewer where you switch them off at night.",
			Why:  "Machines that are off cost no rent, and answer nothing.",
			Kind: Number, Unit: UnitHoursWeek, Step: StepMoney, Expert: true, Default: Num(168), Min: 1, Max: 168, Uncertain: true, Asked: rentsServers,
			Presets: []Preset{preset(168, "168", "always on"), preset(60, "60", "long working days"), preset(40, "40", "office hours")},
			Fact:    neutral("always on"),
		},
		{
			Path: "finance.storage_usd_per_month", Label: "Storage", Question: "What does storage beside rented machines cost each month?",
			Help: "Disks for weights and logs that you keep even while machines are off.",
			Why:  "Costs beside the cards often appear later.",
			Kind: Number, Unit: UnitUSDMonth, Step: StepMoney, Expert: true, Default: Num(0), Max: 1e9, Uncertain: true, Asked: rentsServers,
			Presets: []Preset{preset(0, "0", "not counted"), preset(100, "$100", "one copy of R1 on fast disks")},
			Fact:    neutral("not counted"),
		},
		{
			Path: "finance.egress_usd_per_month", Label: "Data traffic out", Question: "What does data traffic out of the cloud cost each month?",
			Help: "Text is small: this is rarely more than a few dollars.",
			Why:  "Some clouds bill every gigabyte that leaves.",
			Kind: Number, Unit: UnitUSDMonth, Step: StepMoney, Expert: true, Default: Num(0), Max: 1e9, Uncertain: true, Asked: rentsServers,
			Presets: []Preset{preset(0, "0", "not counted")},
			Fact:    neutral("not counted"),
		},
	}
}

func ownQuestions() []Input {
	return []Input{
		{
			Path: "finance.server_usd", Label: "Server price", Question: "What does one complete server cost?",
			Help: "Cards and the machine around them, before tax. Not stated means the catalogue's price for both.",
			Why:  "It is the largest part of owning. A quotation is worth more than any table.",
			Kind: Number, Unit: UnitUSD, Step: StepMoney, Default: Null, Nullable: true, Max: 1e9, Uncertain: true, Asked: buysServers,
			Presets: []Preset{unstated("from the catalogue"), preset(5000, "$5,000", "a desktop with one card"), preset(350000, "$350,000", "eight H200 cards")},
			Fact:    fromRow("prices of the cards and the host"),
		},
		{
			Path: "finance.install_share", Label: "Installation", Question: "What does installation add to the server price?",
			Help: "Racks, cabling, delivery, set-up, as a share of the price.",
			Why:  "It is paid once, with the servers.",
			Kind: Number, Unit: UnitShare, Step: StepMoney, Expert: true, Default: Num(0), Max: 1, Uncertain: true, Asked: buysServers,
			Presets: []Preset{preset(0, "0 %", "by your own people"), preset(0.05, "5 %", ""), preset(0.1, "10 %", "")},
			Fact:    neutral("not counted"),
		},
		{
			Path: "finance.network_share", Label: "Network", Question: "What does the network add to the server price?",
			Help: "Switches and fast links, as a share of the price. One server needs next to none; several need 5 to 15 %.",
			Why:  "Fast links between servers can cost as much as another server.",
			Kind: Number, Unit: UnitShare, Step: StepMoney, Expert: true, Default: Num(0), Max: 1,
			Spread: spread(0, 0, 0.05), Uncertain: true, Asked: buysServers,
			Presets: []Preset{preset(0, "0 %", "one server"), preset(0.1, "10 %", "several, linked")},
			Fact: sourced(catalog.Likely, "Google sheet of server quotations, August 2024: a $310,000 node is $366,000 to $413,000 with its network", "2024-08",
				"a single node needs 0 to 5 %"),
		},
		{
			Path: "finance.devices_already_owned", Label: "Cards you have", Question: "How many of these cards do you own already?",
			Help: "Cards that would otherwise stand idle.",
			Why:  "They need not be bought again.",
			Kind: Integer, Unit: UnitDevices, Step: StepMoney, Expert: true, Default: Num(0), Max: 1e6, Asked: buysServers,
			Presets: []Preset{preset(0, "0", "none"), preset(1, "1", "a workstation")},
			Fact:    neutral("none until you state them"),
		},
		{
			Path: "finance.depreciation_months", Label: "Service life", Question: "For how many months will the servers be of use?",
			Help: "Until you would replace them. Owners plan with 3 to 6 years.",
			Why:  "The price is spread over this time. It is one of the strongest assumptions of owning.",
			Kind: Integer, Unit: UnitMonths, Step: StepMoney, Default: Num(48), Min: 1, Max: 240, Asked: buysServers,
			Presets: []Preset{preset(36, "36", "careful"), preset(48, "48", "usual"), preset(60, "60", "long"), preset(72, "72", "as large clouds plan")},
			Fact: sourced(catalog.Likely, "SemiAnalysis InferenceX cost constants: 4 years for an owner; Amazon 5, Microsoft and Google 6", "2026-02",
				"published lives run from 36 to 72 months"),
		},
		{
			Path: "finance.residual_share", Label: "Resale value", Question: "What part of the price will you get back at the end?",
			Help: "What the servers sell for at the end of their life, as a share of the price.",
			Why:  "It lowers what owning really costs.",
			Kind: Number, Unit: UnitShare, Step: StepMoney, Expert: true, Default: Num(0.15), Max: 1,
			Spread: spread(0, 0.15, 0.30), Uncertain: true, Asked: buysServers,
			Presets: []Preset{preset(0, "0 %", "nothing"), preset(0.15, "15 %", "usual"), preset(0.3, "30 %", "a good market")},
			Fact:    guessed("set below the 25 to 35 % that sellers quote"),
		},
		{
			Path: "finance.cost_of_capital_per_year", Label: "Cost of capital", Question: "What must money earn in your company each year?",
			Help: "The interest on a loan, or the return the same money would bring elsewhere. Finance knows this figure.",
			Why:  "Money bound in servers cannot be used elsewhere.",
			Kind: Number, Unit: UnitShare, Step: StepMoney, Expert: true, Default: Num(0.09), Max: 1,
			Spread: spread(0.05, 0.09, 0.15), Uncertain: true, Asked: buysServers,
			Presets: []Preset{preset(0, "0 %", "not counted"), preset(0.05, "5 %", "cheap loan"), preset(0.09, "9 %", "usual"), preset(0.15, "15 %", "young company")},
			Fact:    guessed("a usual company rate"),
		},
		{
			Path: "finance.maintenance_share_per_year", Label: "Maintenance", Question: "What do support and repair cost each year?",
			Help: "As a share of the server price.",
			Why:  "Cards fail, and a support contract is priced on what you bought.",
			Kind: Number, Unit: UnitShare, Step: StepMoney, Expert: true, Default: Num(0.08), Max: 1,
			Spread: spread(0.05, 0.08, 0.15), Uncertain: true, Asked: buysServers,
			Presets: []Preset{preset(0, "0 %", "warranty only"), preset(0.08, "8 %", "usual"), preset(0.15, "15 %", "round the clock")},
			Fact:    guessed("a rule of thumb of the trade"),
		},
	}
}

func powerQuestions() []Input {
	return []Input{
		{
			Path: "finance.site", Label: "Site", Question: "Where would your own servers stand?",
			Help: "In your own rooms, or in rented space in a data centre (colocation).",
			Why:  "Your own room costs electricity and cooling. Colocation costs rent for each kilowatt.",
			Kind: Choice, Step: StepMoney, Default: Str("own"), Asked: buysServers,
			Choices: []Option{
				{"own", "Own rooms", "You pay electricity and cooling."},
				{"colocation", "Colocation", "You rent space and power in a data centre."},
			},
			Fact: guessed("your own rooms"),
		},
		{
			Path: "finance.colocation_includes_power", Label: "Power included", Question: "Does the colocation price include electricity?",
			Help: "Most retail contracts do. Some bill the meter on top.",
			Why:  "Otherwise electricity comes on top.",
			Kind: Bool, Step: StepMoney, Expert: true, Default: Yes, Asked: inColocation,
			Fact: sourced(catalog.Likely, "CBRE North America data centre report, asking rates by the kilowatt", "2025-02-26", "usual for retail contracts; some pass power through"),
		},
		{
			Path: "finance.electricity_usd_per_kwh", Label: "Electricity", Question: "What does a kilowatt hour cost you?",
			Help: "The full price on your bill, with grid fees and taxes.",
			Why:  "A large server uses as much as a dozen homes. Still, it is rarely a tenth of what owning costs.",
			Kind: Number, Unit: UnitUSDPerKWh, Step: StepMoney, Default: Num(0.146), Max: 100,
			Spread: spread(0.08, 0.146, 0.25), Uncertain: true, Asked: paysElectricity,
			Presets: []Preset{preset(0.08, "$0.08", "industry, US Midwest"), preset(0.146, "$0.146", "US business"), preset(0.25, "$0.25", "Europe, New England")},
			Fact: sourced(catalog.Likely, "US Energy Information Administration, commercial mean, via energypricestoday.com", "2026-04-26",
				"industry pays 6 to 10 cents in the Midwest, business in California 29 cents"),
		},
		{
			Path: "finance.pue", Label: "Cooling factor", Question: "How much power does the room draw for each watt of the servers?",
			Help: "Total power divided by the power of the servers (PUE). 1.4 means 40 % on top for cooling and losses.",
			Why:  "It multiplies the electricity bill.",
			Kind: Number, Unit: UnitFactor, Step: StepMoney, Expert: true, Default: Num(1.4), Min: 1, Max: 10,
			Spread: spread(1.2, 1.4, 1.58), Uncertain: true, Asked: inOwnRoom,
			Presets: []Preset{preset(1.2, "1.2", "modern hall"), preset(1.4, "1.4", "usual"), preset(1.58, "1.58", "older room")},
			Fact:    sourced(catalog.Likely, "Uptime Institute surveys 2022 to 2026 (mean 1.54 to 1.58); aiinframap: 1.2 for new halls", "2026", "between new halls and the surveyed mean"),
		},
		{
			Path: "finance.server_kw", Label: "Server power", Question: "How much power does one server draw at full load?",
			Help: "In kilowatts. Not stated means the catalogue's figure for cards and host.",
			Why:  "It decides the electricity bill, the rent in colocation, and whether your room can take it.",
			Kind: Number, Unit: UnitKW, Step: StepMoney, Expert: true, Default: Null, Nullable: true, Max: 10000, Uncertain: true, Asked: buysServers,
			Presets: []Preset{unstated("from the catalogue"), preset(0.6, "0.6 kW", "a desktop with one card"), preset(10.2, "10.2 kW", "eight H100 or H200")},
			Fact:    fromRow("power of the cards and the host"),
		},
		{
			Path: "finance.power_load_share", Label: "Mean load", Question: "How much of its full power does a server draw on average?",
			Help: "Over day and night. An idle card still draws a good part of its power.",
			Why:  "You pay for what is drawn, not for what is printed on the label.",
			Kind: Number, Unit: UnitShare, Step: StepMoney, Expert: true, Default: Num(0.6), Max: 1,
			Spread: spread(0.4, 0.6, 0.8), Uncertain: true, Asked: paysElectricity,
			Presets: []Preset{preset(0.4, "40 %", "mostly idle"), preset(0.6, "60 %", "usual"), preset(0.9, "90 %", "always busy")},
			Fact:    guessed("a server that is busy for part of the day"),
		},
		{
			Path: "finance.space_usd_per_kw_month", Label: "Colocation price", Question: "What does colocation cost for each kilowatt and month?",
			Help: "The contract price. The mean asking price in North America was $184 at the end of 2024.",
			Why:  "In colocation it takes the place of the electricity bill.",
			Kind: Number, Unit: UnitUSDKWMonth, Step: StepMoney, Default: Num(0), Max: 100000, Uncertain: true, Asked: inColocation,
			Presets: []Preset{preset(150, "$150", "low"), preset(184, "$184", "mean asking price"), preset(250, "$250", "retail")},
			Fact:    neutral("no space price until you state one; CBRE's mean asking price was $184.06 in the second half of 2024"),
		},
	}
}

func peopleQuestions() []Input {
	return []Input{
		{
			Path: "finance.staff_fte", Label: "People for servers", Question: "How many people does it take to run your own servers?",
			Help: "For the first two servers. 1 is one person full time; 0.5 is half of one.",
			Why:  "For a small installation people cost more than the machines.",
			Kind: Number, Unit: UnitFTE, Step: StepMoney, Default: Num(0.5), Max: 1000,
			Spread: spread(0.25, 0.5, 1.5), Uncertain: true, Asked: haveOperators,
			Presets: []Preset{preset(0, "0", "not counted"), preset(0.25, "0.25", "a day a week"), preset(0.5, "0.5", "half a person"), preset(1.5, "1.5", "a small team")},
			Fact:    sourced(catalog.Likely, "sesamedisk.com, citing studies of 2026: 0.5 to 1.5 people for one or two servers", "2026", "the low end of the published range; the range goes below it"),
		},
		{
			Path: "finance.staff_fte_per_extra_server", Label: "People for each more", Question: "How much more for every server after the second?",
			Help: "0.1 is half a day a week.",
			Why:  "The tenth server takes far less work than the first.",
			Kind: Number, Unit: UnitFTE, Step: StepMoney, Expert: true, Default: Num(0.1), Max: 100,
			Spread: spread(0.05, 0.1, 0.3), Uncertain: true, Asked: haveOperators,
			Presets: []Preset{preset(0, "0", "nothing more"), preset(0.1, "0.1", "usual"), preset(0.25, "0.25", "much handwork")},
			Fact:    guessed("the same work on more machines"),
		},
		{
			Path: "finance.staff_usd_per_month", Label: "Pay", Question: "What does such a person cost each month?",
			Help: "Everything the employer pays: pay, taxes, desk and training. It counts for the API's people too.",
			Why:  "Pay differs more between countries than hardware does.",
			Kind: Number, Unit: UnitUSDMonth, Step: StepMoney, Default: Num(15000), Max: 1e7,
			Spread: spread(10000, 15000, 21700), Uncertain: true,
			Presets: []Preset{preset(5000, "$5,000", "low-wage country"), preset(10000, "$10,000", "much of Europe"), preset(15000, "$15,000", "US"), preset(21700, "$21,700", "US, large city")},
			Fact:    guessed("$180,000 a year with everything on top of pay; 120,000 to 260,000 is our range"),
		},
		{
			Path: "finance.implementation_usd", Label: "Project cost", Question: "What does it cost to build it in the first place?",
			Help: "The project up to the first day of service, spread over the horizon.",
			Why:  "Moving from an API to your own servers is a project of its own.",
			Kind: Number, Unit: UnitUSD, Step: StepMoney, Expert: true, Default: Num(0), Max: 1e9, Uncertain: true, Asked: haveOperators,
			Presets: []Preset{preset(0, "0", "not counted"), preset(20000, "$20,000", "a few weeks of work")},
			Fact:    neutral("not counted"),
		},
		{
			Path: "finance.utilisation_cap", Label: "How full to run", Question: "How full may your servers be in the busiest hour?",
			Help: "80 % leaves a fifth free for surprises.",
			Why:  "A server at its limit makes everyone wait. Room to breathe costs servers.",
			Kind: Number, Unit: UnitShare, Step: StepMoney, Expert: true, Default: Num(0.8), Min: 0.01, Max: 1,
			Spread: spread(0.7, 0.8, 0.9), Uncertain: true, Asked: haveOperators,
			Presets: []Preset{preset(0.6, "60 %", "roomy"), preset(0.8, "80 %", "usual"), preset(1, "100 %", "no reserve")},
			Fact:    guessed("a usual planning limit"),
		},
	}
}

func mixedQuestions() []Input {
	return []Input{{
		Path: "mixed.base_share", Label: "Own share", Question: "What share of calls should your own servers take?",
		Help: "The rest goes to an API. Not stated means the cheapest share.",
		Why:  "Own servers are cheapest when they are always busy. The API takes the peaks.",
		Kind: Number, Unit: UnitShare, Step: StepMoney, Expert: true, Default: Null, Nullable: true, Max: 1, Uncertain: true, Asked: mixesRoutes,
		Presets: []Preset{unstated("the cheapest share"), preset(0.5, "50 %", "half"), preset(0.8, "80 %", "all but the peaks")},
		Fact:    chosen("the cheapest share"),
	}}
}
