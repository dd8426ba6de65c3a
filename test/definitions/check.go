package main

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"github.com/itchyny/gojq"
	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/jsonmergepatch"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// object is what is to be applied.
type object struct {
	Name   string         `json:"name"`
	Object map[string]any `json:"object"`
	// Ignored are the jqPathExpressions of the Application that applies it.
	Ignored []string `json:"ignored"`
}

// finding is all that is wrong with an object for one set of definitions.
type finding struct {
	Set  string `json:"set"`
	Name string `json:"name"`
	// Errors are those for which an API server refuses it.
	Errors []string `json:"errors,omitempty"`
	// Unknown are the fields that it drops.
	Unknown []string `json:"unknown,omitempty"`
	// Drift is what Argo CD would change back again and again: the object as it would be, where that is not what is there.
	Drift string `json:"drift,omitempty"`
}

func (f finding) isEmpty() bool {
	return len(f.Errors) == 0 && len(f.Unknown) == 0 && f.Drift == ""
}

// check does with an object what an API server does on its way in, and Argo CD with what then is there.
func check(set string, of definition, item object) (finding, error) {
	found := finding{Set: set, Name: item.Name}
	live := runtime.DeepCopyJSON(item.Object)
	pruned := pruning.PruneWithOptions(live, of.structural, true, schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
	found.Unknown = pruned
	defaulting.PruneNonNullableNullsWithoutDefaults(live, of.structural)
	defaulting.Default(live, of.structural)
	writtenBack(live)
	var problems field.ErrorList
	problems = append(problems, validation.ValidateCustomResource(nil, live, of.validator)...)
	problems = append(problems, objectmeta.Validate(nil, live, of.structural, false)...)
	problems = append(problems, listtype.ValidateListSetsAndMaps(nil, of.structural, live)...)
	if of.rules != nil {
		broken, _ := of.rules.Validate(context.Background(), nil, of.structural, live, nil, celconfig.RuntimeCELCostBudget)
		problems = append(problems, broken...)
	}
	for _, problem := range problems {
		found.Errors = append(found.Errors, problem.Error())
	}
	drift, err := driftOf(item, live)
	found.Drift = drift
	return found, err
}

// writtenBack does with an object what External Secrets does when it writes it: durations are as Go writes them (issue 5390 there).
func writtenBack(live map[string]any) {
	spec, isMap := live["spec"].(map[string]any)
	if !isMap || live["kind"] != "ExternalSecret" {
		return
	}
	if text, isText := spec["refreshInterval"].(string); isText {
		if duration, err := time.ParseDuration(text); err == nil {
			spec["refreshInterval"] = duration.String()
		}
	}
}

// driftOf says what Argo CD would make of an object that it applied a moment ago, where that is not what is there: fields of maps
// that Git does not have are left alone, lists are compared as a whole (gitops-engine, pkg/diff, threeWayMergePatch), and on
// either side what an Application ignores is taken out first (util/argo/normalizers).
func driftOf(item object, live map[string]any) (string, error) {
	wanted, err := without(item.Object, item.Ignored)
	if err != nil {
		return "", err
	}
	there, err := without(live, item.Ignored)
	if err != nil {
		return "", err
	}
	wantedText, err := json.Marshal(wanted)
	if err != nil {
		return "", err
	}
	thereText, err := json.Marshal(there)
	if err != nil {
		return "", err
	}
	patch, err := jsonmergepatch.CreateThreeWayJSONMergePatch(wantedText, wantedText, thereText)
	if err != nil {
		return "", err
	}
	patched, err := jsonpatch.MergePatch(thereText, patch)
	if err != nil {
		return "", err
	}
	var after any
	if err := json.Unmarshal(patched, &after); err != nil {
		return "", err
	}
	var before any
	if err := json.Unmarshal(thereText, &before); err != nil {
		return "", err
	}
	if reflect.DeepEqual(before, after) {
		return "", nil
	}
	return string(patch), nil
}

// without takes out what jq expressions name, as Argo CD does: `del(…)`.
func without(from map[string]any, expressions []string) (map[string]any, error) {
	text, err := json.Marshal(from)
	if err != nil {
		return nil, err
	}
	var value map[string]any
	if err := json.Unmarshal(text, &value); err != nil {
		return nil, err
	}
	for _, expression := range expressions {
		query, err := gojq.Parse("del(" + expression + ")")
		if err != nil {
			return nil, fmt.Errorf("%s: %w", expression, err)
		}
		result, ok := query.Run(value).Next()
		if !ok {
			return nil, fmt.Errorf("%s gives nothing", expression)
		}
		if err, isError := result.(error); isError {
			return nil, fmt.Errorf("%s: %w", expression, err)
		}
		value = result.(map[string]any)
	}
	return value, nil
}
