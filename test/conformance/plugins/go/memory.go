package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"

	workbench "plugin-workbench.dev/sdk"
	"plugin-workbench.dev/sdk/codec"
)

// memory are the commands about shared memory.
func (p *subject) memory() map[string]workbench.Handler {
	return map[string]workbench.Handler{
		"memory-allocate":    workbench.Handle(p.memoryAllocate),
		"memory-share":       workbench.Handle(p.memoryShare),
		"memory-write":       workbench.Handle(p.memoryWrite),
		"memory-read":        workbench.Handle(p.memoryRead),
		"memory-write-value": workbench.Handle(p.memoryWriteValue),
		"memory-read-value":  workbench.Handle(p.memoryReadValue),
		"memory-try-write":   workbench.Handle(p.memoryTryWrite),
		"memory-resize":      workbench.Handle(p.memoryResize),
		"memory-freeze":      workbench.Handle(p.memoryFreeze),
		"memory-pass":        workbench.Handle(p.memoryPass),
		"memory-release":     workbench.Handle(p.memoryRelease),
	}
}

var formats = map[string]codec.Format{
	"json": codec.JSON, "msgpack": codec.MessagePack, "protobuf": codec.Protobuf,
}

type use struct {
	ID, Name, Access, Hex, Format string
	From, To                      string
	Size, Offset                  int64
	Length                        int
	Plugins                       []string
}

// segment is the one it has, or opens.
func (p *subject) segment(ctx context.Context, id string) (*workbench.Segment, error) {
	p.mutex.Lock()
	known := p.segments[id]
	p.mutex.Unlock()
	if known != nil {
		return known, nil
	}
	opened, err := p.Memory.Open(ctx, id)
	if err == nil {
		p.keep(opened)
	}
	return opened, err
}

func (p *subject) keep(segment *workbench.Segment) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.segments[segment.ID()] = segment
}

func (p *subject) memoryAllocate(ctx context.Context, args use) (any, error) {
	segment, err := p.Memory.Allocate(ctx, args.Size, args.Name)
	if err != nil {
		return nil, err
	}
	p.keep(segment)
	return segment.ID(), nil
}

func (p *subject) memoryShare(ctx context.Context, args use) (any, error) {
	return nil, p.Memory.Share(ctx, args.ID, args.Access, args.Plugins...)
}

func (p *subject) memoryWrite(ctx context.Context, args use) (any, error) {
	bytes, err := hex.DecodeString(args.Hex)
	if err != nil {
		return nil, err
	}
	segment, err := p.segment(ctx, args.ID)
	if err != nil {
		return nil, err
	}
	_, err = segment.WriteAt(bytes, args.Offset)
	return nil, err
}

func (p *subject) memoryRead(ctx context.Context, args use) (any, error) {
	segment, err := p.segment(ctx, args.ID)
	if err != nil {
		return nil, err
	}
	bytes := make([]byte, args.Length)
	_, err = segment.ReadAt(bytes, args.Offset)
	return hex.EncodeToString(bytes), err
}

func (p *subject) memoryWriteValue(ctx context.Context, args use) (any, error) {
	segment, err := p.segment(ctx, args.ID)
	if err != nil {
		return nil, err
	}
	value := map[string]any{"list": []any{1, "two", nil}, "yes": true}
	return nil, segment.WriteValue(value, formats[args.Format])
}

func (p *subject) memoryReadValue(ctx context.Context, args use) (any, error) {
	segment, err := p.segment(ctx, args.ID)
	if err != nil {
		return nil, err
	}
	return segment.ReadValue()
}

func (p *subject) memoryTryWrite(ctx context.Context, args use) (any, error) {
	segment, err := p.segment(ctx, args.ID)
	if err != nil {
		return nil, err
	}
	_, err = segment.WriteAt([]byte("!"), 0)
	if errors.Is(err, os.ErrPermission) {
		return "refused", nil
	}
	return "written", err
}

func (p *subject) memoryResize(ctx context.Context, args use) (any, error) {
	if err := p.Memory.Resize(ctx, args.ID, args.Size); err != nil {
		return nil, err
	}
	segment, err := p.segment(ctx, args.ID)
	if err != nil {
		return nil, err
	}
	return segment.Size(), nil
}

func (p *subject) memoryFreeze(ctx context.Context, args use) (any, error) {
	if err := p.Memory.Freeze(ctx, args.ID); err != nil {
		return nil, err
	}
	segment, err := p.segment(ctx, args.ID)
	if err != nil {
		return nil, err
	}
	return segment.Info().Frozen, nil
}

func (p *subject) memoryPass(ctx context.Context, args use) (any, error) {
	from, err := p.segment(ctx, args.From)
	if err != nil {
		return nil, err
	}
	to, err := p.segment(ctx, args.To)
	if err != nil {
		return nil, err
	}
	value, err := from.ReadValue()
	if err != nil {
		return nil, err
	}
	return nil, to.WriteValue(value, formats[args.Format])
}

func (p *subject) memoryRelease(ctx context.Context, args use) (json.RawMessage, error) {
	return nil, p.Memory.Release(ctx, args.ID)
}
