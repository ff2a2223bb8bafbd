package workbench

import "context"

// Net reaches other machines through the host, where the manifest grants it. Package net/http works as well for
// hosts the manifest names, through the proxy the sandbox offers.
type Net struct{ host caller }

// FetchRequest is a request to another machine; only URL is required.
type FetchRequest struct {
	URL string `json:"url"`
	// Method is GET when empty.
	Method string `json:"method,omitempty"`
	// Headers are pairs of name and value.
	Headers [][2]string `json:"headers,omitempty"`
	// Body has at most 2 MiB.
	Body []byte `json:"body,omitempty"`
	// Redirect is "follow" when empty, or "manual" or "error".
	Redirect string `json:"redirect,omitempty"`
}

// FetchResponse is the answer, whatever its status.
type FetchResponse struct {
	Status     int    `json:"status"`
	StatusText string `json:"statusText"`
	// URL is where it came from, after redirects.
	URL     string      `json:"url"`
	Headers [][2]string `json:"headers"`
	Body    []byte      `json:"body"`
}

// Fetch sends a request and returns when the whole answer is there: at most 2 MiB, within as long as ctx leaves, 30
// seconds where that has no end.
func (n *Net) Fetch(ctx context.Context, request FetchRequest) (*FetchResponse, error) {
	params := struct {
		FetchRequest
		Timeout *int64 `json:"timeout,omitempty"`
	}{request, timeoutOf(ctx)}
	var response FetchResponse
	if err := n.host.call(ctx, "net/fetch", params, &response); err != nil {
		return nil, err
	}
	return &response, nil
}
