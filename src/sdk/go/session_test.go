package workbench

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// commands makes a plugin that registers handlers.
func commands(handlers map[string]Handler) Plugin {
	return Plugin{Activate: func(plugin *Context) error {
		for id, handler := range handlers {
			if err := plugin.Commands.Register(plugin, id, handler); err != nil {
				return err
			}
		}
		return nil
	}}
}

func TestInitializeTellsTheRuntimeAndRefusesAnotherVersion(t *testing.T) {
	h := start(t, Plugin{})
	got := h.call("initialize", map[string]any{"protocolVersion": protocolVersion})
	if got.Error == nil || !strings.Contains(got.Error.Message, "sent already") {
		t.Errorf("a second one: %+v", got.Error)
	}
	got = h.call("initialize", map[string]any{"protocolVersion": 1})
	if got.Error == nil || got.Error.Code != CodeInvalidRequest {
		t.Errorf("another version: %+v", got.Error)
	}
}

func TestEchoHandsJSONBackAsItCame(t *testing.T) {
	echo := func(_ context.Context, args json.RawMessage) (any, error) { return args, nil }
	h := start(t, commands(map[string]Handler{"echo": echo}))
	h.activate()
	for _, text := range []string{`null`, `9007199254740991`, `5e-324`, `"<&>\u2028👩‍🚀"`, `{"":[],"__proto__":{}}`} {
		got := h.invoke("echo", json.RawMessage(text))
		if string(got.Result) != text {
			t.Errorf("%s came back as %s", text, got.Result)
		}
	}
}

func TestHandleDecodesArgumentsAndRefusesOthers(t *testing.T) {
	double := func(_ context.Context, args struct{ N int }) (int, error) { return 2 * args.N, nil }
	h := start(t, commands(map[string]Handler{"double": Handle(double)}))
	h.activate()
	if got := h.invoke("double", map[string]int{"n": 21}); string(got.Result) != "42" {
		t.Errorf("got %s", got.Result)
	}
	got := h.invoke("double", map[string]string{"n": "x"})
	if got.Error == nil || got.Error.Code != CodeInvalidParams {
		t.Errorf("got %+v", got.Error)
	}
}

type customError struct{}

func (*customError) Error() string { return "custom" }

func TestErrorsAndPanicsBecomeFailuresWithNames(t *testing.T) {
	var list []int
	h := start(t, commands(map[string]Handler{
		"error":  func(context.Context, json.RawMessage) (any, error) { return nil, &customError{} },
		"coded":  func(context.Context, json.RawMessage) (any, error) { return nil, Fail("NO_LUCK", "no luck", []int{1}) },
		"panic":  func(context.Context, json.RawMessage) (any, error) { panic("no") },
		"index":  func(context.Context, json.RawMessage) (any, error) { return list[3], nil },
		"silly":  func(context.Context, json.RawMessage) (any, error) { return func() {}, nil },
		"denied": func(context.Context, json.RawMessage) (any, error) { return nil, &rpcError{CodeNotFound, "nowhere"} },
	}))
	h.activate()
	for _, test := range []struct{ command, name, message, code string }{
		{"error", "workbench.customError", "custom", ""},
		{"coded", "error", "no luck", "NO_LUCK"},
		{"panic", "panic", "no", ""},
		{"index", "runtime.boundsError", "index out of range", ""},
		{"silly", "json.UnsupportedTypeError", "no JSON", ""},
	} {
		got := h.invoke(test.command, nil)
		if got.Error == nil || got.Error.Code != CodePluginFailed || !strings.Contains(got.Error.Message, test.message) {
			t.Errorf("%s: %+v", test.command, got.Error)
			continue
		}
		var data struct{ Name, Code, Stack string }
		if err := json.Unmarshal(got.Error.Data, &data); err != nil || data.Name != test.name || data.Code != test.code {
			t.Errorf("%s: %s", test.command, got.Error.Data)
		}
		if test.command != "error" && !strings.Contains(data.Stack, "session_test.go") && test.command != "silly" {
			t.Errorf("%s has the stack %q", test.command, data.Stack)
		}
	}
}

func TestADenialIsTypedAndStaysOneWhenLetThrough(t *testing.T) {
	var seen error
	var plugin *Context
	set := func(ctx context.Context, _ json.RawMessage) (any, error) {
		seen = plugin.Storage.Set(ctx, "k", 1)
		return nil, seen
	}
	subject := commands(map[string]Handler{"set": set})
	activate := subject.Activate
	subject.Activate = func(p *Context) error {
		plugin = p
		return activate(p)
	}
	h := start(t, subject)
	h.reply = func(method string, _ json.RawMessage) (any, *wireError) {
		if method == "storage/set" {
			data := json.RawMessage(`{"scope":"memory","action":"write","resource":"k","grant":"a line"}`)
			return nil, &wireError{CodePermissionDenied, "not granted", data}
		}
		return nil, nil
	}
	h.activate()
	got := h.invoke("set", nil)
	var denied *PermissionDenied
	var call *CallError
	if !errors.As(seen, &denied) || denied.Grant != "a line" || !errors.As(seen, &call) || call.Method != "storage/set" {
		t.Errorf("the plugin saw %#v", seen)
	}
	if got.Error == nil || got.Error.Code != CodePermissionDenied || !strings.Contains(string(got.Error.Data), `"resource":"k"`) {
		t.Errorf("its caller got %+v", got.Error)
	}
}

