package workbench

import (
	"context"
	"encoding/json"
)

// Hooks let plugins take part in what others do: each makes something of a value.
type Hooks struct {
	host     caller
	handlers registry[Handler]
}

func newHooks(host caller) *Hooks { return &Hooks{host, newRegistry[Handler]("hook")} }

// Register lets handler take part in a hook. Its args are the value. Handlers of lower priority come first; 0 is
// usual.
func (h *Hooks) Register(ctx context.Context, hook string, priority int, handler Handler) error {
	return h.handlers.add(hook, handler, func() error {
		return h.host.call(ctx, "hooks/register", map[string]any{"hook": hook, "priority": priority}, nil)
	})
}

// Unregister takes no longer part in a hook.
func (h *Hooks) Unregister(ctx context.Context, hook string) error {
	h.handlers.remove(hook)
	return h.host.call(ctx, "hooks/unregister", map[string]any{"hook": hook}, nil)
}

// Run hands a value from handler to handler, each gets what the one before returned, and reads the last one's into
// the variable that into points to.
func (h *Hooks) Run(ctx context.Context, hook string, value, into any) error {
	return h.host.call(ctx, "hooks/run", hookRun{hook, value, "waterfall", callOf(ctx)}, into)
}

// HookOutcome is what one plugin made of a hook.
type HookOutcome struct {
	Plugin string          `json:"plugin"`
	Value  json.RawMessage `json:"value"`
	// Err is nil for one that succeeded.
	Err *HookError `json:"error"`
}

// HookError is the failure of one handler of a hook.
type HookError struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data"`
}

func (e *HookError) Error() string { return e.Message }

// Collect hands the same value to all handlers and returns what each made of it.
func (h *Hooks) Collect(ctx context.Context, hook string, value any) ([]HookOutcome, error) {
	var outcomes []HookOutcome
	err := h.host.call(ctx, "hooks/run", hookRun{hook, value, "collect", callOf(ctx)}, &outcomes)
	return outcomes, err
}

type hookRun struct {
	Hook   string `json:"hook"`
	Value  any    `json:"value"`
	Mode   string `json:"mode"`
	During string `json:"during,omitempty"`
}
