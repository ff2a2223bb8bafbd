// Executes scripts of print lines, and counts them.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync/atomic"

	workbench "plugin-workbench.dev/sdk"
)

// language is the one this executor knows: one "print TEXT" a line.
const language = "{{id}}"

// executions is how many scripts were executed. A live reload carries it over.
var executions atomic.Int64

// result is what ForgeAI expects of an execution.
type result struct {
	Stdout     string `json:"stdout"`
	Stderr     string `json:"stderr"`
	ExitCode   int    `json:"exitCode"`
	Executions int64  `json:"executions"`
}

func main() {
	workbench.Run(workbench.Plugin{
		Activate:     activate,
		GetState:     getState,
		RestoreState: restoreState,
	})
}

// activate is called once, when the plugin starts. ForgeAI calls the three methods of its executor interface.
func activate(plugin *workbench.Context) error {
	methods := map[string]workbench.Handler{
		"supportedLanguages": workbench.Handle(supportedLanguages),
		"execute":            workbench.Handle(executeCode),
		"executeFile":        workbench.Handle(executeFile),
	}
	for name, handler := range methods {
		if err := plugin.Commands.Register(plugin, name, handler); err != nil {
			return err
		}
	}
	plugin.Log.Info(fmt.Sprintf("%s %s is ready", plugin.Name, plugin.Version))
	return nil
}

func supportedLanguages(context.Context, any) ([]string, error) {
	return []string{language}, nil
}

func executeCode(_ context.Context, args struct{ Language, Code string }) (result, error) {
	if args.Language != language {
		return result{}, workbench.Errorf("this executes %s, not %s", language, args.Language)
	}
	return execute(args.Code), nil
}

func executeFile(_ context.Context, args struct{ FilePath string }) (result, error) {
	// plugin-workbench-disable-next-line PW-GO-PATH-TRAVERSAL -- the sandbox opens only what the manifest allows
	code, err := os.ReadFile(args.FilePath)
	if err != nil {
		return result{}, workbench.Errorf("the script can't be read: %w", err)
	}
	return execute(string(code)), nil
}

// execute runs a script; the first line it can't read ends it.
func execute(code string) result {
	done := result{Executions: executions.Add(1)}
	for number, line := range strings.Split(code, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimSpace(line) == "" {
			continue
		}
		text, isPrint := strings.CutPrefix(line, "print ")
		if !isPrint {
			done.Stderr, done.ExitCode = fmt.Sprintf("line %d: expected print\n", number+1), 1
			return done
		}
		done.Stdout += text + "\n"
	}
	return done
}

// getState is what a live reload hands to the next instance.
func getState() (any, error) {
	return map[string]int64{"executions": executions.Load()}, nil
}

// restoreState takes over from the instance before.
func restoreState(state json.RawMessage) error {
	var saved struct{ Executions int64 }
	err := json.Unmarshal(state, &saved)
	executions.Store(saved.Executions)
	return err
}
