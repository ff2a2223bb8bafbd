package workbench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// Codes of errors, as in the protocol.
const (
	CodeInvalidRequest   = -32600
	CodeMethodNotFound   = -32601
	CodeInvalidParams    = -32602
	CodeInternalError    = -32603
	CodePermissionDenied = -32001
	CodeCancelled        = -32002
	CodeDeadlineExceeded = -32003
	CodePluginFailed     = -32004
	CodeLimitExceeded    = -32005
	CodeUnknownCommand   = -32006
	CodeConnectionClosed = -32007
	CodeUnknownPlugin    = -32008
	CodeNotFound         = -32009
	CodeUnavailable      = -32010
)

// CallError is the failure of a call to the host or to another plugin.
type CallError struct {
	// Method is what was asked of the host, such as "storage/set".
	Method string
	// Code is one of the Code constants, or another of JSON-RPC.
	Code    int
	Message string
	// Data is what the other side says besides; nil for nothing. See [CallError.Reason].
	Data json.RawMessage

	stack []uintptr
}

func (e *CallError) Error() string { return e.Message }

// Unwrap lets errors.Is find context.Canceled and context.DeadlineExceeded.
func (e *CallError) Unwrap() error {
	switch e.Code {
	case CodeCancelled:
		return context.Canceled
	case CodeDeadlineExceeded:
		return context.DeadlineExceeded
	}
	return nil
}

// Reason is what a plugin that failed says about it. Fields are empty where it says nothing.
type Reason struct {
	// Name is the type of its error.
	Name string `json:"name"`
	// Code is a word of its own, such as "NO_SUCH_CUSTOMER".
	Code    string          `json:"code"`
	Details json.RawMessage `json:"details"`
	// Plugin is the id of the plugin that failed.
	Plugin string `json:"plugin"`
}

// Reason tells why another plugin failed; it is empty for other failures.
func (e *CallError) Reason() Reason {
	var reason Reason
	if e.Code == CodePluginFailed {
		// What does not fit says nothing.
		_ = json.Unmarshal(e.Data, &reason)
	}
	return reason
}

// PermissionDenied is the refusal of a call that the manifest does not grant.
type PermissionDenied struct {
	// Scope, Action and Resource say what was asked for.
	Scope    string
	Action   string
	Resource string
	// Grant is what to add to the manifest.
	Grant string

	call *CallError
}

func (e *PermissionDenied) Error() string { return e.call.Message }

// Unwrap returns the [*CallError].
func (e *PermissionDenied) Unwrap() error { return e.call }

// Failure is an error of a handler that says more than a message: where it was made and, if it is to be told apart
// by callers, a code. Make one with [Errorf] or [Fail].
type Failure struct {
	// Code is a word of the plugin's own, such as "NO_SUCH_CUSTOMER"; "" for none.
	Code string
	// Details must be JSON.
	Details any

	err   error
	stack []uintptr
}

func (e *Failure) Error() string { return e.err.Error() }

// Unwrap returns what Errorf wrapped, if anything.
func (e *Failure) Unwrap() error { return errors.Unwrap(e.err) }

// Errorf is fmt.Errorf, and remembers where it was called: the workbench shows that place.
func Errorf(format string, args ...any) error {
	return &Failure{err: fmt.Errorf(format, args...), stack: captureStack(2)}
}

// Fail makes an error with a code and details for the caller. details may be nil.
func Fail(code, message string, details any) error {
	return &Failure{Code: code, Details: details, err: errors.New(message), stack: captureStack(2)}
}

// failureData is the data of an answer that stems from plugin code.
type failureData struct {
	*denial
	Name     string    `json:"name"`
	Code     string    `json:"code,omitempty"`
	Details  any       `json:"details,omitempty"`
	Stack    string    `json:"stack,omitempty"`
	Location *location `json:"location,omitempty"`
	Plugin   string    `json:"plugin,omitempty"`
}

