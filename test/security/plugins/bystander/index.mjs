/** The other plugin of the host, who minds its own business and has something to hide. */
const heard = [];
let released = () => {};
let segment;

export function activate(context) {
  const { commands, events, memory, middleware, storage } = context;
  commands.register('ping', args => args);
  commands.register('remember', ({ secret }) => storage.set('secret', secret));
  commands.register('private-secret', () => storage.get('secret'));
  commands.register('heard', () => heard.splice(0));
  commands.register('share', async ({ secret, attacker }) => {
    const own = await memory.allocate(4096);
    await own.write(0, Buffer.from(secret));
    segment = await memory.allocate(4096);
    await segment.write(0, Buffer.from('original'));
    await memory.share(segment.id, [attacker], 'read');
    return { hidden: own.id, shared: segment.id };
  });
  commands.register('shared-text', async () => Buffer.from(await segment.read(0, 8)).toString());
  commands.register(
    'wait',
    () =>
      new Promise(resolve => {
        released = () => resolve('the bystander’s own answer');
      }),
  );
  commands.register('release', () => released());
  events.on('**', ({ name, from }) => {
    heard.push(`${from} ${name}`);
  });
  middleware.use('guarded', async (value, next) => {
    await new Promise(resolve => {
      released = resolve;
    });
    return `${await next(value)}, seen by the bystander`;
  });
}
