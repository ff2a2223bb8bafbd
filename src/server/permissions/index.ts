export { permissionActions } from './permission-actions.ts';
export { createPermissionWatch, type PermissionWatch } from './permission-watch.ts';
