//! The numbers of errors in the protocol.

/// What was sent is not what the other side expects.
pub const INVALID_REQUEST: i64 = -32600;
/// There is no such method.
pub const METHOD_NOT_FOUND: i64 = -32601;
/// The parameters are not what the method takes.
pub const INVALID_PARAMS: i64 = -32602;
/// Something is broken on the side that answers.
pub const INTERNAL_ERROR: i64 = -32603;
/// The manifest does not grant it.
pub const PERMISSION_DENIED: i64 = -32001;
/// The caller gave up.
pub const CANCELLED: i64 = -32002;
/// There was no answer in time.
pub const DEADLINE_EXCEEDED: i64 = -32003;
/// The code of a plugin failed.
pub const PLUGIN_FAILED: i64 = -32004;
/// Too large, too many, or too deep.
pub const LIMIT_EXCEEDED: i64 = -32005;
/// No plugin answers to that command or method.
pub const UNKNOWN_COMMAND: i64 = -32006;
/// The other side went away.
pub const CONNECTION_CLOSED: i64 = -32007;
/// No plugin of that id runs.
pub const UNKNOWN_PLUGIN: i64 = -32008;
/// What was named does not exist: a provider, a file, a segment.
pub const NOT_FOUND: i64 = -32009;
/// The front-end that runs the host offers no such service.
pub const UNAVAILABLE: i64 = -32010;

/// The name of a number, as other plugins get to see it.
pub(crate) fn name(code: i64) -> Option<&'static str> {
    Some(match code {
        PERMISSION_DENIED => "PermissionDenied",
        CANCELLED => "Cancelled",
        DEADLINE_EXCEEDED => "DeadlineExceeded",
        PLUGIN_FAILED => "PluginFailed",
        LIMIT_EXCEEDED => "LimitExceeded",
        UNKNOWN_COMMAND => "UnknownCommand",
        CONNECTION_CLOSED => "ConnectionClosed",
        UNKNOWN_PLUGIN => "UnknownPlugin",
        NOT_FOUND => "NotFound",
        UNAVAILABLE => "Unavailable",
        _ => return None,
    })
}
