package workbench

import "sync"

// queue runs functions one after the other, in the order they were added. Its zero value is ready.
type queue struct {
	mutex   sync.Mutex
	waiting []func()
	busy    bool
}

// add returns at once.
func (q *queue) add(f func()) {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	q.waiting = append(q.waiting, f)
	if !q.busy {
		q.busy = true
		go q.work()
	}
}

func (q *queue) work() {
	for {
		q.mutex.Lock()
		if len(q.waiting) == 0 {
			q.busy = false
			q.mutex.Unlock()
			return
		}
		next := q.waiting[0]
		q.waiting = q.waiting[1:]
		q.mutex.Unlock()
		next()
	}
}
