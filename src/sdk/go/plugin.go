package workbench

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"syscall"
)

// Plugin is what a program hands to [Run]. Only Activate is required.
type Plugin struct {
	// Activate registers what the plugin offers. The plugin is active when it returns nil.
	Activate func(plugin *Context) error
	// RestoreState takes up what GetState of the instance before returned. It is called after Activate, only when
	// there is a state.
	RestoreState func(state json.RawMessage) error
	// GetState returns what is to outlast a live reload, as JSON.
	GetState func() (any, error)
	// Configure is called when settings have changed; Context.Config is current already.
	Configure func(settings map[string]json.RawMessage) error
	// Deactivate is called before the plugin ends; it has five seconds.
	Deactivate func() error
}

// hostDescriptor is the file descriptor the host is reached on.
const hostDescriptor = 3

// Run serves the plugin until the host closes the connection, and then ends the process. It makes the plugin's log
// the default of log/slog and of log, so that what libraries log arrives with its level.
func Run(plugin Plugin) {
	if err := syscall.SetNonblock(hostDescriptor, true); err != nil {
		fmt.Fprintln(os.Stderr, "This program is started by a plugin host, with a socket as file descriptor 3.")
		os.Exit(2)
	}
	// A program the plugin starts must not speak for it.
	syscall.CloseOnExec(hostDescriptor)
	host := newPeer(os.NewFile(hostDescriptor, "host"))
	session := newSession(plugin, host, os.Exit)
	slog.SetDefault(session.logger)
	if err := host.serve(session); err != nil {
		fmt.Fprintln(os.Stderr, "The host sent what the protocol does not allow:", err)
	}
	os.Exit(0)
}
