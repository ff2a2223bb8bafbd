import * as v from 'valibot';
import { ErrorCode, type PluginErrorData } from '../../protocol/plugin/index.ts';
import { permissionDenial, pluginErrorData } from '../../protocol/plugin-schemas/index.ts';
import { WireError } from '../../protocol/wire/index.ts';

const unknownFailure: PluginErrorData = { name: 'Error' };

/**
 * Makes of a plugin's error what another plugin gets to see: its code, name, message and details, and whose it is, but
 * nothing of the other's inside.
 */
export function passOn(error: unknown, asked: string): unknown {
  if (!(error instanceof WireError)) return error;
  const { code, message, data } = error;
  switch (code) {
    case ErrorCode.PluginFailed: {
      const decoded = v.safeParse(pluginErrorData, data);
      const { name, code: word, details, plugin = asked } = decoded.success ? decoded.output : unknownFailure;
      const shown = {
        name,
        ...(word === undefined ? {} : { code: word }),
        ...(details === undefined ? {} : { details }),
        plugin,
      } satisfies PluginErrorData;
      return new WireError(code, message, shown);
    }
    case ErrorCode.PermissionDenied: {
      const decoded = v.safeParse(permissionDenial, data);
      const denial = decoded.success ? decoded.output : {};
      return new WireError(code, message, { ...denial, plugin: asked });
    }
    case ErrorCode.ConnectionClosed:
      return new WireError(code, `The plugin ${asked} ended before it had answered.`, { plugin: asked });
    default:
      return new WireError(code, message, { plugin: asked });
  }
}
