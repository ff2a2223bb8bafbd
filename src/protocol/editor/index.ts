export * from './asking.ts';
export * from './grants.ts';
export * from './health.ts';
export * from './host-api.ts';
export * from './lifecycle.ts';
export * from './messages.ts';
export * from './methods.ts';
export * from './problem.ts';
