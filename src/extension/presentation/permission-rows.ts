import type { PermissionRowView } from '../../protocol/language/index.ts';
import type { Row } from './row.ts';

const icons: Readonly<Record<PermissionRowView['verdict'], Row['icon']>> = {
  used: { id: 'pass', color: 'testing.iconPassed' },
  free: { id: 'circle-outline' },
  unclear: { id: 'question' },
  unused: { id: 'remove', color: 'list.warningForeground' },
  wider: { id: 'unfold', color: 'list.warningForeground' },
  refused: { id: 'circle-slash', color: 'list.errorForeground' },
  undeclared: { id: 'warning', color: 'list.errorForeground' },
};

const verdicts: Readonly<Record<PermissionRowView['verdict'], string>> = {
  used: 'It is granted and used.',
  free: 'It is used, and needs no grant.',
  unclear: 'Only a run tells, or not all of the source and packages is known.',
  unused: 'It is granted, and nothing uses it.',
  wider: 'A narrower grant would do.',
  refused: 'It is granted, and was refused each time.',
  undeclared: 'It is used, and nothing grants it.',
};

/** One permission as a line below its scope: what it is, and what each of the three views says. */
export function permissionRow(row: PermissionRowView): Row {
  const { action, resource, verdict } = row;
  return {
    label: resource === '*' ? action : `${action} ${resource}`,
    description: [declaredWords(row), sourceWords(row), runWords(row)].join(' · '),
    icon: icons[verdict],
    context: `permission:${verdict}`,
  };
}

/** The same in sentences, as plain text. */
export function permissionTooltip(row: PermissionRowView): string {
  const { verdict, narrower, observed } = row;
  const lines = [
    `${row.scope}: ${row.action} ${row.resource}`,
    verdicts[verdict],
    `Declared: ${declaredWords(row)}`,
    `Inferred: ${sourceWords(row)}`,
    `Observed: ${runWords(row)}${observed === null ? '' : `, last on ${new Date(observed.lastAt).toLocaleString()}`}`,
    ...(narrower.length === 0 ? [] : [`It would do with: ${narrower.join(', ')}`]),
  ];
  return lines.join('\n');
}

function declaredWords({ declared, verdict }: PermissionRowView): string {
  if (declared !== null) return 'granted';
  return verdict === 'free' ? 'needs no grant' : 'not granted';
}

function sourceWords({ inferred }: PermissionRowView): string {
  if (inferred.length === 0) return 'not in source';
  return inferred.length === 1 ? 'in source' : `in source ${inferred.length} times`;
}

function runWords({ observed }: PermissionRowView): string {
  if (observed === null) return 'not in runs';
  const { allowed, denied } = observed;
  if (denied === 0) return `${allowed}× in runs`;
  return allowed === 0 ? `refused ${denied}× in runs` : `${allowed}× in runs, refused ${denied}×`;
}

/** What a plugin’s own line says about all of them. */
export function permissionSummary(rows: readonly PermissionRowView[]): string {
  const count = (...wanted: readonly PermissionRowView['verdict'][]): number =>
    rows.filter(({ verdict }) => wanted.includes(verdict)).length;
  const parts = [
    [count('undeclared'), 'not granted'],
    [count('refused'), 'refused'],
    [count('unused'), 'unused'],
    [count('wider'), 'wider than used'],
  ] as const;
  const said = parts.flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`]));
  return said.length === 0 ? 'as it should be' : said.join(', ');
}
