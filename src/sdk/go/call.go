package workbench

import (
	"context"
	"encoding/json"
	"errors"
	"time"
)

// Handler answers a call. args are JSON, null when the caller gave none; what is returned is written as JSON, and
// what can't be is an error of the call. ctx ends when the call is cancelled or its deadline has passed. Each call runs in a
// goroutine of its own. A panic is an error of the call. In a typed call both are tagged JSON, which package codec reads
// and writes; the result may also be a value of that package.
type Handler func(ctx context.Context, args json.RawMessage) (any, error)

// Handle makes a handler of a function with types. Arguments that don't fit the type are an error of the call. Where In
// is any, the arguments of a typed call are a value of package codec.
func Handle[In, Out any](f func(ctx context.Context, args In) (Out, error)) Handler {
	return func(ctx context.Context, args json.RawMessage) (any, error) {
		var in In
		read := json.Unmarshal
		if isTyped(ctx) {
			read = func(args []byte, into any) error { return readTyped(args, into) }
		}
		if err := read(args, &in); err != nil {
			return nil, &rpcError{CodeInvalidParams, "The arguments don't fit: " + err.Error()}
		}
		return f(ctx, in)
	}
}

// Caller is the plugin that asked for what a handler does.
type Caller struct {
	// Plugin is its id.
	Plugin string `json:"plugin"`
	// Message is the id of the message that carries the call.
	Message string `json:"message"`
	// Correlation is what the message refers to, if its sender said so.
	Correlation string `json:"correlation"`
}

// CallerOf tells which plugin asked for what the handler with this context does; nil when none did.
func CallerOf(ctx context.Context) *Caller {
	params, _ := ctx.Value(during{}).(callParams)
	return params.Caller
}

// during is the key under which a context says which call of the host is being answered.
type during struct{}

func withCall(ctx context.Context, params callParams) context.Context {
	return context.WithValue(ctx, during{}, params)
}

func callOf(ctx context.Context) string {
	params, _ := ctx.Value(during{}).(callParams)
	return params.Call
}

// caller asks the host.
type caller struct{ host *peer }

// call sends a request and reads the result into result, which may be nil. It is called by a public method, which in
// turn is called by the plugin.
func (c caller) call(ctx context.Context, method string, params, result any) error {
	text, err := encode(params)
	if err != nil {
		return c.failure(method, CodeInvalidParams, "\""+method+"\" was not sent, its arguments are no JSON: "+err.Error(), nil)
	}
	if err := ctx.Err(); err != nil {
		return c.cancelled(method, err)
	}
	leave, err := c.host.lanes.enter(ctx, method)
	if err != nil {
		return c.cancelled(method, err)
	}
	defer leave()
	id, answers, err := c.host.start(method, text)
	if errors.Is(err, errTooLarge) {
		return c.failure(method, CodeLimitExceeded, "\""+method+"\" was not sent: "+err.Error(), nil)
	}
	if err != nil {
		return c.failure(method, CodeConnectionClosed, "The host is gone.", nil)
	}
	select {
	case got, open := <-answers:
		if !open {
			return c.failure(method, CodeConnectionClosed, "The host is gone.", nil)
		}
		if got.err != nil {
			return c.failure(method, got.err.Code, got.err.Message, got.err.Data)
		}
		return c.read(method, got.result, result)
	case <-ctx.Done():
		c.host.abandon(id)
		return c.cancelled(method, ctx.Err())
	}
}

func (c caller) read(method string, text json.RawMessage, result any) error {
	if result == nil {
		return nil
	}
	if err := json.Unmarshal(text, result); err != nil {
		return c.failure(method, CodeInvalidParams, "The answer to \""+method+"\" does not fit: "+err.Error(), nil)
	}
	return nil
}

func (c caller) cancelled(method string, reason error) error {
	if errors.Is(reason, context.DeadlineExceeded) {
		return c.failure(method, CodeDeadlineExceeded, "\""+method+"\" was not answered in time.", nil)
	}
	return c.failure(method, CodeCancelled, "\""+method+"\" was cancelled.", nil)
}

func (c caller) failure(method string, code int, message string, data json.RawMessage) error {
	call := &CallError{Method: method, Code: code, Message: message, Data: data, stack: captureStack(3)}
	if code != CodePermissionDenied {
		return call
	}
	var said denial
	// A denial without its parts is still one.
	_ = json.Unmarshal(data, &said)
	return &PermissionDenied{said.Scope, said.Action, said.Resource, said.Grant, call}
}

// timeoutOf is what is left of the context's time, in milliseconds; nil when it has no end.
func timeoutOf(ctx context.Context) *int64 {
	end, bounded := ctx.Deadline()
	if !bounded {
		return nil
	}
	left := time.Until(end).Milliseconds()
	if left < 1 {
		left = 1
	}
	return &left
}
