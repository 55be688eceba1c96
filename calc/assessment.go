package calc

import (
	"hostwise/calc/catalog"
	"hostwise/calc/memory"
	"hostwise/calc/serving"
)

// AssessmentSchema is the version of the Assessment's form.
const AssessmentSchema = 1

// Assessment is the result of a scenario against a catalogue: what every page, report and command shows.
// The form is fixed by the contract: keys may be added, never renamed or dropped. A nil figure is unknown,
// and a warning names it.
type Assessment struct {
	Schema       int           `json:"schema"`
	Catalogue    CatalogueInfo `json:"catalogue"`
	Today        string        `json:"today"`
	Draws        int           `json:"draws"`
	Seed         uint64        `json:"seed"`
	ScenarioName string        `json:"scenario_name"`
	Amounts      string        `json:"amounts"` // what the amounts are in: numbers in dollars, sentences in the case's currency

	Assumptions  []Assumption  `json:"assumptions"`
	Memory       MemoryResult  `json:"memory"`
	Deployment   Deployment    `json:"deployment"`
	Throughput   Throughput    `json:"throughput"`
	Capacity     Capacity      `json:"capacity"`
	Routes       []Route       `json:"routes"`
	Mix          Mix           `json:"mix"`
	Alternatives []Alternative `json:"alternatives"`
	Quotas       []Quota       `json:"quotas"`
	Curve        Curve         `json:"curve"`
	BreakEven    []BreakEven   `json:"break_even"`
	OverTime     OverTime      `json:"over_time"`
	Sensitivity  []Sensitivity `json:"sensitivity"`
	Verdict      Verdict       `json:"verdict"`
	Monitoring   []Monitor     `json:"monitoring"`
	Claims       []ClaimText   `json:"claims"`
	Warnings     []string      `json:"warnings"`
}

// CatalogueInfo names the facts that were used.
type CatalogueInfo struct {
	Version string `json:"version"`
	Date    string `json:"date"`
	// NewestPrice is the date of the newest API listing, and its age in days on the day of the assessment.
	NewestPrice     string `json:"newest_price"`
	NewestPriceDays int    `json:"newest_price_days"`
	MeasuredRuns    int    `json:"measured_runs"`
}

// Assumption is one input as it was used.
type Assumption struct {
	Path     string           `json:"path"`
	Label    string           `json:"label"`
	Value    any              `json:"value"`
	Text     string           `json:"text"` // as a person reads it
	From     string           `json:"from"` // "you", "default" or "catalogue"
	Evidence catalog.Evidence `json:"evidence"`
	Source   string           `json:"source"`
	AsOf     string           `json:"as_of"`
}

// MemoryResult is memory by precision, and of each model beside the scenario's own.
type MemoryResult struct {
	ByPrecision   []memory.PrecisionRow `json:"by_precision"`
	ByModel       []memory.ModelRow     `json:"by_model"`
	ContextTokens int                   `json:"context_tokens"`
	// Sequences is how many requests of the longest kind room is reserved for. Where the concurrency comes from demand
	// these are fewer than run at once, because most requests are shorter; RoomWords sets the two side by side.
	Sequences int    `json:"concurrent_sequences"`
	RoomWords string `json:"room_words"`
	// Capacities are the reference lines of the figure: what the chosen set-up and its neighbours hold.
	Capacities []CapacityLine `json:"capacities"`
}

// CapacityLine is what a number of devices holds in all.
type CapacityLine struct {
	Label string  `json:"label"` // "8 × H200"
	Bytes float64 `json:"bytes"`
}

