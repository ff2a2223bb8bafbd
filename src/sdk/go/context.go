package workbench

import (
	"context"
	"log/slog"
	"sync"
)

// Context is a plugin's way to the host. It is itself a context.Context, which ends when the plugin is deactivated;
// use it for calls that belong to no handler.
type Context struct {
	context.Context

	// PluginID, Name and Version are those of the manifest.
	PluginID string
	Name     string
	Version  string
	// Dir is the absolute path of the plugin's folder.
	Dir string
	// Profile names the plugin system the manifest is written for.
	Profile string

	// Log is the plugin's log.
	Log           *slog.Logger
	Config        *Config
	Storage       *Storage
	Commands      *Commands
	Events        *Events
	Plugins       *Plugins
	Messages      *Messages
	Hooks         *Hooks
	Middleware    *Middleware
	Providers     *Providers
	Files         *Files
	Net           *Net
	Process       *Process
	Clipboard     *Clipboard
	Notifications *Notifications
	Memory        *Memory
	Data          *Data

	session *session

	mutex     sync.Mutex
	listeners []func()
}

// Go runs f in a goroutine. When it panics, the panic is logged with its place as an error and the process ends with
// exit code 1. A panic in a goroutine started by a go statement ends the process as Go does, with exit code 2 and the
// stack on stderr.
func (c *Context) Go(f func()) {
	go func() {
		defer func() {
			if reason := recover(); reason != nil {
				c.session.crash(panicError(reason, panicStack()))
			}
		}()
		f()
	}()
}

// OnCapabilitiesChange calls listener when what the plugin may do has changed: permissions were given, narrowed, revoked or
// are over.
func (c *Context) OnCapabilitiesChange(listener func()) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.listeners = append(c.listeners, listener)
}

func (c *Context) capabilitiesChanged() {
	c.mutex.Lock()
	listeners := append([]func(){}, c.listeners...)
	c.mutex.Unlock()
	for _, listener := range listeners {
		listener()
	}
}

func newContext(s *session, params initializeParams) (*Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	host := caller{s.host}
	return &Context{
		Context:       ctx,
		PluginID:      params.PluginID,
		Name:          params.PluginName,
		Version:       params.Version,
		Dir:           params.PluginDir,
		Profile:       params.Profile,
		Log:           s.logger,
		Config:        newConfig(host),
		Storage:       &Storage{host},
		Commands:      newCommands(host),
		Events:        newEvents(host),
		Plugins:       &Plugins{host},
		Messages:      newMessages(host),
		Hooks:         newHooks(host),
		Middleware:    newMiddleware(host),
		Providers:     newProviders(host),
		Files:         &Files{host},
		Net:           &Net{host},
		Process:       &Process{host},
		Clipboard:     &Clipboard{host},
		Notifications: &Notifications{host},
		Memory:        newMemory(host),
		Data:          &Data{&Cache{host}, host},
		session:       s,
	}, cancel
}
