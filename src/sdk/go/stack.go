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

// captureStack takes the stack of the goroutine. skip is as for runtime.Callers: 2 begins with the caller of the
// function that calls it.
func captureStack(skip int) []uintptr {
	places := make([]uintptr, 64)
	return places[:runtime.Callers(skip+1, places)]
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
