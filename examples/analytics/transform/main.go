// Takes the trend out of a series in shared memory, and puts its values into buckets by year.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"

	workbench "plugin-workbench.dev/sdk"
	"plugin-workbench.dev/sdk/codec"

	"example.org/analytics-transform/series"
)

// The lanes of the segment of numbers: what was measured, and what this plugin makes of it.
const (
	measured = iota
	normalised
)

// bucketBytes is what one bucket takes at most.
const bucketBytes = 128

// transformer is the plugin.
type transformer struct {
	*workbench.Context

	// calls is how many series it has transformed. A live reload carries it over; a restart begins at zero.
	calls atomic.Int64
}

// work names the segments of a series.
type work struct {
	Numbers string
	Facts   string
}

func main() {
	plugin := &transformer{}
	workbench.Run(workbench.Plugin{
		Activate: plugin.activate,
		GetState: func() (any, error) { return plugin.calls.Load(), nil },
		RestoreState: func(state json.RawMessage) error {
			var calls int64
			err := json.Unmarshal(state, &calls)
			plugin.calls.Store(calls)
			return err
		},
	})
}

// activate is called once, when the plugin starts.
func (t *transformer) activate(host *workbench.Context) error {
	t.Context = host
	for id, handler := range map[string]workbench.Handler{
		"normalise": workbench.Handle(t.normalise),
		"release":   workbench.Handle(t.release),
		"status":    workbench.Handle(t.status),
	} {
		if err := t.Commands.Register(t, id, handler); err != nil {
			return err
		}
	}
	t.Log.Info(fmt.Sprintf("%s %s is ready", t.Name, t.Version))
	return nil
}

// normalise fills the second lane, and answers the id of a segment with the buckets.
func (t *transformer) normalise(ctx context.Context, args work) (map[string]any, error) {
	about, err := t.Memory.Open(ctx, args.Facts)
	if err != nil {
		return nil, err
	}
	defer about.Close()
	known, err := readFacts(about)
	if err != nil {
		return nil, err
	}
	numbers, err := t.Memory.Open(ctx, args.Numbers)
	if err != nil {
		return nil, err
	}
	defer numbers.Close()
	values, err := readLane(numbers, measured, len(known.dates))
	if err != nil {
		return nil, err
	}
	normal, err := series.Normalise(values, known.trend)
	if errors.Is(err, series.ErrFlat) {
		return nil, workbench.Fail("FLAT_SERIES", "There is nothing to compare: "+err.Error()+".", map[string]any{"name": known.name})
	}
	if err != nil {
		return nil, err
	}
	if err := writeLane(numbers, normalised, normal); err != nil {
		return nil, err
	}
	id, err := t.share(ctx, known.name, series.ByYear(values, known.dates))
	if err != nil {
		return nil, err
	}
	t.calls.Add(1)
	t.Log.Info(fmt.Sprintf("%s: %d values without their trend", known.name, len(values)))
	return map[string]any{"buckets": id}, nil
}

// share puts buckets where the plugin that asked can read them.
func (t *transformer) share(ctx context.Context, name string, buckets []series.Bucket) (string, error) {
	list := make([]any, len(buckets))
	for i, one := range buckets {
		list[i] = map[string]any{
			"year": one.Year, "count": one.Count, "mean": one.Mean, "lowest": one.Lowest, "highest": one.Highest,
		}
	}
	segment, err := t.Memory.Allocate(ctx, int64(64+bucketBytes*len(list)), name+": buckets")
	if err != nil {
		return "", err
	}
	defer segment.Close()
	err = segment.WriteValue(list, codec.MessagePack)
	if caller := workbench.CallerOf(ctx); err == nil && caller != nil {
		err = t.Memory.Share(ctx, segment.ID(), workbench.AccessRead, caller.Plugin)
	}
	if err != nil {
		return "", errors.Join(err, t.Memory.Release(context.WithoutCancel(ctx), segment.ID()))
	}
	return segment.ID(), nil
}

// release gives memory back, when everyone is done with it.
func (t *transformer) release(ctx context.Context, args struct{ Segments []string }) (any, error) {
	for _, id := range args.Segments {
		if err := t.Memory.Release(ctx, id); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func (t *transformer) status(ctx context.Context, _ any) (map[string]any, error) {
	segments, err := t.Memory.List(ctx)
	return map[string]any{"calls": t.calls.Load(), "segments": len(segments)}, err
}
