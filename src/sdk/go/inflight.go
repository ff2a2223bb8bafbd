package workbench

import "context"

// The host refuses more than 1024 requests at the same time. What makes other plugins work has a limit of its own, so
// that they, when they in turn need this plugin, don't wait behind what waits for them.
const (
	mostToPlugins = 512
	mostToHost    = 256
)

// lanes lets requests wait for their turn.
type lanes struct{ toPlugins, toHost chan struct{} }

func newLanes() lanes {
	return lanes{make(chan struct{}, mostToPlugins), make(chan struct{}, mostToHost)}
}

// enter waits until a request may be sent. leave must be called when it was answered or given up.
func (l lanes) enter(ctx context.Context, method string) (leave func(), err error) {
	lane := l.toHost
	switch method {
	case "commands/execute", "messages/call", "hooks/run", "middleware/run", "providers/call":
		lane = l.toPlugins
	}
	select {
	case lane <- struct{}{}:
		return func() { <-lane }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
