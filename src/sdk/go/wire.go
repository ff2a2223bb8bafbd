package workbench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

// Bounds of the protocol; the host ends a plugin that oversteps them.
const (
	maxMessageBytes = 4 << 20
	maxHeaderBytes  = 1 << 10
	maxDepth        = 64
)

// receiver hears what the host sends of its own accord. Its methods must not block.
type receiver interface {
	request(id json.RawMessage, method string, params json.RawMessage)
	cancel(id json.RawMessage)
	notification(method string, params json.RawMessage)
}

// peer is one end of the connection: JSON-RPC 2.0 with a Content-Length header before each message.
type peer struct {
	conn  io.ReadWriteCloser
	pace  pacer
	lanes lanes

	writing sync.Mutex

	mutex   sync.Mutex
	lastID  int64
	pending map[int64]chan<- answer
	closed  bool
}

// answer is how the host answered a request.
type answer struct {
	result json.RawMessage
	err    *wireError
}

// wireError is the error member of an answer.
type wireError struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data,omitempty"`
}

type message struct {
	ID     json.RawMessage `json:"id"`
	Method *string         `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *wireError      `json:"error"`
}

func newPeer(conn io.ReadWriteCloser) *peer {
	return &peer{conn: conn, lanes: newLanes(), pending: map[int64]chan<- answer{}}
}

// serve reads until the connection ends. It returns nil for an end between two messages.
func (p *peer) serve(to receiver) error {
	defer p.close()
	reader := bufio.NewReaderSize(p.conn, 64<<10)
	for {
		body, err := readFrame(reader)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var got message
		if err := json.Unmarshal(body, &got); err != nil {
			return fmt.Errorf("a message is not JSON: %w", err)
		}
		p.dispatch(got, to)
	}
}

func (p *peer) dispatch(got message, to receiver) {
	switch {
	case got.Method == nil:
		p.settle(got)
	case *got.Method == "$/cancelRequest":
		var params struct{ ID json.RawMessage }
		if json.Unmarshal(got.Params, &params) == nil {
			to.cancel(params.ID)
		}
	case len(got.ID) == 0:
		to.notification(*got.Method, got.Params)
	default:
		to.request(got.ID, *got.Method, got.Params)
	}
}

func (p *peer) settle(got message) {
	id, err := strconv.ParseInt(string(got.ID), 10, 64)
	if err != nil {
		return
	}
	p.mutex.Lock()
	waiting := p.pending[id]
	delete(p.pending, id)
	p.mutex.Unlock()
	// Nobody waits for the answer to a request that was given up.
	if waiting != nil {
		waiting <- answer{got.Result, got.Error}
	}
}

// start sends a request. The answer comes over the channel, which is closed when the connection is.
func (p *peer) start(method string, params json.RawMessage) (int64, <-chan answer, error) {
	answers := make(chan answer, 1)
	p.mutex.Lock()
	if p.closed {
		p.mutex.Unlock()
		return 0, nil, errClosed
	}
	p.lastID++
	id := p.lastID
	p.pending[id] = answers
	p.mutex.Unlock()
	body := envelope(`{"jsonrpc":"2.0","id":`+strconv.FormatInt(id, 10)+`,"method":`, method, params)
	err := p.post(body)
	if err != nil {
		p.forget(id)
	}
	return id, answers, err
}

// abandon tells the host that the answer is no longer wanted.
func (p *peer) abandon(id int64) {
	p.forget(id)
	params := json.RawMessage(`{"id":` + strconv.FormatInt(id, 10) + `}`)
	// A connection that is gone has cancelled everything.
	_ = p.notify("$/cancelRequest", params)
}

func (p *peer) forget(id int64) {
	p.mutex.Lock()
	delete(p.pending, id)
	p.mutex.Unlock()
}

func (p *peer) notify(method string, params json.RawMessage) error {
	return p.post(envelope(`{"jsonrpc":"2.0","method":`, method, params))
}

// post sends a message of this side's own accord: not faster than the host takes them.
func (p *peer) post(body []byte) error {
	if err := checkBounds(body); err != nil {
		return err
	}
	p.pace.wait()
	return p.write(body)
}

// answer sends the result of a request, or says why it can't be sent.
func (p *peer) answer(id, result json.RawMessage) {
	body := []byte(`{"jsonrpc":"2.0","id":` + string(id) + `,"result":` + string(result) + `}`)
	if err := checkBounds(body); err != nil {
		p.fail(id, &wireError{Code: CodeLimitExceeded, Message: "The result was not sent. " + err.Error()})
		return
	}
	// The host is gone when it can't be written to, and reading notices it.
	_ = p.write(body)
}

func (p *peer) fail(id json.RawMessage, failure *wireError) {
	text, err := encode(failure)
	body := []byte(`{"jsonrpc":"2.0","id":` + string(id) + `,"error":` + string(text) + `}`)
	if err != nil || checkBounds(body) != nil {
		short := &wireError{Code: failure.Code, Message: cut(failure.Message, 1<<10)}
		text, _ = encode(short)
		body = []byte(`{"jsonrpc":"2.0","id":` + string(id) + `,"error":` + string(text) + `}`)
	}
	_ = p.write(body)
}

func (p *peer) write(body []byte) error {
	frame := make([]byte, 0, len(body)+32)
	frame = append(frame, "Content-Length: "...)
	frame = strconv.AppendInt(frame, int64(len(body)), 10)
	frame = append(frame, "\r\n\r\n"...)
	frame = append(frame, body...)
	p.writing.Lock()
	defer p.writing.Unlock()
	if _, err := p.conn.Write(frame); err != nil {
		return errClosed
	}
	return nil
}

func (p *peer) close() {
	p.mutex.Lock()
	pending := p.pending
	p.pending = map[int64]chan<- answer{}
	p.closed = true
	p.mutex.Unlock()
	for _, waiting := range pending {
		close(waiting)
	}
	_ = p.conn.Close()
}

// errClosed says that the host is gone.
var errClosed = errors.New("the connection to the host is closed")

func readFrame(reader *bufio.Reader) ([]byte, error) {
	length := -1
	for header := 0; ; {
		line, err := reader.ReadSlice('\n')
		if errors.Is(err, io.EOF) && len(line) > 0 {
			return nil, io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		if header += len(line); header > maxHeaderBytes {
			return nil, errors.New("a header is too long")
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		name, value, _ := strings.Cut(string(line), ":")
		if strings.EqualFold(name, "Content-Length") {
			length, err = strconv.Atoi(strings.TrimSpace(value))
			if err != nil || length < 0 || length > maxMessageBytes {
				return nil, fmt.Errorf("not the length of a message: %q", value)
			}
		}
	}
	if length < 0 {
		return nil, errors.New("a message has no length")
	}
	body := make([]byte, length)
	_, err := io.ReadFull(reader, body)
	if errors.Is(err, io.EOF) {
		return nil, io.ErrUnexpectedEOF
	}
	return body, err
}

func envelope(head, method string, params json.RawMessage) []byte {
	// A method is a name in ASCII, which Go and JSON quote alike.
	body := append([]byte(head), strconv.Quote(method)...)
	body = append(body, `,"params":`...)
	body = append(body, params...)
	return append(body, '}')
}

// encode writes a value as JSON, as it is: without the escapes that HTML would need.
func encode(value any) (json.RawMessage, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), nil
}

// checkBounds says why the host would not take a message.
func checkBounds(body []byte) error {
	if len(body) > maxMessageBytes {
		return fmt.Errorf("the message has %d bytes, %d are allowed: %w", len(body), maxMessageBytes, errTooLarge)
	}
	depth, inString := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '[' || c == '{':
			if depth++; depth > maxDepth {
				return fmt.Errorf("the message nests deeper than %d levels: %w", maxDepth, errTooLarge)
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return nil
}

// errTooLarge says that a message is beyond the bounds of the protocol.
var errTooLarge = errors.New("too large")

func cut(text string, length int) string {
	if len(text) <= length {
		return text
	}
	return strings.ToValidUTF8(text[:length], "") + "… (cut)"
}
