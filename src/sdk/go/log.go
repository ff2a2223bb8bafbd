package workbench

import (
	"context"
	"log/slog"
	"strings"
)

// maxLog is the longest log message, in bytes.
const maxLog = 64 << 10

// logHandler writes records to the plugin's log: the message, and the attributes after it as key=value.
type logHandler struct {
	host   *peer
	prefix string
	// attrs are written already.
	attrs string
}

func (h *logHandler) Enabled(context.Context, slog.Level) bool { return true }

func (h *logHandler) Handle(_ context.Context, record slog.Record) error {
	var text strings.Builder
	text.WriteString(record.Message)
	text.WriteString(h.attrs)
	record.Attrs(func(attr slog.Attr) bool {
		writeAttr(&text, h.prefix, attr)
		return true
	})
	return h.write(record.Level, text.String())
}

func (h *logHandler) write(level slog.Level, text string) error {
	params, err := encode(map[string]string{"level": levelName(level), "message": cut(text, maxLog)})
	if err != nil {
		return err
	}
	return h.host.notify("log", params)
}

func (h *logHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	var text strings.Builder
	for _, attr := range attrs {
		writeAttr(&text, h.prefix, attr)
	}
	return &logHandler{h.host, h.prefix, h.attrs + text.String()}
}

func (h *logHandler) WithGroup(name string) slog.Handler {
	if name == "" {
		return h
	}
	return &logHandler{h.host, h.prefix + name + ".", h.attrs}
}

func writeAttr(text *strings.Builder, prefix string, attr slog.Attr) {
	value := attr.Value.Resolve()
	if attr.Equal(slog.Attr{}) {
		return
	}
	if value.Kind() == slog.KindGroup {
		if attr.Key != "" {
			prefix += attr.Key + "."
		}
		for _, inner := range value.Group() {
			writeAttr(text, prefix, inner)
		}
		return
	}
	text.WriteString(" " + prefix + attr.Key + "=" + value.String())
}

func levelName(level slog.Level) string {
	switch {
	case level < slog.LevelInfo:
		return "debug"
	case level < slog.LevelWarn:
		return "info"
	case level < slog.LevelError:
		return "warn"
	}
	return "error"
}
