export { createPrograms, type ProgramPorts, type Programs } from './run.ts';
