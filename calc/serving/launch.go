package serving

import (
	"fmt"
	"math"
	"strings"

	"hostwise/calc/memory"
)

// LaunchNote goes with every launch command: flags change faster than catalogues.
const LaunchNote = "check flags against your version"

// Slots are the requests that one replica takes at once, and the tokens that each of them holds on average.
type Slots struct {
	Requests   int
	LiveTokens float64
}

// LaunchCommand is the command that starts one replica of the plan, sized: devices, split, context, slots,
// memory. Names in capitals are the person's own paths. It is empty for an engine that is none of the seven.
// The plan's own sequences are room for requests of the longest kind; the slots are how many run at once.
func LaunchCommand(plan memory.Plan, slots Slots) string {
	p := &plan
	sequences := max(1, slots.Requests)
	context := max(1, p.ContextTokens)
	switch p.Engine {
	case "vllm":
		return vllmCommand(p, context, sequences)
	case "sglang":
		return sglangCommand(p, context, sequences)
	case "tensorrt-llm":
		return tensorRTCommand(p, context, sequences)
	case "llama.cpp":
		return llamaCommand(p, context, slots)
	case "ollama":
		return ollamaCommand(p, context, wholeSlots(p, context, sequences))
	case "ktransformers":
		return ktransformersCommand(p, context)
	case "mlx":
		return command("mlx_lm.server", "--model "+weightsName(p), "--max-tokens "+fmt.Sprint(context), "--port 8080")
	}
	return ""
}

func command(parts ...string) string {
	kept := parts[:0]
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, " ")
}

// flag writes a flag and its value, or nothing where the value is the engine's own default.
func flag(name string, value int) string {
	if value <= 1 {
		return ""
	}
	return fmt.Sprintf("%s %d", name, value)
}

func fraction(name string, value float64) string {
	if value <= 0 {
		return ""
	}
	return fmt.Sprintf("%s %.2f", name, value)
}

// weightsName is where the weights are: the published repository where the precision is the released one, else
// a name the person fills in.
func weightsName(p *memory.Plan) string {
	if p.Precision == p.Model.ReleasedPrecision && p.Model.HuggingFace != "" {
		return p.Model.HuggingFace
	}
	if p.Precision == "fp8" && p.Model.HuggingFace != "" { // made at run time from the released weights
		return p.Model.HuggingFace
	}
	return strings.ToUpper("FOLDER-OF-" + p.Model.ID + "-" + p.Precision)
}

func vllmCommand(p *memory.Plan, context, sequences int) string {
	devices := flag("--tensor-parallel-size", p.TensorParallel)
	if p.DataParallelAttention {
		ranks := max(1, p.Devices/max(1, p.PipelineParallel))
		devices = command(flag("--data-parallel-size", ranks), "--enable-expert-parallel")
		sequences = (sequences + ranks - 1) / ranks // the limit is a rank's
	} else if p.ExpertParallel > 1 {
		devices += " --enable-expert-parallel"
	}
	return command("vllm serve", weightsName(p), devices,
		flag("--pipeline-parallel-size", p.PipelineParallel),
		flag("--decode-context-parallel-size", p.ContextParallel),
		quantisation(p, "--quantization"), cacheFlag(p, "--kv-cache-dtype", "fp8"),
		fmt.Sprintf("--max-model-len %d", context), fmt.Sprintf("--max-num-seqs %d", sequences),
		flag("--max-num-batched-tokens", p.BatchTokens),
		fraction("--gpu-memory-utilization", p.MemoryFraction), draftVLLM(p))
}

func draftVLLM(p *memory.Plan) string {
	if p.SpeculativeTokens <= 0 || p.Model.Architecture.MTPLayers == 0 {
		return ""
	}
	return fmt.Sprintf(`--speculative-config '{"method": "mtp", "num_speculative_tokens": %d}'`, p.SpeculativeTokens)
}

// quantisation is the flag that makes run-time FP8 from 16-bit weights; other precisions are told by the files.
func quantisation(p *memory.Plan, name string) string {
	if p.Precision == "fp8" && p.Model.ReleasedPrecision != "fp8" {
		return name + " fp8"
	}
	return ""
}

func cacheFlag(p *memory.Plan, name, value string) string {
	if p.KV == "fp8" {
		return name + " " + value
	}
	return ""
}

func sglangCommand(p *memory.Plan, context, sequences int) string {
	spread, tensor := "", p.TensorParallel
	if p.DataParallelAttention {
		tensor = p.Devices / max(1, p.PipelineParallel)
		spread = fmt.Sprintf("--dp-size %d --enable-dp-attention", tensor)
	}
	draft := ""
	if p.SpeculativeTokens > 0 && p.Model.Architecture.MTPLayers > 0 {
		draft = fmt.Sprintf("--speculative-algorithm EAGLE --speculative-num-steps %d --speculative-eagle-topk 1 --speculative-num-draft-tokens %d",
			p.SpeculativeTokens, p.SpeculativeTokens+1)
	}
	device := ""
	if p.Device.Kind == "cpu" {
		device = "--device cpu"
	}
	return command("python3 -m sglang.launch_server --model-path", weightsName(p), device,
		flag("--tp-size", tensor), spread, flag("--ep-size", p.ExpertParallel), flag("--pp-size", p.PipelineParallel),
		quantisation(p, "--quantization"), cacheFlag(p, "--kv-cache-dtype", "fp8_e4m3"),
		fmt.Sprintf("--context-length %d", context), fmt.Sprintf("--max-running-requests %d", sequences),
		flag("--chunked-prefill-size", p.BatchTokens), fraction("--mem-fraction-static", p.MemoryFraction), draft)
}

