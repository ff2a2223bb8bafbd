export { type ServerPorts, startServer } from './server.ts';
