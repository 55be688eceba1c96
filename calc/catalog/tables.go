package catalog

// NameHint says what people mean, and what they get, when they type a model's name: a tag, an id, a phrase.
type NameHint struct {
	Query   string   `json:"query"`           // as typed; compared in lower case
	Also    []string `json:"also,omitempty"`  // other spellings of the same thing
	Meaning string   `json:"meaning"`         // what it really is
	Model   string   `json:"model,omitempty"` // our model id, "" where it is none of ours or no one model
	Risk    string   `json:"risk"`            // what goes wrong when it is misread
	Status  Evidence `json:"status"`
	Fact
}

// WorkloadAdvice is what suits one kind of work: whether to run the full model, and the better default.
type WorkloadAdvice struct {
	Workload string   `json:"workload"`
	Template string   `json:"template"` // the ready scenario of this workload
	FullR1   string   `json:"full_r1"`  // "no", "usually no" or "maybe"
	Default  string   `json:"default"`
	Why      string   `json:"why"`
	Status   Evidence `json:"status"`
	Fact
}

// DecisionRule is one row of the decision matrix: a situation and the move to make first.
type DecisionRule struct {
	ID        string   `json:"id"`
	Situation string   `json:"situation"`
	Move      string   `json:"move"`
	Why       string   `json:"why"`
	Status    Evidence `json:"status"`
	Fact
}

// ServingOption is one way to get answers and what drives its cost.
type ServingOption struct {
	ID     string   `json:"id"`
	Option string   `json:"option"`
	Route  string   `json:"route"` // the kind of route it is here: "api", "rent" or "own"
	Best   string   `json:"best_for"`
	Driver string   `json:"cost_driver"`
	Status Evidence `json:"status"`
	Fact
}

// CostComponent is one part of a month's cost and how it is worked out.
type CostComponent struct {
	ID        string   `json:"id"`
	Component string   `json:"component"`
	Formula   string   `json:"formula"`
	Why       string   `json:"why"`
	Status    Evidence `json:"status"`
	Fact
}

// NonClaim is something that is not promised, and why not.
type NonClaim struct {
	ID     string   `json:"id"`
	Text   string   `json:"text"`
	Why    string   `json:"why"`
	Status Evidence `json:"status"`
	Fact
}

// Caveat is something that moves the memory a model needs.
type Caveat struct {
	ID     string   `json:"id"`
	Factor string   `json:"factor"`
	Effect string   `json:"effect"`
	Why    string   `json:"why"`
	Status Evidence `json:"status"`
	Fact
}

// VolumeReading is what a monthly volume means for the people who run it.
type VolumeReading struct {
	CallsPerMonth float64  `json:"calls_per_month"`
	InputTokens   float64  `json:"input_tokens_per_call"`
	OutputTokens  float64  `json:"output_tokens_per_call"`
	Reading       string   `json:"reading"`
	Template      string   `json:"template"`
	Status        Evidence `json:"status"`
	Fact
}

// Question is a question that people ask, with its answer.
type Question struct {
	ID     string   `json:"id"`
	Text   string   `json:"question"`
	Answer string   `json:"answer"`
	Page   string   `json:"page"`
	Status Evidence `json:"status"`
	Fact
}

// Source is a document that facts rest on.
type Source struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Where string `json:"where"` // an address or a place in a repository
	Holds string `json:"holds"` // what it was used for
	Fact
}
