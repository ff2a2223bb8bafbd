package main

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	workbench "plugin-workbench.dev/sdk"
	"plugin-workbench.dev/sdk/codec"
)

// exchange are the commands about what plugins do with one another.
func (p *subject) exchange() map[string]workbench.Handler {
	return map[string]workbench.Handler{
		"call":               workbench.Handle(p.call),
		"call-caught":        workbench.Handle(p.callCaught),
		"fail-with":          workbench.Handle(p.failWith),
		"who-calls":          workbench.Handle(p.whoCalls),
		"listen":             workbench.Handle(p.listen),
		"broadcast":          workbench.Handle(p.broadcast),
		"messages":           answer(p.allMessages),
		"hook":               workbench.Handle(p.hook),
		"hook-fails":         workbench.Handle(p.hookFails),
		"unhook":             workbench.Handle(p.unhook),
		"run-hook":           workbench.Handle(p.runHook),
		"collect-hook":       workbench.Handle(p.collectHook),
		"chain":              workbench.Handle(p.chain),
		"chain-stop":         workbench.Handle(p.chainStop),
		"unchain":            workbench.Handle(p.unchain),
		"run-chain":          workbench.Handle(p.runChain),
		"provide":            workbench.Handle(p.provide),
		"unprovide":          workbench.Handle(p.unprovide),
		"providers":          workbench.Handle(p.listProviders),
		"use-provider":       workbench.Handle(p.useProvider),
		"typed-echo":         workbench.Handle(func(_ context.Context, value any) (any, error) { return value, nil }),
		"call-typed":         workbench.Handle(p.callTyped),
		"provide-typed":      workbench.Handle(p.provideTyped),
		"use-provider-typed": workbench.Handle(p.useProviderTyped),
		"schema":             workbench.Handle(p.schema),
		"validate":           workbench.Handle(p.validate),
		"cache-set":          workbench.Handle(p.cacheSet),
		"cache-get":          workbench.Handle(p.cacheGet),
	}
}

type remote struct {
	Plugin, Method string
	Args           json.RawMessage
}

func (p *subject) call(ctx context.Context, args remote) (any, error) {
	var result json.RawMessage
	err := p.Plugins.Call(ctx, args.Plugin, args.Method, args.Args, &result)
	return result, err
}

