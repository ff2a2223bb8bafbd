import * as v from 'valibot';
import type { PluginSource } from '../plugin/plugin-source.ts';

/** What of a source decides how it is confined. */
export type TrustSource = Pick<PluginSource, 'manifest' | 'document'>;

const forgeaiSchema = v.object({
  container_image: v.optional(v.string()),
  security_level: v.optional(v.string()),
});

/** The image a manifest asks to be run in, for high security; `undefined` when it asks for none. */
export function containerWish({ manifest, document }: TrustSource): string | undefined {
  if (manifest.profile !== 'forgeai') return undefined;
  const stated = v.safeParse(forgeaiSchema, document.value);
  if (!stated.success || stated.output.security_level !== 'high') return undefined;
  return stated.output.container_image;
}