func TestCancellingACallEndsItsContextAndWhatItAsksFor(t *testing.T) {
	var plugin *Context
	ended := make(chan error, 1)
	subject := Plugin{Activate: func(p *Context) error {
		plugin = p
		return p.Commands.Register(p, "ask", func(ctx context.Context, _ json.RawMessage) (any, error) {
			err := plugin.Commands.Execute(ctx, "other", nil, nil)
			ended <- err
			return nil, err
		})
	}}
	h := start(t, subject)
	hold := make(chan struct{})
	h.reply = func(method string, _ json.RawMessage) (any, *wireError) {
		if method == "commands/execute" {
			<-hold
		}
		return nil, nil
	}
	defer close(hold)
	h.activate()
	id, _ := h.begin("invoke", map[string]any{"method": "ask", "args": nil, "deadline": 60000, "call": "c7"})
	asked := h.next("commands/execute")
	if !strings.Contains(string(asked.Params), `"during":"c7"`) {
		t.Errorf("it asked with %s", asked.Params)
	}
	h.send(map[string]any{"jsonrpc": "2.0", "method": "$/cancelRequest", "params": map[string]any{"id": json.RawMessage(id)}})
	if err := wait(t, ended); !errors.Is(err, context.Canceled) {
		t.Errorf("it got %v", err)
	}
	cancelled := h.next("$/cancelRequest")
	if !strings.Contains(string(cancelled.Params), string(asked.ID)) {
		t.Errorf("it cancelled %s, not %s", cancelled.Params, asked.ID)
	}
}

func TestWhatIsTooLargeOrTooDeepIsAnErrorOfItsCall(t *testing.T) {
	var plugin *Context
	h := start(t, Plugin{Activate: func(p *Context) error {
		plugin = p
		large := func(context.Context, json.RawMessage) (any, error) { return strings.Repeat("x", maxMessageBytes), nil }
		return p.Commands.Register(p, "large", large)
	}})
	h.activate()
	if got := h.invoke("large", nil); got.Error == nil || got.Error.Code != CodeLimitExceeded {
		t.Errorf("got %+v", got.Error)
	}
	var call *CallError
	deep := json.RawMessage(strings.Repeat("[", maxDepth) + strings.Repeat("]", maxDepth))
	if err := plugin.Storage.Set(plugin, "k", deep); !errors.As(err, &call) || call.Code != CodeLimitExceeded {
		t.Errorf("got %v", err)
	}
}

func TestEventsComeInOrderAndOnlyWhereTheyMatch(t *testing.T) {
	var plugin *Context
	heard := make(chan string, 1000)
	h := start(t, Plugin{Activate: func(p *Context) error {
		plugin = p
		_, err := p.Events.On(p, "a.*", func(_ context.Context, event Event) { heard <- event.Name + string(event.Data) })
		return err
	}})
	h.activate()
	h.next("events/subscribe")
	for i := 0; i < 500; i++ {
		h.send(map[string]any{"jsonrpc": "2.0", "method": "event", "params": map[string]any{
			"name": "a.b", "from": "x", "data": i, "patterns": []string{"a.*"},
		}})
	}
	h.send(map[string]any{"jsonrpc": "2.0", "method": "event", "params": map[string]any{
		"name": "b", "from": "x", "data": 1, "patterns": []string{"b"},
	}})
	for i := 0; i < 500; i++ {
		want, _ := json.Marshal(i)
		if got := wait(t, heard); got != "a.b"+string(want) {
			t.Fatalf("event %d was %s", i, got)
		}
	}
	if len(heard) > 0 {
		t.Errorf("it heard %s", <-heard)
	}
	_ = plugin
}

func TestAPanicInTheBackgroundIsLoggedAndEndsTheProcess(t *testing.T) {
	h := start(t, Plugin{Activate: func(p *Context) error {
		p.Go(func() { panic(errors.New("lost")) })
		return nil
	}})
	h.activate()
	logged := h.next("log")
	if code := wait(t, h.exits); code != 1 {
		t.Errorf("it ended with %d", code)
	}
	text := string(logged.Params)
	if !strings.Contains(text, "panic: lost") || !strings.Contains(text, "session_test.go") || !strings.Contains(text, `"error"`) {
		t.Errorf("it logged %s", text)
	}
}

func TestRecordsAreLoggedWithLevelAndAttributes(t *testing.T) {
	h := start(t, Plugin{Activate: func(p *Context) error {
		p.Log.With("a", 1).WithGroup("g").Warn("careful", "b", "two", slog.Group("h", "c", true))
		p.Log.Debug(strings.Repeat("x", 2*maxLog))
		return nil
	}})
	h.activate()
	if got := string(h.next("log").Params); got != `{"level":"warn","message":"careful a=1 g.b=two g.h.c=true"}` {
		t.Errorf("got %s", got)
	}
	if got := len(h.next("log").Params); got > maxLog+100 {
		t.Errorf("a message has %d bytes", got)
	}
}

func TestSettingsAreComparedAndTheirListenersTold(t *testing.T) {
	changes := make(chan ConfigChange, 10)
	h := start(t, Plugin{Activate: func(p *Context) error {
		color := "blue"
		found, err := p.Config.Get("color", &color)
		if !found || color != "red" {
			t.Errorf("found %v, %s", found, color)
		}
		p.Config.OnChange(func(change ConfigChange) { changes <- change })
		return err
	}})
	h.call("activate", map[string]any{"config": map[string]any{"color": "red", "size": 1}})
	h.call("configure", map[string]any{"config": map[string]any{"color": "green", "same": 2}})
	for _, want := range []string{`color "red" "green"`, `same  2`, `size 1 `} {
		change := wait(t, changes)
		if got := change.Key + " " + string(change.Previous) + " " + string(change.Value); got != want {
			t.Errorf("got %q, not %q", got, want)
		}
	}
}
