import { Transform } from 'node:stream';

/** Bytes that went through a plugin's proxy. */
export interface TrafficCount {
  /** From the plugin. */
  sent: number;
  /** To the plugin. */
  received: number;
}

/** Passes bytes on and counts them; ends with an error beyond `most`. */
export function counted(
  count: TrafficCount,
  way: keyof TrafficCount,
  most = Number.POSITIVE_INFINITY,
): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      passed += chunk.length;
      count[way] += chunk.length;
      if (passed > most) done(new Error(`More than the ${most} bytes that the manifest allows.`));
      else done(null, chunk);
    },
  });
}