// Deployment is one replica as sized, and how many of it the demand needs.
type Deployment struct {
	Engine           string `json:"engine"`
	EngineVersion    string `json:"engine_version"`
	Precision        string `json:"precision"`
	KVPrecision      string `json:"kv_precision"`
	Device           string `json:"device"`
	DeviceLabel      string `json:"device_label"` // "8 × H200"
	Devices          int    `json:"devices"`
	SecondDevice     string `json:"second_device"` // a second kind of card, "" where all are alike
	SecondDevices    int    `json:"second_devices"`
	Replicas         int    `json:"replicas"`
	Servers          int    `json:"servers"`
	Host             string `json:"host"`
	TensorParallel   int    `json:"tensor_parallel"`
	PipelineParallel int    `json:"pipeline_parallel"`
	ExpertParallel   int    `json:"expert_parallel"`
	ContextParallel  int    `json:"context_parallel"`
	DataParallel     bool   `json:"data_parallel_attention"`

	ArtifactBytes   float64            `json:"artifact_bytes"`
	WeightsBytes    float64            `json:"weights_bytes"`
	KVBytesPerToken float64            `json:"kv_bytes_per_token"`
	KVBytes         float64            `json:"kv_bytes"`
	PerDevice       memory.PerDevice   `json:"per_device"`
	Overheads       []memory.Part      `json:"overheads"`
	Parts           []memory.Part      `json:"parts"`         // over all devices: the weights and the six overheads, which sum to the total
	DeviceParts     []memory.Part      `json:"device_parts"`  // of the fullest device
	DeviceTotals    []memory.Part      `json:"device_totals"` // its copies of what others hold, and its capacity
	KVCapacity      float64            `json:"kv_capacity_tokens"`
	HostBytes       float64            `json:"host_bytes"`
	Cards           []memory.CardShare `json:"cards"` // what each card holds, where they are unlike
	TotalBytes      Range              `json:"total_bytes"`

	SequencesPerReplica float64 `json:"sequences_per_replica"` // what the memory holds, whatever is wished
	// SequencesAtWishes is how many of them also keep the wishes for speed; nil where not one request does.
	SequencesAtWishes *float64   `json:"sequences_at_wishes"`
	SequencesWords    string     `json:"sequences_words"` // both, as a person reads them
	Binds             string     `json:"binds"`
	Fits              bool       `json:"fits"` // memory holds it, it is known to run, and the model reads requests so long
	Fit               memory.Fit `json:"fit"`  // of memory alone
	// Evidence is how far the set-up can be relied on: that of its precision, and speculation below four bits a weight.
	Evidence      catalog.Evidence `json:"evidence"`
	Why           string           `json:"why"`
	NextSmaller   *Neighbour       `json:"next_smaller"`
	NextLarger    *Neighbour       `json:"next_larger"`
	LaunchCommand string           `json:"launch_command"`
}

// Neighbour is the next set-up below or above the sized one.
type Neighbour struct {
	Device     string     `json:"device"`
	Devices    int        `json:"devices"`
	Fit        memory.Fit `json:"fit"`
	TotalBytes float64    `json:"total_bytes"`
	Capacity   float64    `json:"capacity_bytes"` // what its devices hold together
	Words      string     `json:"words"`
}

// Throughput is one replica at a stated concurrency.
type Throughput struct {
	ConcurrentSequences float64       `json:"concurrent_sequences"`
	OutputTokS          Range         `json:"output_tokens_per_second"`
	DecodeTokS          Range         `json:"decode_tokens_per_second"`
	PrefillTokS         Range         `json:"prefill_tokens_per_second"`
	PerUserTokS         Range         `json:"tokens_per_second_per_user"`
	TPOT                Range         `json:"tpot_seconds"`
	TTFT                Range         `json:"ttft_seconds"`
	CallsPerMonth       *Range        `json:"calls_per_month_capacity"` // nil = it can serve none as wished
	Basis               serving.Basis `json:"basis"`
	Nearest             string        `json:"nearest_measurement"`
	// Curve is the capacity figure's line: total and per-user speed against concurrency.
	Curve []SpeedPoint `json:"curve"`
	// Measured are the runs of this very set-up at a like request: points on the curve.
	Measured []MeasuredPoint `json:"measured"`
}

// MeasuredPoint is one published run of the set-up.
type MeasuredPoint struct {
	SpeedPoint
	Words string `json:"words"`
}

// SpeedPoint is one point of the capacity figure.
type SpeedPoint struct {
	Concurrency float64 `json:"concurrency"`
	OutputTokS  float64 `json:"output_tokens_per_second"`
	PerUserTokS float64 `json:"tokens_per_second_per_user"`
	// What only a point of the curve has: P10 to P90, the time to the first word, and where the speed comes from.
	OutputRange  *Range        `json:"output_range,omitempty"`
	PerUserRange *Range        `json:"per_user_range,omitempty"`
	TTFT         *float64      `json:"ttft_seconds,omitempty"`
	Basis        serving.Basis `json:"basis,omitempty"`
}

