package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	workbench "plugin-workbench.dev/sdk"
)

const EDITION = "first"

// subject is the plugin; one mutex guards all that changes.
type subject struct {
	*workbench.Context

	mutex         sync.Mutex
	count         int
	gates         map[string][]chan any
	heard         []map[string]any
	messages      []map[string]any
	subscriptions map[string]func(context.Context) error
	segments      map[string]*workbench.Segment
}

var plugin = &subject{
	gates:         map[string][]chan any{},
	heard:         []map[string]any{},
	subscriptions: map[string]func(context.Context) error{},
	segments:      map[string]*workbench.Segment{},
}

func main() {
	workbench.Run(workbench.Plugin{
		Activate:     plugin.activate,
		RestoreState: plugin.restoreState,
		GetState:     plugin.getState,
		Deactivate: func() error {
			plugin.Log.Info("deactivated")
			return nil
		},
	})
}

func (p *subject) activate(host *workbench.Context) error {
	p.Context = host
	commands := map[string]workbench.Handler{
		"echo":             func(_ context.Context, args json.RawMessage) (any, error) { return args, nil },
		"describe":         answer(p.describe),
		"edition":          answer(func() any { return EDITION }),
		"throw":            workbench.Handle(p.throw),
		"slow":             workbench.Handle(p.slow),
		"wait":             workbench.Handle(p.wait),
		"open":             workbench.Handle(p.open),
		"storage":          workbench.Handle(p.storage),
		"denied":           workbench.Handle(p.denied),
		"denied-unhandled": workbench.Handle(p.deniedUnhandled),
		"execute":          workbench.Handle(p.execute),
		"execute-caught":   workbench.Handle(p.executeCaught),
		"register":         workbench.Handle(p.register),
		"unregister":       workbench.Handle(p.unregister),
		"subscribe":        workbench.Handle(p.subscribe),
		"unsubscribe":      workbench.Handle(p.unsubscribe),
		"emit":             workbench.Handle(p.emit),
		"heard":            answer(p.allHeard),
		"log":              workbench.Handle(p.log),
		"print":            workbench.Handle(p.print),
		"print-bytes":      answer(p.printBytes),
		"config-get":       workbench.Handle(p.configGet),
		"config-all":       answer(func() any { return p.Config.All() }),
		"config-set":       workbench.Handle(p.configSet),
		"count":            answer(p.counted),
		"large":            workbench.Handle(p.large),
		"large-call":       workbench.Handle(p.largeCall),
		"deep":             workbench.Handle(p.deep),
		"burst":            workbench.Handle(p.burst),
		"crash":            answer(p.crash),
		"exit":             workbench.Handle(p.exit),
	}
	for _, more := range []map[string]workbench.Handler{p.exchange(), p.memory(), p.outside()} {
		for id, handler := range more {
			commands[id] = handler
		}
	}
	for id, handler := range commands {
		if err := p.Commands.Register(p, id, handler); err != nil {
			return err
		}
	}
	p.Config.OnChange(func(change workbench.ConfigChange) {
		value := string(change.Value)
		if change.Value == nil {
			value = "null"
		}
		p.Log.Info(fmt.Sprintf("config %s %s", change.Key, value))
	})
	p.Log.Info("active")
	return nil
}

func answer(f func() any) workbench.Handler {
	return func(context.Context, json.RawMessage) (any, error) { return f(), nil }
}

func (p *subject) describe() any {
	return map[string]string{"pluginId": p.PluginID, "name": p.Name, "version": p.Version, "pluginDir": p.Dir}
}

func (p *subject) throw(_ context.Context, args struct{ Message string }) (any, error) {
	return nil, workbench.Errorf("%s", args.Message) // conformance:throw
}

func (p *subject) slow(ctx context.Context, args struct{ MS int }) (string, error) {
	p.Log.Info("slow: begun")
	select {
	case <-time.After(time.Duration(args.MS) * time.Millisecond):
		return "done", nil
	case <-ctx.Done():
		p.Log.Info("slow: cancelled")
		return "", ctx.Err()
	}
}

