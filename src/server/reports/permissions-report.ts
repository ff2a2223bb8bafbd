import type { CapabilityScope, ManifestReading } from '../../manifest/index.ts';
import { describeCapability, describeLimits } from './capability-words.ts';
import { findingItem, linkTo, plain, sentence } from './markdown.ts';

/** What a plugin is refused when no permission is about it. */
const refusals: Readonly<Record<CapabilityScope, string>> = {
  filesystem: 'files outside its own folder, and writing anywhere but in a temporary folder of its own',
  network: 'reaching any other machine',
  storage: 'keeping data of its own (`context.storage`)',
  memory: 'the host’s memory',
  ai: 'AI models',
  ui: 'the host’s window',
  system: 'devices and services of the machine',
  process: 'starting other programs of the machine',
  environment: 'your environment variables',
};

/** More than anyone reads; a hostile manifest could ask for one a byte. */
const MAX_CAPABILITIES = 200;

/** What a plugin may do, by its manifest, in words; also for a manifest that is broken. */
export function permissionsReport(reading: ManifestReading): string {
  const { document, profile, sketch, findings } = reading;
  const top = { line: 0, character: 0 };
  if (profile === undefined || sketch === undefined) {
    return [
      '# Permissions',
      '',
      reading.explanation === undefined
        ? `What ${linkTo(document.file, top)} asks for can’t be told. The plugin is not started, so it may do nothing.`
        : sentence(reading.explanation),
      '',
      ...findings.slice(0, 20).map(finding => findingItem(finding)),
      '',
    ].join('\n');
  }
  const { capabilities } = sketch;
  const granted = new Set(capabilities.map(({ scope }) => scope));
  const refused = Object.entries(refusals).filter(([scope]) => !granted.has(scope as CapabilityScope));
  return [
    `# Permissions of ${plain(sketch.name || 'a plugin without a name')}`,
    '',
    `Declared in ${linkTo(document.file, top)} for ${profile.title}. Whatever is not listed here is denied.`,
    '',
    ...(reading.manifest === undefined
      ? ['The manifest has errors: **the plugin is not started** until they are mended.', '']
      : []),
    `## Granted (${capabilities.length})`,
    '',
    ...(capabilities.length === 0 ? ['Nothing.', ''] : []),
    ...capabilities
      .slice(0, MAX_CAPABILITIES)
      .flatMap(capability => describeCapability(capability, document, profile.id, findings)),
    ...(capabilities.length > MAX_CAPABILITIES
      ? [`… and ${capabilities.length - MAX_CAPABILITIES} more.`, '']
      : []),
    '## Limits',
    '',
    ...describeLimits(sketch.limits),
    '',
    '## Denied',
    '',
    ...refused.map(([, what]) => `- ${what}`),
    '- everything within the scopes above that no permission names',
    '',
  ].join('\n');
}
