use std::io;
use std::os::fd::FromRawFd;
use std::os::unix::net::UnixStream;
use std::process::exit;

use crate::link::Link;
use crate::panics;
use crate::session::Session;
use crate::wire::Peer;
use crate::Plugin;

/// Where the host left its end of the wire.
const WIRE: i32 = 3;

/// Runs the plugin as long as the host wants it; call it from `main`. The process ends with code 0 then.
///
/// A panic in a handler is the answer to its caller. One in a thread of the plugin's own is logged, and ends the
/// process with code 101.
pub fn run(plugin: impl Plugin) -> ! {
    let (reader, writer) = open_wire().unwrap_or_else(|_| {
        eprintln!("This program is started by a plugin host, with a socket as file descriptor 3.");
        exit(2);
    });
    let (peer, receiver) = Peer::connect(reader, writer);
    let link = Link::new(peer);
    panics::install(&link);
    let session = Session::new(link, plugin);
    let outcome = receiver.read(
        |answering, method, params, cancel| session.request(answering, method, params, cancel),
        |method, params| session.notice(method, params),
    );
    match outcome {
        // A connection that broke is a closed one.
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            eprintln!("The host sent what the protocol does not allow: {error}");
            exit(1);
        }
        _ => exit(0),
    }
}

/// Both ends are copies that programs started by the plugin do not inherit.
fn open_wire() -> io::Result<(UnixStream, UnixStream)> {
    // SAFETY: the number is the host's, and nothing in this process has opened anything yet. That it is a socket is
    // checked next, and where it is not, nothing is closed.
    let given = std::mem::ManuallyDrop::new(unsafe { UnixStream::from_raw_fd(WIRE) });
    given.peer_addr()?;
    given.set_nonblocking(false)?;
    let copies = (given.try_clone()?, given.try_clone()?);
    drop(std::mem::ManuallyDrop::into_inner(given));
    Ok(copies)
}