func (p *subject) wait(ctx context.Context, args struct{ Gate string }) (any, error) {
	gate := make(chan any, 1)
	p.mutex.Lock()
	p.gates[args.Gate] = append(p.gates[args.Gate], gate)
	p.mutex.Unlock()
	p.Log.Info("waiting " + args.Gate)
	select {
	case value := <-gate:
		return value, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *subject) open(_ context.Context, args struct {
	Gate  string
	Value any
}) (int, error) {
	p.mutex.Lock()
	waiting := p.gates[args.Gate]
	delete(p.gates, args.Gate)
	p.mutex.Unlock()
	for _, gate := range waiting {
		gate <- args.Value
	}
	return len(waiting), nil
}

func (p *subject) storage(ctx context.Context, args struct {
	Op, Key string
	Value   json.RawMessage
}) (any, error) {
	switch args.Op {
	case "get":
		var value json.RawMessage
		_, err := p.Storage.Get(ctx, args.Key, &value)
		return value, err
	case "set":
		return nil, p.Storage.Set(ctx, args.Key, args.Value)
	case "delete":
		return p.Storage.Delete(ctx, args.Key)
	}
	return p.Storage.Keys(ctx)
}

func (p *subject) denied(ctx context.Context, args struct{ Key string }) (any, error) {
	err := p.Storage.Set(ctx, args.Key, 1)
	var denied *workbench.PermissionDenied
	if !errors.As(err, &denied) {
		return nil, err
	}
	return map[string]string{
		"scope": denied.Scope, "action": denied.Action, "resource": denied.Resource, "grant": denied.Grant,
	}, nil
}

func (p *subject) deniedUnhandled(ctx context.Context, args struct{ Key string }) (any, error) {
	return nil, p.Storage.Set(ctx, args.Key, 1) // conformance:denied
}

type execution struct {
	ID   string
	Args json.RawMessage
}

func (p *subject) execute(ctx context.Context, args execution) (any, error) {
	var result json.RawMessage
	err := p.Commands.Execute(ctx, args.ID, args.Args, &result)
	return result, err
}

func (p *subject) executeCaught(ctx context.Context, args execution) (any, error) {
	var result json.RawMessage
	err := p.Commands.Execute(ctx, args.ID, args.Args, &result)
	var failed *workbench.CallError
	if !errors.As(err, &failed) {
		return result, err
	}
	return map[string]any{"method": failed.Method, "code": failed.Code, "message": failed.Message}, nil
}

func (p *subject) register(ctx context.Context, args struct{ ID string }) (any, error) {
	reply := answer(func() any { return map[string]string{"registered": args.ID} })
	return nil, p.Commands.Register(ctx, args.ID, reply)
}

func (p *subject) unregister(ctx context.Context, args struct{ ID string }) (any, error) {
	return nil, p.Commands.Unregister(ctx, args.ID)
}

func (p *subject) subscribe(ctx context.Context, args struct{ Name string }) (any, error) {
	stop, err := p.Events.On(ctx, args.Name, func(_ context.Context, event workbench.Event) {
		p.mutex.Lock()
		p.heard = append(p.heard, map[string]any{"name": event.Name, "from": event.From, "data": event.Data})
		p.mutex.Unlock()
		p.Log.Info("heard " + event.Name)
	})
	if err != nil {
		return nil, err
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.subscriptions[args.Name] = stop
	return nil, nil
}

func (p *subject) unsubscribe(ctx context.Context, args struct{ Name string }) (any, error) {
	p.mutex.Lock()
	stop := p.subscriptions[args.Name]
	delete(p.subscriptions, args.Name)
	p.mutex.Unlock()
	return nil, stop(ctx)
}

func (p *subject) emit(ctx context.Context, args struct {
	Name string
	Data json.RawMessage
}) (any, error) {
	return nil, p.Events.Emit(ctx, args.Name, args.Data)
}

func (p *subject) allHeard() any {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return append([]map[string]any{}, p.heard...)
}

func (p *subject) log(_ context.Context, args struct{ Level, Message string }) (any, error) {
	write := map[string]func(string, ...any){
		"debug": p.Log.Debug, "info": p.Log.Info, "warn": p.Log.Warn, "error": p.Log.Error,
	}
	write[args.Level](args.Message)
	return nil, nil
}

func (p *subject) print(_ context.Context, args struct{ Stream, Text string }) (any, error) {
	stream := os.Stdout
	if args.Stream == "stderr" {
		stream = os.Stderr
	}
	_, err := fmt.Fprintln(stream, args.Text)
	return nil, err
}

func (p *subject) printBytes() any {
	var bytes [257]byte
	for i := range bytes {
		bytes[i] = byte(i)
	}
	bytes[256] = '\n'
	_, _ = os.Stdout.Write(bytes[:])
	return nil
}

func (p *subject) configGet(_ context.Context, args struct {
	Key      string
	Fallback json.RawMessage
}) (any, error) {
	value := args.Fallback
	_, err := p.Config.Get(args.Key, &value)
	return value, err
}

func (p *subject) configSet(ctx context.Context, args struct {
	Key   string
	Value json.RawMessage
}) (any, error) {
	return nil, p.Config.Set(ctx, args.Key, args.Value)
}

func (p *subject) counted() any {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.count++
	return p.count
}

func (p *subject) large(_ context.Context, args struct{ Bytes int }) (string, error) {
	return strings.Repeat("x", args.Bytes), nil
}

func (p *subject) largeCall(ctx context.Context, args struct{ Bytes int }) (any, error) {
	err := p.Storage.Set(ctx, "large", strings.Repeat("x", args.Bytes))
	var failed *workbench.CallError
	if !errors.As(err, &failed) {
		return nil, err
	}
	return failed.Code, nil
}

func (p *subject) deep(_ context.Context, args struct{ Depth int }) (json.RawMessage, error) {
	return json.RawMessage(strings.Repeat("[", args.Depth) + strings.Repeat("]", args.Depth)), nil
}

func (p *subject) burst(ctx context.Context, args struct {
	Calls int
	ID    string
}) (int, error) {
	answered := make(chan error, args.Calls)
	for i := 0; i < args.Calls; i++ {
		go func(n int) {
			if args.ID != "" {
				answered <- p.Commands.Execute(ctx, args.ID, n, new(json.RawMessage))
				return
			}
			_, err := p.Storage.Get(ctx, "burst", new(json.RawMessage))
			answered <- err
		}(i)
	}
	for i := 0; i < args.Calls; i++ {
		if err := <-answered; err != nil {
			return i, err
		}
	}
	return args.Calls, nil
}

func (p *subject) crash() any {
	p.Go(func() {
		time.Sleep(10 * time.Millisecond)
		panic(errors.New("conformance crash")) // conformance:crash
	})
	return nil
}

func (p *subject) exit(_ context.Context, args struct{ Code int }) (any, error) {
	os.Exit(args.Code)
	return nil, nil
}

func (p *subject) getState() (any, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return map[string]int{"count": p.count}, nil
}

func (p *subject) restoreState(state json.RawMessage) error {
	var saved struct{ Count int }
	if err := json.Unmarshal(state, &saved); err != nil {
		return err
	}
	p.mutex.Lock()
	p.count = saved.Count
	p.mutex.Unlock()
	p.Log.Info(fmt.Sprintf("restored %d", saved.Count))
	return nil
}
