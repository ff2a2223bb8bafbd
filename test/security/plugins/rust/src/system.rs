//! What is tried on the system.

use std::ffi::{c_int, c_long, CString};
use std::fs;
use std::io::{Error, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs, UdpSocket};
use std::os::fd::FromRawFd;
use std::os::unix::fs::{symlink, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;
use std::sync::Mutex;
use std::time::Duration;

use plugin_workbench::{json, Context, Json, Result};

use crate::{bytes, hand, text, SLEEPY};

extern "C" {
    fn syscall(number: c_long, ...) -> c_long;
    fn kill(pid: c_int, signal: c_int) -> c_int;
    fn signal(number: c_int, handler: usize) -> usize;
    fn fork() -> c_int;
    fn setsid() -> c_int;
}

pub fn register(ctx: &Context) -> Result<()> {
    register_files(ctx)?;
    register_processes(ctx)?;
    register_network(ctx)?;
    register_waste(ctx)
}

fn register_files(ctx: &Context) -> Result<()> {
    hand(ctx, "read", |args| {
        let mut found = Vec::new();
        fs::File::open(text(args, "path"))?.take(100_000).read_to_end(&mut found)?;
        Ok(String::from_utf8_lossy(&found).into_owned().into())
    })?;
    hand(ctx, "write", |args| nothing(fs::write(text(args, "path"), text(args, "text"))))?;
    hand(ctx, "list", |args| {
        let mut names = Vec::new();
        for entry in fs::read_dir(text(args, "path"))? {
            names.push(Json::from(entry?.file_name().to_string_lossy().into_owned()));
        }
        Ok(Json::Array(names))
    })?;
    hand(ctx, "symlink", |args| nothing(symlink(text(args, "target"), text(args, "path"))))?;
    hand(ctx, "link", |args| nothing(fs::hard_link(text(args, "from"), text(args, "path"))))?;
    hand(ctx, "rename", |args| nothing(fs::rename(text(args, "from"), text(args, "path"))))?;
    hand(ctx, "chmod", |args| {
        let mode = fs::Permissions::from_mode(args.get("mode")?);
        nothing(fs::set_permissions(text(args, "path"), mode))
    })?;
    hand(ctx, "unlink", |args| nothing(fs::remove_file(text(args, "path"))))?;
    hand(ctx, "truncate", |args| nothing(fs::File::create(text(args, "path")).map(drop)))?;
    hand(ctx, "descriptors", |_| {
        let mut found = Vec::new();
        for entry in fs::read_dir("/proc/self/fd")? {
            let path = entry?.path();
            let Ok(target) = fs::read_link(&path) else { continue };
            let target = target.to_string_lossy().into_owned();
            let mut content = Vec::new();
            if target.starts_with('/') && !target.starts_with("/dev") {
                if let Ok(mut file) = fs::File::open(&path) {
                    let _ = file.read_to_end(&mut content);
                }
            }
            let content = String::from_utf8_lossy(&content).into_owned();
            found.push(Json::from(format!("{} {target} {content}", path.display())));
        }
        Ok(Json::Array(found))
    })
}

fn register_processes(ctx: &Context) -> Result<()> {
    hand(ctx, "environment", |_| {
        let pairs = std::env::vars().map(|(name, value)| Json::from(format!("{name}={value}")));
        Ok(Json::Array(pairs.collect()))
    })?;
    hand(ctx, "kill", |args| {
        let (pid, number) = (args.get("pid")?, args.get("signal")?);
        // SAFETY: two numbers.
        nothing(if unsafe { kill(pid, number) } == 0 { Ok(()) } else { Err(Error::last_os_error()) })
    })?;
    hand(ctx, "run", |args| {
        let list: Option<Vec<String>> = args.get("args")?;
        let output = Command::new(text(args, "program")).args(list.unwrap_or_default()).output()?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned().into())
    })?;
    hand(ctx, "syscall", system_call)?;
    hand(ctx, "raw", |args| {
        let frame = bytes(args, "bytes")?;
        for _ in 0..args.get::<Option<u64>>("times")?.unwrap_or(1) {
            write_all(3, &frame)?;
        }
        Ok(Json::Null)
    })
}

/// Numbers, `{"text"}` for a string, `{"bytes"}` in hex for the address of such memory.
fn system_call(args: &Json) -> Result<Json> {
    let mut kept: Vec<Vec<u8>> = Vec::new();
    let mut words = [0 as c_long; 6];
    for (index, given) in args["args"].as_array().unwrap_or_default().iter().enumerate() {
        words[index] = match given.as_i64() {
            Some(number) => number,
            None => {
                let memory = match given["text"].as_str() {
                    Some(text) => CString::new(text)?.into_bytes_with_nul(),
                    None => bytes(given, "bytes")?,
                };
                kept.push(memory);
                kept.last_mut().expect("it was just added").as_mut_ptr() as c_long
            }
        };
    }
    let [a, b, c, d, e, f] = words;
    // SAFETY: none; whether the kernel lets it happen is what is tried. The memory is kept until afterwards.
    let result = unsafe { syscall(args.get("number")?, a, b, c, d, e, f) };
    if result == -1 {
        return Err(Error::last_os_error().into());
    }
    Ok(result.into())
}

