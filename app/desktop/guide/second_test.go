package guide

import (
	"testing"

	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
)

// A second card is picked by its name, and taken back by saying that all are alike.
func TestASecondCardIsPickedAndTakenBack(t *testing.T) {
	v := ask(t, "deployment.second_device")
	uitest.Sees(t, v, "Is there a card of another kind in the same machine?", "No, all cards are alike", "NVIDIA RTX 5090 32GB")
	uitest.SeesNot(t, v, "Mac Studio", "NVL72") // machines, not cards to put into one
	uitest.Press(t, v, "NVIDIA RTX 5090 32GB")
	if got := v.session.Scenario().Text("deployment.second_device"); got != "rtx5090" {
		t.Errorf("the second card is %q", got)
	}
	uitest.Press(t, v, "No, all cards are alike")
	if got := v.session.Scenario().Text("deployment.second_device"); got != "" {
		t.Errorf("the second card is still %q", got)
	}
}

// Its questions are asked only where the engine gives each card whole layers.
func TestASecondCardIsAskedForLayerEnginesOnly(t *testing.T) {
	second, count := calc.LookupInput("deployment.second_device"), calc.LookupInput("deployment.second_devices")
	s := calc.Scenario{}.With("deployment.engine", calc.Str("llama.cpp"))
	if !second.Relevant(s) || count.Relevant(s) || !count.Relevant(s.With(second.Path, calc.Str("rtx3090"))) {
		t.Error("llama.cpp: the card is asked for, and how many where there is one")
	}
	if s = s.With("deployment.engine", calc.Str("vllm")); second.Relevant(s) || count.Relevant(s) {
		t.Error("vLLM cannot use a second kind of card")
	}
}
