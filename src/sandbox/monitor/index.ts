export { watchProcess } from './watch.ts';