fn register_network(ctx: &Context) -> Result<()> {
    hand(ctx, "connect", |args| {
        let wait = Duration::from_millis(args.get::<Option<u64>>("wait")?.unwrap_or(4000));
        let sent = bytes(args, "send")?;
        if !text(args, "path").is_empty() {
            let there = UnixStream::connect(text(args, "path"))?;
            there.set_read_timeout(Some(wait))?;
            return exchange(there, &sent);
        }
        let proxy = std::env::var("HTTP_PROXY").unwrap_or_default();
        let address = match args["proxy"].as_bool() {
            Some(true) => proxy.trim_start_matches("http://").trim_end_matches('/').to_owned(),
            _ => format!("{}:{}", text(args, "host"), args.get::<u16>("port")?),
        };
        let first = address.to_socket_addrs()?.next().ok_or(ErrorKind::NotFound);
        let there = TcpStream::connect_timeout(&first.map_err(Error::from)?, wait)?;
        there.set_read_timeout(Some(wait))?;
        exchange(there, &sent)
    })?;
    hand(ctx, "udp", |args| {
        let host = text(args, "host");
        let there = UdpSocket::bind(if host.contains(':') { "[::]:0" } else { "0.0.0.0:0" })?;
        nothing(there.send_to(text(args, "text").as_bytes(), (host, args.get::<u16>("port")?)).map(drop))
    })?;
    hand(ctx, "resolve", |args| {
        let found = (text(args, "name"), 80).to_socket_addrs()?;
        Ok(Json::Array(found.map(|address| Json::from(address.to_string())).collect()))
    })
}

/// Sends bytes and gives back what comes, until the other side closes or is silent for too long.
fn exchange(mut there: impl Read + Write, sent: &[u8]) -> Result<Json> {
    let _ = there.write_all(sent);
    let mut received = Vec::new();
    let _ = there.read_to_end(&mut received);
    Ok(String::from_utf8_lossy(&received).into_owned().into())
}

/// What the plugin holds on to, so that nothing gives it back.
static HELD: Mutex<(Vec<Vec<u8>>, Vec<fs::File>)> = Mutex::new((Vec::new(), Vec::new()));

fn register_waste(ctx: &Context) -> Result<()> {
    hand(ctx, "eat-memory", |_| loop {
        HELD.lock().unwrap().0.push(vec![1; 4 << 20]);
    })?;
    hand(ctx, "fork-bomb", |_| {
        for _ in 0..20 {
            // SAFETY: the child does nothing but fork and sleep.
            if unsafe { fork() } == 0 {
                loop {
                    // SAFETY: as above.
                    if unsafe { fork() } < 0 {
                        std::thread::sleep(Duration::from_secs(1));
                    }
                }
            }
        }
        Ok(Json::Null)
    })?;
    hand(ctx, "spin", |_| loop {
        std::hint::spin_loop();
    })?;
    hand(ctx, "leak-descriptors", |_| loop {
        let file = fs::File::open("/dev/null")?;
        HELD.lock().unwrap().1.push(file);
    })?;
    hand(ctx, "let-go", |_| {
        HELD.lock().unwrap().1.clear();
        Ok(Json::Null)
    })?;
    hand(ctx, "fill", |args| {
        let mut file = fs::File::create(text(args, "path"))?;
        let piece = vec![1; 1 << 20];
        for _ in 0..args.get::<u64>("size")? >> 20 {
            file.write_all(&piece)?;
        }
        Ok(Json::Null)
    })?;
    hand(ctx, "flood-log", |args| {
        let line = format!("{}\n", "flood ".repeat(20));
        for _ in 0..args.get::<u64>("lines")? {
            write_all(1, line.as_bytes())?;
        }
        Ok(Json::Null)
    })?;
    hand(ctx, "stay", |_| {
        SLEEPY.store(true, Ordering::SeqCst);
        for number in [15, 2, 1, 3] {
            // SAFETY: 1 is SIG_IGN.
            unsafe { signal(number, 1) };
        }
        Ok(json!(null))
    })?;
    hand(ctx, "leave-orphans", |args| {
        for _ in 0..args.get::<u64>("count")? {
            let mut sleeper = Command::new(std::env::current_exe()?);
            sleeper.arg("sleep").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        }
        Ok(Json::Null)
    })
}

/// What this program does when it is started by itself.
pub fn be(_what: &str) -> ! {
    // SAFETY: no memory is involved.
    unsafe { setsid() };
    loop {
        std::thread::sleep(Duration::from_secs(3600));
    }
}

fn nothing(done: std::io::Result<()>) -> Result<Json> {
    done?;
    Ok(Json::Null)
}

fn write_all(descriptor: c_int, mut bytes: &[u8]) -> Result<()> {
    // SAFETY: the descriptor stays open, for the file is never dropped.
    let mut file = std::mem::ManuallyDrop::new(unsafe { fs::File::from_raw_fd(descriptor) });
    while !bytes.is_empty() {
        match file.write(bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {
                std::thread::sleep(Duration::from_millis(1));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
