import { aliases, type KnowledgePart, sources } from './part.ts';

/** What the machine's user, its files, other programs and the network decide. */
export const machine: KnowledgePart = {
  sources: [
    ...sources(
      'local',
      'a command-line argument',
      'std.env.args() std.env.args_os() wild.args() argfile.expand_args()',
    ),
    ...sources(
      'local',
      'a command-line argument',
      'clap.ArgMatches.value_of() clap.ArgMatches.get_one() clap.ArgMatches.get_many() ?.value_of() ?.get_one() ?.get_many()',
    ),
    ...sources(
      'local',
      'an environment variable',
      'std.env.var() std.env.var_os() std.env.vars() std.env.vars_os() dotenv.var() dotenvy.var() envy.from_env()',
    ),
    ...sources(
      'local',
      'standard input',
      'std.io.stdin() std.io.Stdin std.io.read_to_string() dialoguer.Input.interact_text() rustyline.Editor.readline() inquire.Text.prompt()',
    ),
    ...sources(
      'local',
      'a file’s content',
      'std.fs.read_to_string() std.fs.read() std.fs.File std.fs.OpenOptions.open() std.fs.read_link() memmap2.Mmap.map()',
    ),
    ...sources(
      'local',
      'a program’s output',
      'std.process.Command.output() std.process.Child.wait_with_output()',
    ),
    ...sources(
      'user',
      'data from the network',
      'std.net.TcpStream std.net.UdpSocket.recv() std.net.UdpSocket.recv_from() std.net.TcpListener.incoming() ' +
        'std.net.UnixStream std.os.unix.net.UnixStream tokio_rustls.TlsStream tokio_native_tls.TlsStream',
    ),
    ...sources(
      'user',
      'a name in an archive',
      'zip.ZipArchive.by_index().name() zip.ZipArchive.by_name().name() zip.ZipArchive.by_index_raw().name() zip.read.ZipFile.name() ' +
        'zip.ZipArchive.file_names() zip.read.read_zipfile_from_stream().name() tar.Archive.entries() tar.Entry.path() tar.Entry.link_name() ' +
        'tokio_tar.Archive.entries() async_tar.Archive.entries() sevenz_rust.SevenZArchiveEntry.name()',
    ),
    ...sources(
      'user',
      'an HTTP response',
      'reqwest.Response reqwest.get() ureq.Response surf.get() isahc.get() attohttpc.Response minreq.Response ' +
        'hyper.Response hyper.body.to_bytes() awc.ClientResponse curl.easy.Transfer',
    ),
    ...sources(
      'user',
      'a message',
      'tungstenite.WebSocket.read() tungstenite.WebSocket.read_message() tungstenite.Message tokio_tungstenite.WebSocketStream.next() ' +
        'rdkafka.message.BorrowedMessage lapin.message.Delivery async_nats.Message paho_mqtt.Message rumqttc.Publish ' +
        'zmq.Socket.recv_string() zmq.Socket.recv_bytes() serenity.model.channel.Message teloxide.types.Message',
    ),
  ],
  same: {
    ...aliases('std.net.TcpListener', 'std.net.TcpListener.bind()'),
    ...aliases('std.net.UdpSocket', 'std.net.UdpSocket.bind()'),
    ...aliases('std.net.TcpStream', 'std.net.TcpListener.accept()'),
    ...aliases(
      'std.process.Command',
      'exec.Command async_std.process.Command duct.cmd!() assert_cmd.Command',
    ),
    ...aliases(
      'std.fs.OpenOptions',
      'std.fs.OpenOptions.read() std.fs.OpenOptions.write() std.fs.OpenOptions.create() std.fs.OpenOptions.append() ' +
        'std.fs.OpenOptions.truncate() std.fs.OpenOptions.create_new() std.fs.OpenOptions.mode() std.fs.File.options()',
    ),
    ...aliases(
      'reqwest.ClientBuilder',
      'reqwest.Client.builder() reqwest.ClientBuilder.*() reqwest.r#async.ClientBuilder',
    ),
    'reqwest.ClientBuilder.build()': 'reqwest.Client',
    ...aliases(
      'reqwest.RequestBuilder',
      'reqwest.Client.get() reqwest.Client.post() reqwest.Client.put() reqwest.Client.delete() reqwest.Client.patch() ' +
        'reqwest.Client.head() reqwest.Client.request() reqwest.RequestBuilder.*()',
    ),
    'reqwest.RequestBuilder.send()': 'reqwest.Response',
    'reqwest.Client.execute()': 'reqwest.Response',
    'reqwest.get()': 'reqwest.Response',
    'reqwest.RequestBuilder.build()': 'reqwest.Request',
    ...aliases(
      'ureq.Request',
      'ureq.get() ureq.post() ureq.put() ureq.delete() ureq.Agent.get() ureq.Agent.post() ureq.Request.set()',
    ),
    ...aliases('ureq.Response', 'ureq.Request.call() ureq.Request.send_json() ureq.Request.send_string()'),
    ...aliases('ureq.Agent', 'ureq.agent() ureq.AgentBuilder.build() ureq.builder().build()'),
    ...aliases('attohttpc.Response', 'attohttpc.get().send() attohttpc.post().send()'),
    ...aliases('minreq.Response', 'minreq.get().send() minreq.post().send()'),
    ...aliases('zip.ZipArchive', 'zip.read.ZipArchive'),
    ...aliases('tungstenite.WebSocket', 'tungstenite.accept() tungstenite.connect()'),
  },
};
