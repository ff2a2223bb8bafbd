import { type Format, formats } from './value.ts';

/** What a side can read and write; JSON always, also when the list is absent or doesn't say so. */
export type Formats = readonly string[] | undefined;

/** True when both sides can MessagePack, which is then the better choice. */
export function useBinaryFormat(one: Formats, other: Formats): boolean {
  return one?.includes('msgpack') === true && other?.includes('msgpack') === true;
}

/** The format two sides use between them: MessagePack where both can, else Protobuf where both can, else JSON. */
export function chooseFormat(one: Formats, other: Formats): Format {
  if (useBinaryFormat(one, other)) return 'msgpack';
  return one?.includes('protobuf') && other?.includes('protobuf') ? 'protobuf' : 'json';
}

/** The formats that all sides can. */
export function commonFormats(sides: readonly Formats[]): readonly Format[] {
  return formats.filter(format => format === 'json' || sides.every(side => side?.includes(format)));
}
