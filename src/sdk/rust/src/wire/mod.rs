//! Framed JSON-RPC over a stream.

mod cancel;
mod frame;
mod in_flight;
mod message;
mod pace;
mod peer;
mod sender;
mod workers;

pub use cancel::CancelToken;
pub(crate) use message::WireError;
pub(crate) use peer::{Answering, Options, Peer};
pub(crate) use workers::{Sequence, Workers};

/// Bytes of one message, without its header.
pub(crate) const MAX_MESSAGE: usize = 4 * 1024 * 1024;

/// Arrays and objects within one another, the message itself included.
pub(crate) const MAX_DEPTH: usize = 64;
