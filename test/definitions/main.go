// Command definitions says what API servers with certain definitions of kinds make of objects, without any server.
//
// It reads {"sets": [{"name", "files"}], "objects": [{"name", "object", "ignored"}]} and writes {"checked", "findings"}: each object
// is looked at with every set that defines its kind.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

type set struct {
	Name  string   `json:"name"`
	Files []string `json:"files"`
}

type input struct {
	Sets    []set    `json:"sets"`
	Objects []object `json:"objects"`
}

type output struct {
	// Checked is how many objects each set defined.
	Checked  map[string]int `json:"checked"`
	Findings []finding      `json:"findings"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		return err
	}
	out := output{Checked: map[string]int{}, Findings: []finding{}}
	for _, set := range in.Sets {
		definitions, err := readDefinitions(set.Files)
		if err != nil {
			return err
		}
		for _, item := range in.Objects {
			apiVersion, _ := item.Object["apiVersion"].(string)
			kind, _ := item.Object["kind"].(string)
			of, isDefined := definitions[key(apiVersion, kind)]
			if !isDefined {
				continue
			}
			out.Checked[set.Name]++
			found, err := check(set.Name, of, item)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", set.Name, item.Name, err)
			}
			if !found.isEmpty() {
				out.Findings = append(out.Findings, found)
			}
		}
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}
