package workbench

import "context"

// Clipboard is that of the people who use the host.
type Clipboard struct{ host caller }

// Read returns the text on the clipboard.
func (c *Clipboard) Read(ctx context.Context) (string, error) {
	var text string
	err := c.host.call(ctx, "clipboard/read", struct{}{}, &text)
	return text, err
}

// Write puts a text on the clipboard.
func (c *Clipboard) Write(ctx context.Context, text string) error {
	return c.host.call(ctx, "clipboard/write", map[string]any{"text": text}, nil)
}

// Notifications are messages for the people who use the host.
type Notifications struct{ host caller }

// Levels of notifications.
const (
	LevelInfo    = "info"
	LevelWarning = "warning"
	LevelError   = "error"
)

// Show shows a message. Where actions are offered it waits for the choice, which is "" when none was made.
func (n *Notifications) Show(ctx context.Context, level, message string, actions ...string) (string, error) {
	params := struct {
		Level   string   `json:"level"`
		Message string   `json:"message"`
		Actions []string `json:"actions,omitempty"`
	}{level, message, actions}
	var chosen *string
	err := n.host.call(ctx, "notifications/show", params, &chosen)
	if err != nil || chosen == nil {
		return "", err
	}
	return *chosen, nil
}
