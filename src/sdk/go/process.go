package workbench

import "context"

// Process runs programs the manifest names, each in a sandbox of its own.
type Process struct{ host caller }

// Command is a program to run; only Name is required.
type Command struct {
	// Name is as in the manifest.
	Name string   `json:"command"`
	Args []string `json:"args,omitempty"`
	// Dir is within the plugin's folder, and that folder when empty.
	Dir string `json:"cwd,omitempty"`
	// Input is what it reads from standard input.
	Input string `json:"input,omitempty"`
}

// ProcessResult says how a program ended, and what it wrote: at most 1 MiB each way.
type ProcessResult struct {
	// Code is nil when a signal ended it.
	Code   *int   `json:"code"`
	Signal string `json:"signal"`
	Stdout string `json:"stdout"`
	Stderr string `json:"stderr"`
}

// Run runs a program to its end. It has as long as ctx leaves, 30 seconds where that has no end, and is killed then.
func (p *Process) Run(ctx context.Context, command Command) (*ProcessResult, error) {
	params := struct {
		Command
		Timeout *int64 `json:"timeout,omitempty"`
	}{command, timeoutOf(ctx)}
	var result ProcessResult
	if err := p.host.call(ctx, "process/run", params, &result); err != nil {
		return nil, err
	}
	return &result, nil
}
