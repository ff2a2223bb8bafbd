package workbench

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// location is a place in a source; lines and columns begin with 1, and Go knows no columns.
type location struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// panicStack takes the stack of a panic where it is recovered in a deferred function: it begins with the plugin's code,
// not with what the Go runtime does about a panic.
func panicStack() []uintptr {
	stack := captureStack(3)
	for len(stack) > 1 {
		frame, _ := runtime.CallersFrames(stack[:1]).Next()
		if !strings.HasPrefix(frame.Function, "runtime.") && frame.Function != "panic" {
			return stack
		}
		stack = stack[1:]
	}
	return stack
}

// captureStack takes the stack of the goroutine. skip is as for runtime.Callers: 2 begins with the caller of the
// function that calls it.
func captureStack(skip int) []uintptr {
	places := make([]uintptr, 64)
	places = places[:runtime.Callers(skip+1, places)]
	// The last is where every goroutine begins.
	if len(places) > 1 && len(places) < cap(places) {
		places = places[:len(places)-1]
	}
	return places
}

// ownPlace is the innermost frame in the plugin's own folder; nil when there is none.
func ownPlace(stack []uintptr, pluginDir string) *location {
	root := pluginDir + string(filepath.Separator)
	frames := runtime.CallersFrames(stack)
	for {
		frame, more := frames.Next()
		inside := strings.HasPrefix(frame.File, root)
		if inside && !strings.HasPrefix(frame.File, root+"vendor"+string(filepath.Separator)) {
			return &location{File: frame.File, Line: frame.Line, Column: 1}
		}
		if !more {
			return nil
		}
	}
}

func formatStack(stack []uintptr) string {
	var text strings.Builder
	frames := runtime.CallersFrames(stack)
	for {
		frame, more := frames.Next()
		fmt.Fprintf(&text, "    at %s (%s:%d)\n", frame.Function, frame.File, frame.Line)
		if !more {
			return text.String()
		}
	}
}