// Capacity is what the demand asks of the deployment. Where it can serve no request as wished there is no such figure:
// Sequences, BusyShare, HeadroomShare and AnswerSeconds are nil, and CannotServe says why.
type Capacity struct {
	AttemptsBusiestHour float64  `json:"attempts_busiest_hour"`
	Sequences           *float64 `json:"sequences"`
	Replicas            int      `json:"replicas"`
	Spare               int      `json:"spare"`
	BusyShare           *float64 `json:"busy_share"`
	HeadroomShare       *float64 `json:"headroom_share"`
	FullInMonth         *int     `json:"full_in_month"` // nil = not within the horizon
	AnswerSeconds       P50P90   `json:"answer_seconds"`
	QueueModel          string   `json:"queue_model"`
	OneMoreDevice       string   `json:"one_more_device"`
	MaxTTFT             float64  `json:"max_ttft_seconds"`
	MinPerUser          float64  `json:"min_tokens_per_second_per_user"`
	CannotServe         string   `json:"cannot_serve"` // why no request can be served as wished; "" where it can
	// Alone is a request that has the replica to itself, whatever is wished; nil where no speed is known.
	Alone *AloneSpeed `json:"alone"`
}

// AloneSpeed is how fast a replica answers one request at a time.
type AloneSpeed struct {
	PerUserTokS   float64 `json:"tokens_per_second_per_user"`
	TTFT          float64 `json:"ttft_seconds"`
	AnswerSeconds float64 `json:"answer_seconds"`
}

// P50P90 is a time at the middle and near the end of its distribution, in seconds; nil where it has no bound.
type P50P90 struct {
	P50 *float64 `json:"p50"`
	P90 *float64 `json:"p90"`
}

// RouteKind is a way to get answers.
type RouteKind string

// The four kinds of route.
const (
	API   RouteKind = "api"
	Rent  RouteKind = "rent"
	Own   RouteKind = "own"
	Mixed RouteKind = "mixed"
)

// Line is one named part of a cost: quantity × unit price.
type Line struct {
	ID       string           `json:"id"`
	Label    string           `json:"label"`
	Quantity float64          `json:"quantity"`
	Unit     string           `json:"unit"`
	UnitUSD  float64          `json:"unit_usd"`
	USD      float64          `json:"usd_per_month"`
	Formula  string           `json:"formula"` // with the numbers filled in
	Evidence catalog.Evidence `json:"evidence"`
	Source   string           `json:"source"`
}

// Item is one line of a bill of materials.
type Item struct {
	What     string           `json:"what"`
	Quantity float64          `json:"quantity"`
	UnitUSD  *Range           `json:"unit_usd"` // nil = not priced
	Evidence catalog.Evidence `json:"evidence"`
	Source   string           `json:"source"`
}

// RouteSpeed is the speed at which a route's cost was taken.
type RouteSpeed struct {
	PerUserTokS         *float64 `json:"tokens_per_second_per_user"`
	ConcurrentSequences *float64 `json:"concurrent_sequences"`
	BusyShare           *float64 `json:"busy_share"`
}

// Score is one benchmark result of the route's model.
type Score struct {
	Benchmark string  `json:"benchmark"`
	Score     float64 `json:"score"`
	Source    string  `json:"source"`
}

