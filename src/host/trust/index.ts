export type { AuditDetail } from './decide.ts';
export {
  createSandboxChoice,
  type PluginSandbox,
  type SandboxChoice,
  sandboxesOfMachine,
} from './isolation.ts';
