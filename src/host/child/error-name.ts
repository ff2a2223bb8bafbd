import { ErrorCode } from '../../protocol/plugin/index.ts';

/** The name the protocol gives to the number of an error; an unknown one counts as a failure of a plugin. */
export function errorName(code: number): string {
  return Object.entries(ErrorCode).find(([, number]) => number === code)?.[0] ?? 'PluginFailed';
}
