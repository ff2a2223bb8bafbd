package workbench

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

// protocolVersion is the one this SDK speaks; the host must speak the same.
const protocolVersion = 2

type initializeParams struct {
	ProtocolVersion int    `json:"protocolVersion"`
	PluginID        string `json:"pluginId"`
	PluginName      string `json:"pluginName"`
	Version         string `json:"version"`
	PluginDir       string `json:"pluginDir"`
	Profile         string `json:"profile"`
}

// callParams are those of every request by which the host makes the plugin work for somebody.
type callParams struct {
	// Deadline is in milliseconds.
	Deadline float64 `json:"deadline"`
	Call     string  `json:"call"`
	Caller   *Caller `json:"caller"`

	Method string          `json:"method"`
	Args   json.RawMessage `json:"args"`
	Typed  bool            `json:"typed"`
	Hook   string          `json:"hook"`
	Chain  string          `json:"chain"`
	Run    string          `json:"run"`
	Kind   string          `json:"kind"`
	ID     string          `json:"id"`
	Value  json.RawMessage `json:"value"`
}

// session is one plugin's life in this process, as the host directs it.
type session struct {
	plugin Plugin
	host   *peer
	logger *slog.Logger
	exit   func(code int)
	queue  queue

	mutex   sync.Mutex
	context *Context
	end     context.CancelFunc
	// active is true from the end of Activate to Deactivate.
	active  bool
	running map[string]context.CancelFunc
}

func newSession(plugin Plugin, host *peer, exit func(code int)) *session {
	s := &session{plugin: plugin, host: host, exit: exit, running: map[string]context.CancelFunc{}}
	s.logger = slog.New(&logHandler{host: host})
	return s
}

func (s *session) request(id json.RawMessage, method string, params json.RawMessage) {
	ctx, cancel := context.WithCancel(context.Background())
	key := string(id)
	s.mutex.Lock()
	s.running[key] = cancel
	s.mutex.Unlock()
	go func() {
		result, err := s.handle(ctx, method, params)
		s.mutex.Lock()
		delete(s.running, key)
		s.mutex.Unlock()
		cancel()
		var text json.RawMessage
		if err == nil {
			if text, err = encode(result); err != nil {
				err = Errorf("the result of %q is no JSON: %w", method, err)
			}
		}
		if err != nil {
			s.host.fail(id, toWireError(err, s.dir()))
			return
		}
		s.host.answer(id, text)
	}()
}

func (s *session) cancel(id json.RawMessage) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if cancel := s.running[string(id)]; cancel != nil {
		cancel()
	}
}

// handle carries out a request; a panic of plugin code is its error.
func (s *session) handle(ctx context.Context, method string, params json.RawMessage) (result any, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			result, err = nil, panicError(reason, panicStack())
		}
	}()
	switch method {
	case "initialize":
		return s.initialize(params)
	case "ping":
		return struct{}{}, nil
	case "load":
		// The code of a compiled plugin is here already.
		return struct{}{}, nil
	case "activate":
		return s.activate(params)
	case "getState":
		return s.getState()
	case "configure":
		return struct{}{}, s.configure(params)
	case "deactivate":
		return struct{}{}, s.deactivate()
	case "invoke", "hooks/call", "middleware/handle", "providers/call":
		return s.serve(ctx, method, params)
	}
	return nil, &rpcError{CodeMethodNotFound, "A plugin process has no method \"" + method + "\"."}
}