// Route is one way to get answers and what its first month costs.
type Route struct {
	ID         string           `json:"id"`
	Kind       RouteKind        `json:"kind"`
	Label      string           `json:"label"`
	Model      string           `json:"model"`
	SetupLabel string           `json:"setup_label"` // "8 × H200, FP8, vLLM"; "" for an API
	Feasible   bool             `json:"feasible"`
	BlockedBy  []string         `json:"blocked_by"`
	Weaker     bool             `json:"weaker"` // its model is below the minimum: shown, never wins
	Monthly    *Range           `json:"monthly_usd"`
	PerCall    *Range           `json:"usd_per_successful_call"`
	PerTask    *Range           `json:"usd_per_task"`
	Floor      *float64         `json:"floor_usd_per_month"`
	Lines      []Line           `json:"lines"`
	Chance     *float64         `json:"chance_cheapest"`
	Upfront    *float64         `json:"upfront_usd"`
	Cash       *float64         `json:"monthly_cash_usd"` // what is paid each month: the cost without what was paid up front
	Commitment float64          `json:"commitment_months"`
	Horizon    *Range           `json:"horizon_usd"`
	NPV        *float64         `json:"npv_usd"`
	PowerKW    *float64         `json:"power_kw"`
	LeadTime   *Range           `json:"lead_time_weeks"`
	Bill       []Item           `json:"bill_of_materials"`
	Speed      RouteSpeed       `json:"speed"`
	Quality    []Score          `json:"quality"`
	Replicas   int              `json:"replicas"`
	Servers    int              `json:"servers"`
	Evidence   catalog.Evidence `json:"evidence"`
}

// Mix is the best split between own devices and an API.
type Mix struct {
	Replicas     int         `json:"replicas"`
	OwnShare     float64     `json:"own_share"`
	SavingUSD    float64     `json:"saving_usd"` // against the cheaper pure route; negative = mixed costs more
	LoadDuration []LoadPoint `json:"load_duration"`
}

// LoadPoint is one point of the load-duration curve.
type LoadPoint struct {
	ShareOfHours float64 `json:"share_of_hours"`
	CallsPerHour float64 `json:"calls_per_hour"`
	OwnCalls     float64 `json:"own_calls_per_hour"`
}

// Alternative is another model that a buyer would be offered: drawn apart, never in the verdict.
type Alternative struct {
	Label    string           `json:"label"`
	Model    string           `json:"model"`
	USD      float64          `json:"usd_per_month"`
	WhyApart string           `json:"why_apart"`
	Evidence catalog.Evidence `json:"evidence"`
	Source   string           `json:"source"`
	AsOf     string           `json:"as_of"`
}

// Curve is monthly cost by volume.
type Curve struct {
	CallsPerMonth []float64             `json:"calls_per_month"`
	Routes        map[string][]*float64 `json:"routes"` // nil = cannot serve at that volume
	// Bands are P10 and P90 at a few volumes, for the figure; empty without draws.
	Bands []CurveBand `json:"bands"`
}

// CurveBand is the uncertainty of one route over a few volumes.
type CurveBand struct {
	Route string    `json:"route"`
	Calls []float64 `json:"calls_per_month"`
	Low   []float64 `json:"low_usd"`
	High  []float64 `json:"high_usd"`
}

// BreakEven is one crossing, or the statement that there is none.
type BreakEven struct {
	From         string   `json:"from"`
	To           string   `json:"to"`
	Status       string   `json:"status"` // "reached", "not_reached", "not_verified"
	Calls        *float64 `json:"calls_per_month"`
	Direction    string   `json:"direction"` // of To against From: "cheaper_above", "cheaper_below"; not reached: "always_cheaper", "never_cheaper"; else "unknown"
	Low          *float64 `json:"low"`
	High         *float64 `json:"high"`
	ShareReached *float64 `json:"share_reached"`
	Median       *float64 `json:"median"` // P50 of the draws that reach it
	// Spread says where in the futures drawn the crossing lies; null where none was drawn or reached.
	Spread *CrossingSpread `json:"spread"`
}

// OverTime is cumulative cost over the horizon.
type OverTime struct {
	Months  []int                `json:"months"`
	Routes  map[string][]float64 `json:"routes"`
	Payback []Payback            `json:"payback"`
	// Bands are P10 and P90 of what was spent by a few months, for the figure; empty without draws.
	Bands []TimeBand `json:"bands"`
}

// TimeBand is the uncertainty of one route's cumulative cost at a few months.
type TimeBand struct {
	Route  string    `json:"route"`
	Months []int     `json:"months"`
	Low    []float64 `json:"low_usd"`
	High   []float64 `json:"high_usd"`
}

// Payback is the first month in which one route has cost less in all than another.
type Payback struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Month *int   `json:"month"`
	// Low and High are P10 and P90 of the draws that pay back within the horizon, ShareReached how many of them do.
	Low          *int     `json:"low"`
	High         *int     `json:"high"`
	ShareReached *float64 `json:"share_reached"`
}