func (p *subject) callCaught(ctx context.Context, args remote) (any, error) {
	result, err := p.call(ctx, args)
	var failed *workbench.CallError
	if !errors.As(err, &failed) {
		return result, err
	}
	reason := failed.Reason()
	return map[string]any{
		"code": failed.Code, "message": failed.Message,
		"name": orNull(reason.Name), "word": orNull(reason.Code), "details": reason.Details,
	}, nil
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func (p *subject) failWith(_ context.Context, args struct {
	Message, Code string
	Details       json.RawMessage
}) (any, error) {
	return nil, workbench.Fail(args.Code, args.Message, args.Details)
}

func (p *subject) whoCalls(ctx context.Context, _ any) (any, error) {
	caller := workbench.CallerOf(ctx)
	if caller == nil {
		return map[string]any{"plugin": nil}, nil
	}
	return map[string]any{"plugin": caller.Plugin}, nil
}

func (p *subject) listen(ctx context.Context, _ any) (any, error) {
	_, err := p.Messages.Listen(ctx, func(_ context.Context, message workbench.Message) {
		p.mutex.Lock()
		p.messages = append(p.messages, map[string]any{
			"from": message.From, "method": message.Method, "data": message.Data,
		})
		p.mutex.Unlock()
		p.Log.Info("message " + message.Method)
	})
	return nil, err
}

func (p *subject) broadcast(ctx context.Context, args struct {
	Method string
	Data   json.RawMessage
	To     []string
}) (int, error) {
	return p.Messages.Broadcast(ctx, args.Method, args.Data, args.To...)
}

func (p *subject) allMessages() any {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return append([]map[string]any{}, p.messages...)
}

type hooked struct {
	Hook, Suffix, Message string
	Priority              int
	Value                 json.RawMessage
}

func (p *subject) hook(ctx context.Context, args hooked) (any, error) {
	extend := func(_ context.Context, value string) (string, error) { return value + args.Suffix, nil }
	return nil, p.Hooks.Register(ctx, args.Hook, args.Priority, workbench.Handle(extend))
}

func (p *subject) hookFails(ctx context.Context, args hooked) (any, error) {
	fail := func(context.Context, json.RawMessage) (any, error) { return nil, errors.New(args.Message) }
	return nil, p.Hooks.Register(ctx, args.Hook, args.Priority, fail)
}

func (p *subject) unhook(ctx context.Context, args hooked) (any, error) {
	return nil, p.Hooks.Unregister(ctx, args.Hook)
}

func (p *subject) runHook(ctx context.Context, args hooked) (any, error) {
	var result json.RawMessage
	err := p.Hooks.Run(ctx, args.Hook, args.Value, &result)
	return result, err
}

func (p *subject) collectHook(ctx context.Context, args hooked) (any, error) {
	outcomes, err := p.Hooks.Collect(ctx, args.Hook, args.Value)
	answers := []map[string]any{}
	for _, outcome := range outcomes {
		if outcome.Err != nil {
			answers = append(answers, map[string]any{"plugin": outcome.Plugin, "error": outcome.Err})
		} else {
			answers = append(answers, map[string]any{"plugin": outcome.Plugin, "value": outcome.Value})
		}
	}
	return answers, err
}

type link struct {
	Chain, Name string
	Priority    int
	Value       json.RawMessage
}

func (p *subject) chain(ctx context.Context, args link) (any, error) {
	handler := func(ctx context.Context, text json.RawMessage, next workbench.Next) (any, error) {
		var value, back string
		if err := json.Unmarshal(text, &value); err != nil {
			return nil, err
		}
		if err := next(ctx, value+">"+args.Name, &back); err != nil {
			return nil, err
		}
		return back + "<" + args.Name, nil
	}
	return nil, p.Middleware.Use(ctx, args.Chain, args.Priority, handler)
}

func (p *subject) chainStop(ctx context.Context, args link) (any, error) {
	handler := func(_ context.Context, text json.RawMessage, _ workbench.Next) (any, error) {
		var value string
		err := json.Unmarshal(text, &value)
		return value + "|" + args.Name, err
	}
	return nil, p.Middleware.Use(ctx, args.Chain, args.Priority, handler)
}

func (p *subject) unchain(ctx context.Context, args link) (any, error) {
	return nil, p.Middleware.Remove(ctx, args.Chain)
}

func (p *subject) runChain(ctx context.Context, args link) (any, error) {
	var result json.RawMessage
	err := p.Middleware.Run(ctx, args.Chain, args.Value, &result)
	return result, err
}

type provided struct {
	Kind, ID, Method string
	Info, Args       json.RawMessage
}

func (p *subject) provide(ctx context.Context, args provided) (any, error) {
	greet := func(_ context.Context, wanted struct{ Name string }) (any, error) {
		return map[string]string{"id": args.ID, "name": wanted.Name}, nil
	}
	fail := func(context.Context, json.RawMessage) (any, error) { return nil, errors.New("provider failed") }
	provider := workbench.Provider{"greet": workbench.Handle(greet), "fail": fail}
	return nil, p.Providers.Register(ctx, args.Kind, args.ID, args.Info, provider)
}

func (p *subject) unprovide(ctx context.Context, args provided) (any, error) {
	return nil, p.Providers.Unregister(ctx, args.Kind, args.ID)
}

func (p *subject) listProviders(ctx context.Context, args provided) (any, error) {
	return p.Providers.List(ctx, args.Kind)
}

func (p *subject) useProvider(ctx context.Context, args provided) (any, error) {
	var result json.RawMessage
	err := p.Providers.Call(ctx, args.Kind, args.ID, args.Method, args.Args, &result)
	return result, err
}

type typed struct {
	Plugin, Method, Kind, ID, Key, Text string
	Schema                              json.RawMessage
	TTLMs                               int64
}

func (t typed) value() (any, error) { return codec.Decode([]byte(t.Text), codec.JSON) }

func textOf(value any) (any, error) {
	text, err := codec.Encode(value, codec.JSON)
	return string(text), err
}

func (p *subject) callTyped(ctx context.Context, args typed) (any, error) {
	value, err := args.value()
	if err != nil {
		return nil, err
	}
	result, err := p.Plugins.CallTyped(ctx, args.Plugin, args.Method, value)
	if err != nil {
		return nil, err
	}
	return textOf(result)
}

func (p *subject) provideTyped(ctx context.Context, args typed) (any, error) {
	same := func(_ context.Context, value any) (any, error) { return value, nil }
	return nil, p.Providers.Register(ctx, args.Kind, args.ID, nil, workbench.Provider{"same": workbench.Handle(same)})
}

func (p *subject) useProviderTyped(ctx context.Context, args typed) (any, error) {
	value, err := args.value()
	if err != nil {
		return nil, err
	}
	result, err := p.Providers.CallTyped(ctx, args.Kind, args.ID, "same", value)
	if err != nil {
		return nil, err
	}
	return textOf(result)
}

func (p *subject) schema(ctx context.Context, args typed) (any, error) {
	value, err := args.value()
	if err != nil {
		return nil, err
	}
	return p.Data.GenerateSchema(ctx, value)
}

func (p *subject) validate(ctx context.Context, args typed) (any, error) {
	value, err := args.value()
	if err != nil {
		return nil, err
	}
	return p.Data.Validate(ctx, value, args.Schema)
}

func (p *subject) cacheSet(ctx context.Context, args typed) (any, error) {
	value, err := args.value()
	if err != nil {
		return nil, err
	}
	return nil, p.Data.Cache.Set(ctx, args.Key, value, time.Duration(args.TTLMs)*time.Millisecond)
}

func (p *subject) cacheGet(ctx context.Context, args typed) (any, error) {
	value, err := p.Data.Cache.Get(ctx, args.Key)
	if value == nil || err != nil {
		return nil, err
	}
	return textOf(value)
}
