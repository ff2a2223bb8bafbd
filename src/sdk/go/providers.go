package workbench

import (
	"context"
	"encoding/json"
)

// Provider is something a plugin provides to others: its methods, by name.
type Provider map[string]Handler

// ProviderEntry is a provider of some plugin.
type ProviderEntry struct {
	Kind   string          `json:"kind"`
	ID     string          `json:"id"`
	Plugin string          `json:"plugin"`
	Info   json.RawMessage `json:"info"`
}

// Providers are found by what they provide.
type Providers struct {
	host    caller
	entries registry[Provider]
}

func newProviders(host caller) *Providers {
	return &Providers{host, newRegistry[Provider]("provider")}
}

// Register offers a provider. info says something about it to whoever looks for one; nil is nothing.
func (p *Providers) Register(ctx context.Context, kind, id string, info any, provider Provider) error {
	return p.entries.add(providerKey(kind, id), provider, func() error {
		return p.host.call(ctx, "providers/register", map[string]any{"kind": kind, "id": id, "info": info}, nil)
	})
}

// Unregister takes a provider back.
func (p *Providers) Unregister(ctx context.Context, kind, id string) error {
	p.entries.remove(providerKey(kind, id))
	return p.host.call(ctx, "providers/unregister", map[string]any{"kind": kind, "id": id}, nil)
}

// List returns the providers of a kind, the one that was registered first at the head.
func (p *Providers) List(ctx context.Context, kind string) ([]ProviderEntry, error) {
	entries := []ProviderEntry{}
	err := p.host.call(ctx, "providers/list", map[string]any{"kind": kind}, &entries)
	return entries, err
}

// Call has a method of a provider carried out; id "" is the one that was registered first. See [Plugins.Call].
func (p *Providers) Call(ctx context.Context, kind, id, method string, args, into any) error {
	params := struct {
		Kind    string `json:"kind"`
		ID      string `json:"id,omitempty"`
		Method  string `json:"method"`
		Args    any    `json:"args"`
		Timeout *int64 `json:"timeout,omitempty"`
		During  string `json:"during,omitempty"`
	}{kind, id, method, args, timeoutOf(ctx), callOf(ctx)}
	return p.host.call(ctx, "providers/call", params, into)
}

// CallTyped is [Providers.Call] with types; see [Plugins.CallTyped].
func (p *Providers) CallTyped(ctx context.Context, kind, id, method string, args any) (any, error) {
	params := map[string]any{"kind": kind, "method": method}
	if id != "" {
		params["id"] = id
	}
	return p.host.callTyped(ctx, "providers/call", params, args)
}

func providerKey(kind, id string) string { return kind + "\x00" + id }
