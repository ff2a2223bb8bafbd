import type { ManifestDocument, ProfileId, SourcePath } from '../../manifest/index.ts';
import { fieldKind } from '../fields/index.ts';
import { describeFilePattern } from './files.ts';

/** What applies to every permission to reach another machine. */
const NETWORK =
  '**Hard:** a plugin’s process has **no network** of its own in the sandbox. What is listed here is reached through the host: by `context.net.fetch`, and by a proxy that ordinary libraries use (`HTTP_PROXY`; Node.js from 24 on). Each request is checked: host, port (80 and 443 unless one is written), protocol, and the address the name leads to. That must be on the internet, unless the manifest names the very address, or `localhost`.';

/** What applies to files that are granted by pattern. */
const FILES =
  'Whole folders (`./data/**`) and single existing files are opened in the sandbox. Other patterns (`./logs/*.txt`) hold for `context.files` alone: the host decides where a path really leads, through links too. The plugin’s own folder is readable as a whole; its manifest is never writable.';

/** What applies to the clipboard and to messages. */
const DESKTOP =
  '`notifications` and `clipboard` are served by the host where it is granted (`context.notifications`, `context.clipboard`). Other devices and services are not served in this release; the sandbox opens none of them.';

/** Effects of fields that need no look at their value; `*` is any key, `#` any index. Longer paths count first. */
const sentences: Readonly<Record<ProfileId, Readonly<Record<string, string>>>> = {
  aihub: {
    'permissions.filesystem': FILES,
    'permissions.network': NETWORK,
    'permissions.memory':
      'Without this entry the broker refuses `context.storage`. What is stored counts against `maxSize`; 10 MB hold where there is none.',
    'permissions.memory.maxSize':
      '**Hard:** the broker refuses to store more than this, in all, and keeps what was stored before.',
    'permissions.memory.collections': 'Collections of the host’s memory are not served in this release.',
    'permissions.ai': 'AI models are not served in this release.',
    'permissions.system': DESKTOP,
    'api.events': '**Hard:** the broker refuses to announce an event that is not listed.',
    'api.endpoints': 'Endpoints are checked; none is served in this release.',
    'ui.commands': 'Listed commands are shown to people. The broker also lets the plugin register others.',
    'ui.panels': 'Panels are checked; none is shown in this release.',
    scripts: 'The workbench never runs scripts.',
    'build.entry': 'This module is loaded inside the sandbox. The plugin’s folder is bound read-only.',
  },
  guide: {
    main: 'This module is loaded inside the sandbox. The plugin’s folder is bound read-only.',
    'permissions.storage':
      'The broker refuses each storage call whose action is not `true`. At most 10 MB are kept.',
    'permissions.network': NETWORK,
    'permissions.ui':
      'With `write`, `context.notifications` shows messages. The rest of the host’s window is not served in this release.',
  },
  logomesh: {
    entrypoint: 'It is loaded inside the sandbox. The plugin’s folder is bound read-only.',
    'resources.maxMemoryMB':
      '**Hard** where the kernel can hold it (control groups: the Plugins view says so). Elsewhere **soft**: looked at every 25 ms, and the plugin is killed at 100 %; it may be tens of MiB over for a moment. Alerted at 60 %, warned about at 80 %. Less than 64 MB is raised to 64. Without it 256 MB hold.',
    'resources.maxCpuPercent':
      '**Hard** where the kernel can hold it (control groups): the plugin gets no more. Elsewhere **soft**: an average; warned about after 2 s over it, killed after 10 s. Without it 100 % hold: one core.',
    'resources.maxFileHandles':
      '**Hard:** the kernel refuses to open more (RLIMIT_NOFILE). Less than 32 is raised to 32. Without it 256 hold.',
    'resources.maxNetworkConnections':
      '**Hard:** the plugin’s proxy refuses one more open connection. Without it 64 hold.',
    'coordination.exposesMethods': '**Hard:** the broker refuses to register a method that is not listed.',
    'coordination.consumesMethods':
      '**Hard:** the broker refuses to call a method of another plugin that is not listed.',
    'coordination.messaging':
      '**Hard:** without `true` the broker refuses to announce events and broadcasts; with `false` it also refuses calls of other plugins, hooks, middleware and providers. Listening to events is always allowed.',
    'coordination.sharedMemory':
      '**Hard:** without it, and without a capability of scope `memory`, the sandbox has no folders for shared memory. Who may read and who may write a segment is held by the kernel.',
    'capabilities.#.expiresAt':
      'From then on the broker and the proxy refuse what it grants, and open connections end. Paths the sandbox has opened stay open until the plugin ends.',
  },
  forgeai: {
    security_level:
      'The sandbox is always on. With `high` and a `container_image`, the plugin runs in a container of that image.',
    container_image:
      'Used together with `security_level: high`, where podman is installed and has the image: `podman pull` it first, for the workbench downloads none. Otherwise the plugin runs in the workbench’s own sandbox.',
  },
};

/** What each scope of a LogoMesh capability comes to. */
const scopes: Readonly<Record<string, string>> = {
  filesystem: FILES,
  network: NETWORK,
  memory:
    'Without it the broker refuses `context.storage`; `read` and `write` are granted one by one. It grants shared memory, too.',
  system: DESKTOP,
  ui: 'With `notifications`, `context.notifications` shows messages. The rest of the host’s window is not served in this release.',
};

/** What the sandbox and the broker will do with the field at a path, as Markdown; `undefined` when they do nothing. */
export function effectOf(
  document: ManifestDocument,
  profile: ProfileId,
  path: SourcePath,
): string | undefined {
  return (
    patternEffect(document, profile, path) ??
    capabilityEffect(document, profile, path) ??
    sentenceOf(profile, path)
  );
}

function patternEffect(document: ManifestDocument, profile: ProfileId, path: SourcePath): string | undefined {
  const kind = fieldKind(profile, path);
  const pattern = textAt(document, path);
  if (pattern === undefined) return undefined;
  if (kind === 'host') return NETWORK;
  if (kind === 'read-pattern' || kind === 'write-pattern') {
    return describeFilePattern(pattern, kind === 'read-pattern' ? 'read' : 'write');
  }
  if (kind !== 'capability-pattern') return undefined;
  const list = document.nodeAt([...path.slice(0, -2), 'permissions']);
  const actions =
    list?.kind === 'array'
      ? list.items.flatMap(item => (item.kind === 'scalar' ? [String(item.value)] : []))
      : [];
  return actions.length === 0
    ? undefined
    : actions.map(action => describeFilePattern(pattern, action)).join('\n\n');
}

function capabilityEffect(
  document: ManifestDocument,
  profile: ProfileId,
  path: SourcePath,
): string | undefined {
  const [list, index, field] = path;
  if (profile !== 'logomesh' || list !== 'capabilities' || typeof index !== 'number') return undefined;
  if (field !== undefined && !['scope', 'permissions', 'paths', 'hosts'].includes(String(field)))
    return undefined;
  const scope = textAt(document, [list, index, 'scope']) ?? '';
  return Object.hasOwn(scopes, scope) ? scopes[scope] : undefined;
}

/** The sentence of the field or of the nearest field around it. */
function sentenceOf(profile: ProfileId, path: SourcePath): string | undefined {
  const table = sentences[profile];
  const named = path.map(step => (typeof step === 'number' ? '#' : step));
  for (let length = named.length; length > 0; length--) {
    const name = named.slice(0, length).join('.');
    if (Object.hasOwn(table, name)) return table[name];
  }
  return undefined;
}

function textAt(document: ManifestDocument, path: SourcePath): string | undefined {
  const node = document.nodeAt(path);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
