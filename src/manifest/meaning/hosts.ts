import { replaceScalar } from '../editing/index.ts';
import type { MappingInput } from '../profiles/profile.ts';
import type { Placed } from './values.ts';

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const hostName = new RegExp(`^(?:\\*\\.)?${label}(?:\\.${label})*\\.?(?::\\d{1,5})?$`, 'iu');
const ipv6 = /^\[[0-9a-f:.]{2,45}\](?::\d{1,5})?$/iu;

/** Reports a host pattern that can match nothing, or that covers every host or nearly. */
export function checkHostPattern(input: MappingInput, host: Placed<string>): void {
  const { value, path } = host;
  if (/^\*+(?:\.\*+)*(?:\.[a-z]{2,})?$/iu.test(value)) {
    input.report(
      'PW-MANIFEST-GRANT-BROAD',
      path,
      `\`${value}\` covers hosts of anybody. Name the hosts it needs.`,
    );
  } else if (value.length > longestHost || (!hostName.test(value) && !ipv6.test(value))) {
    reportHost(input, host);
  }
}

/** Longest name DNS knows, and a port. */
const longestHost = 261;

function reportHost({ document, report }: MappingInput, { value, path }: Placed<string>): void {
  const inner = /^\s*(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/?#\s]*@)?([^/?#\s]+)[^\s]*\s*$/iu.exec(
    value.slice(0, 1024),
  )?.[1];
  const meant = inner !== undefined && inner !== value && hostName.test(inner) ? inner : undefined;
  const edits = meant === undefined ? [] : replaceScalar(document, path, meant);
  const why =
    meant === undefined && value.includes('*')
      ? 'a star stands only for the whole of the first part, as in `*.example.com`'
      : 'a host is a name alone, without protocol, path or spaces';
  report('PW-MANIFEST-HOST', path, `\`${value}\` matches no host: ${why}.`, {
    fix: edits.length === 0 ? undefined : { title: `Replace by \`${meant}\``, edits },
  });
}

/** Reports a protocol that sends in the clear; the fix is its secure form. */
export function checkProtocol(
  { document, report }: MappingInput,
  { value, path }: Placed<string>,
  all: readonly Placed<string>[],
): void {
  if (value !== 'http' && value !== 'ws') return;
  const secure = `${value}s`;
  const edits = all.some(other => other.value === secure) ? [] : replaceScalar(document, path, secure);
  report('PW-MANIFEST-PROTOCOL-INSECURE', path, `\`${value}\` sends in the clear; prefer \`${secure}\`.`, {
    fix: edits.length === 0 ? undefined : { title: `Replace by \`${secure}\``, edits },
  });
}

/** Reports an address of a page that is none, or that is fetched in the clear. */
export function checkAddress({ document, report }: MappingInput, { value, path }: Placed<string>): void {
  const isAddress = /^(?:https?|git|ssh|git\+https|git\+ssh):\/\/[^\s/$.?#][^\s]*$/iu.test(value);
  if (!isAddress) {
    report('PW-MANIFEST-ADDRESS', path, `\`${value}\` is not a web address such as \`https://example.com\`.`);
  } else if (/^http:/iu.test(value)) {
    const edits = replaceScalar(document, path, value.replace(/^http:/iu, 'https:'));
    report('PW-MANIFEST-PROTOCOL-INSECURE', path, 'The page is fetched in the clear; prefer `https`.', {
      severity: 'info',
      fix: edits.length === 0 ? undefined : { title: 'Replace `http` by `https`', edits },
    });
  }
}
