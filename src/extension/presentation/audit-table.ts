import type { AuditRecord } from '../../protocol/editor/index.ts';

/**
 * What a plugin was refused and allowed, as a Markdown document: the refused first, alike ones together; then how its
 * grants changed, the newest first.
 */
export function describeAudit(name: string, entries: readonly AuditRecord[]): string {
  const changes = entries.filter(({ change }) => change !== undefined);
  const requests = entries.filter(({ change }) => change === undefined);
  const denied = requests.filter(({ allowed }) => !allowed);
  const allowed = requests.filter(entry => entry.allowed);
  return `# What ${text(name)} asked for

The last ${requests.length} decisions: ${denied.length} refused, ${allowed.length} allowed.

## Refused

${table(denied, true) || 'Nothing was refused.'}

## Allowed

${table(allowed, false) || 'Nothing was asked for.'}

## Changes of its grants

${changeTable(changes) || 'None.'}
`;
}

function changeTable(changes: readonly AuditRecord[]): string {
  if (changes.length === 0) return '';
  const rows = changes
    .toReversed()
    .map(({ timestamp, change, by, scope, action, resource, from, expiresAt }) => {
      const what = from === undefined ? resource : `${from} → ${resource}`;
      const cells = [minuteOf(timestamp), change ?? '', by ?? '', `${scope} ${action}`, what];
      return `| ${[...cells, expiresAt === undefined ? '' : minuteOf(expiresAt)].map(text).join(' | ')} |`;
    });
  return ['| When | Change | By | What | Resource | Until |', `|${'---|'.repeat(6)}`, ...rows].join('\n');
}

function minuteOf(timestamp: number): string {
  return new Date(timestamp).toISOString().slice(0, 16).replace('T', ' ');
}

function table(entries: readonly AuditRecord[], withGrant: boolean): string {
  if (entries.length === 0) return '';
  const groups = new Map<string, { readonly entry: AuditRecord; times: number; last: number }>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.scope, entry.action, entry.resource]);
    const group = groups.get(key) ?? { entry, times: 0, last: 0 };
    groups.set(key, { ...group, times: group.times + 1, last: Math.max(group.last, entry.timestamp) });
  }
  const rows = [...groups.values()]
    .sort((a, b) => b.last - a.last)
    .map(({ entry: { scope, action, resource, grant }, times, last }) => {
      const cells = [new Date(last).toISOString().slice(11, 19), `${times}×`, `${scope} ${action}`, resource];
      return `| ${[...cells, ...(withGrant ? [grant ?? ''] : [])].map(text).join(' | ')} |`;
    });
  const head = ['Last', 'Times', 'What', 'Resource', ...(withGrant ? ['Allow it in the manifest by'] : [])];
  return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...rows].join('\n');
}

/** Text of a plugin as plain text in Markdown. */
function text(value: string): string {
  return value.replace(/[\r\n]+/g, ' ').replace(/[\\`|<>[\]*_]/g, '\\$&');
}
