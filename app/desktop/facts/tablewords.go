package facts

import (
	"strings"

	"hostwise/app/desktop/ui"
	"hostwise/calc/catalog"
)

// wordKey names what a row is called in a case's file and on the command line.
const wordKey = "Key in a file"

// local writes the numbers in some words with the signs of the person's region.
func local(words string) string { return ui.Here().Number(words) }

// The catalogue's own words for a few columns, as a manager says them.
var (
	precisionKinds   = map[string]string{"raw": "rule of thumb", "deploy": "can be run"}
	precisionFormats = map[string]string{"raw": "none", "safetensors": "safetensors", "gguf": "GGUF", "mlx": "MLX"}
	deviceKinds      = map[string]string{"datacenter": "data centre", "workstation": "workstation", "consumer": "consumer", "rack": "rack",
		"unified": "whole machine", "cpu": "processors"}
	engineSplits = map[string]string{"tensor": "across devices", "layer": "layer by layer"}
)

// said is the word for one of the catalogue's; what has none stays as it is.
func said(words map[string]string, id string) string {
	if w := words[id]; w != "" {
		return w
	}
	return id
}

// kindsWords lists kinds of device.
func kindsWords(kinds []string) string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = said(deviceKinds, k)
	}
	return strings.Join(out, ", ")
}

// modelsWords names the models that a precision is made for.
func modelsWords(c *catalog.Catalog, ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		switch m := c.Model(id); {
		case m != nil:
			out[i] = m.ShortName
		case id == "full":
			out[i] = "the full models"
		case id == "distill":
			out[i] = "the distills"
		default:
			out[i] = id
		}
	}
	return strings.Join(out, ", ")
}

// devicesWords names the devices that a server is made for.
func devicesWords(c *catalog.Catalog, ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		if out[i] = id; c.Device(id) != nil {
			out[i] = c.Device(id).ShortName
		}
	}
	return strings.Join(out, ", ")
}
