package workbench

import (
	"bufio"
	"encoding/json"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"
)

// fakeHost is the other end of a plugin's connection.
type fakeHost struct {
	t       *testing.T
	conn    net.Conn
	exits   chan int
	mutex   sync.Mutex
	answers map[string]chan message
	// asked are the requests and notifications of the plugin.
	asked chan message
	// reply answers a request of the plugin.
	reply  func(method string, params json.RawMessage) (any, *wireError)
	lastID int
}

// start runs a plugin and initializes it.
func start(t *testing.T, plugin Plugin) *fakeHost {
	t.Helper()
	here, there := net.Pipe()
	h := &fakeHost{
		t: t, conn: here, exits: make(chan int, 1), answers: map[string]chan message{}, asked: make(chan message, 10000),
		reply: func(string, json.RawMessage) (any, *wireError) { return nil, nil },
	}
	host := newPeer(there)
	session := newSession(plugin, host, func(code int) { h.exits <- code })
	go func() { _ = host.serve(session) }()
	go h.read()
	t.Cleanup(func() { _ = here.Close() })
	h.call("initialize", map[string]any{
		"protocolVersion": protocolVersion, "pluginId": "p", "pluginName": "P", "version": "1.0.0", "pluginDir": t.TempDir(),
	})
	return h
}

func (h *fakeHost) read() {
	reader := bufio.NewReader(h.conn)
	for {
		body, err := readFrame(reader)
		if err != nil {
			return
		}
		var got message
		if err := json.Unmarshal(body, &got); err != nil {
			h.t.Errorf("not JSON: %s", body)
			return
		}
		if got.Method == nil {
			h.mutex.Lock()
			waiting := h.answers[string(got.ID)]
			h.mutex.Unlock()
			waiting <- got
			continue
		}
		h.asked <- got
		if len(got.ID) > 0 {
			go h.answer(got)
		}
	}
}

func (h *fakeHost) answer(got message) {
	result, failure := h.reply(*got.Method, got.Params)
	if failure != nil {
		h.send(map[string]any{"jsonrpc": "2.0", "id": got.ID, "error": failure})
		return
	}
	h.send(map[string]any{"jsonrpc": "2.0", "id": got.ID, "result": result})
}

func (h *fakeHost) send(content any) {
	body, err := encode(content)
	if err != nil {
		h.t.Error(err)
		return
	}
	h.mutex.Lock()
	defer h.mutex.Unlock()
	_, _ = h.conn.Write(append([]byte("Content-Length: "+strconv.Itoa(len(body))+"\r\n\r\n"), body...))
}

func (h *fakeHost) begin(method string, params any) (string, chan message) {
	answers := make(chan message, 1)
	h.mutex.Lock()
	h.lastID++
	id := strconv.Itoa(h.lastID)
	h.answers[id] = answers
	h.mutex.Unlock()
	h.send(map[string]any{"jsonrpc": "2.0", "id": json.RawMessage(id), "method": method, "params": params})
	return id, answers
}

func (h *fakeHost) call(method string, params any) message {
	h.t.Helper()
	_, answers := h.begin(method, params)
	return wait(h.t, answers)
}

func (h *fakeHost) activate() {
	h.t.Helper()
	if got := h.call("activate", map[string]any{"config": map[string]any{}}); got.Error != nil {
		h.t.Fatal(got.Error.Message)
	}
}

func (h *fakeHost) invoke(method string, args any) message {
	h.t.Helper()
	return h.call("invoke", map[string]any{"method": method, "args": args, "deadline": 60000, "call": "c1"})
}

// next waits for a message of the plugin's own accord.
func (h *fakeHost) next(method string) message {
	h.t.Helper()
	for {
		if got := wait(h.t, h.asked); *got.Method == method {
			return got
		}
	}
}

func wait[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	select {
	case got := <-from:
		return got
	case <-time.After(time.Minute):
		t.Fatal("nothing came")
		panic("unreachable")
	}
}
