import type { SdkEffect } from '../../effect.ts';
import { shift, words } from './words.ts';

const files: readonly SdkEffect[] = [
  {
    service: ['files', 'fs'],
    methods: words(
      'read readText readFile list readdir stat exists read_text read_bytes ReadFile ReadDir Stat',
    ),
    scope: 'filesystem',
    action: 'read',
    is: 'file',
    shift,
    does: 'reads a file',
  },
  {
    service: ['files', 'fs'],
    methods: words(
      'write append remove makeFolder writeFile write_text write_bytes make_folder WriteFile AppendFile Remove MkdirAll',
    ),
    scope: 'filesystem',
    action: 'write',
    is: 'file',
    shift,
    does: 'changes a file',
  },
  {
    service: ['storage'],
    methods: words('get keys Get Keys'),
    scope: 'storage',
    action: 'read',
    is: 'name',
    shift,
    does: 'reads what the plugin has stored',
  },
  {
    service: ['storage'],
    methods: words('set delete Set Delete'),
    scope: 'storage',
    action: 'write',
    is: 'name',
    shift,
    does: 'changes what the plugin has stored',
  },
];

const outside: readonly SdkEffect[] = [
  {
    service: ['net'],
    methods: ['fetch'],
    scope: 'network',
    action: 'connect',
    is: 'url',
    at: [0, 'url'],
    method: { at: 'method' },
    // Rust hands over a request that was made before; making it is what tells.
    when: call => !call.receiverText.includes('()'),
    does: 'sends a request',
  },
  {
    service: ['net'],
    methods: ['Fetch'],
    scope: 'network',
    action: 'connect',
    is: 'url',
    at: 'URL',
    method: { at: 'Method' },
    does: 'sends a request',
  },
  {
    service: ['http'],
    methods: ['get'],
    scope: 'network',
    action: 'connect',
    is: 'url',
    method: 'GET',
    does: 'sends a request',
  },
  {
    service: ['http'],
    methods: ['post'],
    scope: 'network',
    action: 'connect',
    is: 'url',
    method: 'POST',
    does: 'sends a request',
  },
  {
    service: ['process'],
    methods: ['run'],
    scope: 'process',
    action: 'run',
    is: 'program',
    when: call => !call.receiverText.includes('()'),
    does: 'runs a program',
  },
  {
    service: ['process'],
    methods: ['Run'],
    scope: 'process',
    action: 'run',
    is: 'program',
    at: 'Name',
    does: 'runs a program',
  },
  {
    service: ['clipboard'],
    methods: words('readText read Read'),
    scope: 'system',
    action: 'clipboard',
    resource: 'read',
    does: 'reads the clipboard',
  },
  {
    service: ['clipboard'],
    methods: words('writeText write Write'),
    scope: 'system',
    action: 'clipboard',
    resource: 'write',
    does: 'writes to the clipboard',
  },
  {
    service: ['notifications', 'ui'],
    methods: words('show Show info warn error showNotification'),
    scope: 'system',
    action: 'notifications',
    does: 'shows a message',
  },
  {
    service: ['ui'],
    methods: words('createPanel updatePanel removePanel'),
    scope: 'ui',
    action: 'write',
    is: 'name',
    at: [0, 'id'],
    does: 'changes a panel',
  },
];

/** Files, other machines, programs and the desktop. */
export const outsideEffects: readonly SdkEffect[] = [...files, ...outside];
