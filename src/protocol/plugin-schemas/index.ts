/** Schemas for everything a plugin process sends; apart from the types, so that the plugin's side needs no validator. */
export { logNotification, observedNotification } from './notifications.ts';
export { isPluginRequest, type ParamsOf, type PluginRequest, pluginRequests } from './requests.ts';
export { permissionDenial, pluginErrorData, pluginResults } from './results.ts';
