/** Field numbers of `schemas/value.proto`. */
export const valueField = {
  null: 1,
  bool: 2,
  int: 3,
  uint: 4,
  float: 5,
  string: 6,
  bytes: 7,
  date: 8,
  list: 9,
  map: 10,
} as const;

/** Field numbers of the messages within a value. */
export const innerField = { values: 1, entries: 1, key: 1, value: 2, seconds: 1, nanos: 2 } as const;

/** How a field's content is laid out. */
export const wireType = { varint: 0, fixed64: 1, bytes: 2 } as const;
