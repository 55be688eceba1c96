package serving

// constants are the numbers of the physics. None is tuned to one run: each is from the research named beside it
// or fitted over all measured runs of its kind in the catalogue, by the fit that the package's tests repeat.
type constants struct {
	// Tensor engines (research section 2, refitted in 3.1 on 37 InferenceX runs).
	memory      float64            // share of the listed bandwidth that weights and cache reach
	link        float64            // share of the listed link that a step's all-reduce reaches, waiting included
	spreadLink  float64            // the same for the exchange between experts with attention in data-parallel
	promptLink  float64            // the same for a prompt's large messages
	decodePeak  float64            // share of the listed arithmetic in a decode step
	promptPeak  float64            // share of it in a prompt
	promptMix   float64            // how much longer a prompt takes in pieces between decode steps than alone
	layer       map[string]float64 // seconds a layer and step of the full model, by device architecture
	layerFP4    map[string]float64 // the same in FP4
	layerOther  float64            // an architecture with no run
	layerNodes  float64            // tensor parallel across servers (16 H100 over InfiniBand)
	nodeLink    float64            // bytes a second a device between servers that a step reaches
	draftCount  float64            // how much of a draft token counts for distinct experts
	denseLayer  float64            // seconds a layer of a dense model on one device
	denseReduce float64            // seconds an all-reduce of a dense model adds to a layer, at two devices
	densePeak   float64            // share of arithmetic a dense model's decode step reaches
	densePrompt float64

	// Layer engines, one user (section 3.1, 32 runs).
	cardShare       float64 // GDDR cards
	hbmShare        float64 // HBM cards up to Ampere, quantised; kernels and not bytes limit these
	hbmFullShare    float64 // the same in 16 bits
	hopperShare     float64 // later HBM cards, quantised
	hopperFullShare float64 // the same in 16 bits
	appleShare      float64
	sparkShare      float64
	apuShare        float64 // other unified memory
	cardLayer       float64 // seconds a layer
	hbmLayer        float64
	appleLayer      float64
	sparkLayer      float64
	expertLaunch    float64 // seconds each expert touched adds on top
	hop             float64 // seconds to hand a step from one card to the next
	batchShare      float64 // share of the prompt's arithmetic rate that a batch of sequences reaches
	promptSpread    float64 // what a second card adds to prompt speed in a layer split
	cardPrompt      float64 // share of the die's rate in a prompt, GDDR
	hbmPrompt       float64 // HBM up to Ampere
	hopperPrompt    float64
	applePrompt     float64
	sparkPrompt     float64
	expertPrompt    float64 // share of a dense model's prompt rate that experts reach
	kernelBoundBits float64 // below these bits a weight, unpacking and not bytes sets the speed

	// Processors (section 3.1).
	processorShare float64
	unpack         float64 // seconds a parameter touched
	secondSocket   float64 // speed of two sockets over one under llama.cpp
	matrixShare    float64 // matrix engines: share of all sockets' bandwidth
	matrixLayer    float64 // seconds a layer of experts
	plainPrompt    float64 // prompt operations a second for each byte a second of memory
	hybridPrompt   float64
	matrixPrompt   float64

	// Experts or layers in host memory (section 3.1).
	hybridCard   float64
	hybridHost   float64
	secondNode   float64 // what a second socket adds without a copy of the experts
	spillHost    float64
	oneSocketGBs float64 // a host with more bandwidth than this has two sockets
}

const micro = 1e-6

var physics = constants{
	memory: 0.93, link: 0.053, spreadLink: 0.09, promptLink: 0.9, decodePeak: 0.72, promptPeak: 0.72, promptMix: 3.7,
	layer: map[string]float64{
		"hopper": 139 * micro, "blackwell": 112 * micro, "cdna3": 225 * micro, "cdna4": 184 * micro,
	},
	layerFP4:   map[string]float64{"blackwell": 89 * micro, "cdna4": 184 * micro},
	layerOther: 150 * micro, layerNodes: 440 * micro, nodeLink: 50e9, draftCount: 0.9,
	denseLayer: 81 * micro, denseReduce: 8 * micro, densePeak: 0.5, densePrompt: 0.5,

	cardShare: 0.89, hbmShare: 0.6, hbmFullShare: 0.485, hopperShare: 0.64, hopperFullShare: 0.64, appleShare: 0.84, sparkShare: 0.72, apuShare: 0.87,
	cardLayer: 81 * micro, hbmLayer: 100 * micro, appleLayer: 141 * micro, sparkLayer: 20 * micro, expertLaunch: 20 * micro, hop: 300 * micro,
	batchShare: 0.08, promptSpread: 0.24,
	cardPrompt: 0.6, hbmPrompt: 0.31, hopperPrompt: 0.18, applePrompt: 0.6, sparkPrompt: 0.4, expertPrompt: 0.25,
	kernelBoundBits: 2.2,

	processorShare: 0.9, unpack: 2.25e-12, secondSocket: 0.77, matrixShare: 0.55, matrixLayer: 440 * micro,
	plainPrompt: 3, hybridPrompt: 14, matrixPrompt: 28,

	hybridCard: 0.89, hybridHost: 0.38, secondNode: 1.3, spillHost: 0.62, oneSocketGBs: 600,
}
