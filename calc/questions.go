package calc

// Inputs is the table of questions, in the order of the scenario file.
var Inputs = []Input{
	{Path: "name", Label: "Name", Kind: Text, MaxLen: 200},
}