func tensorRTCommand(p *memory.Plan, context, sequences int) string {
	options := ""
	if p.DataParallelAttention {
		options = "--extra_llm_api_options OPTIONS.yaml # with enable_attention_dp: true"
	}
	return command("trtllm-serve", weightsName(p), "--backend pytorch",
		flag("--tp_size", max(p.TensorParallel, p.Devices/max(1, p.PipelineParallel))),
		flag("--pp_size", p.PipelineParallel), flag("--ep_size", p.ExpertParallel),
		fmt.Sprintf("--max_seq_len %d", context), fmt.Sprintf("--max_batch_size %d", sequences),
		flag("--max_num_tokens", p.BatchTokens), fraction("--kv_cache_free_gpu_memory_fraction", p.MemoryFraction), options)
}

// llamaFile is the GGUF's name as publishers write it.
func llamaFile(p *memory.Plan) string {
	return p.Model.Name + "-" + strings.ToUpper(strings.TrimPrefix(p.Precision, "gguf-")) + ".gguf"
}

// mostLlamaSlots is the most sequences that llama.cpp is built for. Source: LLAMA_MAX_SEQ in its source.
const mostLlamaSlots = 256

// llamaSlots divides the cache among llama.cpp's slots. The server gives each slot an equal part of its context;
// where the memory holds that many only because most requests are short, the slots share one cache instead.
func llamaSlots(p *memory.Plan, context int, slots Slots) string {
	n := min(max(1, slots.Requests), mostLlamaSlots)
	if wholeSlots(p, context, n) == n {
		return fmt.Sprintf("--ctx-size %d --parallel %d", context*n, n)
	}
	const block = 256 // the cache grows by so many tokens
	shared := float64(context) + float64(n-1)*slots.LiveTokens
	shared = math.Ceil(shared/block) * block
	if holds := math.Max(p.KVCapacityTokens, float64(context*max(1, p.Sequences))); shared > holds {
		shared = holds
	}
	return fmt.Sprintf("--ctx-size %.0f --parallel %d --kv-unified", shared, n)
}

// wholeSlots is how many of the slots the cache holds when each keeps room for the longest request, at least those
// that the plan reserves.
func wholeSlots(p *memory.Plan, context, slots int) int {
	return min(slots, max(1, p.Sequences, int(p.KVCapacityTokens/float64(context))))
}

func llamaCommand(p *memory.Plan, context int, slots Slots) string {
	layers := 999 // all of them
	if p.LayersOnDevice >= 0 && !p.ExpertsInHostMemory {
		layers = p.LayersOnDevice
	}
	onCards := fmt.Sprintf("--n-gpu-layers %d", layers)
	if p.Device.Kind == "cpu" {
		onCards = "--n-gpu-layers 0"
		if p.Device.Sockets > 1 {
			onCards += " --numa distribute"
		}
	}
	experts := ""
	if p.ExpertsInHostMemory {
		experts = `--override-tensor "exps=CPU"`
	}
	split := ""
	if p.Cards() > 1 {
		split = "--split-mode layer"
	}
	cache := ""
	if p.KV == "q8_0" || p.KV == "q4_0" {
		cache = fmt.Sprintf("--flash-attn on --cache-type-k %s --cache-type-v %s", p.KV, p.KV)
	}
	return command("llama-server --model", llamaFile(p), llamaSlots(p, context, slots),
		onCards, experts, split, cache, flag("--ubatch-size", p.BatchTokens))
}

func ollamaCommand(p *memory.Plan, context, sequences int) string {
	cache := ""
	if p.KV == "q8_0" || p.KV == "q4_0" {
		cache = "OLLAMA_FLASH_ATTENTION=1 OLLAMA_KV_CACHE_TYPE=" + p.KV
	}
	return command(fmt.Sprintf("OLLAMA_CONTEXT_LENGTH=%d OLLAMA_NUM_PARALLEL=%d", context, sequences), cache, "ollama serve",
		"# then: ollama run", ollamaTag(p))
}

// ollamaTag is the library's name for a model and precision; its plain "70b" is the distilled Llama.
func ollamaTag(p *memory.Plan) string {
	size := map[string]string{
		"deepseek-r1": "671b", "deepseek-r1-0528": "671b-0528",
		"r1-distill-qwen-1.5b": "1.5b-qwen-distill", "r1-distill-qwen-7b": "7b-qwen-distill", "r1-distill-llama-8b": "8b-llama-distill",
		"r1-distill-qwen-14b": "14b-qwen-distill", "r1-distill-qwen-32b": "32b-qwen-distill", "r1-distill-llama-70b": "70b-llama-distill",
	}[p.Model.ID]
	if size == "" {
		size = strings.ToUpper(p.Model.ID)
	}
	precision := strings.TrimPrefix(p.Precision, "gguf-")
	if strings.HasPrefix(precision, "q") && strings.Contains(precision, "_k") {
		precision = "q" + strings.ToUpper(precision[1:])
	}
	if precision == "f16" || precision == "bf16" {
		precision = "fp16"
	}
	return "deepseek-r1:" + size + "-" + precision
}

func ktransformersCommand(p *memory.Plan, context int) string {
	model := p.Model.HuggingFace
	if model == "" {
		model = weightsName(p)
	}
	// One processor core is left to the system and the card's driver.
	return command("python -m ktransformers.local_chat --model_path", model, "--gguf_path FOLDER-OF-"+llamaFile(p),
		"--cpu_infer CORES-MINUS-ONE", fmt.Sprintf("--max_new_tokens %d", context), "--optimize_config_path RULES-FOR-YOUR-CARD.yaml")
}
