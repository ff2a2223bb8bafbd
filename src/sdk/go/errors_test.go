package workbench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
)

func TestWhatAPluginLetsThroughStaysWhatItWas(t *testing.T) {
	answered := map[string]*wireError{
		"cancelled": {CodeCancelled, "gone", nil},
		"late":      {CodeDeadlineExceeded, "late", nil},
		"failed":    {CodePluginFailed, "no luck", json.RawMessage(`{"name":"Bad","code":"NO","details":[1],"plugin":"q"}`)},
		"missing":   {CodeNotFound, "nowhere", nil},
	}
	var seen error
	var plugin *Context
	h := start(t, Plugin{Activate: func(p *Context) error {
		plugin = p
		return p.Commands.Register(p, "ask", Handle(func(ctx context.Context, id string) (any, error) {
			if id == "who" {
				return CallerOf(ctx), nil
			}
			seen = plugin.Commands.Execute(ctx, id, nil, nil)
			return nil, fmt.Errorf("while asking: %w", seen)
		}))
	}})
	h.reply = func(method string, params json.RawMessage) (any, *wireError) {
		var asked struct{ ID string }
		_ = json.Unmarshal(params, &asked)
		return nil, answered[asked.ID]
	}
	h.activate()
	ask := func(id string) message { return h.invoke("ask", id) }

	if got := ask("cancelled").Error; got.Code != CodeCancelled || got.Message != "gone" {
		t.Errorf("%+v", got)
	}
	if got := ask("late").Error; got.Code != CodeDeadlineExceeded || !errors.Is(seen, context.DeadlineExceeded) {
		t.Errorf("%+v, %v", got, seen)
	}
	var data failureData
	got := ask("failed").Error
	if err := json.Unmarshal(got.Data, &data); err != nil || got.Code != CodePluginFailed {
		t.Errorf("%+v", got)
	}
	if data.Name != "Bad" || data.Code != "NO" || data.Plugin != "q" || fmt.Sprint(data.Details) != "[1]" {
		t.Errorf("%s", got.Data)
	}
	var call *CallError
	if !errors.As(seen, &call) || call.Reason().Code != "NO" || string(call.Reason().Details) != "[1]" {
		t.Errorf("%v", seen)
	}
	data = failureData{}
	got = ask("missing").Error
	if err := json.Unmarshal(got.Data, &data); err != nil || got.Code != CodePluginFailed || data.Code != "NotFound" {
		t.Errorf("%s", got.Data)
	}

	asked := h.call("invoke", map[string]any{
		"method": "ask", "args": "who", "deadline": 1000, "call": "c", "caller": map[string]any{"plugin": "q", "message": "m"},
	})
	if string(asked.Result) != `{"plugin":"q","message":"m","correlation":""}` {
		t.Errorf("%s", asked.Result)
	}
	if asked = ask("who"); string(asked.Result) != "null" {
		t.Errorf("%s", asked.Result)
	}
}

func TestAHandlerThatRunsOutOfTimeSaysSo(t *testing.T) {
	h := start(t, commands(map[string]Handler{
		"wait": func(ctx context.Context, _ json.RawMessage) (any, error) {
			<-ctx.Done()
			return nil, fmt.Errorf("waiting: %w", ctx.Err())
		},
	}))
	h.activate()
	got := h.call("invoke", map[string]any{"method": "wait", "args": nil, "deadline": 20, "call": "c"})
	if got.Error == nil || got.Error.Code != CodeDeadlineExceeded {
		t.Errorf("%+v", got.Error)
	}
}
