package workbench

import "context"

// Commands are what a plugin can be asked to do by name.
type Commands struct {
	host     caller
	handlers registry[Handler]
}

func newCommands(host caller) *Commands {
	return &Commands{host, newRegistry[Handler]("command")}
}

// Register lets handler answer the command. It returns when the host has accepted it; the host refuses a command
// that the manifest does not list, where the plugin system wants it to.
func (c *Commands) Register(ctx context.Context, id string, handler Handler) error {
	return c.handlers.add(id, handler, func() error {
		return c.host.call(ctx, "commands/register", map[string]any{"id": id}, nil)
	})
}

// Unregister takes a command back.
func (c *Commands) Unregister(ctx context.Context, id string) error {
	c.handlers.remove(id)
	return c.host.call(ctx, "commands/unregister", map[string]any{"id": id}, nil)
}

// Execute runs a command of this or another plugin, by its id or as "plugin:id", and reads the result into the
// variable that into points to; nil ignores it.
func (c *Commands) Execute(ctx context.Context, id string, args, into any) error {
	params := struct {
		ID     string `json:"id"`
		Args   any    `json:"args"`
		During string `json:"during,omitempty"`
	}{id, args, callOf(ctx)}
	return c.host.call(ctx, "commands/execute", params, into)
}
