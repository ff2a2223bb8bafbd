/** A debugger of a few lines: the Chrome DevTools Protocol over a WebSocket. */
export interface InspectorClient {
  /** Sends a command and resolves to its result; rejects when the other side goes before it has answered. */
  send(method: string, params?: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  /** Resolves with the params of the next event of that name; those that came before count too, each once. */
  next(method: string): Promise<Record<string, unknown>>;
  /** Resolves when the other side has gone. */
  readonly closed: Promise<void>;
  close(): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** Connects; rejects when it is refused. */
export async function connectInspector(url: string): Promise<InspectorClient> {
  const socket = new WebSocket(url);
  const answers = new Map<
    number,
    { resolve(result: Record<string, unknown>): void; reject(error: Error): void }
  >();
  const past: Message[] = [];
  const waiting: { readonly method: string; resolve(params: Record<string, unknown>): void }[] = [];
  let lastId = 0;
  const closed = new Promise<void>(resolve => {
    socket.addEventListener('close', () => {
      resolve();
      for (const { reject } of answers.values()) reject(new Error(`${url} went away.`));
      answers.clear();
    });
  });
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) {
      const answer = answers.get(message.id);
      answers.delete(message.id);
      if (message.error) answer?.reject(new Error(message.error.message));
      else answer?.resolve(message.result ?? {});
      return;
    }
    const index = waiting.findIndex(({ method }) => method === message.method);
    if (index >= 0) waiting.splice(index, 1)[0]?.resolve(message.params ?? {});
    else past.push(message);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`${url} refuses.`)));
  });
  return {
    closed,
    close: () => socket.close(),
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        answers.set(id, { resolve, reject });
        socket.send(JSON.stringify({ id, method, params }));
      }),
    next: method => {
      const index = past.findIndex(message => message.method === method);
      if (index >= 0) return Promise.resolve(past.splice(index, 1)[0]?.params ?? {});
      return new Promise(resolve => waiting.push({ method, resolve }));
    },
  };
}