// Sensitivity is one bar of the tornado: the gap between the cheapest route of another kind and the verdict's
// route, with one input at its P10 and at its P90. Below zero the winner changes.
type Sensitivity struct {
	Input         string  `json:"input"`
	Label         string  `json:"label"`
	LowValue      float64 `json:"low_value"`
	BaseValue     float64 `json:"base_value"`
	HighValue     float64 `json:"high_value"`
	LowUSD        float64 `json:"low_usd"`
	HighUSD       float64 `json:"high_usd"`
	BaseUSD       float64 `json:"base_usd"`
	ChangesWinner bool    `json:"changes_winner"`
	// Against is the route that the gap is measured against at the likely values: the cheapest feasible one of another
	// kind; where there is none, the next feasible one of the same kind; failing that, one that the rules keep out.
	Against string `json:"against"`
}

// Flip is the nearest value of one input at which the verdict changes.
type Flip struct {
	Input   string  `json:"input"`
	Label   string  `json:"label"`
	Now     float64 `json:"now"`
	At      float64 `json:"at"`
	Becomes string  `json:"becomes"`
	Words   string  `json:"words"`
}

// Recheck is one fact that decides this case.
type Recheck struct {
	What     string           `json:"what"`
	Value    string           `json:"value"`
	Table    string           `json:"table"`
	ID       string           `json:"id"`
	Evidence catalog.Evidence `json:"evidence"`
	Source   string           `json:"source"`
	AsOf     string           `json:"as_of"`
	AgeDays  int              `json:"age_days"`
	Why      string           `json:"why"`
}

// NextStep is something to do, and by when.
type NextStep struct {
	What string `json:"what"`
	Why  string `json:"why"`
	By   string `json:"by"`
}

// Reason is one reason for the verdict.
type Reason struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Weaker is the best route on a model below the minimum, in its own sentence.
type Weaker struct {
	Route string `json:"route"`
	Words string `json:"words"`
}

// Verdict is the answer.
type Verdict struct {
	Route              string                `json:"route"` // "" when nothing is feasible
	Kind               RouteKind             `json:"kind"`
	Headline           string                `json:"headline"`
	Reasons            []string              `json:"reasons"`
	ReasonsFull        []Reason              `json:"reasons_full"`
	Confidence         string                `json:"confidence"` // "high", "medium", "low"
	ConfidenceBecause  string                `json:"confidence_because"`
	Chance             *float64              `json:"chance_cheapest"`
	ChanceByKind       map[RouteKind]float64 `json:"chance_by_kind"`
	RuleOfThumb        string                `json:"rule_of_thumb"`
	RuleWords          string                `json:"rule_of_thumb_words"`
	RuleDiffersBecause string                `json:"rule_differs_because"`
	OperationalReading string                `json:"operational_reading"`
	Flips              []Flip                `json:"flips"`
	NoFlip             []string              `json:"no_flip"`
	WhatIf             []string              `json:"what_if"`
	Recheck            []Recheck             `json:"recheck"`
	NextSteps          []NextStep            `json:"next_steps"`
	CheaperIfWeaker    *Weaker               `json:"cheaper_if_weaker"`
	UsualChoice        *UsualChoice          `json:"usual_choice"` // nil where the article has none for such work
}

// Monitor is one metric to watch, filled in for this case.
type Monitor struct {
	Metric    string           `json:"metric"`
	Threshold string           `json:"threshold"`
	Why       string           `json:"why"`
	Evidence  catalog.Evidence `json:"evidence"`
	ForYou    string           `json:"for_this_case"`
	Log       string           `json:"log_fields"` // what to log so that it can be watched
}

// ClaimText is one claim that bears on this case.
type ClaimText struct {
	Text   string           `json:"text"`
	Status catalog.Evidence `json:"status"`
	Source string           `json:"source"`
	AsOf   string           `json:"as_of"`
}

// Route returns the route with this id, or nil.
func (a *Assessment) Route(id string) *Route {
	for i := range a.Routes {
		if a.Routes[i].ID == id {
			return &a.Routes[i]
		}
	}
	return nil
}
