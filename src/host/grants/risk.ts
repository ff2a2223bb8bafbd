import type { BareCapability } from './capability-key.ts';

/** What a capability means, for people. */
export interface Risk {
  readonly words: string;
  readonly risk: 'low' | 'medium' | 'high';
  /** One sentence: why the risk is what it is. */
  readonly why: string;
}

type Level = readonly [risk: Risk['risk'], why: string];

/** Says what a capability allows and how much that matters. */
export function explainRisk(capability: BareCapability): Risk {
  const [risk, why] = levelOf(capability);
  return { words: `${wordsOf(capability)}${conditionsOf(capability)}`, risk, why };
}

function wordsOf({ scope, action, resource }: BareCapability): string {
  const all = resource === '*' || resource === '**';
  switch (scope) {
    case 'filesystem':
      return `${action === 'write' ? 'Change' : action === '*' ? 'Read and change' : 'Read'} files: ${resource}`;
    case 'network':
      return all ? 'Reach any host on the network' : `Reach ${resource} on the network`;
    case 'storage':
      return `${action === 'write' ? 'Store' : action === '*' ? 'Read and store' : 'Read'} data of its own`;
    case 'memory':
      return `${action === 'write' ? 'Change' : action === '*' ? 'Read and change' : 'Read'} shared memory${all ? '' : `: ${resource}`}`;
    case 'ai':
      return all ? `Use AI models (${action})` : `Use the AI model ${resource} (${action})`;
    case 'ui':
      return `User interface: ${action}${all ? '' : ` ${resource}`}`;
    case 'process':
      return all ? 'Run any program' : `Run the program ${resource}`;
    case 'environment':
      return all ? 'Read every environment variable' : `Read the environment variable ${resource}`;
    case 'system':
      return all ? wordsOfSystem(action) : `System: ${action} ${resource}`;
  }
}

function wordsOfSystem(action: string): string {
  switch (action) {
    case 'notifications':
      return 'Show messages';
    case 'clipboard':
      return 'Read and change the clipboard';
    default:
      return `System: ${action}`;
  }
}

function levelOf({ scope, action, resource }: BareCapability): Level {
  const wide = resource === '*' || resource === '**' || resource === '/**';
  switch (scope) {
    case 'filesystem':
      return levelOfFiles(action, resource);
    case 'network':
      return wide
        ? ['high', 'It can send whatever it reads to anyone.']
        : ['medium', 'It can send whatever it reads to that host.'];
    case 'process':
      return ['high', 'A program it starts does what the sandbox allows, with arguments of its choice.'];
    case 'environment':
      return wide || /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL/i.test(resource)
        ? ['high', 'Environment variables often hold passwords and keys.']
        : ['medium', 'The value may tell about you or your machine.'];
    case 'system':
      return action === 'notifications'
        ? ['low', 'It can show messages, nothing more.']
        : ['medium', 'It reaches what other programs of yours use, such as the clipboard.'];
    case 'ai':
      return ['medium', 'What it sends to a model leaves the plugin, and calls may cost money.'];
    case 'memory':
      return ['low', 'Only plugins that it is shared with can see it.'];
    case 'storage':
    case 'ui':
      return ['low', 'It stays within the workbench.'];
  }
}

function levelOfFiles(action: string, resource: string): Level {
  const outside = resource.startsWith('/') || resource.startsWith('~') || resource.split('/').includes('..');
  const writes = action !== 'read';
  if (outside && writes) return ['high', 'It can change files outside its own folder.'];
  if (outside) return ['high', 'It can read files outside its own folder, which may be private.'];
  return writes
    ? ['medium', 'It can change these files in its own folder.']
    : ['low', 'They are in its own folder.'];
}

function conditionsOf({ restrictions }: BareCapability): string {
  const { protocols, methods, ratePerMinute, maxBytes, maxTokens, expiresAt } = restrictions;
  const parts = [
    protocols && `by ${protocols.join(', ')}`,
    methods?.join(', '),
    ratePerMinute !== undefined && `at most ${ratePerMinute} times a minute`,
    maxBytes !== undefined && `at most ${sizeOf(maxBytes)}`,
    maxTokens !== undefined && `at most ${maxTokens} tokens a call`,
    expiresAt !== undefined && `until ${new Date(expiresAt).toISOString()}`,
  ].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join('; ')})` : '';
}

/** A size as people write it; it is never rounded up. */
function sizeOf(bytes: number): string {
  const units = ['MB', 'KB'] as const;
  const unit = units.find((_, index) => bytes >= 1024 ** (2 - index));
  if (unit === undefined) return `${bytes} bytes`;
  const size = bytes / 1024 ** (2 - units.indexOf(unit));
  return `${Math.floor(size * 10) / 10} ${unit}`;
}
