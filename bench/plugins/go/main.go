package main

import (
	"context"
	"encoding/json"
	"strings"
	"sync/atomic"
	"time"

	workbench "plugin-workbench.dev/sdk"
)

const GENERATION = 1

var (
	payload = strings.Repeat("x", 100)
	count   atomic.Int64
)

func main() {
	workbench.Run(workbench.Plugin{
		Activate:     activate,
		GetState:     func() (any, error) { return count.Load(), nil },
		RestoreState: restore,
	})
}

func activate(plugin *workbench.Context) error {
	commands := map[string]workbench.Handler{
		"ping":       func(_ context.Context, args json.RawMessage) (any, error) { return args, nil },
		"generation": func(context.Context, json.RawMessage) (any, error) { return GENERATION, nil },
		"count":      func(context.Context, json.RawMessage) (any, error) { return count.Add(1), nil },
		"round-trips": workbench.Handle(func(ctx context.Context, args struct {
			Calls  int
			Plugin string
		}) (any, error) {
			samples := make([]float64, 0, args.Calls)
			for range make([]struct{}, args.Calls) {
				began := time.Now()
				var answer string
				if err := plugin.Plugins.Call(ctx, args.Plugin, "ping", payload, &answer); err != nil {
					return nil, err
				}
				samples = append(samples, float64(time.Since(began).Nanoseconds())/1000)
			}
			return samples, nil
		}),
	}
	for name, handler := range commands {
		if err := plugin.Commands.Register(plugin, name, handler); err != nil {
			return err
		}
	}
	return nil
}

func restore(state json.RawMessage) error {
	var n int64
	err := json.Unmarshal(state, &n)
	count.Store(n)
	return err
}
