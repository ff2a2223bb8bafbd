import type { ManifestReading } from '../../../../src/manifest/index.ts';
import { readText } from '../../manifest/reading.ts';

const read = (value: object): ManifestReading => readText(JSON.stringify(value, undefined, 2));

/** An AI Hub manifest with these permissions. */
export function aihub(permissions: object, more: object = {}): ManifestReading {
  return read({
    name: 'Notes',
    version: '1.0.0',
    description: 'Keeps notes.',
    author: 'Ada',
    license: 'MIT',
    build: { entry: 'src/index.js', output: 'dist' },
    permissions,
    ...more,
  });
}

/** A LogoMesh manifest with these capabilities. */
export function logomesh(capabilities: readonly object[], more: object = {}): ManifestReading {
  return read({
    id: 'notes',
    name: 'Notes',
    version: '1.0.0',
    entrypoint: 'src/index.js',
    runtime: 'nodejs',
    capabilities,
    ...more,
  });
}

/** A manifest after the Guide with these permissions. */
export function guide(permissions: object): ManifestReading {
  return read({
    id: 'notes',
    name: 'Notes',
    version: '1.0.0',
    main: 'src/index.js',
    minHostVersion: '1.0.0',
    permissions,
  });
}

/** A ForgeAI manifest, which grants nothing. */
export function forgeai(): ManifestReading {
  return read({
    name: 'notes',
    version: '1.0.0',
    description: 'Runs code.',
    supported_languages: ['javascript'],
    security_level: 'medium',
  });
}
