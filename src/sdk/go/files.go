package workbench

import (
	"context"
	"encoding/base64"
	"time"
)

// Files are read and written by the host, where the manifest grants it. Paths are absolute, relative to the
// plugin's folder, or begin with "~/". What the sandbox itself opens to a plugin can also be reached by package os.
type Files struct{ host caller }

// maxChunk is the most one request reads or writes, in bytes.
const maxChunk = 2 << 20

// FileInfo is what is known of a file without reading it.
type FileInfo struct {
	// Type is "file", "folder" or "other".
	Type string
	// Size is in bytes, 0 for a folder.
	Size     int64
	Modified time.Time
}

// DirEntry is one entry of a folder.
type DirEntry struct {
	Name string `json:"name"`
	// Type is "file", "folder" or "other".
	Type string `json:"type"`
}

// ReadFile reads a whole file.
func (f *Files) ReadFile(ctx context.Context, path string) ([]byte, error) {
	content := []byte{}
	for {
		params := map[string]any{"path": path, "encoding": "base64", "offset": len(content), "length": maxChunk}
		var part struct {
			Data []byte `json:"data"`
			Size int64  `json:"size"`
		}
		if err := f.host.call(ctx, "files/read", params, &part); err != nil {
			return nil, err
		}
		content = append(content, part.Data...)
		if len(part.Data) == 0 || int64(len(content)) >= part.Size {
			return content, nil
		}
	}
}

// WriteFile replaces a file. Up to 2 MiB it is replaced as a whole or not at all.
func (f *Files) WriteFile(ctx context.Context, path string, content []byte) error {
	return f.write(ctx, path, content, false)
}

// AppendFile adds to the end of a file.
func (f *Files) AppendFile(ctx context.Context, path string, content []byte) error {
	return f.write(ctx, path, content, true)
}

func (f *Files) write(ctx context.Context, path string, content []byte, add bool) error {
	for {
		part := content[:min(len(content), maxChunk)]
		content = content[len(part):]
		params := map[string]any{
			"path": path, "encoding": "base64", "append": add, "data": base64.StdEncoding.EncodeToString(part),
		}
		if err := f.host.call(ctx, "files/write", params, nil); err != nil {
			return err
		}
		if add = true; len(content) == 0 {
			return nil
		}
	}
}

// ReadDir lists a folder, as far as the manifest lets the plugin read what is in it.
func (f *Files) ReadDir(ctx context.Context, path string) ([]DirEntry, error) {
	entries := []DirEntry{}
	err := f.host.call(ctx, "files/list", map[string]any{"path": path}, &entries)
	return entries, err
}

// Stat returns nil where there is nothing.
func (f *Files) Stat(ctx context.Context, path string) (*FileInfo, error) {
	var facts *struct {
		Type     string  `json:"type"`
		Size     int64   `json:"size"`
		Modified float64 `json:"modified"`
	}
	if err := f.host.call(ctx, "files/stat", map[string]any{"path": path}, &facts); err != nil || facts == nil {
		return nil, err
	}
	return &FileInfo{facts.Type, facts.Size, time.UnixMilli(int64(facts.Modified))}, nil
}

// Remove removes a file or an empty folder.
func (f *Files) Remove(ctx context.Context, path string) error {
	return f.host.call(ctx, "files/remove", map[string]any{"path": path}, nil)
}

// MkdirAll makes a folder, with the folders around it.
func (f *Files) MkdirAll(ctx context.Context, path string) error {
	return f.host.call(ctx, "files/makeFolder", map[string]any{"path": path}, nil)
}
