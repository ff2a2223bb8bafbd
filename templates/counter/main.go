// Counts and greets.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	workbench "plugin-workbench.dev/sdk"
)

// counter is the plugin. Calls run at the same time, so a mutex guards what they change.
type counter struct {
	*workbench.Context

	mutex sync.Mutex
	// count is how often "count" has run. A live reload carries it over; a restart begins at zero.
	count int
}

// counted is what "count" answers.
type counted struct {
	Count int `json:"count"`
	Total int `json:"total"`
}

func main() {
	plugin := &counter{}
	workbench.Run(workbench.Plugin{
		Activate:     plugin.activate,
		GetState:     plugin.getState,
		RestoreState: plugin.restoreState,
	})
}

// activate is called once, when the plugin starts.
func (c *counter) activate(host *workbench.Context) error {
	c.Context = host
	if err := c.Commands.Register(c, "count", workbench.Handle(c.countUp)); err != nil {
		return err
	}
	if err := c.Commands.Register(c, "greet", workbench.Handle(c.greet)); err != nil {
		return err
	}
	c.Log.Info(fmt.Sprintf("%s %s is ready", c.Name, c.Version))
	return nil
}

func (c *counter) countUp(ctx context.Context, _ any) (counted, error) {
	// One change of the stored total after the other, so that no count is lost between reading and writing.
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.count++
	answer := counted{Count: c.count}
	if _, err := c.Storage.Get(ctx, "total", &answer.Total); err != nil {
		return answer, err
	}
	answer.Total++
	if err := c.Storage.Set(ctx, "total", answer.Total); err != nil {
		return answer, err
	}
	c.Log.Info(fmt.Sprintf("Counted to %d, %d in all", answer.Count, answer.Total))
	return answer, c.Events.Emit(ctx, "counted", answer)
}

func (c *counter) greet(_ context.Context, args struct{ Name string }) (string, error) {
	name := args.Name
	if name == "" {
		name = "world"
	}
	greeting := "Hello"
	_, err := c.Config.Get("greeting", &greeting)
	c.Log.Info("Greeting " + name)
	return greeting + ", " + name + "!", err
}

// getState is what a live reload hands to the next instance.
func (c *counter) getState() (any, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return map[string]int{"count": c.count}, nil
}

// restoreState takes over from the instance before.
func (c *counter) restoreState(state json.RawMessage) error {
	var saved struct{ Count int }
	if err := json.Unmarshal(state, &saved); err != nil {
		return err
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.count = saved.Count
	return nil
}
