package workbench

import (
	"context"
	"encoding/json"

	"plugin-workbench.dev/sdk/codec"
)

// isTyped tells whether the call that is being answered with this context carries types.
func isTyped(ctx context.Context) bool {
	params, _ := ctx.Value(during{}).(callParams)
	return params.Typed
}

// readTyped reads the arguments of a typed call: into an any as a value of package codec, into other types as JSON
// would, where large integers, bytes and times are written as they are in Go.
func readTyped(args json.RawMessage, into any) error {
	value, err := codec.Decode(args, codec.JSON)
	if err != nil {
		return err
	}
	switch target := into.(type) {
	case *any:
		*target = value
		return nil
	case *json.RawMessage:
		*target = args
		return nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// writeTyped writes the result of a typed call. What is no value of package codec is written as JSON.
func writeTyped(result any) (any, error) {
	if text, done := result.(json.RawMessage); done {
		return text, nil
	}
	if text, err := codec.Encode(result, codec.JSON); err == nil {
		return json.RawMessage(text), nil
	}
	return result, nil
}

// callTyped sends a request whose arguments and result keep their types.
func (c caller) callTyped(ctx context.Context, method string, params map[string]any, args any) (any, error) {
	text, err := codec.Encode(args, codec.JSON)
	if err != nil {
		return nil, c.failure(method, CodeInvalidParams, "\""+method+"\" was not sent: "+err.Error(), nil)
	}
	params["args"], params["typed"] = json.RawMessage(text), true
	if left := timeoutOf(ctx); left != nil {
		params["timeout"] = *left
	}
	if token := callOf(ctx); token != "" {
		params["during"] = token
	}
	var result json.RawMessage
	if err := c.call(ctx, method, params, &result); err != nil {
		return nil, err
	}
	value, err := codec.Decode(orNull(result), codec.JSON)
	if err != nil {
		return nil, c.failure(method, CodeInvalidParams, "The answer to \""+method+"\" does not fit: "+err.Error(), nil)
	}
	return value, nil
}
