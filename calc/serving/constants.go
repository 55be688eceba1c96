package serving

// constants are the numbers of the physics. None is tuned to one run: each comes from the throughput research
// (its section is named), or was fitted over all runs of its kind, or, where the catalogue has no run to fit it
// on, is taken from a neighbour and says so. TestConstantsAreFitted checks that the fitted ones of the tensor
// engines lie where the misfit is least.
//
// The throughput research is the project's own reading of what is public: Epoch AI's "Inference economics of
// language models" (arXiv 2506.04645) and NVIDIA's aiconfigurator for the form of a step; SemiAnalysis
// InferenceX, LMSYS, vLLM and MLPerf for tensor engines; the benchmarks of XiongjieDai, Jeff Geerling and llmfit
// and the threads of ik_llama.cpp and ktransformers for the rest. Each run is in the catalogue with its source.
type constants struct {
	// Tensor engines, the full model. Form of section 2; fitted on the 48 runs of R1 on at most sixteen devices
	// since mid 2025 (rms logarithm of the error 0.150, two runs with a fault of their own included). The three
	// shares at their bounds are bounds: no run separates them from the links.
	memory     float64 // share of the listed bandwidth that weights and cache reach
	link       float64 // share of the listed link that a step's all-reduce reaches, waiting included
	spreadLink float64 // the same for the exchange between experts: section 2, checked at 11,489 tok/s of eight H200
	promptLink float64 // the same for a prompt's large messages
	decodePeak float64 // share of the listed arithmetic in a decode step
	promptPeak float64 // share of it in a prompt
	// bytes a prompt token moves in each layer for each of its hidden values: what the published prefill rates of
	// H100, H20, GB200 (FP8 and FP4) and GB300 leave after arithmetic at the share above, all five within 20 %
	promptTraffic float64
	promptMix     float64            // how much longer a prompt takes in pieces between decode steps than alone
	layer         map[string]float64 // seconds a layer and step, by device architecture
	layerFP4      map[string]float64 // the same in FP4
	layerOther    float64            // an architecture with no run: Hopper's, a little more
	layerNodes    float64            // one layer's devices in two servers
	nodeLink      float64            // bytes a second and device between servers that a step reaches: 400 Gbit/s
	draftCount    float64            // how much of a draft token counts for distinct experts (section 2)

	// Tensor engines, dense models. One run has a stated load; the rest are from neighbours.
	denseLayer      float64 // seconds a layer: llama.cpp's on the same cards (3.1), for want of a run
	denseReduce     float64 // seconds an all-reduce waits between two devices: Epoch's 2 (sqrt N - 1) + 6 us (1.6)
	densePeak       float64 // share of arithmetic: saturated MLPerf runs lie between 0.3 and 0.7
	densePrompt     float64
	denseLink       float64 // half of a prompt's, for a step's small messages
	densePromptLink float64 // 225 of 450 GB/s inside a server (Epoch, 1.6)

	// Layer engines, one user (section 3.1; the HBM cards refitted with a layer time of their own on nine runs).
	cardShare       float64 // GDDR cards
	hbmShare        float64 // HBM cards up to Ampere, quantised; kernels and not bytes limit these
	hbmFullShare    float64 // the same in 16 bits
	hopperShare     float64 // later HBM cards, quantised
	hopperFullShare float64 // the same in 16 bits
	appleShare      float64
	sparkShare      float64
	apuShare        float64 // other unified memory: a 70B at 4.97 tok/s on 256 GB/s
	cardLayer       float64 // seconds a layer
	hbmLayer        float64
	appleLayer      float64
	sparkLayer      float64
	expertLaunch    float64 // seconds each expert touched adds: R1 at 0.55 of an M3 Ultra's bandwidth (section 3)
	hop             float64 // seconds to hand a step from one card to the next: 122.6 and 127.7 tok/s (3.1)

	// Layer engines, batches and prompts (prompt rates of 3.1).
	batchShare      float64 // share of the prompt's rate that a batch reaches: four users of a 32B at 95 tok/s
	promptSpread    float64 // what a second card adds to prompt speed: 8,545 and 6,899 tok/s
	cardPrompt      float64 // share of the die's rate, GDDR
	hbmPrompt       float64 // HBM up to Ampere
	hopperPrompt    float64
	applePrompt     float64
	sparkPrompt     float64
	latentShare     float64 // of the prompt's rate, latent attention: 0.055 on a 4090, 0.12 on an M3 Ultra
	expertPrompt    float64 // share of a dense model's rate that experts reach: 16 x 3090 and 2 x H100
	kernelBoundBits float64 // below these bits a weight, unpacking and not bytes sets the speed

	// Processors (section 3.1).
	processorShare float64
	unpack         float64 // seconds a parameter touched
	secondSocket   float64 // speed of two sockets over one under llama.cpp: 5.81 and 7.52 tok/s
	matrixShare    float64 // matrix units: share of all sockets' bandwidth, from a 70B and R1 in 8 bits
	matrixLayer    float64 // seconds a layer of experts on them
	plainPrompt    float64 // prompt operations a second for each byte a second of memory: 1.2 to 6 measured
	hybridPrompt   float64 // the same with the trunk on a card: 12 to 26
	matrixPrompt   float64 // the same on matrix units: 24 to 32

	// Experts or layers in host memory (sections 3 and 3.1).
	hybridCard float64
	hybridHost float64
	secondNode float64 // what a second socket adds without a copy of the experts
	spillHost  float64 // share of the host's bandwidth for spilled layers: 0.49 to 0.72 in three runs
}

const micro = 1e-6

var physics = constants{
	memory: 0.93, link: 0.054, spreadLink: 0.111, promptLink: 0.9, decodePeak: 0.72, promptPeak: 0.72, promptTraffic: 400, promptMix: 2.8,
	layer: map[string]float64{
		"hopper": 139 * micro, "blackwell": 112 * micro, "cdna3": 230 * micro, "cdna4": 184 * micro,
	},
	layerFP4:   map[string]float64{"blackwell": 89 * micro, "cdna4": 184 * micro},
	layerOther: 150 * micro, layerNodes: 440 * micro, nodeLink: 50e9, draftCount: 0.9,

	denseLayer: 81 * micro, denseReduce: 7 * micro, densePeak: 0.5, densePrompt: 0.5, denseLink: 0.25, densePromptLink: 0.5,

	cardShare: 0.89, hbmShare: 0.6, hbmFullShare: 0.485, hopperShare: 0.64, hopperFullShare: 0.64,
	appleShare: 0.84, sparkShare: 0.72, apuShare: 0.87,
	cardLayer: 81 * micro, hbmLayer: 100 * micro, appleLayer: 141 * micro, sparkLayer: 20 * micro,
	expertLaunch: 20 * micro, hop: 300 * micro,

	batchShare: 0.08, promptSpread: 0.24,
	cardPrompt: 0.6, hbmPrompt: 0.31, hopperPrompt: 0.18, applePrompt: 0.6, sparkPrompt: 0.4, latentShare: 0.08, expertPrompt: 0.25,
	kernelBoundBits: 2.2,

	processorShare: 0.9, unpack: 2.25e-12, secondSocket: 0.77, matrixShare: 0.55, matrixLayer: 440 * micro,
	plainPrompt: 3, hybridPrompt: 14, matrixPrompt: 28,

	hybridCard: 0.89, hybridHost: 0.38, secondNode: 1.3, spillHost: 0.62,
}
