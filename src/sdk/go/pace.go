package workbench

import (
	"sync"
	"time"
)

// The host hangs up above 5000 messages a second; a plugin in a hurry is slowed down here instead.
const (
	messageInterval = time.Second / 4000
	// messageCredit is how far ahead a plugin may be that was quiet for a while.
	messageCredit = 100 * time.Millisecond
)

// pacer lets messages pass in the order they come. Its zero value is ready.
type pacer struct {
	mutex sync.Mutex
	next  time.Time
}

// wait returns when one more message may be sent.
func (p *pacer) wait() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	now := time.Now()
	if earliest := now.Add(-messageCredit); p.next.Before(earliest) {
		p.next = earliest
	}
	if ahead := p.next.Sub(now); ahead > 0 {
		time.Sleep(ahead)
	}
	p.next = p.next.Add(messageInterval)
}
