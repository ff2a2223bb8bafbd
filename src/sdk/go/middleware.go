package workbench

import (
	"context"
	"encoding/json"
)

// Next hands a value to the rest of a chain and reads what it made of it into the variable that into points to. It
// can be called once, while the handler runs.
type Next func(ctx context.Context, value, into any) error

// MiddlewareHandler does a plugin's part of a chain: it may change the value, call next, change the result, or answer without calling it.
type MiddlewareHandler func(ctx context.Context, value json.RawMessage, next Next) (any, error)

// Middleware are chains of handlers around a value.
type Middleware struct {
	host     caller
	handlers registry[MiddlewareHandler]
}

func newMiddleware(host caller) *Middleware {
	return &Middleware{host, newRegistry[MiddlewareHandler]("chain")}
}

// Use takes part in a chain. Handlers of lower priority are further out; 0 is usual.
func (m *Middleware) Use(ctx context.Context, chain string, priority int, handler MiddlewareHandler) error {
	return m.handlers.add(chain, handler, func() error {
		return m.host.call(ctx, "middleware/register", map[string]any{"chain": chain, "priority": priority}, nil)
	})
}

// Remove takes no longer part in a chain.
func (m *Middleware) Remove(ctx context.Context, chain string) error {
	m.handlers.remove(chain)
	return m.host.call(ctx, "middleware/unregister", map[string]any{"chain": chain}, nil)
}

// Run sends a value through a chain and reads the result into the variable that into points to.
func (m *Middleware) Run(ctx context.Context, chain string, value, into any) error {
	params := struct {
		Chain  string `json:"chain"`
		Value  any    `json:"value"`
		During string `json:"during,omitempty"`
	}{chain, value, callOf(ctx)}
	return m.host.call(ctx, "middleware/run", params, into)
}

// next is what a handler calls for the given run of a chain.
func (m *Middleware) next(run string) Next {
	return func(ctx context.Context, value, into any) error {
		return m.host.call(ctx, "middleware/next", map[string]any{"run": run, "value": value}, into)
	}
}
