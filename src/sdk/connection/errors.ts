import type { PermissionDenial } from '../../protocol/plugin/index.ts';

/** See `package/index.d.ts`, where it is described for plugin authors. */
export class PluginCallError extends Error {
  readonly method: string;
  readonly code: number;
  readonly data: unknown;

  constructor(message: string, details: { method: string; code: number; data?: unknown }) {
    super(message);
    this.name = 'PluginCallError';
    this.method = details.method;
    this.code = details.code;
    this.data = details.data;
  }
}

/** See `package/index.d.ts`. The data must be a {@link PermissionDenial}. */
export class PermissionDeniedError extends PluginCallError {
  constructor(message: string, details: { method: string; code: number; data?: unknown }) {
    super(message, details);
    this.name = 'PermissionDeniedError';
  }

  get scope(): string {
    return this.#denial.scope;
  }

  get action(): string {
    return this.#denial.action;
  }

  get resource(): string {
    return this.#denial.resource;
  }

  get grant(): string {
    return this.#denial.grant;
  }

  get #denial(): PermissionDenial {
    return this.data as PermissionDenial;
  }
}
