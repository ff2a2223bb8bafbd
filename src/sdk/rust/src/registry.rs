use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use crate::call::Call;
use crate::services::config::ConfigChange;
use crate::services::events::Event;
use crate::services::memory::Segments;
use crate::services::messages::Message;
use crate::services::middleware::Next;
use crate::{Json, Object, Result};

pub(crate) type CallHandler = Arc<dyn Fn(Json, &Call) -> Result<Json> + Send + Sync>;
pub(crate) type ProviderHandler = Arc<dyn Fn(&str, Json, &Call) -> Result<Json> + Send + Sync>;
pub(crate) type ChainHandler = Arc<dyn Fn(Json, Next<'_>) -> Result<Json> + Send + Sync>;
pub(crate) type Listener<T> = Arc<dyn Fn(&T) -> Result<()> + Send + Sync>;

/// What the plugin has given to be called.
#[derive(Default)]
pub(crate) struct Registry {
    pub commands: Named<CallHandler>,
    pub hooks: Named<CallHandler>,
    pub chains: Named<ChainHandler>,
    /// By kind and id.
    pub providers: Named<ProviderHandler>,
    /// By the name or pattern subscribed to.
    pub events: Listeners<Event>,
    /// All under one name.
    pub messages: Listeners<Message>,
    pub config: RwLock<Object>,
    pub config_changes: Listeners<ConfigChange>,
    pub capability_changes: Listeners<Json>,
    pub segments: Segments,
}

/// Handlers of which there is one a name.
pub(crate) struct Named<H>(Mutex<HashMap<String, H>>);

impl<H> Default for Named<H> {
    fn default() -> Self {
        Named(Mutex::default())
    }
}

impl<H: Clone> Named<H> {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, H>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// False when there is one already, which stays.
    pub fn add(&self, name: &str, handler: H) -> bool {
        let mut handlers = self.lock();
        let free = !handlers.contains_key(name);
        if free {
            handlers.insert(name.to_owned(), handler);
        }
        free
    }

    pub fn find(&self, name: &str) -> Option<H> {
        self.lock().get(name).cloned()
    }

    /// True when there was one.
    pub fn remove(&self, name: &str) -> bool {
        self.lock().remove(name).is_some()
    }
}

/// Handlers of which there can be many a name; they are called in the order they came.
pub(crate) struct Listeners<T>(Mutex<State<T>>);

struct State<T> {
    next: u64,
    by_name: HashMap<String, Vec<(u64, Listener<T>)>>,
}

impl<T> Default for Listeners<T> {
    fn default() -> Self {
        Listeners(Mutex::new(State { next: 0, by_name: HashMap::new() }))
    }
}

impl<T> Listeners<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its id, and true when it is the first of that name.
    pub fn add(&self, name: &str, listener: Listener<T>) -> (u64, bool) {
        let mut state = self.lock();
        let id = state.next;
        state.next += 1;
        let listeners = state.by_name.entry(name.to_owned()).or_default();
        listeners.push((id, listener));
        (id, listeners.len() == 1)
    }

    /// True when it was the last of that name.
    pub fn remove(&self, name: &str, id: u64) -> bool {
        let mut state = self.lock();
        let Some(listeners) = state.by_name.get_mut(name) else { return false };
        listeners.retain(|(one, _)| *one != id);
        let last = listeners.is_empty();
        if last {
            state.by_name.remove(name);
        }
        last
    }

    pub fn of(&self, name: &str) -> Vec<Listener<T>> {
        let state = self.lock();
        let listeners = state.by_name.get(name).map(Vec::as_slice).unwrap_or_default();
        listeners.iter().map(|(_, listener)| Arc::clone(listener)).collect()
    }
}

/// The name of a provider among the handlers; no kind holds the mark between.
pub(crate) fn provider_name(kind: &str, id: &str) -> String {
    format!("{kind}\0{id}")
}
