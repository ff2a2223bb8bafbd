export { type ControlGroup, type ControlGroups, findControlGroups, type GroupLimits } from './groups.ts';
