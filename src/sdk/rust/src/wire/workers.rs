use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

type Job = Box<dyn FnOnce() + Send>;

/// Threads at one time; a sandbox may have about twice as many, and the plugin wants some of its own.
const MOST: usize = 128;

/// How long a thread without work is kept.
const IDLE: Duration = Duration::from_secs(10);

/// Threads that run jobs side by side. They come when they are needed, and go after a quiet time.
#[derive(Clone, Default)]
pub(crate) struct Workers {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    work: Condvar,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    idle: usize,
    total: usize,
}

impl Workers {
    /// Runs a job on another thread, soon. Never blocks.
    ///
    /// # Errors
    /// When the system gives not even one thread; the job is dropped.
    pub fn run(&self, job: impl FnOnce() + Send + 'static) -> io::Result<()> {
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.jobs.push_back(Box::new(job));
        if state.jobs.len() > state.idle && state.total < MOST {
            let shared = Arc::clone(&self.shared);
            match thread::Builder::new().name("plugin call".to_owned()).spawn(move || shared.work()) {
                Ok(_) => state.total += 1,
                // The others get to it.
                Err(_) if state.total > 0 => {}
                Err(error) => {
                    state.jobs.pop_back();
                    return Err(error);
                }
            }
        }
        drop(state);
        self.shared.work.notify_one();
        Ok(())
    }
}

impl Shared {
    fn work(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(job) = state.jobs.pop_front() {
                drop(state);
                job();
                state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            state.idle += 1;
            let waited = self.work.wait_timeout_while(state, IDLE, |state| state.jobs.is_empty());
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            state.idle -= 1;
            if state.jobs.is_empty() {
                state.total -= 1;
                return;
            }
        }
    }
}

/// Runs jobs one after the other, in order, on a thread of the workers.
#[derive(Clone)]
pub(crate) struct Sequence {
    workers: Workers,
    jobs: Arc<Mutex<(VecDeque<Job>, bool)>>,
}

impl Sequence {
    pub fn new(workers: Workers) -> Sequence {
        Sequence { workers, jobs: Arc::default() }
    }

    /// Runs a job when those before it have ended. Never blocks.
    ///
    /// # Errors
    /// When the system gives no thread; the job runs after the next one that gets a thread.
    pub fn run(&self, job: impl FnOnce() + Send + 'static) -> io::Result<()> {
        {
            let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
            jobs.0.push_back(Box::new(job));
            if std::mem::replace(&mut jobs.1, true) {
                return Ok(());
            }
        }
        let jobs = Arc::clone(&self.jobs);
        let started = self.workers.run(move || loop {
            let job = {
                let mut jobs = jobs.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(job) = jobs.0.pop_front() else {
                    jobs.1 = false;
                    return;
                };
                job
            };
            job();
        });
        if started.is_err() {
            self.jobs.lock().unwrap_or_else(PoisonError::into_inner).1 = false;
        }
        started
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn runs_jobs_side_by_side() {
        let workers = Workers::default();
        let barrier = Arc::new(std::sync::Barrier::new(8));
        let (sender, receiver) = mpsc::channel();
        for _ in 0..8 {
            let (barrier, sender) = (Arc::clone(&barrier), sender.clone());
            workers
                .run(move || {
                    barrier.wait();
                    sender.send(()).unwrap();
                })
                .unwrap();
        }
        drop(sender);
        assert_eq!(receiver.iter().count(), 8);
    }

    #[test]
    fn runs_more_jobs_than_it_has_threads() {
        let workers = Workers::default();
        let (sender, receiver) = mpsc::channel();
        for at in 0..MOST * 3 {
            let sender = sender.clone();
            workers.run(move || sender.send(at).unwrap()).unwrap();
        }
        drop(sender);
        assert_eq!(receiver.iter().count(), MOST * 3);
    }

    #[test]
    fn keeps_the_order_of_a_sequence() {
        let sequence = Sequence::new(Workers::default());
        let (sender, receiver) = mpsc::channel();
        for at in 0..1000 {
            let sender = sender.clone();
            sequence.run(move || sender.send(at).unwrap()).unwrap();
        }
        drop(sender);
        assert!(receiver.iter().eq(0..1000));
    }
}