func (s *session) initialize(text json.RawMessage) (any, error) {
	var params initializeParams
	if err := json.Unmarshal(text, &params); err != nil {
		return nil, &rpcError{CodeInvalidParams, err.Error()}
	}
	if params.ProtocolVersion != protocolVersion {
		return nil, &rpcError{CodeInvalidRequest, "The host speaks another version of the plugin protocol than the SDK this plugin was built with."}
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.context != nil {
		return nil, &rpcError{CodeInvalidRequest, "It was sent already."}
	}
	s.context, s.end = newContext(s, params)
	version := strings.TrimPrefix(runtime.Version(), "go")
	return map[string]any{
		"protocolVersion": protocolVersion,
		"runtime":         map[string]string{"name": "go", "version": version},
		"pid":             os.Getpid(),
		"formats":         []string{"json", "msgpack", "protobuf"},
	}, nil
}

func (s *session) activate(text json.RawMessage) (any, error) {
	plugin, err := s.need()
	if err != nil {
		return nil, err
	}
	var params struct {
		Config map[string]json.RawMessage `json:"config"`
		State  json.RawMessage            `json:"state"`
	}
	if err := json.Unmarshal(text, &params); err != nil {
		return nil, &rpcError{CodeInvalidParams, err.Error()}
	}
	plugin.Config.replace(params.Config)
	if s.plugin.Activate != nil {
		if err := s.plugin.Activate(plugin); err != nil {
			return nil, err
		}
	}
	// Settings are kept current for every plugin, so all of them can be configured.
	hooks := []string{"configure"}
	if s.plugin.Deactivate != nil {
		hooks = append(hooks, "deactivate")
	}
	if s.plugin.GetState != nil {
		hooks = append(hooks, "getState")
	}
	if s.plugin.RestoreState != nil {
		hooks = append(hooks, "restoreState")
		if !isNull(params.State) {
			if err := s.plugin.RestoreState(params.State); err != nil {
				return nil, err
			}
		}
	}
	return map[string]any{"hooks": hooks}, nil
}

func (s *session) getState() (any, error) {
	if s.plugin.GetState == nil {
		return nil, nil
	}
	return s.plugin.GetState()
}

func (s *session) configure(text json.RawMessage) error {
	plugin, err := s.need()
	if err != nil {
		return err
	}
	var params struct {
		Config map[string]json.RawMessage `json:"config"`
	}
	if err := json.Unmarshal(text, &params); err != nil {
		return &rpcError{CodeInvalidParams, err.Error()}
	}
	plugin.Config.replace(params.Config)
	if s.plugin.Configure == nil {
		return nil
	}
	return s.plugin.Configure(params.Config)
}

func (s *session) deactivate() error {
	if _, err := s.need(); err != nil {
		return err
	}
	defer s.end()
	if s.plugin.Deactivate == nil {
		return nil
	}
	return s.plugin.Deactivate()
}

// serve lets the plugin work for somebody.
func (s *session) serve(ctx context.Context, method string, text json.RawMessage) (result any, err error) {
	plugin, err := s.need()
	if err != nil {
		return nil, err
	}
	var params callParams
	if err := json.Unmarshal(text, &params); err != nil {
		return nil, &rpcError{CodeInvalidParams, err.Error()}
	}
	ctx = withCall(ctx, params)
	if params.Deadline > 0 {
		bounded, cancel := context.WithTimeout(ctx, time.Duration(params.Deadline*float64(time.Millisecond)))
		defer cancel()
		ctx = bounded
	}
	defer func() { err = whenOver(ctx, err) }()
	if method == "middleware/handle" {
		handler, found := plugin.Middleware.handlers.find(params.Chain)
		if !found {
			return nil, &rpcError{CodeNotFound, "The plugin takes no part in the chain \"" + params.Chain + "\"."}
		}
		return handler(ctx, params.Value, plugin.Middleware.next(params.Run))
	}
	handler, args, err := s.find(plugin, method, params)
	if err != nil {
		return nil, err
	}
	result, err = handler(ctx, args)
	if err == nil && params.Typed {
		return writeTyped(result)
	}
	return result, err
}

// whenOver says of a handler that ended because its call had, that the call had ended, and not that it failed.
func whenOver(ctx context.Context, err error) error {
	over := ctx.Err()
	if err == nil || over == nil || !errors.Is(err, over) {
		return err
	}
	if errors.Is(over, context.DeadlineExceeded) {
		return &rpcError{CodeDeadlineExceeded, "It was not answered in time."}
	}
	return &rpcError{CodeCancelled, "It was cancelled."}
}

func (s *session) find(plugin *Context, method string, params callParams) (Handler, json.RawMessage, error) {
	switch method {
	case "hooks/call":
		if handler, found := plugin.Hooks.handlers.find(params.Hook); found {
			return handler, orNull(params.Value), nil
		}
		return nil, nil, &rpcError{CodeNotFound, "The plugin takes no part in the hook \"" + params.Hook + "\"."}
	case "providers/call":
		provider, found := plugin.Providers.entries.find(providerKey(params.Kind, params.ID))
		if !found {
			return nil, nil, &rpcError{CodeNotFound, "The plugin has no provider \"" + params.ID + "\"."}
		}
		if handler := provider[params.Method]; handler != nil {
			return handler, orNull(params.Args), nil
		}
		return nil, nil, &rpcError{CodeNotFound, "The provider has no method \"" + params.Method + "\"."}
	}
	if handler, found := plugin.Commands.handlers.find(params.Method); found {
		return handler, orNull(params.Args), nil
	}
	return nil, nil, &rpcError{CodeUnknownCommand, "The plugin has no command \"" + params.Method + "\"."}
}

func (s *session) notification(method string, text json.RawMessage) {
	plugin, err := s.need()
	if err != nil {
		return
	}
	switch method {
	case "capabilities":
		s.queue.add(func() { s.guard(plugin.capabilitiesChanged) })
	case "event":
		s.queue.add(func() { s.deliverEvent(plugin, text) })
	case "message":
		s.queue.add(func() { s.deliverMessage(plugin, text) })
	case "memory/revoked":
		plugin.Memory.revoked(text)
	case "memory/moved":
		// At once: what comes next may be the answer to what moved it.
		plugin.Memory.moved(text)
	}
}

func (s *session) deliverEvent(plugin *Context, text json.RawMessage) {
	var got struct {
		Event
		Patterns []string
	}
	if json.Unmarshal(text, &got) != nil {
		return
	}
	for _, entry := range plugin.Events.matching(got.Patterns) {
		s.guard(func() { entry.handler(plugin, got.Event) })
	}
}

func (s *session) deliverMessage(plugin *Context, text json.RawMessage) {
	var got struct{ Message Message }
	if json.Unmarshal(text, &got) != nil {
		return
	}
	for _, entry := range plugin.Messages.current() {
		s.guard(func() { entry.handler(plugin, got.Message) })
	}
}

// guard runs plugin code nobody waits for; a panic is logged.
func (s *session) guard(f func()) {
	defer func() {
		if reason := recover(); reason != nil {
			failure := panicError(reason, panicStack())
			s.logger.Error(describe(failure))
		}
	}()
	f()
}

// crash ends the process for a panic in the background.
func (s *session) crash(failure *panicFailure) {
	s.logger.Error("The plugin crashed. " + describe(failure))
	s.exit(1)
}

func describe(failure *panicFailure) string {
	return nameOf(failure) + ": " + failure.Error() + "\n" + formatStack(failure.stack)
}

func (s *session) need() (*Context, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.context == nil {
		return nil, &rpcError{CodeInvalidRequest, "It must be sent after \"initialize\"."}
	}
	return s.context, nil
}

func (s *session) dir() string {
	plugin, err := s.need()
	if err != nil {
		return "\x00"
	}
	return plugin.Dir
}

func orNull(value json.RawMessage) json.RawMessage {
	if len(value) == 0 {
		return json.RawMessage("null")
	}
	return value
}
