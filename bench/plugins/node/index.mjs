const GENERATION = 1;
const payload = 'x'.repeat(100);
let count = 0;
const eaten = [];

export function activate({ commands, plugins }) {
  commands.register('ping', args => args);
  commands.register('generation', () => GENERATION);
  commands.register('count', () => ++count);
  commands.register('eat', mebibytes => {
    for (let n = 0; n < mebibytes; n++) eaten.push(Buffer.alloc(1024 * 1024, n));
    return eaten.length;
  });
  commands.register('round-trips', async ({ calls, plugin }) => {
    const samples = [];
    for (let call = 0; call < calls; call++) {
      const began = performance.now();
      await plugins.call(plugin, 'ping', payload);
      samples.push((performance.now() - began) * 1000);
    }
    return samples;
  });
}

export const getState = () => ({ count });
export const restoreState = state => {
  count = state.count;
};