type denial struct {
	Scope    string `json:"scope"`
	Action   string `json:"action"`
	Resource string `json:"resource"`
	Grant    string `json:"grant"`
}

const maxFailureText = 16 << 10

// codeNames are those of the protocol, for the errors of calls that a plugin lets through.
var codeNames = map[int]string{
	CodeInvalidRequest:   "InvalidRequest",
	CodeMethodNotFound:   "MethodNotFound",
	CodeInvalidParams:    "InvalidParams",
	CodeInternalError:    "InternalError",
	CodeLimitExceeded:    "LimitExceeded",
	CodeUnknownCommand:   "UnknownCommand",
	CodeConnectionClosed: "ConnectionClosed",
	CodeUnknownPlugin:    "UnknownPlugin",
	CodeNotFound:         "NotFound",
	CodeUnavailable:      "Unavailable",
}

// toWireError makes an answer of what plugin code returned or panicked with.
func toWireError(err error, pluginDir string) *wireError {
	var direct *rpcError
	if errors.As(err, &direct) {
		return &wireError{Code: direct.code, Message: direct.message}
	}
	data := failureData{Name: nameOf(err)}
	code := CodePluginFailed
	var call *CallError
	var failure *Failure
	var panicked *panicFailure
	var stack []uintptr
	if errors.As(err, &call) {
		stack = call.stack
		switch reason := call.Reason(); call.Code {
		case CodeCancelled, CodeDeadlineExceeded:
			return &wireError{Code: call.Code, Message: call.Message}
		case CodePermissionDenied:
		case CodePluginFailed:
			if reason.Name != "" {
				data.Name = reason.Name
			}
			data.Code, data.Plugin = reason.Code, reason.Plugin
			if len(reason.Details) > 0 {
				data.Details = reason.Details
			}
		default:
			data.Code = codeNames[call.Code]
		}
	}
	if errors.As(err, &failure) {
		data.Code, data.Details = failure.Code, failure.Details
		stack = failure.stack
	}
	if errors.As(err, &panicked) {
		stack = panicked.stack
	}
	if stack != nil {
		data.Stack = cut(nameOf(err)+": "+err.Error()+"\n"+formatStack(stack), maxFailureText)
		data.Location = ownPlace(stack, pluginDir)
	}
	var denied *PermissionDenied
	if errors.As(err, &denied) {
		code = CodePermissionDenied
		data.denial = &denial{denied.Scope, denied.Action, denied.Resource, denied.Grant}
	}
	text, failed := encode(data)
	if failed != nil {
		data.Details = nil
		text, _ = encode(data)
	}
	return &wireError{Code: code, Message: cut(err.Error(), maxFailureText), Data: text}
}

// rpcError is a failure of the protocol itself, made by the SDK.
type rpcError struct {
	code    int
	message string
}

func (e *rpcError) Error() string { return e.message }

// panicFailure is a panic of plugin code.
type panicFailure struct {
	reason any
	stack  []uintptr
}

func panicError(reason any, stack []uintptr) *panicFailure {
	return &panicFailure{reason, stack}
}

func (e *panicFailure) Error() string {
	if err, ok := e.reason.(error); ok {
		return err.Error()
	}
	return fmt.Sprint(e.reason)
}

// nameOf is the type of the error that says most: the innermost that is not one of this package or of fmt.
func nameOf(err error) string {
	name := "error"
	for ; err != nil; err = errors.Unwrap(err) {
		if panicked, ok := err.(*panicFailure); ok {
			name = "panic"
			err, _ = panicked.reason.(error)
			if err == nil {
				return name
			}
		}
		switch err.(type) {
		case *CallError:
			return "CallError"
		case *PermissionDenied:
			return "PermissionDenied"
		case *Failure:
			continue
		}
		found := strings.TrimPrefix(reflect.TypeOf(err).String(), "*")
		if !strings.HasPrefix(found, "fmt.") && !strings.HasPrefix(found, "errors.") {
			name = found
		}
	}
	return name
}
